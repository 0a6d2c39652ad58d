package identity

import (
	"context"
	"fmt"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/policy"
)

// Setup is who an organisation starts with: a person and the office they hold
// from the first day.
type Setup struct {
	Person Person
	Role   policy.Role
}

// CreateOrganisation makes an organisation with its first officers: for a real
// installation the mutual and its first secretary, who appoint everybody else.
// It is the first entry of the organisation's record. by is the person who
// does it, or "setup" from the command line.
//
// It returns the organisation and the officers' person ids, in order. It
// returns Conflict when the code is taken.
func (s *Service) CreateOrganisation(ctx context.Context, by string, o Organisation, officers ...Setup) (Organisation, []string, error) {
	o.Invented = s.opts.Demo
	if o.Opened.IsZero() {
		o.Opened = s.today()
	}
	if err := o.check(); err != nil {
		return Organisation{}, nil, err
	}
	row, err := o.row()
	if err != nil {
		return Organisation{}, nil, err
	}
	var ids []string
	fact := journal.Fact{Org: o.ID, Kind: "organisation.create", Actor: by, Detail: map[string]any{"kind": string(o.Kind)}}
	_, err = s.journal.Record(ctx, fact, func(tx *journal.Tx) error {
		ids = nil
		if tx.Seq() != 0 {
			return fault.Errorf(fault.Conflict, "the code %s is taken", o.ID)
		}
		if err := checkParent(ctx, tx.Tx, o); err != nil {
			return err
		}
		if err := tx.Insert(ctx, "organisation", row); err != nil {
			return err
		}
		for _, officer := range officers {
			p, err := AddPerson(ctx, tx, officer.Person)
			if err != nil {
				return err
			}
			if p.Email == "" {
				return fault.Fieldf("email", "the first officers need an e-mail address, or they could not sign in")
			}
			first := Appointment{Person: p.ID, Role: officer.Role, Starts: s.today()}
			if _, err := appoint(ctx, tx, o.Kind, first); err != nil {
				return err
			}
			ids = append(ids, p.ID)
		}
		return nil
	})
	if err != nil {
		return Organisation{}, nil, err
	}
	return o, ids, nil
}

// ChangeOrganisation changes everything but the id, the kind, and whether it is
// invented. Changing nothing makes no entry.
func (s *Service) ChangeOrganisation(ctx context.Context, by string, o Organisation) error {
	if err := o.check(); err != nil {
		return err
	}
	_, err := s.journal.Record(ctx, journal.Fact{Org: o.ID, Kind: "organisation.change", Actor: by}, func(tx *journal.Tx) error {
		before, err := oneOrganisation(ctx, tx.Tx, o.ID)
		if err != nil {
			return err
		}
		if o.Kind != before.Kind {
			return fault.Fieldf("kind", "organisation %s is a %s and stays one", o.ID, before.Kind)
		}
		o.Invented = before.Invented
		if o == before {
			return journal.ErrNothing
		}
		if err := checkParent(ctx, tx.Tx, o); err != nil {
			return err
		}
		row, err := o.row()
		if err != nil {
			return err
		}
		if o.Closed != before.Closed {
			if _, err := tx.Exec(ctx, `DELETE FROM session WHERE org_id = ?`, o.ID); err != nil {
				return err
			}
		}
		return tx.Update(ctx, "organisation", row)
	})
	return err
}

func checkParent(ctx context.Context, tx *db.Tx, o Organisation) error {
	if o.Parent == "" {
		return nil
	}
	_, err := oneOrganisation(ctx, tx, o.Parent)
	if fault.Is(err, fault.NotFound) {
		return fault.Fieldf("parent", "organisation %s: there is no organisation %s to be its parent", o.ID, clip(o.Parent))
	}
	return err
}

// Organisation finds one by its code.
func (s *Service) Organisation(ctx context.Context, id string) (o Organisation, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		o, err = oneOrganisation(ctx, tx, id)
		return err
	})
	return o, err
}

// Organisations are all organisations, by name.
func (s *Service) Organisations(ctx context.Context) (list []Organisation, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err = organisations(ctx, tx, `ORDER BY name, id`)
		return err
	})
	return list, err
}

// OrganisationsByODS are those with a code of the NHS directory: more than one
// where an employer and what came out of it keep the same.
func (s *Service) OrganisationsByODS(ctx context.Context, ods string) (list []Organisation, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err = organisations(ctx, tx, `WHERE ods = ? ORDER BY name, id`, ods)
		return err
	})
	return list, err
}

func oneOrganisation(ctx context.Context, tx *db.Tx, id string) (Organisation, error) {
	list, err := organisations(ctx, tx, `WHERE id = ?`, id)
	if err != nil {
		return Organisation{}, err
	}
	if len(list) == 0 {
		return Organisation{}, fault.Errorf(fault.NotFound, "there is no organisation %q", clip(id))
	}
	return list[0], nil
}

func organisations(ctx context.Context, tx *db.Tx, where string, args ...any) ([]Organisation, error) {
	var out []Organisation
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var o Organisation
		var brand, opened, closed string
		err := rows.Scan(&o.ID, &o.Name, &o.Kind, &o.LegalForm, &o.ODS, &o.Parent, &o.RegisteredNo, &o.RegisteredOffice,
			&brand, &o.Invented, &opened, &closed)
		if err != nil {
			return err
		}
		o.Opened, o.Closed = readDay(opened), readDay(closed)
		if o.Brand, err = readBrand(brand); err != nil {
			return fmt.Errorf("organisation %s: its brand cannot be read: %w", o.ID, err)
		}
		out = append(out, o)
		return nil
	}, `SELECT id, name, kind, COALESCE(legal_form, ''), COALESCE(ods, ''), COALESCE(parent_id, ''), COALESCE(registered_no, ''),
		COALESCE(registered_office, ''), COALESCE(brand, ''), invented, opened, COALESCE(closed, '') FROM organisation `+where, args...)
	return out, err
}

func (o Organisation) row() (journal.Row, error) {
	brand, err := o.Brand.column()
	if err != nil {
		return nil, err
	}
	return journal.Row{
		"id": o.ID, "name": o.Name, "kind": o.Kind, "legal_form": text(o.LegalForm), "ods": text(o.ODS), "parent_id": text(o.Parent),
		"registered_no": text(o.RegisteredNo), "registered_office": text(o.RegisteredOffice), "brand": brand,
		"invented": o.Invented, "opened": o.Opened.String(), "closed": day(o.Closed),
	}, nil
}
