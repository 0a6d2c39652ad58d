package box

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// Contest is what must be known of a contest to keep its ballots.
type Contest struct {
	ID, UUID string
	Group    string // of the key; decided before credentials are enrolled
	Revote   archive.Revote
	Rules    string // hash of the rules
	Roll     string // seal of the roll
	// Enrolling says that voters may still enrol credentials.
	Enrolling bool
	// Frozen says that rules and roll will not change any more, so that the box may
	// be set up.
	Frozen bool
	// Opens and Closes are zero until notice of poll is given.
	Opens, Closes time.Time
}

// openAt refuses a ballot that arrived at an instant.
func (c Contest) openAt(at time.Time) error {
	switch {
	case c.Opens.IsZero() || at.Before(c.Opens):
		return fault.Errorf(fault.Conflict, "contest %s is not open yet", c.ID)
	case !at.Before(c.Closes):
		return fault.Errorf(fault.Conflict, "contest %s is closed", c.ID)
	}
	return nil
}

// Voter is a line of the roll that stands.
type Voter struct {
	Entry  string // id of the line
	Number int
	Weight int
}

// Polls is what is asked about contests. The room of polls implements it, through an
// adapter.
type Polls interface {
	// Contest is a contest that is or will be voted in. It is a fault where none is:
	// uncontested, abandoned.
	Contest(ctx context.Context, tx *db.Tx, org, contest string) (Contest, error)
	// Voter is the line of a person, or Forbidden.
	Voter(ctx context.Context, tx *db.Tx, org, contest, person string) (Voter, error)
	// Voters are all lines that stand.
	Voters(ctx context.Context, tx *db.Tx, org, contest string) ([]Voter, error)
	// MayOpen refuses a keyholder's part in opening the votes while something has to
	// be settled first that nobody may settle knowing how the votes stand.
	MayOpen(ctx context.Context, tx *db.Tx, org, contest string) error
	// Counted is told that the votes of a contest are opened, in the change that
	// keeps the result. What it refuses is not kept.
	Counted(ctx context.Context, tx *journal.Tx, contest string) error
}

// ownField is the field of the election that is ours.
const ownField = "commonweal"

// own is what an election says in it: through the election's fingerprint every
// ballot refers to the rules and the roll.
type own struct {
	Rules   string         `json:"rules"`
	Roll    string         `json:"roll"`
	Revote  archive.Revote `json:"revote"`
	Contest string         `json:"contest"`
	// Decryptions is always "bound": a keyholder's part is tied to the tally it is of.
	Decryptions string `json:"decryptions"`
}

func (c Contest) own() own { return own{c.Rules, c.Roll, c.Revote, c.ID, "bound"} }

// Field is the field that the election of the contest must carry.
func (c Contest) Field() (belenios.Field, error) {
	raw, err := json.Marshal(c.own())
	return belenios.Field{Name: ownField, Raw: raw}, err
}

// suits checks that an election is that of the contest.
func (c Contest) suits(e *belenios.Election) error {
	raw, _ := e.Extra(ownField)
	var says own
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	err := d.Decode(&says)
	want := c.own()
	switch {
	case e.UUID() != c.UUID:
		return fault.Errorf(fault.Invalid, "the election is %s and that of contest %s is %s", e.UUID(), c.ID, c.UUID)
	case e.Group().Name() != c.Group:
		return fault.Errorf(fault.Invalid, "the election is in the group %s and the key of contest %s in %s", e.Group().Name(), c.ID, c.Group)
	case err != nil:
		return fault.Wrap(fault.Invalid, err, "the election's field %q does not say which contest it is", ownField)
	case says != want:
		return fault.Errorf(fault.Invalid, "the election's field %q is %s, which is not what contest %s has", ownField, raw, c.ID)
	}
	return nil
}

// hour cuts an instant in the form of the record to the hour.
func hour(at string) string { return fmt.Sprintf("%.13s", at) }
