package stafflist_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/own/stafflist"
	"commonweal/internal/own/stafflist/invent"
	"commonweal/law"
)

const listDay = "2026-11-19"

// row makes a row of someone long in post; edit changes what the case is about.
func row(t testing.TB, line int, number, given, family string, edit ...func(*stafflist.Row)) stafflist.Row {
	r := stafflist.Row{
		Number: line,
		Who:    stafflist.Who{EmployeeNumber: number, Given: given, Family: family, Email: strings.ToLower(given) + number + "@example.org"},
		Post:   stafflist.Post{StaffGroup: "Nursing and midwifery", Role: "Staff Nurse", Site: "Ferry Lane", Category: stafflist.Permanent, FTE: 100, Start: date(t, "2020-03-02")},
	}
	for _, e := range edit {
		e(&r)
	}
	return r
}

func known(rows ...stafflist.Row) []stafflist.Person {
	var out []stafflist.Person
	for _, r := range rows {
		out = append(out, stafflist.Person{Who: r.Who, Main: r.Post})
	}
	return out
}

// compare also proves that applying the plan settles the list: the second time
// nothing is left to do.
func compare(t testing.TB, current []stafflist.Person, list stafflist.List, day string, terms stafflist.Terms) stafflist.Plan {
	t.Helper()
	asAt := date(t, day)
	plan, err := stafflist.Compare(current, list, asAt, terms)
	if err != nil {
		t.Fatal(err)
	}
	again, err := stafflist.Compare(stafflist.Apply(current, plan), list, asAt, terms)
	if err != nil {
		t.Fatal(err)
	}
	if !again.Empty() {
		t.Fatalf("the same list again would change %+v", again)
	}
	return plan
}

// brief writes a plan in a few words.
func brief(plan stafflist.Plan) string {
	var out []string
	for _, j := range plan.Joiners {
		word := "joins "
		if j.Return {
			word = "returns "
		}
		out = append(out, word+j.Name())
	}
	for _, l := range plan.Leavers {
		out = append(out, fmt.Sprintf("leaves %s %s %s", l.Name(), l.Left, l.Reason))
	}
	for _, c := range plan.Changes {
		for _, d := range c.Differences {
			out = append(out, fmt.Sprintf("%s %s: %s > %s", c.Name(), d.Field.Label(), d.Was, d.Becomes))
		}
	}
	for _, number := range plan.Held {
		out = append(out, "held "+number)
	}
	for _, r := range plan.Rejects {
		out = append(out, fmt.Sprintf("row %d: %s", r.Row, r.Reason))
	}
	return strings.Join(out, "\n")
}

