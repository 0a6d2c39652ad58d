package web

import (
	"net/http"
	"strconv"

	"commonweal/internal/own/share"
	"commonweal/internal/web/page"
)

type shareLeavingPage struct {
	Table page.Table
	Pages page.Pages
	Done  *page.Table // what was just cancelled
	Empty *page.Panel
	Seen  string // what the page shows, to notice when it is no longer so
	Apply page.Button
	Note  string
}

// shareLeaving lists the shares that go because membership has ended.
func (s *Server) shareLeaving(v *visit) error { return v.leavingPage(http.StatusOK, "") }

// seenOf stands for a list of cancellations: how many, of how many shares, for
// how much.
func seenOf(list []share.Cancellation) string {
	var n, pence int64
	for _, c := range list {
		n += c.Quantity
		pence += c.PaidPence
	}
	return strconv.Itoa(len(list)) + "-" + strconv.FormatInt(n, 10) + "-" + strconv.FormatInt(pence, 10)
}

func (v *visit) leavingPage(status int, wrong string) error {
	list, err := v.house.Shares.ToCancel(v.ctx, v.org.ID, v.today())
	if err != nil {
		return err
	}
	ledger, err := v.house.Shares.Ledger(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "Shares", Href: "/shares"}
	f.Heading = "Shares of people who left"
	if wrong != "" {
		f.Errors = []page.Error{{Message: wrong}}
	}
	p := shareLeavingPage{Seen: seenOf(list)}
	if done := v.justCancelled(ledger); len(done) > 0 && v.r.URL.Query().Get("first") != "" {
		all, err := v.namedIn(ledger, done)
		if err != nil {
			return err
		}
		t := v.ledgerTable(ledger, all, done)
		p.Done = &t
		if f.Notice, err = v.doneNotice(phrase(len(done), "entry was made.", "entries were made.")+" The shares are cancelled.", "share.cancelled_on_leaving"); err != nil {
			return err
		}
	}
	var shares, pence int64
	for _, c := range list {
		shares += c.Quantity
		pence += c.PaidPence
	}
	rows, pages := leafing(v, list, listSize)
	p.Pages = pages
	var members []string
	for _, c := range rows {
		members = append(members, c.Member)
	}
	all, err := v.named(members...)
	if err != nil {
		return err
	}
	p.Table = page.Table{Caption: "Shares to be cancelled", Columns: []page.Column{
		{Head: "Member"}, {Head: "Shares"}, {Head: "To pay back"}, {Head: "Counts from"}, {Head: "Why", Wide: true},
	}}
	for _, c := range rows {
		p.Table.Rows = append(p.Table.Rows, page.Row{
			{Text: all[c.Member].title(), Href: "/shares/ledger?member=" + c.Member},
			{Text: sharesOf(c.Quantity, c.ClassName)},
			{Text: money(c.PaidPence)},
			{Text: v.day(c.Effective)},
			{Text: isoDay.ReplaceAllStringFunc(c.Reason, v.isoInWords)},
		})
	}
	switch {
	case len(list) == 0:
		f.Sentence = "No shares wait to be cancelled."
		panel := page.Empty("There is nothing to do", "When a membership ends, shares whose terms say that they go with it are listed here. The program cancels them by itself each night, and you can do it sooner.",
			page.Link{Text: "Back to shares", Href: "/shares"})
		p.Empty = &panel
	default:
		people, them := "people who are no longer members", "All of them are"
		if len(list) == 1 {
			people, them = "somebody who is no longer a member", "It is"
		}
		f.Sentence = count(shares, "share", "shares") + " of " + people + " " + said(page.Plural(shares, "is", "are")) + " to be cancelled."
		p.Apply = page.Button{Text: "Cancel " + count(shares, "share", "shares"), Kind: page.Warning}
		p.Note = them + " cancelled in one change, which cannot be taken out again. " + money(pence) + " goes on the list of what is to be paid back. Rights and roles that these people still hold end with it."
	}
	if len(list) > 0 {
		f.Files = []page.Files{v.files("/shares/leaving", "this list", v.today())}
	}
	f.Data = p
	return v.show(status, "share_leaving", f)
}

// isoInWords is one date of a reason as people say it.
func (v *visit) isoInWords(iso string) string {
	return said(page.Day(v.now, iso))
}

// justCancelled are the entries that ?first= and ?last= name: those that were
// made by the change that led here.
func (v *visit) justCancelled(l *share.Ledger) []share.Entry {
	first, _ := strconv.Atoi(v.r.URL.Query().Get("first"))
	last, _ := strconv.Atoi(v.r.URL.Query().Get("last"))
	var out []share.Entry
	for _, e := range l.Entries() {
		if e.Number >= first && e.Number <= last && e.Kind == share.Cancel {
			out = append(out, e)
		}
	}
	return out
}

// shareLeavingCancel cancels all of them in one change.
func (s *Server) shareLeavingCancel(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	list, err := v.house.Shares.ToCancel(v.ctx, v.org.ID, v.today())
	if err != nil {
		return err
	}
	if form.Get("seen") != seenOf(list) {
		return v.leavingPage(http.StatusUnprocessableEntity, "The list has changed since you opened it. Nothing was cancelled. Look at it again.")
	}
	made, err := v.house.Shares.CancelOnLeaving(v.ctx, v.actor.Person, v.org.ID)
	if refusable(err) {
		return v.leavingPage(http.StatusUnprocessableEntity, v.refusalWords(err))
	}
	if err != nil {
		return err
	}
	if len(made) == 0 {
		return v.redirect("/shares/leaving")
	}
	return v.redirect("/shares/leaving?first=" + strconv.Itoa(made[0].Number) + "&last=" + strconv.Itoa(made[len(made)-1].Number))
}
