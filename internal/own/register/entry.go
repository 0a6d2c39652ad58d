package register

import (
	"fmt"
	"strconv"
	"strings"

	"commonweal/internal/own/share"
	"commonweal/law"
)

// Entry is one row of the register: one unbroken time of membership. In a view,
// the fields that its columns do not name are empty.
type Entry struct {
	// Number and the ids are the organisation's own. Only the full register and
	// one's own entry have them.
	Number           int
	MemberID, Person string

	Name, Family   string
	PostalAddress  string
	ServiceAddress string
	Email          string
	EmailPurposes  string
	Shares         int64
	PaidPence      int64
	ByClass        []Holding
	OtherProperty  string
	MemberClass    string
	Constituency   string
	Entered        law.Date
	Ceased         law.Date // no date for a member
	Changes        string

	// Unclear is set where we cannot tell on that day whether membership goes on.
	Unclear bool
}

// Holding is what a member holds of one class of shares.
type Holding struct {
	Class    string // its name
	Quantity int64
	Pence    int64
}

// Former reports whether the membership had ended by the day of the register.
func (e Entry) Former() bool { return !e.Ceased.IsZero() }

// only is the entry with nothing but what the columns hold.
func (e Entry) only(cols []Column) Entry {
	var out Entry
	for _, c := range cols {
		switch c.Field {
		case law.FieldMemberName:
			out.Name, out.Family = e.Name, e.Family
		case law.FieldPostalAddress:
			out.PostalAddress = e.PostalAddress
		case law.FieldServiceAddress:
			out.ServiceAddress = e.ServiceAddress
		case law.FieldEmail:
			out.Email = e.Email
		case law.FieldEmailPurposes:
			out.EmailPurposes = e.EmailPurposes
		case law.FieldShares:
			out.Shares = e.Shares
		case law.FieldAmountPaid:
			out.PaidPence = e.PaidPence
		case law.FieldShareClass:
			out.ByClass = e.ByClass
		case law.FieldOtherProperty:
			out.OtherProperty = e.OtherProperty
		case law.FieldMemberClass:
			out.MemberClass = e.MemberClass
		case law.FieldConstituency:
			out.Constituency = e.Constituency
		case law.FieldEntered:
			out.Entered = e.Entered
		case law.FieldCeased:
			out.Ceased = e.Ceased
		case law.FieldChanges:
			out.Changes = e.Changes
		}
	}
	return out
}

// Cell is one field as a table of data has it: days as 2026-11-21, money as 1.50.
func (e Entry) Cell(f law.FieldName) string {
	switch f {
	case law.FieldShares:
		return strconv.FormatInt(e.Shares, 10)
	case law.FieldAmountPaid:
		return fmt.Sprintf("%d.%02d", e.PaidPence/100, e.PaidPence%100)
	case law.FieldShareClass:
		parts := make([]string, len(e.ByClass))
		for i, h := range e.ByClass {
			parts[i] = h.Class + ": " + strconv.FormatInt(h.Quantity, 10)
		}
		return strings.Join(parts, "; ")
	case law.FieldEntered:
		return e.Entered.String()
	case law.FieldCeased:
		return e.Ceased.String()
	}
	return e.text(f)
}

// Words is one field as a page shows it: 21 November 2026, £1.50.
func (e Entry) Words(f law.FieldName) string {
	switch f {
	case law.FieldAmountPaid:
		return share.Pounds(e.PaidPence)
	case law.FieldEntered:
		return dayWords(e.Entered)
	case law.FieldCeased:
		return dayWords(e.Ceased)
	}
	return e.Cell(f)
}

func (e Entry) text(f law.FieldName) string {
	switch f {
	case law.FieldMemberName:
		return e.Name
	case law.FieldPostalAddress:
		return e.PostalAddress
	case law.FieldServiceAddress:
		return e.ServiceAddress
	case law.FieldEmail:
		return e.Email
	case law.FieldEmailPurposes:
		return e.EmailPurposes
	case law.FieldOtherProperty:
		return e.OtherProperty
	case law.FieldMemberClass:
		return e.MemberClass
	case law.FieldConstituency:
		return e.Constituency
	case law.FieldChanges:
		return e.Changes
	}
	return ""
}

// dayWords says a day without its weekday: 21 November 2026.
func dayWords(d law.Date) string {
	if d.IsZero() {
		return ""
	}
	y, m, day := d.Civil()
	return fmt.Sprintf("%d %s %d", day, m, y)
}
