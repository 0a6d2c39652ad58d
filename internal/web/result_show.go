package web

import (
	"math"
	"strconv"
	"strings"

	"commonweal/internal/listen/wave"
	"commonweal/internal/web/chart"
	"commonweal/internal/web/page"
	"commonweal/survey/disclose"
	"commonweal/survey/estimate"
	"commonweal/survey/instrument"
)

// resultShow is the first page of the results: the thing first, then what it rests on.
func (s *Server) resultShow(r *results) error {
	f := r.frame()
	f.Back = page.Link{Text: "All surveys", Href: "/surveys"}
	f.Kicker = r.w.Title
	if !strings.Contains(r.w.Title, r.monthAsked()) {
		f.Kicker += ", " + r.monthAsked()
	}
	f.Files = r.figureFiles()
	head, ok := r.headline()
	whole, _, shown := r.ours(head.ID)
	p := resultPage{}
	if !ok || !shown {
		f.Heading = r.w.Title
		f.Sentence = "The results of this survey are not shown, to protect the people in it."
		p.Sections = append([]resultSection{{conductSection: conductSection{Show: []page.Component{r.notShownWhole()}}}}, r.contents()...)
		return r.page(f, p)
	}
	f.Heading = head.Label.In("en")
	f.Title = head.Label.In("en") + ": " + r.w.Title
	b, has, err := r.besideHeadline()
	if err != nil {
		return err
	}
	change, err := r.changeOf(head.ID)
	if err != nil {
		return err
	}
	list := r.means(r.levelShown(), head.ID)
	above, below := r.apart(list, head.ID)
	f.Sentence = leadSentence(head.Label.In("en"), whole, r.bestOf(head.ID), b.standingWords(), above, below)
	p.Figures = r.headFigures(whole, change)
	var line *chart.Upright
	if has {
		line = b.line()
		p.Source = licences(b.Figures.Source)
	}
	one, many := levelNoun(r.levelShown())
	picture, err := r.scoreChart("first", page.Begin(one), head, list, line)
	if err != nil {
		return err
	}
	if picture != "" {
		p.Sections = append(p.Sections, resultSection{Chart: picture})
	}
	if anyHidden(list) {
		p.Sections = append(p.Sections, r.whyHidden(many))
	}
	p.Sections = append(p.Sections, resultSection{Points: r.caveats(head, whole, change, b, has), conductSection: conductSection{Heading: "What to make of it"}})
	p.Sections = append(p.Sections, r.contents()...)
	return r.page(f, p)
}

func anyHidden(list []unitMean) bool {
	for _, u := range list {
		if !u.Shown {
			return true
		}
	}
	return false
}

// notShownWhole is for the rare survey of which nothing can be shown.
func (r *results) notShownWhole() page.Panel {
	return page.NotShown(page.Link{Text: "How this release was tested for leaks", Href: r.at("tested")})
}

// monthAsked is when it was asked, in a word or two.
func (r *results) monthAsked() string {
	year, month, _ := r.w.Closes.Civil()
	return month.String() + " " + strconv.Itoa(year)
}

// answersWords is how many answered of how many.
func (r *results) answersWords(base int) (share, label string) {
	n := r.w.Answers
	if n == 0 {
		n = base
	}
	if r.w.Eligible == 0 {
		return number(n), "answers; how many were asked is not known"
	}
	return said(page.Percent(n, r.w.Eligible)), number(n) + " of " + number(r.w.Eligible) + " answered"
}

// headFigures are the large numbers under the first sentence.
func (r *results) headFigures(whole disclose.Mean, change *changed) page.Figures {
	out := page.Figures{Items: []page.Figure{{Value: scoreWords(whole.Mean, whole.Base), Label: "likely between " + between(whole)}}}
	if change != nil && change.Whole.Known {
		out.Items = append(out.Items, page.Figure{Value: plusMinus(change.Whole.Value, change.Whole.Decimals), Label: "since " + change.Before.monthAsked() + ", likely " + change.Whole.range0()})
	}
	share, label := r.answersWords(whole.Base)
	out.Items = append(out.Items, page.Figure{Value: share, Label: label})
	return out
}

