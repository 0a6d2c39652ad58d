package stafflist_test

import (
	"reflect"
	"strings"
	"testing"

	"commonweal/internal/own/stafflist"
)

func TestPropose(t *testing.T) {
	for _, test := range []struct {
		name      string
		headings  []string
		want      map[stafflist.Field]string
		ambiguous []stafflist.Field
		missing   []stafflist.Field
		dropped   []string
	}{
		{
			"the usual words in another dress",
			[]string{"EMPLOYEE_NUMBER", "first name", "Surname ", "latest-start-date", "staff  group", "W.T.E.", "NI No", "Car Park Permit"},
			map[stafflist.Field]string{
				stafflist.EmployeeNumber: "EMPLOYEE_NUMBER", stafflist.Given: "first name", stafflist.Family: "Surname",
				stafflist.Start: "latest-start-date", stafflist.StaffGroup: "staff group", stafflist.FTE: "W.T.E.",
			},
			nil, nil,
			[]string{"NI No", "Car Park Permit"},
		},
		{
			"slips and other orders",
			[]string{"Employe Number", "Forename", "Name Family", "Date Start", "Job Roel"},
			map[stafflist.Field]string{
				stafflist.EmployeeNumber: "Employe Number", stafflist.Given: "Forename", stafflist.Family: "Name Family",
				stafflist.Start: "Date Start", stafflist.Role: "Job Roel",
			},
			nil, nil, nil,
		},
		{
			"two columns that fit alike are not chosen between",
			[]string{"Employee Number", "First Name", "Last Name", "Start Date", "Start Date", "Email"},
			map[stafflist.Field]string{
				stafflist.EmployeeNumber: "Employee Number", stafflist.Given: "First Name", stafflist.Family: "Last Name", stafflist.Email: "Email",
			},
			[]stafflist.Field{stafflist.Start},
			[]stafflist.Field{stafflist.Start},
			[]string{"Start Date", "Start Date"},
		},
		{
			"what is missing is named",
			[]string{"Forename", "Colour"},
			map[stafflist.Field]string{stafflist.Given: "Forename"},
			nil,
			[]stafflist.Field{stafflist.EmployeeNumber, stafflist.Family, stafflist.Start},
			[]string{"Colour"},
		},
		{
			"a full name stands for both, unless both are there",
			[]string{"Employee Number", "Full Name", "Start Date"},
			map[stafflist.Field]string{stafflist.EmployeeNumber: "Employee Number", stafflist.FullName: "Full Name", stafflist.Start: "Start Date"},
			nil, nil, nil,
		},
		{
			"a full name beside its parts is left",
			[]string{"Employee Number", "Full Name", "First Name", "Last Name", "Start Date"},
			map[stafflist.Field]string{
				stafflist.EmployeeNumber: "Employee Number", stafflist.Given: "First Name", stafflist.Family: "Last Name", stafflist.Start: "Start Date",
			},
			nil, nil,
			[]string{"Full Name"},
		},
		{
			"the preferred of two that fit",
			[]string{"Employee Number", "First Name", "Last Name", "Start Date", "Latest Start Date"},
			map[stafflist.Field]string{
				stafflist.EmployeeNumber: "Employee Number", stafflist.Given: "First Name", stafflist.Family: "Last Name", stafflist.Start: "Latest Start Date",
			},
			nil, nil,
			[]string{"Start Date"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := stafflist.Propose(test.headings)
			got := map[stafflist.Field]string{}
			for _, c := range p.Choices {
				got[c.Field] = c.Heading
				if c.Confidence < 1 || c.Confidence > 100 || c.Reason == "" {
					t.Errorf("%s: confidence %d, reason %q", c.Heading, c.Confidence, c.Reason)
				}
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("chose %v, want %v", got, test.want)
			}
			var ambiguous []stafflist.Field
			for _, a := range p.Ambiguous {
				ambiguous = append(ambiguous, a.Field)
			}
			var dropped []string
			for _, d := range p.Dropped {
				dropped = append(dropped, d.Heading)
			}
			if !reflect.DeepEqual(ambiguous, test.ambiguous) || !reflect.DeepEqual(p.Missing, test.missing) || !reflect.DeepEqual(dropped, test.dropped) {
				t.Errorf("ambiguous %v, missing %v, dropped %q", ambiguous, p.Missing, dropped)
			}
		})
	}
}

