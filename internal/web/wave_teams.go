package web

import (
	"bytes"
	"errors"
	"net/http"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
)

// The teams of a survey come as a file of rules: which people of the staff list are
// counted in which team. The file is read in full before anything is kept, and what it
// would do is shown first.

const maxTeamsFile = 1 << 20

const teamsHeads = "code, name, part_of, site, staff_group, job_role"

// waveTeams asks for the file, or shows what is kept.
func (s *Server) waveTeams(p *planned) error { return p.showTeams(http.StatusOK, "", nil) }

func (p *planned) showTeams(status int, wrong string, list []wave.Wrong) error {
	if p.stage != wave.Draft {
		return p.fixed()
	}
	f := p.frameOf("Teams and directorates", p.teamsSentence())
	f.Notice = doneNotice(p.visit, map[string]string{"kept": "The teams are kept.", "cleared": "The rules are taken away. Each site is a team again."})
	file := &page.Upload{
		Name: "file", Label: "A file of rules", Accept: ".csv,.txt", Error: wrong,
		Hint: "CSV, 1 MB at most, with the headings " + teamsHeads + ". Each row is a rule; the first that fits somebody wins; an empty field fits everybody.",
	}
	u := uploadPage{Action: p.at("teams"), Fields: []page.Field{file}, Button: page.Button{Text: "Read the file"}, Cancel: page.Link{Text: "Back to the draft", Href: p.at()}}
	if len(list) > 0 {
		u.Before = append(u.Before, conductSection{Heading: phrase(len(list), "row is refused", "rows are refused"), Text: []string{"Nothing was kept. Put these right and choose the file again."}, Show: []page.Component{wrongTable(list)}})
	}
	look, err := p.house.Waves.Foresee(p.ctx, p.org.ID, p.w.ID)
	if err != nil {
		return err
	}
	u.After = append(u.After, p.treeSection("The teams as they would be counted", look.Units, look.Eligible, look.Unplaced))
	if len(p.w.Rules) > 0 {
		u.After = append(u.After, conductSection{
			Heading: "Without a file", Text: []string{"Each site of the staff list is then a team, and there are no directorates."},
			Post: p.at("teams", "clear"), Button: page.Button{Text: "Take the rules away", Kind: page.Secondary},
			Links: page.Links{{Text: "The rules that are kept (CSV)", Href: p.at("teams", "rules.csv"), Note: "To change them, change this file and choose it above."}},
		})
	}
	f.Errors = page.Problems(file)
	f.Data = u
	return p.show(status, "wave_upload", f)
}

func (p *planned) teamsSentence() string {
	if len(p.w.Rules) == 0 {
		return "Each site of the staff list is a team. A file of rules can say it better."
	}
	return phrase(len(p.w.Rules), "rule says", "rules say") + " who is counted in which team."
}

// treeSection is a table of the units of a survey.
func (p *planned) treeSection(heading string, units []wave.Unit, eligible, unplaced int) conductSection {
	t := page.Table{Caption: heading, Columns: []page.Column{{Head: "Team or directorate"}, {Head: "Part of"}, {Head: "People", Number: true}}}
	names := map[string]string{}
	for _, u := range units {
		names[u.Code] = u.Name
	}
	for _, level := range unitLevels {
		for _, u := range unitsAt(units, level) {
			of := page.Cell{Text: names[u.PartOf]}
			if u.PartOf == "" {
				of = page.Cell{Text: "the whole", Kind: page.Quiet}
			}
			t.Rows = append(t.Rows, page.Row{{Text: u.Name}, of, {Text: number(u.Eligible)}})
		}
	}
	s := conductSection{Heading: heading, Text: []string{count(eligible, "person is", "people are") + " asked."}}
	if unplaced > 0 {
		s.Text = append(s.Text, "No rule fits "+number(unplaced)+" of them. They are asked and counted in the whole, and in no team.")
	}
	if len(t.Rows) > 0 {
		s.Show = []page.Component{t}
	}
	return s
}

// wrongTable says which rows of a file were refused, and what to do.
func wrongTable(list []wave.Wrong) page.Table {
	t := page.Table{Caption: "Refused rows", Columns: []page.Column{{Head: "Row"}, {Head: "Field"}, {Head: "Why", Wide: true}, {Head: "What to do", Wide: true}}}
	const most = 20
	for i, w := range list {
		if i == most {
			t.Rows = append(t.Rows, page.Row{{Text: "and " + number(len(list)-most) + " more", Kind: page.Quiet}, {}, {}, {}})
			break
		}
		row, field := page.Cell{Text: "the file", Kind: page.Quiet}, page.Cell{Text: w.Field}
		if w.Row > 0 {
			row = page.Cell{Text: "Row " + number(w.Row)}
		}
		if w.Field == "" {
			field = page.Cell{Text: "the whole of it", Kind: page.Quiet}
		}
		t.Rows = append(t.Rows, page.Row{row, field, {Text: asSentence(w.Why)}, {Text: asSentence(w.Remedy)}})
	}
	return t
}

// asSentence begins with a capital and ends with a full stop.
func asSentence(text string) string {
	if text == "" || strings.HasSuffix(text, ".") {
		return page.Begin(text)
	}
	return page.Begin(text) + "."
}

// uploadPage is a page that asks for a file.
type uploadPage struct {
	Action        string
	Before, After []conductSection
	Fields        []page.Field
	Hidden        []hiddenField
	Button        page.Button
	Cancel        page.Link
}

