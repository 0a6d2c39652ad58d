package law

import (
	"fmt"
	"slices"
)

// FormID names a legal form.
type FormID string

// The legal forms of the packs built in. "Mutual" is none of them: one mutual may
// be several of these at once, and its duties come from each.
const (
	BenefitSociety  FormID = "community-benefit-society"
	Cooperative     FormID = "co-operative-society"
	CICGuarantee    FormID = "cic-guarantee"
	CICShares       FormID = "cic-shares"
	EmployeeTrust   FormID = "employee-ownership-trust-company"
	CharityCIO      FormID = "charity-cio"
	FoundationTrust FormID = "foundation-trust"
	JointVenture    FormID = "joint-venture"
)

// Form is a legal form as it stood on the day it was asked for: every item in it
// has effect on that day.
type Form struct {
	ID    FormID
	Label string
	// Text says in a few sentences what the form is.
	Text string
	Provenance
	// Register is what an entry in the register of members holds.
	Register []RegisterField
	// Officers is what the register of officers holds, where one is kept with
	// the members' register.
	Officers []RegisterField
	// Inspections say who may see what.
	Inspections []Inspection
	// HidesOthersShares is true where a member sees the register but not what
	// shares other members hold.
	HidesOthersShares bool
	// Retention is how long an entry stays after membership ends.
	Retention Retention
	Members   MemberRules
	Shares    ShareRules
	// Service says when a notice counts as received, by channel.
	Service []ServiceRule
	// Notices are the periods of notice, Resolutions the majorities.
	Notices     []NoticeRule
	Resolutions []Resolution
}

// FieldName names one thing a register holds. Rooms that keep a register use
// these names, so that an inspection view can be cut from it.
type FieldName string

// The things registers hold.
const (
	FieldMemberName     FieldName = "name"
	FieldPostalAddress  FieldName = "postal-address"
	FieldServiceAddress FieldName = "service-address"
	FieldEmail          FieldName = "electronic-address"
	FieldEmailPurposes  FieldName = "electronic-address-purposes"
	FieldShares         FieldName = "shares"
	FieldAmountPaid     FieldName = "amount-paid"
	FieldShareClass     FieldName = "share-class"
	FieldOtherProperty  FieldName = "other-property"
	FieldMemberClass    FieldName = "member-class"
	FieldConstituency   FieldName = "constituency"
	FieldEntered        FieldName = "date-entered"
	FieldCeased         FieldName = "date-ceased"
	FieldChanges        FieldName = "changes"
	FieldOffice         FieldName = "office"
	FieldOfficeFrom     FieldName = "office-from"
	FieldOfficeTo       FieldName = "office-to"
)

var fieldNames = []FieldName{
	FieldMemberName, FieldPostalAddress, FieldServiceAddress, FieldEmail, FieldEmailPurposes,
	FieldShares, FieldAmountPaid, FieldShareClass, FieldOtherProperty, FieldMemberClass,
	FieldConstituency, FieldEntered, FieldCeased, FieldChanges, FieldOffice, FieldOfficeFrom, FieldOfficeTo,
}

// UnmarshalText accepts the known names only.
func (f *FieldName) UnmarshalText(text []byte) error {
	if !slices.Contains(fieldNames, FieldName(text)) {
		return fmt.Errorf("register field %q is not known", clip(string(text)))
	}
	*f = FieldName(text)
	return nil
}

// RegisterField is one thing the law wants in the register.
type RegisterField struct {
	Name FieldName
	Text string
	// When is empty for a field every entry has, and otherwise says which have
	// it: "where there is more than one class".
	When string
	Provenance
}

// MemberRules are what the form asks of its membership.
type MemberRules struct {
	// Minimum is the least number of members; nought where the constitution sets it.
	Minimum int
	// Exception says when fewer will do.
	Exception string
	Text      string
	Provenance
}

// NoticeRule is a period of notice.
type NoticeRule struct {
	// ID names it: "general-meeting".
	ID    string
	Label string
	// Days is the least notice; Clear says that neither the day of notice nor
	// the day of the meeting counts.
	Days  int
	Clear bool
	// ByRules is set where the organisation's own rules fix the period and Days
	// is only what model rules say.
	ByRules bool
	Text    string
	Provenance
}

// Notice returns the period of that name.
func (f *Form) Notice(id string) (NoticeRule, bool) {
	for _, n := range f.Notices {
		if n.ID == id {
			return n, true
		}
	}
	return NoticeRule{}, false
}

// ServiceBy returns the rule of receipt for a channel.
func (f *Form) ServiceBy(c Channel) (ServiceRule, bool) {
	for _, s := range f.Service {
		if s.Channel == c {
			return s, true
		}
	}
	return ServiceRule{}, false
}

// Resolution returns the kind of resolution of that name.
func (f *Form) Resolution(id string) (Resolution, bool) {
	for _, r := range f.Resolutions {
		if r.ID == id {
			return r, true
		}
	}
	return Resolution{}, false
}

// Holds reports whether an entry in the register of members has the field.
func (f *Form) Holds(name FieldName) bool {
	return slices.ContainsFunc(f.Register, func(r RegisterField) bool { return r.Name == name })
}
