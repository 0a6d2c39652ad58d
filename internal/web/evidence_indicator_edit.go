package web

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"commonweal/internal/prove/indicator"
	"commonweal/internal/web/page"
	"commonweal/spc"
)

// indicatorForm asks what a measure means.
type indicatorForm struct {
	code, name, numerator, denominator, unit, per, decimals, source, licence, covers page.Text
	about                                                                            page.TextArea
	kind, direction, every                                                           page.Radios
	starts                                                                           page.DateField
	reason                                                                           *page.TextArea
}

func indicatorFields(d indicator.Definition, form url.Values, revising bool) *indicatorForm {
	get := func(name, now string) string {
		if form == nil {
			return now
		}
		return form.Get(name)
	}
	whole := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	f := &indicatorForm{
		code:        page.Text{Name: "code", Label: "Its code", Hint: "Small letters, digits and hyphens, such as sickness-absence. It stands in addresses and does not change.", Verbatim: true, Value: get("code", d.Code)},
		name:        page.Text{Name: "name", Label: "Its name", Value: get("name", d.Name)},
		about:       page.TextArea{Name: "about", Label: "What does it tell, in plain words?", Rows: 2, Value: get("about", d.About)},
		kind:        page.Radios{Name: "kind", Legend: "How does a figure come about?", Value: get("kind", cmp.Or(string(d.Kind), string(indicator.Proportion)))},
		numerator:   page.Text{Name: "numerator", Label: "What is counted?", Hint: "Leave it empty for a number on its own.", Value: get("numerator", d.Numerator)},
		denominator: page.Text{Name: "denominator", Label: "Out of what?", Value: get("denominator", d.Denominator)},
		per:         page.Text{Name: "per", Label: "Of a rate: in every how many?", Hint: "Such as 1000. Leave it empty where it is no rate.", Width: 10, Mode: "numeric", Value: get("per", whole(d.Per))},
		unit:        page.Text{Name: "unit", Label: "What stands after a figure?", Hint: "Such as % or days. It may be empty; a part of a whole then has %.", Width: 10, Value: get("unit", d.Unit)},
		decimals:    page.Text{Name: "decimals", Label: "How many decimals?", Width: 2, Mode: "numeric", Value: get("decimals", strconv.Itoa(d.Decimals))},
		direction:   page.Radios{Name: "direction", Legend: "Which way is better?", Value: get("direction", string(d.Direction))},
		every:       page.Radios{Name: "every", Legend: "How often is there a figure?", Value: get("every", cmp.Or(string(d.Every), string(indicator.Month)))},
		covers:      page.Text{Name: "covers", Label: "Of how many such periods does each figure speak?", Hint: "1, but for figures of a moving window: 12 for a rolling year by month. Of those no chart is drawn.", Width: 2, Mode: "numeric", Value: get("covers", strconv.Itoa(max(1, d.Covers)))},
		source:      page.Text{Name: "source", Label: "Where do the figures come from?", Value: get("source", d.Source)},
		licence:     page.Text{Name: "licence", Label: "Under which licence?", Hint: "Leave it empty for figures of your own.", Value: get("licence", d.Licence)},
		starts:      page.DateField{Name: "starts", Legend: "From which day on does this hold?", Hint: "For example, 1 4 2024"},
	}
	f.kind.Options = []page.Option{{Value: "proportion", Label: "A part of a whole, in per cent"}, {Value: "rate", Label: "A count in every so many"}, {Value: "ratio", Label: "What was seen over what was expected"}, {Value: "value", Label: "A number on its own"}}
	f.direction.Options = []page.Option{{Value: "up", Label: "Higher is better"}, {Value: "down", Label: "Lower is better"}, {Value: "neutral", Label: "Neither"}}
	f.every.Options = []page.Option{{Value: "month", Label: "Each month"}, {Value: "quarter", Label: "Each quarter"}, {Value: "year", Label: "Each year"}}
	f.starts.SetDay(d.Starts.String())
	if form != nil {
		f.starts.Fill(form)
	}
	if revising {
		f.reason = &page.TextArea{Name: "reason", Label: "Why is it revised?", Rows: 2, Value: get("reason", "")}
	}
	return f
}

