package law_test

import (
	"testing"
	"time"

	"commonweal/law"
)

// Companies Act 2006, s.360: neither the day of the notice nor the day of the
// meeting counts.
func TestClearDays_CompaniesAct2006s360(t *testing.T) {
	for _, c := range []struct {
		name, given, meeting string
		want                 int
	}{
		{"a fortnight and a day gives fourteen", "2026-11-02", "2026-11-17", 14},
		{"a bare fortnight gives thirteen", "2026-11-03", "2026-11-17", 13},
		{"the next day gives none", "2026-11-16", "2026-11-17", 0},
		{"the same day gives none", "2026-11-17", "2026-11-17", 0},
		{"notice after the meeting gives none", "2026-11-18", "2026-11-17", 0},
		{"over a leap day", "2024-02-20", "2024-03-06", 14},
		{"without the leap day", "2025-02-20", "2025-03-06", 13},
		{"over the day the clocks go forward", "2026-03-20", "2026-04-04", 14},
		{"over the day they go back", "2026-10-20", "2026-11-04", 14},
		{"over the new year", "2026-12-20", "2027-01-04", 14},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := law.ClearDays(day(t, c.given), day(t, c.meeting)); got != c.want {
				t.Errorf("from %s to %s there are %d clear days, want %d", c.given, c.meeting, got, c.want)
			}
		})
	}
}

// The last day for notice leaves exactly the days asked for, and a day later
// leaves one too few, for every day of two years.
func TestLatestNotice_IsTight(t *testing.T) {
	for meeting := day(t, "2024-01-01"); meeting.Year() < 2026; meeting = meeting.AddDays(1) {
		for _, n := range []int{1, 7, 14, 21, 28} {
			latest := law.LatestNotice(meeting, n)
			if law.ClearDays(latest, meeting) != n || law.ClearDays(latest.AddDays(1), meeting) != n-1 {
				t.Fatalf("meeting %s, %d clear days: latest notice %s", meeting, n, latest)
			}
			if law.EarliestMeeting(latest, n) != meeting {
				t.Fatalf("earliest meeting after notice on %s is not %s", latest, meeting)
			}
		}
	}
}

func companyService(t *testing.T, c law.Channel) law.ServiceRule {
	t.Helper()
	form, err := library(t).Form(law.CICShares, day(t, "2026-11-21"))
	if err != nil {
		t.Fatal(err)
	}
	rule, ok := form.ServiceBy(c)
	if !ok {
		t.Fatalf("no rule of receipt for %s", c)
	}
	return rule
}

// Companies Act 2006, s.1147(2), (3) and (5): 48 hours, leaving out any part of a
// day that is not a working day. The first two cases are those of the
// explanatory notes to the Act, paragraph 1475.
func TestReceived_CompaniesAct2006s1147(t *testing.T) {
	cal := england(t)
	post := companyService(t, law.ByPost)
	for _, c := range []struct{ name, sent, want string }{
		{"Friday 3pm arrives Tuesday 3pm", "2026-11-20 15:00", "2026-11-24 15:00"},
		{"on a bank holiday weekend it arrives Wednesday", "2026-05-22 15:00", "2026-05-27 15:00"},
		{"Monday arrives Wednesday", "2026-11-23 09:30", "2026-11-25 09:30"},
		{"what is posted on Saturday starts on Monday", "2026-11-21 11:00", "2026-11-25 00:00"},
		{"over the day the clocks go forward", "2026-03-27 12:00", "2026-03-31 12:00"},
		{"over the day they go back", "2026-10-23 12:00", "2026-10-27 12:00"},
		{"over Christmas", "2026-12-24 10:00", "2026-12-30 10:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			sent, err := time.ParseInLocation("2006-01-02 15:04", c.sent, law.London())
			if err != nil {
				t.Fatal(err)
			}
			if got := post.Received(cal, sent).In(law.London()).Format("2006-01-02 15:04"); got != c.want {
				t.Errorf("posted %s, received %s, want %s", c.sent, got, c.want)
			}
		})
	}
}

