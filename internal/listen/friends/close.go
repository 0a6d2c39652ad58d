package friends

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Revision is the figures of a month as they were closed, or corrected; or as they
// stand, where it has no ID.
type Revision struct {
	ID          string
	Month       Month
	N           int // 1 for the close
	Closed      law.Date
	By          string
	Reason      string // of a correction
	Answers     int    // in the figures
	Figures     []Figure
	SHA256      string // of the figures in their canonical form
	Seal        string // digest of the answers that this revision added
	Shown       string // the release for everybody, as package disclose writes it; "" where none could be made
	Certificate string
	// Since is how many answers came in, or were struck, after it: they count when the
	// month is corrected.
	Since int
}

// IsClosed reports whether the month is closed.
func (r Revision) IsClosed() bool { return r.ID != "" }

// All adds up the figures of all points.
func (r Revision) All() (c Counts) {
	for _, f := range r.Figures {
		c = c.Plus(f.Counts)
	}
	return c
}

// Of are the figures of one point.
func (r Revision) Of(point string) (f Figure, ok bool) {
	for _, f := range r.Figures {
		if f.Point == point {
			return f, true
		}
	}
	return Figure{}, false
}

// Figures are those of a month: as closed where it is, else as they stand.
func (s *Service) Figures(ctx context.Context, org string, m Month) (r Revision, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		r, err = newest(ctx, tx, org, m)
		return err
	})
	return r, err
}

func newest(ctx context.Context, tx *db.Tx, org string, m Month) (Revision, error) {
	now, err := count(ctx, tx, org, m)
	if err != nil {
		return Revision{}, err
	}
	all, err := revisions(ctx, tx, org, m)
	if err != nil {
		return Revision{}, err
	}
	if len(all) == 0 {
		return Revision{Month: m, Figures: now, Answers: Revision{Figures: now}.All().All()}, nil
	}
	r := all[len(all)-1]
	r.Since = differ(r.Figures, now)
	return r, nil
}

// differ is how many answers two counts are apart.
func differ(a, b []Figure) (n int) {
	for _, f := range b {
		was, _ := Revision{Figures: a}.Of(f.Point)
		for i := range f.Modes {
			d := f.Modes[i] - was.Modes[i]
			n += max(d, -d)
		}
		if eq := was.Eligible != nil && f.Eligible != nil && *was.Eligible == *f.Eligible; !eq && f.Eligible != nil {
			n++
		}
	}
	return n
}

// Months are all months with answers, the newest first, each with its newest revision
// or as it stands.
func (s *Service) Months(ctx context.Context, org string) (out []Revision, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out = nil
		var months []string
		err := tx.Each(ctx, func(rows *db.Rows) error {
			var m string
			err := rows.Scan(&m)
			months = append(months, m)
			return err
		}, `SELECT month FROM friends_open WHERE org_id = ? UNION SELECT month FROM friends_month WHERE org_id = ?
			UNION SELECT month FROM friends_cards WHERE org_id = ?`, org, org, org)
		if err != nil {
			return err
		}
		slices.Sort(months)
		slices.Reverse(months)
		for _, text := range months {
			m, err := ParseMonth(text)
			if err != nil {
				return err
			}
			r, err := newest(ctx, tx, org, m)
			if err != nil {
				return err
			}
			out = append(out, r)
		}
		return nil
	})
	return out, err
}

// Revisions are the close of a month and all its corrections.
func (s *Service) Revisions(ctx context.Context, org string, m Month) (out []Revision, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out, err = revisions(ctx, tx, org, m)
		return err
	})
	return out, err
}

// Close closes a month that is over and seals it: from then on the record holds its
// figures and a digest of its answers.
func (s *Service) Close(ctx context.Context, actor, org string, m Month) (Revision, error) {
	return s.close(ctx, actor, org, m, "")
}

// Correct makes a new revision of a closed month, with what came in or was struck
// since. The one before stays in the record.
func (s *Service) Correct(ctx context.Context, actor, org string, m Month, reason string) (Revision, error) {
	if reason = clean(reason); reason == "" {
		return Revision{}, fault.Fieldf("reason", "say why the figures are corrected: it is published with them")
	}
	return s.close(ctx, actor, org, m, reason)
}

func (s *Service) close(ctx context.Context, actor, org string, m Month, reason string) (r Revision, err error) {
	if today := s.today(); !today.After(m.Last()) {
		return r, fault.Errorf(fault.Conflict, "%s is not over: it can be closed from %s on", m.Words(), m.Last().AddDays(1).Words())
	}
	kind := "friends.month_closed"
	if reason != "" {
		kind = "friends.month_corrected"
	}
	_, err = s.o.Journal.Record(ctx, journal.Fact{Org: org, Kind: kind, Actor: actor}, func(tx *journal.Tx) error {
		before, err := revisions(ctx, tx.Tx, org, m)
		if err != nil {
			return err
		}
		if err := mayClose(m, before, reason); err != nil {
			return err
		}
		r = Revision{ID: tx.ID(), Month: m, N: len(before) + 1, Closed: s.today(), By: actor, Reason: reason}
		if r.Figures, err = count(ctx, tx.Tx, org, m); err != nil {
			return err
		}
		r.Answers = r.All().All()
		if r.Answers == 0 && len(before) == 0 {
			return fault.Errorf(fault.Conflict, "nobody answered in %s, so there is nothing to close", m.Words())
		}
		if len(before) > 0 && differ(before[len(before)-1].Figures, r.Figures) == 0 {
			return fault.Errorf(fault.Conflict, "nothing came in or was struck since %s was closed", m.Words())
		}
		if err := settle(ctx, tx.Tx, org, r); err != nil {
			return err
		}
		if r.Seal, err = Seal.Digest(ctx, tx.Tx, r.ID); err != nil {
			return err
		}
		all, err := points(ctx, tx.Tx, `org_id = ?`, org)
		if err != nil {
			return err
		}
		if r.Shown, r.Certificate, err = protect(r, before, all); err != nil {
			return err
		}
		row, err := r.row()
		if err != nil {
			return err
		}
		r.SHA256 = row["sha256"].(string)
		tx.Detail("month", m.String())
		tx.Detail("answers", r.Answers)
		tx.Detail("figures", r.SHA256)
		return tx.Insert(ctx, "friends_month", row)
	})
	return r, err
}