// read is the definition that the form describes; it reports false where a field is wrong.
func (f *indicatorForm) read() (indicator.Definition, bool) {
	d := indicator.Definition{
		Code: strings.TrimSpace(f.code.Value), Name: strings.TrimSpace(f.name.Value), About: strings.TrimSpace(f.about.Value),
		Kind: indicator.Kind(f.kind.Value), Numerator: strings.TrimSpace(f.numerator.Value), Denominator: strings.TrimSpace(f.denominator.Value),
		Unit: strings.TrimSpace(f.unit.Value), Direction: spc.Direction(f.direction.Value), Every: indicator.Every(f.every.Value),
		Source: strings.TrimSpace(f.source.Value), Licence: strings.TrimSpace(f.licence.Value),
	}
	ok := true
	for _, n := range []struct {
		field *page.Text
		to    *int
	}{{&f.per, &d.Per}, {&f.decimals, &d.Decimals}, {&f.covers, &d.Covers}} {
		if strings.TrimSpace(n.field.Value) == "" {
			continue
		}
		var err error
		if *n.to, err = strconv.Atoi(strings.TrimSpace(n.field.Value)); err != nil {
			n.field.Error, ok = "This is not a whole number.", false
		}
	}
	if f.reason != nil {
		d.Reason = strings.TrimSpace(f.reason.Value)
		if d.Reason == "" {
			f.reason.Error, ok = "Say why.", false
		}
	}
	day, given := readDay(&f.starts, "day", true)
	d.Starts = day
	return d, f.complete() && ok && given
}

// complete reports whether all that every measure needs is there. Said at once, at each
// field: whoever forgot four things would otherwise be told of them one after the other.
func (f *indicatorForm) complete() bool {
	ok := true
	miss := func(value string, to *string, says string) {
		if strings.TrimSpace(value) == "" {
			*to, ok = says, false
		}
	}
	miss(f.code.Value, &f.code.Error, "Give the measure a code.")
	miss(f.name.Value, &f.name.Error, "Give the measure a name.")
	miss(f.about.Value, &f.about.Error, "Say in plain words what it tells.")
	if indicator.Kind(f.kind.Value).Counted() {
		miss(f.numerator.Value, &f.numerator.Error, "Say what is counted.")
		miss(f.denominator.Value, &f.denominator.Error, "Say out of what.")
	}
	if f.kind.Value == string(indicator.Rate) {
		miss(f.per.Value, &f.per.Error, "Say in every how many, such as 1000.")
	}
	miss(f.direction.Value, &f.direction.Error, "Say which way is better.")
	miss(f.source.Value, &f.source.Error, "Say where the figures come from.")
	return ok
}

func (v *visit) showIndicatorForm(status int, form *indicatorForm, heading, action, cancel, wrong string) error {
	f := v.frame()
	f.Back, f.Heading = page.Link{Text: "Our measures", Href: "/evidence/indicators"}, heading
	f.Sentence = "A definition is kept for good. What it says later is a revision beside it."
	a := conductAct{Action: action, Button: page.Button{Text: "Keep the definition"}, Cancel: page.Link{Text: "Cancel", Href: cancel}}
	first := []page.Field{form.name, form.about}
	if form.reason == nil {
		first = append([]page.Field{form.code}, first...)
	} else {
		first = append([]page.Field{form.reason}, first...)
	}
	a.Groups = []conductFields{
		{Fields: first},
		{Heading: "How it is counted", Fields: []page.Field{form.kind, form.numerator, form.denominator, form.per, form.unit, form.decimals, form.direction}},
		{Heading: "When, and from where", Fields: []page.Field{form.every, form.covers, form.starts, form.source, form.licence}},
	}
	return v.showAct(status, f, a, wrong)
}

func (f *indicatorForm) refused(v *visit, err error) string {
	wrong := ""
	at := map[string]*string{
		"code": &f.code.Error, "licence": &f.licence.Error, "name": &f.name.Error, "about": &f.about.Error, "kind": &f.kind.Error, "numerator": &f.numerator.Error, "per": &f.per.Error, "unit": &f.unit.Error,
		"decimals": &f.decimals.Error, "direction": &f.direction.Error, "every": &f.every.Error, "covers": &f.covers.Error, "source": &f.source.Error, "starts": &f.starts.Error,
	}
	if f.reason != nil {
		at["reason"] = &f.reason.Error
	}
	v.refusedAt(err, &wrong, at)
	return wrong
}

