package web

import (
	"net/http"
	"net/url"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// dayForm moves one day of a timetable.
func (c *conduct) dayForm(form url.Values) (timetable.Day, *page.DateField, *page.TextArea, error) {
	d, ok := c.p.Timetable.Find(timetable.Step(c.r.PathValue("step")))
	if !ok {
		return d, nil, nil, fault.Errorf(fault.NotFound, "this vote has no such day")
	}
	if err := c.only(poll.ReturningOfficer); err != nil {
		return d, nil, nil, err
	}
	field := &page.DateField{Name: "day", Legend: "To which day?", Hint: c.boundsWords(d)}
	if form == nil {
		field.SetDay(d.Day.String())
	} else {
		field.Fill(form)
	}
	return d, field, whyField(form, "Members can read it."), nil
}

// boundsWords say between which days a step may fall.
func (c *conduct) boundsWords(d timetable.Day) string {
	switch {
	case d.Earliest.IsZero() || d.Latest.IsZero():
		return "A working day."
	case d.Earliest.Before(c.today()):
		return "A working day until " + c.onDay(d.Latest) + ", in order with the other days."
	}
	return "A working day from " + c.onDay(d.Earliest) + " to " + c.onDay(d.Latest) + ", in order with the other days."
}

// conductDay asks for another day for one step, and why.
func (s *Server) conductDay(c *conduct) error {
	d, field, why, err := c.dayForm(nil)
	if err != nil {
		return err
	}
	return c.showDay(http.StatusOK, d, field, why, "")
}

func (c *conduct) showDay(status int, d timetable.Day, field *page.DateField, why *page.TextArea, wrong string) error {
	if !c.mayRetime() {
		return c.frozen()
	}
	f := c.frameOf("Move the day: "+d.Step.Title(), d.Step.About()+" It is "+c.onDay(d.Day)+" now.")
	a := conductAct{
		Action: c.at("days", string(d.Step)), Facts: page.Defs{{Term: "How it was counted", Fact: d.Reason}}, Groups: ask(field, why),
		Button: page.Button{Text: "Move the day"}, Cancel: page.Link{Text: "Move nothing", Href: c.at()},
	}
	return c.showAct(status, f, a, wrong)
}

// conductDayDo moves it.
func (s *Server) conductDayDo(c *conduct) error {
	form, err := c.form()
	if err != nil {
		return err
	}
	d, field, why, err := c.dayForm(form)
	if err != nil {
		return err
	}
	day, ok := readDay(field, "day", true)
	if !ok || why.Error != "" {
		return c.showDay(http.StatusUnprocessableEntity, d, field, why, "")
	}
	err = c.house.Polls.ChangeDay(c.ctx, c.actor.Person, c.org.ID, c.p.ID, d.Step, day, form.Get("reason"))
	if refusable(err) {
		var other string
		c.wrongAt(err, &other, map[string]*string{"reason": &why.Error})
		if fault.FieldOf(err) != "" && why.Error == "" {
			field.Error = retimeWords(fault.FieldOf(err), d.Step, other)
			other = ""
		}
		return c.showDay(http.StatusUnprocessableEntity, d, field, why, other)
	}
	if err != nil {
		return err
	}
	return c.redirect(c.at() + "?done=day")
}

// retimeWords say which step a refusal is about where it is another than the one
// that was moved.
func retimeWords(field string, moved timetable.Step, text string) string {
	for _, s := range []timetable.Step{
		timetable.NoticeOfElection, timetable.NominationsClose, timetable.Statement, timetable.Withdrawals, timetable.Roll, timetable.ClaimsClose, timetable.CredentialsClose,
		timetable.KeyMade, timetable.NoticeOfPoll, timetable.Opens, timetable.Closes, timetable.Tally, timetable.Declaration, timetable.Petitions, timetable.KeyDestroyed,
	} {
		if s != moved && stepField(s) == field {
			return s.Title() + ": " + inRunningText(text)
		}
	}
	return text
}

// conductClose asks for another close.
func (s *Server) conductClose(c *conduct) error {
	if err := c.only(poll.ReturningOfficer); err != nil {
		return err
	}
	field := c.closeField()
	field.SetDay(law.Today(c.p.Closes).String())
	return c.showClose(http.StatusOK, field, whyField(nil, "Members can read it."), "")
}

func (c *conduct) closeField() *page.DateField {
	return &page.DateField{Name: "day", Legend: "On which day does it close now?", Hint: "At 5pm of a working day."}
}

func (c *conduct) showClose(status int, field *page.DateField, why *page.TextArea, wrong string) error {
	if !c.mayRetime() {
		return c.frozen()
	}
	f := c.frameOf("Move the close", "It closes "+said(page.Moment(c.now, c.p.Closes))+" now. Every day that has not passed is counted anew.")
	a := conductAct{
		Action: c.at("close"), Groups: ask(field, why), Button: page.Button{Text: "Move the close"}, Cancel: page.Link{Text: "Move nothing", Href: c.at()},
		Effects: []string{"Days that were moved by hand are as counted again.", "Days that have passed stay as they were.", "Both timetables are in the record."},
	}
	return c.showAct(status, f, a, wrong)
}

// conductCloseDo moves it.
func (s *Server) conductCloseDo(c *conduct) error {
	form, err := c.form()
	if err != nil {
		return err
	}
	if err := c.only(poll.ReturningOfficer); err != nil {
		return err
	}
	field, why := c.closeField(), whyField(form, "Members can read it.")
	field.Fill(form)
	day, ok := readDay(field, "day", true)
	if !ok || why.Error != "" {
		return c.showClose(http.StatusUnprocessableEntity, field, why, "")
	}
	err = c.house.Polls.MoveClose(c.ctx, c.actor.Person, c.org.ID, c.p.ID, timetable.CloseOn(day), form.Get("reason"))
	if refusable(err) {
		var other string
		c.wrongAt(err, &other, map[string]*string{"reason": &why.Error})
		if fault.FieldOf(err) != "" && why.Error == "" || other != "" {
			field.Error, other = retimeWords(fault.FieldOf(err), timetable.Closes, other), ""
		}
		return c.showClose(http.StatusUnprocessableEntity, field, why, other)
	}
	if err != nil {
		return err
	}
	return c.redirect(c.at() + "?done=moved")
}

// frozen says that no day moves any more.
func (c *conduct) frozen() error {
	why := "No day is moved in a vote that is " + c.stage.Words() + "."
	if !c.p.Announced.IsZero() {
		why = "Notice of poll was given " + said(page.Lately(c.now, c.p.Announced)) + ". The timetable was frozen with it."
	}
	f := c.frameOf("The timetable does not change", "")
	f.Data = page.Refused("Why", why, "A vote that cannot be held as announced is abandoned, with a reason that everybody can read.", page.Link{Text: "Back to the vote", Href: c.at()})
	return c.show(http.StatusConflict, "fault", f)
}
