package belenios

import (
	"fmt"
	"slices"

	"commonweal/belenios/group"
)

// Count makes an encrypted tally of ballots that come one at a time, in any order.
// Several counts may be made at once and then joined. The ballots must have been
// verified, and be those of [Last].
type Count struct {
	election    *Election
	credentials *Credentials
	seen        []bool // by position in the credentials
	lists       [][]Ciphertext
	sized       SizedTally
}

// NewCount begins with no ballots.
func NewCount(e *Election, c *Credentials) (*Count, error) {
	if err := c.Check(e); err != nil {
		return nil, err
	}
	count := &Count{election: e, credentials: c, seen: make([]bool, c.Len()), lists: make([][]Ciphertext, len(e.Questions()))}
	one := e.Group().Identity()
	for i, q := range e.Questions() {
		if q.Kind == Homomorphic {
			count.lists[i] = slices.Repeat([]Ciphertext{{one, one}}, q.Ciphertexts())
		}
	}
	return count, nil
}

// Add counts a ballot with the weight of its credential. Ciphertexts of a homomorphic
// answer are raised to it and multiplied into the tally; §4.16 p. 20.
func (n *Count) Add(b *Ballot) error {
	e := n.election
	at, ok := n.credentials.at[b.credential.String()]
	if !ok || b.shape != e.Fingerprint() {
		return fmt.Errorf("tally: ballot %s is not of this election", b.Tracker())
	}
	if n.seen[at] {
		return fmt.Errorf("tally: ballot %s is the second of its credential", b.Tracker())
	}
	n.seen[at] = true
	weight := n.credentials.list[at].Weight
	n.sized.NumTallied++
	n.sized.TotalWeight += weight
	for i, a := range b.answers {
		if e.Questions()[i].Kind == NonHomomorphic {
			n.lists[i] = append(n.lists[i], a.ciphertexts()...)
			continue
		}
		for j, c := range a.ciphertexts() {
			n.lists[i][j] = n.lists[i][j].mul(e.Group(), c.weighted(e.Group(), weight))
		}
	}
	return nil
}

// Join adds what another count of the same election and credentials has counted.
func (n *Count) Join(o *Count) error {
	for at, seen := range o.seen {
		if seen && n.seen[at] {
			return fmt.Errorf("tally: credential %d is counted twice", at+1)
		}
		n.seen[at] = n.seen[at] || seen
	}
	n.sized.NumTallied += o.sized.NumTallied
	n.sized.TotalWeight += o.sized.TotalWeight
	for i, q := range n.election.Questions() {
		if q.Kind == NonHomomorphic {
			n.lists[i] = append(n.lists[i], o.lists[i]...)
			continue
		}
		for j := range n.lists[i] {
			n.lists[i][j] = n.lists[i][j].mul(n.election.Group(), o.lists[i][j])
		}
	}
	return nil
}

// Tally is the outcome. Answers to a non-homomorphic question are put in order, by
// alpha, then beta, as numbers, so that it does not depend on the order of ballots.
func (n *Count) Tally() (*EncryptedTally, *SizedTally) {
	g := n.election.Group()
	t := &EncryptedTally{group: g, questions: n.election.Questions()}
	for i, q := range t.questions {
		list := slices.Clone(n.lists[i])
		if q.Kind == NonHomomorphic {
			slices.SortFunc(list, func(a, b Ciphertext) int {
				if c := g.Compare(a.Alpha, b.Alpha); c != 0 {
					return c
				}
				return g.Compare(a.Beta, b.Beta)
			})
		}
		t.lists = append(t.lists, list)
	}
	t.raw = t.append(nil)
	sized := n.sized
	sized.Tally = t.Hash()
	return t, &sized
}

// weighted is the encryption of weight times the value.
func (c Ciphertext) weighted(g group.Group, weight int64) Ciphertext {
	if weight == 1 {
		return c
	}
	w := g.ScalarInt(weight)
	return Ciphertext{
		g.Product(group.Term{Base: c.Alpha, Exp: w}),
		g.Product(group.Term{Base: c.Beta, Exp: w}),
	}
}
