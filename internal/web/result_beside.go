package web

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/wave"
	"commonweal/internal/prove/published"
	"commonweal/internal/web/chart"
	"commonweal/internal/web/page"
	"commonweal/survey/disclose"
	"commonweal/survey/instrument"
)

// beside is a score of ours next to what is published of a group of organisations.
type beside struct {
	Score   instrument.Score
	Ours    disclose.Mean
	Group   published.Group
	Strip   published.Strip
	HasOne  bool // the group has a figure
	England *published.Figure
	Figures published.MeasureFigures
}

// publishedScores are the published figures of the release's scores; none where nobody
// has imported them.
func (r *results) publishedScores() (map[string]published.MeasureFigures, error) {
	var asked []published.Measure
	for _, s := range r.scores() {
		if m, ok := published.ScoreOf(s.ID); ok {
			asked = append(asked, m)
		}
	}
	if len(asked) == 0 {
		return nil, nil
	}
	found, err := r.house.Published.Figures(r.ctx, asked...)
	if err != nil {
		return nil, err
	}
	out := map[string]published.MeasureFigures{}
	for _, m := range found {
		if len(m.Figures) > 0 {
			out[m.Measure.Code] = m
		}
	}
	return out, nil
}

// groupAsked is the group of organisations to stand beside: the one that the address
// asks for, that of our own organisation, or community trusts.
func (r *results) groupAsked(all map[string]published.MeasureFigures) (published.Group, error) {
	if name := r.queried().Get("group"); name != "" {
		g, ok := published.GroupNamed(name)
		if !ok {
			return g, fault.Errorf(fault.NotFound, "there is no such group of organisations; choose one from the list")
		}
		return g, nil
	}
	for _, m := range all {
		if f, ok := m.Of(r.org.ODS); ok && r.org.ODS != "" {
			g, _ := published.GroupNamed(f.Organisation.Group)
			return g, nil
		}
	}
	return published.CommunityTrusts(), nil
}

// besides are all scores of the whole organisation next to a group.
func (r *results) besides() ([]beside, published.Group, error) {
	all, err := r.publishedScores()
	if err != nil || len(all) == 0 {
		return nil, published.Group{}, err
	}
	g, err := r.groupAsked(all)
	if err != nil {
		return nil, g, err
	}
	var out []beside
	for _, s := range r.scores() {
		figures, ok := all[s.ID]
		ours, _, shown := r.ours(s.ID)
		if !ok || !shown {
			continue
		}
		b := beside{Score: s, Ours: ours, Group: g, Figures: figures, England: figures.England()}
		b.Strip, b.HasOne = published.StripOf(published.Strips(figures.Figures), g.Published)
		b.HasOne = b.HasOne && len(b.Strip.Figures) > 0
		out = append(out, b)
	}
	return out, g, nil
}

// placedAgainst says where ours lies against a figure of others: within its own interval it
// cannot be told from it.
func placedAgainst(m disclose.Mean, theirs float64) int {
	switch {
	case theirs < m.Low:
		return 1
	case theirs > m.High:
		return -1
	}
	return 0
}

// standingWords ends the first sentence: ", much the same as community trusts".
func (b beside) standingWords() string {
	if !b.HasOne {
		return ""
	}
	switch placedAgainst(b.Ours, b.Strip.Median) {
	case 1:
		return ", above the middle of the " + b.Group.Many
	case -1:
		return ", below the middle of the " + b.Group.Many
	}
	return ", much the same as the middle of the " + b.Group.Many
}

// line is the middle of the group for a chart.
func (b beside) line() *chart.Upright {
	if !b.HasOne {
		return nil
	}
	return &chart.Upright{Label: page.Begin(b.Group.Many) + ", median", Value: b.Strip.Median, Decimals: 2}
}

// besideHeadline is the headline beside a group, if figures are there.
func (r *results) besideHeadline() (beside, bool, error) {
	s, ok := r.headline()
	if !ok || r.w.Kind == wave.Pulse {
		return beside{}, false, nil
	}
	list, _, err := r.besides()
	if err != nil {
		return beside{}, false, err
	}
	i := slices.IndexFunc(list, func(b beside) bool { return b.Score.ID == s.ID })
	if i < 0 {
		return beside{}, false, nil
	}
	return list[i], true, nil
}

