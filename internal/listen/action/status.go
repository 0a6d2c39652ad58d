package action

import "commonweal/law"

// State is where an action stands.
type State string

// The states.
const (
	Waiting State = "waiting" // agreed and not begun
	Running State = "running"
	Ended   State = "done"
	Given   State = "not_done" // given up, with the reason
)

// EscalateAfter is how many days overdue an action may be before those who answer
// for it are told; SoonBefore is how many days before its day the owner is reminded.
const (
	EscalateAfter = 14
	SoonBefore    = 7
)

// Status is where an action stands on a day. Nothing stores it.
type Status struct {
	State    State
	Last     Step // what brought it there
	Overdue  bool // not ended, and its day is over
	Late     int  // days since its day
	Left     int  // days to its day
	Moves    int  // how often its day was moved
	Sentence string
}

// Listed is an action with where it stands and what members say of it.
type Listed struct {
	Action
	Status Status
	Words  Tally
}

// On is where the action stands on a day.
func (a Action) On(day law.Date) Status { return Status{} }
