package web

import (
	"net/http"
	"net/url"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
)

// Whoever cannot or will not use a screen gets a slip with a number that lets one sheet
// in. The numbers are made in one go, shuffled and sealed, printed once, and kept
// nowhere. That a slip was given to somebody is ticked; which one, nobody knows.

const mostSlips = 500

// waveSlips lists the stacks, and to whom slips were given.
func (s *Server) waveSlips(p *planned) error { return p.showSlips(http.StatusOK, nil) }

func (p *planned) showSlips(status int, wrong *page.Text) error {
	if !p.w.Paper {
		return p.notYet("There are no slips", "This survey is not answered on paper.")
	}
	if p.stage == wave.Draft {
		return p.notYet("There are no slips yet", "The survey is a draft. Slips are made once it is called.")
	}
	slips, err := p.house.Waves.Slips(p.ctx, p.org.ID, p.w.ID)
	if err != nil {
		return err
	}
	made := 0
	for _, x := range p.w.Stacks {
		made += x.Slips
	}
	f := p.frameOf("Paper slips", slipsSentence(made, len(slips)))
	f.Notice = doneNotice(p.visit, map[string]string{"given": "It is ticked. Take a slip from the middle of the stack, face down."})
	var out conductPage
	live := p.stage == wave.Called || p.stage == wave.Open
	if p.stage == wave.Open && len(slips) < made {
		out.Sections = append(out.Sections, conductSection{Heading: "Give a slip to somebody", Text: []string{"Whoever was given a slip cannot fetch a pass on a screen any more, and the other way round."}, Button: page.Button{Text: "Find who it is", Href: p.at("slips", "give")}})
	}
	if len(p.w.Stacks) > 0 {
		t := page.Table{Caption: "Stacks", Columns: []page.Column{{Head: "Stack"}, {Head: "Slips", Number: true}, {Head: "Made"}, {Head: "By"}, {Head: "Seal (SHA-256 over the numbers)", Wide: true}}}
		for _, x := range p.w.Stacks {
			t.Rows = append(t.Rows, page.Row{{Text: "Stack " + number(x.Number)}, {Text: number(x.Slips)}, {Text: p.day(x.Made)}, {Text: p.nameOrNobody(x.MadeBy)}, {Text: grouped(x.Seal)}})
		}
		out.Sections = append(out.Sections, conductSection{Heading: "Stacks", Show: []page.Component{t}})
	}
	given, err := p.slipSection(slips)
	if err != nil {
		return err
	}
	out.Sections = append(out.Sections, given)
	if live && p.can(policy.SurveyPlan) {
		field := wrong
		if field == nil {
			field = slipsField("")
		}
		f.Errors = page.Problems(field)
		out.Sections = append(out.Sections, conductSection{Heading: "Make a stack", Text: []string{
			"The numbers are shown once, on a page to print. They are kept nowhere: what is not printed then is lost, and another stack is made.",
		}, Links: page.Links{{Text: "Make and print a stack", Href: p.at("slips", "make")}}})
	}
	if p.can(policy.SheetKey) {
		out.Sections = append(out.Sections, conductSection{Heading: "Sheets", Links: page.Links{{Text: "Enter the sheets that came back", Href: p.at("sheets")}}})
	}
	return p.sectionsAt(status, f, out)
}

func slipsSentence(made, given int) string {
	if made == 0 {
		return "No stack was made yet."
	}
	return count(made, "slip was", "slips were") + " made, and " + number(given) + said(page.Plural(given, " was", " were")) + " given out."
}

// slipSection is who was given a slip.
func (p *planned) slipSection(slips []wave.Slip) (conductSection, error) {
	s := conductSection{ID: "given", Heading: "Given to"}
	if len(slips) == 0 {
		s.Text = []string{"Nobody yet."}
		return s, nil
	}
	var ids []string
	for _, x := range slips {
		ids = append(ids, x.Person)
	}
	people, err := p.house.Identity.People(p.ctx, p.org.ID, ids)
	if err != nil {
		return s, err
	}
	t := page.Table{Caption: "People who were given a slip", Columns: []page.Column{{Head: "Name"}, {Head: "Day"}}}
	for _, x := range slips {
		name := "somebody who is not here any more"
		if one, ok := people[x.Person]; ok {
			name = one.Name()
		}
		t.Rows = append(t.Rows, page.Row{{Text: name}, {Text: p.dayOf(x.Day)}})
	}
	s.Show = []page.Component{t}
	return s, nil
}

func slipsField(value string) *page.Text {
	return &page.Text{Name: "slips", Label: "How many slips?", Hint: "Up to " + number(mostSlips) + " in one stack. Make more than you need: what is left over is burnt.", Width: 4, Mode: "numeric", Value: value}
}

// waveSlipsMake asks how many slips a stack is to have.
func (s *Server) waveSlipsMake(p *planned) error {
	return p.showSlipsMake(http.StatusOK, slipsField(""), "")
}

