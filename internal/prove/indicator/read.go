package indicator

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/prove/published"
	"commonweal/internal/prove/sheet"
	"commonweal/law"
)

// Columns are the headings of a file of figures. An empty one is not read, but Period,
// and Value or both of Numerator and Denominator, which a file has to have.
type Columns struct {
	Period, Value, Numerator, Denominator string
	// Organisation heads ODS codes, and Part names of parts of one's own organisation.
	// With neither, every figure is of the organisation itself.
	Organisation, Part string
	// Today is the day of reading: a period that is not over by then is refused. None
	// reads them all.
	Today law.Date
}

// Rejection is a row that was left out, and why.
type Rejection struct {
	Row    int // as a spreadsheet counts, the headings being 1
	Field  string
	Cell   string
	Reason string
}

// String writes the rejection on one line.
func (r Rejection) String() string {
	s := fmt.Sprintf("row %d", r.Row)
	if r.Field != "" {
		s += fmt.Sprintf(", %s %q", r.Field, clip(r.Cell))
	}
	return s + ": " + r.Reason
}

// Merger says into which organisation another went, and when: from that day on there are
// no figures under its old code.
type Merger struct {
	Into string
	On   law.Date // none where the day is not known
}

// Read reads a file of figures for a measure. own is the ODS code of the organisation
// itself, "" where it has none; mergers are by the old code. What does not fit is
// rejected by row; an error means that nothing of it can be read.
func Read(r io.Reader, d Definition, c Columns, own string, mergers map[string]Merger, known map[string]bool) ([]Figure, []Rejection, int, error) {
	s, err := sheet.Read(r)
	if err != nil {
		return nil, nil, 0, fault.Fieldf("file", "the file cannot be read: %v", err)
	}
	f := &reader{sheet: s, of: d, own: own, mergers: mergers, known: known, rows: map[string]int{}}
	if err := f.columns(c); err != nil {
		return nil, nil, 0, err
	}
	f.codes()
	for i := range s.Rows {
		f.row(i)
	}
	order(f.figures)
	return f.figures, f.rejected, len(s.Rows), nil
}

type reader struct {
	sheet   *sheet.Sheet
	of      Definition
	own     string
	mergers map[string]Merger
	known   map[string]bool // codes of organisations
	at      Columns

	period, value, numerator, denominator, organisation, part []string
	figures                                                   []Figure
	rejected                                                  []Rejection
	rows                                                      map[string]int // period and unit to the row that has them
}

func (f *reader) columns(c Columns) error {
	f.at = c
	counted := c.Numerator != "" || c.Denominator != ""
	switch {
	case c.Period == "":
		return fault.Fieldf("period", "name the heading of the periods")
	case c.Organisation != "" && c.Part != "":
		return fault.Fieldf("part", "a file is by organisation or by parts of one's own, not both")
	case counted && !f.of.Kind.Counted():
		return fault.Fieldf("numerator", "measure %s is a plain value: it has no numerator and denominator", f.of.Code)
	case counted && (c.Numerator == "" || c.Denominator == ""):
		return fault.Fieldf("numerator", "name the headings of numerator and denominator, or of neither")
	case !counted && c.Value == "":
		return fault.Fieldf("value", "name the heading of the values, or those of numerator and denominator")
	}
	for _, one := range []struct {
		field, heading string
		to             *[]string
	}{
		{"period", c.Period, &f.period},
		{"value", c.Value, &f.value},
		{"numerator", c.Numerator, &f.numerator},
		{"denominator", c.Denominator, &f.denominator},
		{"organisation", c.Organisation, &f.organisation},
		{"part", c.Part, &f.part},
	} {
		if one.heading == "" {
			continue
		}
		var err error
		if *one.to, err = f.sheet.Text(one.heading); err != nil {
			return fault.Fieldf(one.field, "%v", err)
		}
	}
	return nil
}

// codes learns which codes of the file are organisations, to tell their sites from them.
func (f *reader) codes() {
	all := map[string]bool{}
	for code := range f.known {
		all[code] = true
	}
	for _, code := range f.organisation {
		if published.ValidODS(strings.ToUpper(code)) {
			all[strings.ToUpper(code)] = true
		}
	}
	f.known = all
}

