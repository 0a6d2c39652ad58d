package study

import (
	"fmt"
	"math"
	"slices"

	"commonweal/panel"
)

// startColumn and onColumn are made from the treatment: when a unit begins (0 is never),
// and 1 from then on. No file can have such headings.
const (
	startColumn = "\x00start"
	onColumn    = "\x00on"
)

// frame is the data of the pool as numbers.
type frame struct {
	panel.Rows
	texts  map[string][]string // of the columns that subgroups are chosen by
	starts map[string]int      // of treated units, by name
}

// frameOf takes the rows of the pool.
func frameOf(s Spec, d Data) (*frame, error) {
	times, err := timesOf(d.sheet, s.Time)
	if err != nil {
		return nil, err
	}
	units, err := d.sheet.Text(s.Unit)
	if err != nil {
		return nil, err
	}
	f := &frame{Rows: panel.Rows{Unit: units, Time: times, Columns: map[string][]float64{}}, texts: map[string][]string{}}
	for _, name := range s.numbers() {
		if f.Columns[name], err = d.sheet.Numbers(name); err != nil {
			return nil, err
		}
	}
	for _, c := range slices.Concat(s.Pool.Where, s.Subgroups) {
		if f.texts[c.Column], err = d.sheet.Text(c.Column); err != nil {
			return nil, err
		}
	}
	if err := f.begin(s); err != nil {
		return nil, err
	}
	pool := map[string]bool{}
	for _, u := range s.Pool.Units {
		pool[u] = true
	}
	there := map[string]bool{}
	f = f.keep(func(i int) bool {
		if len(pool) > 0 && !pool[f.Unit[i]] {
			return false
		}
		for _, c := range s.Pool.Where {
			if f.texts[c.Column][i] != c.Value {
				return false
			}
		}
		there[f.Unit[i]] = true
		return true
	})
	for _, u := range s.Pool.Units {
		if !there[u] {
			return nil, fmt.Errorf("unit %s of the registered pool has no row in the data", u)
		}
	}
	if t := s.Treatment; t != nil {
		for _, u := range t.Units {
			if !there[u] {
				return nil, fmt.Errorf("unit %s is treated and has no row in the pool", u)
			}
		}
	}
	if len(f.Unit) == 0 {
		return nil, fmt.Errorf("no row of the data is in the pool")
	}
	return f, nil
}

// begin works out when each unit begins to be treated.
func (f *frame) begin(s Spec) error {
	f.starts = map[string]int{}
	t := s.Treatment
	if t == nil {
		return nil
	}
	for _, u := range t.Units {
		f.starts[u] = t.From
	}
	switch {
	case t.Starts != "":
		seen := map[string]float64{}
		for i, u := range f.Unit {
			v := f.Columns[t.Starts][i]
			if math.IsNaN(v) {
				v = 0
			}
			if v != math.Trunc(v) || v < 0 || v > 1e9 {
				return fmt.Errorf("unit %s starts at %v: a start is a time, or 0 for never", u, v)
			}
			if before, ok := seen[u]; ok && before != v {
				return fmt.Errorf("unit %s has two starts in %s: give the one time in each of its rows", u, t.Starts)
			}
			if seen[u] = v; v > 0 && int(v) <= s.Window.To {
				f.starts[u] = int(v)
			}
		}
	case t.Switch != "":
		for i, u := range f.Unit {
			if v := f.Columns[t.Switch][i]; v == 1 {
				if first, ok := f.starts[u]; !ok || f.Time[i] < first {
					f.starts[u] = f.Time[i]
				}
			} else if v != 0 {
				return fmt.Errorf("unit %s has %v in %s at %d: it holds 1 from the start on and 0 before", u, v, t.Switch, f.Time[i])
			}
		}
		for i, u := range f.Unit {
			if first, ok := f.starts[u]; ok && f.Time[i] > first && f.Columns[t.Switch][i] == 0 {
				return fmt.Errorf("unit %s is not treated any more at %d: only treatments that stay are estimated", u, f.Time[i])
			}
		}
	}
	starts, on := make([]float64, len(f.Unit)), make([]float64, len(f.Unit))
	for i, u := range f.Unit {
		if first, ok := f.starts[u]; ok {
			starts[i] = float64(first)
			if f.Time[i] >= first {
				on[i] = 1
			}
		}
	}
	f.Columns[startColumn], f.Columns[onColumn] = starts, on
	return nil
}