func (p *planned) showSlipsMake(status int, field *page.Text, wrong string) error {
	if !p.w.Paper || p.stage != wave.Called && p.stage != wave.Open {
		return p.notYet("No stack can be made now", "Slips are made from the call of a survey on paper to its close.")
	}
	f := p.frameOf("Make a stack of slips", "Have the printer ready: the numbers are shown once.")
	f.Back = page.Link{Text: "Paper slips", Href: p.at("slips")}
	a := conductAct{
		Action: p.at("slips", "make"), Groups: ask(field), Button: page.Button{Text: "Make the slips and show them"}, Cancel: page.Link{Text: "Make none", Href: p.at("slips")},
		Effects: []string{"The record keeps how many there are and a seal over the shuffled numbers, so that none can be added.", "Each number lets one sheet in. Whoever has a slip can answer: keep the stack locked away until it is given out."},
	}
	return p.showAct(status, f, a, wrong)
}

// slipPage is a page of slips to print and cut.
type slipPage struct {
	Title, Org, Address string
	Closes              string
	Serials             []string
	Seal                string
	Back                string
}

// waveSlipsMakeDo makes them, and shows them once.
func (s *Server) waveSlipsMakeDo(p *planned) error {
	form, err := p.form()
	if err != nil {
		return err
	}
	field := slipsField("")
	n := readAtLeast(field, form, 1, mostSlips, "slips")
	if field.Error != "" {
		return p.showSlipsMake(http.StatusUnprocessableEntity, field, "")
	}
	err = p.house.MakeSlips(p.ctx, p.actor.Person, p.org.ID, p.w.ID, n, p.handOut)
	if refusable(err) {
		return p.showSlipsMake(http.StatusConflict, field, p.refusalWords(err))
	}
	return err
}

// handOut shows the slips that were made. Written whole, they are in somebody's hands.
func (p *planned) handOut(serials []string) error {
	p.visit.w.Header().Set("Cache-Control", "no-store")
	f := p.frameOf("Print these slips now", "They are shown once and kept nowhere. Cut them apart, shuffle them, and lock them away.")
	f.Back = page.Link{Text: "Paper slips", Href: p.at("slips")}
	f.Data = slipPage{
		Title: p.w.Title, Org: brandOf(p.org).Name, Address: p.house.Address + "/answers/" + p.w.Code, Closes: p.onDay(p.w.Closes), Serials: serials, Back: p.at("slips"),
	}
	return p.show(http.StatusOK, "wave_slips", f)
}

// waveSlipFind looks for the person who is given a slip.
func (s *Server) waveSlipFind(p *planned) error { return p.showSlipFind(http.StatusOK, "", nil) }

// waveSlipSearch searches by what was typed, which stands in no address.
func (s *Server) waveSlipSearch(p *planned) error {
	form, err := p.form()
	if err != nil {
		return err
	}
	return p.showSlipFind(http.StatusOK, form.Get("q"), form)
}

func (p *planned) showSlipFind(status int, words string, form url.Values) error {
	if !p.w.Paper || p.stage != wave.Open {
		return p.notYet("No slip can be given now", "Slips are given out while the survey is open.")
	}
	f := p.frameOf("Give a slip to somebody", "Find who it is. You see whether they may have one.")
	f.Back = page.Link{Text: "Paper slips", Href: p.at("slips")}
	d := slipFind{Action: p.at("slips", "find"), Search: page.Text{Name: "q", Label: "Name or work e-mail address", Type: "search", Value: words, Verbatim: true}}
	words = strings.Join(strings.Fields(clip(words, longestWords)), " ")
	switch {
	case form == nil:
	case len(words) < 2:
		d.Search.Error = "Type at least two letters of the name or the address."
		status = http.StatusUnprocessableEntity
	default:
		found, err := p.house.Identity.FindPeople(p.ctx, p.org.ID, words, mostSlipFinds)
		if err != nil {
			return err
		}
		for _, one := range found {
			standing, err := p.house.Waves.Eligible(p.ctx, p.org.ID, p.w.ID, one.ID)
			if err != nil {
				return err
			}
			c := slipChoice{Name: one.Name(), Email: one.Email}
			if standing.Eligible && !standing.Drawn {
				c.Action = p.at("slips", "people", one.ID)
			} else {
				c.Why = standing.Reason
			}
			d.Found = append(d.Found, c)
		}
		d.Nobody = len(d.Found) == 0
	}
	f.Errors = page.Problems(&d.Search)
	f.Data = d
	return p.show(status, "wave_slip_find", f)
}

const mostSlipFinds = 20

// slipFind is the search with what it found.
type slipFind struct {
	Action string
	Search page.Text
	Found  []slipChoice
	Nobody bool
}

// slipChoice is somebody who was found; with an Action a slip may be given to them.
type slipChoice struct {
	Name, Email, Action, Why string
}

// waveSlipGive ticks that somebody was given a slip.
func (s *Server) waveSlipGive(p *planned) error {
	err := p.house.Waves.GiveSlip(p.ctx, p.actor.Person, p.org.ID, p.w.ID, p.r.PathValue("person"))
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.Invalid) || fault.Is(err, fault.Forbidden) {
		return p.refuse("No slip for this person", p.refusalWords(err), "If that is wrong, look at the staff list of the census day.", page.Link{Text: "Find somebody else", Href: p.at("slips", "give")})
	}
	if err != nil {
		return err
	}
	return p.redirect(p.at("slips") + "?done=given")
}
