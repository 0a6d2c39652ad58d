package member

import (
	"testing"

	"commonweal/law"
)

func packs(t testing.TB) *law.Library {
	t.Helper()
	library, err := law.Load()
	if err != nil {
		t.Fatal(err)
	}
	return library
}

// Two employees and one public member; one of the employees leaves on 31 May,
// and her membership goes on for 28 days without her being an employee.
func TestNewControl_LeaversInTheirLastDaysAreNoEmployees(t *testing.T) {
	staff := society(t)
	public := trust(t)
	lives := []Life{
		{Person: "a", Timeline: NewTimeline(Inputs{Book: staff, Facts: facts(at(Admitted, "staff", "2026-01-01")), Posts: []Post{nurse("2025-01-01", "")}}), Posts: []Post{nurse("2025-01-01", "")}},
		{Person: "b", Timeline: NewTimeline(Inputs{Book: staff, Facts: facts(at(Admitted, "staff", "2026-01-01")), Posts: []Post{nurse("2025-01-01", "2026-05-31")}}), Posts: []Post{nurse("2025-01-01", "2026-05-31")}},
		{Person: "c", Timeline: NewTimeline(Inputs{Book: public, Facts: publicFacts()})},
	}
	got, err := NewControl(packs(t), lives, day("2026-01-01"), day("2026-07-15"), day("2026-05-10"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]Counts{
		"2026-01-01": {Members: 2, EmployeeMembers: 2, Votes: 2, EmployeeVotes: 2},
		"2026-01-31": {Members: 3, EmployeeMembers: 2, Votes: 3, EmployeeVotes: 2},
		"2026-05-31": {Members: 3, EmployeeMembers: 2, Votes: 3, EmployeeVotes: 2},
		"2026-06-30": {Members: 2, EmployeeMembers: 1, Votes: 2, EmployeeVotes: 1},
	}
	for _, p := range got.Points {
		if w, ok := want[p.Day.String()]; ok && p.Counts != w {
			t.Errorf("on %s: %+v, want %+v", p.Day, p.Counts, w)
		}
		delete(want, p.Day.String())
		if p.Forecast != p.Day.After(day("2026-05-10")) {
			t.Errorf("on %s forecast is %t", p.Day, p.Forecast)
		}
	}
	if len(want) > 0 {
		t.Errorf("no point for %v", want)
	}
	var lapsed []string
	for _, l := range got.Lapses {
		lapsed = append(lapsed, l.Day.String()+" "+l.Rule.ID)
		if !l.Forecast || l.Reason == "" {
			t.Errorf("%+v", l)
		}
	}
	// The law gives no figure for control; our own measure is more than half
	// (Procurement Act 2023, s.33(6)(c) depends on it). One of three is not.
	if len(lapsed) != 3 || lapsed[0] != "2026-06-01 control.members" {
		t.Errorf("lapses: %v", lapsed)
	}
	if len(got.Departures) != 2 || got.Departures[0].What != "employment" || got.Departures[0].Day != day("2026-06-01") ||
		got.Departures[1].What != "membership" || got.Departures[1].Day != day("2026-06-28") {
		t.Errorf("departures: %+v", got.Departures)
	}
}

// The series is the sum over the people of what each counts for on the day.
func TestNewControl_SumOfPeople(t *testing.T) {
	lives := randomLives(t, 60)
	got, err := NewControl(packs(t), lives, day("2026-01-01"), day("2026-05-15"), day("2026-03-01"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range got.Points {
		var want Counts
		for _, l := range lives {
			s := l.Timeline.On(p.Day)
			switch s.State {
			case CannotTell:
				want.Unclear++
			case Member:
				want.Members++
				want.Votes += s.Votes
				if l.Employed(p.Day) {
					want.EmployeeMembers++
					want.EmployeeVotes += s.Votes
				}
			}
		}
		if p.Counts != want {
			t.Errorf("on %s: %+v, want %+v", p.Day, p.Counts, want)
		}
	}
	if len(got.Points) != 6 {
		t.Errorf("%d points, want the first day, four ends of months and the last day", len(got.Points))
	}
}
