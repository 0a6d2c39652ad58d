package web

import (
	"net/http"
	"net/url"

	"commonweal/internal/own/share"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// actForm is the questions of an act once it is known who it is about.
type actForm struct {
	Action    string
	Class     *page.Radios // where there is a choice
	OnlyClass string       // id, where there is none
	Holds     string       // what the member holds, or what the one class costs
	Quantity  page.Text
	Into      *page.Radios
	OnlyInto  string
	Paid      *page.Text
	Effective page.DateField
	Reason    page.TextArea

	act      shareAct
	from, to holder
	all      holders
	ledger   *share.Ledger
	today    law.Date
	classes  []share.Class // those it can be done with
	entry    share.Entry   // as read
}

// newActForm makes the questions for the members that the address names.
func (v *visit) newActForm(act shareAct, values url.Values) (*actForm, error) {
	ledger, classes, err := v.sharesNow()
	if err != nil {
		return nil, err
	}
	all, err := v.holders()
	if err != nil {
		return nil, err
	}
	f := &actForm{act: act, all: all, ledger: ledger, today: v.today(), Action: act.path() + "/" + v.r.PathValue("member")}
	first, err := v.holder(all, v.r.PathValue("member"), act.action)
	if err != nil {
		return nil, err
	}
	switch act.kind {
	case share.Issue:
		f.to = first
	case share.Transfer:
		f.from = first
		if f.to, err = v.holder(all, v.r.PathValue("to"), act.action); err != nil {
			return nil, err
		}
		f.Action += "/" + f.to.Member
	default:
		f.from = first
	}
	for _, c := range classes {
		fits := v.issues(c)
		if act.kind != share.Issue {
			fits = act.allows(c) && ledger.Balance(f.from.Member, c.ID, v.today()) > 0
		}
		if fits {
			f.classes = append(f.classes, c)
		}
	}
	f.ask(v, classes, values)
	return f, nil
}

// ask makes the fields, with what was typed.
func (f *actForm) ask(v *visit, classes []share.Class, values url.Values) {
	f.Quantity = page.Text{Name: "quantity", Label: "How many shares?", Width: 5, Mode: "numeric", Value: values.Get("quantity")}
	f.Effective = page.DateField{Name: "effective", Legend: "From which day does it count?", Hint: "For example, 31 3 2026"}
	f.Effective.Fill(values)
	if values == nil {
		f.Effective.SetDay(v.today().String())
	}
	f.Reason = page.TextArea{
		Name: "reason", Label: "Why?", Hint: "It stands in the ledger for good. Write nothing about anybody’s health or private life.", Rows: 2, Value: values.Get("reason"),
	}
	if f.act.kind != share.Redeem && f.act.kind != share.Cancel {
		f.Reason.Label = "Why? You may leave this empty"
	}
	switch len(f.classes) {
	case 0:
		f.OnlyClass = values.Get("class")
	case 1:
		f.OnlyClass = f.classes[0].ID
		f.Holds = f.holds(f.classes[0]) + "."
	default:
		f.Class = &page.Radios{Name: "class", Legend: "Which class of shares?", Value: values.Get("class")}
		for _, c := range f.classes {
			f.Class.Options = append(f.Class.Options, page.Option{Value: c.ID, Label: c.Name, Hint: f.holds(c)})
		}
	}
	switch f.act.kind {
	case share.Issue:
		f.Paid = &page.Text{Name: "paid", Label: "What was paid for them?", Hint: "In pounds. Leave it empty if it was just what the shares cost.", Width: 10, Value: values.Get("paid")}
	case share.Redeem, share.Cancel:
		f.Paid = &page.Text{Name: "paid", Label: "What is to be paid back?", Hint: "In pounds. Leave it empty to pay back what the shares cost. Write 0 to pay nothing back.", Width: 10, Value: values.Get("paid")}
	case share.Convert:
		var open []share.Class
		for _, c := range classes {
			if v.issues(c) && c.ID != f.OnlyClass {
				open = append(open, c)
			}
		}
		f.Into = &page.Radios{Name: "to_class", Legend: "Into which class?", Value: values.Get("to_class")}
		for _, c := range open {
			f.Into.Options = append(f.Into.Options, page.Option{Value: c.ID, Label: c.Name, Hint: money(c.NominalPence) + " each"})
		}
	}
}

// holds says what the member holds of a class, or what one of it costs.
func (f *actForm) holds(c share.Class) string {
	if f.act.kind == share.Issue {
		return c.Name + ", " + money(c.NominalPence) + " each"
	}
	return f.from.title() + " holds " + sharesOf(f.ledger.Balance(f.from.Member, c.ID, f.today), c.Name)
}

// problems are what the fields have wrong, in the order of the page.
func (f *actForm) problems() []page.Error {
	var fields []page.Field
	if f.Class != nil {
		fields = append(fields, *f.Class)
	}
	fields = append(fields, f.Quantity)
	if f.Into != nil {
		fields = append(fields, *f.Into)
	}
	if f.Paid != nil {
		fields = append(fields, *f.Paid)
	}
	return page.Problems(append(fields, f.Effective, f.Reason)...)
}

func (v *visit) showActForm(status int, f *actForm) error {
	if len(f.classes) == 0 {
		why := f.from.title() + " holds no shares that this could be done with."
		if f.act.kind == share.Issue {
			why = f.act.why
		}
		return v.actImpossible(f.act, why)
	}
	frame := v.frame()
	frame.Back = page.Link{Text: "Somebody else", Href: f.act.path()}
	frame.Kicker = f.act.title
	frame.Heading = f.heading()
	frame.Sentence = f.Holds
	frame.Errors = f.problems()
	frame.Data = f
	return v.show(status, "share_terms", frame)
}

func (f *actForm) heading() string {
	switch f.act.kind {
	case share.Issue:
		return "Shares for " + f.to.title()
	case share.Transfer:
		return "From " + f.from.title() + " to " + f.to.title()
	}
	return "Shares of " + f.from.title()
}

// actTerms asks how many, from when and why. ?change=1 brings back what was typed
// before.
func (v *visit) actTerms(act shareAct) error {
	var values url.Values
	if v.r.URL.Query().Get("change") != "" {
		values = v.keptAct(act)
	}
	f, err := v.newActForm(act, values)
	if err != nil {
		return err
	}
	return v.showActForm(http.StatusOK, f)
}

// actCheck judges the answers, and goes on to a look at all of them.
func (v *visit) actCheck(act shareAct) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	f, err := v.newActForm(act, form)
	if err != nil {
		return err
	}
	if len(f.classes) == 0 || !f.read(v, form) {
		return v.showActForm(http.StatusUnprocessableEntity, f)
	}
	if _, err := v.try(f.entry); refusable(err) {
		f.place(v, err)
		return v.showActForm(http.StatusUnprocessableEntity, f)
	} else if err != nil {
		return err
	}
	form.Set("class", f.entry.Class)
	if err := v.keepAct(act, form); err != nil {
		return err
	}
	return v.redirect(f.Action + "/review")
}
