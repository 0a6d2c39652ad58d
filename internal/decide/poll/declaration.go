package poll

import (
	"fmt"
	"slices"

	"commonweal/count"
	"commonweal/internal/base/fault"
	"commonweal/law"
)

// Result is what a contest came to, as the room that counted it says. It arrives as
// a value and is checked against what is known here.
type Result struct {
	// Elected are nominations, by id, in the order in which they were elected.
	Elected []string `json:"elected,omitempty"`
	// Unfilled is how many seats nobody was elected to.
	Unfilled int `json:"unfilled"`
	// Of a question.
	For     int64 `json:"for"`
	Against int64 `json:"against"`
	Blank   int64 `json:"blank"`
	Carried bool  `json:"carried"`
	// Ballots is how many were counted, and Eligible how many votes there are on
	// the roll.
	Ballots  int64 `json:"ballots"`
	Eligible int64 `json:"eligible"`
	// Uncontested is set where there was no vote.
	Uncontested bool `json:"uncontested"`
	// NotAppointed are those elected whom something stood against appointing, with
	// the reason.
	NotAppointed map[string]string `json:"not_appointed,omitempty"`
	// Transcript is the SHA-256 of the transcript of the count, and Head that of the
	// last event of the archive, in hexadecimal.
	Transcript string `json:"-"`
	Head       string `json:"-"`
}

// Declaration is a declared result.
type Declaration struct {
	ID, Contest   string
	Day           law.Date
	Result        Result
	By            string
	PetitionUntil law.Date
}

// check refuses a result that does not fit the contest.
func (r Result) check(p Poll, c Contest) error {
	if p.Kind.Elects() {
		return r.checkElected(c)
	}
	switch {
	case len(r.Elected) > 0 || r.Unfilled != 0 || r.Uncontested:
		return fault.Errorf(fault.Invalid, "contest %s asks a question: nobody is elected in it", c.Code)
	case c.Roll != nil && r.Eligible != int64(c.Roll.Votes):
		return fault.Errorf(fault.Invalid, "contest %s: the result is of %d votes on the roll, and there are %d", c.Code, r.Eligible, c.Roll.Votes)
	}
	d, err := p.Rules.Motion().Decide(count.Votes{For: r.For, Against: r.Against, Abstain: r.Blank, Eligible: r.Eligible})
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "contest %s: the numbers of votes do not fit", c.Code)
	}
	if d.Carried != r.Carried {
		return fault.Errorf(fault.Invalid, "contest %s: %d for and %d against of %d do not make carried = %v", c.Code, r.For, r.Against, r.Eligible, r.Carried)
	}
	return nil
}

func (r Result) checkElected(c Contest) error {
	seen := map[string]bool{}
	for _, id := range r.Elected {
		n, ok := c.nomination(id)
		if !ok || !n.Stands() || seen[id] {
			return fault.Errorf(fault.Invalid, "contest %s: %s is no candidate, or is elected twice", c.Code, id)
		}
		seen[id] = true
	}
	if r.Unfilled < 0 || len(r.Elected)+r.Unfilled != c.Seats {
		return fault.Errorf(fault.Invalid, "contest %s: %d elected and %d left empty do not make %d seats", c.Code, len(r.Elected), r.Unfilled, c.Seats)
	}
	if r.Uncontested == c.Uncontested.IsZero() {
		return fault.Errorf(fault.Invalid, "contest %s: whether there was a vote is not as recorded", c.Code)
	}
	if c.Roll != nil && !r.Uncontested && r.Ballots > int64(c.Roll.Voters()) {
		return fault.Errorf(fault.Invalid, "contest %s: %d ballots of %d voters", c.Code, r.Ballots, c.Roll.Voters())
	}
	return nil
}

// uncontested is the result of a contest without a vote: whoever stands is elected.
func (c Contest) uncontested() Result {
	r := Result{Uncontested: true}
	for _, n := range c.Standing() {
		r.Elected = append(r.Elected, n.ID)
	}
	r.Unfilled = c.Seats - len(r.Elected)
	return r
}

// Sentence says the result of a question in words.
func (r Result) Sentence(m count.Motion) string {
	d, err := m.Decide(count.Votes{For: r.For, Against: r.Against, Abstain: r.Blank, Eligible: r.Eligible})
	if err != nil {
		return ""
	}
	text := "It is not carried."
	if d.Carried {
		text = "It is carried."
	}
	for _, f := range d.Findings {
		text += " " + f.Text
	}
	return text
}

// Petition is a question about a result, and what became of it.
type Petition struct {
	ID, Contest, Person string
	Ground              string
	Entered, Decided    law.Date
	DecidedBy           string
	Outcome             Outcome
	Reason              string
}

// Vacancy is a seat that stayed or fell empty, and how it is filled.
type Vacancy struct {
	ID, Contest string
	Nomination  string // of the one who left; empty where nobody was elected to the seat
	Since       law.Date
	Reason      string
	Way         Vacating
	Settled     law.Date // the day it was filled, or left
	SettledBy   string
	FilledBy    string // nomination
	ByPoll      string // the by-election
}

// open reports whether the seat still has to be filled.
func (v Vacancy) open() bool { return v.Settled.IsZero() && v.Way != LeftVacant }

// sitting are those elected who have not left, by nomination.
func (c Contest) sitting() []string {
	if c.Declared == nil {
		return nil
	}
	out := slices.Clone(c.Declared.Result.Elected)
	for _, v := range c.Vacancies {
		out = slices.DeleteFunc(out, func(id string) bool { return id == v.Nomination })
		if v.FilledBy != "" {
			out = append(out, v.FilledBy)
		}
	}
	return out
}

func (v Vacancy) String() string { return fmt.Sprintf("vacancy %s since %s", v.ID, v.Since) }
