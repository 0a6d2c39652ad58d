package staff

import (
	"context"
	"fmt"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/own/stafflist"
	"commonweal/law"
)

// Plan is what a list would change. Nobody's membership ends by it.
type Plan struct {
	stafflist.Plan
	// Matches tells which joiners are people already known, and which may be.
	Matches []Match
	// Dropped are the columns that were not kept, those of sensitive data first.
	Dropped []stafflist.Drop
	Source  stafflist.Source
	// Applied is the import that has applied this very file as of the same day, if
	// there is one.
	Applied *Import
}

// draft is a plan with all that is needed to carry it out.
type draft struct {
	plan     Plan
	known    *known
	arrivals []arrival         // one for each joiner
	people   []identity.Person // whose names or address change
	last     *Import           // the newest list of this employer, if any
}

// compare works out the bare plan from what is known.
type compare func(current []stafflist.Person) (stafflist.Plan, error)

// against compares with a list.
func (s *Service) against(h header, list stafflist.List) compare {
	return func(current []stafflist.Person) (stafflist.Plan, error) {
		return stafflist.Compare(current, list, h.asAt, stafflist.Terms{Thresholds: s.opts.Thresholds})
	}
}

// draft works out what a list would change, as part of a transaction. It returns
// a Conflict for a list that would undo a newer one.
func (s *Service) draft(ctx context.Context, tx *db.Tx, h header, compare compare) (*draft, error) {
	d := &draft{}
	var err error
	if d.last, err = newest(ctx, tx, h.org, h.employer); err != nil {
		return nil, err
	}
	older := d.last != nil && h.asAt.Before(d.last.AsAt)
	var on law.Date
	if older {
		on = h.asAt
	}
	if d.known, err = load(ctx, tx, h.org, h.employer, on); err != nil {
		return nil, err
	}
	d.plan = Plan{Dropped: h.dropped, Source: h.source}
	if d.plan.Plan, err = compare(d.known.people); err != nil {
		return nil, err
	}
	if d.plan.Applied, err = applied(ctx, tx, h); err != nil {
		return nil, err
	}
	if older {
		if err := s.settleOlder(ctx, tx, h, d); err != nil {
			return nil, err
		}
	}
	return d, d.findPeople(ctx, tx, h.org)
}

// settleOlder sees to a list that is older than one already applied. Applied
// before, it changes nothing. Otherwise it may only tell of people who are new and
// had left again by the date of the newer list, which says nothing against it.
func (s *Service) settleOlder(ctx context.Context, tx *db.Tx, h header, d *draft) error {
	if d.plan.Applied != nil {
		p := &d.plan.Plan
		p.Unchanged += len(p.Leavers) + len(p.Changes)
		p.Joiners, p.Leavers, p.Changes, p.NeedsConfirmation = nil, nil, nil, nil
		return nil
	}
	overtaken := len(d.plan.Leavers)+len(d.plan.Changes) > 0
	for _, j := range d.plan.Joiners {
		if overtaken {
			break
		}
		var known int
		err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM staff WHERE org_id = ? AND employer_id = ? AND employee_no = ?`,
			h.org, h.employer, j.EmployeeNumber).Scan(&known)
		if err != nil {
			return err
		}
		next, err := nextAfter(ctx, tx, h)
		if err != nil {
			return err
		}
		overtaken = known > 0 || j.Main.End.IsZero() || !j.Main.End.Before(next)
	}
	if overtaken {
		return fault.Errorf(fault.Conflict,
			"this list is of %s, and one of %s that says otherwise has been applied: load a list of that day or later",
			h.asAt.Words(), d.last.AsAt.Words())
	}
	return nil
}

// findPeople works out which joiners are known already and what changes in people.
func (d *draft) findPeople(ctx context.Context, tx *db.Tx, org string) error {
	var changes []renamed
	var ids, emails []string
	add := func(row int, now stafflist.Who) {
		if _, ok := d.known.index[now.EmployeeNumber]; !ok {
			return
		}
		rec, was := d.known.at(now.EmployeeNumber)
		if r := (renamed{row, rec.person, was.Who, now}); r.touches() {
			changes = append(changes, r)
			ids = append(ids, rec.person)
			if email := address(now.Email); email != "" {
				emails = append(emails, email)
			}
		}
	}
	for _, c := range d.plan.Changes {
		add(c.Row, c.Who)
	}
	for _, l := range d.plan.Leavers {
		add(l.Row, l.Who)
	}
	for _, j := range d.plan.Joiners {
		if at, ok := d.known.index[j.EmployeeNumber]; ok {
			ids = append(ids, d.known.records[at].person)
		}
		add(j.Row, j.Who)
		if email := address(j.Email); email != "" {
			emails = append(emails, email)
		}
	}
	people, err := identity.PeopleByID(ctx, tx, org, ids)
	if err != nil {
		return fmt.Errorf("find the people of a staff list: %w", err)
	}
	holders, err := identity.PeopleByEmail(ctx, tx, org, emails)
	if err != nil {
		return fmt.Errorf("find people by work email: %w", err)
	}
	for _, p := range people {
		d.known.erased[p.ID] = p.Erased != ""
	}
	var carried, arrived []Match
	d.people, carried = carry(changes, people, holders)
	d.arrivals, arrived = arrivals(d.plan.Plan, d.known, holders)
	d.plan.Matches = append(arrived, carried...)
	return nil
}
