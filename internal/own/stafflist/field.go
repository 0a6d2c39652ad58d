package stafflist

// Field names one thing a staff list may say about a person or a post. Only
// fields are kept: a column mapped to none is dropped.
type Field string

// The fields.
const (
	EmployeeNumber   Field = "employee_number"
	AssignmentNumber Field = "assignment_number"
	Primary          Field = "primary"
	Given            Field = "given"
	Family           Field = "family"
	FullName         Field = "full_name" // "Family, Given": read into both
	PreferredName    Field = "preferred_name"
	Email            Field = "email"
	StaffGroup       Field = "staff_group"
	Role             Field = "role"
	Site             Field = "site"
	Organisation     Field = "organisation"
	Contract         Field = "category"
	PersonType       Field = "person_type" // read into the category
	FTE              Field = "fte"
	Start            Field = "start"
	End              Field = "end"
	ContractEnd      Field = "contract_end"

	// OtherPosts appears in differences only: it stands for every post of a
	// person that is not the main one.
	OtherPosts Field = "other_posts"
)

// fields lists what a column may be mapped to, in the order pages show it.
var fields = [...]struct {
	field    Field
	label    string
	required bool
}{
	{EmployeeNumber, "Employee number", true},
	{AssignmentNumber, "Assignment number", false},
	{Primary, "Main assignment", false},
	{Given, "First name", true},
	{Family, "Surname", true},
	{FullName, "Full name", false},
	{PreferredName, "Preferred name", false},
	{Email, "Email", false},
	{StaffGroup, "Staff group", false},
	{Role, "Role", false},
	{Site, "Site", false},
	{Organisation, "Organisation", false},
	{Contract, "Contract", false},
	{PersonType, "Person type", false},
	{FTE, "FTE", false},
	{Start, "Start date", true},
	{End, "Leaving date", false},
	{ContractEnd, "Contract end date", false},
}

// Fields returns every field a column may be mapped to, in the order to show them.
func Fields() []Field {
	out := make([]Field, len(fields))
	for i, f := range fields {
		out[i] = f.field
	}
	return out
}

// Label returns the name people know the field by, such as "Start date".
func (f Field) Label() string {
	for _, known := range fields {
		if known.field == f {
			return known.label
		}
	}
	if f == OtherPosts {
		return "Other posts"
	}
	return string(f)
}

// Known reports whether a column may be mapped to f.
func (f Field) Known() bool {
	for _, known := range fields {
		if known.field == f {
			return true
		}
	}
	return false
}

// missing returns the required fields that mapped lacks. A full name stands for
// first name and surname.
func missing(mapped func(Field) bool) []Field {
	var out []Field
	for _, f := range fields {
		if !f.required || mapped(f.field) {
			continue
		}
		if (f.field == Given || f.field == Family) && mapped(FullName) {
			continue
		}
		out = append(out, f.field)
	}
	return out
}
