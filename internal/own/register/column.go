package register

import (
	"cmp"

	"commonweal/law"
)

// Column is one thing that every entry holds, with the law that asks for it.
type Column struct {
	Field   law.FieldName
	Heading string
	Text    string // what the law wants there
	When    string // which entries have it; empty for all
	Law     law.Provenance
	// Note says where the record has less than the law names, or has it otherwise.
	Note string
}

var headings = map[law.FieldName]string{
	law.FieldMemberName:     "Name",
	law.FieldPostalAddress:  "Postal address",
	law.FieldServiceAddress: "Service address",
	law.FieldEmail:          "E-mail address",
	law.FieldEmailPurposes:  "E-mail address given for",
	law.FieldShares:         "Shares",
	law.FieldAmountPaid:     "Amount paid (£)",
	law.FieldShareClass:     "Shares by class",
	law.FieldOtherProperty:  "Other property",
	law.FieldMemberClass:    "Class of member",
	law.FieldConstituency:   "Constituency",
	law.FieldEntered:        "Date entered",
	law.FieldCeased:         "Date ceased",
	law.FieldChanges:        "Changes",
	law.FieldOffice:         "Office",
	law.FieldOfficeFrom:     "In office from",
	law.FieldOfficeTo:       "In office to",
}

const (
	noteToday    = "As the record has it today. Earlier ones are in the record of changes, not by day."
	noteService  = "The record keeps one address of a member. It stands here."
	noteOffice   = "The registered office stands here, which the law allows. Nobody’s own address is shown."
	noteEmail    = "As the record has it today: the one address that notices go to."
	notePurposes = "The record keeps an e-mail address for notices and for nothing else."
	noteProperty = "No loans or deposits are kept here. If there are any, they are in the accounts."
	noteChanges  = "The days of changes and the old details are in the record, entry by entry. They are not shown here."
)

// columns are what the form says the register holds, in the order of the law.
func columns(form *law.Form) []Column { return columnsOf(form, form.Register) }

func columnsOf(form *law.Form, fields []law.RegisterField) []Column {
	out := make([]Column, 0, len(fields))
	for _, f := range fields {
		out = append(out, Column{
			Field: f.Name, Heading: cmp.Or(headings[f.Name], f.Text), Text: f.Text, When: f.When, Law: f.Provenance,
			Note: note(form, f.Name),
		})
	}
	return out
}

func note(form *law.Form, field law.FieldName) string {
	switch field {
	case law.FieldMemberName, law.FieldPostalAddress:
		return noteToday
	case law.FieldServiceAddress:
		if officeServes(form) {
			return noteOffice
		}
		return noteService + " " + noteToday
	case law.FieldEmail:
		return noteEmail
	case law.FieldEmailPurposes:
		return notePurposes
	case law.FieldOtherProperty:
		return noteProperty
	case law.FieldChanges:
		return noteChanges
	}
	return ""
}

// officeServes reports whether the organisation's own office may stand as the
// service address of every member. It may for a charitable incorporated
// organisation: SI 2012/3012, Sch.1 para.1. To show a home address where the law
// is content with the office would be a disclosure that nobody asked for.
func officeServes(form *law.Form) bool { return form.ID == law.CharityCIO }
