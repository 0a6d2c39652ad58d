package web

import (
	"bytes"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"commonweal/internal/base/policy"
	"commonweal/internal/prove/indicator"
	"commonweal/internal/prove/study"
	"commonweal/internal/web/page"
)

const (
	powerPath     = "/evidence/power"
	powerFilePath = powerPath + "/file"
)

// powerPage says what so many sites can show: of two outcomes that we carry, and of one's
// own.
type powerPage struct {
	Answer  string // of one's own
	Own     *page.Table
	How     string
	Sizes   page.Table
	Spreads []string
	Choose  []page.Field // for a measure of ours; none for readers who are not signed in
	File    page.Links
}

// carriedSites are the numbers of sites in the table that everybody sees.
var carriedSites = []int{5, 10, 20, 40}

// powerFields are the fields that ask about the study itself, in order.
var powerFields = []string{"from", "sites", "matters"}

// readPower reads what is asked about the study. What is wrong stands under its field.
func readPower(from, sites, matters string) (a study.Asked, wrong map[string]string) {
	wrong = map[string]string{}
	var err error
	if a.From, err = readTime(strings.TrimSpace(from)); err != nil {
		wrong["from"] = "Write the first month after the start as 2025-04, or a year."
	}
	for _, text := range strings.FieldsFunc(sites, func(r rune) bool { return r == ',' || r == ' ' }) {
		k, err := strconv.Atoi(text)
		if err != nil || k < 1 || len(a.Sites) == 20 {
			wrong["sites"] = "Write up to twenty numbers of sites with commas between, such as 10, 20."
			break
		}
		a.Sites = append(a.Sites, k)
	}
	if len(a.Sites) == 0 {
		wrong["sites"] = "Write how many sites there would be, such as 10."
	}
	if matters = strings.TrimSpace(matters); matters != "" {
		if a.Matters, err = strconv.ParseFloat(matters, 64); err != nil || a.Matters <= 0 {
			wrong["matters"] = "This is not a number above nought, such as 0.5."
		}
	}
	return a, wrong
}

// powerOfMeasure is what so many sites can show of one of our measures.
func (v *visit) powerOfMeasure(code string, a study.Asked) (study.Sized, indicator.Definition, error) {
	d, _, err := v.house.Indicators.One(v.ctx, v.org.ID, code)
	if err != nil {
		return study.Sized{}, d, err
	}
	raw, err := v.house.StudyTable(v.ctx, v.org.ID, []string{code}, "site", "time")
	if err != nil {
		return study.Sized{}, d, err
	}
	a.Unit, a.Time, a.Column = "site", "time", code
	s, err := study.SizesOf(bytes.NewReader(raw), a)
	return s, d, err
}

// powerForm is what is asked for a plan.
type powerForm struct {
	measure             page.Select
	from, sites, worth  page.Text
	unit, time, outcome page.Text
	file                page.Upload
}

func (v *visit) powerForm(typed url.Values) (*powerForm, error) {
	f := &powerForm{
		measure: page.Select{Name: "indicator", Label: "Which measure?", Value: typed.Get("indicator"), Options: []page.Option{{Value: "", Label: "Choose a measure"}}},
		from:    page.Text{Name: "from", Label: "The first time after the start", Hint: "The history is cut here in two, before and after: 2025-04, or a year. Nothing may have been tried in it.", Width: 10, Value: typed.Get("from")},
		sites:   page.Text{Name: "sites", Label: "How many sites?", Hint: "One number, or several with commas", Width: 10, Value: typed.Get("sites")},
		worth:   page.Text{Name: "matters", Label: "What change would matter?", Hint: "In the unit of the measure. It may be empty.", Width: 10, Value: typed.Get("matters")},
		unit:    page.Text{Name: "unit", Label: "Heading of the sites", Width: 20, Verbatim: true, Value: typed.Get("unit")},
		time:    page.Text{Name: "time", Label: "Heading of the times", Width: 20, Verbatim: true, Value: typed.Get("time")},
		outcome: page.Text{Name: "column", Label: "Heading of the figures", Width: 20, Verbatim: true, Value: typed.Get("column")},
		file:    page.Upload{Name: "file", Label: "The history as a file", Hint: "CSV, a row a site and time, 32 MB at most. It is read and not kept.", Accept: ".csv,.txt"},
	}
	all, err := v.studyForm(url.Values{})
	if err != nil {
		return nil, err
	}
	for _, d := range all.measures {
		f.measure.Options = append(f.measure.Options, page.Option{Value: d.Code, Label: d.Name + ", each " + string(d.Every)})
	}
	return f, nil
}