func TestCompare(t *testing.T) {
	day := func(s string) law.Date { return date(t, s) }
	end := func(s string) func(*stafflist.Row) { return func(r *stafflist.Row) { r.End = day(s) } }
	start := func(s string) func(*stafflist.Row) { return func(r *stafflist.Row) { r.Start = day(s) } }
	assignment := func(n string, p stafflist.Mark) func(*stafflist.Row) {
		return func(r *stafflist.Row) { r.AssignmentNumber, r.Primary = n, p }
	}
	site := func(s string) func(*stafflist.Row) { return func(r *stafflist.Row) { r.Site = s } }
	hours := func(n int) func(*stafflist.Row) { return func(r *stafflist.Row) { r.FTE = n } }

	amara := func(line int, edit ...func(*stafflist.Row)) stafflist.Row {
		return row(t, line, "1001", "Amara", "Heronfold", edit...)
	}
	kofi := func(line int, edit ...func(*stafflist.Row)) stafflist.Row {
		return row(t, line, "1002", "Kofi", "Tansygate", edit...)
	}
	for _, test := range []struct {
		name    string
		current []stafflist.Person
		rows    []stafflist.Row
		want    string
	}{
		{"nothing new", known(amara(0), kofi(0)), []stafflist.Row{amara(2), kofi(3)}, ""},
		{"a joiner", known(amara(0)), []stafflist.Row{amara(2), kofi(3)}, "joins Kofi Tansygate"},
		{"someone who will join is a joiner already", known(amara(0)), []stafflist.Row{amara(2), kofi(3, start("2026-12-07"))}, "joins Kofi Tansygate"},
		{"someone who left before we knew them is no news", known(amara(0)), []stafflist.Row{amara(2), kofi(3, end("2026-10-31"))}, ""},
		{"gone from the list: left by the list's day", known(amara(0), kofi(0)), []stafflist.Row{amara(2)}, "leaves Kofi Tansygate 2026-11-19 absent"},
		{"gone with a day: left that day", known(amara(0), kofi(0)), []stafflist.Row{amara(2), kofi(3, end("2026-10-31"))}, "leaves Kofi Tansygate 2026-10-31 ended"},
		{"the last day is still a day of employment", known(amara(0)), []stafflist.Row{amara(2, end(listDay))}, "Amara Heronfold Leaving date: none > 19 November 2026"},
		{"a leaving planned for later is a change, not a leaver", known(amara(0)), []stafflist.Row{amara(2, end("2026-12-31"))}, "Amara Heronfold Leaving date: none > 31 December 2026"},
		{"a planned leaving taken back", known(amara(0, end("2026-12-31"))), []stafflist.Row{amara(2)}, "Amara Heronfold Leaving date: 31 December 2026 > none"},
		{"gone as planned is no news", known(amara(0), kofi(0, end("2026-10-31"))), []stafflist.Row{amara(2)}, ""},
		{"gone earlier than planned", known(amara(0), kofi(0, end("2026-12-31"))), []stafflist.Row{amara(2)}, "leaves Kofi Tansygate 2026-11-19 absent"},
		{"back again", known(amara(0), kofi(0, end("2025-10-31"))), []stafflist.Row{amara(2), kofi(3, start("2026-11-02"))}, "returns Kofi Tansygate"},
		{"a leaving date mended afterwards", known(amara(0), kofi(0, end("2026-11-10"))), []stafflist.Row{amara(2), kofi(3, end("2026-10-31"))}, "Kofi Tansygate Leaving date: 10 November 2026 > 31 October 2026"},
		{"who starts after the list's day is not expected in it", known(amara(0), kofi(0, start("2026-12-07"))), []stafflist.Row{amara(2)}, ""},
		{"a move, as people read it", known(amara(0)), []stafflist.Row{amara(2, site("Alder House"), hours(60))}, "Amara Heronfold Site: Ferry Lane > Alder House\nAmara Heronfold FTE: 1.00 > 0.60"},
		{
			"one number, two names, one of them known: the known one stays", known(amara(0)),
			[]stafflist.Row{amara(94), row(t, 731, "1001", "Dewi", "Lupinmere")},
			"row 731: The same number is on row 94 with another name. Ask which is right.",
		},
		{
			"one number, two names, both unknown: nobody can tell", known(kofi(0)),
			[]stafflist.Row{kofi(2), amara(94), row(t, 731, "1001", "Dewi", "Lupinmere")},
			"row 94: The same number is on row 731 with another name. Ask which is right.\nrow 731: The same number is on row 94 with another name. Ask which is right.",
		},
		{
			"a name in capitals is the same name", known(amara(0)),
			[]stafflist.Row{amara(2, assignment("1001-1", stafflist.Yes)), amara(3, assignment("1001-2", stafflist.No), func(r *stafflist.Row) { r.Family = "HERONFOLD" })},
			"Amara Heronfold Assignment number: none > 1001-1\nAmara Heronfold Other posts: none > Staff Nurse, Ferry Lane, 1001-2, 1.00",
		},
		{
			"the post marked main counts", nil,
			[]stafflist.Row{amara(2, assignment("1001-1", stafflist.No), site("Alder House")), amara(3, assignment("1001-2", stafflist.Yes), hours(20))},
			"joins Amara Heronfold",
		},
		{
			"two main posts cannot be", known(amara(0)),
			[]stafflist.Row{amara(2, assignment("1001-1", stafflist.Yes)), amara(3, assignment("1001-2", stafflist.Yes))},
			"held 1001\nrow 2: Rows 2 and 3 are each marked as this person’s main assignment. Leave one marked. Correct it in the list.\nrow 3: Rows 2 and 3 are each marked as this person’s main assignment. Leave one marked. Correct it in the list.",
		},
		{
			"a main post that is over gives way to one that is not", known(amara(0)),
			[]stafflist.Row{amara(2, assignment("", stafflist.Yes), end("2026-10-31")), amara(3, assignment("", stafflist.No), site("Alder House"))},
			"Amara Heronfold Site: Ferry Lane > Alder House",
		},
		{
			"employment lasts as long as the longest post", known(amara(0)),
			[]stafflist.Row{amara(2, assignment("", stafflist.Yes), end("2026-12-31")), amara(3, assignment("", stafflist.No), hours(20))},
			"Amara Heronfold Other posts: none > Staff Nurse, Ferry Lane, 0.20",
		},
		{
			"one assignment told in two ways", known(amara(0)),
			[]stafflist.Row{amara(2, assignment("1001-1", stafflist.Yes)), amara(3, assignment("1001-1", stafflist.No), hours(20))},
			"held 1001\nrow 3: The same assignment is on row 2 with other details. Ask which is right.",
		},
		{"a row twice over is one", known(amara(0)), []stafflist.Row{amara(2), amara(3)}, ""},
		{
			"noughts that a spreadsheet took away", known(row(t, 0, "001001", "Amara", "Heronfold"), kofi(0)),
			[]stafflist.Row{amara(2), kofi(3)},
			"held 001001\nrow 2: Employee number “1001” may be 001001 without its noughts, which a spreadsheet takes away. Export the list again and keep the column as text.",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			plan := compare(t, test.current, listOf(t, test.rows), listDay, stafflist.Terms{})
			if got := brief(plan); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
			mixed := slices.Clone(test.rows)
			slices.Reverse(mixed)
			again, err := stafflist.Compare(test.current, listOf(t, mixed), date(t, listDay), stafflist.Terms{})
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(again.Joiners, plan.Joiners) || !reflect.DeepEqual(again.Leavers, plan.Leavers) {
				t.Errorf("the order of the file matters:\n%s\n%s", brief(plan), brief(again))
			}
		})
	}
}

