package web

import (
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/prove/indicator"
	"commonweal/internal/prove/pack"
	"commonweal/internal/web/chart"
	"commonweal/internal/web/page"
	"commonweal/spc"
)

// packPage is the pack as a whole.
type packPage struct {
	Empty  *page.Panel
	Matrix page.Table
	Lines  []packLine
	Left   *page.Table
	Files  page.Links
	Chance string
	Work   page.Links
}

// packLine is a measure in the list of the pack.
type packLine struct {
	Name, Href, Sentence, Words string
	Icons                       template.HTML
}

// packShow is the board pack: what it found, the matrix, and its measures.
func (s *Server) packShow(v *visit) error {
	p, pages, err := v.house.PackPages(v.ctx, v.org)
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back, f.Kicker, f.Heading = page.Link{Text: "Evidence", Href: "/evidence"}, v.org.Name, p.Title
	f.Sentence = pack.Sentence(pages)
	f.Notice = doneNotice(v, map[string]string{"put": "The pack is changed.", "left": "The measure has left the pack, and the pack says so."})
	if v.queried().Get("done") == "same" {
		f.Notice = page.Notice{Text: "Nothing was changed: the measure is shown as it was."}
	}
	d := packPage{Lines: v.packLines(pages), Chance: pack.Chance(pages)}
	if v.can(policy.PackEdit) {
		d.Work = page.Links{{Text: "Add a measure to the pack", Href: "/evidence/pack/edit"}}
	}
	d.Work = append(d.Work, page.LinkLine{Text: "All our measures", Href: "/evidence/indicators", Note: "what each means, and its figures"},
		page.LinkLine{Text: "Words used here", Href: "/evidence/glossary", Note: "usual variation, limits, target, chance"})
	if len(pages) == 0 {
		begin := page.Link{}
		if v.can(policy.PackEdit) {
			begin = page.Link{Text: "Choose the first measure", Href: "/evidence/pack/edit"}
		}
		empty := page.Empty("No measure has been chosen yet", "The measures that the board looks at would be here. The secretary or a director chooses them.", begin)
		d.Empty = &empty
	} else {
		d.Matrix = matrixTable(pages)
		d.Files = page.Links{
			{Text: "The whole pack on one page, to print or send", Href: "/evidence/pack.html", Note: "it needs nothing else to be read"},
			{Text: "The figures as a workbook", Href: "/evidence/pack.xlsx"},
			{Text: "The figures as CSV", Href: "/evidence/pack.csv"},
		}
	}
	d.Left = v.packLeft(p)
	f.Data = d
	return v.show(http.StatusOK, "pack_show", f)
}

func (v *visit) packLines(pages []pack.Page) []packLine {
	var out []packLine
	for _, p := range pages {
		out = append(out, packLine{
			Name: p.Definition.Name, Href: "/evidence/pack/" + p.Measure.Indicator, Sentence: p.Sentence, Words: v.packWords(p),
			Icons: packIcons(p),
		})
	}
	return out
}

// packWords are what the icons of a measure say, and when it was changed last.
func (v *visit) packWords(p pack.Page) string {
	return p.Variation.Title + ". " + p.Assurance.Title + "." + v.lastChanged(p)
}

// packIcons are the two icons of a measure; none where there is no chart.
func packIcons(p pack.Page) template.HTML {
	if p.Chart == nil {
		return ""
	}
	var out template.HTML
	if !p.Chart.VariationWithheld {
		out += chart.VariationIcon(p.Chart.Variation, p.Definition.Direction)
	}
	if p.Measure.Aim() != nil && p.Definition.Direction != spc.Neutral {
		out += chart.AssuranceIcon(p.Chart.Assurance, p.Chart.Withheld)
	}
	return out
}

