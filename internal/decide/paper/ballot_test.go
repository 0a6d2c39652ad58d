package paper_test

import (
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/paper"
)

// A ballot has one text, and only a ballot that fits the paper has any.
func TestParseBallot(t *testing.T) {
	for _, c := range []struct {
		name  string
		shape paper.Shape
		text  string
		fits  bool
	}{
		{"a ranking", ranked, `{"rank":[3,1,2]}`, true},
		{"one preference", ranked, `{"rank":[4]}`, true},
		{"a candidate twice", ranked, `{"rank":[3,3]}`, false},
		{"a candidate that is not there", ranked, `{"rank":[5]}`, false},
		{"a candidate nought", ranked, `{"rank":[0]}`, false},
		{"no preference: that is a flaw", ranked, `{"rank":[]}`, false},
		{"crosses where numbers belong", ranked, `{"choose":[1]}`, false},
		{"two crosses", crosses, `{"choose":[1,4]}`, true},
		{"crosses in another order", crosses, `{"choose":[4,1]}`, false},
		{"three crosses of two", crosses, `{"choose":[1,2,3]}`, false},
		{"no cross where blank does not count", crosses, `{"choose":[]}`, false},
		{"no cross where blank counts", paper.Shape{Asks: paper.Choose, Answers: 4, Most: 2, Blank: true}, `{"choose":[]}`, true},
		{"yes", question, `{"answer":"yes"}`, true},
		{"blank", question, `{"answer":"blank"}`, true},
		{"blank where it does not count", paper.Shape{Asks: paper.Question, Answers: 2}, `{"answer":"blank"}`, false},
		{"perhaps", question, `{"answer":"perhaps"}`, false},
		{"a flaw", ranked, `{"spoilt":"no-first"}`, true},
		{"a flaw of another paper", question, `{"spoilt":"no-first"}`, false},
		{"a ranking is never too long", ranked, `{"spoilt":"too-many"}`, false},
		{"unmarked is blank, where blank counts", question, `{"spoilt":"unmarked"}`, false},
		{"an invented flaw", ranked, `{"spoilt":"I do not like it"}`, false},
		{"two things at once", ranked, `{"rank":[1],"spoilt":"unclear"}`, false},
		{"nothing", ranked, `{}`, false},
		{"space", ranked, `{"rank": [1]}`, false},
		{"more after it", ranked, `{"rank":[1]} `, false},
		{"something unknown", ranked, `{"rank":[1],"voter":12}`, false},
		{"no JSON", ranked, `rank 1`, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, err := paper.ParseBallot(c.text, c.shape)
			switch {
			case c.fits && (err != nil || b.String() != c.text):
				t.Errorf("%s became %s, %v", c.text, b, err)
			case !c.fits && !fault.Is(err, fault.Invalid):
				t.Errorf("%s was read: %s, %v", c.text, b, err)
			}
		})
	}
}

// Whatever is read has one form, and fits.
func FuzzParseBallot(f *testing.F) {
	for _, s := range []string{`{"rank":[3,1,2]}`, `{"choose":[1,4]}`, `{"answer":"no"}`, `{"spoilt":"unclear"}`, `{"rank":[1e0]}`, `[]`, "\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, s := range []paper.Shape{ranked, crosses, question} {
			b, err := paper.ParseBallot(text, s)
			if err == nil && (b.String() != text || s.Check(b) != nil) {
				t.Errorf("%q was read as %s", text, b)
			}
		}
	})
}

func TestFlawsOf_ArePossible(t *testing.T) {
	if got := len(ranked.FlawsOf()); got != 5 {
		t.Errorf("a ranked paper has %d flaws: %v", got, ranked.FlawsOf())
	}
	if got := question.FlawsOf(); len(got) != 4 || got[0] != paper.TooMany {
		t.Errorf("a question has %v", got)
	}
	for _, f := range paper.Flaws {
		if f.Words() == "" {
			t.Errorf("flaw %s has no words", f)
		}
	}
}
