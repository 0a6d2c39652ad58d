package member

import (
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

// A rule change counts from its day: who left before it has the days of the old
// rule, who leaves after it those of the new one.
func TestBook_LeavingRuleOfTheDay(t *testing.T) {
	old := Class{
		Code: "staff", Name: "Staff", Kind: Staff, Admission: OnApplication, Leaving: EmploymentEnds, GraceDays: 28,
		Votes: 1, Starts: day("2020-01-01"), LeavingRef: "rule 14",
	}
	changed := old
	changed.GraceDays, changed.Starts, changed.LeavingRef = 7, day("2026-06-01"), "rule 14A"
	b := book(t, []Class{changed, old}, nil)
	cases := []struct{ name, left, ends, rule string }{
		{"left before the change", "2026-05-31", "2026-06-28", "rule 14:"},
		{"left on the day of the change", "2026-06-01", "2026-06-08", "rule 14A:"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := StatusOn(day("2027-01-01"), Inputs{Book: b, Facts: facts(at(Admitted, "staff", "2026-01-01")), Posts: []Post{nurse("2025-01-01", c.left)}})
			if got.State != Ended || got.Ends.String() != c.ends || !strings.Contains(got.Reason, c.rule) {
				t.Errorf("got %s on %s: %s", got.State, got.Ends, got.Reason)
			}
		})
	}
}

// A class that is closed takes its members with it on that day.
func TestBook_ClosedClass(t *testing.T) {
	open := Class{Code: "staff", Name: "Staff", Kind: Staff, Admission: OnApplication, Leaving: Keeps, Votes: 1, Starts: day("2020-01-01")}
	shut := open
	shut.Closed, shut.Starts = true, day("2026-06-01")
	b := book(t, []Class{open, shut}, nil)
	in := Inputs{Book: b, Facts: facts(at(Admitted, "staff", "2026-01-01")), Posts: []Post{nurse("2025-01-01", "")}}
	if got := StatusOn(day("2026-05-31"), in); got.State != Member || got.Ends != shut.Starts {
		t.Errorf("the day before: %s, ends %s", got.State, got.Ends)
	}
	if got := StatusOn(shut.Starts, in); got.State != Ended || !strings.Contains(got.Reason, "was closed") {
		t.Errorf("on the day: %s: %s", got.State, got.Reason)
	}
}

// Each member of a class is in at most one constituency: where two rules fit,
// the lower position has it, and an earlier rule that may fit leaves it open.
func TestConstituency(t *testing.T) {
	b := society(t)
	cases := []struct {
		name string
		post Post
		want string
		says string
	}{
		{"two rules fit", nurse("2025-01-01", ""), "nursing", "Nursing (rule 7(a))"},
		{"only the second fits", with(nurse("2025-01-01", ""), func(p *Post) { p.StaffGroup = "Estates" }), "ashby", "site is Ashby"},
		{"none fits", with(nurse("2025-01-01", ""), func(p *Post) { p.StaffGroup, p.Site = "Estates", "Bray" }), "", "In no constituency"},
		{"the first is not known", with(nurse("2025-01-01", ""), func(p *Post) { p.StaffGroup = "" }), "", "Which staff group"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			in := Inputs{Book: b, Facts: facts(at(Admitted, "staff", "2026-01-01")), Posts: []Post{c.post}}
			got := StatusOn(day("2026-06-01"), in)
			if got.State != Member || got.Constituency != c.want || !strings.Contains(got.Reason, c.says) {
				t.Errorf("got %s %q: %s", got.State, got.Constituency, got.Reason)
			}
		})
	}
}

