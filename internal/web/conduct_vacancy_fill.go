package web

import (
	"net/http"
	"net/url"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

// vacancy finds the empty seat of the address.
func (c *conduct) vacancy(id string) (poll.Contest, poll.Vacancy, error) {
	for _, one := range c.p.Contests {
		for _, x := range one.Vacancies {
			if x.ID == id {
				return one, x, c.only(poll.ReturningOfficer)
			}
		}
	}
	return poll.Contest{}, poll.Vacancy{}, errNoSuch("empty seat")
}

// successor is whom the papers of the election give for a seat, passing over those
// who are not willing.
type successor struct {
	nomination string
	text       string // the count that shows it
	why        string // why the papers give nobody
}

func (c *conduct) successor(one poll.Contest, x poll.Vacancy, unwilling []string) (out successor, err error) {
	if x.Way != poll.Countback && x.Way != poll.NextHighest {
		return successor{why: "The rules fill this seat by " + vacancyWays[x.Way] + ", and not from the papers of the election."}, nil
	}
	found, err := c.house.SuccessorTo(c.ctx, c.org.ID, one.ID, x.ID, unwilling)
	if refusable(err) || fault.Is(err, fault.NotFound) {
		return successor{why: c.words(err)}, nil
	}
	return successor{nomination: found.Nomination, text: string(found.Text)}, err
}

// fillForm asks how an empty seat is filled.
type fillForm struct {
	How  page.Radios
	By   page.Select
	Why  page.TextArea
	next successor
}

const (
	fillTake = "take"
	fillPass = "pass"
	fillPoll = "poll"
	fillLeft = "left"
)

func (c *conduct) fillForm(one poll.Contest, x poll.Vacancy, unwilling []string, form url.Values) (*fillForm, error) {
	next, err := c.successor(one, x, unwilling)
	if err != nil {
		return nil, err
	}
	f := &fillForm{
		next: next,
		How:  page.Radios{Name: "how", Legend: "How is the seat filled?", Value: form.Get("how")},
		By:   page.Select{Name: "by", Label: "Which by-election?", Hint: "It has been called.", Value: form.Get("by"), Options: []page.Option{{Label: "Choose"}}},
		Why:  page.TextArea{Name: "reason", Label: "Why is it left empty?", Hint: "Only where it is left empty.", Rows: 2, Value: form.Get("reason")},
	}
	if next.nomination != "" {
		name := c.candidate(next.nomination)
		f.How.Options = []page.Option{
			{Value: fillTake, Label: name + " takes it", Hint: "The papers of the election give the seat to them, and they are willing."},
			{Value: fillPass, Label: name + " is not willing", Hint: "The papers are asked for the next."},
		}
	}
	f.How.Options = append(f.How.Options, page.Option{Value: fillPoll, Label: "By a by-election"}, page.Option{Value: fillLeft, Label: "It stays empty until the next election"})
	all, err := c.conducts()
	if err != nil {
		return nil, err
	}
	for _, other := range all {
		if other.p.ID != c.p.ID && other.p.Kind.Elects() && !other.p.Called.IsZero() && other.p.Abandoned.IsZero() {
			f.By.Options = append(f.By.Options, page.Option{Value: other.p.ID, Label: other.p.Title})
		}
	}
	return f, nil
}

// read takes what was chosen.
func (f *fillForm) read(form url.Values) (out poll.Filling, ok bool) {
	switch chosen(&f.How, form) {
	case fillTake:
		out.Nomination = f.next.nomination
	case fillPoll:
		if out.ByPoll = f.By.Value; out.ByPoll == "" {
			f.By.Error = "Choose the by-election. Prepare and call it first."
		}
	case fillLeft:
		if out.Left = f.Why.Value; blank(out.Left) {
			f.Why.Error = "Say why it is left empty."
		}
	}
	return out, f.How.Error+f.By.Error+f.Why.Error == ""
}

// conductFill asks how a seat is filled.
func (s *Server) conductFill(c *conduct) error {
	one, x, err := c.vacancy(c.r.PathValue("vacancy"))
	if err != nil {
		return err
	}
	f, err := c.fillForm(one, x, nil, nil)
	if err != nil {
		return err
	}
	return c.showFill(http.StatusOK, one, x, f, nil, "")
}

func (c *conduct) showFill(status int, one poll.Contest, x poll.Vacancy, form *fillForm, unwilling []string, wrong string) error {
	f := c.resultFrame(one, "Fill "+c.seatOf(x), "It has been empty since "+c.day(x.Since)+". "+x.Reason)
	f.Back = page.Link{Text: "Empty seats", Href: c.at("vacancies")}
	if !x.Settled.IsZero() {
		f.Sentence = "It is settled: " + c.filledWords(x) + "."
		return c.sectionsAt(settledStatus(status), f, conductPage{})
	}
	a := conductAct{
		Action: c.at("vacancies", x.ID), Groups: ask(&form.How, &form.By, &form.Why), Button: page.Button{Text: "Record how it is filled"}, Cancel: page.Link{Text: "Not yet", Href: c.at("vacancies")},
		Facts: page.Defs{{Term: "By the rules", Fact: page.Begin(vacancyWays[x.Way])}},
	}
	if form.next.why != "" {
		a.Facts = append(a.Facts, page.Def{Term: "The papers", Fact: form.next.why})
	} else {
		a.Facts = append(a.Facts, page.Def{Term: "The papers give it to", Fact: c.candidate(form.next.nomination)})
		a.Sections = []conductSection{{Show: []page.Component{page.Verify{
			ID: "transcript", Title: "The count that shows it", Intro: "The papers of the election, counted again without those who left or are not willing.", Steps: []page.Command{{Title: "Transcript", Label: "Transcript of the count", Output: form.next.text}},
		}}}}
		if one.Role != "" {
			a.Effects = []string{"Whoever takes the seat is appointed " + one.Role.Title() + "."}
		}
	}
	if form.next.nomination != "" {
		a.Hidden = append(a.Hidden, hiddenField{"next", form.next.nomination})
	}
	for _, id := range unwilling {
		a.Hidden = append(a.Hidden, hiddenField{"unwilling", id})
		a.Facts = append(a.Facts, page.Def{Term: "Not willing", Fact: c.candidate(id)})
	}
	return c.showAct(status, f, a, wrong)
}

// conductFillDo records how a seat is filled, or asks for the next whom the papers
// give.
func (s *Server) conductFillDo(c *conduct) error {
	form, err := c.form()
	if err != nil {
		return err
	}
	one, x, err := c.vacancy(c.r.PathValue("vacancy"))
	if err != nil {
		return err
	}
	unwilling := form["unwilling"]
	if !x.Settled.IsZero() {
		return c.showFill(http.StatusConflict, one, x, nil, nil, "")
	}
	f, err := c.fillForm(one, x, unwilling, form)
	if err != nil {
		return err
	}
	if said := form.Get("next"); (form.Get("how") == fillTake || form.Get("how") == fillPass) && said != f.next.nomination {
		f.How.Value = ""
		return c.showFill(http.StatusUnprocessableEntity, one, x, f, unwilling, "The papers give the seat to somebody else than this page said. Look again.")
	}
	how, ok := f.read(form)
	if !ok {
		return c.showFill(http.StatusUnprocessableEntity, one, x, f, unwilling, "")
	}
	if f.How.Value == fillPass {
		unwilling = append(unwilling, f.next.nomination)
		if f, err = c.fillForm(one, x, unwilling, nil); err != nil {
			return err
		}
		return c.showFill(http.StatusOK, one, x, f, unwilling, "")
	}
	err = c.house.Polls.Fill(c.ctx, c.actor.Person, c.org.ID, one.ID, x.ID, how)
	if refusable(err) {
		var other string
		c.wrongAt(err, &other, map[string]*string{"reason": &f.Why.Error})
		return c.showFill(http.StatusUnprocessableEntity, one, x, f, unwilling, other)
	}
	if err != nil {
		return err
	}
	return c.redirect(c.at("vacancies") + "?done=filled")
}

type heldVacancyParams struct {
	conductParams
	Vacancy uuid `path:"vacancy" doc:"The id of the empty seat."`
}

type heldFillJSON struct {
	Unwilling []uuid `json:"unwilling,omitempty" max:"1000" doc:"Nominations that the papers would give the seat to and who are not willing."`
	Take      bool   `json:"take,omitempty" doc:"Whoever the papers give it to takes it."`
	ByPoll    string `json:"by_election,omitempty" max:"60" doc:"The code of the by-election, which has been called."`
	Left      string `json:"left_because,omitempty" max:"1000" doc:"It stays empty until the next election, for this reason."`
}

func (v *visit) apiFill(p heldVacancyParams, b heldFillJSON) (list[heldVacancyJSON], error) {
	none := list[heldVacancyJSON]{}
	c, err := v.conducted(p.Poll)
	if err != nil {
		return none, err
	}
	one, x, err := c.vacancy(string(p.Vacancy))
	if err != nil {
		return none, err
	}
	how := poll.Filling{Left: b.Left}
	if b.Take {
		var unwilling []string
		for _, id := range b.Unwilling {
			unwilling = append(unwilling, string(id))
		}
		next, err := c.successor(one, x, unwilling)
		if err == nil && next.nomination == "" {
			err = fault.Errorf(fault.Conflict, "the papers give the seat to nobody: %s", next.why)
		}
		if err != nil {
			return none, err
		}
		how.Nomination = next.nomination
	}
	if b.ByPoll != "" {
		by, err := v.conducted(b.ByPoll)
		if err != nil {
			return none, err
		}
		how.ByPoll = by.p.ID
	}
	if err := c.house.Polls.Fill(c.ctx, c.actor.Person, c.org.ID, one.ID, x.ID, how); err != nil {
		return none, err
	}
	return v.apiVacancies(conductListParams{p.conductParams, pageParams{Limit: 500}})
}