// indicatorNew asks what a new measure means.
func (s *Server) indicatorNew(v *visit) error {
	return v.showIndicatorForm(http.StatusOK, indicatorFields(indicator.Definition{Decimals: 1}, nil, false), "Define a measure", "/evidence/indicators/new", "/evidence/indicators", "")
}

// indicatorNewDo keeps it.
func (s *Server) indicatorNewDo(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	form := indicatorFields(indicator.Definition{}, values, false)
	show := func(wrong string) error {
		return v.showIndicatorForm(http.StatusUnprocessableEntity, form, "Define a measure", "/evidence/indicators/new", "/evidence/indicators", wrong)
	}
	d, ok := form.read()
	if !ok {
		return show("")
	}
	d, err = v.house.Indicators.Define(v.ctx, v.actor.Person, v.org.ID, d)
	if refusable(err) {
		return show(form.refused(v, err))
	}
	if err != nil {
		return err
	}
	return v.redirect("/evidence/indicators/" + d.Code + "?done=defined")
}

// indicatorRevise asks what the measure means from now on.
func (s *Server) indicatorRevise(v *visit) error {
	d, _, err := v.house.Indicators.One(v.ctx, v.org.ID, v.r.PathValue("code"))
	if err != nil {
		return err
	}
	at := "/evidence/indicators/" + d.Code
	return v.showIndicatorForm(http.StatusOK, indicatorFields(d, nil, true), "Revise: "+d.Name, at+"/revise", at, "")
}

// indicatorReviseDo keeps the revision.
func (s *Server) indicatorReviseDo(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	now, _, err := v.house.Indicators.One(v.ctx, v.org.ID, v.r.PathValue("code"))
	if err != nil {
		return err
	}
	at := "/evidence/indicators/" + now.Code
	form := indicatorFields(now, values, true)
	form.code.Value = now.Code
	d, ok := form.read()
	if ok {
		_, err = v.house.Indicators.Define(v.ctx, v.actor.Person, v.org.ID, d)
	}
	wrong := ""
	if refusable(err) {
		wrong, ok, err = form.refused(v, err), false, nil
	}
	if err != nil {
		return err
	}
	if !ok {
		return v.showIndicatorForm(http.StatusUnprocessableEntity, form, "Revise: "+now.Name, at+"/revise", at, wrong)
	}
	return v.redirect(at + "?done=revised")
}

// indicatorImportPage asks for a file of figures.
type indicatorImportPage struct {
	Action, Cancel string
	File           page.Upload
	Fields         []page.Field
	Looked         string // what a look found; empty before
	Rejected       *page.Table
}

func (v *visit) showIndicatorImport(status int, d indicator.Definition, form url.Values, wrong error, looked string, rejected []indicator.Rejection) error {
	at := "/evidence/indicators/" + d.Code
	f := v.frame()
	f.Back, f.Heading = page.Link{Text: d.Name, Href: at}, "Load figures"
	f.Sentence = "Rows that fit are kept; the others are listed with the reason. Figures that were there before become history."
	get := func(name, otherwise string) string {
		if form == nil {
			return otherwise
		}
		return form.Get(name)
	}
	box := func(name, label, hint, otherwise string) *page.Text {
		return &page.Text{Name: name, Label: label, Hint: hint, Verbatim: true, Value: get(name, otherwise)}
	}
	p := indicatorImportPage{Action: at + "/import", Cancel: at, File: page.Upload{Name: "file", Label: "The file", Hint: "CSV with headings in its first row, 16 MB at most.", Accept: ".csv,.txt"}}
	period := box("period", "Heading of the "+d.Every.Noun(2), "Below it stand months or days, such as 2026-04 or 30/04/2026.", "period")
	fields := []*page.Text{period}
	value := ""
	if d.Kind.Counted() {
		fields = append(fields, box("numerator", "Heading of "+d.Numerator, "Leave this and the next empty where the file has figures alone.", "numerator"), box("denominator", "Heading of "+d.Denominator, "", "denominator"))
	} else {
		value = "value"
	}
	fields = append(fields, box("value", "Heading of the figures", "Where they stand in the file.", value),
		box("organisation", "Heading of ODS codes", "Where the file is of several organisations.", ""), box("part", "Heading of parts of our own", "Where the file is by team, site or service.", ""))
	reason := page.TextArea{Name: "reason", Label: "Does the file correct figures that were there before? Why?", Hint: "Members read this. Leave it empty where it corrects none.", Rows: 2, Value: get("reason", "")}
	do := page.Radios{Name: "do", Legend: "What shall be done with it?", Value: cmp.Or(form.Get("do"), "look"), Options: []page.Option{
		{Value: "look", Label: "Look only: say what would be kept, and what does not fit"}, {Value: "keep", Label: "Keep what fits"},
	}}
	at2 := map[string]*string{"file": &p.File.Error, "reason": &reason.Error}
	for _, t := range fields {
		at2[t.Name] = &t.Error
	}
	other := ""
	v.refusedAt(wrong, &other, at2)
	var problems []page.Field
	for _, t := range fields {
		p.Fields = append(p.Fields, *t)
		problems = append(problems, *t)
	}
	p.Fields, p.Looked = append(p.Fields, reason, do), looked
	problems = append(problems, reason)
	f.Errors = page.Problems(append([]page.Field{p.File}, problems...)...)
	if other != "" {
		f.Errors = append([]page.Error{{Message: other}}, f.Errors...)
	}
	if len(rejected) > 0 {
		t := page.Table{Caption: "What does not fit", Columns: []page.Column{{Head: "Row"}, {Head: "Column"}, {Head: "What stands there"}, {Head: "Why", Wide: true}}}
		for _, r := range rejected[:min(len(rejected), rejectionsAPage)] {
			t.Rows = append(t.Rows, page.Row{{Text: number(r.Row)}, {Text: orWhole(r.Field)}, {Text: orNone(r.Cell)}, {Text: r.Reason}})
		}
		p.Rejected = &t
	}
	f.Data = p
	return v.show(status, "indicator_import", f)
}

