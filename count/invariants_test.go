package count_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"commonweal/count"
)

// At every stage of every rule the votes of all candidates and the non-transferable
// ones make up the valid papers, nobody has less than nothing, and valid and invalid
// papers make up all papers. Plain majorities have no stage after the first, and
// approval gives one paper to several, so there the papers only are compared.
func TestCount_EveryStage_AccountsForEveryVote(t *testing.T) {
	random := rand.New(rand.NewPCG(20261121, 4))
	for range 1_500 {
		e := randomElection(random)
		if len(e.withdrawn) >= e.n {
			continue
		}
		b := e.ballots(t, identity(len(e.rankings)))
		for _, rule := range count.Rules() {
			r := counted(t, b, rule, e)
			if r.Valid+r.Invalid != b.Papers() {
				t.Fatalf("%s: %d valid and %d invalid of %d papers", rule.ID, r.Valid, r.Invalid, b.Papers())
			}
			if !rule.Ranked {
				continue
			}
			for _, s := range r.Stages {
				sum := big.NewInt(s.NonTransferable.Units)
				for c, a := range s.Totals {
					if a.Units < 0 {
						t.Fatalf("%s stage %d: candidate %d has %s", rule.ID, s.Number, c+1, a)
					}
					sum.Add(sum, big.NewInt(a.Units))
				}
				want := new(big.Int).Mul(big.NewInt(r.Valid), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(rule.Decimals)), nil))
				if sum.Cmp(want) != 0 || s.NonTransferable.Units < 0 {
					t.Fatalf("%s stage %d: %s units of %s, non-transferable %s; papers %v", rule.ID, s.Number, sum, want, s.NonTransferable, e.rankings)
				}
			}
		}
	}
}

// As many are elected as there are seats, or all who stand, and nobody twice.
func TestCount_FillsTheSeats(t *testing.T) {
	random := rand.New(rand.NewPCG(20261121, 5))
	for range 1_500 {
		e := randomElection(random)
		if len(e.withdrawn) >= e.n {
			continue
		}
		b := e.ballots(t, identity(len(e.rankings)))
		for _, rule := range count.Rules() {
			r := counted(t, b, rule, e)
			seen := map[int]bool{}
			for _, c := range r.Elected {
				if seen[c] || len(e.withdrawn) > 0 && c == e.withdrawn[0] {
					t.Fatalf("%s elects %v with %v withdrawn", rule.ID, r.Elected, e.withdrawn)
				}
				seen[c] = true
			}
			if len(r.Elected) != min(e.seats, e.n-len(e.withdrawn)) {
				t.Fatalf("%s elects %v to %d seats; papers %v", rule.ID, r.Elected, e.seats, e.rankings)
			}
		}
	}
}

// The same papers in another order, or joined, or written out and read again, give
// the same transcript to the byte: a recount can be laid over the count.
func TestCount_OrderOfPapers_SameTranscript(t *testing.T) {
	random := rand.New(rand.NewPCG(20261121, 6))
	for range 400 {
		e := randomElection(random)
		if len(e.withdrawn) >= e.n {
			continue
		}
		b := e.ballots(t, identity(len(e.rankings)))
		shuffled := e.ballots(t, random.Perm(len(e.rankings)))
		var blt bytes.Buffer
		if err := shuffled.WriteBLT(&blt); err != nil {
			t.Fatal(err)
		}
		again, err := count.ParseBLT(blt.Bytes())
		if err != nil {
			t.Fatalf("%v\n%s", err, blt.Bytes())
		}
		for _, rule := range count.Rules() {
			want := transcript(t, counted(t, b, rule, e))
			for name, other := range map[string]*count.Ballots{"another order": shuffled, "joined": b.Merged(), "read again": again} {
				if got := transcript(t, counted(t, other, rule, e)); got != want {
					t.Fatalf("%s, %s:\n%s\n%s", rule.ID, name, got, want)
				}
			}
		}
	}
}

