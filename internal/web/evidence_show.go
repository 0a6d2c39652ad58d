package web

import (
	"fmt"
	"net/http"
	"strings"

	"commonweal/internal/base/policy"
	"commonweal/internal/prove/published"
	"commonweal/internal/web/page"
)

type evidencePage struct {
	Empty   *page.Panel
	Figures page.Figures
	Look    page.Links
	Own     page.Links
	Work    page.Links
	Source  string
}

// evidenceShow says what is published here, and leads to it.
func (s *Server) evidenceShow(v *visit) error {
	engagement, _ := published.ScoreOf("E")
	list, err := v.house.Published.Figures(v.ctx, engagement)
	if err != nil {
		return err
	}
	absence, err := v.house.Published.AbsenceOverYear(v.ctx)
	if err != nil {
		return err
	}
	f := v.frame()
	f.Heading = "Evidence"
	p := evidencePage{Source: licences(list[0].Source, absence.Source)}
	if v.can(policy.PackView) {
		p.Own = page.Links{{Text: "Board pack", Href: "/evidence/pack", Note: "one page a measure: what its figures show, and what they do not"}, {Text: "Our measures", Href: "/evidence/indicators"}}
	}
	if v.can(policy.PublishedImport) {
		p.Work = page.Links{{Text: "Imported files", Href: "/evidence/imports", Note: "what was loaded, and what did not fit"}}
	}
	strips := published.Strips(list[0].Figures)
	shown, answers := 0, 0
	for _, strip := range strips {
		shown += len(strip.Figures) + strip.Hidden
		answers += strip.Answers
	}
	if shown == 0 && len(absence.Figures) == 0 {
		p.Empty = evidenceEmpty()
		f.Data = p
		return v.show(http.StatusOK, "evidence_show", f)
	}
	mutuals := published.Mutuals(strips)
	f.Kicker = "Open to everyone"
	f.Sentence = evidenceSentence(shown, len(mutuals), list[0], absence)
	p.Look = append(page.Links{
		{Text: "What is claimed, and what is shown", Href: "/evidence/claims", Note: "six claims, who made them, and what bears on each"},
		{Text: "Studies", Href: "/evidence/studies", Note: "what was registered before its data were looked at, and what each showed"},
		{Text: "Mutuals among NHS organisations", Href: "/evidence/mutuals", Note: "staff engagement, its parts, and the People Promise"},
		{Text: "The same organisations on sickness absence", Href: "/evidence/absence", Note: "over a year"},
	}, v.ownLinks()...)
	p.Figures = page.Figures{Small: true, Items: []page.Figure{
		{Value: number(shown), Label: "organisations in the survey of " + list[0].Period.String()},
		{Value: number(len(mutuals)), Label: "of them mutuals"},
		{Value: number(answers), Label: "answers, all of them together"},
	}}
	f.Data = p
	return v.show(http.StatusOK, "evidence_show", f)
}

// evidenceSentence says what there is.
func evidenceSentence(organisations, mutuals int, survey, absence published.MeasureFigures) string {
	var parts []string
	if organisations > 0 {
		among := ""
		if mutuals > 0 {
			among = fmt.Sprintf(", %s of them %s", said(page.Words(mutuals)), said(page.Plural(mutuals, "a mutual", "mutuals")))
		}
		parts = append(parts, fmt.Sprintf("What staff said in %s at %s%s.", survey.Period, count(organisations, "organisation", "organisations"), among))
	}
	if len(absence.Figures) > 0 {
		parts = append(parts, "How much sickness absence there was at each, from "+absence.Period.String()+".")
	}
	return "Published figures about the whole NHS, as they were published. " + strings.Join(parts, " ")
}
