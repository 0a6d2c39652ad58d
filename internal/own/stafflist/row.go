package stafflist

import "commonweal/law"

// Mark is a yes or no that a list may leave unsaid.
type Mark uint8

// The marks.
const (
	Unsaid Mark = iota
	Yes
	No
)

// Row is one readable row of a staff list: one post held by one person.
type Row struct {
	// Number is the row as a spreadsheet shows it, headings being row 1.
	Number  int
	Primary Mark
	Who
	Post
}

// Who tells whose row it is.
type Who struct {
	EmployeeNumber string
	Given          string
	Family         string
	PreferredName  string
	Email          string
}

// Name returns the first name and surname.
func (w Who) Name() string {
	switch {
	case w.Given == "":
		return w.Family
	case w.Family == "":
		return w.Given
	}
	return w.Given + " " + w.Family
}

// Post is what a person does, where, and between which days.
type Post struct {
	AssignmentNumber string
	StaffGroup       string // the plain name, see [StaffGroups]
	Role             string
	Site             string
	Organisation     string // ODS code, or the list's own word
	Category         Category
	FTE              int // hundredths of whole time; 0 is none or not said
	Start            law.Date
	End              law.Date // last day of employment, past or planned
	ContractEnd      law.Date
}

// Person is someone as a whole list tells it: the main post and any others.
type Person struct {
	Who
	Main   Post
	Others []Post
}

// leftBy reports whether p's employment was over before the day.
func (p Person) leftBy(day law.Date) bool {
	return !p.Main.End.IsZero() && p.Main.End.Before(day)
}
