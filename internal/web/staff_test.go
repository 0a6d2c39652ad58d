package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"commonweal/internal/own/member"
	"commonweal/internal/own/share"
	"commonweal/internal/own/staff"
)

// staffRow is one line of a small staff list in the headings of local reports.
type staffRow struct{ number, given, family, group, site, start, leaving string }

const staffHeadings = "Employee Number,First Name,Surname,NI Number,Date of Birth,Staff Group,Job Role,Site,Assignment Category,FTE,Start Date,Leaving Date\r\n"

func staffFile(rows ...staffRow) []byte {
	var b strings.Builder
	b.WriteString(staffHeadings)
	for _, r := range rows {
		fmt.Fprintf(&b, "%s,%s,%s,QQ123456C,01/02/1980,%s,Staff Nurse,%s,Permanent,0.80,%s,%s\r\n", r.number, r.given, r.family, r.group, r.site, r.start, r.leaving)
	}
	return []byte(b.String())
}

const nursing = "Nursing and Midwifery Registered"

// team makes a list of n people, none of whom left.
func team(n int) []staffRow {
	family := []string{"Bevan", "Kowalczyk", "Balogun", "Okafor", "Sayce", "Mensah", "Parry", "Lindqvist", "Osei", "Vaughan"}
	out := make([]staffRow, n)
	for i := range out {
		out[i] = staffRow{fmt.Sprintf("2040%04d", i), fmt.Sprintf("Given%c%c", 'A'+i/26%26, 'a'+i%26), family[i%len(family)], nursing, "Alder House", "01/04/2019", ""}
	}
	return out
}

var listDay = []string{"employer", "severn", "as_at-day", "19", "as_at-month", "11", "as_at-year", "2026"}

// loaded applies a list and returns the address of its receipt.
func loaded(b *browser, name string, content []byte, form ...string) string {
	b.t.Helper()
	if form == nil {
		form = listDay
	}
	at := b.upload("/staff/imports", name, content, form...).leads("/staff/uploads/")
	return b.post(at + "/apply").leads("/staff/imports/")
}

// Nobody but the secretary sees the staff list.
func TestStaff_IsForTheSecretary(t *testing.T) {
	s := newSite(t)
	s.refused("/staff", "/staff.csv", "/staff.json", "/staff/someone", "/staff/imports", "/staff/imports/new", "/staff/imports/x",
		"/staff/imports/x/people", "/staff/uploads/x", "/staff/uploads/x/mapping", "/staff/uploads/x/review", "/staff/uploads/x/leavers")
	nobody := s.as(s.person("Tom", "Curious"))
	nobody.upload("/staff/imports", "a.csv", staffFile(team(3)...), listDay...).want(http.StatusForbidden)
	nobody.post("/staff/uploads/x/apply").want(http.StatusForbidden)
	nobody.post("/staff/uploads/x/discard").want(http.StatusForbidden)
	nobody.post("/staff/uploads/x/mapping").want(http.StatusForbidden)
}

