package published

import "fmt"

// Sink receives what a file holds, in the order of the file. Source comes once,
// before any organisation, measure or value; an organisation and a measure come
// before their values; a rejection may come at any time. The same organisation
// or measure may come again, from another sheet or month; the later word holds.
// No value comes twice. An error from a Sink ends the import.
type Sink interface {
	Source(Source) error
	Organisation(Organisation) error
	Measure(Measure) error
	Value(Value) error
	Reject(Rejection) error
}

// Rejection is a part of a file that did not fit and was left out. Reason and
// Remedy are sentences for whoever imports the file.
type Rejection struct {
	Sheet  string // empty for a CSV file
	Row    int    // as a spreadsheet counts, from 1; nought for a whole sheet
	Field  string // heading of the column; empty for a whole row
	Reason string
	Remedy string
}

// String writes the rejection on one line.
func (r Rejection) String() string {
	at := ""
	if r.Sheet != "" {
		at = "sheet " + r.Sheet + ", "
	}
	if r.Row > 0 {
		at += fmt.Sprintf("row %d, ", r.Row)
	}
	if r.Field != "" {
		at += r.Field + ": "
	}
	s := at + r.Reason
	if r.Remedy != "" {
		s += " " + r.Remedy
	}
	return s
}

// Report counts what an import did.
type Report struct {
	Source        Source
	Format        Format
	Rows          int // rows of data read, blank ones apart
	Blank         int // blank rows passed over
	Passed        int // rows passed over because they are not of one organisation as a whole
	Organisations int // different codes
	Measures      int // different measures
	Values        int // figures handed over, suppressed ones apart
	Suppressed    int // figures that the publisher hid
	Rejected      int // rejections, each of a cell, a row, a column or a sheet
}

// tally passes everything on and counts it. The parsers write to it.
type tally struct {
	to            Sink
	report        Report
	organisations map[string]bool
	measures      map[string]bool
}

func newTally(to Sink) *tally {
	return &tally{to: to, organisations: map[string]bool{}, measures: map[string]bool{}}
}

func (t *tally) source(s Source) error {
	t.report.Source = s
	return t.to.Source(s)
}

func (t *tally) organisation(o Organisation) error {
	t.organisations[o.ODS] = true
	t.report.Organisations = len(t.organisations)
	return t.to.Organisation(o)
}

func (t *tally) measure(m Measure) error {
	t.measures[m.ID] = true
	t.report.Measures = len(t.measures)
	return t.to.Measure(m)
}

func (t *tally) value(v Value) error {
	if v.Suppressed {
		t.report.Suppressed++
	} else {
		t.report.Values++
	}
	return t.to.Value(v)
}

func (t *tally) reject(r Rejection) error {
	if t.report.Rejected++; t.report.Rejected > MaxRejected {
		return fmt.Errorf("more than %d parts of the file do not fit, so that it cannot be the published file", MaxRejected)
	}
	return t.to.Reject(r)
}

// quote shows what a cell held, cut short: a wrong file may hold anything.
func quote(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return fmt.Sprintf("%q", s)
}
