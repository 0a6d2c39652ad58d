package archive_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/belenios/archive/rehearsal"
)

const (
	counted = "BELENIOS-2048"
	ranked  = "RFC-3526-2048"
)

// hold holds an election and returns the path of its archive.
func hold(t testing.TB, p rehearsal.Plan) (string, *rehearsal.Cast) {
	t.Helper()
	dir, path := t.TempDir(), ""
	c, err := rehearsal.Hold(context.Background(), rand.Reader, header.Timestamp, func(uuid string) string {
		path = filepath.Join(dir, uuid+".bel")
		return path
	}, p)
	if err != nil {
		t.Fatal(err)
	}
	return path, c
}

// verify verifies an archive and expects it to be in order.
func verify(t testing.TB, text []byte) *archive.Report {
	t.Helper()
	r, err := archive.Verify(context.Background(), bytes.NewReader(text), int64(len(text)), archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !r.OK() {
		t.Fatalf("refused:\n%s", r.Text())
	}
	return r
}

func homomorphic(title string, answers, least, most int, blank bool) belenios.Question {
	return belenios.Question{Title: title, Answers: []string{"A", "B", "C", "D", "E"}[:answers], Min: least, Max: most, Blank: blank}
}

func rankedQuestion(answers int) belenios.Question {
	return belenios.Question{Kind: belenios.NonHomomorphic, Title: "Rank", Answers: []string{"A", "B", "C", "D", "E", "F"}[:answers]}
}

// Each shape of election that the program can hold.
var shapes = []struct {
	name   string
	plan   rehearsal.Plan
	counts [][]int64
	ranks  [][]int // sorted
}{
	{
		name: "one of three",
		plan: rehearsal.Plan{
			Group: counted, Voters: 5, Items: rehearsal.Singles(1), Questions: []belenios.Question{homomorphic("One?", 3, 1, 1, false)},
			Votes: func(v int) [][]int { return [][][]int{{{1, 0, 0}}, {{0, 1, 0}}, {{0, 1, 0}}, nil, {{0, 0, 1}}}[v] },
			Again: []int{0},
		},
		counts: [][]int64{{1, 2, 1}},
	},
	{
		name: "two or three of five, all trustees needed",
		plan: rehearsal.Plan{
			Group: counted, Voters: 3, Items: rehearsal.Singles(2), Questions: []belenios.Question{homomorphic("Several?", 5, 2, 3, false)},
			Votes: func(v int) [][]int {
				return [][][]int{{{1, 1, 0, 0, 0}}, {{0, 1, 1, 1, 0}}, {{0, 0, 1, 0, 1}}}[v]
			},
		},
		counts: [][]int64{{1, 2, 2, 1, 1}},
	},
	{
		name: "approval of none to two",
		plan: rehearsal.Plan{
			Group: counted, Voters: 3, Items: rehearsal.Singles(1), Questions: []belenios.Question{homomorphic("Any?", 3, 0, 2, false)},
			Votes: func(v int) [][]int { return [][][]int{{{0, 0, 0}}, {{1, 0, 0}}, {{1, 0, 1}}}[v] },
		},
		counts: [][]int64{{2, 0, 1}},
	},
	{
		name: "yes, no or blank",
		plan: rehearsal.Plan{
			Group: counted, Voters: 4, Items: rehearsal.Singles(1), Questions: []belenios.Question{homomorphic("Yes?", 2, 1, 1, true)},
			Votes: func(v int) [][]int { return [][][]int{{{1, 0, 0}}, {{0, 1, 0}}, {{0, 1, 0}}, {{0, 0, 1}}}[v] },
		},
		counts: [][]int64{{1, 2, 1}},
	},
	{
		name: "weights, above what a number may be",
		plan: rehearsal.Plan{
			Group: counted, Voters: 3, Weights: []int64{3, 2_000_000_000, 1}, Items: rehearsal.Singles(1),
			Questions: []belenios.Question{homomorphic("Yes?", 2, 0, 1, false)},
			Votes:     func(v int) [][]int { return [][][]int{{{1, 0}}, {{0, 1}}, {{1, 0}}}[v] },
		},
		counts: [][]int64{{4, 2_000_000_000}},
	},
	{
		name: "two of three trustees and one who is needed, one absent",
		plan: rehearsal.Plan{
			Group: counted, Voters: 3, Items: []rehearsal.Item{{Threshold: 2, Members: 3}, {}}, Absent: []int{2},
			Questions: []belenios.Question{homomorphic("One?", 2, 1, 1, false)},
			Votes:     func(v int) [][]int { return [][][]int{{{1, 0}}, {{0, 1}}, {{1, 0}}}[v] },
		},
		counts: [][]int64{{2, 1}},
	},
	{
		name: "ranked, two shuffles",
		plan: rehearsal.Plan{
			Group: ranked, Voters: 4, Items: rehearsal.Singles(2), Shuffles: 2, Questions: []belenios.Question{rankedQuestion(4)},
			Votes: func(v int) [][]int {
				return [][][]int{{{1, 2, 3, 4}}, {{4, 3, 2, 1}}, {{255, 0, 0, 1}}, {{1, 2, 3, 4}}}[v]
			},
			Again: []int{1},
		},
		ranks: [][]int{{1, 2, 3, 4}, {1, 2, 3, 4}, {4, 3, 2, 1}, {255, 0, 0, 1}},
	},
	{
		name: "two questions at once, one counted and one ranked",
		plan: rehearsal.Plan{
			Group: ranked, Voters: 2, Items: rehearsal.Singles(1), Shuffles: 1,
			Questions: []belenios.Question{homomorphic("Yes?", 2, 0, 1, false), rankedQuestion(3)},
			Votes:     func(v int) [][]int { return [][][]int{{{1, 0}, {1, 2, 3}}, {{1, 0}, {2, 1, 3}}}[v] },
		},
		counts: [][]int64{{2, 0}, nil},
		ranks:  [][]int{{1, 2, 3}, {2, 1, 3}},
	},
}

// Our own archives are in order by our own verifier, and by the tool of those
// who wrote the protocol, and the result is what was voted.
func TestInterop_OurArchives(t *testing.T) {
	for _, s := range shapes {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			path, _ := hold(t, s.plan)
			checkResult(t, verify(t, readFile(t, path)), s.counts, s.ranks)
			newTool(t).verifies(path)
		})
	}
}

// checkResult compares a report's result with what was voted.
func checkResult(t testing.TB, r *archive.Report, counts [][]int64, ranks [][]int) {
	t.Helper()
	for i, want := range counts {
		if !slices.Equal(r.Questions[i].Counts, want) {
			t.Errorf("question %d: counted %v, want %v", i+1, r.Questions[i].Counts, want)
		}
	}
	if ranks != nil {
		got := slices.Clone(r.Questions[len(r.Questions)-1].Rankings)
		slices.SortFunc(got, slices.Compare)
		if !reflect.DeepEqual(got, ranks) {
			t.Errorf("rankings %v, want %v", got, ranks)
		}
	}
}
