package web

import (
	"net/http"
	"net/url"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/own/share"
	"commonweal/internal/web/page"
)

type shareEntryPage struct {
	ID    string
	Facts page.Summary
	Certs page.Links
	Owed  bool // to be paid back and not paid yet
	Paid  bool // was paid back
	Undo  bool
	Holds string
}

// entryAsked is the entry that the address names, with the ledger and the
// members, after policy was asked about whoever it is about.
func (v *visit) entryAsked(action policy.Action) (*share.Ledger, holders, share.Entry, error) {
	ledger, err := v.house.Shares.Ledger(v.ctx, v.org.ID)
	if err != nil {
		return nil, nil, share.Entry{}, err
	}
	e, ok := ledger.Entry(v.r.PathValue("id"))
	if !ok {
		return nil, nil, e, fault.Errorf(fault.NotFound, "the share ledger has no such entry")
	}
	about := e
	if e.Kind == share.Reverse {
		about, _ = ledger.Entry(e.Reverses)
	}
	for _, member := range []string{about.From, about.To} {
		if member == "" {
			continue
		}
		if err := v.mayAbout(member, action); err != nil {
			return nil, nil, e, err
		}
	}
	all, err := v.named(about.From, about.To)
	if err != nil {
		return nil, nil, e, err
	}
	return ledger, all, e, nil
}

// shareEntry is one entry of the ledger, and the receipt of it.
func (s *Server) shareEntry(v *visit) error {
	ledger, all, e, err := v.entryAsked(policy.ShareViewAny)
	if err != nil {
		return err
	}
	p := shareEntryPage{ID: e.ID, Facts: v.entryFacts(ledger, all, e)}
	if p.Owed, p.Paid, err = v.owed(ledger, e); err != nil {
		return err
	}
	if seq, ok, err := v.recordedAt(e.Entered, "share.recorded", "share.cancelled_on_leaving"); err != nil {
		return err
	} else if ok {
		p.Facts = append(page.Summary{v.recordRow(seq)}, p.Facts...)
	}
	for _, c := range ledger.Certificates("") {
		switch {
		case c.CancelledBy == e.ID:
			p.Certs = append(p.Certs, page.LinkLine{Text: "Certificate " + number(c.Number), Href: "/shares/certificates/" + c.ID, After: " was cancelled by it"})
		case c.Entry == e.ID:
			p.Certs = append(p.Certs, page.LinkLine{Text: "Certificate " + number(c.Number), Href: "/shares/certificates/" + c.ID, After: " says so"})
		}
	}
	p.Undo = e.Kind != share.Reverse && ledger.ReversedBy(e.ID) == "" && v.can(policy.ShareReverse)
	f := v.frame()
	f.Back = page.Link{Text: "The share ledger", Href: "/shares/ledger"}
	f.Kicker = "Share ledger, entry " + number(e.Number)
	f.Heading = entryTitle(ledger, e)
	f.Sentence = v.ledgerEntrySentence(ledger, all, e)
	f.Notice = entryNotice(v.r.URL.Query(), e)
	f.Data = p
	return v.show(http.StatusOK, "share_entry", f)
}

func entryNotice(q url.Values, e share.Entry) page.Notice {
	switch q.Get("done") {
	case "made":
		return page.Notice{Done: true, Text: "The entry is made. It is entry " + number(e.Number) + " of the share ledger."}
	case "before":
		return page.Notice{Text: "This entry had been made already. Nothing was entered twice."}
	case "unpaid":
		return page.Notice{Done: true, Text: "The payment is taken back. The money is on the list to pay again."}
	}
	return page.Notice{}
}

// ledgerEntrySentence says whom the entry was about and whether it stands.
func (v *visit) ledgerEntrySentence(l *share.Ledger, all holders, e share.Entry) string {
	var s string
	switch e.Kind {
	case share.Issue:
		s = "To " + all[e.To].title() + ". It counts from " + v.day(e.Effective) + "."
	case share.Transfer:
		s = "From " + all[e.From].title() + " to " + all[e.To].title() + ". It counts from " + v.day(e.Effective) + "."
	case share.Reverse:
		s = "It counts for nothing from " + v.day(e.Effective) + "."
	default:
		s = "Held by " + all[e.From].title() + ". It counts from " + v.day(e.Effective) + "."
	}
	if by, ok := l.Entry(l.ReversedBy(e.ID)); ok {
		s += " It was undone by entry " + number(by.Number) + ", from " + v.day(by.Effective) + "."
	}
	return s
}

// owed reports whether the entry gives money back that is not paid, or that was.
func (v *visit) owed(l *share.Ledger, e share.Entry) (owed, paid bool, err error) {
	gives := (e.Kind == share.Redeem || e.Kind == share.Cancel) && e.PaidPence > 0 && l.ReversedBy(e.ID) == ""
	if !gives {
		return false, false, nil
	}
	due, err := v.house.Shares.ToPay(v.ctx, v.org.ID)
	if err != nil {
		return false, false, err
	}
	for _, d := range due {
		if d.Entry.ID == e.ID {
			return true, false, nil
		}
	}
	return false, true, nil
}