// Among posts of which none is marked, the one with most hours counts, and people
// are told.
func TestCompare_UnmarkedPosts(t *testing.T) {
	rows := []stafflist.Row{
		row(t, 2, "1001", "Amara", "Heronfold", func(r *stafflist.Row) { r.FTE, r.Site = 20, "Alder House" }),
		row(t, 3, "1001", "Amara", "Heronfold", func(r *stafflist.Row) { r.FTE = 60 }),
	}
	plan := compare(t, nil, listOf(t, rows), listDay, stafflist.Terms{})
	if got := plan.Joiners[0]; got.Main.FTE != 60 || len(got.Others) != 1 || got.Others[0].FTE != 20 {
		t.Errorf("took %+v", got)
	}
	if len(plan.Notes) != 1 || !strings.Contains(plan.Notes[0].Text, "No assignment of 1001 is marked as the main one") {
		t.Errorf("notes %+v", plan.Notes)
	}
}

// A refused row leaves its person as before: it makes nobody a leaver, not even
// where the fault is in the number itself.
func TestCompare_RefusedRowsMakeNoLeavers(t *testing.T) {
	people := known(row(t, 0, "20418833", "Siân", "Heronfold"), row(t, 0, "20418834", "Asha", "Otterbrook"), row(t, 0, "20418835", "Ade", "Tansygate"))
	people[2].Email = "ade@example.org"
	others := person{"number": "20418834", "given": "Asha", "family": "Otterbrook"}.csv() + person{"number": "20418835", "given": "Ade", "family": "Tansygate"}.csv()
	for _, test := range []struct {
		name, file string
		held       []string
		leavers    int
	}{
		{"a fault beside the number", person{"start": "31/02/2026"}.csv() + others, []string{"20418833"}, 0},
		{"no number: found by name", person{"number": ""}.csv() + others, []string{"20418833"}, 0},
		{"a broken number: found by name", person{"number": "2.04188E+07"}.csv() + others, []string{"20418833"}, 0},
		{"no number, another name: found by address", person{"number": "20418833"}.csv() + person{"number": "20418834", "given": "Asha", "family": "Otterbrook"}.csv() + person{"number": "", "given": "Adé", "family": "Lupinmere", "email": "Ade@example.org"}.csv(), []string{"20418835"}, 0},
		{"a mistyped number with a fault: found by name", person{"number": "99999999", "start": "x"}.csv() + others, []string{"20418833"}, 0},
		{"one post good, one refused", person{}.csv() + person{"start": "x", "role": "Matron"}.csv() + others, []string{"20418833"}, 0},
		{"a namesake without a number does not hold someone who is there", person{}.csv() + person{"number": ""}.csv() + others, nil, 0},
		{"an applicant of the same name holds nobody", person{"type": "Applicant", "number": "5"}.csv() + others, nil, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			list, err := open(wide+test.file, stafflist.Options{})
			if err != nil {
				t.Fatal(err)
			}
			plan := compare(t, people, list, listDay, stafflist.Terms{Keeps: []stafflist.Field{stafflist.Family, stafflist.End}})
			if len(plan.Leavers) != test.leavers || !reflect.DeepEqual(plan.Held, test.held) {
				t.Errorf("plan:\n%s", brief(plan))
			}
		})
	}
}

