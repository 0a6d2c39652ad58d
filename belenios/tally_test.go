package belenios

import (
	"errors"
	"fmt"
	"maps"
	mathrand "math/rand/v2"
	"slices"
	"testing"

	"commonweal/belenios/group"
)

var errDry = errors.New("no more chance")

// Over random elections of every form, what is decrypted is what was voted.
func TestResult_EqualsThePlaintextTally(t *testing.T) {
	for _, c := range []struct {
		name      string
		questions []Question
		weights   []int64
		singles   int
		members   int
		threshold int
		owners    []int
		shuffles  int
	}{
		{name: "one of three", questions: []Question{choose(1, 1, 3, false)}, owners: []int{1}},
		{name: "two of four", questions: []Question{choose(2, 2, 4, false)}, owners: []int{1}},
		{name: "approval", questions: []Question{choose(0, 3, 3, false)}, owners: []int{1}},
		{name: "yes or no, or blank", questions: []Question{choose(1, 1, 2, true)}, owners: []int{1}},
		{name: "blank with a minimum of none", questions: []Question{choose(0, 2, 2, true)}, owners: []int{1}},
		{name: "weights", questions: []Question{choose(1, 1, 2, true)}, weights: []int64{5, 1, 3_000_000, 7}, owners: []int{1}},
		{name: "two questions at once", questions: []Question{choose(1, 1, 2, false), choose(0, 2, 3, true)}, owners: []int{1}},
		{name: "two single trustees", questions: []Question{choose(1, 1, 2, false)}, singles: 2, owners: []int{2, 1}},
		{name: "one single, two of three", questions: []Question{choose(1, 1, 2, false)}, singles: 1, members: 3, threshold: 2, owners: []int{4, 1, 2}},
		{name: "all three although two would do", questions: []Question{choose(1, 1, 2, false)}, members: 3, threshold: 2, owners: []int{3, 1, 2}},
		{name: "one of two", questions: []Question{choose(1, 1, 2, false)}, members: 2, threshold: 1, owners: []int{2}},
		{name: "ranked with two shuffles", questions: []Question{rank(4)}, owners: []int{1, 2}, singles: 2, shuffles: 2},
		{name: "ranked and chosen at once", questions: []Question{rank(2), choose(1, 1, 2, true), rank(3)}, members: 3, threshold: 2, owners: []int{1, 3}, shuffles: 1},
	} {
		for _, name := range groupsFor(c.questions) {
			t.Run(c.name+" in "+name, func(t *testing.T) {
				t.Parallel()
				const voters = 6
				s := plan{name, c.questions, voters, c.weights, c.singles, c.members, c.threshold}.make(t)
				must(t, s.trustees.Verify())
				r := mathrand.New(mathrand.NewPCG(1, uint64(len(c.name))))
				counts := make([][]int64, len(c.questions))
				vectors := make([]map[string]int, len(c.questions))
				for i, q := range c.questions {
					counts[i], vectors[i] = make([]int64, q.width()), map[string]int{}
				}
				var ballots []*Ballot
				for i := range voters + 1 {
					voter := i % (voters - 1) // one votes twice and one does not
					var values [][]int
					for j := range c.questions {
						values = append(values, vote(r, &c.questions[j]))
					}
					ballots = append(ballots, s.cast(t, voter, values...))
					if i < 2 {
						continue // replaced by a later ballot
					}
					for j, q := range c.questions {
						if q.Kind == NonHomomorphic {
							vectors[j][fmt.Sprint(values[j])]++
							continue
						}
						for k, v := range values[j] {
							counts[j][k] += int64(v) * s.credentials.At(voter).Weight
						}
					}
				}
				result := s.finish(t, ballots, c.shuffles, c.owners...)
				for j, q := range c.questions {
					if q.Kind == NonHomomorphic {
						got := map[string]int{}
						for _, v := range result.Vectors(j) {
							got[fmt.Sprint(v)]++
						}
						if !maps.Equal(got, vectors[j]) || result.Counts(j) != nil {
							t.Errorf("question %d: decrypted %v, voted %v", j+1, got, vectors[j])
						}
						continue
					}
					if !slices.Equal(result.Counts(j), counts[j]) || result.Vectors(j) != nil {
						t.Errorf("question %d: decrypted %v, voted %v", j+1, result.Counts(j), counts[j])
					}
				}
			})
		}
	}
}

// Without votes the counts are zero, and there are no rankings.
func TestResult_NoBallots(t *testing.T) {
	s := plan{group: "RFC-3526-2048", questions: []Question{choose(1, 1, 2, false), rank(2)}, voters: 1}.make(t)
	result := s.finish(t, nil, 1, 1)
	same(t, "result", result.Bytes(), []byte(`{"result":[[0,0],[]]}`))
}