// The whole way of a list: read, dry run, applied once, receipt; then the list
// on a day, one person, and the exports.
func TestStaff_ListFromFileToReceipt(t *testing.T) {
	s := newSite(t)
	huw := s.as(s.Secretary)
	huw.get("/staff").want(http.StatusOK).says("There is no staff list yet", "Load a staff list")
	huw.get("/staff/imports/new").want(http.StatusOK).says("Nothing changes yet").lacks("Whose staff is it?")

	rows := append(team(30), staffRow{"20419006", "Olu", "Adeyemi", nursing, "Ferry Lane", "31/02/2026", ""})
	at := huw.upload("/staff/imports", `C:\lists\november.csv`, staffFile(rows...), listDay...).leads("/staff/uploads/")
	page := huw.get(at).want(http.StatusOK).says(
		"Staff list of 19 November 2026, november.csv", "Dry run: nothing has changed yet",
		"Of 31 rows, 30 can be read. 30 would change the staff list. One is refused.", "Nobody’s membership ends because of this file.",
		"Dropped on reading and not stored: NI number, birth date.", "One row is refused", "Row 32", "31/02/2026", "30 joiners", "Apply 30 changes",
		"There is no class of members for staff yet")
	page.lacks("QQ123456C", "01/02/1980", "Asked twice")
	huw.get(at+"/joiners").want(http.StatusOK).says("GivenAa Bevan", "Alder House")
	huw.get(at + "/nonsense").want(http.StatusNotFound)
	huw.get("/staff").says("A list waits to be applied", "november.csv")

	receipt := huw.post(at + "/apply").leads("/staff/imports/")
	huw.get(receipt).want(http.StatusOK).says("The list is applied. It is entry 1 of the record.", "30 people changed on the staff list.",
		"Nobody’s membership ended by it.", "by Huw Prosser", "31/02/2026", "NI number and birth date", "Fingerprint of the file")
	huw.get(at).want(http.StatusNotFound).says("This dry run is not here any more")
	huw.post(at + "/apply").want(http.StatusNotFound)

	huw.get("/staff").want(http.StatusOK).says("30 people work here today.", "GivenAa Bevan", "Nursing and midwifery 30")
	huw.search("/staff", "kowal").says("3 people are found.", "Kowalczyk").lacks("Bevan")
	huw.get("/staff?on=2018-01-01").says("Nobody is on the staff list on 1 January 2018.", "Nobody is found")
	huw.get("/staff?on-day=31&on-month=2&on-year=2026").want(http.StatusUnprocessableEntity).says("31 February 2026 is not a date.")
	huw.get("/staff?on=tomorrow").want(http.StatusUnprocessableEntity)
	huw.get("/staff?page=9").want(http.StatusOK).says("There are no more")

	found, err := s.House.Staff.On(s.ctx, staff.Filter{Org: "severn", Search: "20400001"})
	if err != nil || len(found.Entries) != 1 {
		t.Fatalf("found %d, %v", len(found.Entries), err)
	}
	huw.get("/staff/"+found.Entries[0].PersonID).want(http.StatusOK).says("GivenAb Kowalczyk",
		"Works here as Staff Nurse at Alder House. Here since 1 April 2019.", "0.80 of whole time", "Permanent", "20400001")
	huw.get("/staff/nobody").want(http.StatusNotFound)
	huw.get(strings.TrimSuffix(receipt, "?applied=now")+"/people").want(http.StatusOK).says("Joined", "GivenAa Bevan")
	huw.get("/staff/imports").want(http.StatusOK).says("19 November 2026", "30 joiners, 0 leavers, 0 changes")

	sent := huw.post("/staff/find", "q", "kowal")
	csv := huw.getAfter(sent, strings.Replace(sent.leads("/staff?find="), "/staff?", "/staff.csv?", 1)).want(http.StatusOK)
	if got := csv.Header.Get("Content-Disposition"); got != `attachment; filename="staff-severn-2026-11-19.csv"` {
		t.Errorf("got %s", got)
	}
	if lines := strings.Count(csv.Body, "\r\n"); lines != 4 {
		t.Errorf("got %d lines, want the head and 3:\n%s", lines, csv.Body)
	}
	var lines []map[string]string
	if err := json.Unmarshal([]byte(huw.get("/staff.json").want(http.StatusOK).Body), &lines); err != nil || len(lines) != 30 || lines[0]["starts"] != "2019-04-01" {
		t.Errorf("got %d lines, %v", len(lines), err)
	}
	huw.get("/staff.csv?on=never").want(http.StatusUnprocessableEntity)
}

// A spreadsheet runs a cell that begins like a formula; an export must not
// carry one out of a name on a staff list.
func TestStaffCSV_DefusesFormulas(t *testing.T) {
	s := newSite(t)
	huw := s.as(s.Secretary)
	loaded(huw, "a.csv", staffFile(staffRow{"1001", "=HYPERLINK(1)", "@Evans", nursing, "-Site", "01/04/2019", ""}))
	csv := huw.get("/staff.csv").want(http.StatusOK).Body
	for _, want := range []string{",'=HYPERLINK(1),'@Evans,", ",'-Site,", ",0.80,"} {
		if !strings.Contains(csv, want) {
			t.Errorf("the export lacks %q:\n%s", want, csv)
		}
	}
}

