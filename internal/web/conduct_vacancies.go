package web

import (
	"net/http"
	"net/url"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// seatOf says whose an empty seat was.
func (c *conduct) seatOf(x poll.Vacancy) string {
	if x.Nomination == "" {
		return "a seat that nobody was elected to"
	}
	return "the seat of " + c.candidate(x.Nomination)
}

// sitting are those elected who still hold their seats.
func (c *conduct) sitting(one poll.Contest) (out []string) {
	if one.Declared == nil {
		return nil
	}
	for _, id := range one.Declared.Result.Elected {
		if !slices.ContainsFunc(one.Vacancies, func(x poll.Vacancy) bool { return x.Nomination == id }) {
			out = append(out, id)
		}
	}
	for _, x := range one.Vacancies {
		if x.FilledBy != "" && !slices.ContainsFunc(one.Vacancies, func(y poll.Vacancy) bool { return y.Nomination == x.FilledBy }) {
			out = append(out, x.FilledBy)
		}
	}
	return out
}

// conductVacancies lists the seats that stayed or fell empty.
func (s *Server) conductVacancies(c *conduct) error {
	t := page.Table{Caption: "Empty seats", Columns: []page.Column{{Head: "Seat"}, {Head: "Contest"}, {Head: "Empty since"}, {Head: "Why", Wide: true}, {Head: "How it is filled"}}}
	open, sits := 0, 0
	for _, one := range c.p.Contests {
		sits += len(c.sitting(one))
		for _, x := range one.Vacancies {
			row := page.Row{{Text: page.Begin(c.seatOf(x))}, {Text: one.Title}, {Text: c.day(x.Since)}, {Text: x.Reason}, {Text: c.filledWords(x)}}
			if x.Settled.IsZero() && x.Way != poll.LeftVacant {
				open++
				row[0].Href = c.at("vacancies", x.ID)
			}
			t.Rows = append(t.Rows, row)
		}
	}
	f := c.frameOf("Empty seats", "No seat is empty.")
	switch {
	case !c.p.Kind.Elects():
		f.Sentence = "Nobody is elected by this vote."
	case open > 0:
		f.Sentence = phrase(open, "seat is", "seats are") + " empty and to be filled."
	case len(t.Rows) > 0:
		f.Sentence = "Every seat that fell empty is settled."
	case sits == 0:
		f.Sentence = "Nobody is declared elected yet."
	}
	f.Notice = doneNotice(c.visit, map[string]string{"recorded": "It is recorded that the seat is empty.", "filled": "How the seat is filled is recorded."})
	p := conductPage{}
	if len(t.Rows) > 0 {
		p.Sections = append(p.Sections, conductSection{Show: []page.Component{t}})
		f.Files = []page.Files{c.filesOf("the empty seats", "vacancies")}
	}
	if sits > 0 {
		p.Sections = append(p.Sections, conductSection{Button: page.Button{Text: "Record that somebody has left", Href: c.at("vacancies", "new")}})
	}
	return c.sections(f, p)
}

func (c *conduct) filledWords(x poll.Vacancy) string {
	switch {
	case x.FilledBy != "":
		return "by " + c.candidate(x.FilledBy) + ", " + c.day(x.Settled)
	case x.ByPoll != "":
		return "by a by-election, since " + c.day(x.Settled)
	case !x.Settled.IsZero():
		return "left empty, " + c.day(x.Settled)
	}
	return "not yet: by " + vacancyWays[x.Way]
}

// vacateFields ask who has left, when and why.
func (c *conduct) vacateFields(form url.Values) (*page.Radios, *page.DateField, *page.TextArea) {
	who := &page.Radios{Name: "who", Legend: "Who has left their seat?", Value: form.Get("who")}
	for _, one := range c.p.Contests {
		for _, id := range c.sitting(one) {
			who.Options = append(who.Options, page.Option{Value: id, Label: c.candidate(id), Hint: one.Title})
		}
	}
	since := &page.DateField{Name: "since", Legend: "Since when?", Hint: "The first day on which the seat is empty, today or before."}
	if form == nil {
		since.SetDay(c.today().String())
	} else {
		since.Fill(form)
		chosen(who, form)
	}
	return who, since, whyField(form, "Such as: resigned, or left the organisation. Write nothing about anybody’s health or private life.")
}

// conductVacate asks who has left.
func (s *Server) conductVacate(c *conduct) error {
	who, since, why := c.vacateFields(nil)
	return c.showVacate(http.StatusOK, who, since, why, "")
}

func (c *conduct) showVacate(status int, who *page.Radios, since *page.DateField, why *page.TextArea, wrong string) error {
	f := c.frameOf("Record that somebody has left", "The rules say how the seat is filled: "+inRunningText(vacancyWords(c.p.Rules)))
	f.Back = page.Link{Text: "Empty seats", Href: c.at("vacancies")}
	if len(who.Options) == 0 {
		f.Heading, f.Sentence = "Nobody holds a seat by this vote", ""
		f.Data = page.Empty("Why", "Seats are held once the result is declared.", page.Link{Text: "Empty seats", Href: c.at("vacancies")})
		return c.show(http.StatusConflict, "fault", f)
	}
	return c.showAct(status, f, conductAct{
		Action: c.at("vacancies", "new"), Groups: ask(who, since, why), Button: page.Button{Text: "Record it"}, Cancel: page.Link{Text: "Record nothing", Href: c.at("vacancies")},
		Effects: []string{"The appointment to the office does not end by this. End it under the officers of the organisation."},
	}, wrong)
}

// conductVacateDo records it.
func (s *Server) conductVacateDo(c *conduct) error {
	form, err := c.form()
	if err != nil {
		return err
	}
	who, since, why := c.vacateFields(form)
	day, ok := readDay(since, "day", true)
	if !ok || who.Error+why.Error != "" {
		return c.showVacate(http.StatusUnprocessableEntity, who, since, why, "")
	}
	err = c.vacate(who.Value, day, form.Get("reason"))
	if refusable(err) {
		var other string
		c.wrongAt(err, &other, map[string]*string{"reason": &why.Error, "since": &since.Error})
		return c.showVacate(http.StatusUnprocessableEntity, who, since, why, other)
	}
	if err != nil {
		return err
	}
	return c.redirect(c.at("vacancies") + "?done=recorded")
}

// vacate records that the holder of a seat has left.
func (c *conduct) vacate(nomination string, since law.Date, why string) error {
	for _, one := range c.p.Contests {
		if slices.ContainsFunc(one.Nominations, func(n poll.Nomination) bool { return n.ID == nomination }) {
			_, err := c.house.Polls.Vacate(c.ctx, c.actor.Person, c.org.ID, one.ID, nomination, since, why)
			return err
		}
	}
	return fault.Errorf(fault.Invalid, "nobody with a seat has the id %q", clip(nomination, 40))
}

type heldVacancyJSON struct {
	ID         uuid          `json:"id"`
	Contest    string        `json:"contest" doc:"The code."`
	Nomination uuid          `json:"nomination,omitempty" doc:"Of the one who left; left out where nobody was elected to the seat."`
	Since      law.Date      `json:"since"`
	Reason     string        `json:"reason"`
	Way        poll.Vacating `json:"way" doc:"How the rules fill it."`
	Settled    law.Date      `json:"settled,omitzero"`
	FilledBy   uuid          `json:"filled_by,omitempty" doc:"The nomination."`
}

// apiVacancies lists the seats that stayed or fell empty.
func (v *visit) apiVacancies(p conductListParams) (list[heldVacancyJSON], error) {
	c, err := v.conducted(p.Poll)
	if err != nil {
		return list[heldVacancyJSON]{}, err
	}
	var out []heldVacancyJSON
	for _, one := range c.p.Contests {
		for _, x := range one.Vacancies {
			out = append(out, heldVacancyJSON{uuid(x.ID), one.Code, uuid(x.Nomination), x.Since, x.Reason, x.Way, x.Settled, uuid(x.FilledBy)})
		}
	}
	return pageOf(p.pageParams, "vacancies", out, func(x heldVacancyJSON) string { return string(x.ID) })
}

type heldVacateJSON struct {
	Nomination uuid     `json:"nomination" doc:"Of the one who left."`
	Since      law.Date `json:"since,omitzero" doc:"Today where it is left out."`
	Reason     string   `json:"reason" max:"1000"`
}

func (v *visit) apiVacate(p conductParams, b heldVacateJSON) (list[heldVacancyJSON], error) {
	c, err := v.conducted(p.Poll)
	if err == nil {
		err = c.vacate(string(b.Nomination), v.orToday(b.Since), b.Reason)
	}
	if err != nil {
		return list[heldVacancyJSON]{}, err
	}
	return v.apiVacancies(conductListParams{p, pageParams{Limit: 500}})
}
