package keys

import (
	"context"
	"errors"
	"slices"
	"strings"

	"commonweal/belenios"
	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// maxBody is several times what the longest message of five keyholders has.
const maxBody = 512 << 10

// Send keeps a keyholder's own next message, once it is verified: Invalid names what does
// not hold. The same message again changes nothing and is no error; another for the same
// step is Conflict, as is one for a step that is not due, and any when the keyholders of
// the poll are not those of the setup any more. With the last voutput the key is made,
// and the poll told, in the same change; not so the key of a rehearsal.
func (s *Service) Send(ctx context.Context, person, org, setup string, step Step, body string) error {
	body = strings.TrimSpace(body)
	switch {
	case !step.Known():
		return fault.Fieldf("step", "there is no step %q", step)
	case body == "" || len(body) > maxBody:
		return fault.Fieldf("body", "a message has between 1 and %d characters, and this has %d", maxBody, len(body))
	}
	m := Message{Setup: setup, Person: person, Step: step, Body: body}
	// Verified first outside the change, which on some databases keeps all others out;
	// inside it only if another message came meanwhile.
	var seen ceremony
	var key *belenios.Trustees
	err := s.read(ctx, func(tx *db.Tx) (err error) {
		seen, err = s.admit(ctx, tx, org, &m)
		return err
	})
	if err == nil {
		key, err = seen.verify(m)
	}
	if errors.Is(err, journal.ErrNothing) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = s.journal.Record(ctx, journal.Fact{Org: org, Kind: "key.sent", Actor: person}, func(tx *journal.Tx) error {
		c, err := s.admit(ctx, tx.Tx, org, &m)
		if err != nil {
			return err
		}
		if !slices.Equal(c.kept, seen.kept) {
			if key, err = c.verify(m); err != nil {
				return err
			}
		}
		return s.keep(ctx, tx, c, m, key)
	})
	return err
}

// admit reads the setup and refuses a message that may not come, before anything in it
// is looked at. It fills in the number. ErrNothing is for the same message again.
func (s *Service) admit(ctx context.Context, tx *db.Tx, org string, m *Message) (ceremony, error) {
	c, err := load(ctx, tx, org, m.Setup)
	if err != nil {
		return c, err
	}
	h, err := c.Holder(m.Person)
	if err != nil {
		return c, err
	}
	m.Number = h.Number
	if kept, ok := c.message(m.Step, m.Number); ok {
		if kept.Body == m.Body {
			return c, journal.ErrNothing
		}
		return c, fault.Errorf(fault.Conflict, "keyholder %d has sent %s of setup %s already, another one", m.Number, m.Step.Words(), c.ID)
	}
	p, err := s.polls.Poll(ctx, tx, org, c.Poll)
	if err != nil {
		return c, err
	}
	if err := c.due(p, *m, h); err != nil {
		return c, err
	}
	if m.Step == Cert {
		err = unseen(ctx, tx, org, c, *m)
	}
	return c, err
}

// due refuses a message whose time has not come or is over.
func (c ceremony) due(p Poll, m Message, h Holder) error {
	switch {
	case !c.GivenUp.IsZero():
		return fault.Errorf(fault.Conflict, "setup %s was given up: %s", c.ID, c.Reason)
	case m.Step == Check && !h.Destroyed.IsZero():
		return fault.Errorf(fault.Conflict, "keyholder %d has destroyed their part of the key", h.Number)
	case m.Step != c.Step():
		return fault.Errorf(fault.Conflict, "setup %s is not at %s: it waits for %s of %d keyholders", c.ID, m.Step.Words(), c.Step().Words(), len(c.Waiting()))
	case m.Step == Check:
		return nil
	case !c.sameHolders(p.Keyholders) || p.Group != c.Group || p.Threshold != c.Threshold:
		return fault.Errorf(fault.Conflict, "setup %s was begun for other keyholders or another key than poll %s has now: give it up and begin again", c.ID, p.Code)
	}
	return p.mayMake()
}

// sameHolders reports whether those are the people of the setup, in any order.
func (s Setup) sameHolders(people []string) bool {
	var mine []string
	for _, h := range s.Holders {
		mine = append(mine, h.Person)
	}
	people = slices.Clone(people)
	slices.Sort(mine)
	slices.Sort(people)
	return slices.Equal(mine, people)
}

// unseen refuses a cert with a key that stands in any other, of this setup or another.
func unseen(ctx context.Context, tx *db.Tx, org string, c ceremony, m Message) error {
	cert, err := belenios.ParseCert(c.group, []byte(m.Body))
	if err != nil {
		return c.refuse(Cert, m.Number, err)
	}
	twice := false
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var body string
		err := rows.Scan(&body)
		twice = twice || shares(cert, body)
		return err
	}, `SELECT body FROM key_message WHERE org_id = ? AND step = ?`, org, Cert)
	if err == nil && twice {
		err = fault.Errorf(fault.Invalid, "a key in the certificate of keyholder %d was used before: each setup needs a new one", m.Number)
	}
	return err
}

// shares reports whether the text of another cert has a key of this one.
func shares(cert *belenios.Cert, other string) bool {
	for _, key := range []string{cert.Verification.String(), cert.Encryption.String()} {
		if strings.Contains(other, `\"`+key+`\"`) {
			return true
		}
	}
	return false
}

// keep writes a message that was verified, and the key if it has made one.
func (s *Service) keep(ctx context.Context, tx *journal.Tx, c ceremony, m Message, key *belenios.Trustees) error {
	tx.Detail("poll", c.Poll)
	tx.Detail("setup", c.ID)
	tx.Detail("step", string(m.Step))
	tx.Detail("keyholder", m.Number)
	tx.Detail("message", belenios.HashOf([]byte(m.Body)).String())
	err := tx.Insert(ctx, "key_message", journal.Row{
		"id": tx.ID(), "setup_id": c.ID, "keyholder": m.Person, "number": m.Number, "step": m.Step, "body": m.Body, "entered": tx.At(),
	})
	if err != nil || key == nil {
		return err
	}
	if c.Done, err = instant(tx); err != nil {
		return err
	}
	c.Hash = key.Hash().String()
	tx.Detail("trustees", c.Hash)
	if err := tx.Update(ctx, "key_setup", c.row()); err != nil || c.Rehearsal {
		return err
	}
	return s.polls.KeyMade(ctx, tx, c.Poll, c.Group)
}
