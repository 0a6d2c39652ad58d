package action

import (
	"context"
	"errors"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Head is somebody who answers for a directorate, and is told what is late in it.
type Head struct {
	ID          string
	Directorate string // code
	Name        string // of the directorate
	Person      string
	Starts      law.Date
	Ends        law.Date // the first day they no longer do; no date where open
}

// On reports whether the person answers for it on a day.
func (h Head) On(day law.Date) bool {
	return !day.Before(h.Starts) && (h.Ends.IsZero() || day.Before(h.Ends))
}

// Name says who answers for a directorate from today on; whoever did before no longer
// does. It is the engagement lead's or a director's.
func (s *Service) Name(ctx context.Context, actor, org string, h Head) error {
	h.Directorate, h.Name = line(h.Directorate), line(h.Name)
	if h.Directorate == "" || h.Name == "" {
		return fault.Fieldf("directorate", "choose a directorate")
	}
	today := s.today()
	_, err := s.o.Journal.Record(ctx, journal.Fact{Org: org, Kind: "directorate.head_named", Actor: actor}, func(tx *journal.Tx) error {
		if _, err := person(ctx, tx, h.Person, "person"); err != nil {
			return err
		}
		all, err := heads(ctx, tx.Tx, org)
		if err != nil {
			return err
		}
		for _, old := range all {
			if old.Directorate != h.Directorate || !old.On(today) {
				continue
			}
			if old.Person == h.Person {
				return journal.ErrNothing
			}
			if err := tx.Amend(ctx, "directorate_head", old.ID, func(r journal.Row) { r["ends"] = today.String() }); err != nil {
				return err
			}
		}
		tx.Detail("directorate", h.Directorate)
		return tx.Insert(ctx, "directorate_head", journal.Row{
			"id": tx.ID(), "directorate": h.Directorate, "name": h.Name, "person_id": h.Person, "starts": today.String(),
		})
	})
	return err
}

// Heads are those who answer for directorates today.
func (s *Service) Heads(ctx context.Context, org string) (out []Head, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out, err = headsOn(ctx, tx, org, s.today())
		return err
	})
	return out, err
}

func headsOn(ctx context.Context, tx *db.Tx, org string, day law.Date) (out []Head, err error) {
	all, err := heads(ctx, tx, org)
	for _, h := range all {
		if h.On(day) {
			out = append(out, h)
		}
	}
	return out, err
}

func heads(ctx context.Context, tx *db.Tx, org string) (out []Head, err error) {
	var d dates
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var h Head
		var starts, ends string
		err := rows.Scan(&h.ID, &h.Directorate, &h.Name, &h.Person, &starts, &ends)
		h.Starts, h.Ends = d.of(starts), d.of(ends)
		out = append(out, h)
		return errors.Join(err, d.err)
	}, `SELECT id, directorate, name, person_id, starts, COALESCE(ends, '') FROM directorate_head WHERE org_id = ? ORDER BY name, starts, id`, org)
	return out, err
}