// matrixTable is the matrix of variation and assurance, by the names of measures.
func matrixTable(pages []pack.Page) page.Table {
	m := pack.Sum(pages)
	t := page.Table{ID: "matrix", Caption: "How the measures vary, and whether they meet their targets", Columns: []page.Column{{Head: "Variation"}}}
	for _, a := range pack.Assurances {
		t.Columns = append(t.Columns, page.Column{Head: a})
	}
	for row, name := range pack.Variations {
		cells := page.Row{{Text: name}}
		for column := range pack.Assurances {
			cell := page.Cell{Text: "none", Kind: page.Nothing}
			var links page.Links
			for _, at := range m[row][column] {
				links = append(links, page.LinkLine{Text: pages[at].Definition.Name, Href: "/evidence/pack/" + pages[at].Measure.Indicator})
			}
			if len(links) > 0 {
				cell = page.Cell{Show: links}
			}
			cells = append(cells, cell)
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// packLeft are the measures that left: a pack that only ever improves would have lost
// them in silence.
func (v *visit) packLeft(p pack.Pack) *page.Table {
	t := page.Table{Caption: "Measures that left the pack", Columns: []page.Column{{Head: "Measure"}, {Head: "In the pack"}, {Head: "Why it left", Wide: true}}}
	for _, m := range p.Left() {
		t.Rows = append(t.Rows, page.Row{{Text: v.measureName(m.Indicator), Href: "/evidence/indicators/" + m.Indicator}, {Text: v.day(m.Day) + " to " + v.day(m.Ended)}, {Text: m.EndReason}})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return &t
}

// measureName is what people call a measure; its code where nobody has it any more.
func (v *visit) measureName(code string) string {
	d, _, err := v.house.Indicators.One(v.ctx, v.org.ID, code)
	if err != nil {
		return code
	}
	return d.Name
}

// changedTable is what was changed of a measure, the newest first; nil where nothing was.
func (v *visit) changedTable(p pack.Page) *page.Table {
	t := page.Table{Caption: "Changes of the definition, of figures and of this page, the newest first", Columns: []page.Column{{Head: "Day"}, {Head: "What was changed", Wide: true}, {Head: "Why", Wide: true}}}
	for _, c := range p.Changes {
		t.Rows = append(t.Rows, page.Row{{Text: v.day(c.Day)}, {Text: c.What}, {Text: orNone(c.Why)}})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return &t
}

// lastChanged says on the first page of the pack that something was changed of a measure.
func (v *visit) lastChanged(p pack.Page) string {
	switch n := len(p.Changes); n {
	case 0:
		return ""
	case 1:
		return " Changed once, on " + v.day(p.Changes[0].Day) + "."
	default:
		return " Changed " + number(n) + " times, last on " + v.day(p.Changes[0].Day) + "."
	}
}

// measurePage is one measure.
type measurePage struct {
	Icons      []packReading
	Refused    *page.Panel
	Chart      template.HTML
	Fold       template.HTML // the figures, where there is no chart to hold them
	Notes      []string      // that have to stand beside figures
	Warnings   []string
	Changed    *page.Table
	Rebase     string
	Beside     string
	Funnel     template.HTML
	Grades     []grade
	Studies    page.Links // that bear on the measure
	Conclusion string
	Facts      page.Defs
	More       page.Links
	Files      page.Links
	Source     string
	// Tables are the figures of the charts, for the end of what is printed: between charts
	// they would part what belongs on one sheet.
	Tables []template.HTML
}

type packReading struct {
	Icon       template.HTML
	Title, Why string
}

// packMeasure is one measure of the pack; with .csv or .json after its code it is a file
// of the chart's points.
func (s *Server) packMeasure(v *visit) error {
	code, file := v.fileCode("measure")
	list, m, err := v.packAsked(code)
	if err != nil {
		return err
	}
	facts, err := v.house.PackFacts(v.ctx, v.org, code)
	if err != nil {
		return err
	}
	p := pack.Make(m, facts)
	if file {
		return v.sendMeasure(p)
	}
	f := v.frame()
	f.Back = page.Link{Text: list.Title, Href: "/evidence/pack"}
	f.Kicker = "Measure " + number(m.Position) + " of " + number(len(list.Shown()))
	if last, ok := p.Last(); ok {
		f.Kicker += ", to " + p.Definition.PeriodWords(last.Period)
	}
	f.Heading, f.Sentence = p.Definition.Name, p.Sentence
	d, err := v.measureView(p, false)
	if err != nil {
		return err
	}
	d.Files = fileLinks("/evidence/pack/"+code, "", map[bool]string{true: "The points of the chart", false: "The figures"}[p.Chart != nil])
	d.More = page.Links{{Text: "Definition, figures and what was revised", Href: "/evidence/indicators/" + code}, {Text: "Words used here", Href: "/evidence/glossary"}}
	if v.can(policy.PackEdit) {
		d.More = append(d.More, page.LinkLine{Text: "Change its target, peers or limits", Href: "/evidence/pack/" + code + "/edit"},
			page.LinkLine{Text: "Take it out of the pack", Href: "/evidence/pack/" + code + "/leave"})
	}
	f.Data = d
	return v.show(http.StatusOK, "pack_measure", f)
}

// packAsked is the pack with the measure that the address names.
func (v *visit) packAsked(code string) (pack.Pack, pack.Measure, error) {
	list, err := v.house.Packs.Pack(v.ctx, v.org.ID)
	if err != nil {
		return list, pack.Measure{}, err
	}
	m, ok := list.Of(code)
	if !ok {
		return list, m, fault.Errorf(fault.NotFound, "this measure is not in the pack")
	}
	return list, m, nil
}

// measureView draws a page of the pack; apart has the charts link to their tables, which
// stand elsewhere, and not hold them.
func (v *visit) measureView(p pack.Page, apart bool) (measurePage, error) {
	d := measurePage{Notes: p.Notes, Changed: v.changedTable(p), Warnings: p.Warnings, Grades: grades(p.Grades), Conclusion: p.Conclusion(), Source: "Source: " + p.Definition.Source + ". " + p.Definition.Licence}
	var err error
	if p.Chart == nil {
		d.Refused = &page.Panel{Title: "No chart is drawn", Paragraphs: []string{p.Refused}}
		if len(p.Figures) > 0 {
			plain := figuresOf(p)
			d.Fold, d.Tables = plain.Fold(), append(d.Tables, plain.HTML())
		}
	} else {
		d.Icons = readings(p)
		c := controlOf(p)
		c.Apart = apart
		if d.Chart, err = c.HTML(); err != nil {
			return d, err
		}
		table, err := c.Table(p.Definition.Name + ", " + strings.ToLower(c.Title))
		if err != nil {
			return d, err
		}
		d.Tables = append(d.Tables, table)
	}
	if !p.Measure.Rebase.IsZero() {
		d.Rebase = "The limits begin anew on " + v.day(p.Measure.Rebase) + ": " + p.Measure.Why
	}
	if p.Beside != nil {
		d.Beside = p.Beside.Sentence
		if p.Beside.Result != nil {
			f := funnelOf(p)
			f.Apart = apart
			if d.Funnel, err = f.HTML(); err != nil {
				return d, err
			}
			table, err := f.Table(f.Title)
			if err != nil {
				return d, err
			}
			d.Tables = append(d.Tables, table)
		}
	}
	for _, one := range p.Studies {
		d.Studies = append(d.Studies, page.LinkLine{Text: one.Title, Href: "/evidence/studies/" + one.Code, Note: "what was asked beforehand, and every way of asking"})
	}
	d.Facts = definitionFacts(p.Definition)
	return d, nil
}

func readings(p pack.Page) []packReading {
	variation, assurance := packReading{Title: p.Variation.Title, Why: p.Variation.Why}, packReading{Title: p.Assurance.Title, Why: p.Assurance.Why}
	if !p.Chart.VariationWithheld {
		variation.Icon = chart.VariationIcon(p.Chart.Variation, p.Definition.Direction)
	}
	if p.Measure.Aim() != nil && p.Definition.Direction != spc.Neutral {
		assurance.Icon = chart.AssuranceIcon(p.Chart.Assurance, p.Chart.Withheld)
	}
	return []packReading{variation, assurance}
}

// controlOf is the control chart of a page.
func controlOf(p pack.Page) chart.Control {
	d := p.Definition
	unit := d.Unit
	if unit != "" && unit != "%" {
		unit = " " + unit
	}
	return chart.Control{
		Frame: chart.Frame{
			ID: "control-" + d.Code, Title: page.Begin(string(d.Every)) + " by " + string(d.Every), Sub: whatIsCounted(d) + ". The dashed lines are the limits of usual variation.",
			Source: "Source: " + d.Source + ".",
		},
		Unit: unit, Decimals: d.Decimals, Chart: *p.Chart, Months: true,
	}
}

// figuresOf are the figures of a page without a chart, as its table.
func figuresOf(p pack.Page) chart.Figures {
	d := p.Definition
	out := chart.Figures{ID: "figures-" + d.Code, Title: d.Name + ", " + string(d.Every) + " by " + string(d.Every), Heads: []string{"Period", "Value"}}
	if d.Unit != "" {
		out.Heads[1] += ", " + d.Unit
	}
	if d.Kind.Counted() {
		out.Heads = append(out.Heads, "Counted", "Out of")
	}
	for _, f := range p.Figures {
		period := d.PeriodWords(f.Period)
		if year, month, _ := f.Period.Civil(); d.Every == indicator.Month { // short, as below charts: on paper two tables stand side by side
			period = fmt.Sprintf("%.3s %02d", month, year%100)
		}
		row := []string{period, said(page.Decimal(f.Value, d.Decimals))}
		if d.Kind.Counted() {
			row = append(row, "", "")
			if f.Denominator != 0 {
				row[2], row[3] = said(page.Decimal(f.Numerator, 0)), said(page.Decimal(f.Denominator, 0))
			}
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// whatIsCounted says what a figure is.
func whatIsCounted(d indicator.Definition) string {
	if d.Kind == indicator.Value {
		return d.Name
	}
	out := page.Begin(d.Numerator) + ", out of " + d.Denominator
	if d.Kind == indicator.Rate {
		out += ", in every " + number(d.Per)
	}
	return out
}

// funnelOf is the funnel of a page.
func funnelOf(p pack.Page) chart.Funnel {
	b := p.Beside
	return chart.Funnel{
		Frame: chart.Frame{
			ID: "funnel-" + p.Definition.Code, Title: p.Definition.Name + " against size", Sub: b.Period + ". Small units vary more by chance; the curved lines allow for that.",
			Source: "Source: " + p.Definition.Source + ".",
		},
		Unit: b.Unit, Times: b.Times, Decimals: b.Decimals, Size: b.Size, Value: b.Of, Result: b.Result, Ours: b.Ours,
	}
}

func definitionFacts(d indicator.Definition) page.Defs {
	out := page.Defs{{Term: "What it tells", Fact: d.About}}
	if d.Kind.Counted() {
		out = append(out, page.Def{Term: "What is counted", Fact: d.Numerator}, page.Def{Term: "Out of", Fact: d.Denominator})
	}
	out = append(out, page.Def{Term: "Better is", Fact: indicator.Better(d.Direction)}, page.Def{Term: "A figure", Fact: "each " + string(d.Every)})
	if d.Rolling() {
		out = append(out, page.Def{Term: "Each speaks of", Fact: number(d.Covers) + " " + d.Every.Noun(d.Covers)})
	}
	return append(out, page.Def{Term: "Source", Fact: d.Source})
}