// resultBeside shows all scores beside a group of organisations and England.
func (s *Server) resultBeside(r *results) error {
	list, g, err := r.besides()
	if err != nil {
		return err
	}
	f := r.frameOf("Beside other organisations", "")
	if len(list) == 0 {
		f.Sentence = "No published figures are here to stand beside ours."
		p := page.Empty("What is missing", "Our scores would stand here beside those of other NHS organisations and England. Whoever runs the machine loads the published workbooks of the NHS Staff Survey with “commonweal published import”.",
			page.Link{Text: "What is published and imported here", Href: "/evidence"})
		return r.page(f, resultPage{Sections: []resultSection{{conductSection: conductSection{Show: []page.Component{p}}}}})
	}
	f.Sentence = besideSentence(list, g)
	if r.w.Kind == wave.Pulse {
		f.Sentence = "A pulse is not the annual survey: it is asked at another time, of whoever cares to answer. What is published stands beside it, and is not to be compared with it."
	}
	f.Files = []page.Files{{What: "these figures", CSV: r.at("beside.csv") + groupQuery(g), JSON: r.at("beside.json") + groupQuery(g)}}
	t := page.Table{Caption: "Our scores beside the " + g.Many + " and England", Shape: page.Scrolled, Columns: []page.Column{
		{Head: "Score"}, {Head: "Ours", Number: true}, {Head: "Likely between", Number: true}, {Head: "Middle of the group", Number: true}, {Head: "Lowest to highest", Number: true}, {Head: "England", Number: true}, {Head: "Ours and the group"},
	}}
	for _, b := range list {
		row := b.row()
		if r.w.Kind == wave.Pulse {
			row[len(row)-1] = page.Cell{Text: "not compared", Kind: page.Quiet}
		}
		t.Rows = append(t.Rows, row)
	}
	first := list[0]
	period := first.Figures.Period.String()
	choice := page.Select{Name: "group", Label: "See another group", Value: g.Published}
	for _, other := range published.Groups() {
		choice.Options = append(choice.Options, page.Option{Value: other.Published, Label: page.Begin(other.Many)})
	}
	theirs := "theirs and England’s are weighted by occupation, as published"
	if !g.Pictured {
		theirs = "theirs are not weighted, as published; England’s are weighted by occupation"
	}
	p := resultPage{Sections: []resultSection{
		{conductSection: conductSection{Show: []page.Component{t}}, Choice: &resultChoice{Action: r.at("beside"), Fields: []page.Field{&choice}, Button: "Show this group"}},
		{conductSection: conductSection{Heading: "What can be compared, and what cannot", Text: []string{
			"Weighting: " + r.oursWeighted() + "; " + theirs + ". Where the mix of occupations differs, part of a difference is that mix.",
			"Others answered the NHS Staff Survey of " + period + ", in autumn, on paper and online. Ours was asked from " + r.day(r.w.Opens) + " to " + r.day(r.w.Closes) + ".",
			"“Much the same” means that the middle of the group lies within the range in which our own score is likely to lie. The published figures come without ranges of their own.",
			"A difference from others is not a cause. It does not say that being a mutual, or anything we did, made it.",
		}}},
	}, Source: licences(first.Figures.Source)}
	return r.page(f, p)
}

func groupQuery(g published.Group) string {
	return "?group=" + strings.ReplaceAll(strings.ReplaceAll(g.Published, "&", "%26"), " ", "+")
}

func besideSentence(list []beside, g published.Group) string {
	var above, same, below int
	for _, b := range list {
		if !b.HasOne {
			continue
		}
		switch placedAgainst(b.Ours, b.Strip.Median) {
		case 1:
			above++
		case -1:
			below++
		default:
			same++
		}
	}
	n := above + same + below
	if n == 0 {
		return "Nothing is published for this group on our scores. England stands beside them."
	}
	var parts []string
	for _, x := range []struct {
		n    int
		does string
	}{{above, "above it"}, {same, "much the same"}, {below, "below it"}} {
		if x.n > 0 {
			parts = append(parts, said(page.Words(x.n))+said(page.Plural(x.n, " is ", " are "))+x.does)
		}
	}
	return "Held against the middle of the " + g.Many + ", of " + said(page.Words(n)) + said(page.Plural(n, " score ", " scores ")) + page.List(parts) + "."
}