func (f *reader) row(i int) {
	reject := func(field, cell, why string) {
		f.rejected = append(f.rejected, Rejection{Row: f.sheet.Place(i), Field: field, Cell: clip(cell), Reason: why})
	}
	period, err := f.of.parsePeriod(f.period[i], sheet.Day)
	if err != nil {
		reject(f.at.Period, f.period[i], err.Error())
		return
	}
	if last := f.of.Every.last(period); !f.at.Today.IsZero() && !last.Before(f.at.Today) {
		reject(f.at.Period, f.period[i], fmt.Sprintf("is not over yet: its last day is %s", last))
		return
	}
	unit, heading, cell, why := f.unit(i, period)
	if why != "" {
		reject(heading, cell, why)
		return
	}
	v := Figure{Period: period, Unit: unit}
	if heading, cell, why := f.numbers(i, &v); why != "" {
		reject(heading, cell, why)
		return
	}
	key := period.String() + "\n" + unit
	if first, twice := f.rows[key]; twice {
		reject("", "", fmt.Sprintf("the same period and unit stand already in row %d", first))
		return
	}
	f.rows[key] = f.sheet.Place(i)
	f.figures = append(f.figures, v)
}

// unit reads whom the row is about.
func (f *reader) unit(i int, period law.Date) (unit, heading, cell, why string) {
	switch {
	case f.part != nil:
		name := f.part[i]
		if name == "" || len(name) > 80 {
			return "", f.at.Part, name, "has to be the name of a part, of at most 80 letters"
		}
		return PartOf(name), "", "", ""
	case f.organisation == nil:
		return Whole, "", "", ""
	}
	cell = f.organisation[i]
	code := strings.ToUpper(cell)
	if !published.ValidODS(code) {
		return "", f.at.Organisation, cell, "is not the ODS code of an organisation"
	}
	if trust, ok := f.site(code); ok {
		return "", f.at.Organisation, cell, fmt.Sprintf("is a site of %s; a file is of organisations, or of sites", trust)
	}
	if m, merged := f.mergers[code]; merged {
		switch {
		case m.On.IsZero():
			return "", f.at.Organisation, cell, fmt.Sprintf("is now part of %s: enter its figures under that code", m.Into)
		case !f.of.Every.last(period).Before(m.On):
			return "", f.at.Organisation, cell, fmt.Sprintf("went into %s on %s: there can be no figure of it for this period", m.Into, m.On)
		}
	}
	if code == f.own {
		return Whole, "", "", ""
	}
	return code, "", "", ""
}

// site finds the organisation of which a code is a site: codes of sites begin with the
// three letters of their trust.
func (f *reader) site(code string) (trust string, ok bool) {
	return code[:3], len(code) > 3 && f.known[code[:3]]
}

// numbers reads the figure, and holds value, numerator and denominator against each other.
func (f *reader) numbers(i int, v *Figure) (heading, cell, why string) {
	read := func(column []string, heading string, to *float64) (string, string, string) {
		if column == nil {
			return "", "", ""
		}
		n, err := sheet.Number(column[i])
		switch {
		case err != nil:
			return heading, column[i], err.Error()
		case math.IsNaN(n):
			return heading, column[i], "says that there is no value: the period stays a gap"
		case math.Abs(n) > 1e12:
			return heading, column[i], "is too large to be a figure"
		}
		*to = n
		return "", "", ""
	}
	for _, one := range []struct {
		column  []string
		heading string
		to      *float64
	}{{f.numerator, f.at.Numerator, &v.Numerator}, {f.denominator, f.at.Denominator, &v.Denominator}, {f.value, f.at.Value, &v.Value}} {
		if heading, cell, why := read(one.column, one.heading, one.to); why != "" {
			return heading, cell, why
		}
	}
	if f.numerator == nil {
		return "", "", ""
	}
	switch {
	case v.Denominator <= 0:
		return f.at.Denominator, f.denominator[i], "is nothing to divide by"
	case v.Numerator < 0:
		return f.at.Numerator, f.numerator[i], "is below nought"
	case f.of.Kind == Proportion && v.Numerator > v.Denominator:
		return f.at.Numerator, f.numerator[i], "is more than the whole, " + f.denominator[i]
	}
	made := f.of.scale() * v.Numerator / v.Denominator
	if f.value != nil && math.Abs(made-v.Value) > 0.51*math.Pow10(-decimals(f.value[i]))+1e-9 {
		return f.at.Value, f.value[i], fmt.Sprintf("is not what numerator and denominator make: %s", strconv.FormatFloat(made, 'f', decimals(f.value[i])+1, 64))
	}
	v.Value = made
	return "", "", ""
}

// decimals is how exactly a number is written.
func decimals(cell string) int {
	_, fraction, _ := strings.Cut(strings.TrimSuffix(strings.TrimSpace(cell), "%"), ".")
	return len(fraction)
}

// clip cuts what a cell held: a wrong file may hold anything.
func clip(s string) string {
	const most = 60
	s = strings.ToValidUTF8(s, "?")
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
