package house

import (
	"slices"

	"commonweal/internal/listen/answers"
	"commonweal/internal/listen/wave"
	"commonweal/survey/disclose"
)

// What the attacker is told of how many were asked stands in a file that everybody may
// have. So it may not depend on who answered: else a number that is missing would tell
// something of a team that is not shown. And it may be no less than what a colleague knows
// from the corridor: how many are in a team, and of which staff groups. Told are:
//
//   - the most who can have answered in each team, and in each staff group of it: how many
//     are on the staff list or, where that is shown and fewer, how many have fetched what
//     lets one answer in. Where a few answers say otherwise, because people named another
//     team or group than the staff list has, these count where nothing was named: a
//     handful, and fewer than are ever shown. Where as many as are shown say otherwise, the
//     number is left out, which tells of more people than the least that is shown;
//   - that numbers asked add up, of teams where nobody left the team out, and of staff
//     groups where nobody in all left the group out: a release shows both by having a place
//     for those who did or none;
//   - how many answered in all, which the check page says to the last one.

// ceilings is the most who can have answered in each cell that a staff list has.
func ceilings(w wave.Wave, strata []wave.Stratum, drawn wave.Counts) map[disclose.Cell]int {
	asked, out := addedUp(w, listed(w, strata)), map[disclose.Cell]int{}
	for _, u := range w.Units {
		out[disclose.Cell{Unit: u.Code}] = asked[disclose.Cell{Unit: u.Code}]
		for _, g := range w.Groups {
			// Of whom the list says no group may name any.
			c := disclose.Cell{Unit: u.Code, Group: g.Code}
			out[c] = asked[c] + asked[disclose.Cell{Unit: u.Code, Group: Unsaid}]
		}
	}
	lower := func(c disclose.Cell, n wave.Count, over int) {
		if !n.Hidden && n.Eligible > 0 {
			out[c] = min(out[c], n.Issued+over)
		}
	}
	for _, u := range drawn.Units {
		lower(disclose.Cell{Unit: u.Unit.Code}, u.Count, 0)
	}
	for _, g := range drawn.Groups {
		lower(disclose.Cell{Unit: wave.Whole, Group: g.Group.Code}, g.Count, asked[disclose.Cell{Unit: wave.Whole, Group: Unsaid}])
	}
	return out
}

// atMost is what is told of ceilings: those that hold, of all that stand on their own.
func atMost(w wave.Wave, most map[disclose.Cell]int, said map[wave.Stratum]int) (out []disclose.Eligible) {
	came := addedUp(w, said)
	for _, u := range w.Units {
		for _, g := range append([]wave.Group{{}}, w.Groups...) {
			if c := (disclose.Cell{Unit: u.Code, Group: g.Code}); came[c] <= most[c] {
				out = append(out, disclose.Eligible{Wave: w.Code, Cell: c, People: most[c]})
			}
		}
	}
	return out
}

// places are the cells that answers count in, in their order.
func places(w wave.Wave, rows []answers.Row, most map[disclose.Cell]int) []wave.Stratum {
	parts := inner(w)
	out := make([]wave.Stratum, len(rows))
	for i, r := range rows {
		out[i] = cellOf(r, parts)
	}
	if w.Eligible == 0 {
		return out
	}
	above := map[string]string{}
	for _, u := range w.Units {
		above[u.Code], above[u.Code+Unsaid] = u.PartOf, u.Code
	}
	within := func(c wave.Stratum, unit string) bool {
		for u := c.Unit; u != ""; u = above[u] {
			if u == unit {
				return true
			}
		}
		return false
	}
	tooMany := func(came map[disclose.Cell]int, c disclose.Cell) bool {
		return came[c] > most[c] && came[c] < w.Minimum
	}
	came := cameTo(w, out)
	for _, u := range slices.Backward(w.Units) { // parts before what they are part of
		if u.PartOf == "" || !tooMany(came, disclose.Cell{Unit: u.Code}) {
			continue
		}
		for i, c := range out {
			if within(c, u.Code) {
				out[i].Unit = u.PartOf + Unsaid
			}
		}
		came = cameTo(w, out)
	}
	for _, u := range slices.Backward(w.Units) {
		for _, g := range w.Groups {
			if !tooMany(came, disclose.Cell{Unit: u.Code, Group: g.Code}) {
				continue
			}
			for i, c := range out {
				if c.Group == g.Code && within(c, u.Code) {
					out[i].Group = Unsaid
				}
			}
			came = cameTo(w, out)
		}
	}
	return out
}

