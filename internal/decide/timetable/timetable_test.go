package timetable_test

import (
	"errors"
	"strings"
	"testing"

	"commonweal/internal/decide/timetable"
	"commonweal/law"
)

var library = func() *law.Library {
	l, err := law.Load()
	if err != nil {
		panic(err)
	}
	return l
}()

func day(s string) law.Date {
	d, err := law.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func plan(t testing.TB, kind timetable.Kind, on string) timetable.Plan {
	t.Helper()
	p, err := timetable.NewPlan(library, kind, day(on))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func table(t testing.TB, kind timetable.Kind, closes string) timetable.Timetable {
	t.Helper()
	tt, err := plan(t, kind, "2026-11-22").Make(timetable.CloseOn(day(closes)))
	if err != nil {
		t.Fatal(err)
	}
	return tt
}

// Worked by hand with a wall calendar. Model Election Rules 2014, rules 5 and 6:
// Saturdays, Sundays, Good Friday, Christmas and bank holidays do not count.
func TestMake_HandWorked(t *testing.T) {
	cases := []struct {
		name   string
		kind   timetable.Kind
		closes string
		want   map[timetable.Step]string
	}{
		{"Christmas Day, Boxing Day moved to a Monday, New Year's Day", timetable.Election, "2027-01-15", map[timetable.Step]string{
			timetable.NoticeOfElection: "2026-11-17", timetable.NominationsClose: "2026-12-03", timetable.Statement: "2026-12-04",
			timetable.Withdrawals: "2026-12-08", timetable.Roll: "2026-12-08", timetable.ClaimsClose: "2026-12-17",
			timetable.CredentialsClose: "2026-12-21", timetable.KeyMade: "2026-12-21", timetable.NoticeOfPoll: "2026-12-22",
			timetable.Opens: "2026-12-22", timetable.Closes: "2027-01-15", timetable.Tally: "2027-01-15",
			timetable.Declaration: "2027-01-18", timetable.Petitions: "2027-02-08", timetable.KeyDestroyed: "2027-02-09",
		}},
		{"Good Friday and Easter Monday; the declaration waits for the May bank holiday", timetable.Election, "2026-05-01", map[timetable.Step]string{
			timetable.NoticeOfElection: "2026-03-04", timetable.NominationsClose: "2026-03-20", timetable.Statement: "2026-03-23",
			timetable.Withdrawals: "2026-03-25", timetable.NoticeOfPoll: "2026-04-10", timetable.Declaration: "2026-05-05",
		}},
		{"a ballot in a quiet month", timetable.Ballot, "2026-10-16", map[timetable.Step]string{
			timetable.Roll: "2026-09-21", timetable.ClaimsClose: "2026-09-29", timetable.KeyMade: "2026-10-01",
			timetable.NoticeOfPoll: "2026-10-02", timetable.Opens: "2026-10-02", timetable.Declaration: "2026-10-19",
		}},
		// The timetables that two foundation trusts printed.
		{"Royal United Hospitals Bath, 2017", timetable.Election, "2017-12-20", map[timetable.Step]string{
			timetable.NominationsClose: "2017-11-10", timetable.Withdrawals: "2017-11-15", timetable.NoticeOfPoll: "2017-11-29",
			timetable.Declaration: "2017-12-21",
		}},
		{"Great Western Hospitals, 2012", timetable.Election, "2012-11-14", map[timetable.Step]string{
			timetable.NominationsClose: "2012-10-05", timetable.Withdrawals: "2012-10-10",
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			tt := table(t, c.kind, c.closes)
			for step, want := range c.want {
				if got := tt.Day(step); got != day(want) {
					t.Errorf("%s: got %s, want %s", step, got, want)
				}
			}
		})
	}
}

// Whoever is told a day is told how it came about, with the holidays passed over
// and whether their days are known yet.
func TestMake_Reasons(t *testing.T) {
	d, _ := table(t, timetable.Election, "2027-01-15").Find(timetable.NoticeOfPoll)
	for _, want := range []string{"15 working days before the close on Friday 15 January 2027", "Christmas Day (Friday 25 December 2026)", "Boxing Day (Monday 28 December 2026)", "not yet checked"} {
		if !strings.Contains(d.Reason, want) {
			t.Errorf("%q lacks %q", d.Reason, want)
		}
	}
	far, err := plan(t, timetable.Election, "2026-11-22").Make(timetable.CloseOn(day("2061-03-11")))
	if err != nil {
		t.Fatal(err)
	}
	if d, _ := far.Find(timetable.NoticeOfPoll); d.Known || !strings.Contains(d.Reason, "not published yet") {
		t.Errorf("a poll in 2061: %+v", d)
	}
}

// The close is at five in London, which is four by Greenwich in summer.
func TestCloseOn_IsLondonTime(t *testing.T) {
	for on, want := range map[string]string{"2026-07-10": "16:00", "2026-12-10": "17:00"} {
		if got := timetable.CloseOn(day(on)).UTC().Format("15:04"); got != want {
			t.Errorf("%s: %s", on, got)
		}
	}
}

// A resolution is announced when the law of the legal form says: Companies Act
// 2006, s.307: 14 clear days, and s.1147: an e-mail counts 48 hours later.
func TestWithNotice_LegalForm(t *testing.T) {
	form, err := library.Form(law.CICShares, day("2026-11-22"))
	if err != nil {
		t.Fatal(err)
	}
	rule, ok := form.Notice("general-meeting")
	by, byEmail := form.ServiceBy(law.ByEmail)
	if !ok || !byEmail {
		t.Fatal("the form lacks a notice or a rule of service")
	}
	tt, err := plan(t, timetable.Ballot, "2026-11-22").WithNotice(rule, by).Make(timetable.CloseOn(day("2026-10-16")))
	if err != nil {
		t.Fatal(err)
	}
	latest, err := law.LatestSending(must(library.Calendar(law.England)), day("2026-10-16"), 14, by)
	if err != nil {
		t.Fatal(err)
	}
	notice, _ := tt.Find(timetable.NoticeOfPoll)
	if notice.Day.After(latest.Day) || latest.Day.DaysUntil(notice.Day) < -3 || notice.Latest != notice.Day {
		t.Errorf("notice on %s (latest %s), the law says %s", notice.Day, notice.Latest, latest.Day)
	}
	if !strings.Contains(notice.Reason, "14 clear days") {
		t.Error(notice.Reason)
	}
	// What comes before the notice moves with it; the poll still opens by default.
	if !tt.Day(timetable.KeyMade).Before(notice.Day) || tt.Day(timetable.Opens) != day("2026-10-02") {
		t.Errorf("key %s, opens %s", tt.Day(timetable.KeyMade), tt.Day(timetable.Opens))
	}
	if _, err := tt.Change(timetable.NoticeOfPoll, notice.Day.AddDays(1), day("2026-09-01"), "ret", "late"); err == nil {
		t.Error("a notice later than the law allows")
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestMake_Refuses(t *testing.T) {
	for name, closes := range map[string]string{"a Sunday": "2026-11-22", "Christmas Day": "2026-12-25"} {
		if _, err := plan(t, timetable.Election, "2026-11-22").Make(timetable.CloseOn(day(closes))); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := timetable.NewPlan(library, "coup", day("2026-11-22")); err == nil {
		t.Error("an unknown kind of poll")
	}
	if _, err := timetable.NewPlan(library, timetable.Election, day("1999-01-01")); err == nil {
		t.Error("a plan on a day without rules")
	}
}

func TestChange(t *testing.T) {
	tt := table(t, timetable.Election, "2027-01-15")
	cases := []struct {
		name  string
		step  timetable.Step
		to    string
		today string
		why   string
		says  string // empty: allowed
	}{
		{"a day earlier than the rule asks is allowed", timetable.NominationsClose, "2026-12-02", "2026-11-20", "the canteen is closed", ""},
		{"a day later is not", timetable.NominationsClose, "2026-12-04", "2026-11-20", "x", "too late"},
		{"a day of ours may move within its bounds", timetable.ClaimsClose, "2026-12-18", "2026-11-20", "x", ""},
		{"not below the time to put the roll right", timetable.ClaimsClose, "2026-12-14", "2026-11-20", "x", "5 working days"},
		{"not on a Saturday", timetable.NominationsClose, "2026-11-28", "2026-11-20", "x", "no working day"},
		{"not without a reason", timetable.NominationsClose, "2026-12-02", "2026-11-20", " ", "needs a reason"},
		{"not once it has passed", timetable.NominationsClose, "2026-12-02", "2026-12-04", "x", "has passed"},
		{"not to a day that has passed", timetable.NoticeOfPoll, "2026-12-18", "2026-12-21", "x", "has passed"},
		{"not out of order", timetable.Statement, "2026-12-01", "2026-11-20", "x", "comes before"},
		{"not for years", timetable.NoticeOfElection, "2025-01-06", "2024-12-01", "x", "too early"},
		{"not the close", timetable.Closes, "2027-01-18", "2026-11-20", "x", "moved with everything"},
		{"not what follows", timetable.Petitions, "2027-02-10", "2026-11-20", "x", "follows"},
		{"a declaration takes what follows along", timetable.Declaration, "2027-01-20", "2026-11-20", "x", ""},
		{"no step of another kind", "elevenses", "2027-01-20", "2026-11-20", "x", "no such step"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := tt.Change(c.step, day(c.to), day(c.today), "ret", c.why)
			if c.says != "" {
				var e *timetable.Error
				if !errors.As(err, &e) || !strings.Contains(err.Error(), c.says) {
					t.Fatalf("%v lacks %q", err, c.says)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			d, _ := got.Find(c.step)
			if d.Day != day(c.to) || d.ChangedBy != "ret" || d.Why != c.why {
				t.Errorf("%+v", d)
			}
			if tt.Day(c.step) == day(c.to) {
				t.Error("the timetable it was made from changed too")
			}
			if c.step == timetable.Declaration && got.Day(timetable.Petitions) != day("2027-02-10") {
				t.Errorf("petitions until %s", got.Day(timetable.Petitions))
			}
		})
	}
}

// Moving the close counts the later days again and leaves those that have passed.
func TestMove(t *testing.T) {
	tt := table(t, timetable.Election, "2027-01-15")
	later, err := tt.Move(timetable.CloseOn(day("2027-01-22")), day("2026-11-20"), "ret", "a strike in the post")
	if err != nil {
		t.Fatal(err)
	}
	if got := later.Day(timetable.NoticeOfElection); got != day("2026-11-17") {
		t.Errorf("the notice of election moved to %s", got)
	}
	if got := later.Day(timetable.NoticeOfPoll); got != day("2026-12-31") {
		t.Errorf("notice of poll on %s", got)
	}
	if d, _ := later.Find(timetable.Closes); d.Why != "a strike in the post" {
		t.Errorf("%+v", d)
	}
	// A notice that was due on 22 December and did not come is due again.
	again, err := tt.Move(timetable.CloseOn(day("2027-01-20")), day("2026-12-23"), "ret", "the notice was late")
	if err != nil {
		t.Fatal(err)
	}
	if got, key := again.Day(timetable.NoticeOfPoll), again.Day(timetable.KeyMade); got != day("2026-12-29") || key != day("2026-12-21") {
		t.Errorf("notice of poll on %s, key by %s", got, key)
	}
	for _, c := range []struct{ name, closes, today, says string }{
		{"earlier, so that the notice given would have been too short", "2027-01-08", "2026-11-20", "too late"},
		{"so early that a step would be in the past", "2026-12-21", "2026-11-20", "has passed"},
		{"after the close", "2027-01-29", "2027-01-18", "has passed"},
		{"to a Sunday", "2027-01-24", "2026-11-20", "no working day"},
	} {
		if _, err := tt.Move(timetable.CloseOn(day(c.closes)), day(c.today), "ret", "x"); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if _, err := tt.Move(timetable.CloseOn(day("2027-01-22")), day("2026-11-20"), "ret", ""); err == nil {
		t.Error("moved without a reason")
	}
}

// What is stored of a timetable makes it again.
func TestRestore(t *testing.T) {
	p := plan(t, timetable.Election, "2026-11-22")
	tt := table(t, timetable.Election, "2027-01-15")
	tt, err := tt.Change(timetable.Declaration, day("2027-01-20"), day("2026-11-20"), "ret", "the hall is taken")
	if err != nil {
		t.Fatal(err)
	}
	var stored []timetable.Stored
	for _, d := range tt.Days {
		stored = append(stored, timetable.Stored{Step: d.Step, Day: d.Day, ChangedBy: d.ChangedBy, Why: d.Why})
	}
	again, err := p.Restore(tt.Closes, stored)
	if err != nil {
		t.Fatal(err)
	}
	if changed := again.Changed(tt); len(changed) > 0 {
		t.Errorf("%v differ", changed)
	}
	for i, d := range again.Days {
		if d.Count != tt.Days[i].Count {
			t.Errorf("%s: %d, was %d", d.Step, d.Count, tt.Days[i].Count)
		}
	}
}

// For every close of fourteen months, either kind of poll has its days in order and
// begins on a day that gives this close as the earliest.
func TestMake_EveryClose(t *testing.T) {
	cal := must(library.Calendar(law.England))
	for _, kind := range []timetable.Kind{timetable.Election, timetable.Ballot} {
		p := plan(t, kind, "2026-11-22")
		for close := day("2026-11-02"); close.Before(day("2028-01-10")); close = close.AddDays(1) {
			if !cal.Working(close) {
				continue
			}
			tt, err := p.Make(timetable.CloseOn(close))
			if err != nil {
				t.Fatalf("%s %s: %v", kind, close, err)
			}
			if got := p.EarliestClose(tt.First()); got != close {
				t.Fatalf("%s: begun on %s it closes on %s at the earliest, not %s", kind, tt.First(), got, close)
			}
			for _, d := range tt.Days {
				if d.Step != timetable.Petitions && !cal.Working(d.Day) {
					t.Fatalf("%s on %s is no working day", d.Step, d.Day)
				}
			}
		}
	}
}
