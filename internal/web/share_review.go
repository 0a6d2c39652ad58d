package web

import (
	"net/http"
	"net/url"
	"strconv"
	"sync"

	"commonweal/internal/own/share"
	"commonweal/internal/web/page"
)

// draftFields are what the look at an entry carries on from the questions.
var draftFields = []string{"class", "quantity", "to_class", "paid", "effective-day", "effective-month", "effective-year", "reason"}

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
