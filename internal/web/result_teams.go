package web

import (
	"commonweal/internal/base/fault"
	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
	"commonweal/survey/disclose"
	"commonweal/survey/estimate"
	"commonweal/survey/instrument"
)

// resultTeams shows every directorate and team on one score, with the value drawn
// towards the middle beside the raw one.
func (s *Server) resultTeams(r *results) error {
	score, err := r.scoreAsked()
	if err != nil {
		return err
	}
	f := r.frameOf("Every team: "+inRunningText(score.Label.In("en")), "")
	f.Files = r.figureFiles()[:1]
	p := resultPage{}
	hidden := false
	total, shown := 0, 0
	for _, of := range []wave.Level{wave.Directorate, wave.Team} {
		list := r.means(of, score.ID)
		if len(list) == 0 {
			continue
		}
		hidden = hidden || anyHidden(list)
		for _, u := range list {
			total++
			if u.Shown {
				shown++
			}
		}
		one, many := levelNoun(of)
		picture, err := r.scoreChart(many, page.Begin(one), score, list, nil)
		if err != nil {
			return err
		}
		p.Sections = append(p.Sections, resultSection{Chart: picture, conductSection: conductSection{Heading: page.Begin(many), Show: []page.Component{r.teamTable(many, page.Begin(one), score, list)}}})
	}
	f.Sentence = "All of " + count(total, "unit", "units") + " have a page. " + number(shown) + " of them can be shown; the answers of the others are in the totals."
	if total == 0 {
		f.Sentence = "This survey has no teams. Its results are those of all of us."
	}
	if len(p.Sections) > 0 {
		p.Sections[0].Choice = r.scoreChoice(r.at("teams"), score)
	}
	if hidden {
		p.Sections = append(p.Sections, r.whyHidden("teams"))
	}
	p.Sections = append(p.Sections, resultSection{conductSection: conductSection{Heading: "Why there are two values", Text: []string{
		"The score is what the team’s own answers give. In a small team it moves a lot by chance. The other value is drawn towards the middle of all teams, the further the less is known of the team. It is the better guess of what the team would give if it were asked again, and it stands beside the score, never instead of it.",
		"Where bars overlap the order of teams means nothing.",
	}}})
	return r.page(f, p)
}

