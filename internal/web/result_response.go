package web

import (
	"slices"
	"strconv"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
	"commonweal/survey/disclose"
	"commonweal/survey/estimate"
)

// Those who did not answer are a result too. What is known of them is how many they are,
// and of groups of ten or more how many in each.

// resultResponse shows who did not answer, and what they could change.
func (s *Server) resultResponse(r *results) error {
	f := r.frameOf("Who did not answer", "")
	head, ok := r.headline()
	whole, shown := r.r.Score(r.whole(), disclose.Everybody, head.ID)
	share, label := r.answersWords(whole.Base)
	p := resultPage{Figures: page.Figures{Small: true, Items: []page.Figure{{Value: share, Label: label}}}}
	if r.w.Eligible == 0 || r.w.Answers == 0 {
		f.Sentence = "How many were asked is not known, so nothing can be said of those who did not answer."
		return r.page(f, p)
	}
	missing := max(r.w.Eligible-r.w.Answers, 0)
	f.Sentence = count(missing, "person", "people") + " of " + number(r.w.Eligible) + " did not answer. We do not know what they think."
	p.Sections = append(p.Sections, r.boundSection(ok && shown))
	units, groups, err := r.takingPart()
	if err != nil {
		return err
	}
	for _, part := range []struct {
		id, heading, head string
		rows              []partTaken
	}{{"by-team", "By team", "Team or directorate", units}, {"by-group", "By staff group", "Staff group", groups}} {
		if len(part.rows) == 0 {
			continue
		}
		p.Sections = append(p.Sections, resultSection{conductSection: conductSection{Heading: part.heading, Text: r.evenness(part.rows), Show: []page.Component{partTable(part.id, part.head, part.rows)}}})
	}
	if hides := func(x partTaken) bool { return !x.Shown }; slices.ContainsFunc(units, hides) || slices.ContainsFunc(groups, hides) {
		p.Sections = append(p.Sections, r.whyHidden("teams and staff groups"))
	}
	p.Sections = append(p.Sections, resultSection{conductSection: conductSection{Heading: "How far to trust the answers", Text: []string{
		"The ranges beside our scores treat those who answered as if chance had picked them among everybody. That is an assumption and not a fact: people choose whether to answer.",
		"Answers come from the team and staff group that people named themselves; how many were asked comes from the staff list. Somebody who named another team is counted there.",
		"Those most let down by the organisation may be those who do not answer. A survey cannot tell.",
	}}})
	f.Files = []page.Files{{What: "who answered", CSV: r.at("response.csv"), JSON: r.at("response.json")}}
	return r.page(f, p)
}

// boundSection is between what the scores must lie whatever the others think.
func (r *results) boundSection(shown bool) resultSection {
	s := resultSection{conductSection: conductSection{Heading: "What they could change"}}
	if !shown {
		s.Show = []page.Component{r.notShownWhole()}
		return s
	}
	t := page.Table{ID: "bounds", Caption: "Between what the score of everybody must lie", Shape: page.Scrolled, Columns: []page.Column{
		{Head: "Score"}, {Head: "Those who answered", Number: true}, {Head: "Everybody, at least", Number: true}, {Head: "at most", Number: true},
	}}
	for _, x := range r.scores() {
		m, ok := r.r.Score(r.whole(), disclose.Everybody, x.ID)
		if !ok {
			continue
		}
		low, high, ok := r.bounds(x, m)
		if !ok {
			continue
		}
		t.Rows = append(t.Rows, page.Row{{Text: x.Label.In("en")}, {Text: scoreWords(m.Mean, m.Base), Kind: page.Strong}, {Text: scoreWords(low, m.Base)}, {Text: scoreWords(high, m.Base)}})
	}
	s.Text = []string{"If everybody who did not answer were at the one end of the scale, or everybody at the other, the scores would be these (Manski’s bounds). They assume nothing at all, and so they are wide. Every answer counts the same in them."}
	s.Show = []page.Component{t}
	return s
}

// partTaken is how much of a group answered, as far as it may be told.
type partTaken struct {
	Code, Name string
	Eligible   int
	Base       int // answers, to the nearest five below a hundred
	Shown      bool
}

