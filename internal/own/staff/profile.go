package staff

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/own/stafflist"
)

// Profile is a mapping profile that an organisation may use.
type Profile struct {
	stafflist.Profile
	BuiltIn bool
	Saved   string // instant
	SavedBy string // person id
}

// Profiles returns the profiles of an organisation: its own by name, then those
// built in.
func (s *Service) Profiles(ctx context.Context, org string) (out []Profile, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out = nil
		return tx.Each(ctx, func(rows *db.Rows) error {
			var p Profile
			var mapping string
			if err := rows.Scan(&mapping, &p.Saved, &p.SavedBy); err != nil {
				return err
			}
			var err error
			p.Profile, err = stafflist.ParseProfile([]byte(mapping))
			if err == nil {
				out = append(out, p)
			}
			// A profile saved under older, looser rules is not offered any more.
			return nil
		}, `SELECT mapping, saved, saved_by FROM staff_profile WHERE org_id = ? ORDER BY name`, org)
	})
	for _, p := range stafflist.Profiles() {
		out = append(out, Profile{Profile: p, BuiltIn: true})
	}
	return out, err
}

// Profile finds a profile by name.
func (s *Service) Profile(ctx context.Context, org, name string) (stafflist.Profile, error) {
	all, err := s.Profiles(ctx, org)
	if err != nil {
		return stafflist.Profile{}, err
	}
	var names []string
	for _, p := range all {
		if strings.EqualFold(p.Name, name) {
			return p.Profile, nil
		}
		names = append(names, p.Name)
	}
	return stafflist.Profile{}, &fault.Error{
		Kind: fault.NotFound, Field: "profile",
		Message: "there is no mapping profile “" + clipped(name) + "”: there are " + strings.Join(names, ", "),
	}
}

// SaveProfile keeps a profile under its name, in place of one of that name.
// Saving what is there already makes no entry. The name of a built-in profile is a
// Conflict.
func (s *Service) SaveProfile(ctx context.Context, actor, org string, p stafflist.Profile) error {
	p.Name = strings.TrimSpace(p.Name)
	mapping, err := p.JSON()
	if err != nil {
		return &fault.Error{Kind: fault.Invalid, Message: err.Error(), Cause: err}
	}
	for _, b := range stafflist.Profiles() {
		if strings.EqualFold(b.Name, p.Name) {
			return &fault.Error{Kind: fault.Conflict, Field: "name", Message: "profile “" + p.Name + "” is built in: choose another name"}
		}
	}
	_, err = s.journal.Record(ctx, journal.Fact{Org: org, Kind: "staff.profile_save", Actor: actor}, func(tx *journal.Tx) error {
		id, before, err := profileRow(ctx, tx, org, p.Name)
		if err != nil {
			return err
		}
		if before == string(mapping) {
			return journal.ErrNothing
		}
		row := journal.Row{"id": cmp.Or(id, tx.ID()), "name": p.Name, "mapping": string(mapping), "saved": tx.At(), "saved_by": actor}
		tx.Detail("profile", row["id"])
		if id != "" {
			return tx.Update(ctx, "staff_profile", row)
		}
		return tx.Insert(ctx, "staff_profile", row)
	})
	return err
}

// DeleteProfile forgets a saved profile. What was imported with it stays.
func (s *Service) DeleteProfile(ctx context.Context, actor, org, name string) error {
	builtIn := slices.ContainsFunc(stafflist.Profiles(), func(p stafflist.Profile) bool { return p.Name == name })
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "staff.profile_delete", Actor: actor}, func(tx *journal.Tx) error {
		id, _, err := profileRow(ctx, tx, org, name)
		switch {
		case err != nil:
			return err
		case id == "" && builtIn:
			return fault.Errorf(fault.Conflict, "profile “%s” is built in and stays", name)
		case id == "":
			return fault.Errorf(fault.NotFound, "there is no mapping profile “%s”", clipped(name))
		}
		tx.Detail("profile", id)
		return tx.Delete(ctx, "staff_profile", id)
	})
	return err
}

// profileRow finds the row of a profile, or nothing.
func profileRow(ctx context.Context, tx *journal.Tx, org, name string) (id, mapping string, err error) {
	err = tx.QueryRow(ctx, `SELECT id, mapping FROM staff_profile WHERE org_id = ? AND name = ?`, org, name).Scan(&id, &mapping)
	if errors.Is(err, db.ErrNoRows) {
		return "", "", nil
	}
	return id, mapping, err
}