// plusMinus writes a change with its sign; a minus is U+2212.
func plusMinus(v float64, decimals int) string {
	text := said(page.Decimal(math.Abs(v), decimals))
	switch {
	case math.Abs(v) < math.Pow10(-decimals)/2:
		return text
	case v > 0:
		return "+" + text
	}
	return "−" + text
}

// caveats are what the figures do not say, in sentences made from them.
func (r *results) caveats(head instrument.Score, whole disclose.Mean, change *changed, b beside, has bool) []string {
	var out []string
	if text, ok := r.weightCaveat(head.ID); ok {
		out = append(out, text)
	}
	if change != nil && change.Whole.Known {
		out = append(out, change.Whole.sentence(change.Before.w.Title))
	}
	if change != nil && change.Why == "" {
		if text := change.story(r.levelShown()); text != "" {
			out = append(out, text)
		}
	}
	if text := r.hiddenTeams(head.ID); text != "" {
		out = append(out, text)
	}
	plain, _ := r.r.Score(r.whole(), disclose.Everybody, head.ID)
	if low, high, ok := r.bounds(head, plain); ok {
		share := said(page.Percent(r.w.Eligible-r.w.Answers, r.w.Eligible))
		out = append(out, share+" did not answer. If all of them were at the one end of the scale the score would be "+scoreWords(low, whole.Base)+", at the other "+scoreWords(high, whole.Base)+
			". That is not likely, but nothing in the answers rules it out.")
	}
	if has && b.HasOne {
		out = append(out, page.Begin(b.Group.Many)+" answered the national survey of "+b.Figures.Period.String()+". Ours was asked from "+r.day(r.w.Opens)+" to "+r.day(r.w.Closes)+".")
	}
	if r.w.BroughtIn() {
		out = append(out, "This survey was asked by "+r.w.Source+" and brought in. That everybody answered once, and only those who were asked, cannot be shown.")
	}
	return out
}

// hiddenTeams says how many teams have no figure here, and that none was left out of the
// totals; empty where all have one.
func (r *results) hiddenTeams(score string) string {
	hidden, list := 0, r.means(wave.Team, score)
	for _, u := range list {
		if !u.Shown {
			hidden++
		}
	}
	if hidden == 0 {
		return ""
	}
	has, in := " are", "them"
	if hidden == 1 {
		has, in = " is", "it"
	}
	return number(hidden) + " of " + count(len(list), "team", "teams") + has + " not shown, to protect the people in " + in + ". Their answers are in the totals."
}

// bounds is between which two figures the score of everybody must lie, whatever those
// who did not answer think.
func (r *results) bounds(s instrument.Score, whole disclose.Mean) (low, high float64, ok bool) {
	if r.w.Eligible == 0 || r.w.Answers == 0 || r.w.Answers > r.w.Eligible {
		return 0, 0, false
	}
	lowest, highest := r.ends(s.ID)
	low, high, err := estimate.Bounds(estimate.Answered{ID: s.ID, Eligible: r.w.Eligible, Answers: r.w.Answers, Mean: whole.Mean}, lowest, highest)
	return low, high, err == nil
}

func (r *results) ends(score string) (lowest, highest float64) {
	for _, s := range r.r.Scores {
		if s.ID == score {
			return math.Min(s.Worst, s.Best), math.Max(s.Worst, s.Best)
		}
	}
	return 0, 10
}

