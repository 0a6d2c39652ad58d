package wave

import (
	"time"

	"commonweal/law"
)

// Stage is where a wave stands. It is never stored.
type Stage string

// The stages, in order, and the two that end a wave early.
const (
	Draft     Stage = "draft"
	Called    Stage = "called" // everything is frozen; tokens cannot be drawn yet
	Open      Stage = "open"
	Closed    Stage = "closed" // no token is signed and no answer taken
	Released  Stage = "released"
	Ended     Stage = "ended" // the answers are erased; releases stay
	Abandoned Stage = "abandoned"
)

var ranks = map[Stage]int{Draft: 0, Called: 1, Open: 2, Closed: 3, Released: 4, Ended: 5, Abandoned: 6}

// Rank orders stages: a wave never goes back.
func (s Stage) Rank() int { return ranks[s] }

// Words completes "the survey is ...".
func (s Stage) Words() string {
	switch s {
	case Draft:
		return "a draft"
	case Called:
		return "called and not open yet"
	case Released:
		return "closed and its results are released"
	case Ended:
		return "over and its answers are erased"
	}
	return string(s)
}

// Facts are what the stage of a wave depends on.
type Facts struct {
	Called, Published, Settled, Released, Ended, Abandoned law.Date
	Opens, Closes                                          law.Date
}

// At is the stage at an instant. A wave that is called and whose day has come is not
// open before the answer side has its terms: nobody is sent to a door that is not there.
func (f Facts) At(now time.Time) Stage {
	today := law.Today(now)
	switch {
	case !f.Abandoned.IsZero():
		return Abandoned
	case !f.Ended.IsZero():
		return Ended
	case !f.Released.IsZero():
		return Released
	case f.Called.IsZero():
		return Draft
	case !f.Settled.IsZero(), today.After(f.Closes):
		return Closed
	case today.Before(f.Opens), f.Published.IsZero():
		return Called
	}
	return Open
}

// Facts are what the stage of the wave depends on.
func (w Wave) Facts() Facts {
	f := Facts{
		Called: w.Called, Published: w.Published, Settled: w.Settled, Ended: w.Ended, Abandoned: w.Abandoned,
		Opens: w.Opens, Closes: w.Closes,
	}
	if len(w.Releases) > 0 {
		f.Released = w.Releases[0].Day
	}
	return f
}

// Stage is where the wave stands at an instant.
func (w Wave) Stage(now time.Time) Stage { return w.Facts().At(now) }
