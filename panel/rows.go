package panel

import (
	"cmp"
	"fmt"
	"slices"
)

// Rows is a panel as it comes: one row a unit and time. Missing values are NaN.
type Rows struct {
	Unit    []string
	Time    []int
	Columns map[string][]float64
}

// Panel is the rows that have every column asked for, in order of unit and time.
type Panel struct {
	Units []string // names, sorted; Unit holds their places
	Times []int    // sorted; Time holds their places
	Unit  []int
	Time  []int
	// Dropped is how many rows lacked a value.
	Dropped int

	columns map[string][]float64
}

// Take keeps the rows that have all the columns. It refuses a column that is not there
// and a unit that has two rows of one time.
func (r Rows) Take(columns ...string) (*Panel, error) {
	n := len(r.Unit)
	if len(r.Time) != n {
		return nil, fmt.Errorf("%d units and %d times: each row needs both", n, len(r.Time))
	}
	order := make([]int, 0, n)
	for _, c := range columns {
		if values, ok := r.Columns[c]; !ok {
			return nil, fmt.Errorf("there is no column %q", c)
		} else if len(values) != n {
			return nil, fmt.Errorf("column %q has %d values for %d rows", c, len(values), n)
		}
	}
	for i := range n {
		whole := true
		for _, c := range columns {
			x := r.Columns[c][i]
			whole = whole && !unusable(x)
		}
		if whole {
			order = append(order, i)
		}
	}
	if len(order) == 0 {
		return nil, fmt.Errorf("no row has a value in each of %v", columns)
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(r.Unit[a], r.Unit[b]), cmp.Compare(r.Time[a], r.Time[b]))
	})
	p := &Panel{Dropped: n - len(order), columns: map[string][]float64{}}
	for i, row := range order {
		if i > 0 && r.Unit[row] == r.Unit[order[i-1]] && r.Time[row] == r.Time[order[i-1]] {
			return nil, fmt.Errorf("unit %s has two rows of %d: keep one", r.Unit[row], r.Time[row])
		}
		if len(p.Units) == 0 || p.Units[len(p.Units)-1] != r.Unit[row] {
			p.Units = append(p.Units, r.Unit[row])
		}
		p.Unit = append(p.Unit, len(p.Units)-1)
		p.Times = append(p.Times, r.Time[row])
	}
	slices.Sort(p.Times)
	p.Times = slices.Compact(p.Times)
	for _, row := range order {
		at, _ := slices.BinarySearch(p.Times, r.Time[row])
		p.Time = append(p.Time, at)
	}
	for _, c := range columns {
		values := make([]float64, len(order))
		for i, row := range order {
			values[i] = r.Columns[c][row]
		}
		p.columns[c] = values
	}
	return p, nil
}

// Len is how many rows there are.
func (p *Panel) Len() int { return len(p.Unit) }

// Column is one of the columns that the panel was taken with.
func (p *Panel) Column(name string) []float64 { return p.columns[name] }

// Balanced reports whether every unit has every time.
func (p *Panel) Balanced() bool { return p.Len() == len(p.Units)*len(p.Times) }

// lacking is the first unit that is not there at some time, and that time, as places.
func (p *Panel) lacking() (unit, time int, ok bool) {
	if p.Balanced() {
		return 0, 0, false
	}
	for i := range len(p.Units) * len(p.Times) {
		if u, t := i/len(p.Times), i%len(p.Times); i >= p.Len() || p.Unit[i] != u || p.Time[i] != t {
			return u, t, true
		}
	}
	return 0, 0, false
}

// before is the panel of the times before a place.
func (p *Panel) before(place int) *Panel {
	out := &Panel{Units: p.Units, Times: p.Times[:place], Dropped: p.Dropped, columns: map[string][]float64{}}
	for i, t := range p.Time {
		if t >= place {
			continue
		}
		out.Unit, out.Time = append(out.Unit, p.Unit[i]), append(out.Time, t)
		for name, values := range p.columns {
			out.columns[name] = append(out.columns[name], values[i])
		}
	}
	return out
}
