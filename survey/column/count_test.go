package column_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"commonweal/survey/column"
)

// Each way in which groups can be crossed: the sorted one first, last, in the middle
// and not at all.
var crossings = [][]int{{}, {0}, {1}, {2}, {0, 1}, {1, 0}, {1, 2}, {2, 1}, {0, 1, 2}, {2, 0, 1}, {1, 2, 0}}

// One pass says what looking at everybody says, for every option of every cell; so
// do the weighted sums. The cubes are used again from one sample to the next, as a
// page would, and nothing of the sample before may shine through.
func TestCount_EqualsLookingAtEverybody(t *testing.T) {
	var counts column.Counts
	var sums column.Sums
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 5))
		// Above 255, for a lane of the packed counter holds no more.
		s := random(r, []int{0, 1, 2, 17, 300, 700}[r.IntN(6)])
		table := s.table(t, []int{0, len(s.answers), 3}[r.IntN(3)])
		ones := s.ones()
		for _, groups := range crossings {
			err := table.Count(&counts, s.names(groups)...)
			if err != nil {
				t.Fatal(err)
			}
			err = table.Weigh(&sums, s.weights, s.names(groups)...)
			if err != nil {
				t.Fatal(err)
			}
			place := 0
			s.cells(groups, func(members []int) {
				cell := counts.Cell(members...)
				if cell != place || sums.Cell(members...) != place {
					t.Fatalf("seed %d by %v: %v is cell %d, not %d", seed, s.names(groups), members, cell, place)
				}
				place++
				for q := range s.schema.Questions {
					for code, got := range counts.Of(q, cell) {
						want := s.naive(ones, q, code, groups, members)
						if float64(got) != want {
							t.Fatalf("seed %d by %v, %v, question %d, code %d: %d counted, not %v", seed, s.names(groups), members, q, code, got, want)
						}
					}
					for code, got := range sums.Of(q, cell) {
						want := s.naive(s.weights, q, code, groups, members)
						if math.Abs(got-want) > 1e-9 {
							t.Fatalf("seed %d by %v, %v, question %d, code %d: weight %v, not %v", seed, s.names(groups), members, q, code, got, want)
						}
					}
				}
			})
			if place != counts.Cells() || place != sums.Cells() {
				t.Fatalf("seed %d by %v: %d cells, not %d", seed, s.names(groups), counts.Cells(), place)
			}
		}
	}
}

// The counts of a question over all cells are everybody, whatever they are grouped by.
func TestCount_NobodyIsLostOrCountedTwice(t *testing.T) {
	s := random(rand.New(rand.NewPCG(9, 9)), 5000)
	table := s.table(t, 5000)
	for _, groups := range crossings {
		var c column.Counts
		err := table.Count(&c, s.names(groups)...)
		if err != nil {
			t.Fatal(err)
		}
		for q := range s.schema.Questions {
			sum := uint32(0)
			for _, n := range c.Question(q) {
				sum += n
			}
			if sum != 5000 {
				t.Errorf("by %v, question %d: %d of 5000", s.names(groups), q, sum)
			}
		}
	}
}

var small = column.Schema{
	Questions: []column.Question{{ID: "a", Options: 5}, {ID: "b", Options: 10}},
	Groups:    []column.Group{{Name: "organisation", Size: 3}, {Name: "team", Size: 2}},
}

