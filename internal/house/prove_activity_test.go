package house

import (
	"fmt"
	"testing"
	"time"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/listen/action"
	"commonweal/internal/own/member"
	"commonweal/internal/schema/schematest"
)

// On each engine the measures of what members do come from the rooms that hold it, are
// offered beside the others, and stay as they are when somebody who voted is erased.
func TestProve_Activity(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { proveActivity(t) })
	t.Run("postgres", func(t *testing.T) {
		url := schematest.PostgresURL(t)
		proveActivity(t, func(o *Options) { o.Database = url })
	})
}

func proveActivity(t *testing.T, change ...func(*Options)) {
	h := newHome(t, change...)
	h.class(func(c *member.Class) { c.Kind = member.Partner })
	var voters []string
	for i := range 12 {
		who := h.person(fmt.Sprintf("Ada%c", 'a'+i))
		_, err := h.Members.Admit(ctx, h.Secretary, "wye", member.Decision{Person: who, Class: "patients", Effective: h.day("2026-11-01"), Reason: "Asked to join"})
		h.ok(err)
		voters = append(voters, who)
	}
	answered, given := h.question("parking", "2027-01-15"), h.question("name", "2027-01-15")
	officers := h.officers(answered, given)
	h.ok(h.Polls.Call(ctx, officers, "wye", answered))
	h.ok(h.Polls.Call(ctx, officers, "wye", given))
	owner := voters[3]
	agreed := map[action.StepKind]string{}
	for i, kind := range []action.StepKind{action.Done, action.NotDone, action.Begun} {
		a, err := h.Actions.Agree(ctx, h.Secretary, "wye", action.Draft{
			Finding: action.Finding{Wave: "w", WaveName: "Survey", About: action.Comments, Label: "Comments", Says: "Many write of it."},
			Title:   fmt.Sprint("Action ", i), Doing: "It is done.", Owner: owner, Due: h.day("2026-11-30"),
		})
		h.ok(err)
		_, err = h.Actions.Take(ctx, owner, "wye", action.Take{Action: a.ID, Kind: kind, Note: "So it is."})
		h.ok(err)
		agreed[kind] = a.ID
	}
	h.figures(turnoutCode, "")
	h.figures(answeredCode, "")
	h.figures(closedCode, "")

	h.on("2026-12-18")
	h.figures(actionsCode, "2026-10-01 1/3")
	h.figures(closedCode, "2026-10-01 2/3")
	p := h.poll(answered)
	h.on(p.Timetable.Day(timetable.Roll).AddDays(1).String())
	h.ok(h.Polls.MakeRoll(ctx, officers, "wye", answered))
	h.ok(h.Polls.Abandon(ctx, officers, "wye", given, "The question was put wrongly."))
	h.on(p.Timetable.Day(timetable.NoticeOfPoll).String())
	h.records("poll.key_made", func(tx *journal.Tx) error { return h.Polls.KeyMadeIn(ctx, tx, answered, "BELENIOS-2048") })
	h.ok(h.Polls.Announce(ctx, officers, "wye", answered))
	h.Clock.Set(p.Closes.Add(time.Minute))
	contest := p.Contests[0].ID
	h.records("poll.counted", func(tx *journal.Tx) error { return h.Polls.CountedIn(ctx, tx, contest) })
	const sum = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	h.figures(turnoutCode, "")
	h.ok(h.Polls.Declare(ctx, officers, "wye", contest, &poll.Result{For: 6, Against: 2, Blank: 1, Ballots: 9, Eligible: 12, Carried: true, Transcript: sum, Head: sum}))

	const turnout, questions = "2027-01-01 9/12; 2027-01-01 Parking 9/12", "2026-10-01 0/1; 2027-01-01 1/1"
	h.figures(turnoutCode, turnout)
	h.figures(answeredCode, questions)
	_, err := h.Actions.Take(ctx, owner, "wye", action.Take{Action: agreed[action.Done], Kind: action.Reopened, Note: "It stopped.", Due: h.today().AddDays(9)})
	h.ok(err)
	h.figures(closedCode, "2026-10-01 1/3")
	h.records("person.erased", func(tx *journal.Tx) error { return h.Polls.Forget(ctx, tx, voters[0]) })
	h.figures(turnoutCode, turnout)

	all, err := h.Indicators.List(ctx, "wye")
	h.ok(err)
	offered := map[string]bool{}
	for _, d := range all {
		offered[d.Code] = true
	}
	for _, code := range []string{turnoutCode, answeredCode, actionsCode, closedCode} {
		if !offered[code] {
			t.Errorf("%s is not offered", code)
		}
	}
}

// question is a draft of a ballot of the patients.
func (h *home) question(code, closes string) string {
	h.t.Helper()
	rules, err := poll.DefaultRules(h.Law, poll.Ask{Kind: poll.Proposal}, h.today())
	h.ok(err)
	id, err := h.Polls.Prepare(ctx, h.Secretary, "wye", poll.Poll{
		Code: code, Title: map[string]string{"parking": "Parking", "name": "Our name"}[code], Kind: poll.Proposal, Rules: rules, Closes: timetable.CloseOn(h.day(closes)),
		Contests: []poll.Contest{{Code: "all", Title: map[string]string{"parking": "Parking", "name": "Our name"}[code], Class: "patients", Question: "Should we?"}},
	})
	h.ok(err)
	return id
}

// officers names everybody that polls need, and returns the returning officer.
func (h *home) officers(polls ...string) string {
	h.t.Helper()
	appointed := map[string]string{}
	for _, o := range []struct {
		given string
		role  policy.Role
	}{{"Rhys", policy.ReturningOfficer}, {"Rena", policy.Registrar}, {"Kit", policy.Trustee}, {"Kay", policy.Trustee}, {"Kim", policy.Trustee}, {"Una", policy.StaffSide}} {
		who := h.person(o.given)
		_, err := h.Identity.Appoint(ctx, "setup", identity.Appointment{Org: "wye", Person: who, Role: o.role})
		h.ok(err)
		appointed[o.given] = who
	}
	for _, id := range polls {
		for _, o := range []struct {
			by, given string
			office    poll.Office
		}{{h.Secretary, "Rhys", poll.ReturningOfficer}, {h.Secretary, "Rena", poll.Registrar}, {h.Secretary, "Kit", poll.Keyholder}, {h.Secretary, "Kay", poll.Keyholder}, {appointed["Una"], "Kim", poll.Keyholder}} {
			_, err := h.Polls.Name(ctx, o.by, "wye", id, poll.Official{Person: appointed[o.given], Office: o.office})
			h.ok(err)
		}
	}
	return appointed["Rhys"]
}

func (h *home) poll(id string) poll.Poll {
	h.t.Helper()
	p, err := h.Polls.Poll(ctx, "wye", id)
	h.ok(err)
	return p
}

// on puts the clock to ten in the morning of a day.
func (h *home) on(iso string) { h.Clock.Set(h.day(iso).Start().Add(10 * time.Hour)) }

func (h *home) records(kind string, change func(tx *journal.Tx) error) {
	h.t.Helper()
	_, err := h.Journal.Record(ctx, journal.Fact{Org: "wye", Kind: kind, Actor: h.Secretary}, change)
	h.ok(err)
}

// figures holds those of a measure against what they have to be.
func (h *home) figures(code, want string) {
	h.t.Helper()
	list, err := h.Indicators.Figures(ctx, "wye", code)
	h.ok(err)
	if got := written(list); got != want {
		h.t.Errorf("%s: got %q, want %q", code, got, want)
	}
}
