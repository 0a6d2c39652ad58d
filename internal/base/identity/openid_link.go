package identity

import (
	"context"
	"errors"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// Link ties a person to an account at an outside provider.
type Link struct {
	ID      string
	Issuer  string
	Created string
}

// subjectHash is how the account is stored: enough to know it again.
func (n named) subjectHash() string { return hash(n.issuer + "\x00" + n.subject) }

// openIDSession finds who it is and begins the session.
func (s *Service) openIDSession(ctx context.Context, org string, who named, client Client) (SignedIn, error) {
	person, err := s.linked(ctx, org, who)
	if fault.Is(err, fault.NotFound) {
		person, err = s.link(ctx, org, who)
	}
	if err != nil {
		return SignedIn{}, err
	}
	var in SignedIn
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		in, err = s.begin(ctx, tx, org, person, ByOpenID, client)
		return err
	})
	return in, err
}

// linked is the person of an earlier link.
func (s *Service) linked(ctx context.Context, org string, who named) (person string, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		err := tx.QueryRow(ctx, `SELECT person_id FROM sign_in_link WHERE subject_hash = ? AND org_id = ? AND removed IS NULL`,
			who.subjectHash(), org).Scan(&person)
		if errors.Is(err, db.ErrNoRows) {
			return fault.Errorf(fault.NotFound, "nobody in %s is linked to this account", org)
		}
		return err
	})
	return person, err
}

// link ties the account to the person who has its verified e-mail address. A
// person has one account at each provider: a second one with the same address
// is a mailbox that was given to somebody else.
func (s *Service) link(ctx context.Context, org string, who named) (person string, err error) {
	if who.email == "" {
		return "", fault.Errorf(fault.Forbidden, "nobody here is linked to this account, and its provider does not confirm its e-mail address")
	}
	found, err := s.PersonByEmail(ctx, org, who.email)
	if fault.Is(err, fault.NotFound) {
		return "", fault.Errorf(fault.Forbidden, "nobody here has the e-mail address of this account: ask the secretary to correct yours")
	}
	if err != nil {
		return "", err
	}
	fact := journal.Fact{Org: org, Kind: "link.add", Actor: found.ID, Detail: map[string]any{"issuer": who.issuer}}
	_, err = s.journal.Record(ctx, fact, func(tx *journal.Tx) error {
		var n int
		err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM sign_in_link WHERE org_id = ? AND removed IS NULL
			AND (subject_hash = ? OR person_id = ? AND issuer = ?)`, org, who.subjectHash(), found.ID, who.issuer).Scan(&n)
		if err != nil {
			return err
		}
		if n > 0 {
			return fault.Errorf(fault.Forbidden, "another account with the same e-mail address was used here before: ask the secretary")
		}
		return tx.Insert(ctx, "sign_in_link", journal.Row{
			"id": tx.ID(), "person_id": found.ID, "issuer": who.issuer, "subject_hash": who.subjectHash(), "created": tx.At(),
		})
	})
	return found.ID, err
}

// Links are the outside accounts that a person can sign in with.
func (s *Service) Links(ctx context.Context, org, person string) (list []Link, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list = nil
		return tx.Each(ctx, func(rows *db.Rows) error {
			var l Link
			err := rows.Scan(&l.ID, &l.Issuer, &l.Created)
			list = append(list, l)
			return err
		}, `SELECT id, issuer, created FROM sign_in_link WHERE person_id = ? AND org_id = ? AND removed IS NULL ORDER BY created, id`, person, org)
	})
	return list, err
}

// RemoveLink takes away the link of a person to an outside account. by is the
// person, or the secretary when an account went to somebody else. The person's
// sessions end. Removing it again changes nothing.
func (s *Service) RemoveLink(ctx context.Context, by, org, person, id string) error {
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "link.remove", Actor: by}, func(tx *journal.Tx) error {
		row, err := tx.Get(ctx, "sign_in_link", id)
		if fault.Is(err, fault.NotFound) || err == nil && row["person_id"] != person {
			return fault.Errorf(fault.NotFound, "person %s has no link %s", person, clip(id))
		}
		if err != nil {
			return err
		}
		if row["removed"] != nil {
			return journal.ErrNothing
		}
		row["removed"] = tx.At()
		if err := endSessions(ctx, tx.Tx, person); err != nil {
			return err
		}
		return tx.Update(ctx, "sign_in_link", row)
	})
	return err
}
