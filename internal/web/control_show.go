package web

import (
	"cmp"
	"html/template"
	"net/http"
	"slices"
	"strconv"

	"commonweal/internal/base/policy"
	"commonweal/internal/own/member"
	"commonweal/internal/web/chart"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type controlPage struct {
	Empty    *page.Panel
	Figures  page.Figures
	Warnings []page.Panel
	Chart    template.HTML
	Tests    []controlTest
	Lapses   page.Timeline
	Months   *page.Table // known departures by month
	Names    *page.Table // who they are, for those who may know
	Unclear  string
}

// controlTest is one rule that depends on the share of employees, with its
// answer today.
type controlTest struct {
	Title, Href, Text, Citation string
	State                       page.State
	Reasons                     []string // what it comes to; the figures stand above
	Missing                     []string
}

const controlAhead = 12 // months that are looked ahead

// control is the share of employees from the day the organisation opened until a
// year from now.
func (v *visit) control() (member.Control, error) {
	from := v.org.Opened
	if from.IsZero() || from.After(v.today()) {
		from = v.today()
	}
	if long := v.today().AddYears(-10); from.Before(long) {
		from = long
	}
	return v.house.Members.Control(v.ctx, v.org.ID, from, v.today().AddMonths(controlAhead))
}

// controlShow is how much of the mutual its staff control, over time.
func (s *Server) controlShow(v *visit) error {
	c, err := v.control()
	if err != nil {
		return err
	}
	now, err := v.controlToday()
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "Membership", Href: "/membership"}
	f.Heading = "Control by staff"
	f.Sentence = v.controlSentence(now, c)
	p := controlPage{}
	if now.Members == 0 {
		panel := page.Empty("There are no members yet", "Once there are, this page shows which part of them is employed here, and which part of the votes they hold.", page.Link{Text: "Classes and constituencies", Href: "/classes"})
		p.Empty = &panel
		f.Data = p
		return v.show(http.StatusOK, "control_show", f)
	}
	p.Figures = controlFigures(now)
	if p.Chart, err = v.controlChart(c); err != nil {
		return err
	}
	for _, r := range now.Tests {
		p.Tests = append(p.Tests, controlTestOf(r))
	}
	v.addLapses(&p, c)
	if err := v.addDepartures(&p, c.Departures); err != nil {
		return err
	}
	if now.Unclear > 0 {
		p.Unclear = "Of " + count(now.Unclear, "person", "people") + " we cannot tell whether they are members. They are in none of these figures."
	}
	f.Files = []page.Files{{What: "the figures", CSV: "/control.csv", JSON: "/control.json"}}
	f.Data = p
	return v.show(http.StatusOK, "control_show", f)
}

// controlToday is the figures of today, which may fall between two of the points.
func (v *visit) controlToday() (member.ControlPoint, error) {
	c, err := v.house.Members.Control(v.ctx, v.org.ID, v.today(), v.today())
	if err != nil || len(c.Points) == 0 {
		return member.ControlPoint{}, err
	}
	return c.Points[len(c.Points)-1], nil
}

// controlSentence is made from the figures.
func (v *visit) controlSentence(now member.ControlPoint, c member.Control) string {
	if now.Members == 0 {
		return "Nobody is a member today, so nobody controls it."
	}
	out := "Employees are " + number(now.EmployeeMembers) + " of " + count(now.Members, "member", "members") + " and hold " + number(now.EmployeeVotes) + " of " + count(now.Votes, "vote", "votes") + "."
	for _, l := range c.Lapses {
		if l.Forecast {
			return out + " A test of law is known to lapse on " + v.whole(l.Day) + "."
		}
	}
	if slices.ContainsFunc(now.Tests, func(r law.Result) bool { return r.Verdict == law.Fails }) {
		return out + " A test that depends on it is not met today."
	}
	return out + " Nothing that is known today would make a test lapse within a year."
}

func controlFigures(now member.ControlPoint) page.Figures {
	return page.Figures{Items: []page.Figure{
		{Value: said(page.Percent(now.EmployeeMembers, now.Members)), Label: "of members are employees: " + number(now.EmployeeMembers) + " of " + number(now.Members)},
		{Value: said(page.Percent(now.EmployeeVotes, now.Votes)), Label: "of votes are theirs: " + number(now.EmployeeVotes) + " of " + number(now.Votes)},
	}}
}

// controlChart draws the shares month by month, with the half that control needs.
func (v *visit) controlChart(c member.Control) (template.HTML, error) {
	m := chart.Months{
		Frame: chart.Frame{
			ID: "control", Title: "The part of members and of votes that employees are and hold", Sub: "Per cent, at the end of each month. After this month: what known leaving dates and rules will bring",
			Note: "Who will join is not known and not in it.", Source: "Source: the register of members of " + v.org.Name + ", and its staff list.",
		},
		Unit: "%", Decimals: 1,
	}
	members := chart.Line{Label: "Members", Kind: chart.LineOurs}
	votes := chart.Line{Label: "Votes", Kind: chart.LineGroup}
	half := chart.Line{Label: "Half", Kind: chart.LineWhole}
	last := map[string]member.ControlPoint{}
	for _, p := range c.Points {
		label := monthLabel(p.Day)
		if _, seen := last[label]; !seen {
			m.Months = append(m.Months, label)
		}
		last[label] = p // the later day of a month counts
	}
	known := false
	for _, label := range m.Months {
		p := last[label]
		known = known || p.Members > 0
		members.Points = append(members.Points, shareOf(p.EmployeeMembers, p.Members))
		votes.Points = append(votes.Points, shareOf(p.EmployeeVotes, p.Votes))
		half.Points = append(half.Points, chart.Point{Value: 50, Known: true})
	}
	if len(m.Months) < 2 || !known {
		return "", nil
	}
	m.Lines = []chart.Line{members, half}
	if slices.ContainsFunc(votes.Points, func(p chart.Point) bool { return p.Known }) {
		m.Lines = []chart.Line{members, votes, half}
	}
	return m.HTML()
}