func (v *visit) entryFacts(l *share.Ledger, all holders, e share.Entry) page.Summary {
	var rows page.Summary
	add := func(term, fact string) {
		if fact != "" {
			rows = append(rows, page.SummaryRow{Term: term, Fact: fact})
		}
	}
	who := func(term, member string) {
		if member == "" {
			return
		}
		h := all[member]
		fact := h.title()
		if h.Number > 0 && h.Name != "" {
			fact += ", number " + number(h.Number)
		}
		rows = append(rows, page.SummaryRow{Term: term, Fact: fact, Change: page.Link{Text: "Their entries", Hidden: "in the ledger", Href: "/shares/ledger?member=" + member}})
	}
	class, _ := l.Class(e.Class)
	switch e.Kind {
	case share.Reverse:
		of, _ := l.Entry(e.Reverses)
		rows = append(rows, page.SummaryRow{Term: "Undoes", Fact: "Entry " + number(of.Number) + ": " + entryTitle(l, of), Change: page.Link{Text: "See it", Hidden: "in the ledger", Href: "/shares/entries/" + of.ID}})
		who("Member", of.From)
		who("Member", of.To)
	case share.Issue:
		who("To", e.To)
		add("Paid for it", money(e.PaidPence))
	case share.Transfer:
		who("From", e.From)
		who("To", e.To)
	case share.Convert:
		who("Member", e.From)
		into, _ := l.Class(e.ToClass)
		add("Before", sharesOf(e.Quantity, class.Name))
		add("After", sharesOf(e.ToQuantity, into.Name))
	default:
		who("Member", e.From)
		add("To pay back", money(e.PaidPence))
	}
	if e.Kind != share.Reverse {
		add("Worth", money(e.Quantity*class.NominalPence))
	}
	add("Counts from", v.day(e.Effective))
	add("Entered", v.moment(e.Entered))
	add("Reason", e.Reason)
	if by, ok := l.Entry(l.ReversedBy(e.ID)); ok {
		rows = append(rows, page.SummaryRow{Term: "Undone by", Fact: "Entry " + number(by.Number) + ": " + by.Reason, Change: page.Link{Text: "See it", Hidden: "in the ledger", Href: "/shares/entries/" + by.ID}})
	}
	return rows
}

// shareUnpay records that what an entry gives back was not paid after all.
func (s *Server) shareUnpay(v *visit) error {
	_, _, e, err := v.entryAsked(policy.ShareRedeem)
	if err != nil {
		return err
	}
	if err := v.house.Shares.TakeBackPayment(v.ctx, v.actor.Person, v.org.ID, e.ID); err != nil {
		return err
	}
	return v.redirect("/shares/entries/" + e.ID + "?done=unpaid")
}

type shareReversePage struct {
	ID        string
	Facts     page.Summary
	After     []string
	Effective page.DateField
	Reason    page.TextArea
	Button    page.Button
}

// shareReverseFind asks which entry is to be undone.
func (s *Server) shareReverseFind(v *visit) error {
	return v.reverseFinder(http.StatusOK, "", "")
}

func (v *visit) reverseFinder(status int, value, wrong string) error {
	f := finder{
		Action: "/shares/reverse", Back: page.Link{Text: "Shares", Href: "/shares"}, Next: "Continue",
		Who: page.Text{Name: "number", Label: "Which entry is to be undone?", Hint: "Its number in the share ledger, such as 12.", Heading: true, Width: 5, Mode: "numeric", Value: value, Error: wrong},
	}
	return v.showFinder(status, "Share ledger", f)
}

