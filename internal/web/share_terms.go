package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"commonweal/internal/base/fault"
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

// draftFields are what the look at an entry carries on from the questions.
var draftFields = []string{"class", "quantity", "to_class", "paid", "effective-day", "effective-month", "effective-year", "reason"}

// newActForm makes the questions for the members that the address names.
func (v *visit) newActForm(act shareAct, values url.Values) (*actForm, error) {
	ledger, err := v.house.Shares.Ledger(v.ctx, v.org.ID)
	if err != nil {
		return nil, err
	}
	classes, err := v.house.Shares.Classes(v.ctx, v.org.ID)
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

// read makes the entry. It reports false where a field has something to put
// right, which the field then says.
func (f *actForm) read(v *visit, values url.Values) bool {
	e := share.Entry{Kind: f.act.kind, From: f.from.Member, To: f.to.Member, Class: f.OnlyClass, Reason: strings.TrimSpace(values.Get("reason"))}
	ok := true
	if f.Class != nil {
		e.Class = values.Get("class")
		if !f.offers(e.Class) {
			f.Class.Error, ok = "Choose the class.", false
		}
	}
	var is bool
	if e.Quantity, is = readWhole(f.Quantity.Value); !is || e.Quantity < 1 {
		f.Quantity.Error, ok = "Say how many as a whole number, such as 1.", false
	}
	class, _ := f.ledger.Class(e.Class)
	if f.Paid != nil {
		e.PaidPence = e.Quantity * class.NominalPence
		if strings.TrimSpace(f.Paid.Value) != "" {
			if e.PaidPence, is = readPounds(f.Paid.Value); !is {
				f.Paid.Error, ok = "Write the amount in pounds, such as 1 or 1.50.", false
			}
		}
	}
	if f.Into != nil && !f.readInto(&e, class, values) {
		ok = false
	}
	if e.Effective, is = readDay(&f.Effective, "day from which it counts", true); !is {
		ok = false
	}
	if f.Reason.Error = reasonWrong(e.Reason, e.Kind == share.Redeem || e.Kind == share.Cancel); f.Reason.Error != "" {
		ok = false
	}
	f.entry = e
	return ok
}

func (f *actForm) offers(class string) bool {
	for _, c := range f.classes {
		if c.ID == class {
			return true
		}
	}
	return false
}

// readInto works out what a conversion gives: as many as keep the worth.
func (f *actForm) readInto(e *share.Entry, class share.Class, values url.Values) bool {
	into, known := f.ledger.Class(values.Get("to_class"))
	switch {
	case !known:
		f.Into.Error = "Choose the class that they turn into."
	case into.ID == e.Class:
		f.Into.Error = "They are of this class already. Choose another."
	case e.Quantity > 0 && e.Quantity*class.NominalPence%into.NominalPence != 0:
		f.Into.Error = sharesOf(e.Quantity, class.Name) + " are worth " + money(e.Quantity*class.NominalPence) + ", which is not a whole number of shares at " + money(into.NominalPence) + "."
	default:
		e.ToClass, e.ToQuantity = into.ID, e.Quantity*class.NominalPence/into.NominalPence
		return true
	}
	return false
}

// place puts a refusal at the field that it is about.
func (f *actForm) place(v *visit, err error) {
	words := v.refusalWords(err)
	switch field := fault.FieldOf(err); {
	case field == "effective":
		f.Effective.Error = words
	case field == "paid" && f.Paid != nil:
		f.Paid.Error = words
	case field == "reason":
		f.Reason.Error = words
	case (field == "to_class" || field == "to_quantity") && f.Into != nil:
		f.Into.Error = words
	default:
		f.Quantity.Error = words
	}
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

type actReview struct {
	Action  string
	Summary page.Summary
	Effects []string
	Hidden  []page.Option // what is sent again, so that what is made is what was shown
	Button  page.Button
	Back    string
}

// actReview shows all of an entry before it is made.
func (v *visit) actReview(act shareAct) error {
	draft := v.keptAct(act)
	f, err := v.newActForm(act, draft)
	if err != nil {
		return err
	}
	if draft == nil || !f.read(v, draft) {
		return v.redirect(f.Action)
	}
	t, err := v.try(f.entry)
	if refusable(err) {
		f.place(v, err)
		return v.showActForm(http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	p := actReview{
		Action: f.Action + "/review", Summary: f.summary(v), Effects: v.effects(t, f.all), Back: f.Action + "?change=1",
		Button: page.Button{Text: act.button + " " + sharesOf(f.entry.Quantity, f.className())},
		Hidden: []page.Option{{Label: "seen", Value: strconv.Itoa(len(f.ledger.Entries()))}},
	}
	for _, name := range draftFields {
		p.Hidden = append(p.Hidden, page.Option{Label: name, Value: draft.Get(name)})
	}
	frame := v.frame()
	frame.Back = page.Link{Text: "Back", Href: p.Back}
	frame.Kicker = act.title
	frame.Heading = "Look at it once more"
	frame.Sentence = "An entry cannot be changed or taken out once it is made. If it is wrong, another entry undoes it."
	frame.Data = p
	return v.show(http.StatusOK, "share_review", frame)
}

func (f *actForm) className() string {
	c, _ := f.ledger.Class(f.entry.Class)
	return c.Name
}

func (f *actForm) summary(v *visit) page.Summary {
	e := f.entry
	change := func(what string) page.Link {
		return page.Link{Text: "Change", Hidden: what, Href: f.Action + "?change=1"}
	}
	var rows page.Summary
	if e.From != "" {
		rows = append(rows, page.SummaryRow{Term: "From", Fact: f.from.title() + ", number " + number(f.from.Number), Change: page.Link{Text: "Change", Hidden: "whose shares", Href: f.act.path()}})
		if e.To == "" {
			rows[0].Term = "Member"
		}
	}
	if e.To != "" {
		link := page.Link{Text: "Change", Hidden: "who gets them", Href: f.act.path()}
		if e.From != "" {
			link.Href += "/" + e.From
		}
		rows = append(rows, page.SummaryRow{Term: "To", Fact: f.to.title() + ", number " + number(f.to.Number), Change: link})
	}
	rows = append(rows, page.SummaryRow{Term: "Shares", Fact: sharesOf(e.Quantity, f.className()), Change: change("the number of shares")})
	if f.Into != nil {
		into, _ := f.ledger.Class(e.ToClass)
		rows = append(rows, page.SummaryRow{Term: "Turn into", Fact: sharesOf(e.ToQuantity, into.Name), Change: change("the class they turn into")})
	}
	if f.Paid != nil {
		term := "To pay back"
		if e.Kind == share.Issue {
			term = "Paid for them"
		}
		rows = append(rows, page.SummaryRow{Term: term, Fact: money(e.PaidPence), Change: change("the amount")})
	}
	reason := e.Reason
	if reason == "" {
		reason = "none given"
	}
	return append(rows,
		page.SummaryRow{Term: "Counts from", Fact: v.day(e.Effective), Change: change("the day")},
		page.SummaryRow{Term: "Reason", Fact: reason, Change: change("the reason")})
}

// actMake makes the entry that was looked at.
func (v *visit) actMake(act shareAct, one *sync.Mutex) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	one.Lock()
	defer one.Unlock()
	f, err := v.newActForm(act, form)
	if err != nil {
		return err
	}
	// Whoever redeemed all they had holds none that a second click could be about,
	// so the class is the one that was shown.
	f.Class, f.OnlyClass = nil, form.Get("class")
	read := f.read(v, form)
	if seen, err := strconv.ParseInt(form.Get("seen"), 10, 64); err == nil {
		if made, twice := alreadyMade(f.ledger, f.entry, seen); twice {
			return v.redirect("/shares/entries/" + made.ID + "?done=before")
		}
	}
	if len(f.classes) == 0 || !read {
		return v.showActForm(http.StatusUnprocessableEntity, f)
	}
	made, err := v.house.Shares.Record(v.ctx, v.actor.Person, v.org.ID, f.entry)
	if refusable(err) {
		f.place(v, err)
		return v.showActForm(http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	v.dropDraft(act.draft())
	return v.redirect("/shares/entries/" + made[0].ID + "?done=made")
}

// keepAct keeps the answers in the person's own browser until the entry is made.
func (v *visit) keepAct(act shareAct, form url.Values) error {
	keep := url.Values{"by": {v.actor.Person}, "member": {v.r.PathValue("member")}, "to": {v.r.PathValue("to")}}
	for _, name := range draftFields {
		keep.Set(name, form.Get(name))
	}
	return v.keepDraft(act.draft(), keep)
}

func (a shareAct) draft() string { return "share-" + string(a.kind) }

// keptAct reads the answers back, if they are this person's and about the members
// that the address names; nil otherwise.
func (v *visit) keptAct(act shareAct) url.Values {
	values, ok := v.draft(act.draft())
	if !ok || values.Get("by") != v.actor.Person || values.Get("member") != v.r.PathValue("member") || values.Get("to") != v.r.PathValue("to") {
		return nil
	}
	return values
}
