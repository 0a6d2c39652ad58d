package wave

import (
	"context"
	"slices"
	"strings"

	"commonweal/internal/base/db"
)

// Moved is how many people of a unit and staff group were asked in one wave and not in
// another, and the other way round. Unit is a team, a directorate or the whole; Group is
// "" for all staff groups together.
type Moved struct {
	Unit, Group  string
	Left, Joined int
}

// Moved compares who was asked, and where, in two waves.
func (s *Service) Moved(ctx context.Context, from, to Wave) (out []Moved, err error) {
	var was, is []seat
	err = s.read(ctx, func(tx *db.Tx) error {
		if was, err = seats(ctx, tx, from.Org, from.ID); err != nil {
			return err
		}
		is, err = seats(ctx, tx, to.Org, to.ID)
		return err
	})
	if err != nil {
		return nil, err
	}
	count := map[[2]string]*Moved{}
	only := func(list, other []seat, w Wave, add func(*Moved)) {
		above := map[string]string{}
		for _, u := range w.Units {
			above[u.Code] = u.PartOf
		}
		there := map[string]map[[2]string]bool{}
		for _, x := range other {
			there[x.Person] = cellsOf(x, above)
		}
		for _, x := range list {
			for c := range cellsOf(x, above) {
				if there[x.Person][c] {
					continue
				}
				if count[c] == nil {
					count[c] = &Moved{Unit: c[0], Group: c[1]}
				}
				add(count[c])
			}
		}
	}
	only(was, is, from, func(m *Moved) { m.Left++ })
	only(is, was, to, func(m *Moved) { m.Joined++ })
	for _, m := range count {
		out = append(out, *m)
	}
	slices.SortFunc(out, func(a, b Moved) int { return strings.Compare(a.Unit+"\x00"+a.Group, b.Unit+"\x00"+b.Group) })
	return out, nil
}

// cellsOf are the cells that somebody counts in, of all units above their team.
func cellsOf(x seat, above map[string]string) map[[2]string]bool {
	out := map[[2]string]bool{}
	unit := x.Unit
	if unit == "" {
		unit = Whole
	}
	for u := unit; u != ""; u = above[u] {
		out[[2]string{u, ""}] = true
		if x.Group != "" {
			out[[2]string{u, x.Group}] = true
		}
	}
	return out
}
