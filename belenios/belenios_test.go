package belenios

import (
	"crypto/rand"
	"testing"

	"commonweal/belenios/group"
)

// Quick round trip while things grow.
func TestBallotRound(t *testing.T) {
	for _, name := range group.Names() {
		g, _ := group.ByName(name)
		k, err := GeneratePrivateKey(g, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		qs := []Question{
			{Title: "One", Answers: []string{"a", "b", "c"}, Min: 1, Max: 1},
			{Title: "Blank", Answers: []string{"a", "b"}, Min: 1, Max: 2, Blank: true},
		}
		vals := [][]int{{0, 1, 0}, {0, 1, 1}}
		if g.EncodeLimit() > 0 {
			qs = append(qs, Question{Kind: NonHomomorphic, Title: "R", Answers: []string{"a", "b"}})
			vals = append(vals, []int{2, 1})
		}
		e, err := NewElection(ElectionParams{UUID: "abcdefghijkmno", Name: "n<>&", Description: "d", Group: g, PublicKey: k.Public(), Questions: qs})
		if err != nil {
			t.Fatal(err)
		}
		text, _ := GenerateCredential(rand.Reader)
		c, err := DeriveCredential(g, e.UUID(), text)
		if err != nil {
			t.Fatal(err)
		}
		cs, err := NewCredentials(g, []PublicCredential{{c.Public(), 1}})
		if err != nil {
			t.Fatal(err)
		}
		v, err := NewVerifier(e, cs)
		if err != nil {
			t.Fatal(err)
		}
		b, err := NewBallot(rand.Reader, e, c, vals)
		if err != nil {
			t.Fatal(err)
		}
		b2, err := ParseBallot(e, b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if err := v.Ballot(b2); err != nil {
			t.Fatal(name, err)
		}
	}
}
