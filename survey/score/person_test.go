package score_test

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"commonweal/survey/instrument"
	"commonweal/survey/score"
)

func scorer(t testing.TB, id string) *score.Scorer {
	t.Helper()
	in, err := instrument.Load(id)
	if err != nil {
		t.Fatal(err)
	}
	s, err := score.New(in)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// row writes a row of answers from pairs such as "q2a=5".
func row(t testing.TB, in instrument.Instrument, pairs string) []uint8 {
	t.Helper()
	answers := make([]uint8, len(in.Questions))
	for pair := range strings.FieldsSeq(pairs) {
		id, code, _ := strings.Cut(pair, "=")
		if len(code) != 1 {
			t.Fatalf("no code in %q", pair)
		}
		answers[position(t, in, id)] = code[0] - '0'
	}
	return answers
}

// position is where a question's answer stands in a row.
func position(t testing.TB, in instrument.Instrument, id string) int {
	t.Helper()
	at := slices.IndexFunc(in.Questions, func(q instrument.Question) bool { return q.ID == id })
	if at < 0 {
		t.Fatalf("no question %s", id)
	}
	return at
}

func valueOf(t testing.TB, s *score.Scorer, id, pairs string) score.Value {
	t.Helper()
	values, err := s.Person(row(t, s.Instrument(), pairs))
	if err != nil {
		t.Fatal(err)
	}
	for i, sc := range s.Instrument().Scores {
		if sc.ID == id {
			return values[i]
		}
	}
	t.Fatalf("no score %s", id)
	return score.Value{}
}

func near(a, b score.Value) bool {
	return a.Known == b.Known && math.Abs(a.Points-b.Points) < 1e-12
}

var none score.Value

// What one answer is worth, from 0 to 10 and higher always better (NHS
// England, NHS Staff Survey 2024, detailed results by organisation). Answers
// are given as code=points, with "none" for an answer that counts as none; the
// code 0 is no answer.
func TestItems(t *testing.T) {
	s := scorer(t, instrument.PeoplePromise)
	for _, c := range []struct {
		name, why      string
		question, with string
		worth          string
	}{
		{"agreement", "five points from nought to ten in even steps", "q3a", "", "0=none 1=0 2=2.5 3=5 4=7.5 5=10"},
		{"frequency", "the other five-point scale", "q2a", "", "1=0 3=5 5=10"},
		{"satisfaction", "and the third", "q4c", "", "2=2.5 5=10"},
		{"turned round", "to be under pressure, burnt out or about to leave is worse", "q5a", "", "1=10 5=0"},
		{"turned round, burnt out", "second from the good end", "q12b", "", "2=7.5"},
		{"turned round, agrees to leave", "to think of leaving is worse", "q26a", "", "4=2.5"},
		{"yes is bad", "unwell from stress", "q11c", "", "1=0 2=10"},
		{"not applicable", "the ninth option counts as no answer", "q6a", "", "5=10 9=none"},
		{"count", "none at all is best and any other number worst, however many", "q13a", "", "1=10 2=0 5=0"},
		{"count, another", "as the other", "q14c", "", "1=10 5=0"},
		{"reported", "whoever reports it, it is good; not knowing and nothing to report are no answer", "q13d", "", "1=10 2=10 3=0 4=none 5=10 9=none"},
		{"reported, another", "as the other", "q14d", "", "3=0 5=10"},
		{"fair careers", "here not knowing is half way, which the published scores need", "q15", "", "1=10 2=0 3=5"},
		{"appraisal", "three steps for whoever had one", "q23b", "q23a=1", "0=none 1=10 2=5 3=0"},
		{"no appraisal", "to have had none is worst, not missing, and a tick below does not count", "q23b", "q23a=2", "0=0 1=0"},
		{"appraisal, cannot remember", "left out", "q23b", "q23a=3", "0=none 1=none"},
		{"appraisal, nothing said of having one", "without the filter it is not known whether it was put", "q23b", "", "0=none 1=none"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for pair := range strings.FieldsSeq(c.worth) {
				code, points, _ := strings.Cut(pair, "=")
				want := none
				if points != "none" {
					v, err := strconv.ParseFloat(points, 64)
					if err != nil {
						t.Fatal(err)
					}
					want = score.Of(v)
				}
				answers := c.with + " " + c.question + "=" + code
				values, err := s.Items(row(t, s.Instrument(), answers))
				if err != nil {
					t.Fatal(err)
				}
				if got := values[position(t, s.Instrument(), c.question)]; !near(got, want) {
					t.Errorf("%s is %+v, want %+v: %s", answers, got, want, c.why)
				}
			}
		})
	}
}

