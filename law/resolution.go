package law

import "fmt"

// Base is what a majority is measured against.
type Base string

// The bases. Which one applies changes the result more often than the fraction.
const (
	// VotesCast counts those who voted for or against.
	VotesCast Base = "votes-cast"
	// Eligible counts the votes of everyone entitled to vote.
	Eligible Base = "eligible"
)

// UnmarshalText accepts the known bases only.
func (b *Base) UnmarshalText(text []byte) error {
	switch v := Base(text); v {
	case VotesCast, Eligible:
		*b = v
		return nil
	}
	return fmt.Errorf("base %q is neither votes-cast nor eligible", clip(string(text)))
}

// Means is how a resolution is voted on.
type Means string

// The means of voting.
const (
	AtMeeting Means = "meeting"
	InWriting Means = "written"
)

// UnmarshalText accepts the known means only.
func (m *Means) UnmarshalText(text []byte) error {
	switch v := Means(text); v {
	case AtMeeting, InWriting:
		*m = v
		return nil
	}
	return fmt.Errorf("means %q is neither meeting nor written", clip(string(text)))
}

// Resolution is one kind of decision of the members and what carries it.
type Resolution struct {
	// ID names it: "special", "conversion".
	ID    string
	Label string
	// Stages are the votes it takes, in order.
	Stages []Stage
	// FileWithinDays is the time to send it to the registrar; nought when it
	// need not be sent.
	FileWithinDays int
	// OnRegistration is true when it has no effect until it is registered.
	OnRegistration bool
	Text           string
	Provenance
}

// Stage is one vote of a resolution.
type Stage struct {
	Means Means
	// The proposal needs Num of Den parts of Base: at least so many, or more
	// than so many when MoreThan is set.
	Num, Den int
	MoreThan bool
	Base     Base
	// TurnoutPercent is the share of eligible members who must vote; nought when
	// there is no such condition.
	TurnoutPercent int
	// AfterDays and WithinMonths bound the day of this stage, counted from the
	// day of the stage before; nought when there is no bound.
	AfterDays, WithinMonths int
}

// Carried reports whether the numbers carry the stage: votes for, votes against,
// and the votes of everyone entitled. It reckons in whole numbers.
func (s Stage) Carried(yes, no, eligible int) bool {
	cast := yes + no
	base := cast
	if s.Base == Eligible {
		base = eligible
	}
	if base <= 0 || yes <= 0 {
		return false
	}
	if cast*100 < eligible*s.TurnoutPercent {
		return false
	}
	if s.MoreThan {
		return yes*s.Den > base*s.Num
	}
	return yes*s.Den >= base*s.Num
}

// Window returns the first and last day on which this stage may be held after
// the stage before it. A bound that is not set comes back as no date.
func (s Stage) Window(before Date) (first, last Date) {
	if s.AfterDays > 0 {
		first = before.AddDays(s.AfterDays)
	}
	if s.WithinMonths > 0 {
		last = before.AddMonths(s.WithinMonths)
	}
	return first, last
}
