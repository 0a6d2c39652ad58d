package paper

import (
	"context"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// Channel is a way of voting beside the web.
type Channel string

// The channels.
const (
	Paper     Channel = "paper"
	Telephone Channel = "telephone"
)

// Title is the channel in plain words, to follow "votes".
func (c Channel) Title() string {
	if c == Telephone {
		return "by telephone"
	}
	return "on paper"
}

// Office is what somebody is in a poll, as far as it matters here.
type Office string

// The offices.
const (
	Teller           Office = "teller"
	ReturningOfficer Office = "returning-officer"
)

// Contest is what must be known of a contest to read its papers.
type Contest struct {
	ID, Code, UUID string
	Channels       []Channel // of those above, which its rules have
	Shape          Shape
	Opens, Closes  time.Time
}

// Has reports whether one may vote by a channel.
func (c Contest) Has(by Channel) bool {
	for _, one := range c.Channels {
		if one == by {
			return true
		}
	}
	return false
}

// Polls is what is asked about contests. The room of polls implements it, through an
// adapter.
type Polls interface {
	// Contest is a contest that is voted in, of which notice was given; a fault where
	// none is. After the close and the count it is there as before.
	Contest(ctx context.Context, tx *db.Tx, org, contest string) (Contest, error)
	// Holds reports whether somebody holds an office in the poll of a contest now.
	Holds(ctx context.Context, tx *db.Tx, org, contest, person string, o Office) (bool, error)
}

// State is what has become of a vote that was received.
type State string

// The states, which are those of the pollbook.
const (
	Received     State = "returned"     // on paper: among the papers that are counted
	Voted        State = "voted"        // by telephone
	Spoilt       State = "spoilt"       // there was nothing in the envelope that could be counted
	Disqualified State = "disqualified" // a vote had come from the voter before; not opened
)

// Mark is a line of the pollbook about a vote by one of our channels.
type Mark struct {
	Voter   int // number on the roll of the contest
	Weight  int // votes
	Channel Channel
	Hour    string // in which it was entered: 2026-11-22T13
	State   State
	Reason  string // for a state other than received
}

// Voter is what an envelope or a call is looked up by: a line of the roll that
// stands.
type Voter struct {
	Number int
	Weight int
	By     string // channel by which a vote was received already; empty for none
}

// Pollbook is who has voted, by which channel. The ballot box implements it, through
// an adapter.
type Pollbook interface {
	// Voter finds a voter by number, or is NotFound.
	Voter(ctx context.Context, tx *db.Tx, org, contest string, number int) (Voter, error)
	// Receive marks a voter from whom a vote came, as Received on paper and Voted by
	// telephone. Where a vote was received before, a paper is listed as Disqualified
	// and a call is Conflict. After the close it is Conflict unless late, which says
	// that it arrived before.
	Receive(ctx context.Context, tx *journal.Tx, contest string, number int, by Channel, late bool) (Mark, error)
	// Spoil says of an envelope that was received that there is nothing to count in it.
	Spoil(ctx context.Context, tx *journal.Tx, contest string, number int, reason string) error
	// TakeBack takes back that an envelope was received from a voter, the last one
	// where there are several.
	TakeBack(ctx context.Context, tx *journal.Tx, contest string, number int, reason string) error
	// Marks are the lines of a contest by a channel, in order of voters.
	Marks(ctx context.Context, tx *db.Tx, org, contest string, by Channel) ([]Mark, error)
}

// has refuses a channel that a contest does not have.
func (c Contest) has(by Channel) error {
	if !c.Has(by) {
		return fault.Fieldf("channel", "in contest %s nobody votes %s", c.Code, by.Title())
	}
	return nil
}

// closedAt refuses what is done after the close.
func (c Contest) closedAt(now time.Time, what string) error {
	if c.Closes.IsZero() || now.Before(c.Closes) {
		return fault.Errorf(fault.Conflict, "contest %s is not closed yet: %s after the close", c.Code, what)
	}
	return nil
}