// What the file does not speak about stays; what the caller does not keep is not
// compared.
func TestCompare_OnlyWhatTheFileHasAndTheCallerKeeps(t *testing.T) {
	before := known(row(t, 0, "1001", "Amara", "Heronfold"))
	after := row(t, 2, "1001", "Amara", "Heronfold", func(r *stafflist.Row) {
		r.Email, r.FTE, r.Site, r.AssignmentNumber = "", 0, "Alder House", "1001-1"
	})
	list := stafflist.List{Rows: []stafflist.Row{after}, Read: 1, Fields: []stafflist.Field{
		stafflist.EmployeeNumber, stafflist.FullName, stafflist.Start, stafflist.Site, stafflist.AssignmentNumber,
	}}
	plan := compare(t, before, list, listDay, stafflist.Terms{Keeps: []stafflist.Field{stafflist.Given, stafflist.Family, stafflist.Email, stafflist.Site, stafflist.FTE}})
	if got, want := brief(plan), "Amara Heronfold Site: Ferry Lane > Alder House"; got != want {
		t.Errorf("got %s", got)
	}
	if now := plan.Changes[0].Person; now.Email != before[0].Email || now.Main.FTE != 100 {
		t.Errorf("lost %+v", now)
	}
}

// A list without leaving dates that lacked someone, and the right list of the
// same day: the person stays.
func TestCompare_TheRightListAfterTheWrongOne(t *testing.T) {
	both := []stafflist.Row{row(t, 2, "1001", "Amara", "Heronfold"), row(t, 3, "1002", "Kofi", "Tansygate")}
	fields := []stafflist.Field{stafflist.EmployeeNumber, stafflist.Given, stafflist.Family, stafflist.Start}
	wrong := stafflist.List{Rows: both[:1], Read: 1, Fields: fields}
	right := stafflist.List{Rows: both, Read: 2, Fields: fields}
	people := known(both...)
	people = stafflist.Apply(people, compare(t, people, wrong, listDay, stafflist.Terms{}))
	plan := compare(t, people, right, listDay, stafflist.Terms{})
	if got, want := brief(plan), "Kofi Tansygate Leaving date: 19 November 2026 > none"; got != want {
		t.Errorf("on the same day: %s", got)
	}
	plan = compare(t, people, right, "2026-12-19", stafflist.Terms{})
	if got, want := brief(plan), "returns Kofi Tansygate"; got != want {
		t.Errorf("a month on: %s", got)
	}
}

