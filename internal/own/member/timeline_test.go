package member

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"commonweal/law"
)

func day(s string) law.Date {
	d, err := law.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// fact makes facts that were entered in the order they are written.
func facts(list ...Fact) []Fact {
	for i := range list {
		if list[i].ID == "" {
			list[i].ID = fmt.Sprintf("f%02d", i)
		}
		list[i].Entered = fmt.Sprintf("2026-01-01T00:00:%02d.000Z", i)
	}
	return list
}

func at(kind FactKind, class, on string) Fact {
	return Fact{Kind: kind, Class: class, Effective: day(on), By: "secretary"}
}

func nurse(from, to string) Post {
	p := Post{StaffGroup: "Nursing", Site: "Ashby", Category: "permanent", FTE: 100, From: day(from)}
	if to != "" {
		p.To = day(to)
	}
	return p
}

func with(p Post, change func(*Post)) Post {
	change(&p)
	return p
}

// The rule-books of the tests: a society whose staff apply, and a foundation
// trust whose staff are members unless they opt out, with public members.
func society(t testing.TB, change ...func(*Class)) *Book {
	c := Class{
		Code: "staff", Name: "Staff", Kind: Staff, Admission: OnApplication, Eligibility: `category == "permanent"`,
		Leaving: EmploymentEnds, GraceDays: 28, Votes: 1, Starts: day("2020-01-01"), EligibilityRef: "rule 5", LeavingRef: "rule 14",
	}
	for _, f := range change {
		f(&c)
	}
	return book(t, []Class{c}, []Constituency{
		{Class: "staff", Code: "nursing", Name: "Nursing", Rule: `staff_group == "Nursing"`, Ref: "rule 7(a)", Position: 1, Starts: day("2020-01-01")},
		{Class: "staff", Code: "ashby", Name: "Ashby", Rule: `site == "Ashby"`, Position: 2, Starts: day("2020-01-01")},
	})
}

func trust(t testing.TB) *Book {
	return book(t, []Class{
		{
			Code: "staff", Name: "Staff", Kind: Staff, Admission: Automatic, Votes: 1, Position: 1, Starts: day("2020-01-01"),
			Eligibility: `category == "permanent" || contract_months >= 12 || service_months >= 12`, Leaving: EligibilityEnds, EligibilityRef: "paragraph 3",
		},
		{
			Code: "public", Name: "Public", Kind: Public, Admission: OnApplication, Votes: 1, Position: 2, Starts: day("2020-01-01"),
			Eligibility: `area in ["PL1", "PL2"] && !employed`, Leaving: EligibilityEnds, GraceDays: 30,
		},
	}, nil)
}

func book(t testing.TB, classes []Class, constituencies []Constituency) *Book {
	t.Helper()
	b, err := NewBook(NewCompiler(), classes, constituencies)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestStatusOn(t *testing.T) {
	admitted := facts(at(Applied, "staff", "2026-03-03"), at(Admitted, "staff", "2026-03-05"))
	leaver := []Post{nurse("2026-01-01", "2026-10-31")}
	cases := []struct {
		name  string
		why   string
		book  func(testing.TB) *Book
		facts []Fact
		posts []Post
		on    string
		want  State
		ends  string
		says  string
	}{
		{"nothing known", "employment alone makes nobody a member of a society", plain, nil, leaver, "2026-06-01", NotAMember, "", "No application"},
		{"applied", "an application waits for the secretary", plain, admitted, leaver, "2026-03-04", Applicant, "", "Applied on 3 March 2026"},
		{"admitted", "a member on the day of admission", plain, admitted, leaver, "2026-03-05", Member, "2026-11-28", "Nursing (rule 7(a)): staff group is Nursing"},
		{"last day of grace", "a leaver stays a member for the days the rule gives", plain, admitted, leaver, "2026-11-27", Member, "2026-11-28", "Ends on 28 November 2026 under rule 14: 28 days after employment ended on 31 October 2026."},
		{"ended by rule", "and is none on the day the rule names", plain, admitted, leaver, "2026-11-28", Ended, "2026-11-28", "Ended on 28 November 2026 under rule 14: 28 days after employment ended on 31 October 2026."},
		{
			"moved from post to post", "a new post the next day is no leaving", plain, admitted,
			[]Post{nurse("2026-01-01", "2026-10-31"), nurse("2026-11-01", "")},
			"2027-06-01", Member, "", "Admitted",
		},
		{
			"back within the days", "someone who comes back before the end stays", plain, admitted,
			[]Post{nurse("2026-01-01", "2026-10-31"), nurse("2026-11-28", "")},
			"2027-06-01", Member, "", "Admitted",
		},
		{
			"back a day late", "and a day later has to apply again", plain, admitted,
			[]Post{nurse("2026-01-01", "2026-10-31"), nurse("2026-11-29", "")},
			"2027-06-01", Ended, "2026-11-28", "rule 14",
		},
		{
			"became an agency worker", "which is not employment", plain, admitted,
			[]Post{nurse("2026-01-01", "2026-10-31"), with(nurse("2026-11-01", ""), func(p *Post) { p.Category = "agency" })},
			"2027-06-01", Ended, "2026-11-28", "rule 14",
		},
		{
			"a second post goes on", "employment ends with the last post", plain, admitted,
			[]Post{nurse("2026-01-01", "2026-10-31"), nurse("2026-05-01", "")},
			"2027-06-01", Member, "", "Admitted",
		},
		{"admitted within the days of grace", "the days that are left count", plain, facts(at(Admitted, "staff", "2026-11-10")), leaver, "2026-11-28", Ended, "2026-11-28", "rule 14"},
		{"admitted after leaving and its days", "an old leaving does not end a later admission", plain, facts(at(Admitted, "staff", "2027-01-10")), leaver, "2027-06-01", Member, "", "Admitted"},
		{"withdrew", "at once", plain, append(slices.Clone(admitted), facts(at(Withdrew, "", "2026-05-01"))...), leaver, "2026-05-01", Ended, "2026-05-01", "by withdrawal"},
		{"will withdraw", "a later day is foreseen", plain, append(slices.Clone(admitted), facts(at(Withdrew, "", "2026-05-01"))...), leaver, "2026-04-30", Member, "2026-05-01", "Ends on 1 May 2026 by withdrawal."},
		{"refused", "with the reason given", plain, facts(at(Applied, "staff", "2026-03-03"), Fact{Kind: Refused, Effective: day("2026-03-09"), Reason: "contract ends in April"}), leaver, "2026-03-09", NotAMember, "", "contract ends in April"},
		{"removed and reinstated", "a new membership begins", plain, append(slices.Clone(admitted), facts(at(Expelled, "", "2026-05-01"), at(Reinstated, "staff", "2026-06-01"))...), leaver, "2026-06-02", Member, "2026-11-28", "Reinstated on 1 June 2026"},
		{"removal recorded in error", "as if it had never been", plain, append(slices.Clone(admitted), facts(Fact{ID: "x", Kind: Expelled, Effective: day("2026-05-01")}, Fact{Kind: Voided, Data: "x", Effective: day("2026-05-02")})...), leaver, "2026-05-01", Member, "2026-11-28", "Admitted on 5 March 2026"},
		{"died", "and nothing after it changes that", plain, append(slices.Clone(admitted), facts(at(Died, "", "2026-05-01"), at(Admitted, "staff", "2026-06-01"))...), leaver, "2026-07-01", Ended, "2026-05-01", "by death"},
		{"keeps its members", "where the rule says so a leaver stays until withdrawing", keeping, admitted, leaver, "2030-01-01", Member, "", "Admitted"},
		{"nought days", "with no days of grace the last day of employment is the end", gracious(0), admitted, leaver, "2026-10-31", Ended, "2026-10-31", "the day employment ended"},

		{"automatic", "a permanent member of a trust's staff is a member without asking", trust, nil, leaver, "2026-01-01", Member, "2026-10-31", "without having to apply, under paragraph 3: contract is permanent"},
		{
			"automatic after twelve months", "a short contract counts from the day twelve months are full", trust, nil,
			[]Post{with(nurse("2026-01-01", ""), func(p *Post) { p.Category, p.ContractEnds = "fixed_term", day("2026-06-30") })},
			"2026-12-30", NotAMember, "", "No application",
		},
		{
			"automatic on that day", "and not the day before", trust, nil,
			[]Post{with(nurse("2026-01-01", ""), func(p *Post) { p.Category, p.ContractEnds = "fixed_term", day("2026-06-30") })},
			"2026-12-31", Member, "", "employment so far is 12 months",
		},
		{"opted out", "who opts out is none", trust, facts(at(OptedOut, "staff", "2026-02-01")), leaver, "2026-03-01", Ended, "2026-02-01", "by opting out"},
		{"opted out beforehand", "and never becomes one", trust, facts(at(OptedOut, "staff", "2025-12-01")), leaver, "2026-03-01", NotAMember, "", "Opted out on 1 December 2025"},
		{"opted back in", "until taking it back", trust, facts(at(OptedOut, "staff", "2026-02-01"), at(OptedIn, "staff", "2026-03-01")), leaver, "2026-03-01", Member, "2026-10-31", "since 1 March 2026"},
		{"contract not said", "an unknown contract is not a no", trust, nil, []Post{with(nurse("2026-01-01", ""), func(p *Post) { p.Category = "" })}, "2026-03-01", CannotTell, "", "Which kind of contract is it?"},
		{
			"became bank staff in doubt", "eligibility that is no longer known puts membership in doubt", trust, nil,
			[]Post{nurse("2026-01-01", "2026-03-31"), with(nurse("2026-04-01", ""), func(p *Post) { p.Category = "bank" })},
			"2026-04-01", CannotTell, "", "We cannot tell",
		},

		{"public without consent", "an admission waits for consent", trust, facts(Fact{Kind: AreaGiven, Data: "PL1", Effective: day("2026-01-01")}, at(Admitted, "public", "2026-01-05")), nil, "2026-01-05", Applicant, "", "consent is not recorded"},
		{"public with consent", "and begins with it", trust, publicFacts(), nil, "2026-01-06", Member, "", "when consent was given"},
		{"consent withdrawn", "ends it at once", trust, append(publicFacts(), at(ConsentWithdrawn, "", "2026-02-01")), nil, "2026-02-01", Ended, "2026-02-01", "consent was withdrawn"},
		{"moved out of the area", "ends it after the days of the rule", trust, append(publicFacts(), Fact{Kind: AreaGiven, Data: "EX1", Effective: day("2026-03-01")}), nil, "2026-03-30", Ended, "2026-03-30", "30 days after"},
		{"employed by the trust", "staff take precedence: NHS Act 2006, Schedule 7, paragraph 5", trust, publicFacts(), leaver[:1], "2026-03-01", Member, "2026-10-31", "without having to apply"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := StatusOn(day(c.on), Inputs{Book: c.book(t), Facts: c.facts, Posts: c.posts})
			if got.State != c.want || got.Ends.String() != c.ends || !strings.Contains(got.Reason, c.says) {
				t.Errorf("%s\n got %s, ends %q: %s\nwant %s, ends %q: ...%s...", c.why, got.State, got.Ends, got.Reason, c.want, c.ends, c.says)
			}
		})
	}
}

func plain(t testing.TB) *Book { return society(t) }
func keeping(t testing.TB) *Book {
	return society(t, func(c *Class) { c.Leaving, c.GraceDays = Keeps, 0 })
}

func gracious(days int) func(testing.TB) *Book {
	return func(t testing.TB) *Book { return society(t, func(c *Class) { c.GraceDays = days }) }
}

func publicFacts() []Fact {
	return facts(Fact{Kind: AreaGiven, Data: "PL1", Effective: day("2026-01-01")}, at(Admitted, "public", "2026-01-05"),
		Fact{Kind: Consented, Data: "wording 3", Effective: day("2026-01-06")})
}