// How much must be answered for a score (NHS England, NHS Staff Survey 2024,
// detailed results by organisation: from the published scores and bases).
func TestPerson_LeastAnswered(t *testing.T) {
	s := scorer(t, instrument.PeoplePromise)
	for _, c := range []struct {
		name, why   string
		score, with string
		want        score.Value
	}{
		{"three of three", "the mean of all", "E_1", "q2a=5 q2b=4 q2c=3", score.Of(7.5)},
		{"two of three", "the mean of those answered", "E_1", "q2a=5 q2b=4", score.Of(8.75)},
		{"one of three", "too little", "E_1", "q2a=5", none},
		{"three of four", "six tenths of four is three", "PP1_2", "q9f=5 q9g=5 q9h=4", score.Of(27.5 / 3)},
		{"two of four", "too little", "PP1_2", "q9f=5 q9g=5", none},
		{"three of five", "six tenths of five is three", "PP2", "q4a=1 q4b=2 q4c=3", score.Of(2.5)},
		{"two of five", "too little", "PP2", "q4a=1 q4b=2", none},
		{"five of seven", "six tenths of seven is five", "PP4_2", "q12a=1 q12b=1 q12c=1 q12d=1 q12e=5", score.Of(8)},
		{"four of seven", "too little", "PP4_2", "q12a=1 q12b=1 q12c=1 q12d=1", none},
		{"climate with four of seven", "two of its questions are put to few, and the published bases need four", "PP4_1", "q3g=5 q3h=5 q3i=5 q5a=5", score.Of(7.5)},
		{"climate with three of seven", "too little", "PP4_1", "q3g=5 q3h=5 q3i=5", none},
		{"not applicable is not an answer", "five ticks, but four answers", "PP4_1", "q3g=5 q3h=5 q3i=5 q13d=9 q14d=4", none},
		{"five of eight", "six tenths of eight is five", "PP7_1", "q7a=5 q7b=5 q7c=5 q7d=5 q8a=1", score.Of(8)},
		{"four of eight", "too little", "PP7_1", "q7a=5 q7b=5 q7c=5 q7d=5", none},
		{"six of nine", "six tenths of nine is six", "PP4_3", "q11b=2 q11c=2 q11d=2 q13a=1 q13b=1 q14a=2", score.Of(50.0 / 6)},
		{"five of nine", "too little", "PP4_3", "q11b=2 q11c=2 q11d=2 q13a=1 q13b=1", none},
		{"one of one", "the only question", "PP6_2", "q4d=4", score.Of(7.5)},
		{"no appraisal", "nought three times over is a score of nought", "PP5_2", "q23a=2", score.Of(0)},
		{"appraisal, two of three", "the mean of those answered", "PP5_2", "q23a=1 q23b=1 q23c=2", score.Of(7.5)},
		{"appraisal, cannot remember", "no score", "PP5_2", "q23a=3", none},

		{"engagement from three", "a mean of three means, not of nine answers", "E", "q2a=5 q2b=5 q3c=3 q3d=3 q3f=3 q25a=1 q25c=1 q25d=1", score.Of(5)},
		{"engagement from two", "two of three sub-scores are enough", "E", "q2a=5 q2b=5 q3c=3 q3d=3 q25a=1", score.Of(7.5)},
		{"engagement from one", "one is too little", "E", "q2a=5 q2b=5 q2c=5 q3c=3 q25a=1", none},
		{"morale from two", "as engagement", "M", "q26a=1 q26b=1 q3g=1 q3h=1", score.Of(5)},
		{"morale from one", "one is too little", "M", "q26a=1 q26b=1", none},
		{
			"compassion from three of four", "one sub-score may be missing", "PP1",
			"q9f=5 q9g=5 q9h=5 q15=1 q16a=2 q16b=2 q7h=1 q7i=1 q8b=1", score.Of(20.0 / 3),
		},
		{"compassion from two of four", "two may not", "PP1", "q9f=5 q9g=5 q9h=5 q15=1 q16a=2 q16b=2", none},
		{"flexible from both", "all are needed", "PP6", "q6b=5 q6c=5 q4d=1", score.Of(5)},
		{"flexible from one", "all are needed", "PP6", "q4d=1", none},
		{"safe from two of three", "all are needed", "PP4", "q12a=1 q12b=1 q12c=1 q12d=1 q12e=1 q3g=5 q3h=5 q3i=5 q5a=5", none},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := valueOf(t, s, c.score, c.with); !near(got, c.want) {
				t.Errorf("%s of %s is %+v, want %+v: %s", c.score, c.with, got, c.want, c.why)
			}
		})
	}
}

// A row that cannot be answers to the instrument is refused, and says why.
func TestPerson_Refuses(t *testing.T) {
	s := scorer(t, instrument.Engagement)
	for _, c := range []struct {
		name, why string
		answers   []uint8
		says      string
	}{
		{"short row", "columns are missing", make([]uint8, 8), "a row of 8 answers, not 9"},
		{"long row", "columns of something else", make([]uint8, 10), "a row of 10 answers, not 9"},
		{"no such option", "six on five points", []uint8{0, 6, 0, 0, 0, 0, 0, 0, 0}, "question enthusiastic: answer 6 is not one of its options"},
		{"far beyond", "the greatest byte", []uint8{0, 0, 0, 0, 0, 0, 0, 0, 255}, "question recommend_care: answer 255"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := s.Person(c.answers); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v, want %q: %s", err, c.says, c.why)
			}
			tally := s.Tally()
			if err := tally.Add(c.answers); err == nil || tally.People() != 0 {
				t.Errorf("counted in all the same")
			}
		})
	}
}