// shareReverseChoose finds the entry of that number.
func (s *Server) shareReverseChoose(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	text := clip(strings.TrimSpace(form.Get("number")), 20)
	n, ok := readWhole(text)
	if !ok {
		return v.reverseFinder(http.StatusUnprocessableEntity, text, "Type the number of an entry. It stands in the first column of the ledger.")
	}
	ledger, err := v.house.Shares.Ledger(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	for _, e := range ledger.Entries() {
		if int64(e.Number) != n {
			continue
		}
		switch by, undone := ledger.Entry(ledger.ReversedBy(e.ID)); {
		case e.Kind == share.Reverse:
			return v.reverseFinder(http.StatusUnprocessableEntity, text, "Entry "+number(n)+" itself undoes another. To take it back, make the first entry again.")
		case undone:
			return v.reverseFinder(http.StatusUnprocessableEntity, text, "Entry "+number(n)+" was undone already, by entry "+number(by.Number)+".")
		}
		return v.redirect("/shares/entries/" + e.ID + "/reverse")
	}
	return v.reverseFinder(http.StatusUnprocessableEntity, text, "The ledger has no entry "+number(n)+". Its last is entry "+number(len(ledger.Entries()))+".")
}

// shareReverseShow says what undoing an entry would do, and asks why.
func (s *Server) shareReverseShow(v *visit) error { return v.reverseForm(http.StatusOK, nil, nil) }

func (v *visit) reverseForm(status int, form url.Values, wrong error) error {
	ledger, all, e, err := v.entryAsked(policy.ShareReverse)
	if err != nil {
		return err
	}
	p := shareReversePage{
		ID: e.ID, Facts: v.entryFacts(ledger, all, e),
		Effective: page.DateField{Name: "effective", Legend: "From which day is it undone?", Hint: "From the day it counted, if it never should have: then it is as if it had not been."},
		Reason:    page.TextArea{Name: "reason", Label: "Why is it wrong?", Hint: "It stands in the ledger for good. Write nothing about anybody’s health or private life.", Rows: 3, Value: form.Get("reason")},
		Button:    page.Button{Text: "Undo entry " + number(e.Number), Kind: page.Warning},
	}
	if form == nil {
		p.Effective.SetDay(e.Effective.String())
	} else {
		p.Effective.Fill(form)
		_, _ = readDay(&p.Effective, "day", true) // says what to put right
		p.Reason.Error = reasonWrong(p.Reason.Value, true)
	}
	if wrong != nil {
		p.Effective.Error = v.refusalWords(wrong)
	}
	if e.Kind == share.Reverse || ledger.ReversedBy(e.ID) != "" {
		return v.redirect("/shares/entries/" + e.ID)
	}
	p.After = v.afterReversal(ledger, all, e)
	f := v.frame()
	f.Back = page.Link{Text: "Entry " + number(e.Number), Href: "/shares/entries/" + e.ID}
	f.Kicker = "Share ledger"
	f.Heading = "Undo entry " + number(e.Number) + "?"
	f.Sentence = "Both entries stay in the ledger for good. This cannot be taken back."
	f.Errors = page.Problems(p.Effective, p.Reason)
	f.Data = p
	return v.show(status, "share_reverse", f)
}

// afterReversal says what each member would hold.
func (v *visit) afterReversal(l *share.Ledger, all holders, e share.Entry) []string {
	var out []string
	say := func(member, class string, by int64) {
		if member == "" {
			return
		}
		c, _ := l.Class(class)
		now := l.Balance(member, class, v.today())
		out = append(out, all[member].title()+" holds "+sharesOf(now, c.Name)+" today, and would hold "+heldAfter(now+by)+".")
	}
	switch e.Kind {
	case share.Issue:
		say(e.To, e.Class, -e.Quantity)
	case share.Transfer:
		say(e.From, e.Class, e.Quantity)
		say(e.To, e.Class, -e.Quantity)
	case share.Convert:
		say(e.From, e.Class, e.Quantity)
		say(e.From, e.ToClass, -e.ToQuantity)
	default:
		say(e.From, e.Class, e.Quantity)
		if e.PaidPence > 0 {
			out = append(out, "The "+money(e.PaidPence)+" that it gives back would no longer be due.")
		}
	}
	return out
}

// heldAfter is a number of shares, in words where it is none.
func heldAfter(n int64) string {
	if n == 0 {
		return "none"
	}
	return number(n)
}

// shareReverse undoes an entry.
func (s *Server) shareReverse(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	ledger, _, e, err := v.entryAsked(policy.ShareReverse)
	if err != nil {
		return err
	}
	if by := ledger.ReversedBy(e.ID); by != "" {
		return v.redirect("/shares/entries/" + by + "?done=before")
	}
	field := page.DateField{Name: "effective"}
	field.Fill(form)
	day, ok := readDay(&field, "day", true)
	reason := strings.TrimSpace(form.Get("reason"))
	if !ok || reasonWrong(reason, true) != "" {
		return v.reverseForm(http.StatusUnprocessableEntity, form, nil)
	}
	made, err := v.house.Shares.Record(v.ctx, v.actor.Person, v.org.ID, share.Entry{Kind: share.Reverse, Reverses: e.ID, Effective: day, Reason: reason})
	if refusable(err) {
		return v.reverseForm(http.StatusUnprocessableEntity, form, err)
	}
	if err != nil {
		return err
	}
	return v.redirect("/shares/entries/" + made[0].ID + "?done=made")
}

// longReason is as long as the reason of an entry may be.
const longReason = 500

// reasonWrong says what is wrong with a reason, or nothing.
func reasonWrong(text string, wanted bool) string {
	switch {
	case wanted && strings.TrimSpace(text) == "":
		return "Say why."
	case len(text) > longReason:
		return "Say it in at most " + number(longReason) + " letters."
	}
	return ""
}