// keep is the frame with some of its rows.
func (f *frame) keep(which func(row int) bool) *frame {
	out := &frame{Rows: panel.Rows{Columns: map[string][]float64{}}, texts: map[string][]string{}, starts: f.starts}
	var rows []int
	for i := range f.Unit {
		if which(i) {
			rows = append(rows, i)
			out.Unit, out.Time = append(out.Unit, f.Unit[i]), append(out.Time, f.Time[i])
		}
	}
	for name, values := range f.Columns {
		out.Columns[name] = take(values, rows)
	}
	for name, values := range f.texts {
		out.texts[name] = take(values, rows)
	}
	return out
}

func take[T any](values []T, rows []int) []T {
	out := make([]T, len(rows))
	for i, row := range rows {
		out[i] = values[row]
	}
	return out
}

// in is the frame inside a window.
func (f *frame) in(w Window) *frame {
	return f.keep(func(i int) bool { return f.Time[i] >= w.From && f.Time[i] <= w.To })
}

// group is the frame of one subgroup.
func (f *frame) group(c Condition) *frame {
	return f.keep(func(i int) bool { return f.texts[c.Column][i] == c.Value })
}

// whole is the frame of the units that have a value at every time, and how many have not.
func (f *frame) whole(column string) (*frame, int) {
	count, times, units := map[string]int{}, map[int]bool{}, map[string]bool{}
	for i, u := range f.Unit {
		units[u] = true
		if !math.IsNaN(f.Columns[column][i]) {
			count[u]++
			times[f.Time[i]] = true
		}
	}
	out := f.keep(func(i int) bool { return count[f.Unit[i]] == len(times) && !math.IsNaN(f.Columns[column][i]) })
	kept := map[string]bool{}
	for _, u := range out.Unit {
		kept[u] = true
	}
	return out, len(units) - len(kept)
}

// answers refuses data that cannot answer whatever they say: without a row in the window,
// or without a treated unit and others there.
func (f *frame) answers(s Spec) error {
	in := f.in(s.Window)
	if len(in.Unit) == 0 {
		return fmt.Errorf("no row is in the window from %d to %d; there are times from %d to %d", s.Window.From, s.Window.To, slices.Min(f.Time), slices.Max(f.Time))
	}
	if s.Treatment == nil {
		return nil
	}
	treated, others := in.sides()
	if treated == 0 {
		return fmt.Errorf("no unit begins %s in the window from %d to %d", s.Treatment.Name, s.Window.From, s.Window.To)
	}
	if others == 0 && len(in.beginnings()) == 1 && s.Primary.Method != Interrupted {
		return fmt.Errorf("all %d units of the pool begin %s at one time: there is nothing to set them against", treated, s.Treatment.Name)
	}
	if s.Primary.Method == Interrupted {
		return in.gapless(s.Outcomes[0].Column)
	}
	return nil
}

// gapless refuses a series of the treated units that leaves a time out: its trend is
// counted by the place.
func (f *frame) gapless(column string) error {
	var times []int
	for i, u := range f.Unit {
		if _, treated := f.starts[u]; treated && !math.IsNaN(f.Columns[column][i]) && !slices.Contains(times, f.Time[i]) {
			times = append(times, f.Time[i])
		}
	}
	slices.Sort(times)
	return panel.Gapless(times)
}

// beginnings are the different starts inside the frame, in order.
func (f *frame) beginnings() []int {
	var out []int
	for _, u := range f.Unit {
		if first, ok := f.starts[u]; ok && !slices.Contains(out, first) {
			out = append(out, first)
		}
	}
	slices.Sort(out)
	return out
}

// sides are how many units are treated and how many are not.
func (f *frame) sides() (treated, others int) {
	seen := map[string]bool{}
	for _, u := range f.Unit {
		if seen[u] {
			continue
		}
		seen[u] = true
		if _, ok := f.starts[u]; ok {
			treated++
		} else {
			others++
		}
	}
	return treated, others
}

// starting is a panel of an outcome with the starts of its units.
func (f *frame) starting(y string, more ...string) (*panel.Panel, panel.Treated, error) {
	p, err := f.Take(append([]string{y, startColumn}, more...)...)
	if err != nil {
		return nil, nil, err
	}
	starts, err := panel.Starts(p, startColumn)
	return p, starts, err
}