func TestCompare_AsksTwice(t *testing.T) {
	asAt := date(t, listDay)
	rows := make([]stafflist.Row, 100)
	for i := range rows {
		rows[i] = row(t, i+2, fmt.Sprint(1000+i), "Asha", fmt.Sprintf("Otter%02d", i))
	}
	renamed := slices.Clone(rows)
	for i := range 21 {
		renamed[i].Family = "Lupin" + renamed[i].Family
	}
	list := func(rows []stafflist.Row, edit ...func(*stafflist.List)) stafflist.List {
		l := listOf(t, rows)
		for _, e := range edit {
			e(&l)
		}
		return l
	}
	for _, test := range []struct {
		name    string
		current []stafflist.Person
		list    stafflist.List
		terms   stafflist.Terms
		want    []stafflist.Doubt
	}{
		{"a usual month", known(rows...), list(rows[:95]), stafflist.Terms{}, nil},
		{"one leaver too many", known(rows...), list(rows[:94]), stafflist.Terms{}, []stafflist.Doubt{{Kind: stafflist.ManyLeavers, Reason: "Six of 100 people would leave, which is more than 5%. Check that the list is whole."}}},
		{"a threshold of one's own", known(rows...), list(rows[:94]), stafflist.Terms{Thresholds: stafflist.Thresholds{Leavers: 10}}, nil},
		{"surnames sorted apart", known(rows...), list(renamed), stafflist.Terms{}, []stafflist.Doubt{{Kind: stafflist.ManySurnames, Reason: "21 of 100 people would have another surname, which is more than 20%. Columns may have been mixed up, or sorted apart."}}},
		{"an empty list", known(rows...), list(nil), stafflist.Terms{}, []stafflist.Doubt{
			{Kind: stafflist.EmptyList, Reason: "The list has no rows below its headings, so all 100 people would leave. Check that the export was finished."},
			{Kind: stafflist.ManyLeavers, Reason: "100 of 100 people would leave, which is more than 5%. Check that the list is whole."},
		}},
		{"an empty first list", nil, list(nil), stafflist.Terms{}, []stafflist.Doubt{{Kind: stafflist.EmptyList, Reason: "The list has no rows below its headings. Check that the export was finished."}}},
		{"a first list", nil, list(rows), stafflist.Terms{}, nil},
		{"a list cut short", known(rows...), list(rows, func(l *stafflist.List) { l.Cut = "It stops." }), stafflist.Terms{}, []stafflist.Doubt{{Kind: stafflist.CutShort, Reason: "It stops. Export it again, or confirm that it is whole."}}},
		{"an older list", known(rows...), list(rows), stafflist.Terms{Previous: asAt.AddDays(1)}, []stafflist.Doubt{{Kind: stafflist.OlderList, Reason: "This list is of 19 November 2026, but one of 20 November 2026 has already been applied. It would undo what is newer."}}},
		{"most rows refused", known(rows...), list(rows[:4], func(l *stafflist.List) {
			l.Read = 5
			l.Rejects = []stafflist.Reject{{Row: 6}, {Row: 7}}
		}), stafflist.Terms{Thresholds: stafflist.Thresholds{Leavers: 99}}, []stafflist.Doubt{{Kind: stafflist.ManyRefused, Reason: "Two of 5 rows are refused, which is more than 20%. Check that the right columns were chosen."}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			plan, err := stafflist.Compare(test.current, test.list, asAt, test.terms)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(plan.NeedsConfirmation, test.want) {
				t.Errorf("got %+v", plan.NeedsConfirmation)
			}
		})
	}
}