// What is wrong with a file or a form is said at its field, and nothing is read.
func TestStaffImport_WrongInput(t *testing.T) {
	s := newSite(t)
	huw := s.as(s.Secretary)
	good := staffFile(team(3)...)
	cases := []struct {
		name, file string
		content    []byte
		form       []string
		says       string
	}{
		{"no file was chosen", "", nil, listDay, "Choose a file first."},
		{"a file that is no list", "photo.jpg", []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x02\x03"), listDay, "There is a problem"},
		{"an old workbook", "old.xls", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on"), listDay, "Save it as .xlsx"},
		{"an empty file", "empty.csv", nil, listDay, "The file is empty."},
		{"a field that is far too long", "a.csv", good, append([]string{"employer", strings.Repeat("x", 20_000)}, listDay[2:]...), "is too long, so nothing was read."},
		{"a day that is none", "a.csv", good, []string{"employer", "severn", "as_at-day", "31", "as_at-month", "2", "as_at-year", "2026"}, "31 February 2026 is not a date."},
		{"no day", "a.csv", good, []string{"employer", "severn", "as_at-day", ""}, "The date of the list is missing."},
		{"a day to come", "a.csv", good, []string{"employer", "severn", "as_at-day", "1", "as_at-month", "12", "as_at-year", "2026"}, "which is yet to come"},
		{"a profile that there is not", "a.csv", good, append([]string{"profile", "made up"}, listDay...), "There is no mapping profile"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			huw.upload("/staff/imports", c.file, c.content, c.form...).want(http.StatusUnprocessableEntity).says(c.says)
		})
	}
	huw.post("/staff/imports", "employer", "severn").want(http.StatusUnprocessableEntity)
	huw.get("/staff").says("There is no staff list yet").lacks("waits to be applied")
}

// Headings that nobody has met lead to a page that proposes what they mean; the
// answer is kept under a name, and the next such list needs no question.
func TestStaffMapping(t *testing.T) {
	s := newSite(t)
	huw := s.as(s.Secretary)
	odd := []byte("Worker Ref,Fore Name,Sur Name,NI Number,Began,Team Site,Locker\r\n77,Nia,Rees,QQ123456C,04/03/2019,Ferry Lane,12\r\n78,Ivo,Hale,QQ123456D,05/03/2019,Alder House,13\r\n")
	at := huw.upload("/staff/imports", "odd.csv", odd, listDay...).leads("/staff/uploads/")
	if !strings.HasSuffix(at, "/mapping") {
		t.Fatalf("leads to %s", at)
	}
	huw.get(at).want(http.StatusOK).says("What do the columns mean?", "We have not met a list with these 7 headings.", "Employee number", "Locker",
		"Never read and never stored.", "Not used, unless you choose it.").lacks("QQ123456C", "Ferry Lane", `value="NI Number"`)

	other := s.as(s.officer("director"))
	other.get(at).want(http.StatusForbidden)

	choice := []string{"column-employee_number", "Worker Ref", "column-given", "Fore Name", "column-family", "Sur Name", "column-start", "Began", "column-site", "Team Site"}
	wrong := []struct {
		name string
		form []string
		says string
	}{
		{"nothing chosen", nil, "Choose the column with the employee number."},
		{"no name", choice, "Give this kind of list a name."},
		{"the name of a built-in profile", append([]string{"name", "Local"}, choice...), "There is a kind of list called “local” already."},
		{"one column twice", append([]string{"name", "Payroll", "column-role", "Began"}, choice...), "is chosen for"},
		{"a column that is never read", append([]string{"name", "Payroll", "column-role", "NI Number"}, choice...), "This list has no such column."},
	}
	for _, c := range wrong {
		t.Run(c.name, func(t *testing.T) {
			huw.post(at, c.form...).want(http.StatusUnprocessableEntity).says(c.says)
		})
	}
	dry := huw.post(at, append([]string{"name", "Payroll"}, choice...)...).leads("/staff/uploads/")
	huw.get(dry).want(http.StatusOK).says("2 joiners", "“Locker”")
	huw.get(at).want(http.StatusNotFound).says("Choose the file again")
	huw.post(dry + "/apply").leads("/staff/imports/")

	again := huw.upload("/staff/imports", "odd.csv", append(odd, "79,Ann,Cole,QQ123456A,01/05/2019,Alder House,14\r\n"...), listDay...).leads("/staff/uploads/")
	huw.get(again).want(http.StatusOK).says("1 joiner")
}

// A file whose columns are not yet understood may hold what is never stored, so
// it waits in memory, for half an hour and for its own reader alone.
func TestStaffMapping_FileGoesAfterHalfAnHour(t *testing.T) {
	s := newSite(t)
	huw := s.as(s.Secretary)
	at := huw.upload("/staff/imports", "odd.csv", []byte("Ref,Began\r\n77,04/03/2019\r\n"), listDay...).leads("/staff/uploads/")
	huw.get(at).want(http.StatusOK)
	s.Clock.Advance(31 * time.Minute)
	huw = s.as(s.Secretary) // a session does not last that long without use either
	huw.get(at).want(http.StatusNotFound).says("Choose the file again", "Nothing was changed.")
	huw.post(at, "name", "Payroll").want(http.StatusNotFound)
}

// More than one in twenty leaving is asked about twice, and who said yes stands
// in the receipt.
func TestStaffImport_AsksTwice(t *testing.T) {
	s := newSite(t)
	huw := s.as(s.Secretary)
	loaded(huw, "october.csv", staffFile(team(40)...), "employer", "severn", "as_at-day", "19", "as_at-month", "10", "as_at-year", "2026")
	at := huw.upload("/staff/imports", "november.csv", staffFile(team(30)...), listDay...).leads("/staff/uploads/")
	huw.get(at).want(http.StatusOK).says("This list needs a second look.", "10 of 40 people would leave", "10 leavers", "That is 25% of the 40 people here.", "Go on and confirm it")
	if to := huw.post(at + "/apply").leads("/staff/uploads/"); !strings.HasSuffix(to, "/review") {
		t.Errorf("leads to %s", to)
	}
	huw.get(at+"/review").want(http.StatusOK).says("Is this list right?", "which is more than 5%", "Nobody’s membership ends because of this file.")
	huw.post(at+"/apply", "asked", "yes").want(http.StatusUnprocessableEntity).says("Check the list first.")
	receipt := huw.post(at+"/apply", "asked", "yes", "sure", "yes").leads("/staff/imports/")
	huw.get(receipt).says("Confirmed by Huw Prosser")
}

// When another list was applied after the dry run, nothing is done and the page
// says so and offers to read the list again.
func TestStaffImport_Overtaken(t *testing.T) {
	s := newSite(t)
	huw := s.as(s.Secretary)
	rows := team(30)
	loaded(huw, "a.csv", staffFile(rows...))
	rows[3].site = "Ferry Lane"
	first := huw.upload("/staff/imports", "b.csv", staffFile(rows...), listDay...).leads("/staff/uploads/")
	rows[3].site = "Quay Street"
	loaded(huw, "c.csv", staffFile(rows...))
	huw.post(first+"/apply").want(http.StatusConflict).says("The staff list has changed since this dry run", "Nothing was done with your list", "Run it again")
	to := huw.post(first + "/discard").leads("/staff/imports/new?")
	huw.get(to).want(http.StatusOK)
	if !strings.Contains(to, "as_at-day=19") {
		t.Errorf("the day of the list is forgotten: %s", to)
	}
	huw.post(first + "/discard").leads("/staff/imports/new")
	again := huw.upload("/staff/imports", "c.csv", staffFile(rows...), listDay...).leads("/staff/uploads/")
	huw.get(again).says("This list has been applied already", "Nothing would change.").lacks("Apply 0")
}

// What follows for a leaver is what the rules say, by the day; the list itself
// ends nothing.
func TestStaffImport_SaysWhatFollows(t *testing.T) {
	s := newSite(t)
	s.staffClass()
	huw := s.as(s.Secretary)
	rows := team(40)
	loaded(huw, "october.csv", staffFile(rows...), "employer", "severn", "as_at-day", "19", "as_at-month", "10", "as_at-year", "2026")
	found, err := s.House.Staff.On(s.ctx, staff.Filter{Org: "severn", Search: "20400000"})
	if err != nil {
		t.Fatal(err)
	}
	person := found.Entries[0].PersonID
	if _, err := s.House.Members.Apply(s.ctx, person, "severn", member.Application{Person: person, Class: "staff", Effective: s.day("2026-11-19")}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.House.Members.Admit(s.ctx, s.Secretary, "severn", member.Decision{Person: person, Class: "staff", Effective: s.day("2026-11-19")}); err != nil {
		t.Fatal(err)
	}
	class, err := s.House.Shares.MakeClass(s.ctx, s.Secretary, "severn", share.Class{
		Code: "member", Name: "Member share", NominalPence: 100, CancelsOnLeaving: true, Starts: s.day("2024-04-01"),
	})
	if err != nil {
		t.Fatal(err)
	}
	file, err := s.House.Members.File(s.ctx, "severn", person)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.House.Shares.Record(s.ctx, s.Secretary, "severn", share.Entry{
		Kind: share.Issue, Class: class, To: file.MemberID, Quantity: 1, PaidPence: 100, Effective: s.day("2026-11-19"),
	})
	if err != nil {
		t.Fatal(err)
	}
	rows[0].leaving, rows[1].leaving = "18/11/2026", "13/11/2026"
	rows[2].site, rows[2].family = "Ferry Lane", "Balogun-Hughes"
	rows = append(rows, staffRow{"30000001", "Mair", "Price", nursing, "Quay Street", "01/11/2026", ""})
	at := huw.upload("/staff/imports", "november.csv", staffFile(rows...), listDay...).leads("/staff/uploads/")
	huw.get(at).want(http.StatusOK).says(
		"A leaver on the list starts rule 14: membership ends 28 days after employment does, and the member is told.",
		"GivenAa Bevan 18 November Member: ends 16 December under rule 14. Share cancelled, £1 returned.", "GivenAb Kowalczyk 13 November Not a member. Nothing follows.",
		"One may become a member at once.", "Surname Balogun Balogun-Hughes", "Site Alder House Ferry Lane", "37 people are as before.", "Apply 4 changes")
	huw.get(at + "/leavers").want(http.StatusOK).says("Member: ends 16 December under rule 14.")
	huw.get(at + "/changes").want(http.StatusOK).says("Balogun-Hughes")
	huw.post(at + "/apply").leads("/staff/imports/")
	huw.get("/staff/"+person).want(http.StatusOK).says("Left on 18 November.", "Membership", "Admitted on 19 November 2026")
	status, err := s.House.Members.Status(s.ctx, "severn", person, s.day("2026-11-20"))
	if err != nil || status.State != member.Member {
		t.Errorf("the list ended a membership: %v, %v", status, err)
	}
}
