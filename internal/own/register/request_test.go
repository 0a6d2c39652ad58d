package register

import (
	"slices"
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

var library = func() *law.Library {
	l, err := law.Load()
	if err != nil {
		panic(err)
	}
	return l
}()

func date(s string) law.Date {
	d, err := law.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func form(id law.FormID) *law.Form {
	f, err := library.Form(id, date("2026-11-21"))
	if err != nil {
		panic(err)
	}
	return f
}

func cal() *law.Calendar {
	c, err := library.Calendar(law.England)
	if err != nil {
		panic(err)
	}
	return c
}

// whole is a request that says all that Companies Act 2006, s.116(4) asks for.
func whole() Ask {
	return Ask{
		Audience: law.Anyone, Name: "Ines Hart", Address: "4 Mill Road, Ross", Email: "Ines@Example.org", Purpose: "To write to members about a merger",
		Shared: Yes, Others: "Ross Union, 1 High Street: to print the letters", Wants: Copy,
	}
}

// What a request to a company must say: Companies Act 2006, s.116(4).
func TestAsk_Company_s116_4(t *testing.T) {
	for _, tc := range []struct {
		why, field string
		change     func(a *Ask)
	}{
		{"whole", "", func(*Ask) {}},
		{"nobody else gets it, so nobody is named", "", func(a *Ask) { a.Shared, a.Others = No, "" }},
		{"no name", "name", func(a *Ask) { a.Name = " \t" }},
		{"no address", "address", func(a *Ask) { a.Address = "" }},
		{"no purpose", "purpose", func(a *Ask) { a.Purpose = "\n" }},
		{"does not say whether it is passed on", "shared", func(a *Ask) { a.Shared = Unsaid }},
		{"passed on, but not to whom", "others", func(a *Ask) { a.Others = "" }},
		{"an address that is none", "email", func(a *Ask) { a.Email = "ines" }},
		{"too long", "purpose", func(a *Ask) { a.Purpose = strings.Repeat("é", maxText+1) }},
		{"neither look nor copy", "wants", func(a *Ask) { a.Wants = "all" }},
	} {
		t.Run(tc.why, func(t *testing.T) {
			a := whole()
			tc.change(&a)
			err := a.check(TermsFor(form(law.CICShares), a.Audience))
			if got := fault.FieldOf(err); got != tc.field || (err != nil) != (tc.field != "") {
				t.Errorf("field %q, %v; want %q", got, err, tc.field)
			}
		})
	}
	a := whole()
	if err := a.check(TermsFor(form(law.CICShares), law.Anyone)); err != nil || a.Email != "ines@example.org" {
		t.Errorf("%q, %v", a.Email, err)
	}
}

// A society's member may see the register and has no right to a copy, and need not
// say why: Co-operative and Community Benefit Societies Act 2014, s.103. A member
// of a charitable incorporated organisation says for which duty: SI 2012/3012.
func TestAsk_OtherForms(t *testing.T) {
	a := Ask{Audience: law.Member, Name: "Ines Hart", Email: "ines@example.org"}
	if err := a.check(TermsFor(form(law.BenefitSociety), law.Member)); err != nil || a.Wants != Look {
		t.Errorf("%v, wants %q", err, a.Wants)
	}
	a.Wants = Copy
	if err := a.check(TermsFor(form(law.BenefitSociety), law.Member)); fault.FieldOf(err) != "wants" {
		t.Errorf("a copy: %v", err)
	}
	a.Audience, a.Wants = law.Trustee, Look
	if err := a.check(TermsFor(form(law.CharityCIO), law.Trustee)); fault.FieldOf(err) != "purpose" {
		t.Errorf("no duty is named: %v", err)
	}
	a = Ask{Audience: law.Member, Name: "Ines Hart"}
	if err := a.check(TermsFor(form(law.BenefitSociety), law.Member)); fault.FieldOf(err) != "email" {
		t.Errorf("no way to answer: %v", err)
	}
}

func received(on string, steps ...Step) Request {
	f := form(law.CICShares)
	r := Request{ID: "r", Number: 7, Ask: whole(), Form: f.ID, Received: date(on), DueKnown: true, Steps: append([]Step{{Kind: Received, Day: date(on)}}, steps...)}
	d, _ := TermsFor(f, law.Anyone).Answer(cal(), r.Received)
	r.Due, r.DueKnown = d.Day, d.Known
	return r
}

// A company answers within five working days, not counting the day of receipt:
// Companies Act 2006, s.117(1), and s.1173(1) for what a working day is.
func TestClock_Company_s117_FiveWorkingDays(t *testing.T) {
	for _, tc := range []struct {
		why, received, due string
	}{
		{"over one weekend", "2026-11-19", "2026-11-26"},
		{"received on a Saturday", "2026-11-21", "2026-11-27"},
		{"over Christmas: 25 December, 28 December for Boxing Day on a Saturday, and New Year", "2026-12-23", "2027-01-04"},
		{"over Good Friday and Easter Monday", "2026-04-01", "2026-04-10"},
	} {
		t.Run(tc.why, func(t *testing.T) {
			if r := received(tc.received); r.Due != date(tc.due) {
				t.Errorf("due %s, want %s", r.Due, tc.due)
			}
		})
	}
}

func TestClock_WhereARequestStands(t *testing.T) {
	for _, tc := range []struct {
		why, on  string
		steps    []Step
		state    State
		overdue  bool
		sentence string
	}{
		{"the day it came", "2026-11-19", nil, Open, false, "Answer by Thursday 26 November 2026: 5 working days left."},
		{"the working day before", "2026-11-25", nil, Open, false, "Answer by Thursday 26 November 2026: one working day left."},
		{"the last day is in time", "2026-11-26", nil, Open, false, "Answer today, Thursday 26 November 2026."},
		{"the day after", "2026-11-27", nil, Open, true, "Overdue: it was due on 26 November 2026, one working day ago."},
		{"a weekend adds no working day", "2026-11-29", nil, Open, true, "Overdue: it was due on 26 November 2026, one working day ago."},
		{"answered", "2026-12-31", []Step{{Kind: Copied, Day: date("2026-11-26")}}, Closed, false, "A copy was handed out on 26 November 2026."},
		{
			"answered late stays late", "2026-12-31",
			[]Step{{Kind: Shown, Day: date("2026-11-30")}},
			Closed, false,
			"Shown on 30 November 2026. It was due on 26 November 2026, 2 working days before.",
		},
		{"at court the clock stands", "2026-12-31", []Step{{Kind: ToCourt, Day: date("2026-11-26")}}, AtCourt, false, "Before the court since 26 November 2026."},
		{"a reminder is no answer", "2026-11-27", []Step{{Kind: Reminded, Day: date("2026-11-25")}}, Open, true, "Overdue: it was due on 26 November 2026, one working day ago."},
	} {
		t.Run(tc.why, func(t *testing.T) {
			s := received("2026-11-19", tc.steps...).On(date(tc.on), cal())
			if s.State != tc.state || s.Overdue != tc.overdue || s.Sentence != tc.sentence {
				t.Errorf("%s, overdue %t: %s", s.State, s.Overdue, s.Sentence)
			}
		})
	}
}

// Where the law sets no time there is no due day and nothing is ever overdue.
func TestClock_Society_NoTime(t *testing.T) {
	r := Request{Ask: Ask{Audience: law.Member}, Received: date("2026-01-01"), DueKnown: true}
	if s := r.On(date("2026-12-31"), cal()); s.Overdue || !strings.Contains(s.Sentence, "no day to answer by") {
		t.Errorf("%+v", s)
	}
}

// Overdue requests come first, the closed ones last.
func TestList_OverdueFirst(t *testing.T) {
	number := func(n int, r Request) Request { r.Number = n; return r }
	all := []Request{
		number(1, received("2026-11-02", Step{Kind: Copied, Day: date("2026-11-05")})),
		number(2, received("2026-11-19")),
		number(3, received("2026-11-03", Step{Kind: ToCourt, Day: date("2026-11-05")})),
		number(4, received("2026-11-10")),
		number(5, received("2026-11-09")),
		number(6, Request{Ask: Ask{Audience: law.Anyone}, Received: date("2026-11-18")}),
		number(7, received("2026-11-04", Step{Kind: Copied, Day: date("2026-11-06")})),
	}
	var got []int
	for _, l := range list(all, date("2026-11-20"), cal()) {
		got = append(got, l.Number)
	}
	if want := []int{5, 4, 2, 6, 3, 7, 1}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// A company may not refuse a purpose that it thinks improper by itself: it answers
// or asks the court (Companies Act 2006, ss.117 and 118). What it may refuse is a
// request that does not say what it must, or whose fee was not paid.
func TestRefuse_Company_s117_OnlyAfterTheCourt(t *testing.T) {
	f := form(law.CICShares)
	open, court := received("2026-11-19"), received("2026-11-19", Step{Kind: ToCourt, Day: date("2026-11-20")})
	for _, tc := range []struct {
		why string
		r   Request
		s   Step
		ok  bool
	}{
		{"incomplete", open, Step{Kind: Refused, Ground: Incomplete}, true},
		{"not paid", open, Step{Kind: Refused, Ground: NotPaid}, true},
		{"no ground at all", open, Step{Kind: Refused}, false},
		{"a ground of other forms", open, Step{Kind: Refused, Ground: NoDuty}, false},
		{"as if the court had decided", open, Step{Kind: Refused, Ground: CourtOrder}, false},
		{"the court decided", court, Step{Kind: Refused, Ground: CourtOrder}, true},
		{"to court", open, Step{Kind: ToCourt}, true},
		{"to court twice", court, Step{Kind: ToCourt}, false},
		{"the court says it must be answered", court, Step{Kind: Copied}, true},
		{"closed is closed", received("2026-11-19", Step{Kind: Withdrawn}), Step{Kind: Copied}, false},
	} {
		t.Run(tc.why, func(t *testing.T) {
			if err := tc.r.allow(tc.s, f); (err == nil) != tc.ok {
				t.Errorf("%v", err)
			}
		})
	}
}

// Every form: no ground without text and law, and the court only where a law says so.
func TestGrounds_EveryForm(t *testing.T) {
	for _, f := range library.Forms(date("2026-11-21")) {
		for _, a := range []law.Audience{law.OwnEntry, law.Member, law.Interested, law.Trustee, law.Anyone} {
			grounds := Grounds(f, a)
			for _, g := range grounds {
				if g.Text == "" || g.Citation == "" {
					t.Errorf("%s, %s: ground %s says nothing", f.ID, a, g.ID)
				}
			}
			if !TermsFor(f, a).Right && (len(grounds) != 1 || grounds[0].ID != NoRight) {
				t.Errorf("%s, %s: no right, and the grounds are %v", f.ID, a, grounds)
			}
		}
	}
	society := Request{Ask: Ask{Audience: law.Interested}}
	if err := society.allow(Step{Kind: ToCourt}, form(law.BenefitSociety)); !fault.Is(err, fault.Conflict) {
		t.Errorf("a society asks the court: %v", err)
	}
}

// What comes in from the public is text and nothing else.
func FuzzClean(f *testing.F) {
	f.Add("two\r\nlines\x00\x1b[31m")
	f.Add("\xff\xfe")
	f.Fuzz(func(t *testing.T, s string) {
		got := clean(s)
		if strings.ContainsFunc(got, func(c rune) bool { return c < ' ' && c != '\n' || c == 0x7f }) {
			t.Errorf("%q became %q", s, got)
		}
		if clean(got) != got {
			t.Errorf("%q is not stable", s)
		}
	})
}