// The words of the dry-run page.
func TestPlan_Sentence(t *testing.T) {
	joiners, leavers, changes := make([]stafflist.Joiner, 38), make([]stafflist.Leaver, 21), make([]stafflist.Change, 64)
	for _, test := range []struct {
		plan stafflist.Plan
		want string
	}{
		{stafflist.Plan{Joiners: joiners, Leavers: leavers, Changes: changes, Read: 3_109, Refused: 5}, "Of 3,109 rows, 3,104 can be read. 123 would change the staff list. Five are refused."},
		{stafflist.Plan{Read: 3_109}, "Of 3,109 rows, 3,109 can be read. Nothing would change."},
		{stafflist.Plan{Joiners: joiners[:1], Read: 1}, "Of one row, 1 can be read. One would change the staff list."},
		{stafflist.Plan{Read: 12, Refused: 1}, "Of 12 rows, 11 can be read. Nothing would change. One is refused."},
		{stafflist.Plan{Read: 40, Refused: 12}, "Of 40 rows, 28 can be read. Nothing would change. 12 are refused."},
		{stafflist.Plan{}, "The list has no rows below its headings."},
	} {
		if got := test.plan.Sentence(); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}

func TestCompare_RefusesWhatCannotBeCompared(t *testing.T) {
	someone := known(row(t, 0, "1", "Asha", "Otterbrook"))
	for _, test := range []struct {
		name    string
		current []stafflist.Person
		asAt    law.Date
		want    string
	}{
		{"no date", nil, law.Date{}, "no date"},
		{"one number twice", append(someone, someone...), date(t, listDay), "known twice"},
		{"someone without a number", []stafflist.Person{{}}, date(t, listDay), "has no number"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := stafflist.Compare(test.current, stafflist.List{}, test.asAt, stafflist.Terms{}); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// A column that says the same on every row is not the employee number. It is
// refused at once, however long the list.
func TestCompare_OneNumberEverywhere(t *testing.T) {
	rows := make([]stafflist.Row, 100_000)
	for i := range rows {
		rows[i] = row(t, i+2, "1", "Asha", "Otterbrook", func(r *stafflist.Row) { r.AssignmentNumber = fmt.Sprint(i) })
	}
	plan := compare(t, known(row(t, 0, "1", "Asha", "Otterbrook")), listOf(t, rows), listDay, stafflist.Terms{})
	if plan.Refused != len(rows) || !plan.Empty() || len(plan.NeedsConfirmation) == 0 {
		t.Errorf("%s %+v", plan.Sentence(), plan.NeedsConfirmation)
	}
}

// Two people with one address cannot both sign in with it.
func TestCompare_NotesSharedAddresses(t *testing.T) {
	one, two := row(t, 2, "1", "Asha", "Otterbrook"), row(t, 3, "2", "Ade", "Tansygate")
	two.Email = one.Email
	plan := compare(t, nil, listOf(t, []stafflist.Row{one, two}), listDay, stafflist.Terms{})
	if len(plan.Notes) != 1 || plan.Notes[0].Row != 3 || plan.Notes[0].Field != stafflist.Email {
		t.Errorf("notes %+v", plan.Notes)
	}
}

// Whatever is known and whatever a list says: everyone in it is accounted for once,
// nobody with a refused row leaves, and applying the plan settles the list.
func TestCompare_Properties(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	asAt := date(t, listDay)
	days := []law.Date{{}, {}, {}, asAt.AddDays(-400), asAt.AddDays(-30), asAt, asAt.AddDays(30)}
	anyone := func(line int) stafflist.Row {
		n := r.IntN(12)
		return row(t, line, fmt.Sprint([]string{"", "00"}[r.IntN(8)/7], n), []string{"Asha", "Ade"}[r.IntN(8)/7], fmt.Sprintf("Otter%d", n), func(r2 *stafflist.Row) {
			r2.End, r2.Primary = days[r.IntN(len(days))], stafflist.Mark(r.IntN(3))
			r2.FTE, r2.Site = 20*r.IntN(5), []string{"", "Alder House", "Ferry Lane"}[r.IntN(3)]
			r2.AssignmentNumber = []string{"", "a", "b"}[r.IntN(3)]
			if r.IntN(6) == 0 {
				r2.Start = asAt.AddDays(20)
			}
		})
	}
	all := stafflist.Fields()
	for range 4_000 {
		var rows []stafflist.Row
		for i := range r.IntN(12) {
			rows = append(rows, anyone(i+2))
		}
		first, err := stafflist.Compare(nil, listOf(t, rows), asAt.AddDays(-r.IntN(60)), stafflist.Terms{})
		if err != nil {
			t.Fatal(err)
		}
		current := stafflist.Apply(nil, first)
		list := stafflist.List{Fields: slices.Clone(all)}
		r.Shuffle(len(list.Fields), func(i, j int) { list.Fields[i], list.Fields[j] = list.Fields[j], list.Fields[i] })
		list.Fields = list.Fields[:r.IntN(len(all)+1)]
		for i := range r.IntN(14) {
			one := anyone(i + 2)
			list.Read++
			if r.IntN(6) == 0 {
				reject := stafflist.Reject{Row: one.Number, EmployeeNumber: one.EmployeeNumber, Name: one.Name()}
				if r.IntN(3) == 0 {
					reject.EmployeeNumber = ""
				}
				list.Rejects = append(list.Rejects, reject)
				continue
			}
			list.Rows = append(list.Rows, one)
		}
		plan := compare(t, current, list, listDay, stafflist.Terms{})
		seen := map[string]int{}
		for _, j := range plan.Joiners {
			seen[j.EmployeeNumber]++
		}
		for _, l := range plan.Leavers {
			seen[l.EmployeeNumber]++
			if l.Left.After(asAt) || l.Main.End != l.Left {
				t.Fatalf("%s left on %s", l.EmployeeNumber, l.Left)
			}
			for _, reject := range list.Rejects {
				if reject.EmployeeNumber == l.EmployeeNumber {
					t.Fatalf("%s leaves by a refused row", l.EmployeeNumber)
				}
			}
		}
		for _, c := range plan.Changes {
			seen[c.EmployeeNumber]++
			if len(c.Differences) == 0 {
				t.Fatalf("%s changes in nothing", c.EmployeeNumber)
			}
		}
		for _, number := range plan.Held {
			seen[number]++
		}
		for number, n := range seen {
			if n > 1 {
				t.Fatalf("%s is in the plan %d times:\n%s", number, n, brief(plan))
			}
		}
	}
}

// The whole way with real sizes: read, compare, apply, and the next month.
func TestCompare_AMonthOfThreeThousand(t *testing.T) {
	from, to := date(t, "2026-10-19"), date(t, listDay)
	rows := invent.Generate(5, 3_000, from)
	people := stafflist.Apply(nil, compare(t, nil, listOf(t, rows), from.String(), stafflist.Terms{}))
	plan := compare(t, people, listOf(t, invent.Evolve(rows, from, to, 5)), listDay, stafflist.Terms{Previous: from})
	if len(plan.Rejects) != 0 || len(plan.NeedsConfirmation) != 0 {
		t.Fatalf("rejects %+v, doubts %+v", plan.Rejects, plan.NeedsConfirmation)
	}
	if len(plan.Joiners) < 10 || len(plan.Leavers) < 10 || len(plan.Changes) < 20 || plan.Unchanged < 2_700 {
		t.Errorf("%s", plan.Sentence())
	}
}
