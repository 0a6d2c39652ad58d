package belenios

import (
	"crypto/rand"
	"slices"
	"strings"
	"testing"

	"commonweal/belenios/group"
)

const shuffled = "RFC-3526-2048"

// mixed is a ranked scene with the tally of n ballots.
func mixed(t testing.TB, n int) (*scene, *EncryptedTally) {
	t.Helper()
	s := plan{group: shuffled, questions: []Question{rank(2)}, voters: n}.make(t)
	var ballots []*Ballot
	for i := range n {
		ballots = append(ballots, s.cast(t, i, []int{i, 7}))
	}
	tally, _, err := NewEncryptedTally(s.election, s.credentials, ballots)
	must(t, err)
	return s, tally
}

// The proof holds for every number of ballots from none, and no value in it can change.
func TestShuffle_EveryValueMatters(t *testing.T) {
	for _, n := range []int{0, 1, 2, 3} {
		s, tally := mixed(t, n)
		in := tally.NonHomomorphic()
		shuffle, err := NewShuffle(rand.Reader, s.election, in)
		must(t, err)
		read, err := ParseShuffle(s.election, shuffle.Bytes())
		must(t, err)
		must(t, read.Verify(s.election, in))
		k, err := read.proofs[0].check(s.election, in[0], read.ciphertexts[0])
		must(t, err)
		must(t, k.apart())
		if n == 1 {
			continue // what follows says nothing more of one than of none
		}
		for _, m := range mutantsOfShuffle(t, s.group, string(shuffle.Bytes())) {
			changed, err := ParseShuffle(s.election, []byte(m.text))
			must(t, err)
			if changed.Verify(s.election, in) == nil {
				t.Errorf("%d ballots: verifies with another %s", n, m.name)
			}
		}
	}
}

// mutantsOfShuffle knows that the second list of a proof holds scalars.
func mutantsOfShuffle(t testing.TB, g group.Group, text string) []mutant {
	t.Helper()
	from := strings.Index(text, `"proofs":`)
	from += strings.Index(text[from:], `]],[`) // t ends with the end of t41 and t42, or of t^
	if strings.HasPrefix(text[from:], `]],[[`) {
		t.Fatal("the form of a shuffle is not what this test expects")
	}
	to := from + strings.Index(text[from+4:], `]],[`) + 4
	return mutantsOf(t, g, text, func(at int) bool { return from < at && at < to })
}

// The order is a permutation, every one of a few is drawn, and each output is an
// encryption of what its input was: decrypted, they are the same multiset.
func TestShuffle_IsAPermutation(t *testing.T) {
	const n = 3
	s, tally := mixed(t, n)
	in := tally.NonHomomorphic()[0]
	key := s.keys[1]
	open := func(c Ciphertext) string {
		return s.group.Mul(c.Beta, s.group.Inv(s.group.Exp(c.Alpha, key.secret))).String()
	}
	m, err := newMix(rand.Reader, s.election, in)
	must(t, err)
	for i, j := range m.order {
		if open(m.out[i]) != open(in[j]) {
			t.Errorf("output %d does not decrypt as input %d", i, j)
		}
		if m.out[i].equal(s.group, in[j]) {
			t.Errorf("output %d is the same ciphertext as input %d", i, j)
		}
	}
	seen := map[string]bool{}
	for range 300 {
		order, err := permutation(rand.Reader, n)
		must(t, err)
		sorted := slices.Sorted(slices.Values(order))
		if !slices.Equal(sorted, []int{0, 1, 2}) {
			t.Fatalf("%v is not a permutation", order)
		}
		seen[string([]byte{byte(order[0]), byte(order[1]), byte(order[2])})] = true
	}
	if len(seen) != 6 {
		t.Errorf("%d of 6 permutations came up in 300 draws", len(seen))
	}
}

// A proof of one shuffle does not serve for another list, another election, or a list
// in which a ciphertext was replaced, doubled or left out.
func TestShuffle_OfSomethingElse(t *testing.T) {
	s, tally := mixed(t, 3)
	in := tally.NonHomomorphic()
	shuffle, err := NewShuffle(rand.Reader, s.election, in)
	must(t, err)
	changed := func(change func(list []Ciphertext) []Ciphertext) [][]Ciphertext {
		return [][]Ciphertext{change(slices.Clone(in[0]))}
	}
	for _, c := range []struct {
		name string
		in   [][]Ciphertext
	}{
		{"input in another order", changed(func(l []Ciphertext) []Ciphertext { l[0], l[1] = l[1], l[0]; return l })},
		{"an input doubled", changed(func(l []Ciphertext) []Ciphertext { l[0] = l[1]; return l })},
		{"an input left out", changed(func(l []Ciphertext) []Ciphertext { return l[1:] })},
		{"its own output", shuffle.Ciphertexts()},
		{"no list", nil},
	} {
		if shuffle.Verify(s.election, c.in) == nil {
			t.Errorf("%s: verifies", c.name)
		}
	}
	other, _ := mixed(t, 1)
	if shuffle.Verify(other.election, in) == nil {
		t.Error("verifies in another election")
	}
	// An output doubled by the shuffler itself, with a proof made as well as can be.
	m, err := newMix(rand.Reader, s.election, in[0])
	must(t, err)
	m.out[0] = m.out[1]
	proof, err := m.prove(rand.Reader, s.election)
	must(t, err)
	err = proof.verify(s.election, in[0], m.out)
	if err == nil || !strings.Contains(err.Error(), "equation 4") {
		t.Errorf("an output that stands twice: %v", err)
	}
}

// An order that is no permutation, such as one that drops a ballot and doubles another.
func TestShuffle_OrderThatIsNoPermutation(t *testing.T) {
	s, tally := mixed(t, 3)
	in := tally.NonHomomorphic()[0]
	m, err := newMix(rand.Reader, s.election, in)
	must(t, err)
	m.order = []int{0, 0, 1}
	for i, j := range m.order {
		m.out[i] = in[j].mul(s.group, Ciphertext{s.group.ExpG(m.random[j]), s.group.Exp(s.election.PublicKey(), m.random[j])})
	}
	proof, err := m.prove(rand.Reader, s.election)
	must(t, err)
	err = proof.verify(s.election, in, m.out)
	if err == nil || !strings.Contains(err.Error(), "equation 2") {
		t.Errorf("verifier says: %v", err)
	}
}
