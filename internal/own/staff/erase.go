package staff

import (
	"context"
	"errors"
	"fmt"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Ties tells what else an organisation has to do with somebody. The room that
// keeps members implements it.
type Ties interface {
	// Tied reports whether the person is or ever was a member, has applied, or is
	// for another reason to be kept. It reads in the transaction it is given.
	Tied(ctx context.Context, tx *db.Tx, org, person string) (bool, error)
}

// Forgotten counts what [Service.Forget] did.
type Forgotten struct {
	Erased int // people
	Tied   int // people whose time is up and who are kept for another reason
}

// Forget erases the details of people who left every employer's list longer ago
// than keep says and are tied to the organisation in no other way: from the staff
// lists, from the people, from the rooms of [Options.Forget], and from the record.
// Each is a change of its own. What stays is that somebody without a name held a
// post in a staff group at a site, which the counts of past days need.
func (s *Service) Forget(ctx context.Context, actor, org string, keep law.Retention, ties Ties, today law.Date) (Forgotten, error) {
	var out Forgotten
	candidates, err := s.leftLongAgo(ctx, org, keep, today)
	if err != nil {
		return out, err
	}
	for _, person := range candidates {
		tied := false
		_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "staff.erase", Actor: actor}, func(tx *journal.Tx) error {
			var err error
			if tied, err = ties.Tied(ctx, tx.Tx, org, person); err != nil {
				return err
			}
			again, err := leftAll(ctx, tx.Tx, org, person, keep, today)
			if err != nil {
				return err
			}
			if tied || len(again) == 0 {
				return journal.ErrNothing
			}
			tx.Detail("retention", keep.ID)
			if err := Erase(ctx, tx, person); err != nil {
				return err
			}
			err = identity.ErasePerson(ctx, tx, person, today, identity.Keep{})
			if fault.Is(err, fault.Conflict) { // they hold an office
				tied = true
			}
			if err == nil && s.opts.Forget != nil {
				err = s.opts.Forget(ctx, tx, person)
			}
			return err
		})
		switch {
		case tied:
			out.Tied++
		case err != nil:
			return out, fmt.Errorf("erase former staff, person %s: %w", person, err)
		default:
			out.Erased++
		}
	}
	return out, nil
}

// Erase takes the details of a person out of the staff lists and out of the
// record, as part of a change. Somebody erased who comes back is somebody new.
func Erase(ctx context.Context, tx *journal.Tx, person string) error {
	var staff, versions []string
	collect := func(into *[]string) func(rows *db.Rows) error {
		return func(rows *db.Rows) error {
			var id string
			if err := rows.Scan(&id); err != nil {
				return err
			}
			*into = append(*into, id)
			return nil
		}
	}
	err := errors.Join(
		tx.Each(ctx, collect(&staff), `SELECT id FROM staff WHERE org_id = ? AND person_id = ? AND erased IS NULL ORDER BY id`, tx.Org(), person),
		tx.Each(ctx, collect(&versions), `SELECT v.id FROM staff s JOIN staff_version v ON v.staff_id = s.id
			WHERE s.org_id = ? AND s.person_id = ? AND s.erased IS NULL ORDER BY v.id`, tx.Org(), person),
	)
	if err != nil {
		return err
	}
	for _, id := range staff {
		err := tx.Erase(ctx, "staff", id, func(row journal.Row) { row["employee_no"], row["erased"] = nil, tx.At() })
		if err != nil {
			return err
		}
	}
	for _, id := range versions {
		err := tx.Erase(ctx, "staff_version", id, func(row journal.Row) {
			for _, column := range []string{"given", "family", "preferred", "email", "assignment_no", "job_role", "contract_ends", "other_posts"} {
				row[column] = nil
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// leftLongAgo finds people who may be erased.
func (s *Service) leftLongAgo(ctx context.Context, org string, keep law.Retention, today law.Date) (people []string, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		people, err = leftAll(ctx, tx, org, "", keep, today)
		return err
	})
	return people, err
}

// leftAll returns the people, or the one, whose time after leaving is up on every
// list they are on.
func leftAll(ctx context.Context, tx *db.Tx, org, person string, keep law.Retention, today law.Date) ([]string, error) {
	query, args := `SELECT s.person_id, COALESCE(MAX(COALESCE(v.ends, '9999-12-31')), '') FROM staff s JOIN staff_version v ON v.staff_id = s.id
		WHERE s.org_id = ? AND s.erased IS NULL AND v.n = (SELECT MAX(w.n) FROM staff_version w WHERE w.staff_id = s.id)`, []any{org}
	if person != "" {
		query, args = query+` AND s.person_id = ?`, append(args, person)
	}
	var out []string
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var id, ends string
		if err := rows.Scan(&id, &ends); err != nil {
			return err
		}
		left, err := law.ParseDate(ends)
		if err != nil {
			return err
		}
		if until, limited := keep.Until(left); limited && until.Before(today) {
			out = append(out, id)
		}
		return nil
	}, query+` GROUP BY s.person_id ORDER BY s.person_id`, args...)
	return out, err
}