func TestCount_Edges(t *testing.T) {
	tests := []struct {
		name, why string
		s         sample
		cell      []int
		a         []uint32
	}{
		{
			"nobody", "an empty table has cells, all nought",
			sample{schema: small},
			[]int{2, 1},
			[]uint32{0, 0, 0, 0, 0, 0},
		}, {
			"one respondent", "and the last member of each group",
			sample{schema: small, answers: [][]uint8{{5, 10}}, members: [][]uint32{{2, 1}}},
			[]int{2, 1},
			[]uint32{0, 0, 0, 0, 0, 1},
		}, {
			"an organisation with nobody", "between two that have somebody",
			sample{schema: small, answers: [][]uint8{{5, 1}, {1, 1}}, members: [][]uint32{{2, 1}, {0, 1}}},
			[]int{1, 1},
			[]uint32{0, 0, 0, 0, 0, 0},
		}, {
			"all missing", "who did not answer is counted, as no answer",
			sample{schema: small, answers: [][]uint8{{0, 0}, {0, 0}}, members: [][]uint32{{1, 0}, {1, 0}}},
			[]int{1, 0},
			[]uint32{2, 0, 0, 0, 0, 0},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var c column.Counts
			err := test.s.table(t, 0).Count(&c, "organisation", "team")
			if err != nil {
				t.Fatal(err)
			}
			got := c.Of(0, c.Cell(test.cell...))
			for code := range test.a {
				if len(got) != len(test.a) || got[code] != test.a[code] {
					t.Fatalf("%v, not %v: %s", got, test.a, test.why)
				}
			}
		})
	}
}

func TestCount_Refuses(t *testing.T) {
	wide := column.Schema{
		Questions: []column.Question{{ID: "a", Options: 255}},
		Groups:    []column.Group{{Name: "organisation", Size: 1000}, {Name: "team", Size: 1000}},
	}
	table := sample{schema: wide, answers: [][]uint8{{3}}, members: [][]uint32{{7, 8}}}.table(t, 1)
	var c column.Counts
	err := table.Count(&c, "team")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		by   []string
		want string
	}{
		{"a group that is not there", []string{"ward"}, `there is no group "ward"`},
		{"a group with itself", []string{"team", "team"}, "group team is named twice"},
		{"more than memory is given for", []string{"organisation", "team"}, "counts by organisation and team: more than 67108864 counters"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := table.Count(&c, test.by...)
			if err == nil || err.Error() != test.want {
				t.Errorf("error %v, not %s", err, test.want)
			}
			// What was counted before is still there.
			if c.Cells() != 1000 || c.Of(0, 8)[3] != 1 {
				t.Error("the counts of before are gone")
			}
		})
	}
}

func TestWeigh_RefusesWeights(t *testing.T) {
	table := sample{schema: small, answers: [][]uint8{{5, 1}, {1, 1}}, members: [][]uint32{{2, 1}, {0, 1}}}.table(t, 0)
	tests := []struct {
		name    string
		weights []float64
		want    string
	}{
		{"too few", []float64{1}, "1 weights for 2 respondents"},
		{"below nought", []float64{1, -0.5}, "respondent 2: weight -0.5 is not"},
		{"no number", []float64{math.NaN(), 1}, "respondent 1: weight NaN is not"},
		{"infinite", []float64{1, math.Inf(1)}, "respondent 2: weight +Inf is not"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var sums column.Sums
			err := table.Weigh(&sums, test.weights, "team")
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("error %v, not %s", err, test.want)
			}
		})
	}
}

// A weight goes with the respondent it was given for, though sorting moved the row.
func TestWeigh_FollowsTheRespondent(t *testing.T) {
	table := sample{schema: small, answers: [][]uint8{{5, 1}, {1, 1}}, members: [][]uint32{{2, 1}, {0, 1}}}.table(t, 0)
	var sums column.Sums
	err := table.Weigh(&sums, []float64{0.25, 4}, "organisation")
	if err != nil {
		t.Fatal(err)
	}
	if sums.Of(0, 2)[5] != 0.25 || sums.Of(0, 0)[1] != 4 {
		t.Errorf("%v", sums.Question(0))
	}
}

// A member or a cell that is not there is a mistake of the program, and must not read
// the counts of another.
func TestCube_PanicsOutside(t *testing.T) {
	var c column.Counts
	err := sample{schema: small}.table(t, 0).Count(&c, "organisation", "team")
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]func(){
		"member": func() { c.Cell(0, 2) },
		"minus":  func() { c.Cell(-1, 0) },
		"groups": func() { c.Cell(1) },
		"cell":   func() { c.Of(0, 6) },
	}
	for name, f := range tests {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			f()
		})
	}
}
