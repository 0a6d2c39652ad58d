package cli

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"commonweal/internal/prove/sheet"
	"commonweal/panel"
)

// clusterColumn holds the clusters by number. No file can have such a heading, so that a
// heading may name clusters and figures at once.
const clusterColumn = "\x00cluster"

// monthColumn holds the months of the year.
const monthColumn = "\x00month"

// panelRows puts a table into a panel. What it refuses it refuses with the row.
func panelRows(s *sheet.Sheet, o panelFlags, series bool, columns []string, starts string, d *panelDocument) (panel.Rows, error) {
	rows := panel.Rows{Columns: map[string][]float64{}}
	if err := o.headings(s, series, columns); err != nil {
		return rows, err
	}
	days, err := panelKeys(s, o, &rows)
	if err != nil {
		return rows, err
	}
	for _, name := range columns {
		if name == starts {
			rows.Columns[name], err = startsOf(s, name, days, rows.Unit)
		} else {
			rows.Columns[name], err = s.Numbers(name)
		}
		if err != nil {
			return rows, err
		}
	}
	if err := o.fits(s, rows, series); err != nil {
		return rows, err
	}
	if o.cluster != "" {
		texts, err := s.Text(o.cluster)
		if err != nil {
			return rows, err
		}
		rows.Columns[clusterColumn] = numbered(texts)
	}
	if o.weights != "" {
		if err := o.weigh(s, rows, d); err != nil {
			return rows, err
		}
	}
	if series && o.harmonics > 0 {
		return rows, o.months(s, rows)
	}
	return rows, nil
}

// panelKeys reads the unit and time of every row, and refuses one without a unit and two of
// one unit and time. Without a heading of units all rows are one series.
func panelKeys(s *sheet.Sheet, o panelFlags, rows *panel.Rows) (days bool, err error) {
	if rows.Unit, err = s.Text(o.unit); err != nil {
		rows.Unit = make([]string, len(s.Rows))
	} else if i := slices.Index(rows.Unit, ""); i >= 0 {
		return false, &sheet.CellError{Row: s.Place(i), Heading: o.unit, Why: "names no unit; give its name or leave the row out"}
	}
	if rows.Time, days, err = timesOf(s, o.time); err != nil {
		return days, err
	}
	err = twice(s, func(i int) string { return timesName(rows.Unit[i], rows.Time[i]) })
	if err != nil && days {
		err = fmt.Errorf("%w (a day stands for its month; number weeks and days 1, 2, 3)", err)
	}
	return days, err
}

func timesName(unit string, time int) string {
	if unit == "" {
		return fmt.Sprint("at ", time)
	}
	return fmt.Sprintf("%s at %d", unit, time)
}

// headings refuses a heading that the file does not have, with the flag that names it.
func (o panelFlags) headings(s *sheet.Sheet, series bool, columns []string) error {
	flags := map[string]string{o.y: "y", o.after: "after", o.population: "population", o.weights: "weights"}
	for _, x := range commaList(o.x) {
		flags[x] = "x"
	}
	if o.treated != "" {
		flags[o.treated] = "treated"
	} else if !series {
		flags[o.start] = "start"
	}
	flags[o.time] = "time"
	wanted := append([]string{o.time}, columns...)
	if !series || o.given["unit"] {
		wanted, flags[o.unit] = append([]string{o.unit}, wanted...), "unit"
	}
	if o.cluster != "" {
		wanted, flags[o.cluster] = append(wanted, o.cluster), "cluster"
	}
	for _, name := range wanted {
		if _, err := s.Column(name); err != nil {
			return fmt.Errorf("%w; name the right one with --%s", err, flags[name])
		}
	}
	return nil
}

// weigh leaves rows out whose weight is nought, as other programs do, and says so.
func (o panelFlags) weigh(s *sheet.Sheet, rows panel.Rows, d *panelDocument) error {
	nought := 0
	for i, w := range rows.Columns[o.weights] {
		if w < 0 {
			return &sheet.CellError{Row: s.Place(i), Heading: o.weights, Cell: fmt.Sprint(w), Why: "is below nought; a weight is nought or more"}
		}
		if w == 0 {
			rows.Columns[o.weights][i] = math.NaN()
			nought++
		}
	}
	if nought > 0 {
		d.note("%d rows have weight 0 and are among those left out", nought)
	}
	return nil
}

// months reads the month of the year of each row: from its heading, or where there is none
// from times that are months.
func (o panelFlags) months(s *sheet.Sheet, rows panel.Rows) error {
	if _, err := s.Column(o.month); err != nil && !o.given["month"] {
		out := make([]float64, len(rows.Time))
		for i, t := range rows.Time {
			if m := t % 100; t < 100001 || t > 999912 || m < 1 || m > 12 {
				return fmt.Errorf("there is no heading %q and %d is no month such as 202404: name the heading of the months with --month", o.month, t)
			} else {
				out[i] = float64(m)
			}
		}
		rows.Columns[monthColumn] = out
		return nil
	}
	months, err := s.Whole(o.month)
	if err != nil {
		return err
	}
	rows.Columns[monthColumn] = make([]float64, len(months))
	for i, m := range months {
		if m < 1 || m > 12 {
			return &sheet.CellError{Row: s.Place(i), Heading: o.month, Cell: fmt.Sprint(m), Why: "is no month of the year; months are 1 to 12"}
		}
		rows.Columns[monthColumn][i] = float64(m)
	}
	return nil
}

