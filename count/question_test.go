package count

import (
	"strings"
	"testing"
)

func fraction(t testing.TB, text string) Fraction {
	t.Helper()
	f, err := ParseFraction(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// The same numbers pass or fail by the base and by whether a fraction is reached or
// exceeded; the edges are exact.
func TestMotion_Decide(t *testing.T) {
	cases := map[string]struct {
		fraction string
		exceed   Exceed
		base     Base
		votes    Votes
		carried  bool
	}{
		"two thirds reached exactly":                      {"2/3", AtLeast, VotesCast, Votes{For: 66, Against: 33}, true},
		"one vote short of two thirds":                    {"2/3", AtLeast, VotesCast, Votes{For: 65, Against: 33}, false},
		"two thirds of a number that three does not part": {"2/3", AtLeast, VotesCast, Votes{For: 67, Against: 33}, true},
		"66 of 100 is not two thirds":                     {"2/3", AtLeast, VotesCast, Votes{For: 66, Against: 34}, false},
		"three quarters reached exactly":                  {"3/4", AtLeast, VotesCast, Votes{For: 75, Against: 25}, true},
		"three quarters not exceeded":                     {"3/4", MoreThan, VotesCast, Votes{For: 75, Against: 25}, false},
		"a tie is no majority":                            {"1/2", MoreThan, VotesCast, Votes{For: 10, Against: 10}, false},
		"one more than half":                              {"1/2", MoreThan, VotesCast, Votes{For: 11, Against: 10}, true},
		"abstaining does not count in votes cast":         {"1/2", MoreThan, VotesCast, Votes{For: 2, Against: 1, Abstain: 97, Eligible: 100}, true},
		"abstaining counts among those present":           {"1/2", MoreThan, Present, Votes{For: 2, Against: 1, Abstain: 97}, false},
		"present and silent counts too":                   {"1/2", MoreThan, Present, Votes{For: 10, Against: 5, Present: 20}, false},
		"not voting counts among the eligible":            {"1/2", MoreThan, Eligible, Votes{For: 50, Against: 0, Eligible: 100}, false},
		"half of all eligible and one":                    {"1/2", MoreThan, Eligible, Votes{For: 51, Against: 0, Eligible: 100}, true},
		"nobody votes":                                    {"1/2", AtLeast, VotesCast, Votes{Eligible: 100}, false},
		"everyone abstains":                               {"0%", AtLeast, VotesCast, Votes{Abstain: 5}, false},
		"unanimity":                                       {"100%", AtLeast, Present, Votes{For: 7}, true},
		"unanimity but one":                               {"100%", AtLeast, Present, Votes{For: 7, Abstain: 1}, false},
		"five eighths":                                    {"62.5%", AtLeast, VotesCast, Votes{For: 5, Against: 3}, true},
		"the largest numbers":                             {"2/3", AtLeast, VotesCast, Votes{For: 666_666_667, Against: 333_333_333}, true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			m := Motion{Majority: Condition{fraction(t, c.fraction), c.exceed, c.base}}
			d, err := m.Decide(c.votes)
			if err != nil {
				t.Fatal(err)
			}
			if d.Carried != c.carried {
				t.Errorf("%+v", d.Findings)
			}
		})
	}
}

// The smallest number that would do is told, and does.
func TestFraction_Least(t *testing.T) {
	for _, text := range []string{"1/2", "2/3", "3/4", "62.5%", "1/1", "0/1"} {
		f := fraction(t, text)
		for of := range int64(60) {
			for _, exceed := range []Exceed{AtLeast, MoreThan} {
				least := f.Least(of, exceed)
				met := func(n int64) bool {
					order := f.compare(n, of)
					return order > 0 || order == 0 && exceed == AtLeast
				}
				if !met(least) || least > 0 && met(least-1) {
					t.Errorf("%s of %d, %s: %d", text, of, exceed, least)
				}
			}
		}
	}
}

// A society's conversion takes two meetings: at the first three quarters of the
// votes cast with half of the members voting, at the second a simple majority
// (Co-operative and Community Benefit Societies Act 2014, s.113; the numbers stand in
// the packs of law and are only an example here).
func TestQuestion_TwoMeetings(t *testing.T) {
	q := Question{Motions: []Motion{
		{Label: "first meeting", Majority: Condition{Fraction{3, 4}, AtLeast, VotesCast}, Turnout: Condition{Fraction{1, 2}, AtLeast, Eligible}},
		{Label: "second meeting", Majority: Condition{Fraction{1, 2}, MoreThan, VotesCast}},
	}}
	good := Votes{For: 75, Against: 25, Eligible: 200}
	a, err := q.Decide(good)
	if err != nil || !a.Open || a.Carried {
		t.Errorf("after the first meeting: %+v, %v", a, err)
	}
	a, err = q.Decide(good, Votes{For: 11, Against: 10, Eligible: 200})
	if err != nil || a.Open || !a.Carried {
		t.Errorf("after both: %+v, %v", a, err)
	}
	a, err = q.Decide(good, Votes{For: 10, Against: 10, Eligible: 200})
	if err != nil || a.Open || a.Carried {
		t.Errorf("second fails: %+v, %v", a, err)
	}
	a, err = q.Decide(Votes{For: 75, Against: 24, Eligible: 200})
	if err != nil || a.Open || a.Carried || a.Decisions[0].Findings[1].Met || !a.Decisions[0].Findings[0].Met {
		t.Errorf("turnout fails: %+v, %v", a, err)
	}
	if _, err = q.Decide(Votes{For: 1, Against: 9, Eligible: 20}, good); err == nil || !strings.Contains(err.Error(), "although vote 1 failed") {
		t.Errorf("a second meeting after a failed first: %v", err)
	}
	if _, err = q.Decide(good, good, good); err == nil {
		t.Error("a third meeting was taken")
	}
	if a, err = q.Decide(); err != nil || !a.Open || a.Carried {
		t.Errorf("before any: %+v, %v", a, err)
	}
}

// Whether abstaining is taking part is for the rule to say.
func TestMotion_Turnout_Abstentions(t *testing.T) {
	m := Motion{Majority: Condition{Fraction{1, 2}, MoreThan, VotesCast}, Turnout: Condition{Fraction{1, 2}, AtLeast, Eligible}}
	v := Votes{For: 30, Against: 10, Abstain: 10, Eligible: 100}
	if d, err := m.Decide(v); err != nil || d.Carried {
		t.Errorf("%+v, %v", d.Findings, err)
	}
	m.AbstentionsTakePart = true
	if d, err := m.Decide(v); err != nil || !d.Carried {
		t.Errorf("%+v, %v", d.Findings, err)
	}
}

// Numbers that cannot be are refused, and so is a base without its number.
func TestMotion_Refuses(t *testing.T) {
	half := Condition{Fraction{1, 2}, MoreThan, VotesCast}
	cases := map[string]struct {
		m    Motion
		v    Votes
		what string
	}{
		"negative":             {Motion{Majority: half}, Votes{For: -1}, "between 0 and"},
		"more voted than came": {Motion{Majority: half}, Votes{For: 9, Against: 3, Present: 10}, "12 took part and only 10 were present"},
		"more came than may":   {Motion{Majority: half}, Votes{For: 9, Eligible: 8}, "9 were present and only 8 are eligible"},
		"eligible not given":   {Motion{Majority: Condition{Fraction{1, 2}, AtLeast, Eligible}}, Votes{For: 9}, "their number is not given"},
		"turnout without it":   {Motion{Majority: half, Turnout: Condition{Fraction{1, 2}, AtLeast, Eligible}}, Votes{For: 9}, "their number is not given"},
		"more than all":        {Motion{Majority: Condition{Fraction{3, 2}, AtLeast, VotesCast}}, Votes{For: 9}, "3/2"},
		"no fraction":          {Motion{Majority: Condition{Fraction{}, AtLeast, VotesCast}}, Votes{For: 9}, "0/0"},
		"no base":              {Motion{Majority: Condition{Fraction{1, 2}, AtLeast, ""}}, Votes{For: 9}, `base ""`},
		"no way to meet it":    {Motion{Majority: Condition{Fraction{1, 2}, "", VotesCast}}, Votes{For: 9}, "at-least or more-than"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if _, err := c.m.Decide(c.v); err == nil || !strings.Contains(err.Error(), c.what) {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestParseFraction(t *testing.T) {
	for text, want := range map[string]string{"2/3": "2/3", "4/6": "2/3", "75%": "3/4", "62.5%": "5/8", "100%": "1/1", " 1/2 ": "1/2", "0%": "0/1"} {
		f, err := ParseFraction(text)
		if err != nil || f.String() != want {
			t.Errorf("%q: %s, %v", text, f, err)
		}
	}
	for _, text := range []string{"", "2", "0.5", "1/0", "3/2", "-1/2", "150%", "1e-9999999%", "two thirds", "1/2/3", "%", "0x1/2", "1/99999999999999999999999", strings.Repeat("9", 99) + "/1"} {
		if f, err := ParseFraction(text); err == nil {
			t.Errorf("%q is taken for %s", text, f)
		}
	}
}

// Papers of a vote on a proposal: one mark counts, a blank paper abstains, several
// marks spoil it.
func TestVotesOf(t *testing.T) {
	b, err := ParseBLT([]byte("3 1\n5 1 0\n3 2 0\n2 3 0\n4 0\n1 1 2 0\n1 1=2 0\n1 - 1 0\n0\n\"Yes\"\n\"No\"\n\"Abstain\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	v, spoilt, err := VotesOf(b)
	if err != nil || v != (Votes{For: 5, Against: 3, Abstain: 6}) || spoilt != 3 {
		t.Errorf("%+v, %d spoilt, %v", v, spoilt, err)
	}
	if _, _, err := VotesOf(papers(t, 4, 1, "1 1")); err == nil {
		t.Error("four answers were taken")
	}
}
