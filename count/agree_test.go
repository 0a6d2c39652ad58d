package count_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"commonweal/count"
)

// election is a small election as a list of rankings, each a list of places.
type election struct {
	n, seats  int
	rankings  [][]count.Rank
	withdrawn []int
}

// randomElection makes elections of the kind that go wrong: few papers, so that
// votes are often level, short and broken rankings, candidates without votes.
func randomElection(r *rand.Rand) election {
	e := election{n: 2 + r.IntN(6), seats: 1 + r.IntN(4)}
	kinds := 1 + r.IntN(12)
	for range kinds {
		var ranking []count.Rank
		for _, c := range r.Perm(e.n)[:1+r.IntN(e.n)] {
			switch {
			case r.IntN(25) == 0:
				ranking = append(ranking, count.Rank{}, count.Rank{c + 1})
			case len(ranking) > 0 && r.IntN(25) == 0:
				last := &ranking[len(ranking)-1]
				*last = append(*last, c+1)
			default:
				ranking = append(ranking, count.Rank{c + 1})
			}
		}
		for range 1 + r.IntN(6) {
			e.rankings = append(e.rankings, ranking)
		}
	}
	if r.IntN(8) == 0 {
		e.withdrawn = []int{1 + r.IntN(e.n)}
	}
	return e
}

func (e election) ballots(t *testing.T, order []int) *count.Ballots {
	t.Helper()
	names := make([]string, e.n)
	for i := range names {
		names[i] = fmt.Sprint("Candidate ", string(rune('A'+i)))
	}
	b, err := count.NewBallots(e.seats, names...)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range order {
		if err := b.Add(1, e.rankings[i]...); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// readable are the orders of preference that a strict rule reads: withdrawn
// candidates struck out, and each paper up to its first place that two share or
// nobody has. Papers without any are invalid.
func (e election) readable(strict bool) [][]int {
	var out [][]int
	for _, ranking := range e.rankings {
		var order []int
	paper:
		for _, rank := range ranking {
			left := slices.DeleteFunc(slices.Clone(rank), func(c int) bool { return slices.Contains(e.withdrawn, c) })
			switch {
			case len(rank) > 0 && len(left) == 0:
			case len(left) == 1:
				order = append(order, left[0])
			case strict:
				break paper
			}
		}
		if len(order) > 0 {
			out = append(out, order)
		}
	}
	return out
}

func (e election) hasEquals() bool {
	for _, ranking := range e.rankings {
		for _, rank := range ranking {
			if len(rank) > 1 {
				return true
			}
		}
	}
	return false
}

func stagesOf(r *count.Result) []slowStage {
	var out []slowStage
	for _, s := range r.Stages {
		var words []string
		for _, a := range s.Totals {
			words = append(words, a.String())
		}
		words = append(words, s.NonTransferable.String())
		out = append(out, slowStage{s.Action(), strings.Join(words, " "), s.Elected})
	}
	return out
}

var slowCounters = map[string]func(n, seats int, orders [][]int) *slowElection{
	"nhs-2014":       func(n, s int, o [][]int) *slowElection { return slowNHS(n, s, o, true) },
	"nhs-2014-stage": func(n, s int, o [][]int) *slowElection { return slowNHS(n, s, o, false) },
	"ers97":          slowERS97,
	"scottish-2007":  slowScottish,
	"meek":           slowMeek,
}

// Ten thousand random small elections under each STV rule come out as the slow
// counters have them: the same actions, every total of every stage, the same elected
// in the same order. Lots fall by number.
func TestCount_RandomElections_AgreeWithSlowCounter(t *testing.T) {
	elections := 10_000
	if testing.Short() {
		elections = 1_000
	}
	for id, slow := range slowCounters {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			rule, err := count.FindRule(id)
			if err != nil {
				t.Fatal(err)
			}
			random := rand.New(rand.NewPCG(20261121, 3))
			for i := range elections {
				e := randomElection(random)
				if id == "meek" && e.hasEquals() {
					continue // compared in TestMeek_EqualPreferences
				}
				orders := e.readable(id != "meek")
				if len(orders) == 0 || len(e.withdrawn) >= e.n {
					continue
				}
				b := e.ballots(t, identity(len(e.rankings)))
				got, err := count.Count(b, rule, count.Options{Withdrawn: e.withdrawn, Lots: count.Order(identity1(e.n))})
				if err != nil {
					t.Fatal(err)
				}
				want := e.slow(slow, orders)
				if !slices.Equal(got.Elected, want.won) || !slices.EqualFunc(stagesOf(got), want.stages, sameStage) {
					t.Fatalf("election %d, %d seats, withdrawn %v, papers %v\n got %v\n%s\nwant %v\n%s", i, e.seats, e.withdrawn, e.rankings, got.Elected, lines(stagesOf(got)), want.won, lines(want.stages))
				}
			}
		})
	}
}

// slow runs a slow counter. Withdrawn candidates get numbers above the others', so
// that it need not know of them.
func (e election) slow(counter func(n, seats int, orders [][]int) *slowElection, orders [][]int) *slowElection {
	if len(e.withdrawn) == 0 {
		return counter(e.n, e.seats, orders)
	}
	gone := e.withdrawn[0]
	down := func(c int) int {
		if c > gone {
			return c - 1
		}
		return c
	}
	mapped := make([][]int, len(orders))
	for i, order := range orders {
		for _, c := range order {
			mapped[i] = append(mapped[i], down(c))
		}
	}
	out := counter(e.n-1, e.seats, mapped)
	up := func(list []int) {
		for i, c := range list {
			if c >= gone {
				list[i] = c + 1
			}
		}
	}
	up(out.won)
	for i := range out.stages {
		s := &out.stages[i]
		up(s.elected)
		words := strings.Fields(s.totals)
		s.totals = strings.Join(slices.Insert(words, gone-1, zero(out.places)), " ")
		action := strings.Fields(s.action)
		for k := 1; k < len(action); k++ {
			var c int
			if _, err := fmt.Sscan(action[k], &c); err == nil && c >= gone {
				action[k] = fmt.Sprint(c + 1)
			}
		}
		s.action = strings.Join(action, " ")
	}
	return out
}

func zero(places int) string { return "0." + strings.Repeat("0", places) }

func sameStage(a, b slowStage) bool {
	return a.action == b.action && a.totals == b.totals && slices.Equal(a.elected, b.elected)
}

func lines(stages []slowStage) string {
	var out strings.Builder
	for _, s := range stages {
		fmt.Fprintf(&out, "  %-14s %s elected %v\n", s.action, s.totals, s.elected)
	}
	return out.String()
}

func identity(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

func identity1(n int) []int {
	list := identity(n)
	for i := range list {
		list[i]++
	}
	return list
}