func shareOf(part, all int) chart.Point {
	if all == 0 {
		return chart.Point{}
	}
	return chart.Point{Value: 100 * float64(part) / float64(all), Known: true}
}

func monthLabel(d law.Date) string {
	year, month, _ := d.Civil()
	return month.String()[:3] + " " + strconv.Itoa(year)[2:]
}

func controlTestOf(r law.Result) controlTest {
	t := controlTest{Title: r.Rule.Title, Href: "/law/" + r.Rule.ID, Text: r.Rule.Text, Citation: sourceNote(r.Rule.Provenance), Reasons: r.Reasons[:min(1, len(r.Reasons))]}
	switch r.Verdict {
	case law.Holds:
		t.State = page.State{Word: "Met", Kind: page.StateOpen}
	case law.Fails:
		t.State = page.State{Word: "Not met", Kind: page.StateLate}
	default:
		t.State = page.State{Word: "Cannot tell yet", Kind: page.StateDone}
	}
	for _, f := range r.Missing {
		t.Missing = append(t.Missing, f.Question)
	}
	return t
}

// addLapses warns of what will lapse and lists what did.
func (v *visit) addLapses(p *controlPage, c member.Control) {
	for _, l := range c.Lapses {
		if l.Forecast {
			p.Warnings = append(p.Warnings, page.Panel{
				Title:      "“" + l.Rule.Title + "” lapses on " + v.day(l.Day) + " if nothing changes",
				Paragraphs: []string{l.Reason, "People who join until then can change this. The departures that bring it about are below."},
				Next:       page.Link{Text: "Read the rule", Href: "/law/" + l.Rule.ID},
			})
			continue
		}
		p.Lapses = append(p.Lapses, page.Step{Title: l.Rule.Title, Detail: l.Reason})
	}
}

// addDepartures lists what is known to end: by month for everybody, by name for
// those who may see entries.
func (v *visit) addDepartures(p *controlPage, all []member.Departure) error {
	if len(all) == 0 {
		return nil
	}
	type counts struct{ memberships, employments int }
	byMonth := map[string]*counts{}
	t := page.Table{Caption: "Known departures by month", Columns: []page.Column{{Head: "Month"}, {Head: "Memberships that end", Number: true}, {Head: "Members whose employment ends", Number: true}}}
	var months []string
	for _, d := range all {
		label := monthLabel(d.Day)
		if byMonth[label] == nil {
			byMonth[label] = &counts{}
			months = append(months, label)
		}
		if d.What == "membership" {
			byMonth[label].memberships++
		} else {
			byMonth[label].employments++
		}
	}
	for _, label := range months {
		t.Rows = append(t.Rows, page.Cells(label, number(byMonth[label].memberships), number(byMonth[label].employments)))
	}
	p.Months = &t
	if !v.can(policy.MemberViewAny) {
		return nil
	}
	ids := make([]string, len(all))
	for i, d := range all {
		ids[i] = d.Person
	}
	people, err := v.house.Identity.People(v.ctx, v.org.ID, ids)
	if err != nil {
		return err
	}
	const most = 50
	names := page.Table{Caption: "Who they are", Columns: []page.Column{{Head: "Name"}, {Head: "What ends"}, {Head: "When"}}}
	for _, d := range all[:min(len(all), most)] {
		person := people[d.Person]
		href := "/register/people/" + d.Person
		if d.MemberID != "" {
			href = "/register/members/" + d.MemberID
		}
		names.Rows = append(names.Rows, page.Row{{Text: cmp.Or(person.Name(), "Details erased"), Href: href}, {Text: d.What}, v.dayCell(d.Day)})
	}
	p.Names = &names
	return nil
}

// controlLine is one day of the figures behind the page.
type controlLine struct {
	Day           string `json:"day"`
	Forecast      bool   `json:"forecast"`
	Members       int    `json:"members"`
	Employees     int    `json:"employee_members"`
	Votes         int    `json:"votes"`
	EmployeeVotes int    `json:"employee_votes"`
	Unclear       int    `json:"unclear"`
	Met           int    `json:"tests_met"`
	NotMet        int    `json:"tests_not_met"`
}

var controlHeads = []string{"Day", "Forecast", "Members", "Employees among them", "Votes", "Votes of employees", "Unclear", "Tests met", "Tests not met"}

func (l controlLine) cells() []string {
	forecast := "no"
	if l.Forecast {
		forecast = "yes"
	}
	out := []string{l.Day, forecast}
	for _, n := range []int{l.Members, l.Employees, l.Votes, l.EmployeeVotes, l.Unclear, l.Met, l.NotMet} {
		out = append(out, strconv.Itoa(n))
	}
	return out
}

// controlFile is the figures behind the page, for a spreadsheet or a program.
func (s *Server) controlFile(v *visit) error { return sendLines(v, controlHeads, v.eachControl) }

func (v *visit) eachControl(yield func(controlLine)) (name string, err error) {
	c, err := v.control()
	if err != nil {
		return "", err
	}
	for _, p := range c.Points {
		l := controlLine{
			Day: p.Day.String(), Forecast: p.Forecast, Members: p.Members, Employees: p.EmployeeMembers, Votes: p.Votes, EmployeeVotes: p.EmployeeVotes, Unclear: p.Unclear,
		}
		for _, r := range p.Tests {
			switch r.Verdict {
			case law.Holds:
				l.Met++
			case law.Fails:
				l.NotMet++
			}
		}
		yield(l)
	}
	return "control-" + v.org.ID + "-" + v.today().String(), nil
}
