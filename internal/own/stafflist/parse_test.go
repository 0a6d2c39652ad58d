package stafflist_test

import (
	"strings"
	"testing"

	"commonweal/internal/own/stafflist"
)

// person is a line of a file by field, so that a case names only what it is about.
type person map[string]string

func (p person) csv() string {
	with := func(heading, usual string) string {
		value, ok := p[heading]
		if !ok {
			value = usual
		}
		return `"` + strings.ReplaceAll(value, `"`, `""`) + `"`
	}
	return strings.Join([]string{
		with("number", "20418833"), with("assignment", ""), with("main", ""), with("given", "Siân"), with("family", "Heronfold"), with("known", ""),
		with("email", ""), with("group", "Nursing and Midwifery Registered"), with("role", "Staff Nurse"), with("site", "Alder House"),
		with("org", ""), with("contract", "Permanent"), with("type", ""), with("fte", "1"), with("start", "01/05/2024"), with("end", ""), with("until", ""),
	}, ",") + "\n"
}

const wide = "Employee Number,Assignment Number,Primary Assignment,First Name,Last Name,Preferred Name,Email Address,Staff Group,Role,Site,Organisation Code,Assignment Category,Person Type,FTE,Latest Start Date,Leaving Date,Contract End Date\n"

// The words of a refusal are those of the dry-run page: what is wrong, then what
// to do about it.
func TestRejects_SayWhatIsWrongAndWhatToDo(t *testing.T) {
	for _, test := range []struct {
		name  string
		row   person
		field stafflist.Field
		want  string
	}{
		{"a day that is not", person{"start": "31/02/2026"}, stafflist.Start, "Start date “31/02/2026” is not a date. Correct it in ESR."},
		{"month and day swapped", person{"start": "05/31/2024"}, stafflist.Start, "Start date “05/31/2024” is not a date. Correct it in ESR."},
		{"a day's number in a CSV", person{"start": "45413"}, stafflist.Start, "Start date “45413” is not a date. Correct it in ESR."},
		{"no start", person{"start": ""}, stafflist.Start, "No start date. Add it in ESR."},
		{"the year dot", person{"start": "01/01/1900"}, stafflist.Start, "Start date 1 January 1900 is too long ago to be right. Correct it in ESR."},
		{"left before starting", person{"start": "01/05/2024", "end": "03/03/2024"}, stafflist.End, "Leaving date 3 March 2024 is before the start date 1 May 2024. Correct it in ESR."},
		{"contract over before starting", person{"until": "30/04/2024"}, stafflist.ContractEnd, "Contract end date 30 April 2024 is before the start date 1 May 2024. Correct it in ESR."},
		{"no number", person{"number": ""}, stafflist.EmployeeNumber, "No employee number, so we cannot tell who this is. Add it in ESR."},
		{"a number that is blank in another way", person{"number": "\u00a0"}, stafflist.EmployeeNumber, "No employee number, so we cannot tell who this is. Add it in ESR."},
		{"a number a spreadsheet shortened", person{"number": "2.04188E+07"}, stafflist.EmployeeNumber, "Employee number “2.04188E+07” was shortened by a spreadsheet. Export the list again and keep the column as text."},
		{"a formula for a number", person{"number": `=HYPERLINK("x")`}, stafflist.EmployeeNumber, "Employee number “=HYPERLINK(\"x\")” has signs that such a number does not have. Correct it in ESR."},
		{"no surname", person{"family": " "}, stafflist.Family, "No surname. Add it in ESR."},
		{"a slip in the staff group", person{"group": "Nusring"}, stafflist.StaffGroup, "Staff group “Nusring” is not known. Did you mean Nursing and midwifery?"},
		{"another slip", person{"group": "Alied Health Profesionals"}, stafflist.StaffGroup, "Staff group “Alied Health Profesionals” is not known. Did you mean Allied health professions?"},
		{"a group of nobody", person{"group": "Wizards"}, stafflist.StaffGroup, "Staff group “Wizards” is not known. Correct it in ESR, or add it to your staff groups."},
		{"a slip in the contract", person{"contract": "Permenant"}, stafflist.Contract, "Contract “Permenant” is not known. Did you mean Permanent?"},
		{"a contract of nobody", person{"contract": "Knight"}, stafflist.Contract, "Contract “Knight” is not known. Correct it in ESR."},
		{"an address that is none", person{"email": "sian at example.org"}, stafflist.Email, "Email “sian at example.org” is not an email address. Correct it in ESR."},
		{"an address with a name", person{"email": "Siân <sian@example.org>"}, stafflist.Email, "Email “siân <sian@example.org>” is not an email address. Correct it in ESR."},
		{"an address with no place", person{"email": "sian@ward"}, stafflist.Email, "Email “sian@ward” is not an email address. Correct it in ESR."},
		{"hours for FTE", person{"fte": "37.5"}, stafflist.FTE, "FTE “37.5” is not between 0 and 2. If it is hours a week, choose another column. If not, correct it in ESR."},
		{"less than nothing", person{"fte": "-0.2"}, stafflist.FTE, "FTE “-0.2” is not between 0 and 2. If it is hours a week, choose another column. If not, correct it in ESR."},
		{"words for FTE", person{"fte": "full"}, stafflist.FTE, "FTE “full” is not a number. Correct it in ESR."},
		{"not a number in the machine's own words", person{"fte": "NaN"}, stafflist.FTE, "FTE “NaN” is not a number. Correct it in ESR."},
		{"a bell", person{"family": "Heron\afold"}, stafflist.Family, "Surname “Heron□fold” holds a character that cannot be printed. Type it again in ESR."},
		{"text that runs backwards", person{"given": "Si\u202ean"}, stafflist.Given, "First name “Si□an” holds a character that cannot be printed. Type it again in ESR."},
		{"a damaged letter", person{"family": "Mu\ufffdoz"}, stafflist.Family, "Surname “Mu\ufffdoz” has a damaged letter. Export the list again as UTF-8."},
		{"a spreadsheet's error", person{"site": "#N/A"}, stafflist.Site, "Site “#N/A” is an error of the spreadsheet. Mend the formula and save the list again."},
		{"a novel", person{"role": strings.Repeat("x", 201)}, stafflist.Role, "Role is longer than 200 letters. Shorten it in ESR."},
		{"neither yes nor no", person{"main": "perhaps"}, stafflist.Primary, "Main assignment “perhaps” is neither yes nor no. Correct it in ESR."},
		{"an applicant", person{"type": "Applicant"}, stafflist.PersonType, "This is an applicant, who is not employed yet. Leave applicants out of the list."},
		{"left, no one says when", person{"type": "Ex-employee"}, stafflist.End, "Marked as “Ex-employee” but without a leaving date. Add it in ESR."},
		{"a person type of nobody", person{"type": "Pilgrim"}, stafflist.PersonType, "Person type “Pilgrim” is not known, so we cannot tell if this is an employee. Correct it in ESR."},
	} {
		t.Run(test.name, func(t *testing.T) {
			list, err := open(wide+test.row.csv(), stafflist.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if len(list.Rejects) != 1 || len(list.Rows) != 0 {
				t.Fatalf("%d rows, rejects %+v", len(list.Rows), list.Rejects)
			}
			got := list.Rejects[0]
			if got.Reason != test.want || got.Field != test.field || got.Row != 2 {
				t.Errorf("row %d, %s: %s\nwant %s: %s", got.Row, got.Field, got.Reason, test.field, test.want)
			}
			for _, word := range []string{"please", "invalid", "oops", "!"} {
				if strings.Contains(strings.ToLower(got.Reason), word) {
					t.Errorf("%q is not how we speak: %s", word, got.Reason)
				}
			}
		})
	}
}

// A row with two faults is told both at once, and counts as one row.
func TestRejects_TellEveryFaultOfARow(t *testing.T) {
	list, err := open(wide+person{"start": "31/02/2026", "group": "Nusring"}.csv(), stafflist.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(list.Rejects) != 2 || list.Refused() != 1 {
		t.Errorf("%d rejects of %d rows", len(list.Rejects), list.Refused())
	}
}

// Where the list has its own source, mistakes are corrected there.
func TestRejects_NameTheSource(t *testing.T) {
	profile := stafflist.Local()
	profile.Source = "Payroll"
	list, err := open(wide+person{"start": "soon"}.csv(), stafflist.Options{Profile: profile})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := list.Rejects[0].Reason, "Start date “soon” is not a date. Correct it in Payroll."; got != want {
		t.Errorf("%s", got)
	}
	profile.Source = ""
	if list, err = open(wide+person{"start": "soon"}.csv(), stafflist.Options{Profile: profile}); err != nil {
		t.Fatal(err)
	}
	if got, want := list.Rejects[0].Reason, "Start date “soon” is not a date. Correct it in the list."; got != want {
		t.Errorf("%s", got)
	}
}

// What lists say in odd ways and mean well is taken.
func TestRead_TakesWhatPeopleMean(t *testing.T) {
	for _, test := range []struct {
		name  string
		row   person
		check func(stafflist.Row) bool
	}{
		{"day-month-year in letters", person{"start": "1-May-2024"}, func(r stafflist.Row) bool { return r.Start.String() == "2024-05-01" }},
		{"a short year", person{"start": "01-MAY-24"}, func(r stafflist.Row) bool { return r.Start.String() == "2024-05-01" }},
		{"a time of midnight", person{"start": "2024-05-01 00:00:00"}, func(r stafflist.Row) bool { return r.Start.String() == "2024-05-01" }},
		{"the end of time", person{"end": "31-DEC-4712"}, func(r stafflist.Row) bool { return r.End.IsZero() }},
		{"spaces everywhere", person{"family": " Heron\u00a0 fold\n"}, func(r stafflist.Row) bool { return r.Family == "Heron fold" }},
		{"letters in pieces", person{"given": "Sia\u0302n"}, func(r stafflist.Row) bool { return r.Given == "Siân" }},
		{"one name only", person{"given": ""}, func(r stafflist.Row) bool { return r.Name() == "Heronfold" }},
		{"an address in capitals", person{"email": "Sian.Heronfold@Example.ORG"}, func(r stafflist.Row) bool { return r.Email == "sian.heronfold@example.org" }},
		{"decimal comma", person{"fte": "0,53333"}, func(r stafflist.Row) bool { return r.FTE == 53 }},
		{"the most hours there are", person{"fte": "2"}, func(r stafflist.Row) bool { return r.FTE == 200 }},
		{"staff group by its short name", person{"group": "AHP"}, func(r stafflist.Row) bool { return r.StaffGroup == "Allied health professions" }},
		{"staff group with a sign", person{"group": "ADD PROF SCIENTIFIC & TECHNIC"}, func(r stafflist.Row) bool {
			return r.StaffGroup == "Additional professional scientific and technical"
		}},
		{"no staff group", person{"group": ""}, func(r stafflist.Row) bool { return r.StaffGroup == "" }},
		{"a secondee, told by the person type", person{"contract": "Fixed Term Temp", "type": "Secondee"}, func(r stafflist.Row) bool { return r.Category == stafflist.Secondee }},
		{"an ordinary person type", person{"contract": "Bank", "type": "Employee"}, func(r stafflist.Row) bool { return r.Category == stafflist.Bank }},
		{"someone who left, with the day", person{"type": "Ex-employee", "end": "01/06/2024"}, func(r stafflist.Row) bool { return r.End.String() == "2024-06-01" }},
		{"main, in one letter", person{"main": "y"}, func(r stafflist.Row) bool { return r.Primary == stafflist.Yes }},
		{"a number wrapped as a formula to keep its noughts", person{"number": `="00418833"`}, func(r stafflist.Row) bool { return r.EmployeeNumber == "00418833" }},
		{"a number marked as text", person{"number": "'00418833"}, func(r stafflist.Row) bool { return r.EmployeeNumber == "00418833" }},
		{"text like a formula stays text", person{"role": "=1+1"}, func(r stafflist.Row) bool { return r.Role == "=1+1" }},
	} {
		t.Run(test.name, func(t *testing.T) {
			list, err := open(wide+test.row.csv(), stafflist.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if len(list.Rows) != 1 || !test.check(list.Rows[0]) {
				t.Errorf("read %+v, rejects %+v", list.Rows, list.Rejects)
			}
		})
	}
}

func TestRead_FullName(t *testing.T) {
	const head = "Employee Number,Employee Name,Latest Start Date\n"
	for _, test := range []struct{ name, cell, given, family, reject string }{
		{"surname first", "Heronfold, Siân", "Siân", "Heronfold", ""},
		{"with titles", "O’Tansyfold, Prof. Dr. Siân Mair", "Siân Mair", "O’Tansyfold", ""},
		{"someone called Miss", "Heronfold, Miss", "Miss", "Heronfold", ""},
		{"no comma", "Siân Heronfold", "", "", "Full name “Siân Heronfold” has no comma, so we cannot tell the surname. Use one column for the surname and one for the first name."},
	} {
		t.Run(test.name, func(t *testing.T) {
			list, err := open(head+"1,\""+test.cell+"\",01/05/2024\n", stafflist.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if test.reject != "" {
				if len(list.Rejects) != 1 || list.Rejects[0].Reason != test.reject {
					t.Errorf("rejects %+v", list.Rejects)
				}
				return
			}
			if len(list.Rows) != 1 || list.Rows[0].Given != test.given || list.Rows[0].Family != test.family {
				t.Errorf("read %+v", list.Rows)
			}
		})
	}
}

// In a row whose cells slipped, any cell may be a birth date: nothing of it is
// shown, and its person stays as before.
func TestRead_CellsThatSlippedAreRefusedAndNotShown(t *testing.T) {
	const head = "Employee Number,First Name,Last Name,Date of Birth,Start Date,Role\n"
	for _, test := range []struct{ name, row, want string }{
		{"a comma too many", "17,Asha,Otter,brook,1971-02-03,01/05/2024,Nurse\n", "may have slipped"},
		{"a quotation mark in the wrong place", "17,Asha,\"Otter\"brook,Nurse,1971-02-03,White\n", "quotation mark"},
		{"slipped from the first cell on", "x,1971-02-03,Asha,Otterbrook,1971-02-03,01/05/2024,Nurse\n", "may have slipped"},
	} {
		t.Run(test.name, func(t *testing.T) {
			list, err := open(head+test.row, stafflist.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if len(list.Rows) != 0 || len(list.Rejects) != 1 || !strings.Contains(list.Rejects[0].Reason, test.want) {
				t.Fatalf("%d rows, rejects %+v", len(list.Rows), list.Rejects)
			}
			r := list.Rejects[0]
			if text := r.EmployeeNumber + r.Name + r.Value + r.Reason; strings.Contains(text, "1971") || strings.Contains(text, "White") {
				t.Errorf("shows %+v", r)
			}
		})
	}
}

// A mutual outside the NHS has staff groups of its own.
func TestRead_OwnStaffGroups(t *testing.T) {
	groups := []stafflist.Group{{Code: "C", Name: "Care workers", Aliases: []string{"Carers"}}}
	list, err := open(wide+person{"group": "carers"}.csv()+person{"group": "Nursing"}.csv(), stafflist.Options{Groups: groups})
	if err != nil {
		t.Fatal(err)
	}
	if len(list.Rows) != 1 || list.Rows[0].StaffGroup != "Care workers" || len(list.Rejects) != 1 {
		t.Errorf("rows %+v, rejects %+v", list.Rows, list.Rejects)
	}
}