// A proposal that was accepted is a profile that reads the file.
func TestPropose_MakesAProfile(t *testing.T) {
	file := "Emp. Number;Fore name;Sur name;Date of Start\n17;Asha;Otterbrook;01.05.2024\n"
	seen, err := stafflist.Peek(strings.NewReader(file), int64(len(file)), stafflist.Options{})
	if err != nil {
		t.Fatal(err)
	}
	profile := stafflist.Propose(seen.Headings).Profile("ours")
	if err := profile.Check(); err != nil {
		t.Fatal(err)
	}
	list, err := open(file, stafflist.Options{Profile: profile})
	if err != nil {
		t.Fatal(err)
	}
	if len(list.Rows) != 1 || list.Rows[0].Start != date(t, "2024-05-01") {
		t.Errorf("read %+v", list)
	}
}

func TestRecognise(t *testing.T) {
	for _, test := range []struct {
		name     string
		headings []string
		want     string
	}{
		{"the interface", []string{"EmployeeNumber", "FirstName", "LastName", "HireDate", "JobStaffGroup", "OfficeEmailAddress"}, "esr"},
		{"the interface with its tables named", []string{"Person.EmployeeNumber", "Person.FirstName", "Person.LastName", "Person.HireDate", "Position.JobStaffGroup"}, "esr"},
		{"a local report", []string{"Employee Number", "First Name", "Last Name", "Latest Start Date", "Staff Group", "Email Address"}, "local"},
		{"neither", []string{"A", "B"}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, ok := stafflist.Recognise(stafflist.Profiles(), test.headings)
			if got.Name != test.want || ok != (test.want != "") {
				t.Errorf("recognised %q", got.Name)
			}
		})
	}
}

func TestProfile_SavedAndReadAgain(t *testing.T) {
	for _, profile := range stafflist.Profiles() {
		text, err := profile.JSON()
		if err != nil {
			t.Fatal(err)
		}
		again, err := stafflist.ParseProfile(text)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(profile, again) {
			t.Errorf("%s changed in saving", profile.Name)
		}
	}
}

func TestProfile_Check(t *testing.T) {
	for _, test := range []struct {
		name, text, want string
	}{
		{"an unknown key", `{"name":"a","colums":{}}`, "unknown field"},
		{"an unknown field", `{"name":"a","columns":{"shoe_size":["Shoe"]},"date_forms":["yyyyMMdd"]}`, `field "shoe_size" is not known`},
		{"a sensitive column", `{"name":"a","columns":{"role":["NI Number"]},"date_forms":["yyyyMMdd"]}`, "NI number, which is never read"},
		{"one heading for two fields", `{"name":"a","columns":{"role":["Post"],"site":["post"]},"date_forms":["yyyyMMdd"]}`, "given to both role and site"},
		{"a required field left out", `{"name":"a","columns":{"employee_number":["No"],"full_name":["Name"]},"date_forms":["yyyyMMdd"]}`, "no heading for start"},
		{"no date form", `{"name":"a","columns":{"employee_number":["No"],"full_name":["Name"],"start":["Since"]}}`, "no date form"},
		{"a date form without a year", `{"name":"a","columns":{"employee_number":["No"],"full_name":["Name"],"start":["Since"]},"date_forms":["dd/MM"]}`, "lacks a day, a month or a year"},
		{"a date form of another kind", `{"name":"a","columns":{"employee_number":["No"],"full_name":["Name"],"start":["Since"]},"date_forms":["DD/MM/YYYY"]}`, "is not made of d, M and y"},
		{"a strange delimiter", `{"name":"a","columns":{"employee_number":["No"],"full_name":["Name"],"start":["Since"]},"date_forms":["yyyyMMdd"],"delimiter":"x"}`, "is not a comma"},
		{"no name", `{"columns":{}}`, "no name"},
		{"text after the end", `{"name":"a"} {}`, "text after the end"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := stafflist.ParseProfile([]byte(test.text))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func FuzzParseProfile(f *testing.F) {
	for _, profile := range stafflist.Profiles() {
		text, err := profile.JSON()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		profile, err := stafflist.ParseProfile(text)
		if err != nil {
			return
		}
		saved, err := profile.JSON()
		if err != nil {
			t.Fatalf("what was read cannot be saved: %v", err)
		}
		if _, err := stafflist.ParseProfile(saved); err != nil {
			t.Fatalf("what was saved cannot be read: %v", err)
		}
	})
}
