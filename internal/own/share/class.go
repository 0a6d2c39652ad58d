package share

import (
	"fmt"
	"regexp"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

// Class is a class of shares. Its terms do not change once it is made: other
// terms are another class, and shares are converted.
type Class struct {
	ID               string
	Code             string
	Name             string
	NominalPence     int64
	Dividend         bool // may bear a dividend or interest
	Withdrawable     bool // the mutual pays it back when the member asks
	Transferable     bool // from one member to another
	CancelsOnLeaving bool // goes when membership ends
	MaxHoldingPence  int64
	Starts           law.Date
	Ends             law.Date // the first day on which no more are issued; no date where open
}

// Bounds that keep every product within what the record can hold.
const (
	maxNominal  = 100_000_000 // £1 million
	maxQuantity = 10_000_000
)

var codePattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Check refuses a class that contradicts itself.
func (c Class) Check() error {
	switch {
	case !codePattern.MatchString(c.Code) || len(c.Code) > 40:
		return fault.Fieldf("code", "share class code %q is not small letters, digits and hyphens", c.Code)
	case strings.TrimSpace(c.Name) == "":
		return fault.Fieldf("name", "share class %s has no name", c.Code)
	case c.NominalPence < 1 || c.NominalPence > maxNominal:
		return fault.Fieldf("nominal", "share class %s: a nominal value of %d pence is not between 1 and %d", c.Code, c.NominalPence, maxNominal)
	case c.MaxHoldingPence < 0:
		return fault.Fieldf("max_holding", "share class %s: the most one may hold is below nought", c.Code)
	case c.MaxHoldingPence > 0 && c.MaxHoldingPence < c.NominalPence:
		return fault.Fieldf("max_holding", "share class %s: the most one may hold is less than one share", c.Code)
	case c.Starts.IsZero():
		return fault.Fieldf("starts", "share class %s has no first day", c.Code)
	case !c.Ends.IsZero() && !c.Starts.Before(c.Ends):
		return fault.Fieldf("ends", "share class %s ends on %s, before it starts", c.Code, c.Ends)
	case c.CancelsOnLeaving && c.Transferable:
		return fault.Fieldf("transferable", "share class %s cancels on leaving: it cannot be passed to somebody else as well", c.Code)
	}
	return nil
}

// Lawful refuses a class that the legal form does not allow. The message names
// the law.
func (c Class) Lawful(form *law.Form) error {
	rules := form.Shares
	if rules.Capital.Allowed == law.No {
		return refusal(form, rules.Capital, "shares")
	}
	for _, t := range []struct {
		wanted bool
		term   law.Term
		what   string
	}{
		{c.Withdrawable, rules.Withdrawable, "withdrawable shares"},
		{c.Transferable, rules.Transferable, "transferable shares"},
		{c.Dividend, rules.Return, "shares that bear a return"},
	} {
		if t.wanted && t.term.Allowed == law.No {
			return refusal(form, t.term, t.what)
		}
	}
	if limit := CapOf(form); limit != nil && limit.binds(c) && c.MaxHoldingPence > limit.Pence {
		return fault.Fieldf("max_holding", "share class %s: a holding of %s is more than %s allows: %s", c.Code, Pounds(c.MaxHoldingPence), limit.Citation, Pounds(limit.Pence))
	}
	return nil
}

func refusal(form *law.Form, term law.Term, what string) error {
	return fault.Errorf(fault.Invalid, "a %s has no %s: %s (%s)", strings.ToLower(form.Label), what, term.Text, term.Citation)
}

// Cap is the most that the law lets one member hold over all classes.
type Cap struct {
	Pence            int64
	WithdrawableOnly bool
	Citation         string
}

// CapOf is the limit of a legal form, or nil where it has none. For a registered
// society it is the Co-operative and Community Benefit Societies Act 2014, s.24.
func CapOf(form *law.Form) *Cap {
	limit := form.Shares.MaxHolding
	if limit == nil {
		return nil
	}
	return &Cap{limit.Pence, limit.WithdrawableOnly, limit.Citation}
}

// binds reports whether shares of the class count towards the limit.
func (l *Cap) binds(c Class) bool { return c.Withdrawable || !l.WithdrawableOnly }

// Pounds writes pence as money: £1, £100,000, £1.50.
func Pounds(pence int64) string {
	sign := ""
	if pence < 0 {
		sign, pence = "\u2212", -pence
	}
	whole := fmt.Sprint(pence / 100)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if pence%100 == 0 {
		return sign + "£" + whole
	}
	return fmt.Sprintf("%s£%s.%02d", sign, whole, pence%100)
}
