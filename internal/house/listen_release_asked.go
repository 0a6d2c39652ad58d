package house

import (
	"slices"

	"commonweal/internal/listen/answers"
	"commonweal/internal/listen/wave"
	"commonweal/survey/disclose"
)

// What the attacker is told of how many were asked stands in a file that everybody may
// have. So it may not depend on who answered: else a number that is missing would tell
// something of a team that is not shown. What is told, and why it holds:
//
//   - of each team how many were asked, and in which staff groups nobody was. Where a few
//     answers say otherwise, because people named another team or group than the staff list
//     has, these count where nothing was named: a handful, and fewer than are ever shown.
//     Where as many as are shown say otherwise, the number is left out, which tells of more
//     people than the least that is shown;
//   - of teams together where nobody left the team out, which a release shows by having a
//     place for those who did or none;
//   - of each staff group in each team only where nobody in all left the group out, which a
//     release shows in the same way.

// places are the cells that answers count in, in their order.
func places(w wave.Wave, rows []answers.Row, strata []wave.Stratum) []wave.Stratum {
	parts := inner(w)
	out := make([]wave.Stratum, len(rows))
	for i, r := range rows {
		out[i] = cellOf(r, parts)
	}
	if w.Eligible == 0 {
		return out
	}
	asked := addedUp(w, listed(w, strata))
	above := map[string]string{}
	for _, u := range w.Units {
		above[u.Code] = u.PartOf
	}
	inTeam := map[string]int{}
	for _, c := range out {
		inTeam[c.Unit]++
	}
	for i, c := range out {
		if up, ok := above[c.Unit]; ok && up != "" && inTeam[c.Unit] > asked[disclose.Cell{Unit: c.Unit}] && inTeam[c.Unit] < w.Minimum {
			out[i].Unit = up + Unsaid
		}
	}
	regroup(w, out, asked, func(asked int) bool { return asked == 0 })
	if !slices.ContainsFunc(out, func(c wave.Stratum) bool { return c.Group == Unsaid }) {
		regroup(w, out, asked, func(int) bool { return true })
	}
	return out
}

// regroup puts a few answers of a group that is asked of fewer in their team, of those
// numbers asked that it is told to look at, among those who named no group.
func regroup(w wave.Wave, put []wave.Stratum, asked map[disclose.Cell]int, look func(asked int) bool) {
	came := map[wave.Stratum]int{}
	for _, c := range put {
		came[c]++
	}
	for i, c := range put {
		n := asked[disclose.Cell{Unit: c.Unit, Group: c.Group}]
		if _, ok := w.Unit(c.Unit); ok && c.Group != Unsaid && !unlisted(asked, c.Unit) && look(n) && came[c] > n && came[c] < w.Minimum {
			put[i].Group = Unsaid
		}
	}
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
