package register

import (
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

// StepKind is what was done about a request.
type StepKind string

// The steps.
const (
	Received  StepKind = "received"
	Shown     StepKind = "shown"     // they looked at it
	Copied    StepKind = "copied"    // they got a copy
	Refused   StepKind = "refused"   // on a ground that the form allows
	ToCourt   StepKind = "to_court"  // the company asked the court: Companies Act 2006, s.117(1)(b)
	Withdrawn StepKind = "withdrawn" // by the one who asked
	Reminded  StepKind = "reminded"  // the secretary, the working day before it was due
	Escalated StepKind = "escalated" // secretary and directors, once it was overdue
)

// Step is one thing that was done about a request.
type Step struct {
	Kind   StepKind
	Day    law.Date
	By     string // a person's id, "public" or "system"
	Ground GroundID
	Note   string
	// What was shown or copied: the view, the day of the register, the fields, how
	// many entries, and the SHA-256 of its CSV form.
	View        law.Audience
	RegisterDay law.Date
	Fields      []string
	Entries     int
	SHA256      string
}

// State is where a request stands.
type State string

// The states.
const (
	Open    State = "open"
	AtCourt State = "at_court"
	Closed  State = "closed"
)

// next are the steps that people may take from each state.
var next = map[State][]StepKind{
	Open:    {Shown, Copied, Refused, ToCourt, Withdrawn},
	AtCourt: {Shown, Copied, Refused, Withdrawn},
}

// state follows from the steps; nothing stores it.
func (r Request) state() (State, Step) {
	state, last := Open, Step{}
	for _, s := range r.Steps {
		switch s.Kind {
		case Shown, Copied, Refused, Withdrawn:
			return Closed, s
		case ToCourt:
			state, last = AtCourt, s
		}
	}
	return state, last
}

// did reports whether a step of the kind was taken.
func (r Request) did(kind StepKind) bool {
	return slices.ContainsFunc(r.Steps, func(s Step) bool { return s.Kind == kind })
}

// allow refuses a step that does not fit where the request stands or what its
// form allows.
func (r Request) allow(s Step, form *law.Form) error {
	state, _ := r.state()
	if !slices.Contains(next[state], s.Kind) {
		if state == Closed {
			return fault.Errorf(fault.Conflict, "request %d is closed", r.Number)
		}
		return fault.Errorf(fault.Conflict, "request %d is before the court already", r.Number)
	}
	terms := TermsFor(form, r.Audience)
	switch s.Kind {
	case ToCourt:
		if !terms.mayGoToCourt() {
			return fault.Errorf(fault.Conflict, "a %s cannot ask the court about request %d: no law says so", lowerFirst(form.Label), r.Number)
		}
	case Refused:
		return r.mayRefuse(s.Ground, state, form)
	}
	return nil
}