// contents lead to the other pages of the results.
func (r *results) contents() []resultSection {
	figures := page.Links{
		{Text: "All scores", Href: r.at("scores")},
		{Text: "Every team", Href: r.at("teams")},
		{Text: "Staff groups", Href: r.at("groups")},
		{Text: "Every question", Href: r.at("questions")},
		{Text: "Several teams together", Href: r.at("filter")},
	}
	meaning := page.Links{
		{Text: "Beside other organisations", Href: r.at("beside")},
		{Text: "What changed", Href: r.at("change")},
		{Text: "What goes with the score", Href: r.at("drivers")},
		{Text: "Who did not answer", Href: r.at("response")},
	}
	trust := page.Links{{Text: "How this release was tested for leaks", Href: r.at("tested")}, {Text: "What was asked, and how to check it", Href: "/surveys/" + r.w.Code}}
	if r.w.Comments {
		meaning = append(meaning, page.LinkLine{Text: "Comments", Href: "/surveys/" + r.w.Code + "/comments"})
	}
	var out []resultSection
	for _, s := range []conductSection{{Heading: "Figures", Links: figures}, {Heading: "What they mean", Links: meaning}, {Heading: "Trust", Links: trust}} {
		out = append(out, resultSection{conductSection: s})
	}
	return out
}

// figureFiles are all figures of the release as files.
func (r *results) figureFiles() []page.Files {
	return []page.Files{
		{What: "all scores", CSV: r.at("scores.csv"), JSON: r.at("scores.json")},
		{What: "all questions", CSV: r.at("questions.csv"), JSON: r.at("questions.json")},
	}
}

// resultScores shows every score of the whole organisation.
func (s *Server) resultScores(r *results) error {
	f := r.frameOf("All scores", "Each score of everybody who answered, with the range in which the true one is likely to lie.")
	f.Files = r.figureFiles()[:1]
	section, err := r.scoreSection(r.whole(), disclose.Everybody, "scores")
	if err != nil {
		return err
	}
	if section == nil {
		return r.page(f, resultPage{Sections: []resultSection{{conductSection: conductSection{Show: []page.Component{r.notShownWhole()}}}}})
	}
	p := resultPage{Sections: []resultSection{*section}}
	if weights, ok := r.weightSection(); ok {
		p.Sections = append(p.Sections, weights)
	}
	return r.page(f, p)
}

// scoreSection is all scores of one cell as chart and table; nil where nothing is shown.
func (r *results) scoreSection(unit, group, id string) (*resultSection, error) {
	if _, ok := r.r.At(unit, group); !ok {
		return nil, nil
	}
	c := chart.Intervals{
		Frame: chart.Frame{ID: id, Title: "Scores", Sub: r.scaleWords() + " The bar shows where the true score is likely to lie (95%).", Source: "In the order of the questionnaire."},
		Head:  "Score", Value: "Score", Words: hiddenWord,
	}
	t := page.Table{ID: id + "-table", Caption: "Scores with their likely range", Shape: page.Scrolled, Columns: []page.Column{{Head: "Score"}, {Head: "Value", Number: true}, {Head: "Likely from", Number: true}, {Head: "to", Number: true}, {Head: "Answers", Number: true}}}
	shown := 0
	for _, s := range r.scores() {
		label := s.Label.In("en")
		m, ok := r.r.Score(unit, group, s.ID)
		if unit == r.whole() && group == disclose.Everybody {
			m, _, ok = r.ours(s.ID)
		}
		row := chart.Interval{Label: label, Hidden: !ok, Ours: ok && s.Kind != instrument.SubScore}
		cells := page.Row{{Text: label}, {Text: hiddenCell, Kind: page.Quiet}, {}, {}, {}}
		if ok {
			shown++
			row.Value, row.Low, row.High, row.Decimals, row.Answers = m.Mean, m.Low, m.High, disclose.Decimals(m.Base), number(m.Base)
			cells = page.Row{{Text: label}, {Text: scoreWords(m.Mean, m.Base), Kind: page.Strong}, {Text: scoreWords(m.Low, m.Base)}, {Text: scoreWords(m.High, m.Base)}, {Text: baseWords(m.Base)}}
		}
		c.Rows, t.Rows = append(c.Rows, row), append(t.Rows, cells)
	}
	if shown == 0 {
		return nil, nil
	}
	picture, err := c.HTML()
	return &resultSection{Chart: picture, conductSection: conductSection{Show: []page.Component{t}}}, err
}