// timesOf reads times: whole numbers, or days, which become 202404.
func timesOf(s *sheet.Sheet, heading string) (times []int, days bool, err error) {
	times, err = s.Whole(heading)
	var cell *sheet.CellError
	if !errors.As(err, &cell) {
		return times, false, err
	}
	list, dayErr := s.Days(heading)
	if dayErr != nil {
		if errors.As(dayErr, &cell) && cell.Row != s.Place(0) {
			return nil, false, fmt.Errorf("%w as in the rows above", dayErr)
		}
		return nil, false, fmt.Errorf("%w, or a day", err)
	}
	times = make([]int, len(list))
	for i, d := range list {
		year, month, _ := d.Civil()
		times[i] = year*100 + int(month)
	}
	return times, true, nil
}

// startsOf reads when units begin, written as times are, and 0 for never. An empty cell is
// refused: a unit that is never treated and one of which nobody knows are two things.
func startsOf(s *sheet.Sheet, heading string, days bool, units []string) ([]float64, error) {
	cells, err := s.Text(heading)
	if err != nil {
		return nil, err
	}
	out, first := make([]float64, len(cells)), map[string]int{}
	for i, cell := range cells {
		v, err := sheet.Number(cell)
		switch {
		case err == nil && math.IsNaN(v):
			return nil, &sheet.CellError{Row: s.Place(i), Heading: heading, Cell: cell, Why: "says no start; write 0 for a unit that is never treated"}
		case err != nil && days:
			day, dayErr := sheet.Day(cell)
			if dayErr != nil {
				return nil, &sheet.CellError{Row: s.Place(i), Heading: heading, Cell: cell, Why: dayErr.Error() + ", or 0 for never"}
			}
			year, month, _ := day.Civil()
			v = float64(year*100 + int(month))
		case err != nil:
			return nil, &sheet.CellError{Row: s.Place(i), Heading: heading, Cell: cell, Why: "is no time; write the time at which the unit begins to be treated, or 0 for never"}
		}
		out[i] = v
		if row, ok := first[units[i]]; !ok {
			first[units[i]] = i
		} else if out[row] != v {
			return nil, &sheet.CellError{Row: s.Place(i), Heading: heading, Cell: cell, Why: fmt.Sprintf("is not the start of %s that row %d gives; give the one time in each of its rows", units[i], s.Place(row))}
		}
	}
	return out, nil
}

// fits refuses figures that the method cannot mean, with their row.
func (o panelFlags) fits(s *sheet.Sheet, rows panel.Rows, series bool) error {
	refuse := func(i int, heading, why string) error {
		cells, err := s.Text(heading)
		if err != nil {
			return err
		}
		return &sheet.CellError{Row: s.Place(i), Heading: heading, Cell: cells[i], Why: why}
	}
	if !series {
		if o.treated == "" {
			return nil
		}
		return o.stays(rows, func(i int, why string) error { return refuse(i, o.treated, why) })
	}
	for i := range rows.Time {
		if v := rows.Columns[o.after][i]; v != 0 && v != 1 && !math.IsNaN(v) {
			return refuse(i, o.after, "does not mark the change; it is 0 before the change and 1 from then on")
		}
		if o.population == "" {
			continue
		}
		if rows.Columns[o.y][i] < 0 {
			return refuse(i, o.y, "is no count of events; a count is from 0")
		}
		if rows.Columns[o.population][i] <= 0 {
			return refuse(i, o.population, "is no population; it is above nought")
		}
	}
	return nil
}

// stays refuses a switch that is not 0 before the start of a unit and 1 from then on.
func (o panelFlags) stays(rows panel.Rows, refuse func(row int, why string) error) error {
	order := make([]int, len(rows.Unit))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(rows.Unit[a], rows.Unit[b]), cmp.Compare(rows.Time[a], rows.Time[b]))
	})
	before, of := math.NaN(), ""
	for at, i := range order {
		v := rows.Columns[o.treated][i]
		if at == 0 || rows.Unit[i] != of {
			before, of = math.NaN(), rows.Unit[i]
		}
		switch {
		case math.IsNaN(v):
			continue
		case v != 0 && v != 1:
			return refuse(i, "is neither 0 nor 1; it is 1 from a unit's start on and 0 before")
		case v == 1 && math.IsNaN(before):
			return refuse(i, fmt.Sprintf("says that %s is treated when it is first seen; there is nothing before to compare with: leave the unit out", of))
		case v == 0 && before == 1:
			return refuse(i, fmt.Sprintf("says that %s is not treated any more; only treatments that stay are estimated", of))
		}
		before = v
	}
	return nil
}

func numbered(texts []string) []float64 {
	names := slices.Clone(texts)
	slices.Sort(names)
	names = slices.Compact(names)
	out := make([]float64, len(texts))
	for i, t := range texts {
		at, _ := slices.BinarySearch(names, t)
		if out[i] = float64(at); t == "" {
			out[i] = math.NaN()
		}
	}
	return out
}

// dense numbers levels from 0 without gaps.
func dense(values []float64) []int {
	levels := slices.Clone(values)
	slices.Sort(levels)
	levels = slices.Compact(levels)
	out := make([]int, len(values))
	for i, v := range values {
		out[i], _ = slices.BinarySearch(levels, v)
	}
	return out
}
