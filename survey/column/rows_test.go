package column_test

import (
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"commonweal/survey/column"
)

// The page of one organisation or team says what the whole count says of it.
func TestRows_EqualTheirCellOfTheWhole(t *testing.T) {
	var page, all column.Counts
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 7))
		s := random(r, []int{0, 1, 40, 900}[r.IntN(4)])
		table := s.table(t, 0)
		for _, g := range s.schema.Groups {
			err := table.Count(&all, g.Name)
			if err != nil {
				t.Fatal(err)
			}
			people := 0
			for m := range g.Size {
				rows, err := table.Rows(g.Name, m)
				if err != nil {
					t.Fatal(err)
				}
				people += rows.Len()
				rows.Count(&page)
				for q := range s.schema.Questions {
					want := all.Of(q, m)
					for code, n := range page.Of(q, 0) {
						if n != want[code] {
							t.Fatalf("seed %d, %s %d, question %d, code %d: %d, not %d", seed, g.Name, m, q, code, n, want[code])
						}
					}
				}
			}
			if people != len(s.answers) {
				t.Fatalf("seed %d, %s: %d respondents, not %d", seed, g.Name, people, len(s.answers))
			}
		}
	}
}

// Answers of one respondent stand at one place in every question, so that a score of
// several questions is that of one person.
func TestRows_AnswersStandTogether(t *testing.T) {
	s := sample{
		schema:  small,
		answers: [][]uint8{{1, 1}, {5, 10}, {0, 0}, {4, 9}, {3, 3}},
		members: [][]uint32{{2, 1}, {1, 0}, {0, 1}, {0, 1}, {1, 1}},
	}
	table := s.table(t, 0)
	tests := []struct {
		group  string
		member int
		want   map[[2]uint8]bool
	}{
		{"organisation", 0, map[[2]uint8]bool{{0, 0}: true, {4, 9}: true}},
		{"team", 1, map[[2]uint8]bool{{1, 1}: true, {0, 0}: true, {4, 9}: true, {3, 3}: true}},
	}
	for _, test := range tests {
		t.Run(test.group, func(t *testing.T) {
			rows, err := table.Rows(test.group, test.member)
			if err != nil {
				t.Fatal(err)
			}
			a, b := rows.Answers(nil, 0), rows.Answers(nil, 1)
			if len(a) != len(test.want) || len(b) != len(test.want) || rows.Len() != len(test.want) {
				t.Fatalf("%v and %v, not %d answers", a, b, len(test.want))
			}
			for i := range a {
				if !test.want[[2]uint8{a[i], b[i]}] {
					t.Errorf("nobody answered %d and %d", a[i], b[i])
				}
				delete(test.want, [2]uint8{a[i], b[i]})
			}
		})
	}
}

// Pages are counted at the same time from one table, each into a cube of its own; the
// race detector sees a table that is written to.
func TestTable_IsReadByMany(t *testing.T) {
	s := random(rand.New(rand.NewPCG(11, 11)), 400)
	table := s.table(t, 0)
	var want column.Counts
	err := table.Count(&want, "occupation", "organisation")
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			var c column.Counts
			var sums column.Sums
			err := table.Count(&c, "occupation", "organisation")
			if err == nil {
				err = table.Weigh(&sums, s.weights, "team")
			}
			if err != nil || !slices.Equal(c.Question(0), want.Question(0)) {
				t.Errorf("other counts: %v", err)
			}
		})
	}
	wait.Wait()
}

func TestRows_Refuses(t *testing.T) {
	table := sample{schema: small}.table(t, 0)
	for _, test := range []struct {
		group  string
		member int
		want   string
	}{
		{"ward", 0, `there is no group "ward"`},
		{"team", 2, "group team: there is no member 2"},
		{"organisation", -1, "group organisation: there is no member -1"},
	} {
		_, err := table.Rows(test.group, test.member)
		if err == nil || err.Error() != test.want {
			t.Errorf("error %v, not %s", err, test.want)
		}
	}
}
