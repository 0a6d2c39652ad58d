package house

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
	"commonweal/internal/listen/wave"
	"commonweal/internal/own/member"
	"commonweal/internal/own/staff"
	"commonweal/law"
)

// openListen opens the rooms of how the organisation listens.
func (h *House) openListen(secrets *journal.Keys) {
	h.Waves = wave.NewService(h.Journal, secrets, census{h.Staff, h.Members}, h.Law)
}

// census gives waves the staff lists and the register of members, in their own words.
type census struct {
	staff   *staff.Service
	members *member.Service
}

// Employed implements wave.Census. Of somebody with several posts on the day it takes the
// main one, the largest where several employers each have one.
func (c census) Employed(ctx context.Context, tx *db.Tx, org string, day law.Date) ([]wave.Placed, error) {
	best := map[string]staff.Post{}
	var order []string
	err := c.staff.Posts(ctx, tx, org, "", func(person string, p staff.Post) error {
		if person == "" || day.Before(p.From) || !p.To.IsZero() && p.To.Before(day) {
			return nil
		}
		was, seen := best[person]
		if !seen {
			order = append(order, person)
		}
		if !seen || p.Main && !was.Main || p.Main == was.Main && p.FTE > was.FTE {
			best[person] = p
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	rows, err := c.members.RegisterIn(ctx, tx, org, day)
	if err != nil {
		return nil, err
	}
	members := map[string]bool{}
	for _, r := range rows {
		members[r.Person] = r.Ceased.IsZero() && !r.Unclear
	}
	out := make([]wave.Placed, len(order))
	for i, person := range order {
		p := best[person]
		out[i] = wave.Placed{Person: person, Site: p.Site, StaffGroup: p.StaffGroup, Role: p.Role, Member: members[person]}
	}
	return out, nil
}
