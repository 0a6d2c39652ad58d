package published

import (
	"fmt"
	"math"

	"commonweal/internal/prove/sheet"
)

// line is the row that is being read, with what was read before it.
type line struct {
	*table
	layout    *rowLayout
	out       *tally
	from      Source
	known     Known
	whole     *overview
	started   bool
	announced map[string]bool // organisations
	measures  map[string]bool
}

const (
	leftOut   = "The whole row is left out."
	earliest  = Period("2000-01")
	hiddenBy  = "*" // how publishers write a figure that they hide
	largest   = 1e12
	mergerDay = "The whole row is left out. Enter it under the new code if it is of the merged organisation."
)

// parsed is what a row says.
type parsed struct {
	organisation Organisation
	period       Period
	figures      []figureCell
	values       []Value
}

// parse reads one row; without figures it is passed over.
func (l *line) parse() (p parsed, no *refusal) {
	if p.figures, no = l.layout.figures(l); no != nil || len(p.figures) == 0 {
		return p, no
	}
	if p.organisation, no = l.organisation(); no != nil {
		return p, no
	}
	if p.period, no = l.period(p.organisation.ODS); no != nil {
		return p, no
	}
	p.values, no = l.values(p.figures, p.organisation.ODS, p.period)
	return p, no
}

// survey notes what a row says, for [line.read] to hold the others against.
func (l *line) survey() error {
	if p, no := l.parse(); no == nil && len(p.figures) > 0 {
		l.whole.add(l.row, p)
	}
	return nil
}

// read reads one row: all of it, or none.
func (l *line) read() error {
	p, no := l.parse()
	if no == nil && len(p.figures) == 0 {
		l.out.report.Passed++
		return nil
	}
	if no == nil {
		no = l.whole.twice(l.row, p)
	}
	if no != nil {
		return l.refuse(no)
	}
	if err := l.announce(p); err != nil {
		return err
	}
	for _, v := range p.values {
		if err := l.out.value(v); err != nil {
			return err
		}
	}
	return nil
}

func (l *line) refuse(no *refusal) error {
	r := Rejection{Sheet: l.sheet, Row: l.row, Field: l.heading(no.key), Reason: no.reason, Remedy: no.remedy}
	if r.Remedy == "" {
		r.Remedy = leftOut
	}
	return l.out.reject(r)
}

// organisation reads whom the row is about.
func (l *line) organisation() (Organisation, *refusal) {
	o := Organisation{ODS: l.code(), Name: l.cell("name"), Scope: ScopeOrganisation, Type: l.cell("type"), Region: bodiless(l.cell("region")), ICS: bodiless(l.cell("ics"))}
	switch trust, site := l.known.site(o.ODS); {
	case !ValidODS(o.ODS):
		return o, &refusal{key: "code", reason: quote(o.ODS) + " is not an ODS code."}
	case site:
		return o, &refusal{
			key: "code", reason: o.ODS + " is a site of " + trust + ", and the file is of organisations.",
			remedy: "The whole row is left out. Import sites in a file of their own, or add them up to their organisation.",
		}
	case o.Name == "" && l.layout.requires("name"):
		return o, &refusal{key: "name", reason: o.ODS + " has no name."}
	}
	return o, nil
}

func (l *line) code() string {
	if l.layout.code != nil {
		return l.layout.code(l)
	}
	return l.cell("code")
}

// period reads when the row is about.
func (l *line) period(code string) (Period, *refusal) {
	p, wrong := l.layout.period(l)
	if wrong == "" {
		switch s, gone := l.known.History.Gone(code, p); {
		case gone:
			return p, &refusal{key: "code", reason: fmt.Sprintf("%s went into %s on %s, before %s.", code, s.To, s.On, p), remedy: mergerDay}
		case p.First() < earliest:
			wrong = "lies before the year 2000."
		case l.known.Month != "" && p.Last() > l.known.Month:
			wrong = "is not over yet."
		}
	}
	if wrong == "" {
		return p, nil
	}
	cell := l.cell("period")
	if cell == "" && !l.has("period") {
		return p, &refusal{key: "period", reason: "Neither a column nor the title says which time the row is of.", remedy: leftOut + " Give the table with the title that stands above it, or put the month into a column headed Period."}
	}
	if cell == "" {
		return p, &refusal{key: "period", reason: "The period is blank: a figure without one is of no time.", remedy: "The whole row is left out. Ask the publisher which period it is of."}
	}
	return p, &refusal{key: "period", reason: quote(cell) + " " + wrong}
}

// values reads the figures and holds them against each other.
func (l *line) values(list []figureCell, code string, p Period) ([]Value, *refusal) {
	var out []Value
	known := map[string]float64{}
	for _, f := range list {
		text := l.cell(f.key)
		v := Value{ODS: code, Measure: f.measure.ID, Period: p}
		if f.may && text == hiddenBy {
			v.Suppressed = true
			out = append(out, v)
			continue
		}
		n, ok := f.number(text)
		if f.plus != "" && l.has(f.plus) && ok {
			var more float64
			if more, ok = f.number(l.cell(f.plus)); !ok {
				f.key, text = f.plus, l.cell(f.plus)
			}
			n += more
		}
		switch {
		case ok && math.IsNaN(n) && f.may:
			continue
		case !ok || math.IsNaN(n) || n < f.measure.Low || n > largest:
			return nil, &refusal{key: f.key, reason: code + ": " + quote(text) + " is not " + f.words() + "."}
		}
		v.Value, known[f.measure.ID] = n, n
		out = append(out, v)
	}
	if l.layout.check != nil {
		if no := l.layout.check(l, known); no != nil {
			no.reason = code + ": " + no.reason
			return nil, no
		}
	}
	// After the check, which has the better reason where both find fault.
	for _, f := range list {
		if known[f.measure.ID] > f.measure.High {
			return nil, &refusal{key: f.key, reason: code + ": " + quote(l.cell(f.key)) + " is not " + f.words() + "."}
		}
	}
	for i := range out {
		if base, ok := known[l.layout.base]; ok && out[i].Measure != l.layout.base && out[i].Measure != "" && base == math.Trunc(base) && base <= 1e9 {
			out[i].Base = int(base)
		}
	}
	return out, nil
}

func (f figureCell) number(text string) (float64, bool) {
	if f.read != nil {
		return f.read(text)
	}
	if text == hiddenBy {
		return 0, false
	}
	v, err := sheet.Number(text)
	return v, err == nil && (f.measure.Kind != KindCount || math.IsNaN(v) || v == math.Trunc(v))
}

func (f figureCell) words() string {
	switch {
	case f.what != "":
		return f.what
	case f.measure.Kind == KindCount:
		return "a whole number"
	case f.measure.High < largest:
		return fmt.Sprintf("a number from %g to %g", f.measure.Low, f.measure.High)
	}
	return "a number"
}

// announce tells the sink of the source, the organisation and the measures before the
// first figure of each.
func (l *line) announce(p parsed) error {
	if !l.started {
		l.started = true
		l.from.Year = l.whole.year
		if err := l.out.source(l.from); err != nil {
			return err
		}
	}
	if ods := p.organisation.ODS; !l.announced[ods] {
		l.announced[ods] = true
		if err := l.out.organisation(l.whole.organisation(ods)); err != nil {
			return err
		}
	}
	for _, f := range p.figures {
		if l.measures[f.measure.ID] {
			continue
		}
		l.measures[f.measure.ID] = true
		if err := l.out.measure(f.measure); err != nil {
			return err
		}
	}
	return nil
}
