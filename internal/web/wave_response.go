package web

import (
	"strconv"

	"commonweal/internal/base/policy"
	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
)

// While a survey is open only the number of the whole organisation is told: a team that
// sees itself filling up can be pressed. After the close the room says which teams and
// groups are large enough.

// countSection is how many have taken part so far.
func (p *planned) countSection() (conductSection, error) {
	s := conductSection{Heading: "Who takes part"}
	if p.stage == wave.Called {
		s.Text = []string{count(p.w.Eligible, "person is", "people are") + " asked, from " + p.onDay(p.w.Opens) + " on."}
		return s, nil
	}
	c, err := p.house.Waves.Counts(p.ctx, p.org.ID, p.w.ID)
	if err != nil {
		return s, err
	}
	s.Show = []page.Component{p.countFigures(c)}
	if p.can(policy.SurveyPlan) {
		s.Links = page.Links{{Text: "More about who takes part", Href: p.at("response")}}
	}
	return s, nil
}

// countFigures are the numbers of the whole organisation, each with its base.
func (p *planned) countFigures(c wave.Counts) page.Figures {
	out := page.Figures{Small: true}
	if c.Hidden {
		out.Items = []page.Figure{{Value: number(c.Eligible), Label: "asked; how many took part is not told yet"}}
		return out
	}
	out.Items = append(out.Items, page.Figure{Value: said(page.Percent(c.Issued, max(c.Eligible, 1))), Label: number(c.Issued) + " of " + number(c.Eligible) + " " + haveOne(p.stage)})
	if p.stage.Rank() >= wave.Closed.Rank() && !p.w.Settled.IsZero() {
		out.Items = append(out.Items, page.Figure{Value: said(page.Percent(p.w.Answers, max(c.Eligible, 1))), Label: number(p.w.Answers) + " of " + number(c.Eligible) + " answered"})
	}
	return out
}

// haveOne is what is counted of passes: while a survey is open, those of the last evening.
func haveOne(stage wave.Stage) string {
	if stage == wave.Open {
		return "had fetched their pass or a slip by last evening"
	}
	return "have fetched their pass or a slip"
}

// waveResponse is who takes part, as far as it may be told.
func (s *Server) waveResponse(p *planned) error {
	if p.stage == wave.Draft || p.stage == wave.Called || p.w.BroughtIn() {
		why := "Nobody can answer it before " + p.onDay(p.w.Opens) + "."
		if p.w.BroughtIn() {
			why = "It was asked by " + p.w.Source + ", so no pass was fetched here."
		}
		return p.notYet("Nothing to count", why)
	}
	c, err := p.house.Waves.Counts(p.ctx, p.org.ID, p.w.ID)
	if err != nil {
		return err
	}
	f := p.frameOf("Who takes part", p.responseSentence(c))
	f.Files = []page.Files{{What: "who takes part", CSV: p.at("response.csv"), JSON: p.at("response.json")}}
	out := conductPage{Sections: []conductSection{{Show: []page.Component{p.countFigures(c)}}}}
	if p.stage == wave.Open {
		out.Sections = append(out.Sections, conductSection{Heading: "Why there is no list by team", Text: []string{
			"While people answer, only the whole organisation is counted. Nobody can see which team is slow, and nobody is pressed.",
			"After the close the teams and staff groups of ten people or more are shown here.",
		}})
		return p.sections(f, out)
	}
	if len(c.Units) > 0 {
		t := countTable("By team", "Team or directorate")
		for _, u := range c.Units {
			t.Rows = append(t.Rows, countRow(u.Unit.Name, u.Count))
		}
		out.Sections = append(out.Sections, conductSection{Heading: "By team", Show: []page.Component{t}})
	}
	if len(c.Groups) > 0 {
		t := countTable("By staff group", "Staff group")
		for _, g := range c.Groups {
			t.Rows = append(t.Rows, countRow(g.Group.Name, g.Count))
		}
		out.Sections = append(out.Sections, conductSection{Heading: "By staff group", Show: []page.Component{t}})
	}
	out.Sections = append(out.Sections, conductSection{Text: []string{
		"These are passes that were fetched and slips that were given out, by the team of the staff list on the census day. Whether somebody then answered is not known of anybody.",
	}})
	return p.sections(f, out)
}

func (p *planned) responseSentence(c wave.Counts) string {
	if c.Hidden {
		return "How many took part is not told yet."
	}
	text := number(c.Issued) + " of " + count(c.Eligible, "person has", "people have") + " fetched what lets one answer in."
	if !p.w.Settled.IsZero() {
		text += " " + count(p.w.Answers, "answer", "answers") + " came."
	}
	return text
}

func countTable(caption, head string) page.Table {
	return page.Table{ID: head, Caption: caption, Columns: []page.Column{{Head: head}, {Head: "Asked", Number: true}, {Head: "Fetched a pass", Number: true}, {Head: "Share", Number: true}}}
}

func countRow(name string, c wave.Count) page.Row {
	if c.Hidden {
		return page.Row{{Text: name}, {Text: hiddenWord, Kind: page.Quiet}, {}, {}}
	}
	return page.Row{{Text: name}, {Text: number(c.Eligible)}, {Text: number(c.Issued)}, {Text: said(page.Percent(c.Issued, max(c.Eligible, 1)))}}
}

// responseLine is one row of that list.
type responseLine struct {
	What     string `json:"what" doc:"whole, unit or group"`
	Code     string `json:"code"`
	Name     string `json:"name"`
	Eligible *int   `json:"eligible" doc:"Null where it is not shown."`
	Issued   *int   `json:"issued" doc:"How many have fetched a pass or a slip. Null where it is not shown."`
}

func (l responseLine) cells() []string {
	number := func(n *int) string {
		if n == nil {
			return ""
		}
		return strconv.Itoa(*n)
	}
	return []string{l.What, l.Code, l.Name, number(l.Eligible), number(l.Issued)}
}

func (p *planned) responseLines() ([]responseLine, error) {
	c, err := p.house.Waves.Counts(p.ctx, p.org.ID, p.w.ID)
	if err != nil {
		return nil, err
	}
	of := func(what, code, name string, n wave.Count) responseLine {
		l := responseLine{What: what, Code: code, Name: name}
		if !n.Hidden {
			l.Eligible, l.Issued = &n.Eligible, &n.Issued
		}
		return l
	}
	out := []responseLine{of("whole", wave.Whole, "The whole organisation", c.Count)}
	if p.stage == wave.Open {
		return out, nil
	}
	for _, u := range c.Units {
		out = append(out, of("unit", u.Unit.Code, u.Unit.Name, u.Count))
	}
	for _, g := range c.Groups {
		out = append(out, of("group", g.Group.Code, g.Group.Name, g.Count))
	}
	return out, nil
}

// waveResponseFile is the same as a file.
func (s *Server) waveResponseFile(p *planned) error {
	return sendLines(p.visit, []string{"What", "Code", "Name", "Asked", "Fetched a pass"}, func(yield func(responseLine)) (string, error) {
		lines, err := p.responseLines()
		for _, l := range lines {
			yield(l)
		}
		return "response-" + p.w.Code, err
	})
}
