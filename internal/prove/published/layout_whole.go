package published

import (
	"fmt"
	"hash/fnv"
	"strings"
)

// overview is what the rows of a file say of each other, whatever their order: which stand
// twice, what the organisations are called, and when the figures begin.
type overview struct {
	rows          map[string]standing // by organisation, period and figure
	organisations map[string]said
	year          int
}

// standing is the first row that says a thing, and the first that says it otherwise.
type standing struct {
	row, other int
	figures    uint64
}

// said is what rows say of an organisation, the newest word of each kind first.
type said struct{ name, kind, region, ics word }

// word is a text and the last month of the time of which it was said.
type word struct {
	at   Period
	text string
}

// later takes over a newer word; of two of one month it takes the one that sorts last, so
// that the order of rows decides nothing.
func (w *word) later(at Period, text string) {
	if text != "" && (w.text == "" || at > w.at || at == w.at && text > w.text) {
		*w = word{at, text}
	}
}

func (o *overview) add(row int, p parsed) {
	if year := yearOf(p.period); o.year == 0 || year < o.year {
		o.year = year
	}
	about := o.organisations[p.organisation.ODS]
	at := p.period.Last()
	about.name.later(at, p.organisation.Name)
	about.kind.later(at, p.organisation.Type)
	about.region.later(at, p.organisation.Region)
	about.ics.later(at, p.organisation.ICS)
	o.organisations[p.organisation.ODS] = about
	s, before := o.rows[p.key()]
	figures := p.sum()
	switch {
	case !before:
		s = standing{row: row, figures: figures}
	case s.other == 0 && figures != s.figures:
		s.other = row
	default:
		return
	}
	o.rows[p.key()] = s
}

// key names what a row is about.
func (p parsed) key() string {
	return strings.Join([]string{p.organisation.ODS, string(p.period), p.figures[0].measure.ID}, "\n")
}

// sum stands for a row's figures, so that a large file is not held in memory.
func (p parsed) sum() uint64 {
	h := fnv.New64a()
	for _, v := range p.values {
		_, _ = fmt.Fprintln(h, v.Measure, v.Value, v.Suppressed) // a hash takes everything
	}
	return h.Sum64()
}

// twice refuses a row that says the same again, and every one of several that contradict
// each other: which of them holds cannot be told, and it is not for the first to.
func (o *overview) twice(row int, p parsed) *refusal {
	s := o.rows[p.key()]
	who := fmt.Sprintf("%s in %s", p.organisation.ODS, p.period)
	switch {
	case s.other == 0 && s.row == row:
		return nil
	case s.other == 0:
		return &refusal{reason: fmt.Sprintf("%s stands already in row %d.", who, s.row)}
	}
	elsewhere := s.row
	if row == s.row {
		elsewhere = s.other
	}
	return &refusal{
		reason: fmt.Sprintf("%s stands in row %d too, with other figures.", who, elsewhere),
		remedy: "The whole row is left out, and the other one too: which of them holds cannot be told. Ask the publisher.",
	}
}

// organisation is what the file says of an organisation.
func (o *overview) organisation(ods string) Organisation {
	s := o.organisations[ods]
	return Organisation{ODS: ods, Name: s.name.text, Scope: ScopeOrganisation, Type: s.kind.text, Region: s.region.text, ICS: s.ics.text}
}
