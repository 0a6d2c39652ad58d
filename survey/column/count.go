package column

import (
	"fmt"
	"math"
)

// Count counts every option of every question by the groups, in one pass. With no
// group everybody is in one cell. It refuses a group that is not in the schema or is
// named twice, and more counters than [MaxCounters].
func (t *Table) Count(into *Counts, by ...string) error {
	plan, err := lay(t, into, by)
	if err != nil {
		return err
	}
	runs := plan.runs(t)
	for q, codes := range t.answers {
		for _, r := range runs {
			counters := into.part(q, r.part, plan.cells)
			switch {
			case plan.cell != nil:
				countCells(counters, uint32(into.widths[q]), codes[r.from:r.to], plan.cell[r.from:r.to])
			case len(counters) <= packed:
				countPacked(counters, codes[r.from:r.to])
			default:
				countPlain(counters, codes[r.from:r.to])
			}
		}
	}
	return nil
}

// Weigh sums the weights of those who gave each answer, as [Table.Count] counts them.
// There is one weight a respondent, in the order in which they were added; a weight
// is a finite number and not below nought.
func (t *Table) Weigh(into *Sums, weights []float64, by ...string) error {
	if len(weights) != t.rows {
		return fmt.Errorf("%d weights for %d respondents", len(weights), t.rows)
	}
	for i, w := range weights {
		if math.IsNaN(w) || math.IsInf(w, 0) || w < 0 {
			return fmt.Errorf("respondent %d: weight %v is not a finite number from 0", i+1, w)
		}
	}
	plan, err := lay(t, into, by)
	if err != nil {
		return err
	}
	weights = t.arranged(weights)
	runs := plan.runs(t)
	for q, codes := range t.answers {
		for _, r := range runs {
			counters := into.part(q, r.part, plan.cells)
			if plan.cell != nil {
				weighCells(counters, uint32(into.widths[q]), codes[r.from:r.to], plan.cell[r.from:r.to], weights[r.from:r.to])
			} else {
				weighPlain(counters, codes[r.from:r.to], weights[r.from:r.to])
			}
		}
	}
	return nil
}

// arranged puts values in the order of adding into that of the rows.
func (t *Table) arranged(values []float64) []float64 {
	if t.added == nil {
		return values
	}
	byRow := make([]float64, len(values))
	for row, i := range t.added {
		byRow[row] = values[i]
	}
	return byRow
}

// plan is how a pass over the table finds its counters.
type plan struct {
	sorted bool     // the first group comes first: one part of the counters a member
	cells  int      // in one part
	cell   []uint32 // by row, the cell within the part; nil where there is but one
}

// run is rows that are counted into one part of the counters.
type run struct{ from, to, part int }

// lay checks what is asked for and makes room for it.
func lay[T uint32 | float64](t *Table, into *Cube[T], by []string) (plan, error) {
	groups, err := t.groups(by)
	if err != nil {
		return plan{}, err
	}
	err = into.shape(t.schema, groups)
	if err != nil {
		return plan{}, err
	}
	p := plan{cells: into.cells}
	if len(groups) > 0 && groups[0] == 0 {
		p.sorted = true
		p.cells /= t.schema.Groups[0].Size
		groups = groups[1:]
	}
	switch {
	case len(groups) == 0:
	case len(groups) == 1: // and it is not the first, which has no column
		p.cell = t.members[groups[0]]
	default:
		into.cell = t.crossed(into.cell, groups)
		p.cell = into.cell
	}
	return p, nil
}

// crossed works out each row's cell once, for all questions.
func (t *Table) crossed(cell []uint32, groups []int) []uint32 {
	if cap(cell) < t.rows {
		cell = make([]uint32, t.rows)
	}
	cell = cell[:t.rows]
	clear(cell)
	for _, g := range groups {
		size := uint32(t.schema.Groups[g].Size)
		if g > 0 {
			for row, m := range t.members[g] {
				cell[row] = cell[row]*size + m
			}
			continue
		}
		for m := range size {
			for row := t.starts[m]; row < t.starts[m+1]; row++ {
				cell[row] = cell[row]*size + m
			}
		}
	}
	return cell
}

func (p plan) runs(t *Table) []run {
	if !p.sorted {
		return []run{{0, t.rows, 0}}
	}
	var runs []run
	for m := range t.schema.Groups[0].Size {
		if t.starts[m] < t.starts[m+1] {
			runs = append(runs, run{int(t.starts[m]), int(t.starts[m+1]), m})
		}
	}
	return runs
}
