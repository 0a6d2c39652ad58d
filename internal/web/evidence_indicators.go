package web

import (
	"slices"
	"strconv"
	"strings"

	"commonweal/internal/base/policy"
	"commonweal/internal/prove/indicator"
	"commonweal/internal/web/page"
)

// indicatorList lists all measures: one's own and those read from elsewhere.
func (s *Server) indicatorList(v *visit) error {
	all, err := v.house.Indicators.List(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back, f.Heading = page.Link{Text: "Evidence", Href: "/evidence"}, "Our measures"
	f.Sentence = "What each measure means, where its figures come from, and what was revised."
	f.Files = []page.Files{v.files("/evidence/indicators", "the measures", v.today())}
	table := func(caption string) page.Table {
		return page.Table{Caption: caption, Columns: []page.Column{{Head: "Measure"}, {Head: "What it tells", Wide: true}, {Head: "Figures"}, {Head: "Source"}}}
	}
	own, others := table("Figures of our own"), table("Read from elsewhere")
	for _, d := range all {
		row := page.Row{{Text: d.Name, Href: "/evidence/indicators/" + d.Code}, {Text: d.About}, {Text: "each " + string(d.Every)}, {Text: d.Source}}
		if d.Own() {
			own.Rows = append(own.Rows, row)
		} else {
			others.Rows = append(others.Rows, row)
		}
	}
	mine := conductSection{Heading: "Figures of our own", Show: []page.Component{own}}
	if len(own.Rows) == 0 {
		mine.Show = []page.Component{page.Empty("No measure of our own yet", "Measures that we define and load ourselves would be here. The secretary, the engagement lead or a director defines them.", page.Link{})}
	}
	if v.can(policy.IndicatorEdit) {
		mine.Links = page.Links{{Text: "Define a measure", Href: "/evidence/indicators/new"}}
	}
	elsewhere := conductSection{Heading: "Read from elsewhere", Text: []string{"These come from published figures, from our surveys and from what members do. They are read each time, and not copied."}, Show: []page.Component{others}}
	if len(others.Rows) == 0 {
		elsewhere.Show = nil
	}
	return v.sections(f, conductPage{Sections: []conductSection{mine, elsewhere}})
}

// indicatorShow is one measure: its definition, its revisions, its figures and the files
// they came in. With .csv or .json after the code it is the figures as a file.
func (s *Server) indicatorShow(v *visit) error {
	code, file := v.fileCode("code")
	d, revisions, err := v.house.Indicators.One(v.ctx, v.org.ID, code)
	if err != nil {
		return err
	}
	list, err := v.house.Indicators.Figures(v.ctx, v.org.ID, code)
	if err != nil {
		return err
	}
	if file {
		return v.sendFiguresOf(d, list)
	}
	f := v.frame()
	f.Back, f.Kicker, f.Heading, f.Sentence = page.Link{Text: "Our measures", Href: "/evidence/indicators"}, d.Source, d.Name, d.About
	f.Notice = doneNotice(v, map[string]string{"defined": "The measure is defined. Its figures come next.", "revised": "The revision is kept, beside what the measure was before."})
	facts := definitionFacts(d)[1:]
	if d.Licence != "" {
		facts = append(facts, page.Def{Term: "Licence", Fact: d.Licence})
	}
	sections := []conductSection{{Show: []page.Component{spelled(facts)}}}
	if pack, err := v.house.Packs.Pack(v.ctx, v.org.ID); err == nil {
		if _, in := pack.Of(code); in {
			sections[0].Links = page.Links{{Text: "Its page in the board pack", Href: "/evidence/pack/" + code}}
		} else if v.can(policy.PackEdit) {
			sections[0].Links = page.Links{{Text: "Put it into the board pack", Href: "/evidence/pack/edit?indicator=" + code}}
		}
	}
	sections = append(sections, v.figureSection(d, list))
	if d.Own() {
		more, err := v.indicatorHistory(d, revisions)
		if err != nil {
			return err
		}
		sections = append(sections, more...)
	}
	return v.sections(f, conductPage{Sections: sections})
}

// shownFigures is how many figures a page has; the file has all.
const shownFigures = 36

func (v *visit) figureSection(d indicator.Definition, list []indicator.Figure) conductSection {
	s := conductSection{Heading: "Our figures"}
	own := indicator.Of(list, indicator.Whole)
	if len(own) == 0 && v.org.ODS != "" {
		own = indicator.Of(list, v.org.ODS)
	}
	if len(list) == 0 {
		s.Text = []string{"There are no figures yet."}
		return s
	}
	t := page.Table{Caption: "Our figures, the newest first", Shape: page.Scrolled, Columns: []page.Column{{Head: page.Begin(string(d.Every))}, {Head: "Figure", Number: true}}}
	if d.Unit != "" {
		t.Columns[1].Head += ", " + d.Unit
	}
	if d.Kind.Counted() {
		t.Columns = append(t.Columns, page.Column{Head: "Counted", Number: true}, page.Column{Head: "Out of", Number: true})
	}
	for i := len(own) - 1; i >= 0 && len(t.Rows) < shownFigures; i-- {
		row := page.Row{{Text: d.PeriodWords(own[i].Period)}, {Text: said(page.Decimal(own[i].Value, d.Decimals))}}
		if d.Kind.Counted() {
			row = append(row, page.Cell{Text: said(page.Decimal(own[i].Numerator, 0))}, page.Cell{Text: said(page.Decimal(own[i].Denominator, 0))})
		}
		t.Rows = append(t.Rows, row)
	}
	for i := len(own) - 1; i >= 0; i-- {
		if own[i].Note != "" {
			s.Text = append(s.Text, page.Begin(d.PeriodWords(own[i].Period))+". "+own[i].Note)
		}
	}
	if len(t.Rows) > 0 {
		s.Show = []page.Component{t}
	} else {
		s.Text = append(s.Text, "There are figures of others, and none of our own.")
	}
	shown := len(t.Rows)
	if parts := partsTable(d, list); len(parts.Rows) > 0 {
		shown += len(parts.Rows)
		s.Show = append(s.Show, parts)
	}
	if more := len(list) - shown; more > 0 {
		s.Text = append(s.Text, count(more, "more figure is", "more figures are")+" in the file, of other times, parts or organisations.")
	}
	s.Links = fileLinks("/evidence/indicators/"+d.Code, "", "All figures of the measure")
	return s
}

// partsTable are the figures of parts of our own, the newest first: teams, sites, or the
// contests of a vote.
func partsTable(d indicator.Definition, list []indicator.Figure) page.Table {
	t := page.Table{Caption: "Parts of our own, the newest first", Columns: []page.Column{{Head: "Part"}, {Head: page.Begin(string(d.Every))}, {Head: "Figure", Number: true}}}
	if d.Unit != "" {
		t.Columns[2].Head += ", " + d.Unit
	}
	if d.Kind.Counted() {
		t.Columns = append(t.Columns, page.Column{Head: "Counted", Number: true}, page.Column{Head: "Out of", Number: true})
	}
	parts := slices.DeleteFunc(slices.Clone(list), func(f indicator.Figure) bool { _, part := f.Part(); return !part })
	slices.SortStableFunc(parts, func(a, b indicator.Figure) int { return b.Period.Compare(a.Period) })
	for _, f := range parts[:min(len(parts), shownFigures)] {
		name, _ := f.Part()
		row := page.Row{{Text: name}, {Text: d.PeriodWords(f.Period)}, {Text: said(page.Decimal(f.Value, d.Decimals))}}
		if d.Kind.Counted() {
			row = append(row, page.Cell{Text: said(page.Decimal(f.Numerator, 0))}, page.Cell{Text: said(page.Decimal(f.Denominator, 0))})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (v *visit) indicatorHistory(d indicator.Definition, revisions []indicator.Definition) ([]conductSection, error) {
	files := conductSection{Heading: "Where they came from"}
	t := page.Table{Caption: "Files of figures, the newest first", Columns: []page.Column{{Head: "File"}, {Head: "Loaded"}, {Head: "Kept", Number: true}, {Head: "Refused", Number: true}, {Head: "Corrected", Number: true}, {Head: "Why", Wide: true}}}
	imports, err := v.house.Indicators.Imports(v.ctx, v.org.ID, d.Code)
	if err != nil {
		return nil, err
	}
	for _, i := range imports {
		why := page.Cell{Text: i.Reason}
		if i.Revised == 0 {
			why = page.Cell{Text: "It corrected nothing.", Kind: page.Quiet} // on a phone the words stand without their heading
		}
		t.Rows = append(t.Rows, page.Row{{Text: orNone(i.FileName), Href: "/evidence/indicators/" + d.Code + "/imports/" + i.ID}, {Text: v.moment(i.Imported)}, {Text: number(i.Kept)}, {Text: number(i.Rejected)}, {Text: number(i.Revised)}, why})
	}
	if len(t.Rows) > 0 {
		files.Show = []page.Component{t}
	} else {
		files.Text = []string{"No file has been loaded yet."}
	}
	if v.can(policy.IndicatorEdit) {
		files.Links = page.Links{{Text: "Load figures", Href: "/evidence/indicators/" + d.Code + "/import"}}
	}
	revised, err := v.revisedFigures(d)
	if err != nil {
		return nil, err
	}
	said := conductSection{Heading: "What was revised in the definition"}
	r := page.Table{Caption: "Revisions of the definition", Columns: []page.Column{{Head: "Revision"}, {Head: "Entered"}, {Head: "Why", Wide: true}, {Head: "What it says", Wide: true}}}
	for i, now := range revisions {
		row := page.Row{{Text: strconv.Itoa(now.N)}, {Text: v.moment(now.Entered)}, {Text: now.Reason}, {Text: now.Name + ": " + now.About + " " + whatIsCounted(now) + ". Better is " + indicator.Better(now.Direction) + "."}}
		if i == 0 {
			row[2] = page.Cell{Text: "the first", Kind: page.Quiet}
		} else {
			row[3] = page.Cell{Text: revisedWords(indicator.Changes(revisions[i-1], now))}
		}
		r.Rows = append(r.Rows, row)
	}
	said.Show = []page.Component{r}
	if v.can(policy.IndicatorEdit) {
		said.Links = page.Links{{Text: "Revise the definition", Href: "/evidence/indicators/" + d.Code + "/revise"}}
	}
	return append(append([]conductSection{files}, revised...), said), nil
}

// revisedWords say in what a revision differs from the one before.
func revisedWords(changes []indicator.Change) string {
	if len(changes) == 0 {
		return "Nothing in its words."
	}
	var out []string
	for _, c := range changes {
		out = append(out, c.What+": “"+orNone(c.Now)+"”, before “"+orNone(c.Was)+"”.")
	}
	return strings.Join(out, " ")
}

// revisedFigures are the figures that a later file said otherwise, the newest period
// first: what each said, beside what it says now.
func (v *visit) revisedFigures(d indicator.Definition) ([]conductSection, error) {
	all, err := v.house.Indicators.History(v.ctx, v.org.ID, d.Code)
	if err != nil {
		return nil, err
	}
	t := page.Table{Caption: "Figures that were revised", Columns: []page.Column{{Head: page.Begin(string(d.Every))}, {Head: "Of"}, {Head: "It said", Number: true}, {Head: "It says now", Number: true}, {Head: "Why", Wide: true}}}
	imports, err := v.house.Indicators.Imports(v.ctx, v.org.ID, d.Code)
	if err != nil {
		return nil, err
	}
	why := map[string]string{}
	for _, i := range imports {
		why[i.ID] = i.Reason
	}
	rows := indicator.Revised(all)
	for _, r := range rows[:min(len(rows), shownFigures)] {
		of := page.Cell{Text: "all of us"}
		if name, ok := r.Was.Part(); ok {
			of.Text = name
		} else if ods, ok := r.Was.Organisation(); ok {
			of.Text = ods
		}
		t.Rows = append(t.Rows, page.Row{
			{Text: d.PeriodWords(r.Was.Period)}, of, {Text: said(page.Decimal(r.Was.Value, d.Decimals+1))}, {Text: said(page.Decimal(r.Now.Value, d.Decimals+1)), Kind: page.Strong}, {Text: orNone(why[r.By])},
		})
	}
	if len(t.Rows) == 0 {
		return nil, nil
	}
	s := conductSection{Heading: "Figures that were revised", Text: []string{"A later file said these anew. What they said before stays."}, Show: []page.Component{t}}
	if more := len(rows) - len(t.Rows); more > 0 {
		s.Text = append(s.Text, "These are the newest. "+count(more, "more was", "more were")+" revised before.")
	}
	return []conductSection{s}, nil
}

// indicatorImported is one file of figures, and what of it did not fit.
func (s *Server) indicatorImported(v *visit) error {
	i, rejected, err := v.house.Indicators.ImportByID(v.ctx, v.org.ID, v.r.PathValue("id"))
	if err != nil {
		return err
	}
	d, _, err := v.house.Indicators.One(v.ctx, v.org.ID, i.Indicator)
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back, f.Heading = page.Link{Text: d.Name, Href: "/evidence/indicators/" + d.Code}, orNone(i.FileName)
	f.Notice = doneNotice(v, map[string]string{"loaded": "The figures are loaded."})
	if v.queried().Get("done") == "same" {
		f.Notice = page.Notice{Text: "This file was the last that was loaded. Nothing was kept twice."}
	}
	f.Sentence = count(i.Kept, "figure was", "figures were") + " kept. Everything in the file fitted."
	if i.Rejected > 0 {
		f.Sentence = count(i.Kept, "figure was", "figures were") + " kept. " + count(i.Rejected, "row did not fit and was left out.", "rows did not fit and were left out.")
	}
	sections := []conductSection{{Show: []page.Component{page.Defs{
		{Term: "Loaded", Fact: v.moment(i.Imported)}, {Term: "Figures that it corrected", Fact: number(i.Revised)}, {Term: "Why", Fact: orNone(i.Reason)}, {Term: "Rows read", Fact: number(i.Rows)}, {Term: "SHA-256 of the file", Fact: i.SHA256},
	}}}}
	if len(rejected) > 0 {
		t := page.Table{Caption: "What did not fit", Columns: []page.Column{{Head: "Row"}, {Head: "Column"}, {Head: "What stands there"}, {Head: "Why", Wide: true}}}
		for n, r := range rejected {
			if n == rejectionsAPage {
				break
			}
			t.Rows = append(t.Rows, page.Row{{Text: number(r.Row)}, {Text: orWhole(r.Field)}, {Text: orNone(r.Cell)}, {Text: r.Reason}})
		}
		s := conductSection{Heading: "What did not fit", Show: []page.Component{t}}
		if len(rejected) > rejectionsAPage {
			s.Text = []string{"These are the first " + number(rejectionsAPage) + ". Put them right and load the file again to see the others."}
		}
		sections = append(sections, s)
	}
	return v.sections(f, conductPage{Sections: sections})
}

// figureOfLine is one figure of a measure, for a program.
type figureOfLine struct {
	Measure     string   `json:"measure"`
	Period      string   `json:"period"`
	Unit        string   `json:"unit,omitempty"`
	Value       float64  `json:"value"`
	Numerator   *float64 `json:"numerator,omitempty"`
	Denominator *float64 `json:"denominator,omitempty"`
	Note        string   `json:"note,omitempty"`
}

func (l figureOfLine) cells() []string {
	return []string{l.Measure, l.Period, l.Unit, digits(&l.Value, -1), digits(l.Numerator, -1), digits(l.Denominator, -1), l.Note}
}

func figureLineOf(code string, f indicator.Figure) figureOfLine {
	l := figureOfLine{Measure: code, Period: f.Period.String(), Unit: f.Unit, Value: f.Value, Note: f.Note}
	if name, ok := f.Part(); ok {
		l.Unit = name
	}
	if f.Denominator != 0 {
		l.Numerator, l.Denominator = &f.Numerator, &f.Denominator
	}
	return l
}

func (v *visit) sendFiguresOf(d indicator.Definition, list []indicator.Figure) error {
	return sendLines(v, []string{"Measure", "Period", "Unit", "Value", "Numerator", "Denominator", "Note"}, func(yield func(figureOfLine)) (string, error) {
		for _, f := range list {
			yield(figureLineOf(d.Code, f))
		}
		return d.Code + "-" + v.org.ID, nil
	})
}
