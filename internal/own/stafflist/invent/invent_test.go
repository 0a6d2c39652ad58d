package invent_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"commonweal/internal/own/stafflist"
	"commonweal/internal/own/stafflist/invent"
	"commonweal/law"
)

func date(t testing.TB, s string) law.Date {
	t.Helper()
	d, err := law.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func read(t testing.TB, file []byte, profile stafflist.Profile) stafflist.List {
	t.Helper()
	list, err := stafflist.Read(bytes.NewReader(file), int64(len(file)), stafflist.Options{Profile: profile})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// What is written in each layout and each kind of file is read back as it was,
// and nothing that must be dropped comes through.
func TestWrite_IsReadBackAsItWas(t *testing.T) {
	asAt := date(t, "2026-11-19")
	rows := invent.Evolve(invent.Generate(7, 400, asAt.AddYears(-1)), asAt.AddYears(-1), asAt, 7)
	for _, test := range []struct {
		name    string
		layout  invent.Layout
		profile stafflist.Profile
		dropped []string
	}{
		{"ESR", invent.ESR(), stafflist.ESR(), []string{"DateOfBirth", "NiNumber", "EthnicOrigin", "Grade", "PersonId"}},
		{"local", invent.Local(), stafflist.Local(), []string{"NI Number", "Date of Birth", "Pay Band"}},
	} {
		for _, kind := range []string{"CSV", "workbook"} {
			t.Run(test.name+" "+kind, func(t *testing.T) {
				var file bytes.Buffer
				write := invent.WriteCSV
				if kind == "workbook" {
					write = invent.WriteXLSX
				}
				if err := write(&file, rows, test.layout); err != nil {
					t.Fatal(err)
				}
				list := read(t, file.Bytes(), test.profile)
				if len(list.Rejects) > 0 {
					t.Fatalf("rejects: %+v", list.Rejects[0])
				}
				if len(list.Rows) != len(rows) {
					t.Fatalf("%d rows became %d", len(rows), len(list.Rows))
				}
				for i := range rows {
					if rows[i] != list.Rows[i] {
						t.Fatalf("row %d\nwrote %+v\nread  %+v", i, rows[i], list.Rows[i])
					}
				}
				var dropped []string
				for _, d := range list.Dropped {
					dropped = append(dropped, d.Heading)
				}
				if !reflect.DeepEqual(dropped, test.dropped) {
					t.Errorf("dropped %q, want %q", dropped, test.dropped)
				}
				if list.Source.Kind != kind {
					t.Errorf("kind %q", list.Source.Kind)
				}
			})
		}
	}
}

func TestGenerate_IsDeterministic(t *testing.T) {
	asAt := date(t, "2026-11-19")
	a, b := invent.Generate(1, 300, asAt), invent.Generate(1, 300, asAt)
	if !reflect.DeepEqual(a, b) {
		t.Fatal("the same seed gave two lists")
	}
	if reflect.DeepEqual(a, invent.Generate(2, 300, asAt)) {
		t.Fatal("two seeds gave one list")
	}
	from := asAt.AddMonths(-6)
	if !reflect.DeepEqual(invent.Evolve(a, from, asAt, 1), invent.Evolve(b, from, asAt, 1)) {
		t.Fatal("the same seed gave two histories")
	}
}

// A demonstration of 3,000 people should not look like copies of ten.
func TestGenerate_NamesAreVariedAndAddressesAreNobodys(t *testing.T) {
	asAt := date(t, "2026-11-19")
	surnames, emails, numbers := map[string]int{}, map[string]bool{}, map[string]bool{}
	people := 0
	for _, row := range invent.Generate(3, 3_000, asAt) {
		if row.Primary != stafflist.Yes {
			continue
		}
		people++
		surnames[row.Family]++
		if emails[row.Email] {
			t.Errorf("two people have %s", row.Email)
		}
		emails[row.Email] = true
		if !strings.HasSuffix(row.Email, "@example.org") {
			t.Errorf("%s could be somebody's", row.Email)
		}
		if numbers[row.EmployeeNumber] {
			t.Errorf("two people have number %s", row.EmployeeNumber)
		}
		numbers[row.EmployeeNumber] = true
		if row.Start.After(asAt) {
			t.Errorf("%s starts after the list", row.EmployeeNumber)
		}
	}
	if people != 3_000 {
		t.Errorf("%d people", people)
	}
	if len(surnames) < 2_900 {
		t.Errorf("only %d surnames", len(surnames))
	}
	for name, n := range surnames {
		if n > 2 {
			t.Errorf("%d people are called %s", n, name)
		}
	}
}

// Two years, month by month: numbers and addresses are never given twice, each
// monthly list can be read in turn, and the organisation neither empties nor bursts.
func TestEvolve_TwoYearsHoldTogether(t *testing.T) {
	from := date(t, "2024-11-01")
	rows := invent.Generate(11, 1_000, from)
	owner := map[string]string{}
	joined, left := 0, map[string]bool{}
	var known []stafflist.Person
	previous := rows
	for month := range 25 {
		day := from.AddMonths(month)
		if month > 0 {
			previous, rows = rows, invent.Evolve(rows, from.AddMonths(month-1), day, 11)
		}
		before := map[string]bool{}
		for _, row := range previous {
			before[row.EmployeeNumber] = true
		}
		for _, row := range rows {
			if who, taken := owner[row.Email]; taken && who != row.EmployeeNumber {
				t.Fatalf("%s belonged to %s and is given to %s", row.Email, who, row.EmployeeNumber)
			}
			owner[row.Email] = row.EmployeeNumber
			if left[row.EmployeeNumber] {
				t.Fatalf("%s had left and is back", row.EmployeeNumber)
			}
			if month > 0 && !before[row.EmployeeNumber] && row.Primary == stafflist.Yes {
				joined++
			}
		}
		for number := range before {
			if month > 0 && !has(rows, number) {
				left[number] = true
			}
		}
		var file bytes.Buffer
		if err := invent.WriteCSV(&file, rows, invent.ESR()); err != nil {
			t.Fatal(err)
		}
		list := read(t, file.Bytes(), stafflist.ESR())
		plan, err := stafflist.Compare(known, list, day, stafflist.Terms{})
		if err != nil {
			t.Fatal(err)
		}
		if len(plan.Rejects) > 0 {
			t.Fatalf("%s: %s", day, plan.Rejects[0].Reason)
		}
		if len(plan.NeedsConfirmation) > 0 {
			t.Fatalf("%s: %s", day, plan.NeedsConfirmation[0].Reason)
		}
		known = stafflist.Apply(known, plan)
	}
	if joined < 150 || joined > 400 {
		t.Errorf("%d joined in two years", joined)
	}
	if len(left) < 120 || len(left) > 350 {
		t.Errorf("%d left in two years", len(left))
	}
	if len(known) != 1_000+joined {
		t.Errorf("%d people known, want the first thousand and %d joiners", len(known), joined)
	}
}

func has(rows []stafflist.Row, number string) bool {
	for _, row := range rows {
		if row.EmployeeNumber == number {
			return true
		}
	}
	return false
}
