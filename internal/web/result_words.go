package web

import (
	"html/template"
	"slices"
	"strings"

	"commonweal/internal/listen/wave"
	"commonweal/internal/web/chart"
	"commonweal/internal/web/page"
	"commonweal/survey/disclose"
	"commonweal/survey/estimate"
	"commonweal/survey/instrument"
)

// level is that of all intervals on these pages.
const level = 0.95

// unitMean is a unit with its score, if it is shown.
type unitMean struct {
	wave.Unit
	disclose.Mean
	Shown bool
}

// means are the scores of the units of a level: those that are shown first, the highest
// first, and then the others by name.
func (r *results) means(of wave.Level, score string) []unitMean {
	var out []unitMean
	for _, u := range r.units(of) {
		m, ok := r.r.Score(u.Code, disclose.Everybody, score)
		out = append(out, unitMean{u, m, ok})
	}
	return ordered(out)
}

// ordered puts shown units by score, and after them by name those that are not shown.
func ordered(list []unitMean) []unitMean {
	slices.SortStableFunc(list, func(a, b unitMean) int {
		switch {
		case a.Shown != b.Shown && a.Shown:
			return -1
		case a.Shown != b.Shown:
			return 1
		case a.Shown && a.Mean.Mean != b.Mean.Mean:
			if a.Mean.Mean > b.Mean.Mean {
				return -1
			}
			return 1
		}
		return strings.Compare(a.Name, b.Name)
	})
	return list
}

// figure is a released score as an estimate, from its mean, its base and the spread in
// the whole organisation. It reports false where the release has no spread for it.
func (r *results) figure(m disclose.Mean, score string, population int) (estimate.Figure, bool) {
	i := slices.IndexFunc(r.r.Scores, func(s disclose.Score) bool { return s.ID == score })
	if i < 0 || i >= len(r.r.Spread) || r.r.Spread[i] == 0 || m.Base < 2 {
		return estimate.Figure{}, false
	}
	f, err := estimate.FromMoments(m.Base, m.Mean, r.r.Spread[i], population, level)
	return f, err == nil && f.HasInterval
}

// apart are the units that stand above or below all of us by more than chance often
// gives, with the many comparisons taken into account (Benjamini and Hochberg).
func (r *results) apart(list []unitMean, score string) (above, below []string) {
	whole, ok := r.r.Score(r.whole(), disclose.Everybody, score)
	if !ok {
		return nil, nil
	}
	all, ok := r.figure(whole, score, r.w.Eligible)
	if !ok {
		return nil, nil
	}
	var p []float64
	var of []unitMean
	for _, u := range list {
		f, ok := r.figure(u.Mean, score, 0)
		if !u.Shown || !ok {
			continue
		}
		c, err := estimate.Difference(all, f, level)
		if err != nil || !c.HasInterval {
			continue
		}
		p, of = append(p, c.P), append(of, u)
	}
	adjusted, err := estimate.BenjaminiHochberg(p)
	if err != nil {
		return nil, nil
	}
	for i, u := range of {
		switch {
		case adjusted[i] > flagAt:
		case u.Mean.Mean > whole.Mean:
			above = append(above, u.Name)
		default:
			below = append(below, u.Name)
		}
	}
	return above, below
}

// flagAt is the part of false alarms among flags that is accepted.
const flagAt = 0.1

// leadSentence says the thing first, from the figures alone.
func leadSentence(score string, m disclose.Mean, best float64, standing string, above, below []string) string {
	out := "We score " + scoreWords(m.Mean, m.Base) + " out of " + number(int64(best)) + " on " + inRunningText(score) + standing + "."
	switch {
	case len(above) == 0 && len(below) == 0:
		return out
	case len(above) > 3 || len(below) > 3:
		return out + " Of us " + noneOr(len(above)) + said(page.Plural(len(above), " stands", " stand")) + " above the rest, and " + noneOr(len(below)) + " below."
	case len(below) == 0:
		return out + " " + page.List(above) + said(page.Plural(len(above), " stands", " stand")) + " above the rest of us."
	case len(above) == 0:
		return out + " " + page.List(below) + said(page.Plural(len(below), " stands", " stand")) + " below the rest of us."
	}
	return out + " " + page.List(above) + said(page.Plural(len(above), " stands", " stand")) + " above the rest of us, " + page.List(below) + " below."
}

// scoreChart draws the units of a list with a score.
func (r *results) scoreChart(id, head string, s instrument.Score, list []unitMean, beside *chart.Upright) (template.HTML, error) {
	c := chart.Intervals{
		Frame: chart.Frame{
			ID: id, Title: s.Label.In("en") + " by " + inRunningText(head), Sub: r.scaleWords() + " The bar shows where the true score is likely to lie (95%).",
			Source: "Highest first; the order is no ranking where bars overlap.",
		},
		Head: head, Value: "Score", Words: hiddenWord,
	}
	if beside != nil {
		c.Lines = append(c.Lines, *beside)
	}
	if m, ok := r.r.Score(r.whole(), disclose.Everybody, s.ID); ok {
		c.Lines = append(c.Lines, chart.Upright{Label: r.allOfUs(), Value: m.Mean, Decimals: disclose.Decimals(m.Base), Ours: true})
	}
	shown := 0
	for _, u := range list {
		row := chart.Interval{Label: u.Name, Hidden: !u.Shown}
		if u.Shown {
			shown++
			row.Value, row.Low, row.High, row.Decimals, row.Answers = u.Mean.Mean, u.Low, u.High, disclose.Decimals(u.Base), number(u.Base)
		}
		c.Rows = append(c.Rows, row)
	}
	if shown == 0 {
		return "", nil
	}
	return c.HTML()
}

// scaleWords says from where to where scores go.
func (r *results) scaleWords() string {
	if len(r.r.Scores) == 0 {
		return "Score."
	}
	s := r.r.Scores[0]
	return "Score from " + number(int64(min(s.Worst, s.Best))) + " to " + number(int64(max(s.Worst, s.Best))) + "."
}

// bestOf is the end of the scale that is best.
func (r *results) bestOf(score string) float64 {
	for _, s := range r.r.Scores {
		if s.ID == score {
			return s.Best
		}
	}
	return 10
}
