package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"commonweal/internal/base/policy"
	"commonweal/internal/own/share"
	"commonweal/internal/web/page"
)

type shareLedgerPage struct {
	Table page.Table
	Empty *page.Panel
	Pages page.Pages
	All   bool // the list is not of one member
}

// shareLedger lists the entries of the ledger, newest first: all of them, or
// those that touch one member.
func (s *Server) shareLedger(v *visit) error {
	ledger, err := v.house.Shares.Ledger(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "Shares", Href: "/shares"}
	f.Heading = "The share ledger"
	p := shareLedgerPage{All: true}
	list := ledger.Entries()
	member := v.r.URL.Query().Get("member")
	if member != "" {
		if err := v.mayAbout(member, policy.ShareViewAny); err != nil {
			return err
		}
		who, err := v.named(member)
		if err != nil {
			return err
		}
		p.All = false
		list = slices.DeleteFunc(slices.Clone(list), func(e share.Entry) bool { return !touches(ledger, e, member) })
		f.Back = page.Link{Text: "Who holds shares", Href: "/shares/holdings"}
		f.Kicker = "Share ledger"
		f.Heading = who[member].title()
		f.Sentence = v.shareHoldsSentence(ledger, member)
	} else {
		f.Sentence = ledgerSentence(ledger)
	}
	list = lastEntries(list, len(list))
	rows, pages := leafing(v, list, listSize)
	all, err := v.namedIn(ledger, rows)
	if err != nil {
		return err
	}
	p.Table, p.Pages = v.ledgerTable(ledger, all, rows), pages
	if len(list) == 0 {
		panel := page.Empty("Nothing is in the ledger yet", "Every issue, transfer and cancellation of shares will stand here, and none can be taken out again.", page.Link{Text: "Issue shares", Href: "/shares/issue"})
		if !p.All {
			panel = page.Empty("No entry touches this member", "They never held a share.", page.Link{Text: "Issue shares", Href: "/shares/issue"})
		}
		p.Empty = &panel
	}
	if p.All && p.Empty == nil {
		f.Files = []page.Files{{What: "the whole ledger", CSV: "/shares/ledger.csv", JSON: "/shares/ledger.json"}}
	}
	f.Data = p
	return v.show(http.StatusOK, "share_ledger", f)
}

func ledgerSentence(l *share.Ledger) string {
	n, undone := len(l.Entries()), 0
	for _, e := range l.Entries() {
		if e.Kind == share.Reverse {
			undone++
		}
	}
	s := count(n, "entry", "entries") + ", newest first. None can be changed or taken out."
	if undone > 0 {
		s += fmt.Sprintf(" %s undone by a later one.", phrase(undone, "was", "were"))
	}
	return page.Begin(s)
}

// shareHoldsSentence says what one member holds today.
func (v *visit) shareHoldsSentence(l *share.Ledger, member string) string {
	var parts []string
	for _, h := range l.HoldingsOn(v.today()) {
		if h.Member == member {
			c, _ := l.Class(h.Class)
			parts = append(parts, fmt.Sprintf("%s, worth %s", sharesOf(h.Quantity, c.Name), money(h.Pence)))
		}
	}
	if len(parts) == 0 {
		return "Holds no share today."
	}
	return "Holds " + page.List(parts) + "."
}

// touches reports whether an entry changes what a member holds.
func touches(l *share.Ledger, e share.Entry, member string) bool {
	if e.Kind == share.Reverse {
		e, _ = l.Entry(e.Reverses)
	}
	return e.From == member || e.To == member
}

// ledgerTable shows entries in the order given.
func (v *visit) ledgerTable(l *share.Ledger, all holders, list []share.Entry) page.Table {
	t := page.Table{Caption: "Entries of the share ledger", Columns: []page.Column{
		{Head: "Entry"}, {Head: "What", Wide: true}, {Head: "Member"}, {Head: "Counts from"}, {Head: "Entered"},
	}}
	for _, e := range list {
		what := page.Cell{Text: entryTitle(l, e)}
		if by := l.ReversedBy(e.ID); by != "" {
			undo, _ := l.Entry(by)
			what = page.Cell{Text: what.Text + ". Undone by entry " + number(undo.Number) + ".", Kind: page.Quiet}
		}
		t.Rows = append(t.Rows, page.Row{
			{Text: number(e.Number), Href: "/shares/entries/" + e.ID}, what, {Text: whoOf(l, all, e)}, {Text: v.day(e.Effective)}, {Text: v.entered(e)},
		})
	}
	return t
}

