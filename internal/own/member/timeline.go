package member

import (
	"fmt"

	"commonweal/law"
)

// at is the span that holds a day, or -1 before the first.
func (t Timeline) at(day law.Date) int {
	i := len(t.spans) - 1
	for i >= 0 && t.spans[i].from.After(day) {
		i--
	}
	return i
}

// asked is the class that an application waits for on a day, or none.
func (t Timeline) asked(day law.Date) string {
	i := t.at(day)
	switch {
	case i < 0:
		return ""
	case t.spans[i].state == Applicant:
		return t.spans[i].code
	case t.spans[i].asking != nil:
		return t.spans[i].asking.Class
	}
	return ""
}

// On is what the person is at the end of a day.
func (t Timeline) On(day law.Date) Status {
	i := t.at(day)
	if i < 0 {
		return Status{State: NotAMember, Reason: (*cause)(nil).outside()}
	}
	s := t.spans[i]
	out := Status{State: s.state, Class: s.code, Since: s.since}
	if s.class != nil {
		out.ClassName = s.class.Name
	}
	if s.place.in() != nil && (s.state == Member || s.state == Ended || s.state == CannotTell) {
		out.Constituency, out.ConstituencyName = s.place.rule.Code, s.place.rule.Name
	}
	if s.asking != nil {
		out.AskedFor = s.asking.Class
	}
	switch s.state {
	case Member:
		if s.class != nil {
			out.Votes = s.class.Votes
		}
		out.Reason = s.why.entered() + s.place.sentence()
		if !s.moved.IsZero() {
			out.Reason = fmt.Sprintf("A member since %s. %s", dayWords(s.since), out.Reason)
		}
		if end, why, ok := t.foreseen(i); ok {
			out.Ends = end
			out.Reason += fmt.Sprintf(" Ends on %s %s.", dayWords(end), why.tail())
		}
	case Ended:
		out.Ends = s.since
		out.Reason = fmt.Sprintf("Ended on %s %s.", dayWords(s.since), s.why.tail())
	case Applicant:
		out.Reason = s.why.applied()
	case CannotTell:
		out.Missing = s.why.of.Missing
		out.Reason = s.why.unclear()
	default:
		out.Reason = s.why.outside()
	}
	return out
}

// foreseen is when the membership of span i ends, as far as is known.
func (t Timeline) foreseen(i int) (law.Date, *cause, bool) {
	for _, s := range t.spans[i+1:] {
		if s.ended != t.spans[i].ended {
			return s.ended.on, s.ended, true
		}
	}
	return law.Date{}, nil, false
}

// Periods are the times of membership, the first one first. A time during which
// we cannot tell is part of the membership that it follows.
func (t Timeline) Periods() []Period {
	var out []Period
	open := false
	var ended *cause
	for _, s := range t.spans {
		if s.ended != ended {
			ended = s.ended
			if open {
				p := &out[len(out)-1]
				p.Ceased, p.Reason = ended.on, fmt.Sprintf("Ended on %s %s.", dayWords(ended.on), ended.tail())
				open = false
			}
		}
		if s.base != Member {
			continue
		}
		if !open {
			out = append(out, Period{Entered: s.baseSince})
			open = true
		}
		out[len(out)-1].Class = s.code
	}
	return out
}
