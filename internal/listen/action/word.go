package action

// Says is what a member says of an action.
type Says string

// What members can say.
const (
	Helped Says = "helped"
	NotYet Says = "not_yet"
	Didnt  Says = "did_not_happen"
)

// LeastWords is how many members must have answered before counts are shown.
const LeastWords = 10

// Word is what one member says of an action.
type Word struct {
	Says Says
	Text string // "" for nothing more; for the lead and the owner only
}

// Tally is what members say of an action in sum, to the nearest five. It is the zero
// Tally where fewer than [LeastWords] answered: nobody and nine look the same.
type Tally struct {
	Shown                     bool
	Helped, NotYet, Didnt, Of int
}
