package web

import (
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"commonweal/internal/prove/published"
	"commonweal/internal/web/page"
)

type organisationPage struct {
	Facts    page.Defs
	Rank     string
	Hidden   *page.Panel
	Chart    template.HTML
	Survey   *page.Table
	Alone    string
	NoSurvey string
	Absence  absencePart
	Range    []string
	Earlier  earlierPart
	Files    page.Links
	Source   string
}

// evidenceOrganisation shows one organisation beside its group and England.
// With .csv or .json after the code it is a file.
func (s *Server) evidenceOrganisation(v *visit) error {
	code, file := v.fileCode("ods")
	o, err := v.house.Published.OrganisationByODS(v.ctx, code)
	if err != nil {
		return err
	}
	if !file && o.ODS != code {
		return v.redirect("/evidence/organisations/" + o.ODS) // merged into this one, or written in small letters
	}
	scores, err := v.house.Published.Figures(v.ctx, evidenceMeasures()...)
	if err != nil {
		return err
	}
	months, err := v.house.Published.AbsenceMonths(v.ctx)
	if err != nil {
		return err
	}
	year, err := v.house.Published.AbsenceOverYear(v.ctx)
	if err != nil {
		return err
	}
	if file {
		return v.sendOrganisation(o, scores, months, year)
	}
	f := v.frame()
	f.Back = page.Link{Text: "All organisations", Href: "/evidence/organisations"}
	f.Heading = o.Name
	p := organisationPage{Facts: organisationFacts(o), Files: fileLinks("/evidence/organisations/"+o.ODS, "", "All of these figures")}
	if err := v.addSurvey(&p, &f, o, scores); err != nil {
		return err
	}
	if p.Absence, err = v.absencePart(o, months, year); err != nil {
		return err
	}
	if f.Sentence == "" {
		f.Sentence, p.Absence.Sentence = p.Absence.Sentence, ""
	}
	if p.Earlier, err = v.earlierPart(o); err != nil {
		return err
	}
	var sources [][]published.Source
	for _, m := range scores {
		sources = append(sources, m.Source)
	}
	p.Source = licences(append(sources, year.Source)...)
	f.Data = p
	return v.show(http.StatusOK, "evidence_organisation", f)
}

// fileCode reads the last part of the path, without the ending of a file.
func (v *visit) fileCode(name string) (code string, file bool) {
	code = v.r.PathValue(name)
	for _, ending := range []string{".csv", ".json"} {
		if c, ok := strings.CutSuffix(code, ending); ok {
			return c, true
		}
	}
	return code, false
}

func organisationFacts(o published.Listed) page.Defs {
	var d page.Defs
	add := func(term, fact string) {
		if fact != "" {
			d = append(d, page.Def{Term: term, Fact: fact})
		}
	}
	add("ODS code", o.ODS)
	if o.Survey {
		add("Group in the survey", o.Group)
	}
	add("Region", o.Region)
	add("Integrated care system", o.ICS)
	add("Merged from", strings.Join(o.Predecessors, ", "))
	return d
}

// addSurvey fills in what the survey has about an organisation.
func (v *visit) addSurvey(p *organisationPage, f *page.Frame, o published.Listed, scores []published.MeasureFigures) error {
	engagement := scores[0]
	if _, in := engagement.Of(o.ODS); !in {
		p.NoSurvey = "The staff survey published here has no figures for this organisation."
		return nil
	}
	g, _ := published.GroupNamed(o.Group)
	f.Kicker = "NHS Staff Survey " + engagement.Period.String() + ", " + g.Label
	strip, _ := published.StripOf(published.Strips(engagement.Figures), o.Group)
	alone := len(strip.Figures)+strip.Hidden < 2
	t := page.Table{Caption: "Scores beside the group and England", Columns: []page.Column{
		{Head: "Measure"}, {Head: "Score", Number: true}, {Head: "Likely between", Number: true}, {Head: "Answers", Number: true}, {Head: "England", Number: true},
	}}
	if alone {
		p.Alone = "It is the only one of its group in the survey, so there is no middle of the group and no place in it."
	} else {
		t.Columns = append(t.Columns, page.Column{Head: "Middle of its group", Number: true}, page.Column{Head: "Place in its group", Number: true})
	}
	for n, m := range scores {
		if _, in := m.Of(o.ODS); !in {
			continue
		}
		c, err := published.Compare(m.Measure, m.Figures, o.ODS)
		if err != nil {
			return err
		}
		row := comparisonRow(c)
		if !alone {
			row = append(row, groupCells(c)...)
		}
		t.Rows = append(t.Rows, row)
		if n > 0 {
			continue
		}
		f.Sentence, p.Rank = c.Sentence(), c.RankSentence()
		if c.Own.Suppressed {
			hidden := page.NotShown(page.Link{Text: "See its group", Href: "/evidence/mutuals"})
			p.Hidden = &hidden
			continue
		}
		if p.Chart, err = v.organisationChart(m, c); err != nil {
			return err
		}
		p.Range = rangeWords(m.Measure)
	}
	p.Survey = &t
	return nil
}

