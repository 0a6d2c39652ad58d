package web

import (
	"html/template"
	"net/http"
	"strings"

	"commonweal/internal/prove/published"
	"commonweal/internal/web/page"
)

// mutualsPage is the mutuals among the groups of trusts, on one measure.
type mutualsPage struct {
	Empty   *page.Panel
	Figures page.Figures
	Chart   template.HTML
	Grades  []grade
	Choice  *page.Select
	More    page.Links
	Range   []string // how the likely range is worked out
	Files   page.Links
}

// evidenceMutuals shows the mutuals beside every group on one measure of the
// staff survey.
func (s *Server) evidenceMutuals(v *visit) error {
	m, err := v.evidenceMeasure()
	if err != nil {
		return err
	}
	list, err := v.house.Published.Figures(v.ctx, m)
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = evidenceBack
	p, err := v.mutualsAmong(&f, list[0], "Commissioning bodies and support units are left out of the picture; they are in the files below.")
	if err != nil {
		return err
	}
	if p.Empty == nil {
		choice := measureChoice(m)
		p.Choice = &choice
		p.Range = rangeWords(m)
		p.More = append(page.Links{{Text: "The same organisations on sickness absence", Href: "/evidence/absence"}}, v.ownLinks()...)
		p.Files = fileLinks("/evidence/mutuals", "?measure="+m.Code, "Every organisation on this measure")
	}
	f.Data = p
	return v.show(http.StatusOK, "evidence_mutuals", f)
}

// mutualsAmong fills the page for one measure, and the words above it.
func (v *visit) mutualsAmong(f *page.Frame, figures published.MeasureFigures, note string) (mutualsPage, error) {
	m := figures.Measure
	strips := published.Strips(figures.Figures)
	mutuals := published.Mutuals(strips)
	f.Heading = "Mutuals among NHS organisations"
	if len(mutuals) == 0 {
		return mutualsPage{Empty: evidenceEmpty()}, nil
	}
	f.Heading = page.Begin(said(page.Words(len(mutuals)))) + " " + said(page.Plural(len(mutuals), "mutual", "mutuals")) + " among NHS organisations"
	f.Kicker = sourceName(m, figures.Period)
	f.Title = f.Heading + ": " + lowerFirst(m.Label)
	against, ok := published.StripOf(strips, published.CommunityTrusts().Published)
	if !ok {
		against.Group = published.CommunityTrusts()
	}
	f.Sentence = published.MutualsSentence(m, mutuals, against, figures.England())

	p := mutualsPage{Figures: middles(figures, strips, mutuals), Grades: grades(published.MutualGrades(m, mutuals, against))}
	isMutual := map[string]bool{}
	for _, x := range mutuals {
		isMutual[x.Organisation.ODS] = true
	}
	key := "A mutual, with its likely range"
	if m.Spread == 0 {
		key = "A mutual"
	}
	notes := []string{published.RangeNote(m), note}
	var err error
	p.Chart, err = benchmark{
		id: "mutuals", title: m.Label + " by organisation", sub: scale(m, against.Group), note: strings.TrimSpace(strings.Join(notes, " ")),
		figures: figures, rows: mutuals, groups: pictured(strips), ours: func(ods string) bool { return isMutual[ods] }, oursKey: key, dotKey: "A trust",
	}.chart()
	return p, err
}

// middles are the four figures under the sentence.
func middles(figures published.MeasureFigures, strips []published.Strip, mutuals []published.Figure) page.Figures {
	m := figures.Measure
	unit := ""
	if m.Kind == published.KindRate {
		unit = "%"
	}
	values := make([]float64, len(mutuals))
	for n, f := range mutuals {
		values[n] = f.Value
	}
	own, _ := published.Median(values)
	label := "the only mutual here"
	if len(mutuals) > 1 {
		label = "median of the " + said(page.Words(len(mutuals))) + " mutuals"
	}
	out := page.Figures{Small: true, Items: []page.Figure{{Value: m.Format(own, 0) + unit, Label: label}}}
	for _, g := range []published.Group{published.CommunityTrusts(), published.AcuteTrusts()} {
		if s, ok := published.StripOf(strips, g.Published); ok {
			out.Items = append(out.Items, page.Figure{Value: m.Format(s.Median, 0) + unit, Label: "median of " + number(len(s.Figures)) + " " + g.Many})
		}
	}
	if e := figures.England(); e != nil {
		out.Items = append(out.Items, page.Figure{Value: m.Format(e.Value, 0) + unit, Label: "England"})
	}
	return out
}

// sourceName is what figures are of, above a heading: "NHS Staff Survey 2024,
// staff engagement".
func sourceName(m published.Measure, p published.Period) string {
	if m.Kind == published.KindRate {
		return "NHS sickness absence, " + p.String()
	}
	return "NHS Staff Survey " + p.String() + ", " + lowerFirst(m.Label)
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// rangeWords say how the likely range is worked out, and what it leaves out.
func rangeWords(m published.Measure) []string {
	spread := said(page.Decimal(m.Spread, 1))
	return []string{
		"The published files give no range. We work one out from two things: how many people answered, and how far people’s own scores lie apart, " +
			"which we take to be " + spread + " points on this measure. The range is the score, give or take 1.96 times " + spread + " divided by the square root of the number of answers.",
		"If the same survey could be sent out again and again, 95 of a hundred such ranges would hold the score that asking everybody would give. " +
			"The range says nothing about those who did not answer.",
	}
}

// ownLinks leads to the organisation whose pages these are, where figures about
// it are published, and to all others.
func (v *visit) ownLinks() page.Links {
	links := page.Links{}
	if v.org.ODS != "" {
		if _, err := v.house.Published.OrganisationByODS(v.ctx, v.org.ODS); err == nil {
			links = append(links, page.LinkLine{Text: "Your own organisation beside its group and England", Href: "/evidence/organisations/" + v.org.ODS})
		}
	}
	return append(links, page.LinkLine{Text: "Any one organisation beside its group and England", Href: "/evidence/organisations"})
}

// fileLinks lead to a list as files.
func fileLinks(path, query, what string) page.Links {
	return page.Links{
		{Text: what + " (CSV)", Href: path + ".csv" + query, Note: "for a spreadsheet"},
		{Text: what + " (JSON)", Href: path + ".json" + query, Note: "for a program"},
	}
}
