package web

import (
	"net/url"
	"strings"

	"commonweal/internal/own/share"
)

// read makes the entry. It reports false where a field has something to put
// right, which the field then says.
func (f *actForm) read(v *visit, values url.Values) bool {
	e := share.Entry{Kind: f.act.kind, From: f.from.Member, To: f.to.Member, Class: f.OnlyClass, Reason: strings.TrimSpace(values.Get("reason"))}
	ok := true
	if f.Class != nil {
		e.Class = values.Get("class")
		if !f.offers(e.Class) {
			f.Class.Error, ok = "Choose the class.", false
		}
	}
	var is bool
	if e.Quantity, is = readWhole(f.Quantity.Value); !is || e.Quantity < 1 {
		f.Quantity.Error, ok = "Say how many as a whole number, such as 1.", false
	}
	class, _ := f.ledger.Class(e.Class)
	if f.Paid != nil {
		e.PaidPence = e.Quantity * class.NominalPence
		if strings.TrimSpace(f.Paid.Value) != "" {
			if e.PaidPence, is = readPounds(f.Paid.Value); !is {
				f.Paid.Error, ok = "Write the amount in pounds, such as 1 or 1.50.", false
			}
		}
	}
	if f.Into != nil && !f.readInto(&e, class, values) {
		ok = false
	}
	if e.Effective, is = readDay(&f.Effective, "day from which it counts", true); !is {
		ok = false
	}
	if f.Reason.Error = reasonWrong(e.Reason, e.Kind == share.Redeem || e.Kind == share.Cancel); f.Reason.Error != "" {
		ok = false
	}
	f.entry = e
	return ok
}

func (f *actForm) offers(class string) bool {
	for _, c := range f.classes {
		if c.ID == class {
			return true
		}
	}
	return false
}

// readInto works out what a conversion gives: as many as keep the worth.
func (f *actForm) readInto(e *share.Entry, class share.Class, values url.Values) bool {
	into, known := f.ledger.Class(values.Get("to_class"))
	switch {
	case !known:
		f.Into.Error = "Choose the class that they turn into."
	case into.ID == e.Class:
		f.Into.Error = "They are of this class already. Choose another."
	case e.Quantity > 0 && e.Quantity*class.NominalPence%into.NominalPence != 0:
		f.Into.Error = sharesOf(e.Quantity, class.Name) + " are worth " + money(e.Quantity*class.NominalPence) + ", which is not a whole number of shares at " + money(into.NominalPence) + "."
	default:
		e.ToClass, e.ToQuantity = into.ID, e.Quantity*class.NominalPence/into.NominalPence
		return true
	}
	return false
}

// place puts a refusal at the field that it is about.
func (f *actForm) place(v *visit, err error) {
	at := map[string]*string{"effective": &f.Effective.Error, "reason": &f.Reason.Error}
	if f.Paid != nil {
		at["paid"] = &f.Paid.Error
	}
	if f.Into != nil {
		at["to_class"], at["to_quantity"] = &f.Into.Error, &f.Into.Error
	}
	v.refusedAt(err, &f.Quantity.Error, at)
}
