package share

import (
	"fmt"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

// Kind is what an entry does.
type Kind string

// The kinds of entries.
const (
	Issue    Kind = "issue"    // to To
	Transfer Kind = "transfer" // from From to To
	Convert  Kind = "convert"  // of From, into ToQuantity of ToClass
	Redeem   Kind = "redeem"   // of From, at the member's wish, for PaidPence
	Cancel   Kind = "cancel"   // of From, because membership ended
	Reverse  Kind = "reverse"  // undoes the entry Reverses
)

// Entry is one entry of the ledger.
type Entry struct {
	ID         string
	Number     int // in the ledger, without gaps
	Kind       Kind
	Class      string // id
	From, To   string // ids of members
	Quantity   int64
	ToClass    string // of a conversion
	ToQuantity int64
	// PaidPence is what the member paid for an issue, and what is given back to
	// the member by a redemption or cancellation.
	PaidPence int64
	Effective law.Date
	Entered   string // world.TimeFormat
	Reverses  string // id of an entry
	Reason    string
}

// account is what one member holds of one class.
type account struct{ member, class string }

// move is a change of one account.
type move struct {
	account account
	day     law.Date
	by      int64
	entry   string // id
}

// moves are what an entry does to accounts. A reversal needs the entry it undoes.
func (e Entry) moves(original *Entry) []move {
	switch e.Kind {
	case Issue:
		return []move{{account{e.To, e.Class}, e.Effective, e.Quantity, e.ID}}
	case Transfer:
		return []move{{account{e.From, e.Class}, e.Effective, -e.Quantity, e.ID}, {account{e.To, e.Class}, e.Effective, e.Quantity, e.ID}}
	case Convert:
		return []move{{account{e.From, e.Class}, e.Effective, -e.Quantity, e.ID}, {account{e.From, e.ToClass}, e.Effective, e.ToQuantity, e.ID}}
	case Redeem, Cancel:
		return []move{{account{e.From, e.Class}, e.Effective, -e.Quantity, e.ID}}
	case Reverse:
		out := original.moves(nil)
		for i := range out {
			out[i].day, out[i].by, out[i].entry = e.Effective, -out[i].by, e.ID
		}
		return out
	}
	return nil
}

// name is what messages call the entry.
func (e Entry) name() string {
	if e.Number > 0 {
		return fmt.Sprintf("entry %d", e.Number)
	}
	return "the entry"
}

// shaped refuses an entry whose fields do not make sense for its kind.
func (e Entry) shaped() error {
	if e.Effective.IsZero() {
		return fault.Fieldf("effective", "%s has no effective day", e.name())
	}
	if e.Kind == Reverse {
		if e.Reverses == "" || e.Reason == "" {
			return fault.Fieldf("reason", "a reversal names the entry it undoes and says why")
		}
		return nil
	}
	if e.Quantity < 1 || e.Quantity > maxQuantity {
		return fault.Fieldf("quantity", "%d shares is not between 1 and %d", e.Quantity, maxQuantity)
	}
	if e.PaidPence < 0 {
		return fault.Fieldf("paid", "an amount of %d pence is below nought", e.PaidPence)
	}
	wantsFrom, wantsTo := e.Kind != Issue, e.Kind == Issue || e.Kind == Transfer
	switch {
	case e.Kind != Issue && e.Kind != Transfer && e.Kind != Convert && e.Kind != Redeem && e.Kind != Cancel:
		return fault.Fieldf("kind", "an entry of kind %q is not known", e.Kind)
	case e.Reverses != "":
		return fault.Errorf(fault.Invalid, "only a reversal names the entry it undoes")
	case wantsFrom != (e.From != ""):
		return fault.Fieldf("from", "%s: the member it comes from is %s", e.Kind, missingOr(wantsFrom))
	case wantsTo != (e.To != ""):
		return fault.Fieldf("to", "%s: the member it goes to is %s", e.Kind, missingOr(wantsTo))
	case e.Kind == Transfer && e.From == e.To:
		return fault.Fieldf("to", "the member already holds these shares")
	case (e.Kind == Convert) != (e.ToClass != "" && e.ToQuantity > 0):
		return fault.Fieldf("to_class", "%s: the class and number it turns into is %s", e.Kind, missingOr(e.Kind == Convert))
	case e.Kind == Convert && (e.ToClass == e.Class || e.ToQuantity > maxQuantity):
		return fault.Fieldf("to_class", "a conversion into %d of class %s is not possible", e.ToQuantity, e.ToClass)
	case (e.Kind == Transfer || e.Kind == Convert) && e.PaidPence != 0:
		return fault.Fieldf("paid", "a %s moves no money of the mutual", e.Kind)
	case (e.Kind == Cancel || e.Kind == Redeem) && e.Reason == "":
		return fault.Fieldf("reason", "a %s says why", e.Kind)
	}
	return nil
}

func missingOr(wanted bool) string {
	if wanted {
		return "missing"
	}
	return "not wanted"
}
