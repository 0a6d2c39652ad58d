package law

import "fmt"

// Allowed says whether a form allows something.
type Allowed string

// The answers a form may give.
const (
	Yes Allowed = "yes"
	No  Allowed = "no"
	// ByRules leaves it to the organisation's own rules.
	ByRules Allowed = "by-rules"
	// Capped allows it up to a limit.
	Capped Allowed = "capped"
)

// UnmarshalText accepts the known answers only.
func (a *Allowed) UnmarshalText(text []byte) error {
	switch v := Allowed(text); v {
	case Yes, No, ByRules, Capped:
		*a = v
		return nil
	}
	return fmt.Errorf("%q is not one of yes, no, by-rules, capped", clip(string(text)))
}

// Term is one answer about shares, with its source.
type Term struct {
	Allowed Allowed
	Text    string
	Provenance
}

// HoldingLimit is the most that one member may hold.
type HoldingLimit struct {
	Pence int64
	// WithdrawableOnly limits only shares that can be withdrawn.
	WithdrawableOnly bool
	// Exempt says who is not bound.
	Exempt string
	Text   string
	Provenance
}

// ShareRules say what a form allows of shares.
type ShareRules struct {
	// Capital is whether there are shares at all.
	Capital Term
	// Withdrawable is whether the organisation may pay a share back to its
	// holder, Transferable whether one holder may pass it to another.
	Withdrawable, Transferable Term
	// Return is what may be paid on a share: dividend or interest.
	Return Term
	// ReturnCapPercent is the share of distributable profits that all dividends
	// of a year together may take; set only when Return is Capped.
	ReturnCapPercent int
	// MaxHolding is nil where law sets no limit on a holding.
	MaxHolding *HoldingLimit
}
