package column_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"commonweal/survey/column"
)

// sample is a table and what went into it, in the order added.
type sample struct {
	schema  column.Schema
	answers [][]uint8
	members [][]uint32
	weights []float64
}

func (s sample) table(t testing.TB, expected int) *column.Table {
	t.Helper()
	b, err := column.NewBuilder(s.schema, expected)
	if err != nil {
		t.Fatal(err)
	}
	for i := range s.answers {
		err = b.Add(s.answers[i], s.members[i])
		if err != nil {
			t.Fatal(err)
		}
	}
	table, err := b.Table()
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// naive sums the weights of those who gave the answer and belong to all the members,
// by looking at everybody each time.
func (s sample) naive(weights []float64, question, code int, groups, members []int) float64 {
	sum := 0.0
	for i, a := range s.answers {
		in := int(a[question]) == code
		for g, m := range members {
			in = in && int(s.members[i][groups[g]]) == m
		}
		if in {
			sum += weights[i]
		}
	}
	return sum
}

func (s sample) ones() []float64 {
	ones := make([]float64, len(s.answers))
	for i := range ones {
		ones[i] = 1
	}
	return ones
}

func (s sample) names(groups []int) []string {
	var names []string
	for _, g := range groups {
		names = append(names, s.schema.Groups[g].Name)
	}
	return names
}

// random makes a sample. Scales are short and long, for each has a loop of its own;
// skew leaves some members with nobody, and alike gives long runs of one answer.
func random(r *rand.Rand, rows int) sample {
	options := []int{1, 2, 5, 7, 8, 11, 255}
	var s sample
	for q := range 1 + r.IntN(6) {
		s.schema.Questions = append(s.schema.Questions,
			column.Question{ID: fmt.Sprintf("q%d", q+1), Options: options[r.IntN(len(options))]})
	}
	for _, name := range []string{"organisation", "occupation", "team"} {
		s.schema.Groups = append(s.schema.Groups, column.Group{Name: name, Size: 1 + r.IntN(6)})
	}
	sorted, alike, missing := r.IntN(3) == 0, r.IntN(4) == 0, r.IntN(5) == 0
	for i := range rows {
		answers := make([]uint8, len(s.schema.Questions))
		for q := range answers {
			n := s.schema.Questions[q].Options
			switch {
			case missing:
			case alike:
				answers[q] = uint8(n)
			default:
				answers[q] = uint8(r.IntN(n + 1))
			}
		}
		members := make([]uint32, len(s.schema.Groups))
		for g := range members {
			n := s.schema.Groups[g].Size
			members[g] = uint32(r.IntN(n) * r.IntN(2))
			if g == 0 && sorted {
				members[g] = uint32(i * n / rows)
			}
		}
		s.answers = append(s.answers, answers)
		s.members = append(s.members, members)
		s.weights = append(s.weights, r.Float64()*3)
	}
	return s
}

// cells calls f for every cell of the groups, in the order that the cube has them.
func (s sample) cells(groups []int, f func(members []int)) {
	members := make([]int, len(groups))
	for {
		f(members)
		at := len(groups) - 1
		for ; at >= 0; at-- {
			members[at]++
			if members[at] < s.schema.Groups[groups[at]].Size {
				break
			}
			members[at] = 0
		}
		if at < 0 {
			return
		}
	}
}