// indicatorImport asks for a file.
func (s *Server) indicatorImport(v *visit) error {
	d, _, err := v.house.Indicators.One(v.ctx, v.org.ID, v.r.PathValue("code"))
	if err != nil {
		return err
	}
	return v.showIndicatorImport(http.StatusOK, d, nil, nil, "", nil)
}

// indicatorImportDo loads it.
func (s *Server) indicatorImportDo(v *visit) error {
	d, _, err := v.house.Indicators.One(v.ctx, v.org.ID, v.r.PathValue("code"))
	if err != nil {
		return err
	}
	file, values, err := v.sent()
	look := values.Get("do") == "look"
	var out indicator.Outcome
	if err == nil {
		out, err = v.loadFigures(look, indicator.Upload{
			Indicator: d.Code, FileName: fileName(file.name), Content: file.content, ODS: v.org.ODS, Reason: values.Get("reason"),
			Columns: indicator.Columns{
				Period: values.Get("period"), Value: values.Get("value"), Numerator: values.Get("numerator"), Denominator: values.Get("denominator"),
				Organisation: values.Get("organisation"), Part: values.Get("part"),
			},
		})
	}
	if refusable(err) {
		return v.showIndicatorImport(http.StatusUnprocessableEntity, d, values, err, "", out.Rejections)
	}
	if err != nil {
		return err
	}
	if look {
		return v.showIndicatorImport(http.StatusOK, d, values, nil, lookedAt(out), out.Rejections)
	}
	done := "?done=loaded"
	if out.Unchanged {
		done = "?done=same"
	}
	return v.redirect("/evidence/indicators/" + d.Code + "/imports/" + out.ID + done)
}

// loadFigures loads a file of figures, or only looks at what would come of it.
func (v *visit) loadFigures(look bool, u indicator.Upload) (indicator.Outcome, error) {
	if look {
		return v.house.Indicators.Try(v.ctx, v.org.ID, u)
	}
	return v.house.Indicators.Import(v.ctx, v.actor.Person, v.org.ID, u)
}

// lookedAt says what would come of a file of figures.
func lookedAt(out indicator.Outcome) string {
	if out.Unchanged {
		return "This very file is loaded already: nothing would change."
	}
	s := count(out.Kept, "figure", "figures") + " would be kept."
	switch {
	case out.Rejected > 0:
		s += " " + count(out.Rejected, "row does not fit and would be left out.", "rows do not fit and would be left out.")
	default:
		s += " Everything in the file fits."
	}
	if out.Revised > 0 {
		s += " " + count(out.Revised, "figure says", "figures say") + " something else than before: say why when you keep them."
	}
	return s
}