// teamTable is the units of a level with raw and pooled values.
func (r *results) teamTable(id, head string, score instrument.Score, list []unitMean) page.Table {
	pooled := r.pooled(score.ID, list)
	t := page.Table{ID: id + "-table", Caption: head + " by score", Shape: page.Scrolled, Columns: []page.Column{
		{Head: head}, {Head: "Score", Number: true}, {Head: "Likely from", Number: true}, {Head: "to", Number: true}, {Head: "Answers", Number: true}, {Head: "Drawn to the middle", Number: true},
	}}
	for _, u := range list {
		row := page.Row{{Text: u.Name, Href: r.at("teams", u.Code)}, {Text: hiddenCell, Kind: page.Quiet}, {}, {}, {}, {}}
		if u.Shown {
			row[1], row[2], row[3] = page.Cell{Text: scoreWords(u.Mean.Mean, u.Base), Kind: page.Strong}, page.Cell{Text: scoreWords(u.Low, u.Base)}, page.Cell{Text: scoreWords(u.High, u.Base)}
			row[4] = page.Cell{Text: baseWords(u.Base)}
			row[5] = page.Cell{Text: "not known", Kind: page.Quiet}
			if x, ok := pooled[u.Code]; ok {
				row[5] = page.Cell{Text: scoreWords(x.Estimate, u.Base)}
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// pooled draws the shown units of a level together. There is nothing to draw from fewer
// than three.
func (r *results) pooled(score string, list []unitMean) map[string]estimate.Pooled {
	var teams []estimate.Team
	for _, u := range list {
		if !u.Shown {
			continue
		}
		if f, ok := r.figure(u.Mean, score, 0); ok && f.SE > 0 {
			teams = append(teams, estimate.Team{ID: u.Code, Value: u.Mean.Mean, Variance: f.SE * f.SE})
		}
	}
	if len(teams) < 3 {
		return nil
	}
	all, err := estimate.Pool(teams, level)
	if err != nil {
		return nil
	}
	out := map[string]estimate.Pooled{}
	for _, t := range all.Teams {
		out[t.ID] = t
	}
	return out
}

// resultTeam is one team or directorate. The page of a team that is not shown is the
// same for every such team, but for its name.
func (s *Server) resultTeam(r *results) error {
	u, ok := r.w.Unit(r.visit.r.PathValue("unit"))
	if !ok || u.Code == r.whole() {
		return fault.Errorf(fault.NotFound, "this survey has no such team")
	}
	f := r.frameOf(u.Name, "")
	f.Back = page.Link{Text: "Every team", Href: r.at("teams")}
	section, err := r.scoreSection(u.Code, disclose.Everybody, "team")
	if err != nil {
		return err
	}
	if section == nil {
		f.Sentence = "This group’s results are not shown, to protect the people in it."
		return r.page(f, resultPage{Sections: []resultSection{{conductSection: conductSection{Show: []page.Component{r.notShown()}}}}})
	}
	head, _ := r.headline()
	f.Sentence = r.teamSentence(u, head)
	p := resultPage{Sections: []resultSection{*section}}
	p.Sections[0].Links = page.Links{{Text: "Every question in this team", Href: r.at("questions") + "?unit=" + u.Code}}
	if list := r.groupMeans(u.Code, head.ID); len(list) > 0 {
		p.Sections = append(p.Sections, resultSection{conductSection: conductSection{Heading: "Staff groups in it: " + inRunningText(head.Label.In("en")), Show: []page.Component{r.groupTable("groups-table", list)}}})
	}
	return r.page(f, p)
}

// teamSentence says how a team stands beside all of us.
func (r *results) teamSentence(u wave.Unit, s instrument.Score) string {
	m, ok := r.r.Score(u.Code, disclose.Everybody, s.ID)
	label := inRunningText(s.Label.In("en"))
	if !ok {
		return "Its score on " + label + " is not shown, to protect the people in it."
	}
	out := "It scores " + scoreWords(m.Mean, m.Base) + " on " + label + ", likely between " + between(m) + "."
	whole, ok := r.r.Score(r.whole(), disclose.Everybody, s.ID)
	if !ok {
		return out
	}
	switch placedAgainst(m, whole.Mean) {
	case 1:
		return out + " That is above all of us, at " + scoreWords(whole.Mean, whole.Base) + "."
	case -1:
		return out + " That is below all of us, at " + scoreWords(whole.Mean, whole.Base) + "."
	}
	return out + " All of us, at " + scoreWords(whole.Mean, whole.Base) + ", are within that range."
}

// groupMeans are the staff groups of a unit with a score.
func (r *results) groupMeans(unit, score string) []unitMean {
	var out []unitMean
	for _, code := range r.r.Lattice.Groups {
		m, ok := r.r.Score(unit, code, score)
		out = append(out, unitMean{wave.Unit{Code: code, Name: r.groupName(code)}, m, ok})
	}
	return ordered(out)
}

func (r *results) groupTable(id string, list []unitMean) page.Table {
	t := page.Table{ID: id, Caption: "Staff groups", Shape: page.Scrolled, Columns: []page.Column{{Head: "Staff group"}, {Head: "Score", Number: true}, {Head: "Likely from", Number: true}, {Head: "to", Number: true}, {Head: "Answers", Number: true}}}
	for _, u := range list {
		if !u.Shown {
			t.Rows = append(t.Rows, page.Row{{Text: u.Name}, {Text: hiddenCell, Kind: page.Quiet}, {}, {}, {}})
			continue
		}
		t.Rows = append(t.Rows, page.Row{{Text: u.Name}, {Text: scoreWords(u.Mean.Mean, u.Base), Kind: page.Strong}, {Text: scoreWords(u.Low, u.Base)}, {Text: scoreWords(u.High, u.Base)}, {Text: baseWords(u.Base)}})
	}
	return t
}

// resultGroups shows the staff groups of the whole organisation on one score.
func (s *Server) resultGroups(r *results) error {
	score, err := r.scoreAsked()
	if err != nil {
		return err
	}
	f := r.frameOf("Staff groups: "+inRunningText(score.Label.In("en")), "")
	f.Files = r.figureFiles()[:1]
	list := r.groupMeans(r.whole(), score.ID)
	if len(list) == 0 {
		f.Sentence = "This survey did not ask for the staff group."
		return r.page(f, resultPage{})
	}
	above, below := r.apart(list, score.ID)
	switch {
	case len(above)+len(below) == 0:
		f.Sentence = "No staff group differs from all of us by more than chance often gives among so many."
	case len(below) == 0:
		f.Sentence = page.List(above) + said(page.Plural(len(above), " stands", " stand")) + " above the rest of us by more than chance."
	case len(above) == 0:
		f.Sentence = page.List(below) + said(page.Plural(len(below), " stands", " stand")) + " below the rest of us by more than chance."
	default:
		f.Sentence = page.List(above) + said(page.Plural(len(above), " stands", " stand")) + " above the rest of us by more than chance, " + page.List(below) + " below."
	}
	picture, err := r.scoreChart("groups", "Staff group", score, list, nil)
	if err != nil {
		return err
	}
	p := resultPage{Sections: []resultSection{{Chart: picture, Choice: r.scoreChoice(r.at("groups"), score), conductSection: conductSection{Show: []page.Component{r.groupTable("groups-table", list)}}}}}
	if anyHidden(list) {
		p.Sections = append(p.Sections, r.whyHidden("staff groups"))
	}
	return r.page(f, p)
}