// Fewer decryptions than the threshold, or one trustee twice, give no result.
func TestResult_NotEnoughTrustees(t *testing.T) {
	s := plan{group: "Ed25519", questions: []Question{choose(1, 1, 2, false)}, voters: 1, singles: 1, pedersen: 3, threshold: 2}.make(t)
	tally, sized, err := NewEncryptedTally(s.election, s.credentials, []*Ballot{s.cast(t, 0, []int{1, 0})})
	must(t, err)
	all := s.decrypt(t, tally, 1, 2, 3, 4)
	for _, c := range []struct {
		name string
		of   []OwnedDecryption
	}{
		{"nobody", nil},
		{"the single trustee is absent", all[1:]},
		{"one of the two that are needed", all[:2]},
		{"one twice", []OwnedDecryption{all[0], all[1], all[1]}},
	} {
		if _, err := NewResult(s.election, s.trustees, tally, c.of, sized.TotalWeight); err == nil {
			t.Errorf("%s: a result came about", c.name)
		}
	}
	// The wrong key decrypts to noise, in which no count is found.
	wrong := []OwnedDecryption{{1, all[1].Decryption}, all[1], all[2]}
	if _, err := NewResult(s.election, s.trustees, tally, wrong, sized.TotalWeight); err == nil {
		t.Error("a result came of the wrong key")
	}
}

func TestCount_JoinedAndOutOfOrder(t *testing.T) {
	for _, c := range []struct {
		group    string
		question Question
	}{{"Ed25519", choose(0, 2, 2, false)}, {"RFC-3526-2048", rank(2)}} {
		s := plan{group: c.group, questions: []Question{c.question}, voters: 4}.make(t)
		var ballots []*Ballot
		for i := range 4 {
			ballots = append(ballots, s.cast(t, i, []int{1, i % 2}))
		}
		whole, sized, err := NewEncryptedTally(s.election, s.credentials, ballots)
		must(t, err)
		a, err := NewCount(s.election, s.credentials)
		must(t, err)
		b, err := NewCount(s.election, s.credentials)
		must(t, err)
		must(t, a.Add(ballots[3]))
		must(t, a.Add(ballots[1]))
		must(t, b.Add(ballots[2]))
		must(t, b.Add(ballots[0]))
		if a.Add(ballots[1]) == nil {
			t.Error("a ballot was counted twice")
		}
		must(t, a.Join(b))
		if a.Join(b) == nil {
			t.Error("a count was joined twice")
		}
		joined, joinedSize := a.Tally()
		same(t, "tally", joined.Bytes(), whole.Bytes())
		same(t, "sized tally", joinedSize.Bytes(), sized.Bytes())
		read, err := ParseEncryptedTally(s.election, whole.Bytes())
		must(t, err)
		same(t, "tally read again", read.append(nil), whole.Bytes())
		must(t, read.CheckMembership())
	}
}

// A weight would link a decrypted ranking to its voter; §4.16 p. 21.
func TestCredentials_NoWeightsWithARanking(t *testing.T) {
	s := plan{group: "RFC-3526-2048", questions: []Question{rank(2)}, voters: 1}.make(t)
	heavy, err := NewCredentials(s.group, []PublicCredential{{s.voters[0].Public(), 2}})
	must(t, err)
	if _, err := NewVerifier(s.election, heavy); err == nil {
		t.Error("a verifier was made")
	}
	if _, _, err := NewEncryptedTally(s.election, heavy, nil); err == nil {
		t.Error("a tally was made")
	}
}

func TestLast_TheLastBallotOfEachCredential(t *testing.T) {
	s := plan{group: "Ed25519", questions: []Question{choose(0, 1, 1, false)}, voters: 3}.make(t)
	var cast []*Ballot
	for _, voter := range []int{0, 1, 0, 2, 1} {
		cast = append(cast, s.cast(t, voter, []int{1}))
	}
	if got, want := Last(cast), []*Ballot{cast[2], cast[3], cast[4]}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestLogarithms_EveryValueToTheBound(t *testing.T) {
	g, _ := group.ByName("BELENIOS-2048")
	for _, bound := range []int64{0, 1, 2, 3, 15, 16, 17, 100} {
		l := newLogarithms(g, bound)
		for n := int64(0); n <= bound+3; n++ {
			got, err := l.of(g.ExpG(g.ScalarInt(n)))
			if n <= bound && (err != nil || got != n) {
				t.Errorf("bound %d: logarithm of g^%d is %d, %v", bound, n, got, err)
			}
			if n > bound && err == nil {
				t.Errorf("bound %d: a logarithm of g^%d was found", bound, n)
			}
		}
	}
}
