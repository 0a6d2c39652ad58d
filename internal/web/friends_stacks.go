package web

import (
	"net/http"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/friends"
	"commonweal/internal/web/page"
)

// friendsStacks lists the stacks of cards of a month, with those that were struck.
func (s *Server) friendsStacks(v *visit) error {
	m, err := v.monthAsked()
	if err != nil {
		return err
	}
	list, err := v.house.Friends.Keyed(v.ctx, v.org.ID, m)
	if err != nil {
		return err
	}
	names, err := v.pointNames()
	if err != nil {
		return err
	}
	f := v.frame()
	at := "/surveys/friends/months/" + m.String()
	f.Back = page.Link{Text: m.Words(), Href: at}
	f.Kicker, f.Heading, f.Sentence = m.Words(), "Stacks of cards", page.Begin(phrase(len(list), "stack was keyed.", "stacks were keyed."))
	f.Notice = doneNotice(v, map[string]string{"struck": "The stack is struck. The record keeps that it was there."})
	t := page.Table{Caption: "Stacks of cards", Columns: []page.Column{{Head: "Where"}, {Head: "Came by"}, {Head: "Cards", Number: true}, {Head: "Keyed"}, {Head: "Stands", Wide: true}}}
	for _, c := range list {
		stands := page.Cell{Text: "Counts: strike it", Href: at + "/cards/" + c.ID + "/strike"}
		if !c.Struck.IsZero() {
			stands = page.Cell{Text: "Struck on " + v.day(c.Struck) + ": " + c.Reason, Kind: page.Quiet}
		}
		t.Rows = append(t.Rows, page.Row{{Text: names[c.Point]}, {Text: c.Mode.Words()}, {Text: number(c.Counts.All())}, {Text: v.day(c.Keyed)}, stands})
	}
	p := conductPage{Sections: []conductSection{{Show: []page.Component{t}}}}
	if len(list) == 0 {
		p.Sections = []conductSection{{Show: []page.Component{page.Empty("No cards yet", "Cards of this month that are keyed stand here, a line a stack.", page.Link{Text: "Where patients are asked", Href: "/surveys/friends/points"})}}}
	}
	return v.sections(f, p)
}

// stackAsked is the stack that the address names.
func (v *visit) stackAsked() (friends.Cards, error) {
	m, err := v.monthAsked()
	if err != nil {
		return friends.Cards{}, err
	}
	list, err := v.house.Friends.Keyed(v.ctx, v.org.ID, m)
	if err != nil {
		return friends.Cards{}, err
	}
	i := slices.IndexFunc(list, func(c friends.Cards) bool { return c.ID == v.r.PathValue("stack") })
	if i < 0 {
		return friends.Cards{}, fault.Errorf(fault.NotFound, "there is no stack of cards at this address")
	}
	return list[i], nil
}

func (v *visit) showStrike(status int, c friends.Cards, reason *page.TextArea, wrong string) error {
	names, err := v.pointNames()
	if err != nil {
		return err
	}
	f := v.frame()
	at := "/surveys/friends/months/" + c.Month.String() + "/cards"
	f.Back = page.Link{Text: "Stacks of cards", Href: at}
	f.Kicker, f.Heading, f.Sentence = c.Month.Words(), "Strike a stack", "Do it where it was keyed wrongly. Key it again as it is."
	facts := page.Summary{{Term: "Where", Fact: names[c.Point]}, {Term: "Came by", Fact: c.Mode.Words()}, {Term: "Keyed", Fact: v.day(c.Keyed)}}
	for i, r := range friends.Ratings() {
		facts = append(facts, page.SummaryRow{Term: r.Words(), Fact: number(c.Counts[i])})
	}
	if !c.Struck.IsZero() {
		f.Sentence = "It was struck on " + v.day(c.Struck) + ": " + c.Reason
		return v.sectionsAt(settledStatus(status), f, conductPage{Sections: []conductSection{{Show: []page.Component{facts}}}})
	}
	return v.showAct(status, f, conductAct{
		Action: at + "/" + c.ID + "/strike", Summary: facts, Groups: ask(*reason), Button: page.Button{Text: "Strike it"}, Cancel: page.Link{Text: "Cancel", Href: at},
		Effects: []string{"Its cards count no more. In a month that is closed they leave with the next correction.", "The record keeps that the stack was there, who struck it and why."},
	}, wrong)
}

// friendsStrike asks why a stack is struck.
func (s *Server) friendsStrike(v *visit) error {
	c, err := v.stackAsked()
	if err != nil {
		return err
	}
	return v.showStrike(http.StatusOK, c, whyField(nil, "It is in the record."), "")
}

