package belenios

import (
	"crypto/rand"
	"strings"
	"testing"

	"commonweal/belenios/group"
)

func TestPartialDecryption_EveryValueMatters(t *testing.T) {
	for _, name := range group.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := plan{group: name, questions: []Question{choose(1, 1, 2, false), choose(0, 1, 1, false)}, voters: 1, singles: 2}.make(t)
			tally, _, err := NewEncryptedTally(s.election, s.credentials, []*Ballot{s.cast(t, 0, []int{1, 0}, []int{1})})
			must(t, err)
			d, err := NewPartialDecryption(rand.Reader, s.election, tally, s.keys[1])
			must(t, err)
			read, err := ParsePartialDecryption(s.election, d.Bytes())
			must(t, err)
			must(t, read.CheckMembership())
			must(t, read.Verify(s.election, tally, s.keys[1].Public()))
			if read.Verify(s.election, tally, s.keys[2].Public()) == nil {
				t.Error("verifies under the key of another trustee")
			}
			for _, m := range mutants(t, s.group, string(d.Bytes())) {
				changed, err := ParsePartialDecryption(s.election, []byte(m.text))
				must(t, err)
				if changed.Verify(s.election, tally, s.keys[1].Public()) == nil {
					t.Errorf("verifies with another %s", m.name)
				}
			}
			outside := outsider(t, s.group)
			read.factors[1][0] = s.group.Mul(read.factors[1][0], outside)
			err = read.Verify(s.election, tally, s.keys[1].Public())
			if err == nil || !strings.Contains(err.Error(), "question 2: factor 1: not a member") {
				t.Errorf("a factor outside the group: %v", err)
			}
			if read.CheckMembership() == nil {
				t.Error("the membership check passes a factor outside the group")
			}
		})
	}
}

func TestPartialDecryption_OfSomethingElse(t *testing.T) {
	p := plan{group: "Ed25519", questions: []Question{choose(1, 1, 2, false)}, voters: 2, singles: 2}
	s, other := p.make(t), p.make(t)
	tally := func(voter int) *EncryptedTally {
		tally, _, err := NewEncryptedTally(s.election, s.credentials, []*Ballot{s.cast(t, voter, []int{1, 0})})
		must(t, err)
		return tally
	}
	a, b := tally(0), tally(1)
	all := s.decrypt(t, a, 1, 2)
	if all[0].Decryption.Verify(s.election, b, s.keys[1].Public()) == nil {
		t.Error("verifies against another tally")
	}
	if all[0].Decryption.Verify(other.election, a, s.keys[1].Public()) == nil {
		t.Error("verifies in another election")
	}
	for _, c := range []struct {
		name string
		of   []OwnedDecryption
		want string
	}{
		{"the same owner twice", []OwnedDecryption{all[0], all[0]}, "a second one of trustee 1"},
		{"no such owner", []OwnedDecryption{{3, all[0].Decryption}}, "there is no trustee 3"},
		{"owners exchanged", []OwnedDecryption{{2, all[0].Decryption}, {1, all[1].Decryption}}, "partial decryption of trustee 2: question 1: factor 1: proof does not verify"},
		{"one of two is wrong", []OwnedDecryption{all[0], {2, all[0].Decryption}}, "partial decryption of trustee 2: question 1: factor 1: proof does not verify"},
	} {
		if err := VerifyDecryptions(s.election, s.trustees, a, c.of); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
}

// A trustee refuses to raise what is not in the group: the answer would say something
// of the key.
func TestPartialDecryption_RefusesElementsOutsideTheGroup(t *testing.T) {
	s := plan{group: "BELENIOS-2048", questions: []Question{choose(0, 1, 1, false)}, voters: 1}.make(t)
	tally, _, err := NewEncryptedTally(s.election, s.credentials, nil)
	must(t, err)
	tally.lists[0][0].Alpha = outsider(t, s.group)
	if _, err := NewPartialDecryption(rand.Reader, s.election, tally, s.keys[1]); err == nil {
		t.Error("decrypted")
	}
	if tally.CheckMembership() == nil {
		t.Error("the tally passes")
	}
}