func mayClose(m Month, before []Revision, reason string) error {
	if reason == "" && len(before) > 0 {
		return fault.Errorf(fault.Conflict, "%s is closed already: correct it, with a reason", m.Words())
	}
	if reason != "" && len(before) == 0 {
		return fault.Errorf(fault.Conflict, "%s is not closed yet, so there is nothing to correct", m.Words())
	}
	return nil
}

// settle moves the open answers of a month under its revision, in the order of their
// random ids: in which order they came cannot be told from then on.
func settle(ctx context.Context, tx *db.Tx, org string, r Revision) error {
	for _, move := range []struct{ query string }{
		{`INSERT INTO friends_answer (id, month_id, point_id, rating, mode, language)
			SELECT id, ?, point_id, rating, mode, language FROM friends_open WHERE org_id = ? AND month = ? ORDER BY id`},
		{`INSERT INTO friends_said (id, month_id, point_id, rating, publish, sha256)
			SELECT id, ?, point_id, rating, publish, sha256 FROM friends_comment WHERE org_id = ? AND month = ?
			AND id NOT IN (SELECT id FROM friends_said) ORDER BY id`},
	} {
		if _, err := tx.Exec(ctx, move.query, r.ID, org, r.Month.String()); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, `DELETE FROM friends_open WHERE org_id = ? AND month = ?`, org, r.Month.String())
	return err
}

// count adds up everything that a month has: answers sealed and open, and stacks that
// were not struck.
func count(ctx context.Context, tx *db.Tx, org string, m Month) ([]Figure, error) {
	out := map[string]*Figure{}
	at := func(point string) *Figure {
		if out[point] == nil {
			out[point] = &Figure{Point: point}
		}
		return out[point]
	}
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var point string
		var rating Rating
		var mode Mode
		var n int
		if err := rows.Scan(&point, &rating, &mode, &n); err != nil {
			return err
		}
		if !rating.Known() {
			return fault.Errorf(fault.Internal, "an answer of %s at %s is %d", m, point, rating)
		}
		at(point).add(rating, mode, n)
		return nil
	}, `SELECT point_id, rating, mode, COUNT(*) FROM friends_open WHERE org_id = ? AND month = ? GROUP BY point_id, rating, mode
		UNION ALL SELECT a.point_id, a.rating, a.mode, COUNT(*) FROM friends_answer a JOIN friends_month m ON m.id = a.month_id
		WHERE m.org_id = ? AND m.month = ? GROUP BY a.point_id, a.rating, a.mode`, org, m.String(), org, m.String())
	if err != nil {
		return nil, err
	}
	stacks, err := cards(ctx, tx, org, m)
	if err != nil {
		return nil, err
	}
	for _, c := range stacks {
		if !c.Struck.IsZero() {
			continue
		}
		for i, n := range c.Counts {
			at(c.Point).add(Rating(i+1), c.Mode, n)
		}
	}
	patients, err := eligible(ctx, tx, org, m)
	for point, n := range patients {
		if f := out[point]; f != nil {
			f.Eligible = &n
		}
	}
	return byPoint(out), err
}

func (r Revision) row() (journal.Row, error) {
	figures, err := json.Marshal(r.Figures)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(figures)
	return journal.Row{
		"id": r.ID, "month": r.Month.String(), "n": r.N, "closed": r.Closed.String(), "closed_by": r.By, "reason": text(r.Reason), "answers": r.Answers,
		"figures": string(figures), "sha256": hex.EncodeToString(sum[:]), "shown": text(r.Shown), "certificate": text(r.Certificate), "seal": r.Seal,
	}, nil
}

func revisions(ctx context.Context, tx *db.Tx, org string, m Month) (out []Revision, err error) {
	var d dates
	err = tx.Each(ctx, func(rows *db.Rows) error {
		r := Revision{Month: m}
		var closed, figures string
		err := rows.Scan(&r.ID, &r.N, &closed, &r.By, &r.Reason, &r.Answers, &figures, &r.SHA256, &r.Shown, &r.Certificate, &r.Seal)
		if err != nil {
			return err
		}
		r.Closed = d.of(closed)
		err = json.NewDecoder(strings.NewReader(figures)).Decode(&r.Figures)
		out = append(out, r)
		return errors.Join(err, d.err)
	}, `SELECT id, n, closed, closed_by, COALESCE(reason, ''), answers, figures, sha256, COALESCE(shown, ''), COALESCE(certificate, ''), seal
		FROM friends_month WHERE org_id = ? AND month = ? ORDER BY n`, org, m.String())
	return out, err
}
