package stafflist

// Reject is one reason why a row was refused. A row with several faults has
// several. Nothing in it comes from a sensitive column.
type Reject struct {
	// Row is the row as a spreadsheet shows it.
	Row            int
	EmployeeNumber string // empty if the row has none that can be read
	Name           string // as far as it can be read
	Field          Field
	Value          string // short and printable
	Reason         string // what is wrong, then what to do

	// name and email help to find whose row it is when it has no number.
	name, email string
	// nobody is set where the row speaks of no employee, so that refusing it
	// holds nobody in place.
	nobody bool
	// other is set where the row is taken to be about someone else than the
	// employee whose number it bears.
	other bool
}

// Note is something people should know about a row that was read.
type Note struct {
	Row            int
	EmployeeNumber string
	Field          Field
	Text           string
}
