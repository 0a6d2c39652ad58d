package score_test

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"commonweal/survey/instrument"
	"commonweal/survey/score"
)

func resultOf(t *testing.T, tally *score.Tally, id string) score.Result {
	t.Helper()
	for _, r := range tally.Results() {
		if r.Score == id {
			return r
		}
	}
	t.Fatalf("no score %s", id)
	return score.Result{}
}

// Three people, worked by hand. The second leaves advocacy out, the third all
// but motivation: each score has the people who have one, and no others.
var three = []string{
	"look_forward=5 enthusiastic=5 time_passes=5 initiative=4 suggestions=4 improvements=4 care_first=3 recommend_work=3 recommend_care=3", // 10, 7.5, 5 -> 7.5
	"look_forward=1 enthusiastic=2 time_passes=3 initiative=2 suggestions=2 care_first=5",                                                  // 2.5, 2.5, - -> 2.5
	"look_forward=3 enthusiastic=3", // 5, -, - -> -
}

func tallied(t *testing.T, id string) *score.Tally {
	t.Helper()
	s := scorer(t, id)
	tally := s.Tally()
	for _, p := range three {
		if err := tally.Add(row(t, s.Instrument(), p)); err != nil {
			t.Fatal(err)
		}
	}
	return tally
}

func wantResults(t *testing.T, tally *score.Tally, want []score.Result) {
	t.Helper()
	for _, w := range want {
		got := resultOf(t, tally, w.Score)
		if got.N != w.N || math.Abs(got.Mean-w.Mean) > 1e-12 || got.Series != instrument.ZeroToTen {
			t.Errorf("%+v, want %+v", got, w)
		}
	}
}

// The survey's engagement is the mean of people's engagement.
func TestTally_OfPeople(t *testing.T) {
	tally := tallied(t, instrument.Engagement)
	if tally.People() != 3 {
		t.Errorf("%d people, want 3", tally.People())
	}
	wantResults(t, tally, []score.Result{
		{Score: "E_1", N: 3, Mean: 17.5 / 3},
		{Score: "E_2", N: 2, Mean: 5},
		{Score: "E_3", N: 1, Mean: 5},
		{Score: "E", N: 2, Mean: 5},
	})
}

// The pulse's engagement is the mean of the organisation's three sub-scores;
// from the same answers that is another number than the survey's (NHS England,
// National Quarterly Pulse Survey, results by organisation 2021-22 and 2022-23).
func TestTally_OfScores(t *testing.T) {
	wantResults(t, tallied(t, instrument.Pulse), []score.Result{
		{Score: "E_1", N: 3, Mean: 17.5 / 3},
		{Score: "E_2", N: 2, Mean: 5},
		{Score: "E_3", N: 1, Mean: 5},
		{Score: "E", N: 1, Mean: (17.5/3 + 5 + 5) / 3},
	})
	s := scorer(t, instrument.Pulse)
	if v := valueOf(t, s, "E", three[0]); v.Known {
		t.Errorf("a person has %+v on a score that only groups have", v)
	}
	tally := s.Tally()
	if err := tally.Add(row(t, s.Instrument(), three[1])); err != nil {
		t.Fatal(err)
	}
	wantResults(t, tally, []score.Result{{Score: "E_2", N: 1, Mean: 2.5}, {Score: "E_3"}, {Score: "E"}})
}

// A group without people has no score, and not a score of nought.
func TestTally_Empty(t *testing.T) {
	for _, r := range scorer(t, instrument.PeoplePromise).Tally().Results() {
		if r.N != 0 || r.Mean != 0 {
			t.Errorf("%+v", r)
		}
	}
}

// The two scales of the staff survey are two series (NHS England, NHS Staff
// Survey results, 2017 and 2018).
func TestJoin(t *testing.T) {
	at := func(year int, id string, mean float64, n int) score.Point {
		return score.Point{Year: year, Result: score.Result{Score: id, Series: instrument.SeriesOf(year), Mean: mean, N: n}}
	}
	for _, c := range []struct {
		name, why string
		points    []score.Point
		says      string // empty: joined
	}{
		{"one series", "years may come in any order", []score.Point{at(2019, "E", 7, 90), at(2018, "E", 6.9, 80)}, ""},
		{"the old series alone", "it can be joined with itself", []score.Point{at(2014, "E", 3.71, 80), at(2015, "E", 3.78, 80)}, ""},
		{"across 2018", "a mean of 3.78 beside one of 7 would look like a leap", []score.Point{at(2018, "E", 7, 90), at(2017, "E", 3.78, 80)}, "2017 is on the scale 1-5 and 2018 on 0-10, which are two series"},
		{"two scores", "engagement is not morale", []score.Point{at(2023, "E", 7, 90), at(2024, "M", 6, 90)}, "score M of 2024 is not score E of 2023"},
		{"one year twice", "which of them?", []score.Point{at(2023, "E", 7, 90), at(2023, "E", 6, 90)}, "two points for 2023"},
		{"nobody", "no people, no point", []score.Point{at(2023, "E", 0, 0)}, "nobody has one in 2023"},
		{"nothing", "an empty line is a line", nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			line, err := score.Join(c.points...)
			if c.says != "" {
				if err == nil || !strings.Contains(err.Error(), c.says) {
					t.Errorf("%v, want %q: %s", err, c.says, c.why)
				}
				return
			}
			if err != nil || len(line) != len(c.points) {
				t.Fatalf("%v, %v: %s", line, err, c.why)
			}
			for i := 1; i < len(line); i++ {
				if line[i-1].Year >= line[i].Year {
					t.Errorf("out of order: %v", line)
				}
			}
		})
	}
}

// Adding a person takes no memory, so a million answers cost only their time.
func TestTally_AddTakesNoMemory(t *testing.T) {
	s := scorer(t, instrument.PeoplePromise)
	tally, answers := s.Tally(), ones(s)
	if n := testing.AllocsPerRun(100, func() {
		if err := tally.Add(answers); err != nil {
			t.Error(err)
		}
	}); n > 0 {
		t.Errorf("%g pieces of memory a person", n)
	}
}

func BenchmarkAdd(b *testing.B) {
	s := scorer(b, instrument.PeoplePromise)
	tally, answers := s.Tally(), ones(s)
	for b.Loop() {
		if err := tally.Add(answers); err != nil {
			b.Fatal(err)
		}
	}
}

// ones is a row in which every question has its first answer.
func ones(s *score.Scorer) []uint8 {
	return bytes.Repeat([]byte{1}, len(s.Instrument().Questions))
}
