package web

import (
	"net/http"
	"net/url"
	"strconv"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/friends"
	"commonweal/internal/web/page"
)

type cardsForm struct {
	month  page.Select
	mode   page.Select
	counts [6]page.Text
	wrong  string
}

func (v *visit) newCardsForm(p friends.Point, form url.Values) *cardsForm {
	f := &cardsForm{
		month: page.Select{Name: "month", Label: "Which month are they of?", Value: form.Get("month")},
		mode:  page.Select{Name: "mode", Label: "How did they come?", Value: form.Get("mode")},
	}
	this := friends.MonthOf(v.today())
	for i := range 4 {
		m := this.Add(-i)
		f.month.Options = append(f.month.Options, page.Option{Value: m.String(), Label: m.Words()})
	}
	for _, m := range p.Modes {
		if !m.ByPatient() {
			f.mode.Options = append(f.mode.Options, page.Option{Value: string(m), Label: m.Words()})
		}
	}
	for i, r := range friends.Ratings() {
		name := "n" + strconv.Itoa(int(r))
		f.counts[i] = page.Text{Name: name, Label: r.Words(), Width: 5, Mode: "numeric", Value: form.Get(name)}
	}
	return f
}

func (v *visit) showCards(status int, p friends.Point, f *cardsForm) error {
	fr := v.frame()
	fr.Back = page.Link{Text: "Where patients are asked", Href: "/surveys/friends/points"}
	fr.Kicker, fr.Heading, fr.Sentence = p.Name, "Key cards", "Count the cards of each answer. What patients wrote on them is keyed on the page that patients answer on, one by one."
	fr.Notice = doneNotice(v, map[string]string{"keyed": "The stack is kept."})
	if len(f.mode.Options) == 0 {
		return v.sectionsAt(status, fr, conductPage{Sections: []conductSection{{Show: []page.Component{page.Empty("No cards here", "Answers on cards or by telephone do not come to this point. Change the point first.", page.Link{Text: "Change it", Href: "/surveys/friends/points/" + p.Code + "/edit"})}}}})
	}
	fields := []page.Field{f.month, f.mode}
	for _, c := range f.counts {
		fields = append(fields, c)
	}
	return v.showAct(status, fr, conductAct{
		Action: "/surveys/friends/points/" + p.Code + "/cards", Groups: ask(fields...), Button: page.Button{Text: "Keep the stack"},
		Cancel: page.Link{Text: "Cancel", Href: "/surveys/friends/points"},
	}, f.wrong)
}

// friendsCards asks how many cards of each answer there are.
func (s *Server) friendsCards(v *visit) error {
	p, err := v.pointAsked()
	if err != nil {
		return err
	}
	return v.showCards(http.StatusOK, p, v.newCardsForm(p, nil))
}

// friendsCardsDo keeps a stack.
func (s *Server) friendsCardsDo(v *visit) error {
	p, err := v.pointAsked()
	if err != nil {
		return err
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	f, ok := v.newCardsForm(p, values), true
	c := friends.Cards{Point: p.ID, Mode: friends.Mode(values.Get("mode"))}
	if c.Month, err = friends.ParseMonth(values.Get("month")); err != nil {
		f.month.Error, ok = "Choose the month.", false
	}
	for i := range f.counts {
		n, isNumber := readWhole(f.counts[i].Value)
		if blank(f.counts[i].Value) {
			n, isNumber = 0, true
		}
		if !isNumber || n < 0 || n > 5000 {
			f.counts[i].Error, ok = "Type a number of cards.", false
			continue
		}
		c.Counts[i] = int(n)
	}
	if !ok {
		return v.showCards(http.StatusUnprocessableEntity, p, f)
	}
	_, err = v.house.Friends.Key(v.ctx, v.actor.Person, v.org.ID, c)
	if refusable(err) {
		v.refusedAt(err, &f.wrong, map[string]*string{"month": &f.month.Error, "mode": &f.mode.Error, "counts": &f.counts[0].Error})
		return v.showCards(http.StatusUnprocessableEntity, p, f)
	}
	if err != nil {
		return err
	}
	return v.redirect("/surveys/friends/points/" + p.Code + "/cards?done=keyed")
}

// pointNames are the names of points by id.
func (v *visit) pointNames() (map[string]string, error) {
	list, err := v.house.Friends.Points(v.ctx, v.org.ID)
	out := map[string]string{}
	for _, p := range list {
		out[p.ID] = p.Name
	}
	return out, err
}

// errGone says that somebody else has decided.
var errGone = fault.Errorf(fault.NotFound, "no comment waits at this address")
