package study

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/prove/sheet"
)

// Limits of the data of a study.
const (
	MaxData = 32 << 20
	maxRows = 500_000
)

// Data is what a study is locked to: the columns that its specification names and no
// other, with rows in one order. So nothing that the question does not need is kept, and
// the same figures have the same hash in whatever order they came.
type Data struct {
	CSV []byte

	sheet *sheet.Sheet
}

// Hash is the SHA-256 of the data, in hex.
func (d Data) Hash() string { return hashOf(d.CSV) }

// Rows is how many rows there are.
func (d Data) Rows() int { return len(d.sheet.Rows) }

// columns are the headings that a specification names, in the order in which the data
// have them: unit, time, and the others by name.
func (s Spec) columns() []string {
	var others []string
	add := func(names ...string) {
		for _, n := range names {
			if n != "" && n != s.Unit && n != s.Time && !slices.Contains(others, n) {
				others = append(others, n)
			}
		}
	}
	for _, o := range s.Outcomes {
		add(o.Column)
	}
	add(s.Exposure)
	if s.Treatment != nil {
		add(s.Treatment.Starts, s.Treatment.Switch)
	}
	for _, c := range slices.Concat(s.Pool.Where, s.Subgroups) {
		add(c.Column)
	}
	for _, p := range append([]Specification{s.Primary}, s.Also...) {
		add(p.Weights, p.Population)
		add(p.Covariates...)
	}
	slices.Sort(others)
	return append([]string{s.Unit, s.Time}, others...)
}

// LockData reads a CSV file and keeps of it what the specification names. It refuses a
// heading that is not there, a cell that does not fit (with row and heading), and two
// rows of one unit and time.
func LockData(s Spec, r io.Reader) (Data, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxData+1))
	if err != nil {
		return Data{}, fault.Wrap(fault.Invalid, err, "the data cannot be read")
	}
	if len(raw) > MaxData {
		return Data{}, fault.Errorf(fault.Invalid, "the data are larger than %d MB", MaxData>>20)
	}
	in, err := sheet.Read(bytes.NewReader(raw))
	if err != nil {
		return Data{}, fault.Errorf(fault.Invalid, "the data: %v", err)
	}
	if len(in.Rows) > maxRows {
		return Data{}, fault.Errorf(fault.Invalid, "the data have %d rows: %d at most", len(in.Rows), maxRows)
	}
	names := s.columns()
	kept := make([][]string, len(in.Rows))
	for i := range kept {
		kept[i] = make([]string, len(names))
	}
	for at, name := range names {
		cells, err := in.Text(name)
		if err != nil {
			return Data{}, fault.Errorf(fault.Invalid, "the data: %v", err)
		}
		for i, cell := range cells {
			if strings.ContainsFunc(cell, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\ufffd' }) {
				return Data{}, fault.Errorf(fault.Invalid, "the data: row %d, %s: the cell holds characters that are not text", in.Place(i), name)
			}
			kept[i][at] = cell
		}
	}
	// Numbers are looked at in the sheet of the file, which knows its rows' numbers and what
	// parts its cells.
	if err := numeric(s, in); err != nil {
		return Data{}, err
	}
	slices.SortFunc(kept, slices.Compare)
	return Data{CSV: rowsAsCSV(append([][]string{names}, kept...)), sheet: &sheet.Sheet{Headings: names, Rows: kept}}, nil
}

// rowsAsCSV writes rows in memory, which cannot fail.
func rowsAsCSV(rows [][]string) []byte {
	var out bytes.Buffer
	if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// ReadData reads data that were locked before, which are in their one form.
func ReadData(s Spec, raw []byte) (Data, error) {
	d, err := LockData(s, bytes.NewReader(raw))
	if err == nil && !bytes.Equal(d.CSV, raw) {
		return Data{}, fault.Errorf(fault.Invalid, "the data are not in the form in which they were locked")
	}
	return d, err
}

// numeric reads every cell that must be a number, and finds units that are twice at one
// time.
func numeric(s Spec, in *sheet.Sheet) error {
	times, err := timesOf(in, s.Time)
	if err != nil {
		return fault.Errorf(fault.Invalid, "the data: %v", err)
	}
	units, _ := in.Text(s.Unit)
	type key struct {
		unit string
		time int
	}
	first := map[key]int{}
	for i, u := range units {
		if u == "" {
			return fault.Errorf(fault.Invalid, "the data: row %d, %s: the cell is empty; each row needs a unit", in.Place(i), s.Unit)
		}
		k := key{u, times[i]}
		if other, ok := first[k]; ok {
			return fault.Errorf(fault.Invalid, "the data: rows %d and %d are both %s at %d: keep one", other, in.Place(i), u, times[i])
		}
		first[k] = in.Place(i)
	}
	for _, name := range s.numbers() {
		if _, err := in.Numbers(name); err != nil {
			return fault.Errorf(fault.Invalid, "the data: %v", err)
		}
	}
	return nil
}

// numbers are the columns that hold numbers: all but those that rows are chosen by.
func (s Spec) numbers() []string {
	needed := s
	needed.Pool.Where, needed.Subgroups = nil, nil
	return needed.columns()[2:]
}

// timesOf reads times: whole numbers, or days, which become 202404.
func timesOf(in *sheet.Sheet, heading string) ([]int, error) {
	out, err := in.Whole(heading)
	if err == nil {
		return out, nil
	}
	days, dayErr := in.Days(heading)
	if dayErr != nil {
		return nil, fmt.Errorf("%w, or a day", err)
	}
	out = make([]int, len(days))
	for i, d := range days {
		year, month, _ := d.Civil()
		out[i] = year*100 + int(month)
	}
	return out, nil
}
