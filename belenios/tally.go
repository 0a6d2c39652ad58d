package belenios

import (
	"bytes"
	"fmt"
	"slices"

	"commonweal/belenios/group"
)

// EncryptedTally is a list of ciphertexts for each question: for a homomorphic one the
// encrypted count of each choice, for a non-homomorphic one the encrypted answers
// themselves; §4.16 p. 20. It keeps the bytes that it was read from.
type EncryptedTally struct {
	group     group.Group
	lists     [][]Ciphertext
	questions []Question
	raw       []byte
}

// Last is what is counted: the last ballot of each credential, in the order of those
// last ballots; §4.15 p. 20.
func Last(ballots []*Ballot) []*Ballot {
	last := map[string]int{}
	for i, b := range ballots {
		last[b.credential.String()] = i
	}
	var counted []*Ballot
	for i, b := range ballots {
		if last[b.credential.String()] == i {
			counted = append(counted, b)
		}
	}
	return counted
}

// NewEncryptedTally is a [Count] of the ballots, which must have been verified.
func NewEncryptedTally(e *Election, c *Credentials, counted []*Ballot) (*EncryptedTally, *SizedTally, error) {
	count, err := NewCount(e, c)
	if err != nil {
		return nil, nil, err
	}
	for _, b := range counted {
		if err := count.Add(b); err != nil {
			return nil, nil, err
		}
	}
	t, sized := count.Tally()
	return t, sized, nil
}

// ParseEncryptedTally reads a tally with one list for each question of the election.
func ParseEncryptedTally(e *Election, b []byte) (*EncryptedTally, error) {
	t := &EncryptedTally{group: e.Group(), questions: e.Questions(), raw: bytes.Clone(b)}
	r := newReader("encrypted tally", b, maxLarge)
	one := func() Ciphertext { return r.ciphertext(t.group) }
	r.lit("[")
	for i := range t.questions {
		if i > 0 {
			r.lit(",")
		}
		if t.questions[i].Kind == NonHomomorphic {
			t.lists = append(t.lists, list(r, "answers", maxCredentials, one))
		} else {
			t.lists = append(t.lists, exactly(r, "choices", t.questions[i].Ciphertexts(), one))
		}
	}
	r.lit("]")
	if err := r.end(); err != nil {
		return nil, err
	}
	return t, nil
}

func (t *EncryptedTally) append(b []byte) []byte {
	return appendList(b, t.lists, appendCiphertexts)
}

func appendCiphertexts(b []byte, list []Ciphertext) []byte {
	return appendList(b, list, appendCiphertext)
}

// Bytes is the text of the tally. It must not be changed.
func (t *EncryptedTally) Bytes() []byte { return t.raw }

// Hash is the hash by which the sized tally refers to it.
func (t *EncryptedTally) Hash() Hash { return HashOf(t.raw) }

// Lists are the ciphertexts, a list for each question. They must not be changed.
func (t *EncryptedTally) Lists() [][]Ciphertext { return t.lists }

// NonHomomorphic are the lists that are to be shuffled, in the order of the questions;
// nh_ciphertexts of §4.17 p. 21.
func (t *EncryptedTally) NonHomomorphic() [][]Ciphertext {
	var lists [][]Ciphertext
	for i, q := range t.questions {
		if q.Kind == NonHomomorphic {
			lists = append(lists, t.lists[i])
		}
	}
	return lists
}

// Merge puts shuffled lists in the place of those that NonHomomorphic gives.
func (t *EncryptedTally) Merge(shuffled [][]Ciphertext) (*EncryptedTally, error) {
	old := t.NonHomomorphic()
	if len(shuffled) != len(old) {
		return nil, fmt.Errorf("merge: %d shuffled lists, not %d", len(shuffled), len(old))
	}
	m := &EncryptedTally{group: t.group, questions: t.questions, lists: slices.Clone(t.lists)}
	n := 0
	for i, q := range t.questions {
		if q.Kind != NonHomomorphic {
			continue
		}
		if len(shuffled[n]) != len(old[n]) {
			return nil, fmt.Errorf("merge: list %d has %d ciphertexts, not %d", n+1, len(shuffled[n]), len(old[n]))
		}
		m.lists[i] = shuffled[n]
		n++
	}
	m.raw = m.append(nil)
	return m, nil
}

// CheckMembership checks that every element is a member of the group.
func (t *EncryptedTally) CheckMembership() error {
	for i, list := range t.lists {
		err := parallel(len(list), func(j int) error {
			return list[j].members(t.group, "encrypted tally: question %d: ciphertext %d", i+1, j+1)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// SizedTally is an encrypted tally by its hash, with how many ballots and how much
// weight it counts; §4.16 p. 20.
type SizedTally struct {
	NumTallied  int
	TotalWeight int64
	Tally       Hash
}

// ParseSizedTally reads the payload of an EncryptedTally event.
func ParseSizedTally(b []byte) (*SizedTally, error) {
	s := &SizedTally{}
	r := newReader("sized tally", b, maxReference)
	r.lit(`{"num_tallied":`)
	s.NumTallied = int(r.small("num_tallied", maxSmall))
	r.lit(`,"total_weight":`)
	s.TotalWeight = r.count("total_weight")
	r.lit(`,"encrypted_tally":`)
	s.Tally = r.hash()
	r.lit(`}`)
	if err := r.end(); err != nil {
		return nil, err
	}
	return s, nil
}

// Bytes is the one legal text.
func (s *SizedTally) Bytes() []byte {
	b := appendCount([]byte(`{"num_tallied":`), int64(s.NumTallied))
	b = appendCount(append(b, `,"total_weight":`...), s.TotalWeight)
	return append(b, `,"encrypted_tally":"`+s.Tally.String()+`"}`...)
}
