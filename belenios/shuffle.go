package belenios

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"

	"commonweal/belenios/group"
)

// Shuffle is what one trustee made of the answers to all non-homomorphic questions:
// the same plaintexts, encrypted anew and in an order that only the trustee knows, and
// the proofs; §4.17 p. 21. It keeps the bytes that it was read from.
type Shuffle struct {
	group       group.Group
	ciphertexts [][]Ciphertext
	proofs      []ShuffleProof
	raw         []byte
}

// NewShuffle shuffles the lists, which are those of [EncryptedTally.NonHomomorphic] or
// of the shuffle before.
func NewShuffle(random io.Reader, e *Election, in [][]Ciphertext) (*Shuffle, error) {
	if want := len(e.ranked()); want == 0 || len(in) != want {
		return nil, fmt.Errorf("shuffle: %d lists for %d non-homomorphic questions", len(in), want)
	}
	s := &Shuffle{group: e.Group()}
	for i, list := range in {
		mixed, err := newMix(random, e, list)
		if err != nil {
			return nil, fmt.Errorf("shuffle: list %d: %w", i+1, err)
		}
		proof, err := mixed.prove(random, e)
		if err != nil {
			return nil, fmt.Errorf("shuffle: list %d: %w", i+1, err)
		}
		s.ciphertexts = append(s.ciphertexts, mixed.out)
		s.proofs = append(s.proofs, *proof)
	}
	b := appendList([]byte(`{"ciphertexts":`), s.ciphertexts, appendCiphertexts)
	b = appendList(append(b, `,"proofs":`...), s.proofs, appendShuffleProof)
	s.raw = append(b, '}')
	return s, nil
}

// ParseShuffle reads a shuffle with one list and one proof for each non-homomorphic
// question of the election.
func ParseShuffle(e *Election, b []byte) (*Shuffle, error) {
	s := &Shuffle{group: e.Group(), raw: bytes.Clone(b)}
	r := newReader("shuffle", b, maxLarge)
	want := len(e.ranked())
	if want == 0 {
		r.fail("the election has no non-homomorphic question")
	}
	r.lit(`{"ciphertexts":`)
	s.ciphertexts = exactly(r, "ciphertexts", want, func() []Ciphertext {
		return list(r, "answers", maxCredentials, func() Ciphertext { return r.ciphertext(s.group) })
	})
	r.lit(`,"proofs":[`)
	for i := 0; i < want && r.err == nil; i++ {
		if i > 0 {
			r.lit(",")
		}
		s.proofs = append(s.proofs, r.shuffleProof(s.group, len(s.ciphertexts[i])))
	}
	r.lit(`]}`)
	if err := r.end(); err != nil {
		return nil, err
	}
	return s, nil
}

// Bytes is the text of the shuffle. It must not be changed.
func (s *Shuffle) Bytes() []byte { return s.raw }

// Hash is the hash by which the owned shuffle refers to it.
func (s *Shuffle) Hash() Hash { return HashOf(s.raw) }

// Ciphertexts are the shuffled lists, the input of the next shuffle. They must not be changed.
func (s *Shuffle) Ciphertexts() [][]Ciphertext { return s.ciphertexts }

// CheckMembership checks that every element of the lists and proofs is a member of the group.
func (s *Shuffle) CheckMembership() error {
	for i, list := range s.ciphertexts {
		err := parallel(len(list), func(j int) error {
			return list[j].members(s.group, "shuffle: list %d: ciphertext %d", i+1, j+1)
		})
		if err != nil {
			return err
		}
		if err := s.proofs[i].checkMembership(s.group, i+1); err != nil {
			return err
		}
	}
	return nil
}

// Verify checks membership and that each list is a shuffle of the one in in, whose
// members the caller has checked.
func (s *Shuffle) Verify(e *Election, in [][]Ciphertext) error {
	if len(in) != len(s.ciphertexts) || len(in) != len(e.ranked()) {
		return fmt.Errorf("shuffle: %d lists of %d", len(s.ciphertexts), len(in))
	}
	for i := range in {
		if len(in[i]) != len(s.ciphertexts[i]) {
			return fmt.Errorf("shuffle: list %d has %d ciphertexts, not %d", i+1, len(s.ciphertexts[i]), len(in[i]))
		}
	}
	if err := s.CheckMembership(); err != nil {
		return err
	}
	for i := range in {
		if err := s.proofs[i].verify(e, in[i], s.ciphertexts[i]); err != nil {
			return fmt.Errorf("shuffle: list %d: %w", i+1, err)
		}
	}
	return nil
}

// mix is one shuffled list with what only its maker knows; table 1 p. 26.
type mix struct {
	in, out []Ciphertext
	random  []group.Scalar // r', of the input's i-th ciphertext
	order   []int          // ψ: out[i] is made of in[order[i]]
}

func newMix(random io.Reader, e *Election, in []Ciphertext) (*mix, error) {
	g := e.Group()
	order, err := permutation(random, len(in))
	if err != nil {
		return nil, err
	}
	m := &mix{in: in, order: order}
	if m.random, err = randomScalars(random, g, len(in)); err != nil {
		return nil, err
	}
	again := make([]Ciphertext, len(in))
	err = parallel(len(in), func(i int) error { // table 3 p. 27
		again[i] = in[i].mul(g, Ciphertext{g.ExpG(m.random[i]), g.Exp(e.PublicKey(), m.random[i])})
		return nil
	})
	for _, i := range order {
		m.out = append(m.out, again[i])
	}
	return m, err
}

func randomScalars(random io.Reader, g group.Group, n int) ([]group.Scalar, error) {
	all := make([]group.Scalar, n)
	for i := range all {
		var err error
		if all[i], err = g.RandomScalar(random); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// permutation draws one of all permutations of 0 to n-1, each as likely; table 2 p. 26.
func permutation(random io.Reader, n int) ([]int, error) {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	for i := range order {
		k, err := below(random, uint64(n-i))
		if err != nil {
			return nil, err
		}
		j := i + int(k)
		order[i], order[j] = order[j], order[i]
	}
	return order, nil
}

// below draws a number in [0, n), each as likely as another.
func below(random io.Reader, n uint64) (uint64, error) {
	fair := ^uint64(0) - ^uint64(0)%n // numbers from here on would favour some
	for {
		var b [8]byte
		if _, err := io.ReadFull(random, b[:]); err != nil {
			return 0, fmt.Errorf("random number: %w", err)
		}
		if x := binary.BigEndian.Uint64(b[:]); x < fair {
			return x % n, nil
		}
	}
}

// shuffleChallenges are the u_i; table 11 p. 32.
func shuffleChallenges(g group.Group, n int, text string) []group.Scalar {
	h := HashOf([]byte(text)).String()
	u := make([]group.Scalar, n)
	for i := range u {
		t := sha256.Sum256(fmt.Append(nil, i))
		u[i] = g.HashScalar([]byte(h + Hash(t).String()))
	}
	return u
}