// takingPart is how many answered, by unit and staff group: how many were asked as far as
// the room tells it, and how many answered as far as the release does.
func (r *results) takingPart() (units, groups []partTaken, err error) {
	if r.w.BroughtIn() {
		for _, u := range r.w.Units {
			if u.Level != wave.Organisation && u.Eligible > 0 {
				units = append(units, r.partOf(u.Code, disclose.Everybody, u.Name, u.Eligible))
			}
		}
		return units, nil, nil
	}
	c, err := r.house.Waves.Counts(r.ctx, r.org.ID, r.w.ID)
	if fault.Is(err, fault.Conflict) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	for _, u := range c.Units {
		if u.Unit.Level == wave.Organisation {
			continue
		}
		eligible := u.Eligible
		if u.Hidden {
			eligible = 0
		}
		units = append(units, r.partOf(u.Unit.Code, disclose.Everybody, u.Unit.Name, eligible))
	}
	for _, g := range c.Groups {
		eligible := g.Eligible
		if g.Hidden {
			eligible = 0
		}
		groups = append(groups, r.partOf(r.whole(), g.Group.Code, g.Group.Name, eligible))
	}
	return units, groups, nil
}

func (r *results) partOf(unit, group, name string, eligible int) partTaken {
	p := partTaken{Code: unit, Name: name, Eligible: eligible}
	if group != disclose.Everybody {
		p.Code = group
	}
	f, ok := r.r.At(unit, group)
	p.Base, p.Shown = f.Base, ok && eligible > 0
	return p
}

// evenness says whether groups answered alike, by the R-indicator.
func (r *results) evenness(rows []partTaken) []string {
	var groups []estimate.Answered
	for _, p := range rows {
		if p.Shown {
			groups = append(groups, estimate.Answered{ID: p.Code, Eligible: p.Eligible, Answers: min(p.Base, p.Eligible)})
		}
	}
	if len(groups) < 2 {
		return nil
	}
	even, err := estimate.Represent(groups)
	if err != nil {
		return nil
	}
	return []string{"How evenly those that are shown answered: " + said(page.Decimal(even.R, 2)) + ", where 1 would be all alike (R-indicator). It says nothing of differences within them."}
}

func partTable(id, head string, rows []partTaken) page.Table {
	t := page.Table{ID: id, Caption: head + ": who answered", Shape: page.Scrolled, Columns: []page.Column{{Head: head}, {Head: "Asked", Number: true}, {Head: "Answered", Number: true}, {Head: "Share", Number: true}}}
	for _, p := range rows {
		if !p.Shown {
			t.Rows = append(t.Rows, page.Row{{Text: p.Name}, {Text: hiddenCell, Kind: page.Quiet}, {}, {}})
			continue
		}
		t.Rows = append(t.Rows, page.Row{{Text: p.Name}, {Text: number(p.Eligible)}, {Text: baseWords(p.Base)}, {Text: said(page.Percent(min(p.Base, p.Eligible), p.Eligible))}})
	}
	return t
}

// partLine is one row of the file.
type partLine struct {
	What     string `json:"what" doc:"unit or group"`
	Code     string `json:"code"`
	Name     string `json:"name"`
	Eligible *int   `json:"asked,omitempty" doc:"Left out where it is not shown."`
	Base     *int   `json:"answered,omitempty" doc:"To the nearest 5 below 100."`
}

func (l partLine) cells() []string {
	whole := func(n *int) string {
		if n == nil {
			return ""
		}
		return strconv.Itoa(*n)
	}
	return []string{l.What, l.Code, l.Name, whole(l.Eligible), whole(l.Base)}
}

// resultResponseFile is the same as a file.
func (s *Server) resultResponseFile(r *results) error {
	return sendLines(r.visit, []string{"What", "Code", "Name", "Asked", "Answered"}, func(yield func(partLine)) (string, error) {
		units, groups, err := r.takingPart()
		for what, rows := range [][]partTaken{units, groups} {
			for _, p := range rows {
				l := partLine{What: [...]string{"unit", "group"}[what], Code: p.Code, Name: p.Name}
				if p.Shown {
					l.Eligible, l.Base = &p.Eligible, &p.Base
				}
				yield(l)
			}
		}
		return "answered-" + r.w.Code, err
	})
}
