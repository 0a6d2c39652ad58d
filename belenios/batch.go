package belenios

import (
	"fmt"

	"commonweal/belenios/group"
)

// place says what of a ballot is being checked, for errors. Numbers are from 1; 0 means
// that the whole is meant.
type place struct {
	answer, choice int
	what           string
}

func (p place) String() string {
	text := ""
	if p.answer > 0 {
		text += fmt.Sprintf("answer %d: ", p.answer)
	}
	if p.choice > 0 {
		text += fmt.Sprintf("choice %d: ", p.choice)
	}
	return text + p.what
}

// batch gathers what is to be computed for one ballot, so that the group sees all
// powers of a base at once: the two halves of its ciphertexts are each raised to the
// challenges of their proofs and to q, for membership.
type batch struct {
	verifier *Verifier
	rows     [][]group.Term
	checks   []check
	members  []group.Element
	places   []place // of members
}

// check is the hash over some rows of the batch.
type check struct {
	place    place
	from, to int
	holds    func([]group.Element) bool
}

// compute asks for the products of the rows and then for holds.
func (b *batch) compute(where place, rows [][]group.Term, holds func([]group.Element) bool) {
	from := len(b.rows)
	b.rows = append(b.rows, rows...)
	b.checks = append(b.checks, check{where, from, len(b.rows), holds})
}

// member asks for membership.
func (b *batch) member(where place, e group.Element) {
	b.members = append(b.members, e)
	b.places = append(b.places, where)
}

// run answers everything. The first thing that fails, membership before proofs, is the error.
func (b *batch) run() error {
	g := b.verifier.election.Group()
	values, in := g.Products(b.rows, b.members...)
	for i, ok := range in {
		if !ok {
			return fmt.Errorf("%s: not a member of the group %s", b.places[i], g.Name())
		}
	}
	for _, c := range b.checks {
		if !c.holds(values[c.from:c.to]) {
			return fmt.Errorf("%s does not verify", c.place)
		}
	}
	return nil
}