// A member who changes site changes constituency on that day, and one who has
// left keeps the last until membership ends.
func TestConstituency_OverTime(t *testing.T) {
	estates := func(p *Post) { p.StaffGroup = "Estates" }
	in := Inputs{Book: society(t), Facts: facts(at(Admitted, "staff", "2026-01-01")), Posts: []Post{
		nurse("2025-01-01", "2026-03-31"), with(nurse("2026-04-01", "2026-06-30"), estates),
	}}
	timeline := NewTimeline(in)
	for on, want := range map[string]string{"2026-03-31": "nursing", "2026-04-01": "ashby", "2026-07-10": "ashby"} {
		if got := timeline.On(day(on)); got.State != Member || got.Constituency != want {
			t.Errorf("on %s: %s in %q, want %q", on, got.State, got.Constituency, want)
		}
	}
}

func TestNewBook_Refuses(t *testing.T) {
	good := Class{Code: "staff", Name: "Staff", Kind: Staff, Admission: OnApplication, Leaving: Keeps, Votes: 1, Starts: day("2020-01-01")}
	change := func(f func(*Class)) []Class {
		c := good
		f(&c)
		return []Class{c}
	}
	cases := []struct {
		name    string
		classes []Class
		sets    []Constituency
		field   string
	}{
		{"public members cannot be automatic: they consent", change(func(c *Class) { c.Kind, c.Admission = Public, Automatic }), nil, "admission"},
		{"a public class cannot turn on a post", change(func(c *Class) { c.Kind, c.Eligibility = Public, `site == "Ashby"` }), nil, "eligibility"},
		{"days of grace need something to count from", change(func(c *Class) { c.GraceDays = 3 }), nil, "grace_days"},
		{"a class needs a name", change(func(c *Class) { c.Name = " " }), nil, "name"},
		{"two versions on one day", []Class{good, good}, nil, "starts"},
		{"another kind of people", append(change(func(c *Class) { c.Kind, c.Starts = Partner, law.NewDate(2021, 1, 1) }), good), nil, "kind"},
		{"an unknown way in", change(func(c *Class) { c.Admission = "lottery" }), nil, "admission"},
		{"two constituencies at one position", []Class{good}, []Constituency{
			{Class: "staff", Code: "a", Name: "A", Rule: "true", Position: 1, Starts: day("2020-01-01")},
			{Class: "staff", Code: "b", Name: "B", Rule: "true", Position: 1, Starts: day("2020-01-01")},
		}, "position"},
		{"a rule that does not read", []Class{good}, []Constituency{{Class: "staff", Code: "a", Name: "A", Rule: "site ==", Starts: day("2020-01-01")}}, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := NewBook(NewCompiler(), c.classes, c.sets)
			if !fault.Is(err, fault.Invalid) || fault.FieldOf(err) != c.field {
				t.Errorf("got %v, field %q; want field %q", err, fault.FieldOf(err), c.field)
			}
		})
	}
}

// Someone who applies again on the very day that a rule ends the membership has
// been told of the end, and the register has it.
func TestTimeline_AppliesAgainOnTheDayItEnds(t *testing.T) {
	in := Inputs{
		Book: society(t), Posts: []Post{nurse("2026-01-01", "2026-10-31")},
		Facts: facts(at(Admitted, "staff", "2026-03-05"), at(Applied, "staff", "2026-11-28"), at(Admitted, "staff", "2026-12-05")),
	}
	timeline := NewTimeline(in)
	if s := timeline.On(day("2026-11-27")); s.State != Member || s.Ends != day("2026-11-28") {
		t.Errorf("the day before: %+v", s)
	}
	if s := timeline.On(day("2026-11-28")); s.State != Applicant {
		t.Errorf("on the day: %+v", s)
	}
	periods := timeline.Periods()
	if len(periods) != 2 || periods[0].Ceased != day("2026-11-28") || !strings.Contains(periods[0].Reason, "rule 14") || periods[1].Entered != day("2026-12-05") {
		t.Errorf("%+v", periods)
	}
	ends := Life{Person: "a", Timeline: timeline}.endings(day("2026-11-01"), day("2026-12-31"))
	if len(ends) != 1 || ends[0].Day != day("2026-11-28") {
		t.Errorf("%+v", ends)
	}
}
