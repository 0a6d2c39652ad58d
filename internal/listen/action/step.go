package action

import "commonweal/law"

// StepKind is what happened to an action.
type StepKind string

// The steps. Those after Reopened are taken by the system.
const (
	Agreed    StepKind = "agreed"
	Begun     StepKind = "begun"
	Reported  StepKind = "reported" // what was done so far
	Moved     StepKind = "moved"    // to a new day, with the reason
	Handed    StepKind = "handed"   // to another owner
	Done      StepKind = "done"
	NotDone   StepKind = "not_done" // with the reason
	Reopened  StepKind = "reopened" // it was ended too soon
	Reminded  StepKind = "reminded" // the owner: it is due soon
	Late      StepKind = "late"     // the owner: it is overdue
	Escalated StepKind = "escalated"
)

// Step is one thing that happened to an action.
type Step struct {
	Kind  StepKind
	Day   law.Date
	By    string   // a person's id, or "system"
	Note  string   // what was done, or the reason
	Due   law.Date // of Agreed, Moved and Reopened: the day that holds from here
	Owner string   // of Agreed and Handed: the owner from here
}

// Take is a step that somebody takes.
type Take struct {
	Action string // id
	Kind   StepKind
	Note   string
	Due    law.Date // of Moved and Reopened
	Owner  string   // of Handed
}
