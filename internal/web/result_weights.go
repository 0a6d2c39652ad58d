package web

import (
	"cmp"
	"slices"

	"commonweal/internal/house"
	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
	"commonweal/survey/disclose"
	"commonweal/survey/estimate"
)

// Scores of the whole organisation are weighted where the plan said so; teams, staff
// groups and percentages never are. Wherever a weighted score stands, the one in which
// every answer counts the same stands beside it or one link away.

// ours is the score of the whole organisation: weighted where it is.
func (r *results) ours(score string) (m disclose.Mean, weighted, ok bool) {
	if m, ok = r.weighted.Score(score); ok {
		return m, true, true
	}
	m, ok = r.r.Score(r.whole(), disclose.Everybody, score)
	return m, false, ok
}

// isWeighted reports whether any score of the whole organisation is.
func (r *results) isWeighted() bool { return r.weighted != nil && len(r.weighted.Scores) > 0 }

// weightedFigure is a weighted score as an estimate.
func (r *results) weightedFigure(score string) (f estimate.Figure, ok bool) {
	if r.weighted == nil {
		return f, false
	}
	for _, s := range r.weighted.Scores {
		if s.ID == score && s.Base > 1 && s.SE > 0 {
			return estimate.Figure{Value: s.Mean, SE: s.SE, DF: float64(s.Base - 1), N: s.Base, Low: s.Low, High: s.High, HasInterval: true, Level: level}, true
		}
	}
	return f, false
}

// weightedAs says in a sentence, below every page, whether scores are weighted.
func (r *results) weightedAs() string {
	switch {
	case r.isWeighted():
		return " Scores of all of us are weighted by staff group; those of teams and staff groups, and percentages, are not."
	case r.w.Weighting == wave.ByGroup && r.weighted != nil:
		return " Ours is not weighted, although the plan was to: " + whyNotWeighted(r.weighted.Why) + "."
	}
	return " Ours is not weighted."
}

func whyNotWeighted(why string) string {
	if why == house.NoList {
		return "how many were asked in each staff group is not known"
	}
	return "too few staff groups can be shown"
}

// allOfUs is what the line of all of us is called where teams stand beside it, which are
// not weighted.
func (r *results) allOfUs() string {
	if r.isWeighted() {
		return "All of us, not weighted"
	}
	return "All of us"
}

// weightCaveat says on the first page what the weights did to the first figure.
func (r *results) weightCaveat(score string) (string, bool) {
	plain, ok := r.r.Score(r.whole(), disclose.Everybody, score)
	if _, weighted, _ := r.ours(score); !weighted || !ok {
		return "", false
	}
	if m, _, _ := r.ours(score); m.Mean == plain.Mean {
		return r.weightSentence() + " If every answer counted the same, the score would be this too.", true
	}
	return r.weightSentence() + " If every answer counted the same, the score would be " + scoreWords(plain.Mean, plain.Base) + ".", true
}

// weightSentence says whose answers count more, and why.
func (r *results) weightSentence() string {
	var more, less []house.WeightedGroup
	for _, g := range r.weighted.Groups {
		switch {
		case g.Weight >= 1.05:
			more = append(more, g)
		case g.Weight <= 0.95:
			less = append(less, g)
		}
	}
	slices.SortStableFunc(more, func(a, b house.WeightedGroup) int { return cmp.Compare(b.Weight, a.Weight) })
	slices.SortStableFunc(less, func(a, b house.WeightedGroup) int { return cmp.Compare(a.Weight, b.Weight) })
	out := "Staff groups count in the score as they do on the staff list."
	switch {
	case len(more)+len(less) == 0:
		return out + " They answered in about the same shares, so this changes next to nothing."
	case len(less) == 0:
		return out + " Answers of " + r.groupsOf(more) + " count " + howMuch(more[0].Weight) + ", because fewer of them answered."
	case len(more) == 0:
		return out + " Answers of " + r.groupsOf(less) + " count " + howMuch(less[0].Weight) + ", because more of them answered."
	}
	return out + " Answers of " + r.groupsOf(more) + " count " + howMuch(more[0].Weight) + ", because fewer of them answered; those of " + r.groupsOf(less) + " count " + howMuch(less[0].Weight) + "."
}

// groupsOf names at most two groups.
func (r *results) groupsOf(list []house.WeightedGroup) string {
	var names []string
	for i, g := range list {
		if i == 2 {
			break
		}
		names = append(names, "“"+r.groupName(g.Code)+"”")
	}
	return page.List(names)
}

func howMuch(weight float64) string {
	switch {
	case weight > 1.5:
		return "more"
	case weight > 1:
		return "a little more"
	case weight > 0.67:
		return "a little less"
	}
	return "less"
}

// weightSection shows the weights, and the scores with and without them.
func (r *results) weightSection() (resultSection, bool) {
	if !r.isWeighted() {
		return resultSection{}, false
	}
	w := r.weighted
	scores := page.Table{ID: "unweighted", Caption: "Scores with and without weights", Shape: page.Scrolled, Columns: []page.Column{{Head: "Score"}, {Head: "Weighted", Number: true}, {Head: "Every answer alike", Number: true}}}
	for _, s := range r.scores() {
		m, weighted, ok := r.ours(s.ID)
		plain, okPlain := r.r.Score(r.whole(), disclose.Everybody, s.ID)
		if weighted && ok && okPlain {
			scores.Rows = append(scores.Rows, page.Row{{Text: s.Label.In("en")}, {Text: scoreWords(m.Mean, m.Base), Kind: page.Strong}, {Text: scoreWords(plain.Mean, plain.Base)}})
		}
	}
	groups := page.Table{ID: "weights", Caption: "How much an answer of each staff group counts", Shape: page.Scrolled, Columns: []page.Column{{Head: "Staff group"}, {Head: "On the staff list", Number: true}, {Head: "Answers", Number: true}, {Head: "Each counts", Number: true}}}
	inside := 0
	for _, g := range w.Groups {
		inside += g.Answers
		groups.Rows = append(groups.Rows, page.Row{{Text: r.groupName(g.Code)}, {Text: number(g.Eligible)}, {Text: baseWords(g.Answers)}, {Text: said(page.Decimal(g.Weight, 2))}})
	}
	text := []string{r.weightSentence()}
	if w.Rest > 0 {
		text = append(text, "Whoever named no staff group, or one that is not shown, counts as all of us do on average.")
	}
	quality := "The weights cost some certainty: " + number(w.Answers) + " answers tell as much as " + number(w.EffectiveN) + " that count the same (a design effect of " + said(page.Decimal(w.Design, 2)) +
		"). The largest weight is " + said(page.Decimal(w.Largest, 2)) + ", the smallest " + said(page.Decimal(w.Smallest, 2)) + "."
	if w.Cut > 0 {
		quality += " Weights are cut at 0.3 and 3, which changed those of some groups; their share is then not quite that of the staff list."
	}
	text = append(text, quality)
	if !w.Finite {
		text = append(text, "The ranges do not reckon with how many were asked, because it cannot be shown that everybody answered once.")
	}
	text = append(text, "Weights and weighted scores are worked out from the figures shown here and the staff list, and from nothing else. So they give nobody away; the last decimal may be one off for it.")
	return resultSection{conductSection: conductSection{Heading: "How the answers are weighted", Text: text, Show: []page.Component{scores, groups}}}, true
}
