package poll

import (
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/prose"
	"commonweal/law"
)

// Nomination is somebody who stands, or asks to.
type Nomination struct {
	ID, Contest, Person string
	BallotName          string // as it stands on the ballot
	Statement           string // plain text
	Interests           string // what is declared; never empty: "none" is said
	Photo               string // SHA-256 of the photograph, or ""
	Entered             law.Date
	// Decided is the day the returning officer accepted it or ruled it out.
	Decided   law.Date
	Accepted  bool
	DecidedBy string
	Reason    string // for ruling it out
	Withdrawn law.Date
	Position  int    // on the ballot, from 1; nought before notice of poll
	Erased    string // instant; the person's details are gone
	Backers   []Backer
}

// Backer is a member who proposes or seconds a candidate, or was asked to.
type Backer struct {
	ID, Nomination, Person string
	Role                   BackerRole
	Asked, Agreed          law.Date
	Declined               law.Date
}

// BackerRole says what a backer is asked for.
type BackerRole string

// The roles.
const (
	Proposer BackerRole = "proposer"
	Seconder BackerRole = "seconder"
)

// Answer is a yes or a no.
type Answer string

// The answers.
const (
	Yes Answer = "yes"
	No  Answer = "no"
)

// Stands reports whether the person is a candidate.
func (n Nomination) Stands() bool { return n.Accepted && n.Withdrawn.IsZero() }

// waits reports whether nobody has decided about it.
func (n Nomination) waits() bool { return n.Decided.IsZero() && n.Withdrawn.IsZero() }

// Agreed counts the backers who agreed.
func (n Nomination) Agreed() int {
	count := 0
	for _, b := range n.Backers {
		if !b.Agreed.IsZero() && b.Declined.IsZero() {
			count++
		}
	}
	return count
}

// Missing says what a nomination lacks, in words for the one who stands.
func (n Nomination) Missing(r Rules) []string {
	var out []string
	if n.Statement == "" {
		out = append(out, "a statement")
	}
	if n.Interests == "" {
		out = append(out, "a declaration of interests")
	}
	if short := r.Backers - n.Agreed(); short > 0 {
		out = append(out, plural(short, "backer")+" who agreed")
	}
	return out
}

const (
	maxBallotName = 80
	maxLetters    = 12 // a word, on average, so that a limit of words bounds letters too
	maxInterests  = 150
)

// check puts a nomination into its stored form, or says what is wrong.
func (n *Nomination) check(r Rules) error {
	n.BallotName = strings.Join(strings.Fields(n.BallotName), " ")
	if n.BallotName == "" || prose.Longer(n.BallotName, maxBallotName) {
		return fault.Fieldf("ballot_name", "the name on the ballot has between 1 and %d letters", maxBallotName)
	}
	if err := prose.Plain("ballot_name", n.BallotName); err != nil {
		return err
	}
	var err error
	if n.Statement, err = written("statement", n.Statement, r.StatementWords); err != nil {
		return err
	}
	n.Interests, err = written("interests", n.Interests, maxInterests)
	if err == nil && n.Interests == "" {
		err = fault.Fieldf("interests", `declare interests, or write that there are none`)
	}
	return err
}