// entered is the day an entry was made, with the time left to the entry's page.
func (v *visit) entered(e share.Entry) string {
	if len(e.Entered) < 10 {
		return e.Entered
	}
	return said(page.Day(v.now, e.Entered))
}

// whoOf names the members that an entry is about.
func whoOf(l *share.Ledger, all holders, e share.Entry) string {
	if e.Kind == share.Reverse {
		e, _ = l.Entry(e.Reverses)
	}
	switch e.Kind {
	case share.Transfer:
		return all[e.From].title() + " to " + all[e.To].title()
	case share.Issue:
		return all[e.To].title()
	}
	return all[e.From].title()
}

// ledgerLine is an entry for a program.
type ledgerLine struct {
	ID         string `json:"id"`
	Number     int    `json:"number"`
	Kind       string `json:"kind"`
	Class      string `json:"class"`
	From       string `json:"from,omitempty"`
	FromNumber int    `json:"from_number,omitempty"`
	FromName   string `json:"from_name,omitempty"`
	To         string `json:"to,omitempty"`
	ToNumber   int    `json:"to_number,omitempty"`
	ToName     string `json:"to_name,omitempty"`
	Quantity   int64  `json:"quantity,omitempty"`
	ToClass    string `json:"to_class,omitempty"`
	ToQuantity int64  `json:"to_quantity,omitempty"`
	PaidPence  int64  `json:"paid_pence"`
	Effective  string `json:"effective"`
	Entered    string `json:"entered"`
	Reverses   int    `json:"reverses,omitempty"`
	ReversedBy int    `json:"reversed_by,omitempty"`
	Reason     string `json:"reason,omitempty"`
}

var ledgerHeads = []string{
	"Entry", "Kind", "Class", "From number", "From name", "To number", "To name", "Shares", "Into class", "Into shares", "Paid in pounds",
	"Counts from", "Entered", "Undoes entry", "Undone by entry", "Reason",
}

func (l ledgerLine) cells() []string {
	return []string{
		whole(int64(l.Number)), l.Kind, l.Class, whole(int64(l.FromNumber)), l.FromName, whole(int64(l.ToNumber)), l.ToName, whole(l.Quantity),
		l.ToClass, whole(l.ToQuantity), decimalPounds(l.PaidPence), l.Effective, l.Entered, whole(int64(l.Reverses)), whole(int64(l.ReversedBy)), l.Reason,
	}
}

// whole is a number for a spreadsheet, and nothing for none.
func whole(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// eachEntry gives every entry in the order they were made.
func (v *visit) eachEntry(yield func(ledgerLine)) (name string, err error) {
	l, err := v.house.Shares.Ledger(v.ctx, v.org.ID)
	if err != nil {
		return "", err
	}
	all, err := v.holders()
	if err != nil {
		return "", err
	}
	numberOf := func(id string) int { e, _ := l.Entry(id); return e.Number }
	for _, e := range l.Entries() {
		class, _ := l.Class(e.Class)
		into, _ := l.Class(e.ToClass)
		yield(ledgerLine{
			ID: e.ID, Number: e.Number, Kind: string(e.Kind), Class: class.Name,
			From: e.From, FromNumber: all[e.From].Number, FromName: all[e.From].Name, To: e.To, ToNumber: all[e.To].Number, ToName: all[e.To].Name,
			Quantity: e.Quantity, ToClass: into.Name, ToQuantity: e.ToQuantity, PaidPence: e.PaidPence, Effective: e.Effective.String(), Entered: e.Entered,
			Reverses: numberOf(e.Reverses), ReversedBy: numberOf(l.ReversedBy(e.ID)), Reason: e.Reason,
		})
	}
	return "share-ledger-" + v.org.ID + "-" + v.today().String(), nil
}

// shareLedgerFile is the whole ledger, for a spreadsheet or a program.
func (s *Server) shareLedgerFile(v *visit) error { return sendLines(v, ledgerHeads, v.eachEntry) }