// Two files with the same papers, whatever their order and form, are written alike.
func TestBallots_WriteBLT_OneForm(t *testing.T) {
	random := rand.New(rand.NewPCG(20261121, 7))
	for range 300 {
		e := randomElection(random)
		var a, b bytes.Buffer
		if err := e.ballots(t, identity(len(e.rankings))).WriteBLT(&a); err != nil {
			t.Fatal(err)
		}
		if err := e.ballots(t, random.Perm(len(e.rankings))).WriteBLT(&b); err != nil {
			t.Fatal(err)
		}
		if a.String() != b.String() {
			t.Fatalf("%s\n%s", a.String(), b.String())
		}
	}
}

func counted(t *testing.T, b *count.Ballots, rule count.Rule, e election) *count.Result {
	t.Helper()
	r, err := count.Count(b, rule, count.Options{Withdrawn: e.withdrawn, Lots: count.Seed("a seed of our own, not secret")})
	if err != nil {
		t.Fatalf("%s: %v; papers %v", rule.ID, err, e.rankings)
	}
	return r
}

// transcript is all that a result says, in words, data and pictures.
func transcript(t *testing.T, r *count.Result) string {
	t.Helper()
	var out bytes.Buffer
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	out.Write(data)
	for _, write := range []error{r.WriteText(&out), r.WriteTable(&out), r.WriteSVG(&out)} {
		if write != nil {
			t.Fatal(write)
		}
	}
	return out.String()
}

// Meek's method with equal preferences is, but for rounding, the same as with every
// order of the equal ones in equal numbers.
func TestMeek_EqualPreferences_AreEveryOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(20261121, 8))
	rule, err := count.FindRule("meek")
	if err != nil {
		t.Fatal(err)
	}
	compared, edge := 0, 0
	for range 3_000 {
		e := randomElection(random)
		e.withdrawn = nil
		if !e.hasEquals() {
			continue
		}
		expanded, err := count.NewBallots(e.seats, make([]string, e.n)...)
		if err != nil {
			t.Fatal(err)
		}
		const each = 5040 // 7!, so that every group parts evenly
		joined := e.ballots(t, nil)
		for _, ranking := range e.rankings {
			if err := joined.Add(each, ranking...); err != nil {
				t.Fatal(err)
			}
			orders := everyOrder(ranking)
			for _, order := range orders {
				if err := expanded.AddOrder(each/len(orders), order...); err != nil {
					t.Fatal(err)
				}
			}
		}
		lots := count.Order(identity1(e.n))
		got, err := count.Count(joined, rule, count.Options{Lots: lots})
		if err != nil {
			t.Fatal(err)
		}
		want, err := count.Count(expanded, rule, count.Options{Lots: lots})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Lots)+len(want.Lots) > 0 {
			continue // rounding decides who is level
		}
		compared++
		if fmt.Sprint(got.Elected) != fmt.Sprint(want.Elected) || len(got.Stages) != len(want.Stages) {
			edge++ // somebody stands exactly at the quota, and rounding decides
			continue
		}
		for i, s := range got.Stages {
			for c, a := range s.Totals {
				// A millionth for each paper and more covers what rounding and the
				// end of the iteration may differ by.
				if d := a.Units - want.Stages[i].Totals[c].Units; max(d, -d) > joined.Papers()*1000 {
					t.Fatalf("stage %d, candidate %d: %s and %s; papers %v", s.Number, c+1, a, want.Stages[i].Totals[c], e.rankings)
				}
			}
		}
	}
	if compared < 200 || edge*10 > compared {
		t.Errorf("%d elections were compared, and %d of them went another way", compared, edge)
	}
}

// everyOrder writes out a ranking with equal places in every order of the equal
// ones. Places left out are passed over.
func everyOrder(ranking []count.Rank) [][]int {
	orders := [][]int{nil}
	for _, rank := range ranking {
		var longer [][]int
		for _, order := range orders {
			for _, p := range permutations(rank) {
				longer = append(longer, append(append([]int{}, order...), p...))
			}
		}
		orders = longer
	}
	return orders
}

func permutations(list []int) [][]int {
	if len(list) == 0 {
		return [][]int{nil}
	}
	var out [][]int
	for i := range list {
		rest := append(append([]int{}, list[:i]...), list[i+1:]...)
		for _, p := range permutations(rest) {
			out = append(out, append([]int{list[i]}, p...))
		}
	}
	return out
}