// The day of receipt is never earlier than for any moment of the day of sending,
// and sending later never means receiving earlier.
func TestReceivedOn_NeverEarly(t *testing.T) {
	cal := england(t)
	post := companyService(t, law.ByPost)
	before := law.Date{}
	for d := day(t, "2026-01-01"); d.Year() < 2027; d = d.AddDays(1) {
		got, err := post.ReceivedOn(cal, d)
		if err != nil {
			t.Fatal(err)
		}
		for hour := range 24 {
			if moment := law.Today(post.Received(cal, d.Start().Add(time.Duration(hour)*time.Hour))); moment.After(got) {
				t.Fatalf("sent %s at %d hours, received %s, after %s", d, hour, moment, got)
			}
		}
		if got.Before(before) {
			t.Fatalf("sent %s, received %s, before the day before's %s", d, got, before)
		}
		before = got
	}
}

// A society's own rules fix receipt, and the model rules count every hour.
func TestReceivedOn_SocietyRulesCountEveryHour(t *testing.T) {
	form, err := library(t).Form(law.BenefitSociety, day(t, "2026-11-21"))
	if err != nil {
		t.Fatal(err)
	}
	rule, _ := form.ServiceBy(law.ByPost)
	got, err := rule.ReceivedOn(england(t), day(t, "2026-11-20"))
	if err != nil || got != day(t, "2026-11-22") {
		t.Errorf("posted on Friday it counts as received on %s, %v", got, err)
	}
	if !rule.Checked.IsZero() {
		t.Error("a figure from model rules is marked as checked law")
	}
}

// Companies Act 2006, ss.307, 360 and 1147 together: when the last letter may go.
func TestLatestSending(t *testing.T) {
	cal := england(t)
	meeting := day(t, "2026-12-09")
	for _, c := range []struct {
		by   law.Channel
		want string
	}{
		{law.ByHand, "2026-11-24"},
		{law.ByPost, "2026-11-20"},
		{law.ByEmail, "2026-11-20"},
	} {
		got, err := law.LatestSending(cal, meeting, 14, companyService(t, c.by))
		if err != nil {
			t.Fatal(err)
		}
		if got.Day != day(t, c.want) || got.Reason == "" || !got.Known {
			t.Errorf("%s: latest %s, want %s (%s)", c.by, got.Day, c.want, got.Reason)
		}
	}
}

// Sending on the latest day is in time, and a working day later is not.
func TestLatestSending_IsTight(t *testing.T) {
	cal := england(t)
	post := companyService(t, law.ByPost)
	for meeting := day(t, "2026-01-01"); meeting.Year() < 2027; meeting = meeting.AddDays(1) {
		got, err := law.LatestSending(cal, meeting, 14, post)
		if err != nil {
			t.Fatal(err)
		}
		received, _ := post.ReceivedOn(cal, got.Day)
		if law.ClearDays(received, meeting) < 14 {
			t.Fatalf("meeting %s: posted %s is received %s, too late", meeting, got.Day, received)
		}
		late, _ := post.ReceivedOn(cal, got.Day.AddDays(1))
		if law.ClearDays(late, meeting) >= 14 {
			t.Fatalf("meeting %s: a day after %s is still in time", meeting, got.Day)
		}
	}
}

// Companies Act 2006, s.1147(4): a page counts when it is up, on a Saturday too,
// because no hours are counted.
func TestReceived_Website_AtOnce(t *testing.T) {
	saturday := day(t, "2026-11-21")
	got, err := companyService(t, law.ByWebsite).ReceivedOn(england(t), saturday)
	if err != nil || got != saturday {
		t.Errorf("put up on Saturday it counts as received on %s, %v", got, err)
	}
}

// Asking for a channel the form does not have gives the empty rule, which is an
// error and not a guess.
func TestLatestSending_NoRule(t *testing.T) {
	if _, err := law.LatestSending(england(t), day(t, today), 14, law.ServiceRule{}); err == nil {
		t.Error("a rule that says nothing gave a day")
	}
}
