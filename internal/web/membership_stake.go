package web

import (
	"cmp"
	"slices"
	"strings"

	"commonweal/internal/own/share"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// stakePage is what a member holds: shares, certificates, and stakes without
// capital.
type stakePage struct {
	Facts        page.Defs
	Shares       *page.Table
	Certificates page.Links
	Stakes       *page.Table
	None         string
	Terms        []string // of the shares held, in words
}

// stakeOf is what a member holds on a day. Certificates are where the reader may
// see the member's: the secretary and the member have each a page for them.
func (v *visit) stakeOf(memberID string, day law.Date, certificates string) (stakePage, error) {
	var p stakePage
	if memberID == "" {
		return p, nil
	}
	ledger, err := v.house.Shares.Ledger(v.ctx, v.org.ID)
	if err != nil {
		return p, err
	}
	v.addShares(&p, ledger, memberID, day)
	for _, c := range ledger.Certificates(memberID) {
		if !c.GoodOn(day) {
			continue
		}
		class, _ := ledger.Class(c.Class)
		p.Certificates = append(p.Certificates, page.LinkLine{
			Text: "Certificate no. " + number(c.Number), Href: certificates + c.ID,
			Note: count(c.Quantity, "share", "shares") + ", " + class.Name + ", issued " + v.day(c.Issued),
		})
	}
	stakes, err := v.house.Shares.Stakes(v.ctx, v.org.ID, memberID)
	if err != nil {
		return p, err
	}
	uses, err := v.house.Shares.Uses(v.ctx, v.org.ID, memberID)
	if err != nil {
		return p, err
	}
	v.addStakes(&p, stakes, uses, day)
	if p.Shares == nil && p.Stakes == nil {
		p.None = "No shares and no stake are recorded."
	}
	return p, nil
}

// addShares lists every change of what the member holds, and sums up.
func (v *visit) addShares(p *stakePage, ledger *share.Ledger, memberID string, day law.Date) {
	held := map[string]int64{}
	t := page.Table{Caption: "Shares", Columns: []page.Column{{Head: "When"}, {Head: "What"}, {Head: "Shares", Number: true}, {Head: "Held then", Number: true}}}
	for _, l := range ledger.Statement(memberID) {
		if l.Entry.Effective.After(day) {
			continue
		}
		class, _ := ledger.Class(l.Class)
		held[l.Class] += l.Change
		what := page.Begin(entryWords(l.Entry.Kind)) + ", " + class.Name
		if l.Entry.Reason != "" {
			what += ": " + l.Entry.Reason
		}
		kind := page.Plain
		if l.ReversedBy != "" {
			kind = page.Was
		}
		t.Rows = append(t.Rows, page.Row{v.dayCell(l.Entry.Effective), {Text: what, Kind: kind}, {Text: signed(l.Change)}, {Text: number(l.Balance)}})
	}
	if len(t.Rows) > 0 {
		p.Shares = &t
	}
	for id, n := range held {
		class, _ := ledger.Class(id)
		if n > 0 {
			p.Facts = append(p.Facts, page.Def{Term: class.Name, Fact: number(n) + ", " + money(n*class.NominalPence)})
			p.Terms = append(p.Terms, termsOf(class))
		}
	}
	slices.SortFunc(p.Facts, func(a, b page.Def) int { return cmp.Compare(a.Term, b.Term) })
}

func entryWords(k share.Kind) string {
	switch k {
	case share.Issue:
		return "issued"
	case share.Transfer:
		return "transferred"
	case share.Convert:
		return "converted"
	case share.Redeem:
		return "paid back"
	case share.Cancel:
		return "cancelled"
	case share.Reverse:
		return "an entry undone"
	}
	return string(k)
}

// signed writes a change with its sign.
func signed(n int64) string {
	if n > 0 {
		return "+" + number(n)
	}
	return number(n)
}

func (v *visit) addStakes(p *stakePage, stakes []share.Stake, uses []share.Use, day law.Date) {
	t := page.Table{Caption: "Rights and roles held without capital", Columns: []page.Column{{Head: "What"}, {Head: "From"}, {Head: "Under"}, {Head: "Used", Wide: true}}}
	for _, k := range stakes {
		if k.Granted.After(day) {
			continue
		}
		var when []string
		for _, u := range uses {
			if u.Stake == k.ID && !u.Used.After(day) {
				when = append(when, v.day(u.Used)+", "+u.What)
			}
		}
		used := page.Cell{Text: strings.Join(when, "; ")}
		if len(when) == 0 {
			used = page.Cell{Text: "not used yet", Kind: page.Quiet}
		}
		from := v.whole(k.Granted)
		if !k.Held(day) {
			from += " until " + v.whole(k.Ends)
		}
		t.Rows = append(t.Rows, page.Row{{Text: k.Title}, {Text: from}, {Text: strings.ReplaceAll(k.Basis, " ", "\u00a0")}, used})
	}
	if len(t.Rows) > 0 {
		p.Stakes = &t
	}
}

// termsOf says what a share of a class gives and does not give.
func termsOf(c share.Class) string {
	may := func(yes bool, does, doesNot string) string {
		if yes {
			return does
		}
		return doesNot
	}
	return "A share of the class " + c.Name + " " + page.List([]string{
		may(c.Dividend, "may pay a dividend", "pays no dividend"),
		may(c.Withdrawable, "is paid back when you ask", "is not paid back while you are a member"),
		may(c.Transferable, "may be passed to another member", "cannot be passed on"),
		may(c.CancelsOnLeaving, "is cancelled when membership ends", "stays when membership ends"),
	}) + "."
}
