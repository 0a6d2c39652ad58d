package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"commonweal/internal/base/policy"
	"commonweal/internal/own/share"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type sharePage struct {
	Waits   page.Waits
	Totals  page.Table
	Empty   *page.Panel
	Holders page.Link
	Classes []shareClassPart
	NewOne  bool
	Newest  page.Table
	Law     []shareLawPart
	Form    string
	Acts    page.Links
	Issue   bool
	Day     page.DateField
	Past    bool // another day than today is shown
	On      string
}

// shareClassPart is a class with its terms, in words.
type shareClassPart struct {
	Name, Href string
	Terms      []string
	State      string
}

// shareShow is what shares there are on a day, and what may be done with them.
func (s *Server) shareShow(v *visit) error {
	day, field, ok := v.dayAsked("As it was on")
	status := http.StatusOK
	if !ok {
		status = http.StatusUnprocessableEntity
	}
	ledger, classes, err := v.sharesNow()
	if err != nil {
		return err
	}
	p := sharePage{
		Day: field, Past: day != v.today(), On: v.on(day), Law: v.shareLaw(), NewOne: v.can(policy.ShareClassEdit),
		Totals: v.totalsTable(ledger, classes, day), Acts: v.shareActLinks(classes),
		Issue: v.can(policy.ShareIssue) && slices.ContainsFunc(classes, func(c share.Class) bool { return v.issues(c) }),
	}
	if form := v.formToday(); form != nil {
		p.Form = article(inRunningText(form.Label))
	}
	for _, c := range classes {
		p.Classes = append(p.Classes, v.classPart(c))
	}
	if len(classes) == 0 {
		panel := page.Empty("There is no class of shares yet", "A class says what a share costs and what may be done with it. The secretary makes it, from the organisation’s rules.",
			page.Link{Text: "Make a class of shares", Href: "/shares/classes/new"})
		p.Empty = &panel
	}
	if p.Waits, err = v.shareWaits(ledger, classes); err != nil {
		return err
	}
	newest := lastEntries(ledger.Entries(), 3)
	all, err := v.namedIn(ledger, newest)
	if err != nil {
		return err
	}
	p.Newest = v.ledgerTable(ledger, all, newest)
	for i, row := range p.Newest.Rows { // without the day it was entered, which the ledger shows
		p.Newest.Rows[i] = row[:len(row)-1]
	}
	p.Newest.Columns = p.Newest.Columns[:len(p.Newest.Columns)-1]
	f := v.frame()
	f.Back = page.Link{Text: "Membership", Href: "/membership"}
	f.Heading = "Shares"
	f.Sentence = v.sharesSentence(ledger, day)
	f.Errors = page.Problems(field)
	if p.Empty == nil {
		f.Files = []page.Files{
			{What: "who holds them", CSV: "/shares/holdings.csv" + p.On, JSON: "/shares/holdings.json" + p.On}, v.files("/shares/classes", "the classes", day),
		}
	}
	f.Data = p
	return v.show(status, "share_show", f)
}

// sharesSentence says how many shares there are, what they are worth, and how
// many hold them.
func (v *visit) sharesSentence(l *share.Ledger, day law.Date) string {
	var n, pence int64
	who := map[string]bool{}
	for _, h := range l.HoldingsOn(day) {
		n += h.Quantity
		pence += h.Pence
		who[h.Member] = true
	}
	when := ""
	if day != v.today() {
		when = " on " + v.day(day)
	}
	switch {
	case n == 0:
		return "Nobody holds a share" + when + "."
	case day.Before(v.today()):
		return fmt.Sprintf("%s, worth %s, %s held by %s on %s.", count(n, "share", "shares"), money(pence),
			said(page.Plural(n, "was", "were")), count(len(who), "member", "members"), v.day(day))
	case day.After(v.today()):
		return fmt.Sprintf("%s, worth %s, will be held by %s on %s, as far as is entered.", count(n, "share", "shares"), money(pence), count(len(who), "member", "members"), v.day(day))
	}
	return fmt.Sprintf("%s, worth %s, %s held by %s.", count(n, "share", "shares"), money(pence), said(page.Plural(n, "is", "are")), count(len(who), "member", "members"))
}

