package box

import (
	"context"
	"encoding/base64"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// Enrolment is what a voter's browser needs to make a credential.
type Enrolment struct {
	UUID, Group string
	Open        bool // credentials may be enrolled now
}

// Enrolment is how a credential is made for a contest, and whether it is not too late.
// Anybody may see it.
func (s *Service) Enrolment(ctx context.Context, org, contest string) (e Enrolment, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		c, err := s.polls.Contest(ctx, tx, org, contest)
		if err != nil {
			return err
		}
		e = Enrolment{UUID: c.UUID, Group: c.Group, Open: c.Enrolling}
		switch _, err := headOf(ctx, tx, org, contest); {
		case err == nil:
			e.Open = false // the list is published
		case !fault.Is(err, fault.NotFound):
			return err
		}
		return nil
	})
	return e, err
}

// OwnTracker is the tracker of the ballot of a voter that counts, or "" where there
// is none on the web. The voter's own.
func (s *Service) OwnTracker(ctx context.Context, org, contest, person string) (tracker string, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		tracker = ""
		v, err := s.polls.Voter(ctx, tx, org, contest, person)
		if err != nil {
			return err
		}
		m, err := markOf(ctx, tx, org, v.Entry)
		if err != nil || m == nil || m.Ballot == 0 {
			return err
		}
		return tx.Each(ctx, func(rows *db.Rows) error {
			var body string
			if err := rows.Scan(&body); err != nil {
				return err
			}
			e, err := archive.ParseEvent([]byte(body))
			if err == nil && e.Type == archive.Ballot {
				tracker = base64.RawStdEncoding.EncodeToString(e.Payload[:])
			}
			return err
		}, `SELECT body FROM box_file WHERE org_id = ? AND contest_id = ? AND n = ? AND name LIKE '%.event.json'`, org, contest, m.Ballot+1)
	})
	return tracker, err
}

// Fingerprint is that of the election that a box was set up with, by which voters
// know it, with its text. It is NotFound before.
func (s *Service) Fingerprint(ctx context.Context, org, contest string) (h belenios.Hash, text string, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		if _, err := headOf(ctx, tx, org, contest); err != nil {
			return err
		}
		var body string
		err := tx.QueryRow(ctx, `SELECT body FROM box_file WHERE org_id = ? AND contest_id = ? AND n = 1`, org, contest).Scan(&body)
		h = belenios.HashOf([]byte(body))
		return err
	})
	return h, base64.RawStdEncoding.EncodeToString(h[:]), err
}
