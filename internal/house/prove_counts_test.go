package house

import (
	"fmt"
	"strings"
	"testing"

	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/listen/action"
	"commonweal/internal/prove/indicator"
	"commonweal/internal/prove/pack"
	"commonweal/internal/prove/readtest"
	"commonweal/law"
)

func civil(iso string) law.Date {
	if iso == "" {
		return law.Date{}
	}
	d, err := law.ParseDate(iso)
	if err != nil {
		panic(err)
	}
	return d
}

// written are figures on one line each: period, part, count, out of.
func written(list []indicator.Figure) string {
	var out []string
	for _, f := range list {
		part, _ := f.Part()
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s", f.Period, part))+fmt.Sprintf(" %.0f/%.0f", f.Numerator, f.Denominator))
	}
	return strings.Join(out, "; ")
}

// Turnout is of each contest and of the year, and neither tells anything of a contest of
// few voters: the year less the others is not its turnout.
func TestTurnouts(t *testing.T) {
	held := func(title string, voters, votes int, counted int64) poll.Contest {
		return poll.Contest{Title: title, Roll: &poll.Roll{Entries: voters, Votes: votes}, Declared: &poll.Declaration{Result: poll.Result{Ballots: counted}}}
	}
	council := func(code, closes string, contests ...poll.Contest) poll.Poll {
		return poll.Poll{Code: code, Title: "Council", Kind: poll.Constituency, Rules: poll.Rules{MinimumCell: 10}, Closes: timetable.CloseOn(civil(closes)), Contests: contests}
	}
	waits := held("Wards", 100, 100, 50)
	waits.Declared = nil
	alone := held("Wards", 100, 100, 0)
	alone.Uncontested = civil("2026-03-01")
	for _, c := range []struct {
		name  string
		polls []poll.Poll
		want  string
	}{
		{
			"each contest and their year",
			[]poll.Poll{council("a", "2026-05-01", held("Wards", 100, 100, 40), held("Therapies", 50, 50, 30))},
			"2026-01-01 70/150; 2026-01-01 Council: Wards 40/100; 2026-01-01 Council: Therapies 30/50",
		},
		{
			"of nine voters nothing is told, and the year does not give them away",
			[]poll.Poll{council("a", "2026-05-01", held("Wards", 100, 100, 40), held("Doctors", 9, 9, 9))},
			"2026-01-01 40/100; 2026-01-01 Council: Wards 40/100",
		},
		{"nine voters of many votes each are still nine people", []poll.Poll{council("a", "2026-05-01", held("Doctors", 9, 90, 9))}, ""},
		{"ten voters are told of", []poll.Poll{council("a", "2026-05-01", held("Doctors", 10, 10, 7))}, "2026-01-01 7/10; 2026-01-01 Council: Doctors 7/10"},
		{"not declared, without a vote, without a roll", []poll.Poll{council("a", "2026-05-01", waits, alone, poll.Contest{Declared: &poll.Declaration{}})}, ""},
		{
			"two votes of one name in a year stay apart",
			[]poll.Poll{council("b", "2026-09-01", held("Wards", 100, 100, 60)), council("a", "2026-05-01", held("Wards", 100, 100, 40))},
			"2026-01-01 100/200; 2026-01-01 Council: Wards 40/100; 2026-01-01 Council: Wards (b) 60/100",
		},
		{
			"the same contest in another year is one series",
			[]poll.Poll{council("b", "2029-05-01", held("Wards", 100, 100, 60)), council("a", "2026-05-01", held("Wards", 100, 100, 40))},
			"2026-01-01 40/100; 2029-01-01 60/100; 2026-01-01 Council: Wards 40/100; 2029-01-01 Council: Wards 60/100",
		},
	} {
		if got := written(turnouts(c.polls)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// A question counts in the quarter of its day, and again until it has its result; what was
// abandoned counts as not answered; a late answer changes no quarter that is over.
func TestAnswered(t *testing.T) {
	question := func(due, declared, abandoned string) poll.Poll {
		p := poll.Poll{
			Kind: poll.Proposal, Called: civil("2026-01-05"), Abandoned: civil(abandoned), Contests: []poll.Contest{{}},
			Timetable: timetable.Timetable{Days: []timetable.Day{{Step: timetable.Declaration, Day: civil(due)}}},
		}
		if declared != "" {
			p.Contests[0].Declared = &poll.Declaration{Day: civil(declared)}
		}
		return p
	}
	election, draft, resolution := question("2026-02-01", "2026-02-01", ""), question("2026-02-01", "", ""), question("2026-02-01", "2026-02-01", "")
	election.Kind, draft.Called, resolution.Kind = poll.Post, law.Date{}, poll.Resolution
	for _, c := range []struct {
		name  string
		polls []poll.Poll
		today string
		want  string
	}{
		{"answered on its day", []poll.Poll{question("2026-03-31", "2026-03-31", "")}, "2026-04-20", "2026-01-01 1/1"},
		{"a resolution is a question too", []poll.Poll{resolution}, "2026-04-20", "2026-01-01 1/1"},
		{"elections and drafts are not", []poll.Poll{election, draft}, "2026-04-20", ""},
		{"not due yet", []poll.Poll{question("2026-04-20", "", "")}, "2026-04-20", ""},
		{"due yesterday", []poll.Poll{question("2026-04-20", "", "")}, "2026-04-21", "2026-04-01 0/1"},
		{"answered early, in the quarter before its day", []poll.Poll{question("2026-04-02", "2026-03-30", "")}, "2026-04-20", "2026-01-01 1/1"},
		{"answered late: the quarter before stays as it was", []poll.Poll{question("2026-03-30", "2026-04-02", "")}, "2026-04-20", "2026-01-01 0/1; 2026-04-01 1/1"},
		{"it waits for a year", []poll.Poll{question("2025-12-30", "", "")}, "2026-07-01", "2025-10-01 0/1; 2026-01-01 0/1; 2026-04-01 0/1; 2026-07-01 0/1"},
		{"abandoned before its day counts when it was abandoned", []poll.Poll{question("2026-04-20", "", "2026-03-20")}, "2026-04-30", "2026-01-01 0/1"},
		{"abandoned after its day counts until then", []poll.Poll{question("2026-03-20", "", "2026-04-20")}, "2026-08-30", "2026-01-01 0/1; 2026-04-01 0/1"},
		{"two of three", []poll.Poll{question("2026-03-20", "2026-03-20", ""), question("2026-03-20", "2026-03-21", ""), question("2026-03-20", "", "2026-02-20")}, "2026-04-01", "2026-01-01 2/3"},
	} {
		if got := written(answered(c.polls, civil(c.today))); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// A concern is closed by its first day, done or refused with the reason, and stays closed;
// an action is done. Moving the day helps neither.
func TestInTime(t *testing.T) {
	taken := func(steps ...action.Step) action.Listed {
		return action.Listed{Action: action.Action{FirstDue: civil("2026-02-10"), Steps: steps}}
	}
	step := func(kind action.StepKind, on string) action.Step { return action.Step{Kind: kind, Day: civil(on)} }
	for _, c := range []struct {
		name         string
		a            action.Listed
		today        string
		done, closed string
	}{
		{"done on its day", taken(step(action.Done, "2026-02-10")), "2026-03-01", "1/1", "1/1"},
		{"refused with its reason", taken(step(action.NotDone, "2026-02-10")), "2026-03-01", "0/1", "1/1"},
		{"done a day late", taken(step(action.Done, "2026-02-11")), "2026-03-01", "0/1", "0/1"},
		{"its day was moved", taken(step(action.Moved, "2026-02-09"), step(action.Done, "2026-02-20")), "2026-03-01", "0/1", "0/1"},
		{"done, and opened again the day after", taken(step(action.Done, "2026-02-10"), step(action.Reopened, "2026-02-11")), "2026-03-01", "0/1", "0/1"},
		{"opened again and done late", taken(step(action.Done, "2026-02-09"), step(action.Reopened, "2026-02-10"), step(action.Done, "2026-02-20")), "2026-03-01", "0/1", "0/1"},
		{"opened again and done in time", taken(step(action.Done, "2026-02-01"), step(action.Reopened, "2026-02-05"), step(action.Done, "2026-02-10")), "2026-03-01", "1/1", "1/1"},
		{"done, opened again and then refused late", taken(step(action.Done, "2026-02-01"), step(action.Reopened, "2026-02-05"), step(action.NotDone, "2026-02-20")), "2026-03-01", "0/1", "0/1"},
		{"nothing was done", taken(), "2026-02-11", "0/1", "0/1"},
		{"its day is today", taken(), "2026-02-10", "", ""},
	} {
		for want, ends := range map[*string][]action.StepKind{&c.done: {action.Done}, &c.closed: {action.Done, action.NotDone}} {
			got := strings.TrimPrefix(written(inTime([]action.Listed{c.a}, civil(c.today), ends...)), "2026-01-01 ")
			if got != *want {
				t.Errorf("%s, %v: got %q, want %q", c.name, ends, got, *want)
			}
		}
	}
}

// Of two surveys in one period the later stands, and says what the other said.
func TestStanding(t *testing.T) {
	year := civil("2026-01-01")
	list := standing([]scored{
		{"Staff survey 2025", civil("2025-01-01"), 6.5, "6.5"}, {"Spring survey", year, 6.9, "6.9"}, {"Autumn survey", year, 7.1, "7.1"}, {"Late survey", year, 7.3, "7.3"},
	})
	if len(list) != 2 || list[0].Note != "" || list[1].Value != 7.3 {
		t.Fatalf("%+v", list)
	}
	if want := "There was more than one survey in this time. This is Late survey. Before it: Spring survey said 6.9; Autumn survey said 7.1."; list[1].Note != want {
		t.Errorf("got %q, want %q", list[1].Note, want)
	}
}

// What the measures of members' activity mean stands on board pages: in words that are read
// at about the age of twelve, with nothing of what brought a change about.
func TestActivity_Words(t *testing.T) {
	var all []indicator.Definition
	for _, s := range []indicator.Source{voted{}, acted{}} {
		list, err := s.Measures(ctx, "wye")
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, list...)
	}
	if len(all) != 4 {
		t.Errorf("%d measures", len(all))
	}
	for _, d := range all {
		if age := readtest.Age(d.About); age > 13 {
			t.Errorf("%s reads at %.1f years: %s", d.Code, age, d.About)
		}
		if word := pack.Found(d.About); word != "" {
			t.Errorf("%s says %q", d.Code, word)
		}
	}
}