// refused puts what is wrong at its field.
func (f *powerForm) refused(v *visit, err error, wrong map[string]string) string {
	at := map[string]*string{
		"from": &f.from.Error, "sites": &f.sites.Error, "matters": &f.worth.Error, "file": &f.file.Error,
		"unit": &f.unit.Error, "time": &f.time.Error, "column": &f.outcome.Error,
	}
	for name, says := range wrong {
		*at[name] = says
	}
	other := ""
	v.refusedAt(err, &other, at)
	f.from.Error = monthsInWords(f.from.Error)
	return page.Begin(other)
}

var monthTyped = regexp.MustCompile(`\b(19|20)\d{2}(0[1-9]|1[0-2])\b`)

// monthsInWords writes 202504 as people say it.
func monthsInWords(says string) string {
	return monthTyped.ReplaceAllStringFunc(says, func(month string) string {
		t, err := strconv.Atoi(month)
		if err != nil {
			return month
		}
		return studyTimeWords(t)
	})
}

// powerShow says before a study begins what so many sites can show: of mortality and
// absence to everybody, and of a measure of ours to who is signed in.
func (s *Server) powerShow(v *visit) error {
	q := v.queried()
	if !v.can(policy.IndicatorView) {
		return v.showPower(http.StatusOK, nil, powerPage{}, "")
	}
	form, err := v.powerForm(q)
	if err != nil {
		return err
	}
	if !q.Has("indicator") {
		return v.showPower(http.StatusOK, form, powerPage{}, "")
	}
	a, wrong := readPower(q.Get("from"), q.Get("sites"), q.Get("matters"))
	if form.measure.Value == "" {
		form.measure.Error = "Choose a measure."
	}
	if len(wrong) > 0 || form.measure.Error != "" {
		form.refused(v, nil, wrong)
		return v.showPower(http.StatusUnprocessableEntity, form, powerPage{}, "")
	}
	sized, d, err := v.powerOfMeasure(form.measure.Value, a)
	if refusable(err) {
		return v.showPower(http.StatusUnprocessableEntity, form, powerPage{}, form.refused(v, err, nil))
	}
	if err != nil {
		return err
	}
	answer := powerAnswer(sized, lowerFirst(d.Name), measureUnit(d))
	if !d.Own() {
		answer.How += " They are organisations of every kind, as they are published. The table below is of trusts alone."
	}
	return v.showPower(http.StatusOK, form, answer, "")
}

// powerFile asks for the outcome's own history as a file.
func (s *Server) powerFile(v *visit) error {
	form, err := v.powerForm(url.Values{})
	if err != nil {
		return err
	}
	return v.showPowerFile(http.StatusOK, form, "")
}

func (v *visit) showPowerFile(status int, form *powerForm, wrong string) error {
	f := v.frame()
	f.Back, f.Kicker, f.Heading = page.Link{Text: "What so many sites can show", Href: powerPath}, "Before a study begins", "From the history in a file"
	f.Sentence = "How much sites change by themselves says how large a change must be to be found."
	p := filePage{Action: powerFilePath, Cancel: powerPath, Button: "Work it out", File: form.file}
	for _, t := range []page.Text{form.unit, form.time, form.outcome, form.from, form.sites, form.worth} {
		p.Fields = append(p.Fields, t)
	}
	f.Errors = page.Problems(append([]page.Field{form.file}, p.Fields...)...)
	if wrong != "" {
		f.Errors = append([]page.Error{{Message: wrong}}, f.Errors...)
	}
	f.Data = p
	return v.show(status, "study_file", f)
}