func (v *visit) totalsTable(l *share.Ledger, classes []share.Class, day law.Date) page.Table {
	t := page.Table{Caption: "Shares by class on " + v.day(day), Columns: []page.Column{
		{Head: "Class"},
		{Head: "Shares", Number: true},
		{Head: "Worth", Number: true},
		{Head: "Holders", Number: true},
		{Head: "Issued in all", Number: true},
		{Head: "Gone since", Number: true},
	}}
	totals := map[string]share.Total{}
	for _, x := range l.TotalsOn(day) {
		totals[x.Class] = x
	}
	for _, c := range classes {
		x := totals[c.ID]
		t.Rows = append(t.Rows, page.Row{
			{Text: c.Name, Href: "/shares/classes/" + c.ID},
			{Text: number(x.Quantity)},
			{Text: money(x.Pence)},
			{Text: number(x.Holders)},
			{Text: number(x.Issued)},
			{Text: number(x.Gone)},
		})
	}
	return t
}

// issues reports whether shares of a class can be issued today.
func (v *visit) issues(c share.Class) bool {
	return !c.Starts.After(v.today()) && (c.Ends.IsZero() || c.Ends.After(v.today()))
}

func (v *visit) classPart(c share.Class) shareClassPart {
	p := shareClassPart{Name: c.Name, Href: "/shares/classes/" + c.ID, Terms: classTermsInWords(c)}
	switch {
	case c.Starts.After(v.today()):
		p.State = "It begins on " + v.day(c.Starts) + "."
	case c.Ends.IsZero():
		p.State = "Issued since " + v.day(c.Starts) + "."
	case c.Ends.After(v.today()):
		p.State = "Issued since " + v.day(c.Starts) + ". None are issued from " + v.day(c.Ends) + " on."
	default:
		p.State = "Closed: none are issued since " + v.day(c.Ends) + "."
	}
	return p
}

// shareActLinks are the acts besides issuing, each where some class allows it.
func (v *visit) shareActLinks(classes []share.Class) page.Links {
	var out page.Links
	for _, kind := range []share.Kind{share.Transfer, share.Convert, share.Redeem, share.Cancel} {
		act := shareActs[kind]
		if v.can(act.action) && act.possible(classes) {
			out = append(out, page.LinkLine{Text: act.title, Href: act.path(), Note: act.about})
		}
	}
	if v.can(policy.ShareReverse) && len(classes) > 0 {
		out = append(out, page.LinkLine{Text: "Undo an entry", Href: "/shares/reverse", Note: "A wrong entry is never changed. Another one undoes it."})
	}
	return out
}

// shareWaits is what waits to be done about shares.
func (v *visit) shareWaits(l *share.Ledger, classes []share.Class) (page.Waits, error) {
	var out page.Waits
	leaving, err := v.house.Shares.ToCancel(v.ctx, v.org.ID, v.today())
	if err != nil {
		return nil, err
	}
	if n := int64(0); len(leaving) > 0 {
		for _, c := range leaving {
			n += c.Quantity
		}
		left := "people"
		if len(leaving) == 1 {
			left = "somebody"
		}
		out = append(out, page.Wait{Title: "Cancel " + count(n, "share", "shares") + " of " + left + " who left", Href: "/shares/leaving", Why: "Their membership has ended, and the terms of the shares say that they go with it."})
	}
	due, err := v.house.Shares.ToPay(v.ctx, v.org.ID)
	if err != nil {
		return nil, err
	}
	if len(due) > 0 {
		var pence int64
		for _, d := range due {
			pence += d.Pence
		}
		out = append(out, page.Wait{
			Title: "Pay back " + money(pence), Href: "/shares/payments",
			Why:  "For shares that were redeemed or cancelled, to " + count(len(due), "person", "people") + ". Mark it here once it is paid.",
			Verb: "oldest from", When: v.day(due[0].Entry.Effective),
		})
	}
	if lack := v.lackCertificates(l, classes); lack > 0 && v.can(policy.CertificateIssue) {
		out = append(out, page.Wait{Title: "Issue " + count(lack, "certificate", "certificates"), Href: "/shares/certificates", Why: "So many holdings have no certificate, or one for fewer shares than are held."})
	}
	return out, nil
}

// lackCertificates is how many holdings are not covered by certificates today.
func (v *visit) lackCertificates(l *share.Ledger, classes []share.Class) int {
	n := 0
	for _, c := range classes {
		n += len(v.lacking(l, c.ID))
	}
	return n
}

func (v *visit) lacking(l *share.Ledger, class string) []share.Holding {
	var out []share.Holding
	for _, h := range l.HoldingsOn(v.today()) {
		if h.Class == class && l.Uncertified(h.Member, class, v.today()) > 0 {
			out = append(out, h)
		}
	}
	return out
}

// lastEntries are the newest of a list, the newest first.
func lastEntries(entries []share.Entry, n int) []share.Entry {
	out := slices.Clone(entries[max(len(entries)-n, 0):])
	slices.SortFunc(out, func(a, b share.Entry) int { return cmp.Compare(b.Number, a.Number) })
	return out
}