func (b beside) row() page.Row {
	quiet := func(text string) page.Cell { return page.Cell{Text: text, Kind: page.Quiet} }
	m := b.Figures.Measure
	row := page.Row{{Text: b.Score.Label.In("en")}, {Text: scoreWords(b.Ours.Mean, b.Ours.Base), Kind: page.Strong}, {Text: between(b.Ours)}, quiet("not published"), quiet("not published"), quiet("not published"), quiet("cannot be told")}
	if b.HasOne {
		low, high := b.Strip.Figures[0], b.Strip.Figures[len(b.Strip.Figures)-1]
		row[3], row[4] = page.Cell{Text: m.Format(b.Strip.Median, 0)}, page.Cell{Text: m.Format(low.Value, 0) + " to " + m.Format(high.Value, 0)}
		row[6] = page.Cell{Text: [...]string{"below", "much the same", "above"}[placedAgainst(b.Ours, b.Strip.Median)+1]}
	}
	if b.England != nil {
		row[5] = page.Cell{Text: m.Format(b.England.Value, 0)}
	}
	return row
}

// besideLine is one row of the file.
type besideLine struct {
	Score   string   `json:"score"`
	Label   string   `json:"label"`
	Ours    float64  `json:"ours"`
	Low     float64  `json:"low"`
	High    float64  `json:"high"`
	Group   string   `json:"group"`
	Median  *float64 `json:"group_median,omitempty"`
	Lowest  *float64 `json:"group_lowest,omitempty"`
	Highest *float64 `json:"group_highest,omitempty"`
	England *float64 `json:"england,omitempty"`
	Period  string   `json:"published_for"`
	// Unweighted is ours with every answer alike.
	Weighted   bool     `json:"weighted"`
	Unweighted *float64 `json:"ours_unweighted,omitempty"`
}

func (l besideLine) cells() []string {
	return []string{l.Score, l.Label, decimalText(&l.Ours), decimalText(&l.Low), decimalText(&l.High), l.Group, decimalText(l.Median), decimalText(l.Lowest), decimalText(l.Highest), decimalText(l.England), l.Period, strconv.FormatBool(l.Weighted), decimalText(l.Unweighted)}
}

func (r *results) besideLines() ([]besideLine, error) {
	list, g, err := r.besides()
	var out []besideLine
	for _, b := range list {
		l := besideLine{Score: b.Score.ID, Label: b.Score.Label.In("en"), Ours: b.Ours.Mean, Low: b.Ours.Low, High: b.Ours.High, Group: g.Label, Period: b.Figures.Period.String()}
		if b.HasOne {
			low, high, median := twoPlaces(b.Strip.Figures[0].Value), twoPlaces(b.Strip.Figures[len(b.Strip.Figures)-1].Value), twoPlaces(b.Strip.Median)
			l.Lowest, l.Highest, l.Median = &low, &high, &median
		}
		if b.England != nil {
			england := twoPlaces(b.England.Value)
			l.England = &england
		}
		if plain, ok := r.r.Score(r.whole(), disclose.Everybody, b.Score.ID); ok {
			_, l.Weighted, _ = r.ours(b.Score.ID)
			l.Unweighted = &plain.Mean
		}
		out = append(out, l)
	}
	return out, err
}

// twoPlaces rounds a published score as the page shows it.
func twoPlaces(v float64) float64 { return math.Round(v*100) / 100 }

// oursWeighted says whether ours is weighted, within a sentence.
func (r *results) oursWeighted() string {
	if r.isWeighted() {
		return "ours is weighted to our own staff list by staff group"
	}
	return "ours is not weighted"
}

// resultBesideFile is the same as a file.
func (s *Server) resultBesideFile(r *results) error {
	return sendLines(r.visit, []string{"Score", "Label", "Ours", "Likely from", "to", "Group", "Median of the group", "Lowest", "Highest", "England", "Published for", "Weighted", "Ours, not weighted"}, func(yield func(besideLine)) (string, error) {
		lines, err := r.besideLines()
		for _, l := range lines {
			yield(l)
		}
		return "beside-" + r.w.Code, err
	})
}