// waveTeamsRead reads the file: to the dry run, or back with the rows that are wrong.
func (s *Server) waveTeamsRead(p *planned) error {
	file, _, err := p.sent()
	if err != nil {
		if fault.Is(err, fault.Invalid) {
			return p.showTeams(http.StatusUnprocessableEntity, tooLargeFor(err, "1 MB"), nil)
		}
		return err
	}
	if p.stage != wave.Draft {
		return p.fixed()
	}
	if _, wrong := wave.ReadRules(bytes.NewReader(file.content)); len(wrong) > 0 {
		return p.showTeams(http.StatusUnprocessableEntity, "The file has rows that cannot be kept.", wrong)
	}
	id := p.house.World.ID()
	p.parked.put(id, &parkedFile{org: p.org.ID, person: p.actor.Person, name: file.name, content: file.content}, p.now)
	return p.redirect(p.at("teams", "files", id))
}

// waveTeamsReview is the dry run of a file.
func (s *Server) waveTeamsReview(p *planned) error {
	file, ok := p.parked.get(p.r.PathValue("file"), p.org.ID, p.actor.Person, p.now)
	if !ok {
		return p.fileGone(p.at("teams"))
	}
	rules, _ := wave.ReadRules(bytes.NewReader(file.content))
	return p.reviewTeams(http.StatusOK, file.name, rules, "")
}

// fileGone says that a file waits no longer.
func (p *planned) fileGone(again string) error {
	f := p.frameOf("This file is not here any more", "")
	f.Data = page.Empty("What happened", "It was kept already, or it waited for more than half an hour. Nothing was kept of it otherwise.", page.Link{Text: "Choose the file again", Href: again})
	return p.show(http.StatusNotFound, "fault", f)
}

func (p *planned) reviewTeams(status int, name string, rules []wave.Rule, wrong string) error {
	f := p.frameOf("Dry run: nothing is kept yet", phrase(len(rules), "rule was read", "rules were read")+" from "+name+". All of them fit.")
	f.Back = page.Link{Text: "Teams and directorates", Href: p.at("teams")}
	t := page.Table{Caption: "The rules, the first that fits wins", Columns: []page.Column{{Head: "Team or directorate"}, {Head: "Part of"}, {Head: "Site"}, {Head: "Staff group"}, {Head: "Job role"}}}
	fits := func(text string) page.Cell {
		if text == "" {
			return page.Cell{Text: "any", Kind: page.Quiet}
		}
		return page.Cell{Text: text}
	}
	names := map[string]string{}
	for _, r := range rules {
		names[r.Code] = r.Name
	}
	for _, r := range rules {
		of := page.Cell{Text: names[r.PartOf]}
		if r.PartOf == "" {
			of = page.Cell{Text: "the whole", Kind: page.Quiet}
		}
		t.Rows = append(t.Rows, page.Row{{Text: r.Name}, of, fits(r.Site), fits(r.StaffGroup), fits(r.Role)})
	}
	a := conductAct{
		Action: p.at("teams", "files", p.r.PathValue("file")), Sections: []conductSection{{Heading: "The rules", Show: []page.Component{t}}},
		Effects: []string{"They take the place of the rules that are kept now.", "How many people each team has is shown next. It is fixed on the census day, with the call."},
		Button:  page.Button{Text: "Keep these rules"}, Cancel: page.Link{Text: "Choose another file", Href: p.at("teams")},
	}
	return p.showAct(status, f, a, wrong)
}

// waveTeamsKeep keeps the rules of a file.
func (s *Server) waveTeamsKeep(p *planned) error {
	if p.stage != wave.Draft {
		return p.fixed()
	}
	file, ok := p.parked.get(p.r.PathValue("file"), p.org.ID, p.actor.Person, p.now)
	if !ok {
		return p.fileGone(p.at("teams"))
	}
	rules, wrong := wave.ReadRules(bytes.NewReader(file.content))
	if len(wrong) > 0 {
		return p.showTeams(http.StatusUnprocessableEntity, "The file has rows that cannot be kept.", wrong)
	}
	if err := p.keepRules(rules); err != nil {
		if refusable(err) {
			return p.reviewTeams(http.StatusUnprocessableEntity, file.name, rules, p.refusalWords(err))
		}
		return err
	}
	p.parked.forget(p.r.PathValue("file"))
	return p.redirect(p.at("teams") + "?done=kept")
}

func (p *planned) keepRules(rules []wave.Rule) error {
	plan := p.w.Plan
	plan.Rules = rules
	return p.house.Waves.Change(p.ctx, p.actor.Person, p.org.ID, p.w.ID, plan)
}

// waveTeamsClear takes the rules away.
func (s *Server) waveTeamsClear(p *planned) error {
	if p.stage != wave.Draft {
		return p.fixed()
	}
	if err := p.keepRules(nil); err != nil {
		if refusable(err) {
			return p.showTeams(http.StatusUnprocessableEntity, p.refusalWords(err), nil)
		}
		return err
	}
	return p.redirect(p.at("teams") + "?done=cleared")
}

// waveRulesFile is the rules as the file that they can be read from.
func (s *Server) waveRulesFile(p *planned) error {
	var out bytes.Buffer
	if err := wave.WriteRules(&out, p.w.Rules); err != nil {
		return err
	}
	h := p.visit.w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8; header=present")
	h.Set("Content-Disposition", `attachment; filename="teams-`+p.w.Code+`.csv"`)
	_, err := out.WriteTo(p.visit.w)
	return err
}

// tooLargeFor words the refusal of a file with the limit of this page.
func tooLargeFor(err error, limit string) string {
	if errors.Is(err, errTooLarge) {
		return "The file is larger than " + limit + ". Choose a smaller one."
	}
	return plainly(err)
}
