package poll

import (
	"time"

	"commonweal/internal/decide/timetable"
	"commonweal/law"
)

// Stage is where a poll stands.
type Stage string

// The stages.
const (
	Draft       Stage = "draft"
	Called      Stage = "called"      // before nominations open, or before notice of a ballot
	Nominating  Stage = "nominating"  // nominations are open
	Nominated   Stage = "nominated"   // they are closed, and notice of poll is not given yet
	Announced   Stage = "announced"   // notice of poll is given
	Open        Stage = "open"        // people vote
	Closed      Stage = "closed"      // voting has ended and the votes are not counted yet
	Counted     Stage = "counted"     // and not declared yet
	Uncontested Stage = "uncontested" // no contest has more candidates than seats, and none is declared yet
	Declared    Stage = "declared"    // the result can be questioned
	Settled     Stage = "settled"     // it cannot any more
	Ended       Stage = "ended"       // the key is destroyed
	Abandoned   Stage = "abandoned"
)

// stages in the order in which time and facts bring them about. A poll goes back
// in it by no passing of time.
var stages = []Stage{Draft, Called, Nominating, Nominated, Announced, Open, Closed, Counted, Uncontested, Declared, Settled, Ended, Abandoned}

// Rank is the place of the stage in the course of a poll.
func (s Stage) Rank() int {
	for i, one := range stages {
		if one == s {
			return i
		}
	}
	return -1
}

var stageWords = map[Stage]string{
	Draft: "being prepared", Called: "called", Nominating: "open for nominations", Nominated: "closed for nominations",
	Announced: "announced", Open: "open", Closed: "closed", Counted: "counted", Uncontested: "uncontested",
	Declared: "declared", Settled: "settled", Ended: "ended", Abandoned: "abandoned",
}

// Words is the stage in plain words, to follow "is".
func (s Stage) Words() string { return stageWords[s] }

// Facts are everything that the stage of a poll and what has to be done next
// depend on.
type Facts struct {
	Kind      Kind
	Timetable timetable.Timetable
	Rules     Rules
	Called    law.Date
	Announced time.Time // notice of poll; zero before
	KeyMade   law.Date
	Ended     law.Date
	Abandoned law.Date
	Contests  []ContestFacts
	Officials map[Office]int // how many hold each office
	// Independent says that a keyholder was named by the staff side or is an
	// outside body.
	Independent bool
}

// ContestFacts are those of one contest.
type ContestFacts struct {
	ID, Title     string
	Seats         int
	Standing      int // candidates accepted and not withdrawn
	Undecided     int // nominations nobody has decided about
	HasRoll       bool
	OpenClaims    int
	Uncontested   law.Date
	Counted       law.Date
	Declared      law.Date
	PetitionUntil law.Date
	OpenPetitions int
	OpenVacancies int
	NotAppointed  int // elected and not yet appointed, because something stood against it
}

// Opens is the instant at which voting begins; zero before notice of poll is given.
func (f Facts) Opens() time.Time {
	if f.Announced.IsZero() {
		return time.Time{}
	}
	opens := timetable.OpenOn(f.Timetable.Day(timetable.Opens))
	if f.Announced.After(opens) {
		return f.Announced
	}
	return opens
}

// polled are the contests in which people vote.
func (f Facts) polled() []ContestFacts {
	var out []ContestFacts
	for _, c := range f.Contests {
		if c.Uncontested.IsZero() {
			out = append(out, c)
		}
	}
	return out
}

// every reports whether something holds of every contest in a list that is not
// empty.
func every(list []ContestFacts, holds func(ContestFacts) bool) bool {
	for _, c := range list {
		if !holds(c) {
			return false
		}
	}
	return len(list) > 0
}

func declared(c ContestFacts) bool { return !c.Declared.IsZero() }

// At is the stage of the poll at an instant.
func (f Facts) At(now time.Time) Stage {
	today := law.Today(now)
	polled := f.polled()
	switch {
	case !f.Abandoned.IsZero():
		return Abandoned
	case !f.Ended.IsZero():
		return Ended
	case f.Called.IsZero():
		return Draft
	case every(f.Contests, declared):
		if every(f.Contests, func(c ContestFacts) bool { return today.After(c.PetitionUntil) && c.OpenPetitions == 0 }) {
			return Settled
		}
		return Declared
	case len(f.Contests) > 0 && len(polled) == 0:
		return Uncontested
	case f.Announced.IsZero():
		return f.before(today)
	case now.Before(f.Opens()):
		return Announced
	case now.Before(f.Timetable.Closes):
		return Open
	case every(polled, func(c ContestFacts) bool { return !c.Counted.IsZero() }):
		return Counted
	}
	return Closed
}

// before is the stage before notice of poll is given.
func (f Facts) before(today law.Date) Stage {
	switch {
	case !f.Kind.Elects(), today.Before(f.Timetable.Day(timetable.NoticeOfElection)):
		return Called
	case !today.After(f.Timetable.Day(timetable.NominationsClose)):
		return Nominating
	}
	return Nominated
}

// Stage is where the poll stands at an instant, and what has to be done next. It
// is a function of the facts and the time alone.
func (f Facts) Stage(now time.Time) (Stage, []Next) {
	stage := f.At(now)
	return stage, f.next(stage, now)
}