func comparisonRow(c published.Comparison) page.Row {
	m := c.Measure
	quiet := func(text string) page.Cell { return page.Cell{Text: text, Kind: page.Quiet} }
	row := page.Row{{Text: m.Label}}
	if c.Own.Suppressed {
		row = append(row, quiet(hiddenWord), quiet("not shown"), quiet("not shown"))
	} else {
		row = append(row, page.Cell{Text: m.Format(c.Own.Value, c.Own.Base), Kind: page.Strong}, quiet("not known"), baseCell(c.Own.Base))
		if c.HasRange {
			row[2] = page.Cell{Text: m.Format(c.Range.Low, c.Own.Base) + " and " + m.Format(c.Range.High, c.Own.Base)}
		}
	}
	if !c.HasEngland {
		return append(row, quiet("not known"))
	}
	return append(row, page.Cell{Text: m.Format(c.England.Value, 0)})
}

// groupCells are the middle of the group and the place in it. A place that could
// be any of them is no place.
func groupCells(c published.Comparison) []page.Cell {
	middle, place := page.Cell{Text: "not known", Kind: page.Quiet}, page.Cell{Text: "cannot be told", Kind: page.Quiet}
	if c.HasMedian {
		middle = page.Cell{Text: c.Measure.Format(c.Median, 0)}
	}
	if c.HasRank && (c.Rank.Best > 1 || c.Rank.Worst < c.Rank.Of) {
		place = page.Cell{Text: c.Rank.String()}
	}
	return []page.Cell{middle, place}
}

// organisationChart is the organisation above its group. A mutual is also shown
// above the other mutuals and the community trusts, which do the same work.
func (v *visit) organisationChart(m published.MeasureFigures, c published.Comparison) (template.HTML, error) {
	var groups []published.Strip
	for _, s := range published.Strips(m.Figures) {
		own := s.Group.Published == c.Group.Published
		beside := c.Group.Mutual && (s.Group.Mutual || s.Group.Published == published.CommunityTrusts().Published)
		if own || beside {
			groups = append(groups, s)
		}
	}
	key := "This organisation, with its likely range"
	if v.ownODS(c.Own.Organisation.ODS) {
		key = "Your organisation, with its likely range"
	}
	return benchmark{
		id: "organisation", title: m.Measure.Label + " beside its group", sub: scale(m.Measure, c.Group), note: published.RangeNote(m.Measure),
		figures: m, rows: []published.Figure{c.Own}, groups: groups,
		ours:    func(ods string) bool { return ods == c.Own.Organisation.ODS },
		oursKey: key, dotKey: "An organisation of the group",
	}.chart()
}

// sendOrganisation answers with all figures of one organisation: the scores,
// the year of absence, and the absence by month.
func (v *visit) sendOrganisation(o published.Listed, scores []published.MeasureFigures, months published.AbsenceRecord, year published.MeasureFigures) error {
	var lists []published.MeasureFigures
	for _, m := range append(scores, year) {
		if f, in := m.Of(o.ODS); in {
			m.Figures = []published.Figure{f}
			lists = append(lists, m)
		}
	}
	days, _ := months.Of(o.ODS)
	for n, d := range days {
		if rate, ok := d.Rate(); ok {
			lists = append(lists, published.MeasureFigures{
				Measure: published.AbsenceRate, Period: months.Months[n], Source: months.Source,
				Figures: []published.Figure{{Organisation: o.Organisation, Value: rate}},
			})
		}
	}
	return v.sendFigures(fmt.Sprintf("published-%s", o.ODS), lists...)
}