// cameTo is how many answered in all cells that these places are part of.
func cameTo(w wave.Wave, put []wave.Stratum) map[disclose.Cell]int {
	cells := map[wave.Stratum]int{}
	for _, c := range put {
		cells[c]++
	}
	return addedUp(w, cells)
}

// unlisted reports whether the staff list says of somebody in a unit no staff group.
func unlisted(asked map[disclose.Cell]int, unit string) bool {
	return asked[disclose.Cell{Unit: unit, Group: Unsaid}] > 0
}

// cellOf is the cell that an answer names.
func cellOf(r answers.Row, parts map[string]bool) wave.Stratum {
	return named(wave.Stratum{Unit: r.Unit, Group: r.Group}, parts)
}

// named puts a place where no team, or no group, is named among those who named none.
func named(c wave.Stratum, parts map[string]bool) wave.Stratum {
	if c.Unit == "" {
		c.Unit = wave.Whole
	}
	if parts[c.Unit] {
		c.Unit += Unsaid
	}
	if c.Group == "" {
		c.Group = Unsaid
	}
	return c
}

// eligible is how many are asked in each cell, as far as that bounds who answered there
// and is told; the attacker takes it that the numbers asked add up as the answers do.
func eligible(w wave.Wave, strata []wave.Stratum, said map[wave.Stratum]int) (out []disclose.Eligible) {
	asked, came := addedUp(w, listed(w, strata)), addedUp(w, said)
	groups := append([]wave.Group{{}}, w.Groups...)
	parts := inner(w)
	leftOut := false // somebody's group is not known
	for c := range said {
		leftOut = leftOut || c.Group == Unsaid
	}
	given := map[disclose.Cell]bool{}
	for _, u := range slices.Backward(w.Units) { // parts before what they are part of
		if parts[u.Code] {
			nowhere := disclose.Cell{Unit: u.Code + Unsaid}
			for _, g := range groups {
				given[disclose.Cell{Unit: u.Code, Group: g.Code}] = asked[nowhere] == 0 && came[nowhere] == 0 && !slices.ContainsFunc(w.Units, func(part wave.Unit) bool {
					return part.PartOf == u.Code && !given[disclose.Cell{Unit: part.Code, Group: g.Code}]
				})
			}
			continue
		}
		holds := func(c disclose.Cell) bool { return came[c] <= asked[c] }
		// Groups add up to their team, so those of which somebody was asked are told
		// all together or not at all.
		all := !leftOut
		for _, g := range w.Groups {
			all = all && holds(disclose.Cell{Unit: u.Code, Group: g.Code})
		}
		given[disclose.Cell{Unit: u.Code}] = holds(disclose.Cell{Unit: u.Code})
		for _, g := range w.Groups {
			c := disclose.Cell{Unit: u.Code, Group: g.Code}
			given[c] = holds(c) && (all || asked[c] == 0) && !unlisted(asked, u.Code)
		}
	}
	for _, u := range w.Units {
		for _, g := range groups {
			if c := (disclose.Cell{Unit: u.Code, Group: g.Code}); given[c] {
				out = append(out, disclose.Eligible{Wave: w.Code, Cell: c, People: asked[c]})
			}
		}
	}
	return out
}

// inner are the units that have parts.
func inner(w wave.Wave) map[string]bool {
	out := map[string]bool{}
	for _, u := range w.Units {
		out[u.PartOf] = true
	}
	return out
}

// listed is how many are asked in each cell.
func listed(w wave.Wave, strata []wave.Stratum) map[wave.Stratum]int {
	parts, out := inner(w), map[wave.Stratum]int{}
	for _, s := range strata {
		out[named(wave.Stratum{Unit: s.Unit, Group: s.Group}, parts)] += s.Eligible
	}
	return out
}

// addedUp adds cells up into all that they are part of.
func addedUp(w wave.Wave, cells map[wave.Stratum]int) map[disclose.Cell]int {
	above := map[string]string{}
	for _, u := range w.Units {
		above[u.Code] = u.PartOf
		above[u.Code+Unsaid] = u.Code
	}
	out := map[disclose.Cell]int{}
	for c, n := range cells {
		for u := c.Unit; u != ""; u = above[u] {
			out[disclose.Cell{Unit: u}] += n
			out[disclose.Cell{Unit: u, Group: c.Group}] += n
		}
	}
	return out
}
