package web

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/share"
	"commonweal/internal/web/page"
	"commonweal/law"
)

var isoDay = regexp.MustCompile(`\b\d{4}-\d{2}-\d{2}\b`)

// refusalWords are what a room refused, as a sentence with dates as people say
// them.
func (v *visit) refusalWords(err error) string {
	return isoDay.ReplaceAllStringFunc(plainly(err), func(iso string) string {
		d, err := law.ParseDate(iso)
		if err != nil {
			return iso
		}
		return v.day(d)
	})
}

// refusable reports whether an error is for the person at the form, and not for
// the log.
func refusable(err error) bool {
	return fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict)
}

// readWhole reads a whole number as people type it: "12", "1,200".
func readWhole(text string) (int64, bool) {
	n, err := strconv.ParseInt(strings.ReplaceAll(strings.TrimSpace(text), ",", ""), 10, 64)
	return n, err == nil
}

var poundsTyped = regexp.MustCompile(`^£?\s*([0-9]{1,9})(?:\.([0-9]{2}))?$`)

// readPounds reads money as people type it, in pence: "1", "£1.50", "1,000".
func readPounds(text string) (int64, bool) {
	m := poundsTyped.FindStringSubmatch(strings.ReplaceAll(strings.TrimSpace(text), ",", ""))
	if m == nil {
		return 0, false
	}
	pounds, err := strconv.ParseInt(m[1], 10, 64)
	if err != nil {
		return 0, false
	}
	pence, _ := strconv.ParseInt(m[2], 10, 64) // two digits, or none
	return pounds*100 + pence, true
}

// decimalPounds is pence for a spreadsheet: "1.00".
func decimalPounds(pence int64) string {
	return fmt.Sprintf("%d.%02d", pence/100, pence%100)
}

// sharesOf is so many shares of a class: "1 Member share", "3 Member shares",
// "2 shares of class Founders".
func sharesOf(n int64, class string) string {
	count := func(one, many string) string {
		if n == 0 {
			return "no " + many
		}
		return count(n, one, many)
	}
	for _, end := range []string{" shares", " share"} {
		if base, ok := strings.CutSuffix(class, end); ok && base != "" {
			return count(base+" share", base+" shares")
		}
	}
	return count("share", "shares") + " of class " + class
}

// inRunningText begins a label small, unless it begins with initials.
func inRunningText(label string) string {
	if len(label) > 1 && strings.ToUpper(label[:2]) == label[:2] {
		return label
	}
	return strings.ToLower(label[:min(1, len(label))]) + label[min(1, len(label)):]
}

// entryTitle says what an entry did, without whom it did it to.
func entryTitle(l *share.Ledger, e share.Entry) string {
	class, _ := l.Class(e.Class)
	shares := sharesOf(e.Quantity, class.Name)
	switch e.Kind {
	case share.Issue:
		return shares + " issued"
	case share.Transfer:
		return shares + " transferred"
	case share.Convert:
		into, _ := l.Class(e.ToClass)
		return fmt.Sprintf("%s turned into %s", shares, sharesOf(e.ToQuantity, into.Name))
	case share.Redeem:
		return shares + " redeemed"
	case share.Cancel:
		return shares + " cancelled"
	case share.Reverse:
		if of, ok := l.Entry(e.Reverses); ok {
			return "Entry " + number(of.Number) + " reversed"
		}
	}
	return "Entry " + number(e.Number)
}

// classTermsInWords says the terms of a class, a sentence each.
func classTermsInWords(c share.Class) []string {
	yes := func(is bool, does, not string) string {
		if is {
			return does
		}
		return not
	}
	out := []string{
		money(c.NominalPence) + " each, fully paid.",
		yes(c.Dividend, "They may bear a dividend or interest.", "They bear no dividend and no interest."),
		yes(c.Withdrawable, "The money can be taken back out.", "The money cannot be taken back out while somebody is a member."),
		yes(c.Transferable, "They can pass from one member to another.", "They cannot pass to somebody else."),
		yes(c.CancelsOnLeaving, "They are cancelled when membership ends, and what they are worth is paid back.", "They stay when membership ends."),
	}
	if c.MaxHoldingPence > 0 {
		out = append(out, "One member may hold at most "+money(c.MaxHoldingPence)+" of them.")
	}
	return out
}

// formToday is the organisation's legal form, or nil where none is set.
func (v *visit) formToday() *law.Form {
	if v.org.LegalForm == "" {
		return nil
	}
	form, err := v.house.Law.Form(lawForm(v.org.LegalForm), v.today())
	if err != nil {
		return nil
	}
	return form
}

// shareLawPart is what one source says of shares.
type shareLawPart struct {
	Text   string
	Source page.Link
}

// shareLaw is what the law says of the shares of the organisation's legal form,
// what one source says together.
func (v *visit) shareLaw() []shareLawPart {
	form := v.formToday()
	if form == nil {
		return nil
	}
	var out []shareLawPart
	add := func(text string, p law.Provenance) {
		for i := range out {
			if out[i].Source.Text == p.Citation {
				out[i].Text += " " + text
				return
			}
		}
		out = append(out, shareLawPart{text, page.Link{Text: p.Citation, Href: p.URL}})
	}
	r := form.Shares
	add(r.Capital.Text, r.Capital.Provenance)
	if r.Capital.Allowed == law.No {
		return out
	}
	add(r.Withdrawable.Text, r.Withdrawable.Provenance)
	add(r.Transferable.Text, r.Transferable.Provenance)
	if r.MaxHolding != nil {
		add(r.MaxHolding.Text, r.MaxHolding.Provenance)
	}
	add(r.Return.Text, r.Return.Provenance)
	return out
}
