package identity

import (
	"context"
	"slices"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/policy"
	"commonweal/law"
)

// Appoint gives a person an office and ends their sessions, so that they sign
// in anew with it. by is who appoints: never the person themselves (Forbidden).
// A role that the person may not hold beside another one, or holds already, is
// a Conflict that says why. Without Starts it is held from today.
func (s *Service) Appoint(ctx context.Context, by string, a Appointment) (Appointment, error) {
	if a.Starts.IsZero() {
		a.Starts = s.today()
	}
	var made Appointment
	fact := journal.Fact{Org: a.Org, Kind: "officer.appoint", Actor: by, Detail: map[string]any{"role": string(a.Role), "person": a.Person}}
	_, err := s.journal.Record(ctx, fact, func(tx *journal.Tx) error {
		org, err := oneOrganisation(ctx, tx.Tx, a.Org)
		if err != nil {
			return err
		}
		made, err = appoint(ctx, tx, org.Kind, a)
		return err
	})
	return made, err
}

// appoint does it as part of a change.
func appoint(ctx context.Context, tx *journal.Tx, kind Kind, a Appointment) (Appointment, error) {
	a.ID, a.Org, a.By, a.Ended = tx.ID(), tx.Org(), tx.Actor(), ""
	if err := a.check(kind); err != nil {
		return Appointment{}, err
	}
	if a.By == a.Person {
		return Appointment{}, fault.Errorf(fault.Forbidden, "person %s cannot appoint themselves", a.Person)
	}
	p, err := onePerson(ctx, tx.Tx, a.Org, a.Person)
	if err != nil {
		return Appointment{}, err
	}
	if p.Erased != "" {
		return Appointment{}, fault.Errorf(fault.Conflict, "person %s: their details were erased", a.Person)
	}
	others, err := heldBy(ctx, tx.Tx, p)
	if err != nil {
		return Appointment{}, err
	}
	if err := a.refuse(others); err != nil {
		return Appointment{}, err
	}
	if err := endSessions(ctx, tx.Tx, a.Person); err != nil {
		return Appointment{}, err
	}
	return a, tx.Insert(ctx, "appointment", a.row())
}

// EndAppointment ends an office on a day (the first on which it is not held;
// today when none is given) and the person's sessions with it. An appointment
// that has not begun by then is ended on the day it begins, and so never held.
// One that ended already is a Conflict.
func (s *Service) EndAppointment(ctx context.Context, by, org, id string, on law.Date) error {
	if on.IsZero() {
		on = s.today()
	}
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "officer.end", Actor: by}, func(tx *journal.Tx) error {
		list, err := appointments(ctx, tx.Tx, `id = ? AND org_id = ?`, id, org)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return fault.Errorf(fault.NotFound, "there is no appointment %s in %s", clip(id), clip(org))
		}
		a := list[0]
		if on.Before(s.today()) {
			return fault.Fieldf("ends", "an appointment cannot be ended on %s, which is past: what was done in office was done in office", on)
		}
		if !a.Ends.IsZero() && !on.Before(a.Ends) {
			return fault.Errorf(fault.Conflict, "appointment %s ends on %s already", id, a.Ends)
		}
		a.Ends, a.Ended = on, by
		if on.Before(a.Starts) {
			a.Ends = a.Starts
		}
		tx.Detail("role", string(a.Role))
		tx.Detail("person", a.Person)
		if err := endSessions(ctx, tx.Tx, a.Person); err != nil {
			return err
		}
		return tx.Update(ctx, "appointment", a.row())
	})
	return err
}

// Appointments are all appointments that an organisation ever made, by role and
// first day.
func (s *Service) Appointments(ctx context.Context, org string) (list []Appointment, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err = appointments(ctx, tx, `org_id = ? ORDER BY role, starts, id`, org)
		return err
	})
	return list, err
}

// AppointmentsOf are all appointments that a person ever had.
func (s *Service) AppointmentsOf(ctx context.Context, org, person string) (list []Appointment, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err = appointments(ctx, tx, `person_id = ? AND org_id = ? ORDER BY starts, id`, person, org)
		return err
	})
	return list, err
}

// RolesOn are the roles that a person holds by appointment on a day, whatever
// their scope, sorted.
func (s *Service) RolesOn(ctx context.Context, org, person string, d law.Date) (roles []policy.Role, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		roles, err = rolesOn(ctx, tx, org, person, d)
		return err
	})
	return roles, err
}

// Holders are the people who hold a role in an organisation on a day.
func (s *Service) Holders(ctx context.Context, org string, role policy.Role, d law.Date) ([]Person, error) {
	var out []Person
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		list, err := appointments(ctx, tx, `org_id = ? AND role = ? ORDER BY starts, id`, org, string(role))
		if err != nil {
			return err
		}
		var ids []string
		for _, a := range list {
			if a.On(d) && !slices.Contains(ids, a.Person) {
				ids = append(ids, a.Person)
			}
		}
		found, err := PeopleByID(ctx, tx, org, ids)
		if err != nil {
			return err
		}
		out = nil
		for _, id := range ids {
			out = append(out, found[id])
		}
		return nil
	})
	return out, err
}

func rolesOn(ctx context.Context, tx *db.Tx, org, person string, d law.Date) ([]policy.Role, error) {
	list, err := appointments(ctx, tx, `person_id = ? AND org_id = ?`, person, org)
	if err != nil {
		return nil, err
	}
	var roles []policy.Role
	for _, a := range list {
		if a.On(d) {
			roles = append(roles, a.Role)
		}
	}
	slices.Sort(roles)
	return slices.Compact(roles), nil
}

// heldBy are the appointments of a person, and those of whoever has the same
// e-mail address in another organisation: as far as we can tell, the same human
// being.
func heldBy(ctx context.Context, tx *db.Tx, p Person) ([]Appointment, error) {
	list, err := appointments(ctx, tx, `person_id = ?`, p.ID)
	if err != nil || p.Email == "" {
		return list, err
	}
	same, err := people(ctx, tx, `email = ? AND org_id <> ?`, p.Email, p.Org)
	if err != nil {
		return nil, err
	}
	for _, other := range same {
		more, err := appointments(ctx, tx, `person_id = ?`, other.ID)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	return list, nil
}

func appointments(ctx context.Context, tx *db.Tx, where string, args ...any) ([]Appointment, error) {
	var out []Appointment
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var a Appointment
		var starts, ends string
		if err := rows.Scan(&a.ID, &a.Org, &a.Person, &a.Role, &a.Scope, &starts, &ends, &a.By, &a.Ended); err != nil {
			return err
		}
		a.Starts, a.Ends = readDay(starts), readDay(ends)
		out = append(out, a)
		return nil
	}, `SELECT id, org_id, person_id, role, COALESCE(scope, ''), starts, COALESCE(ends, ''), appointed_by, COALESCE(ended_by, '')
		FROM appointment WHERE `+where, args...)
	return out, err
}

func (a Appointment) row() journal.Row {
	return journal.Row{
		"id": a.ID, "person_id": a.Person, "role": a.Role, "scope": text(a.Scope), "starts": a.Starts.String(), "ends": day(a.Ends),
		"appointed_by": a.By, "ended_by": text(a.Ended),
	}
}