// powerFileDo reads it.
func (s *Server) powerFileDo(v *visit) error {
	file, values, err := v.sent()
	if values == nil {
		values = url.Values{}
	}
	form, formErr := v.powerForm(values)
	if formErr != nil {
		return formErr
	}
	a, wrong := readPower(values.Get("from"), values.Get("sites"), values.Get("matters"))
	a.Unit, a.Time, a.Column = strings.TrimSpace(values.Get("unit")), strings.TrimSpace(values.Get("time")), strings.TrimSpace(values.Get("column"))
	for _, one := range [][3]string{{"unit", a.Unit, "sites"}, {"time", a.Time, "times"}, {"column", a.Column, "figures"}} {
		if one[1] == "" {
			wrong[one[0]] = "Write the heading of the " + one[2] + " as it stands in the first row of the file."
		}
	}
	var sized study.Sized
	if err == nil && len(wrong) == 0 {
		sized, err = study.SizesOf(bytes.NewReader(file.content), a)
	}
	switch {
	case err != nil && !refusable(err):
		return err
	case err != nil || len(wrong) > 0:
		other := form.refused(v, err, wrong)
		if form.file.Error == "" && other != "" {
			form.file.Error, other = other, ""
		}
		return v.showPowerFile(http.StatusUnprocessableEntity, form, other)
	}
	if form, err = v.powerForm(url.Values{}); err != nil {
		return err
	}
	return v.showPower(http.StatusOK, form, powerAnswer(sized, a.Column, ""), "")
}

func powerAnswer(s study.Sized, name, unit string) powerPage {
	head := "Smallest change that is found"
	if unit != "" {
		head += " (" + unit + ")"
	}
	t := page.Table{Caption: "The smallest change that is found in 80 of 100 studies", Visible: true, Columns: []page.Column{{Head: "Sites"}, {Head: head, Number: true}}}
	for _, one := range s.Sizes {
		t.Rows = append(t.Rows, page.Cells(count(one.Sites, "site", "sites"), study.InTwoDigits(one.Smallest, "")))
	}
	return powerPage{
		Answer: s.Says(name, unit), Own: &t,
		How: count(s.Pool, "site is", "sites are") + " there at every time. When nothing was tried their change differed by " + study.InTwoDigits(s.Spread, unit) + " (standard deviation).",
	}
}

func (v *visit) showPower(status int, form *powerForm, p powerPage, wrong string) error {
	f := v.frame()
	f.Back = evidenceBack
	f.Kicker = "Before a study begins"
	f.Heading = "What so many sites can show"
	list := study.Histories()
	mortality, absence := list[0], list[1]
	f.Sentence = "Ten sites cannot test mortality: they can show a change of " + said(page.Decimal(100*mortality.Smallest(10), 0)) +
		" deaths in every 100 expected or more, and what is claimed is about half of that. Ten sites can test sickness absence: they can show " + said(page.Decimal(absence.Smallest(10), 2)) + " percentage points."
	p.Sizes = page.Table{Caption: "The smallest change that is found in 80 of 100 studies", Visible: true, Columns: []page.Column{
		{Head: "Sites"}, {Head: "Mortality (SHMI: deaths beside those expected; 1 is as many)", Number: true}, {Head: "Sickness absence (percentage points)", Number: true},
	}}
	for _, k := range carriedSites {
		p.Sizes.Rows = append(p.Sizes.Rows, page.Cells(count(k, "site", "sites"), said(page.Decimal(mortality.Smallest(k), 3))+" SHMI", said(page.Decimal(absence.Smallest(k), 2))+" points"))
	}
	for _, c := range list {
		p.Spreads = append(p.Spreads, page.Begin(c.Name)+" is from "+c.From+".")
	}
	if form != nil {
		p.Choose = []page.Field{form.measure, form.from, form.sites, form.worth}
		p.File = page.Links{{Text: "From the history in a file", Href: powerFilePath, Note: "it is read and not kept"}}
		f.Errors = page.Problems(p.Choose...)
		if wrong != "" {
			f.Errors = append([]page.Error{{Message: wrong}}, f.Errors...)
		}
	}
	f.Data = p
	return v.show(status, "power_show", f)
}
