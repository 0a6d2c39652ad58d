package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/own/share"
	"commonweal/internal/web/page"
)

type sharePaymentsPage struct {
	Empty     *page.Panel
	Due       page.Checkboxes
	PaidOn    page.DateField
	Reference page.Text
	Pages     page.Pages
	Paid      page.Table
}

// sharePayments lists what is to be paid back, to be marked once it is paid.
func (s *Server) sharePayments(v *visit) error { return v.paymentsPage(http.StatusOK, nil, "") }

func (v *visit) paymentsPage(status int, form url.Values, refused string) error {
	due, err := v.house.Shares.ToPay(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	ledger, err := v.house.Shares.Ledger(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	var pence int64
	for _, d := range due {
		pence += d.Pence
	}
	p := sharePaymentsPage{
		Due:       page.Checkboxes{Name: "entry", Legend: "Which were paid?", Values: form["entry"]},
		PaidOn:    page.DateField{Name: "paid_on", Legend: "On which day?", Hint: "Today or before."},
		Reference: page.Text{Name: "reference", Label: "Your own reference. You may leave this empty", Hint: "Such as a payroll run. Write no names.", Width: 20, Value: clip(form.Get("reference"), 100)},
	}
	p.PaidOn.Fill(form)
	if form == nil {
		p.PaidOn.SetDay(v.today().String())
	} else {
		_, _ = readDay(&p.PaidOn, "day of payment", true) // says what to put right
		if len(form["entry"]) == 0 {
			p.Due.Error = "Tick those that were paid."
		}
		if refused != "" {
			p.PaidOn.Error = refused
		}
	}
	rows, pages := leafing(v, due, listSize)
	p.Pages = pages
	paid := lastPaidOf(ledger, due)
	shown := paid
	for _, d := range rows {
		shown = append(shown, d.Entry)
	}
	all, err := v.namedIn(ledger, shown)
	if err != nil {
		return err
	}
	for _, d := range rows {
		p.Due.Options = append(p.Due.Options, page.Option{
			Value: d.Entry.ID, Label: money(d.Pence) + " to " + all[d.Member].title(),
			Hint: entryTitle(ledger, d.Entry) + " from " + v.day(d.Entry.Effective) + ", entry " + number(d.Entry.Number),
		})
	}
	p.Paid = v.paidTable(ledger, all, paid)
	f := v.frame()
	f.Back = page.Link{Text: "Shares", Href: "/shares"}
	f.Heading = "What is to be paid back"
	f.Sentence = money(pence) + " is owed to " + count(len(due), "person", "people") + " for shares that were redeemed or cancelled."
	if len(due) == 0 {
		f.Sentence = "Nothing is owed to anybody for shares."
		panel := page.Empty("There is nothing to pay", "When shares are redeemed or cancelled, what they give back is listed here until it is paid.", page.Link{Text: "Back to shares", Href: "/shares"})
		p.Empty = &panel
	}
	f.Errors = page.Problems(p.Due, p.PaidOn)
	if v.r.URL.Query().Get("done") == "paid" {
		if f.Notice, err = v.doneNotice("Marked as paid.", "share.paid"); err != nil {
			return err
		}
	}
	if len(due) > 0 {
		f.Files = []page.Files{v.files("/shares/payments", "what is to be paid", v.today())}
	}
	f.Data = p
	return v.show(status, "share_payments", f)
}

// lastPaid is how many of those paid are shown, so that a mistake can be undone.
const lastPaid = 10

// lastPaidOf are the newest entries whose money was paid.
func lastPaidOf(l *share.Ledger, due []share.Due) []share.Entry {
	owed := map[string]bool{}
	for _, d := range due {
		owed[d.Entry.ID] = true
	}
	var out []share.Entry
	for _, e := range slices.Backward(l.Entries()) {
		gives := (e.Kind == share.Redeem || e.Kind == share.Cancel) && e.PaidPence > 0 && l.ReversedBy(e.ID) == ""
		if gives && !owed[e.ID] && len(out) < lastPaid {
			out = append(out, e)
		}
	}
	return out
}

func (v *visit) paidTable(l *share.Ledger, all holders, paid []share.Entry) page.Table {
	t := page.Table{Caption: "Paid back", Columns: []page.Column{{Head: "Entry"}, {Head: "To"}, {Head: "Amount", Number: true}, {Head: "What for", Wide: true}}}
	for _, e := range paid {
		t.Rows = append(t.Rows, page.Row{
			{Text: number(e.Number), Href: "/shares/entries/" + e.ID}, {Text: all[e.From].title()}, {Text: money(e.PaidPence)}, {Text: entryTitle(l, e) + " from " + v.day(e.Effective)},
		})
	}
	return t
}

// sharePay marks what was ticked as paid, in one change: all of it or nothing. What
// another press of the button has marked already is passed over.
func (s *Server) sharePay(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	field := page.DateField{Name: "paid_on"}
	field.Fill(form)
	day, ok := readDay(&field, "day of payment", true)
	if !ok || len(form["entry"]) == 0 {
		return v.paymentsPage(http.StatusUnprocessableEntity, form, "")
	}
	due, err := v.house.Shares.ToPay(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	var entries []string
	for _, d := range due {
		if !slices.Contains(form["entry"], d.Entry.ID) {
			continue
		}
		if err := v.mayAbout(d.Member, policy.ShareRedeem); err != nil {
			return err
		}
		entries = append(entries, d.Entry.ID)
	}
	err = v.house.Shares.PayAll(v.ctx, v.actor.Person, v.org.ID, entries, day, clip(strings.TrimSpace(form.Get("reference")), 100))
	switch {
	case fault.FieldOf(err) == "paid_on":
		return v.paymentsPage(http.StatusUnprocessableEntity, form, "Choose today or a day before: a payment is marked once it was made.")
	case fault.Is(err, fault.Conflict):
		return v.paymentsPage(http.StatusConflict, form, "Somebody else marked one of them meanwhile. Nothing was marked now. Look at the list again.")
	case err != nil:
		return err
	}
	return v.redirect("/shares/payments?done=paid")
}
