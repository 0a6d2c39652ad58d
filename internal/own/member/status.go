package member

import "commonweal/law"

// State is what somebody is to the organisation on a day.
type State string

// The states.
const (
	NotAMember State = "not_a_member"
	Applicant  State = "applied"
	Member     State = "member"
	Ended      State = "ended"
	CannotTell State = "cannot_tell"
)

// Status is what somebody is at the end of a day, and why.
type Status struct {
	State State
	// Class is the class of the membership, of the application, or that the
	// membership was of when it ended.
	Class, ClassName string
	// Constituency is empty for a member of a class who is in none; the reason
	// says so.
	Constituency, ConstituencyName string
	Votes                          int // nought unless a member
	// Since is the first day of the membership for a member, and of the state
	// for others.
	Since law.Date
	// Ends is the day on which a membership will end as far as is known today, or
	// did end; no date where no end is known.
	Ends law.Date
	// Reason is a sentence or more for people: what rule or decision, and the
	// facts it turned on.
	Reason string
	// AskedFor is another class that a member, or a former one, has applied to;
	// the application is not decided yet.
	AskedFor string
	// Missing names the particulars without which we cannot tell.
	Missing []string
}

// asked is the class of an application that waits, or "".
func (s Status) asked() string {
	if s.State == Applicant {
		return s.Class
	}
	return s.AskedFor
}

// Inputs are everything the status of one person depends on.
type Inputs struct {
	Book  *Book
	Facts []Fact
	Posts []Post
}

// StatusOn works out what somebody is at the end of a day.
func StatusOn(day law.Date, in Inputs) Status { return NewTimeline(in).On(day) }

// Period is an unbroken time of membership.
type Period struct {
	Entered law.Date
	Ceased  law.Date // the day it ended or will end as far as is known; no date where none is
	Class   string   // at the end of the period
	Reason  string   // why it ended, when it has an end
}

// Open reports whether the period holds the day.
func (p Period) Open(day law.Date) bool {
	return !day.Before(p.Entered) && (p.Ceased.IsZero() || day.Before(p.Ceased))
}
