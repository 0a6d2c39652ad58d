package poll

import (
	"commonweal/internal/base/policy"
	"commonweal/internal/decide/timetable"
	"commonweal/law"
)

// Kind is the sort of poll.
type Kind string

// The kinds.
const (
	Constituency Kind = "constituency" // a council or board, elected by constituencies
	Post         Kind = "post"         // one post, elected by all
	Proposal     Kind = "proposal"     // a staff ballot on a question
	Resolution   Kind = "resolution"   // a resolution under the law of the legal form
)

var kinds = map[Kind]struct {
	title string
	times timetable.Kind
}{
	Constituency: {"Election by constituencies", timetable.Election},
	Post:         {"Election to a post", timetable.Election},
	Proposal:     {"Staff ballot", timetable.Ballot},
	Resolution:   {"Resolution", timetable.Ballot},
}

// Known reports whether there is such a kind.
func (k Kind) Known() bool { return kinds[k].title != "" }

// Title is the kind in plain words.
func (k Kind) Title() string { return kinds[k].title }

// Elects reports whether people are elected, and not a question answered.
func (k Kind) Elects() bool { return kinds[k].times == timetable.Election }

// Contest is one question put to one body of voters: the election in one
// constituency, or a proposal. Each has its own roll and its own ballots.
type Contest struct {
	ID, Poll string
	Position int
	Code     string
	Title    string
	// Class and Constituency are codes of the register of members; empty means
	// every class, and everybody in the class.
	Class, Constituency string
	Seats               int      // of an election
	Question            string   // of a proposal or resolution
	Answers             []string // to the question: what yes and no are called
	UUID                string   // of the election in its archive
	// Role is the office that those elected hold, by an appointment made with the
	// declaration; empty for none. TermEnds is its first day without it.
	Role                 policy.Role
	TermStarts, TermEnds law.Date
	// Uncontested is the day it was found that there are no more candidates than
	// seats, Counted the day its votes were counted.
	Uncontested, Counted law.Date

	Nominations []Nomination
	Roll        *Roll // nil before it is made
	Claims      []Claim
	Declared    *Declaration // nil before
	Petitions   []Petition
	Vacancies   []Vacancy
}

// Standing are the candidates: accepted and not withdrawn, in order of the ballot
// where that is drawn up.
func (c Contest) Standing() []Nomination {
	var out []Nomination
	for _, n := range c.Nominations {
		if n.Stands() {
			out = append(out, n)
		}
	}
	return out
}

// nomination finds a candidature by id.
func (c Contest) nomination(id string) (Nomination, bool) {
	for _, n := range c.Nominations {
		if n.ID == id {
			return n, true
		}
	}
	return Nomination{}, false
}

// undecided counts the nominations that nobody has decided about.
func (c Contest) undecided() int {
	n := 0
	for _, one := range c.Nominations {
		if one.waits() {
			n++
		}
	}
	return n
}

// openClaims counts the claims that nobody has decided about.
func (c Contest) openClaims() int {
	n := 0
	for _, one := range c.Claims {
		if one.Decided.IsZero() {
			n++
		}
	}
	return n
}
