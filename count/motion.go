package count

import (
	"fmt"
)

// Base is what a majority is measured on. Which base a rule names decides more
// often than the fraction does.
type Base string

// The bases.
const (
	// VotesCast are the votes for and against; who abstains casts none.
	VotesCast Base = "votes-cast"
	// Present are all who took part, abstaining or not.
	Present Base = "present"
	// Eligible are all who were entitled to vote.
	Eligible Base = "eligible"
)

// Condition is one test of a vote: that a number of votes is at least, or more
// than, a fraction of a base.
type Condition struct {
	Fraction Fraction
	Exceed   Exceed
	Base     Base
}

// Motion is what one vote on a proposal needs.
type Motion struct {
	// Label names the vote where there are several: "first meeting".
	Label string
	// Majority is what the votes for must be of the base.
	Majority Condition
	// Turnout is what those taking part must be of the base, usually eligible; the
	// zero value asks for nothing.
	Turnout Condition
	// AbstentionsTakePart counts those who abstain into the turnout.
	AbstentionsTakePart bool
	// Citation says where the rule is.
	Citation Source
}

// Votes are the numbers of one vote on a proposal.
type Votes struct {
	For, Against, Abstain int64
	// Present may exceed the three together: who was present and did nothing.
	// Nought stands for their sum.
	Present int64
	// Eligible is nought where it is not known; a test that needs it then fails
	// with an error.
	Eligible int64
}

// Finding is one test with its numbers.
type Finding struct {
	Condition Condition
	Got, Of   int64 // got votes, of the base
	Needed    int64 // the smallest number that would do
	Met       bool
	Text      string
}

// Decision is how one vote ended.
type Decision struct {
	Motion   Motion
	Votes    Votes
	Findings []Finding
	Carried  bool
}

// Decide tells whether a vote carries the proposal. It is exact: 66 of 99 is two
// thirds, 65 of 98 is not. Without a single vote for it nothing is carried.
func (m Motion) Decide(v Votes) (Decision, error) {
	if v.Present == 0 {
		v.Present = v.For + v.Against + v.Abstain
	}
	if err := v.check(); err != nil {
		return Decision{}, err
	}
	d := Decision{Motion: m, Votes: v, Carried: v.For > 0}
	tests := []struct {
		what string
		c    Condition
		got  int64
	}{{"For", m.Majority, v.For}, {"Taking part", m.Turnout, v.takingPart(m.AbstentionsTakePart)}}
	for i, test := range tests {
		if i > 0 && test.c == (Condition{}) {
			continue
		}
		f, err := test.c.test(test.what, test.got, v)
		if err != nil {
			return Decision{}, err
		}
		d.Findings = append(d.Findings, f)
		d.Carried = d.Carried && f.Met
	}
	return d, nil
}

func (v Votes) check() error {
	cast := v.For + v.Against + v.Abstain
	for _, n := range []int64{v.For, v.Against, v.Abstain, v.Present, v.Eligible} {
		if n < 0 || n > MaxPapers {
			return fmt.Errorf("%d votes: a number of votes is between 0 and %d", n, MaxPapers)
		}
	}
	if v.Present < cast {
		return fmt.Errorf("%d took part and only %d were present", cast, v.Present)
	}
	if v.Eligible != 0 && v.Eligible < v.Present {
		return fmt.Errorf("%d were present and only %d are eligible", v.Present, v.Eligible)
	}
	return nil
}

func (v Votes) takingPart(abstentions bool) int64 {
	if abstentions {
		return v.For + v.Against + v.Abstain
	}
	return v.For + v.Against
}

func (v Votes) base(b Base) (int64, error) {
	switch b {
	case VotesCast:
		return v.For + v.Against, nil
	case Present:
		return v.Present, nil
	case Eligible:
		if v.Eligible == 0 {
			return 0, fmt.Errorf("the rule measures on all who are eligible, and their number is not given")
		}
		return v.Eligible, nil
	}
	return 0, fmt.Errorf("base %q is none of votes-cast, present and eligible", string(b))
}

func (c Condition) test(what string, got int64, v Votes) (Finding, error) {
	if c.Fraction.Den <= 0 || c.Fraction.Num < 0 || c.Fraction.Num > c.Fraction.Den {
		return Finding{}, fmt.Errorf("the fraction %s is none from nought to one", c.Fraction)
	}
	if c.Exceed != AtLeast && c.Exceed != MoreThan {
		return Finding{}, fmt.Errorf("a fraction is met by at-least or more-than, not by %q", string(c.Exceed))
	}
	of, err := v.base(c.Base)
	if err != nil {
		return Finding{}, err
	}
	f := Finding{Condition: c, Got: got, Of: of, Needed: c.Fraction.Least(of, c.Exceed)}
	order := c.Fraction.compare(got, of)
	f.Met = order > 0 || order == 0 && c.Exceed == AtLeast
	met, how := "not met", "at least"
	if f.Met {
		met = "met"
	}
	if c.Exceed == MoreThan {
		how = "more than"
	}
	f.Text = fmt.Sprintf("%s: %s of %s %s. It takes %s %s, that is %s: %s.", what, whole3(got), whole3(of), c.Base.words(), how, c.Fraction, whole3(f.Needed), met)
	return f, nil
}

func (b Base) words() string {
	switch b {
	case VotesCast:
		return "votes cast"
	case Present:
		return "present"
	}
	return "eligible"
}
