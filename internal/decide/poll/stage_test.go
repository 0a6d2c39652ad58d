package poll_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/law"
)

var everyStage = []poll.Stage{
	poll.Draft, poll.Called, poll.Nominating, poll.Nominated, poll.Announced, poll.Open, poll.Closed, poll.Counted,
	poll.Uncontested, poll.Declared, poll.Settled, poll.Ended, poll.Abandoned,
}

// someFacts are facts put together without sense, as a fault of the program or an
// edited database might leave them.
func someFacts(t testing.TB, r *rand.Rand) poll.Facts {
	kind := []poll.Kind{poll.Constituency, poll.Post, poll.Proposal, poll.Resolution}[r.IntN(4)]
	times := timetable.Ballot
	if kind.Elects() {
		times = timetable.Election
	}
	plan, err := timetable.NewPlan(library, times, day("2026-01-05"))
	if err != nil {
		t.Fatal(err)
	}
	closes := day("2026-05-01")
	tt, err := plan.Make(timetable.CloseOn(closes))
	if err != nil {
		t.Fatal(err)
	}
	perhaps := func(d law.Date) law.Date {
		if r.IntN(2) == 0 {
			return law.Date{}
		}
		return d.AddDays(r.IntN(80) - 40)
	}
	f := poll.Facts{
		Kind: kind, Timetable: tt, Called: perhaps(tt.First()), KeyMade: perhaps(closes), Officials: map[poll.Office]int{},
		Rules: poll.Rules{Keyholders: 3}, Independent: r.IntN(2) == 0,
	}
	if r.IntN(5) == 0 {
		f.Abandoned = perhaps(closes)
	}
	if r.IntN(5) == 0 {
		f.Ended = perhaps(closes)
	}
	if r.IntN(2) == 0 {
		f.Announced = timetable.OpenOn(closes.AddDays(r.IntN(60) - 40))
	}
	for o := range 5 {
		f.Officials[[]poll.Office{poll.ReturningOfficer, poll.Registrar, poll.Keyholder, poll.Teller, poll.Observer}[o]] = r.IntN(4)
	}
	for range r.IntN(4) {
		f.Contests = append(f.Contests, poll.ContestFacts{
			ID: "c", Title: "Nursing", Seats: 1 + r.IntN(3), Standing: r.IntN(5), Undecided: r.IntN(2), HasRoll: r.IntN(2) == 0, OpenClaims: r.IntN(2),
			Uncontested: perhaps(closes), Counted: perhaps(closes), Declared: perhaps(closes), PetitionUntil: perhaps(closes.AddDays(21)),
			OpenPetitions: r.IntN(2), OpenVacancies: r.IntN(2), NotAppointed: r.IntN(2),
		})
	}
	return f
}

// Whatever the facts: there is one of the known stages at every instant, what is to
// be done can be read, and with no new facts a poll never goes back as time passes.
func TestStage_IsTotalAndNeverGoesBack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	known := map[poll.Stage]bool{}
	for _, s := range everyStage {
		known[s] = true
	}
	seen := map[poll.Stage]bool{}
	for range 3000 {
		f := someFacts(t, r)
		last := poll.Stage("")
		overdue := map[string]bool{}
		for at := day("2026-02-01").Start(); at.Before(day("2026-07-20").Start()); at = at.Add(time.Duration(1+r.IntN(60)) * time.Hour) {
			stage, list := f.Stage(at)
			seen[stage] = true
			if !known[stage] || stage.Words() == "" || stage.Rank() < 0 {
				t.Fatalf("stage %q", stage)
			}
			if last != "" && stage.Rank() < last.Rank() {
				t.Fatalf("at %s it is %s and was %s: %+v", at, stage, last, f)
			}
			last = stage
			for _, n := range list {
				if n.Task == "" || n.Who == "" || !strings.HasSuffix(n.Text, ".") || n.Overdue != (!n.Until.IsZero() && !at.Before(n.Until)) {
					t.Fatalf("at %s: %+v", at, n)
				}
				key := string(n.Task) + n.Contest + n.By.String()
				if overdue[key] && !n.Overdue {
					t.Fatalf("%s was overdue and is not any more", n.Task)
				}
				overdue[key] = n.Overdue
			}
		}
	}
	for _, s := range everyStage {
		if !seen[s] {
			t.Errorf("no poll was ever %s", s)
		}
	}
}

// The notice that comes late on its day opens the poll when it comes, not before.
func TestOpens_NotBeforeNotice(t *testing.T) {
	plan, err := timetable.NewPlan(library, timetable.Ballot, day("2026-01-05"))
	if err != nil {
		t.Fatal(err)
	}
	tt, err := plan.Make(timetable.CloseOn(day("2026-05-01")))
	if err != nil {
		t.Fatal(err)
	}
	opens := tt.Day(timetable.Opens)
	for _, c := range []struct{ announced, want time.Time }{
		{time.Time{}, time.Time{}},
		{opens.Start(), timetable.OpenOn(opens)},
		{timetable.OpenOn(opens).Add(3 * time.Hour), timetable.OpenOn(opens).Add(3 * time.Hour)},
	} {
		if got := (poll.Facts{Timetable: tt, Announced: c.announced}).Opens(); !got.Equal(c.want) {
			t.Errorf("announced %s: opens %s", c.announced, got)
		}
	}
}