// friendsStrikeDo strikes it.
func (s *Server) friendsStrikeDo(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	c, err := v.stackAsked()
	if err != nil {
		return err
	}
	reason, wrong := whyField(form, "It is in the record."), ""
	if !c.Struck.IsZero() || reason.Error != "" {
		return v.showStrike(http.StatusUnprocessableEntity, c, reason, "")
	}
	err = v.house.Friends.Strike(v.ctx, v.actor.Person, v.org.ID, c.ID, reason.Value)
	if refusable(err) {
		v.refusedAt(err, &wrong, map[string]*string{"reason": &reason.Error})
		return v.showStrike(http.StatusUnprocessableEntity, c, reason, wrong)
	}
	if err != nil {
		return err
	}
	return v.redirect("/surveys/friends/months/" + c.Month.String() + "/cards?done=struck")
}

// eligibleForm asks how many patients of each point could have answered in a month.
type eligibleForm struct {
	month  friends.Month
	points []friends.Point
	was    map[string]int
	fields []*page.Text
}

func (v *visit) newEligibleForm() (*eligibleForm, error) {
	m, err := v.monthAsked()
	if err != nil {
		return nil, err
	}
	if friends.MonthOf(v.today()).Before(m) {
		return nil, fault.Errorf(fault.NotFound, "%s is yet to come", m.Words())
	}
	f := &eligibleForm{month: m}
	if f.was, err = v.house.Friends.EligibleIn(v.ctx, v.org.ID, m); err != nil {
		return nil, err
	}
	all, err := v.house.Friends.Points(v.ctx, v.org.ID)
	for _, p := range all {
		if !p.Setting.HasRate() || m.Before(friends.MonthOf(p.Opened)) || !p.Closed.IsZero() && !m.First().Before(p.Closed) {
			continue
		}
		field := &page.Text{Name: "n-" + p.Code, Label: p.Name, Width: 5, Mode: "numeric"}
		if n, ok := f.was[p.ID]; ok {
			field.Value = number(n)
		}
		f.points, f.fields = append(f.points, p), append(f.fields, field)
	}
	return f, err
}

func (v *visit) showEligible(status int, form *eligibleForm, wrong string) error {
	f := v.frame()
	at := "/surveys/friends/months/" + form.month.String()
	f.Back = page.Link{Text: form.month.Words(), Href: at}
	f.Kicker, f.Heading, f.Sentence = form.month.Words(), "How many could have answered?", "Patients of each place in the month, as you count them. The response rate comes from it."
	f.Notice = doneNotice(v, map[string]string{"kept": "The numbers are kept."})
	if len(form.fields) == 0 {
		return v.sectionsAt(status, f, conductPage{Sections: []conductSection{{Show: []page.Component{page.Empty("No place to count", "No point was open in this month whose response rate is reported.", page.Link{Text: "Where patients are asked", Href: "/surveys/friends/points"})}}}})
	}
	var fields []page.Field
	for _, one := range form.fields {
		fields = append(fields, *one)
	}
	return v.showAct(status, f, conductAct{
		Action: at + "/eligible", Groups: ask(fields...), Button: page.Button{Text: "Keep the numbers"}, Cancel: page.Link{Text: "Cancel", Href: at},
		Effects: []string{"A place that you leave empty stays as it was. The rate of a site is shown once all of its places are counted.", "In a month that is closed they count with the next correction."},
	}, wrong)
}

// friendsEligible asks.
func (s *Server) friendsEligible(v *visit) error {
	f, err := v.newEligibleForm()
	if err != nil {
		return err
	}
	return v.showEligible(http.StatusOK, f, "")
}

// friendsEligibleDo keeps what changed.
func (s *Server) friendsEligibleDo(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	f, err := v.newEligibleForm()
	if err != nil {
		return err
	}
	say := map[int]int{}
	ok := true
	for i, field := range f.fields {
		field.Value = values.Get(field.Name)
		if blank(field.Value) {
			continue
		}
		n, isNumber := readWhole(field.Value)
		if !isNumber || n < 0 || n > 1_000_000 {
			field.Error, ok = "Type a number of patients.", false
			continue
		}
		if was, said := f.was[f.points[i].ID]; !said || was != int(n) {
			say[i] = int(n)
		}
	}
	if !ok {
		return v.showEligible(http.StatusUnprocessableEntity, f, "")
	}
	for i := range f.fields {
		n, changed := say[i]
		if !changed {
			continue
		}
		err := v.house.Friends.Eligible(v.ctx, v.actor.Person, v.org.ID, f.points[i].ID, f.month, n)
		if refusable(err) {
			f.fields[i].Error = v.refusalWords(err)
			return v.showEligible(http.StatusUnprocessableEntity, f, "")
		}
		if err != nil {
			return err
		}
	}
	return v.redirect("/surveys/friends/months/" + f.month.String() + "/eligible?done=kept")
}
