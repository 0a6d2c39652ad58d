package staff

import (
	"context"
	"fmt"

	"commonweal/internal/base/db"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/internal/own/stafflist"
	"commonweal/law"
)

// writer writes what a draft says, in the transaction of one change.
type writer struct {
	tx *journal.Tx
	*draft
	employer string
	asAt     law.Date
	importID string
	added    int                     // people who are new
	lost     []identity.PersonChange // people who had another e-mail address before
}

func (w *writer) write(ctx context.Context) error {
	for _, p := range w.people {
		change, err := identity.ChangePerson(ctx, w.tx, p)
		if err != nil {
			return fmt.Errorf("carry a change over to person %s: %w", p.ID, err)
		}
		if change.LostEmail() != "" {
			w.lost = append(w.lost, change)
		}
	}
	if err := w.joiners(ctx); err != nil {
		return err
	}
	for _, l := range w.plan.Leavers {
		if err := w.revise(ctx, l.Person); err != nil {
			return err
		}
	}
	for _, c := range w.plan.Changes {
		if err := w.revise(ctx, c.Person); err != nil {
			return err
		}
	}
	return nil
}

// joiners writes those who are new and those who came back.
func (w *writer) joiners(ctx context.Context) error {
	people := make([]string, len(w.plan.Joiners))
	for i, j := range w.plan.Joiners {
		a := w.arrivals[i]
		switch {
		case a.twin >= 0:
			people[i] = people[a.twin]
		case a.person != "":
			people[i] = a.person
		default:
			p, err := identity.AddPerson(ctx, w.tx, identity.Person{Given: clipped(j.Given), Family: clipped(j.Family), Email: a.email})
			if err != nil {
				return fmt.Errorf("row %d: add a person: %w", j.Row, err)
			}
			people[i] = p.ID
			w.added++
		}
		if err := w.joiner(ctx, j, people[i]); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) joiner(ctx context.Context, j stafflist.Joiner, person string) error {
	if _, known := w.known.index[j.EmployeeNumber]; !known {
		id := w.tx.ID()
		err := w.tx.Insert(ctx, "staff", journal.Row{"id": id, "employer_id": w.employer, "employee_no": j.EmployeeNumber, "person_id": person})
		if err != nil {
			return fmt.Errorf("row %d: %w", j.Row, err)
		}
		return w.version(ctx, id, Version{N: 1, Effective: j.Main.Start, Person: j.Person})
	}
	if rec, _ := w.known.at(j.EmployeeNumber); rec.person != person {
		// The person's details were erased, so this is somebody new to us.
		if err := w.tx.Amend(ctx, "staff", rec.id, func(row journal.Row) { row["person_id"] = person }); err != nil {
			return err
		}
	}
	return w.revise(ctx, j.Person)
}

// revise writes the versions that follow from what the list says of somebody known.
func (w *writer) revise(ctx context.Context, now stafflist.Person) error {
	rec, was := w.known.at(now.EmployeeNumber)
	versions, err := revise(was, now, w.asAt, func() ([]dated, error) { return w.history(ctx, rec.id, was.EmployeeNumber) })
	if err != nil {
		return err
	}
	for _, v := range versions {
		if err := w.version(ctx, rec.id, v); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) version(ctx context.Context, staff string, v Version) error {
	v.Import = w.importID
	row, err := v.row(w.tx.ID(), staff)
	if err != nil {
		return err
	}
	return w.tx.Insert(ctx, "staff_version", row)
}

// history reads all versions of somebody with the dates of their lists.
func (w *writer) history(ctx context.Context, staff, number string) ([]dated, error) {
	var out []dated
	r := newReader()
	err := w.tx.Each(ctx, func(rows *db.Rows) error {
		var d dated
		var seen string
		d.EmployeeNumber = number
		if err := r.version(rows, &d.Version, &seen); err != nil {
			return err
		}
		var err error
		d.seen, err = law.ParseDate(seen)
		out = append(out, d)
		return err
	}, `SELECT i.as_at, `+versionColumns+` FROM staff_version v JOIN staff_import i ON i.id = v.import_id WHERE v.staff_id = ? ORDER BY v.n`, staff)
	return out, err
}
