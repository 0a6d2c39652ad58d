package wave

import (
	"context"
	"slices"

	"commonweal/internal/base/db"
)

// leastShown is how many must be eligible in a group for its response to be shown.
const leastShown = 10

// Count is how many were asked, and have drawn or been given what lets one answer in.
// Hidden counts say so and are nought.
type Count struct {
	Eligible, Issued int
	Hidden           bool
}

// UnitCount is the count of one unit.
type UnitCount struct {
	Unit Unit
	Count
}

// GroupCount is the count of one staff group.
type GroupCount struct {
	Group Group
	Count
}

// Counts are what may be shown of who takes part. While the wave is open only the whole
// is shown, as it stands in the record: what is drawn on a day goes there together in the
// evening, so that nobody who looks again and again sees when a pass is drawn. Afterwards
// units and groups with at least ten eligible are shown, and never so that fewer are the
// difference between a whole and its parts.
type Counts struct {
	Count      // of the whole organisation
	Spent  int // tokens in the record's batches
	Units  []UnitCount
	Groups []GroupCount
}

// Counts reads them. A wave that was brought in has no tokens: its counts are nought.
func (s *Service) Counts(ctx context.Context, org, id string) (c Counts, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		w, err := one(ctx, tx, org, id)
		if err != nil {
			return err
		}
		c, err = s.counts(ctx, tx, w)
		return err
	})
	return c, err
}

func (s *Service) counts(ctx context.Context, tx *db.Tx, w Wave) (c Counts, err error) {
	c.Eligible = w.Eligible
	open := w.Stage(s.now()).Rank() < Closed.Rank()
	var recorded, waiting int
	counted, args := `SELECT COUNT(*) FROM token_issued WHERE wave_id = ?`, []any{w.ID}
	if open { // a slip goes into the record when it is given: it is shown with the passes of its day
		today := s.today().String()
		counted += ` AND (way <> ? OR day < ? OR EXISTS (SELECT 1 FROM spent_batch b WHERE b.wave_id = token_issued.wave_id AND b.day = ?))`
		args = append(args, bySlip, today, today)
	}
	if err := tx.QueryRow(ctx, counted, args...).Scan(&recorded); err != nil {
		return c, err
	}
	if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM token_draw WHERE wave_id = ? AND recorded IS NULL`, w.ID).Scan(&waiting); err != nil {
		return c, err
	}
	c.Issued = recorded
	if !open {
		c.Issued += waiting
	}
	if err := tx.QueryRow(ctx, `SELECT COALESCE(SUM(spent), 0) FROM spent_batch WHERE wave_id = ?`, w.ID).Scan(&c.Spent); err != nil {
		return c, err
	}
	if w.BroughtIn() || open {
		return c, nil
	}
	inUnit, inGroup := map[string]int{}, map[string]int{}
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var unit, group string
		var n int
		err := rows.Scan(&unit, &group, &n)
		inUnit[unit] += n
		inGroup[group] += n
		return err
	}, `SELECT COALESCE(p.unit, ''), COALESCE(p.staff_group, ''), COUNT(*) FROM token_issued t
		JOIN wave_person p ON p.wave_id = t.wave_id AND p.person_id = t.person_id WHERE t.wave_id = ?
		GROUP BY p.unit, p.staff_group`, w.ID)
	if err != nil {
		return c, err
	}
	c.Units, c.Groups = unitCounts(w, inUnit), groupCounts(w, inGroup)
	return c, nil
}

// unitCounts adds up teams into directorates and hides what is too small.
func unitCounts(w Wave, issued map[string]int) (out []UnitCount) {
	sum := map[string]int{}
	above := map[string]string{}
	for _, u := range w.Units {
		above[u.Code] = u.PartOf
	}
	for code, n := range issued {
		for u := code; u != "" && u != Whole; u = above[u] {
			sum[u] += n
		}
	}
	for _, u := range w.Units {
		if u.Code != Whole {
			out = append(out, UnitCount{u, Count{Eligible: u.Eligible, Issued: sum[u.Code]}})
		}
	}
	// The parts of each unit, and whoever is in none of them, make up the unit.
	hidden := map[string]bool{}
	for _, parent := range w.Units {
		var parts []*Count
		rest := parent.Eligible
		for i := range out {
			if out[i].Unit.PartOf == parent.Code {
				parts = append(parts, &out[i].Count)
				rest -= out[i].Eligible
			}
		}
		hide(parts, rest, hidden[parent.Code])
		for i := range out {
			if out[i].Unit.PartOf == parent.Code {
				hidden[out[i].Unit.Code] = out[i].Hidden
			}
		}
	}
	return out
}

func groupCounts(w Wave, issued map[string]int) (out []GroupCount) {
	rest := w.Eligible
	var parts []*Count
	for _, g := range w.Groups {
		out = append(out, GroupCount{g, Count{Eligible: g.Eligible, Issued: issued[g.Code]}})
		rest -= g.Eligible
	}
	for i := range out {
		parts = append(parts, &out[i].Count)
	}
	hide(parts, rest, false)
	return out
}

// hide hides parts of a whole that are too small, and then the smallest of the others
// while those that are hidden, with the rest who are in no part, are together too few.
// Where the whole is hidden its parts are too.
func hide(parts []*Count, rest int, whole bool) {
	parts = slices.Clone(parts)
	slices.SortStableFunc(parts, func(a, b *Count) int { return a.Eligible - b.Eligible })
	hidden := rest
	for _, p := range parts {
		if whole || p.Eligible < leastShown || hidden > 0 && hidden < leastShown {
			hidden += p.Eligible
			p.Hidden, p.Eligible, p.Issued = true, 0, 0
		}
	}
}
