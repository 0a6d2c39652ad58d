package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"commonweal/internal/own/share"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type shareHoldingsPage struct {
	Table  page.Table
	Empty  *page.Panel
	Pages  page.Pages
	Search page.Text
	Class  *page.Select // where there are several
	Day    page.DateField
	Clear  bool
}

// shareHolding is what one member holds of one class on a day, for a program.
type shareHolding struct {
	On           string `json:"on"`
	Member       string `json:"member"`
	MemberNumber int    `json:"member_number"`
	Name         string `json:"name"`
	Class        string `json:"class"`
	Quantity     int64  `json:"quantity"`
	Pence        int64  `json:"pence"`
}

// heldOn are the holdings of a day with their holders, in order of name.
func heldOn(l *share.Ledger, all holders, day law.Date) []share.Holding {
	list := l.HoldingsOn(day)
	slices.SortStableFunc(list, func(a, b share.Holding) int {
		return cmp.Or(byName(all[a.Member], all[b.Member]), strings.Compare(a.Class, b.Class))
	})
	return list
}

// shareHoldings lists who holds what on a day.
func (s *Server) shareHoldings(v *visit) error {
	day, field, ok := v.dayAsked("As it was on")
	status := http.StatusOK
	if !ok {
		status = http.StatusUnprocessableEntity
	}
	ledger, classes, err := v.sharesNow()
	if err != nil {
		return err
	}
	all, err := v.holders()
	if err != nil {
		return err
	}
	search, class := v.searchField("/shares/holdings", "Name or number"), v.r.URL.Query().Get("class")
	words := search.Value
	p := shareHoldingsPage{
		Search: search, Day: field,
		Clear: words != "" || class != "" || day != v.today(),
	}
	if len(classes) > 1 {
		p.Class = &page.Select{Name: "class", Label: "Class", Value: class, Options: []page.Option{{Label: "All"}}}
		for _, c := range classes {
			p.Class.Options = append(p.Class.Options, page.Option{Value: c.ID, Label: c.Name})
		}
	}
	fits := func(string) bool { return true }
	if words != "" {
		found := map[string]bool{}
		for _, h := range all.find(words, func(holder) bool { return true }) {
			found[h.Member] = true
		}
		fits = func(member string) bool { return found[member] }
	}
	list := slices.DeleteFunc(heldOn(ledger, all, day), func(h share.Holding) bool {
		return class != "" && h.Class != class || !fits(h.Member)
	})
	rows, pages := leafing(v, list, listSize)
	p.Pages = pages
	p.Table = page.Table{Caption: "Who holds shares on " + v.day(day), Columns: []page.Column{
		{Head: "Member"}, {Head: "Number", Number: true}, {Head: "Class"}, {Head: "Shares", Number: true}, {Head: "Worth", Number: true},
	}}
	for _, h := range rows {
		c, _ := ledger.Class(h.Class)
		who := all[h.Member]
		p.Table.Rows = append(p.Table.Rows, page.Row{
			{Text: who.title(), Href: "/shares/ledger?member=" + h.Member}, {Text: number(who.Number)}, {Text: c.Name}, {Text: number(h.Quantity)}, {Text: money(h.Pence)},
		})
	}
	if len(list) == 0 {
		panel := page.Empty("Nobody is found", "Look for less, or choose another day.", page.Link{Text: "Show everybody today", Href: "/shares/holdings"})
		if !p.Clear {
			panel = page.Empty("Nobody holds a share", "Who holds shares, and how many, will stand here once shares have been issued.", page.Link{Text: "Issue shares", Href: "/shares/issue"})
		}
		p.Empty = &panel
	}
	f := v.frame()
	f.Back = page.Link{Text: "Shares", Href: "/shares"}
	f.Heading = "Who holds shares"
	f.Sentence = v.sharesSentence(ledger, day)
	f.Errors = page.Problems(search, field)
	if p.Empty == nil {
		f.Files = []page.Files{{What: "everybody", CSV: "/shares/holdings.csv" + v.on(day), JSON: "/shares/holdings.json" + v.on(day)}}
	}
	f.Data = p
	return v.show(status, "share_holdings", f)
}

// eachHolding gives the holdings of the day that the address asks for.
func (v *visit) eachHolding(yield func(shareHolding)) (name string, err error) {
	day, field, ok := v.dayAsked("As it was on")
	if !ok {
		return "", fieldFault(field)
	}
	ledger, err := v.house.Shares.Ledger(v.ctx, v.org.ID)
	if err != nil {
		return "", err
	}
	all, err := v.holders()
	if err != nil {
		return "", err
	}
	for _, h := range heldOn(ledger, all, day) {
		c, _ := ledger.Class(h.Class)
		who := all[h.Member]
		yield(shareHolding{day.String(), h.Member, who.Number, who.Name, c.Name, h.Quantity, h.Pence})
	}
	return "holdings-" + v.org.ID + "-" + day.String(), nil
}

var holdingHeads = []string{"On", "Member number", "Name", "Class", "Shares", "Worth in pounds"}

func (h shareHolding) cells() []string {
	return []string{h.On, whole(int64(h.MemberNumber)), h.Name, h.Class, whole(h.Quantity), decimalPounds(h.Pence)}
}

// shareHoldingsFile is who holds what on a day, for a spreadsheet or a program.
func (s *Server) shareHoldingsFile(v *visit) error { return sendLines(v, holdingHeads, v.eachHolding) }
