package identity

import (
	"context"
	"slices"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
)

// DemoPerson is an invented person whom a visitor may be.
type DemoPerson struct {
	Person       string
	Name         string
	Org, OrgName string
	Roles        []policy.Role
}

func (s *Service) demo() error {
	if !s.opts.Demo {
		return fault.Errorf(fault.Forbidden, "this is no demonstration: sign in as yourself")
	}
	return nil
}

// DemoPeople are the invented people who hold an office today, by organisation
// and role. It is Forbidden where this is no demonstration.
func (s *Service) DemoPeople(ctx context.Context) ([]DemoPerson, error) {
	if err := s.demo(); err != nil {
		return nil, err
	}
	var out []DemoPerson
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		out = nil
		list, err := organisations(ctx, tx, `WHERE invented = 1 ORDER BY name, id`)
		if err != nil {
			return err
		}
		for _, o := range list {
			some, err := s.demoPeopleOf(ctx, tx, o)
			if err != nil {
				return err
			}
			out = append(out, some...)
		}
		return nil
	})
	return out, err
}

func (s *Service) demoPeopleOf(ctx context.Context, tx *db.Tx, o Organisation) ([]DemoPerson, error) {
	list, err := appointments(ctx, tx, `org_id = ? ORDER BY starts, id`, o.ID)
	if err != nil {
		return nil, err
	}
	roles := map[string][]policy.Role{}
	var ids []string
	for _, role := range policy.Roles() {
		for _, a := range list {
			if a.Role != role || !a.On(s.today()) || slices.Contains(roles[a.Person], role) {
				continue
			}
			if roles[a.Person] == nil {
				ids = append(ids, a.Person)
			}
			roles[a.Person] = append(roles[a.Person], role)
		}
	}
	found, err := PeopleByID(ctx, tx, o.ID, ids)
	if err != nil {
		return nil, err
	}
	var out []DemoPerson
	for _, id := range ids {
		out = append(out, DemoPerson{Person: id, Name: found[id].Name(), Org: o.ID, OrgName: o.Name, Roles: roles[id]})
	}
	return out, nil
}

// DemoSignIn begins a session as an invented person. It is Forbidden where this
// is no demonstration, and for a person of an organisation that was not made in
// one: a demonstration of a real organisation cannot be had by a switch.
func (s *Service) DemoSignIn(ctx context.Context, org, person string, client Client) (SignedIn, error) {
	if err := s.demo(); err != nil {
		return SignedIn{}, err
	}
	var in SignedIn
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		o, err := oneOrganisation(ctx, tx, org)
		if err != nil {
			return err
		}
		if !o.Invented {
			return fault.Errorf(fault.Forbidden, "organisation %s is real: sign in as yourself", org)
		}
		in, err = s.begin(ctx, tx, org, person, ByDemo, client)
		return err
	})
	return in, err
}
