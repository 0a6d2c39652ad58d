package poll_test

import (
	"slices"
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/internal/schema/schematest"
	"commonweal/law"
)

// A council election from the draft to the day the key is destroyed: one
// constituency is contested, the other has too few candidates.
func TestFlow_Council(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.on("2026-03-02")
		id := m.council()
		m.stage(id, poll.Draft)
		m.expectTasks(id, poll.CallPoll, poll.NameOfficer, poll.NameRegistrar, poll.NameKeyholders)
		m.refused(m.svc.Call(ctx, "sec", org, id), fault.Conflict, "no returning officer")
		m.officials(id)
		m.expectTasks(id, poll.CallPoll)
		m.ok(m.svc.Call(ctx, "sec", org, id))
		m.stage(id, poll.Called)
		m.refused(m.svc.Call(ctx, "sec", org, id), fault.Conflict, "called once")

		m.on("2026-03-04")
		m.stage(id, poll.Nominating)
		nursing, support := m.contest(id, "nursing"), m.contest(id, "support")
		amara := m.stands(nursing.ID, "amara", "dai", "eira")
		bryn := m.stands(nursing.ID, "bryn", "dai", "eira")
		cadi := m.stands(nursing.ID, "cadi", "amara", "bryn")
		dai := m.stands(nursing.ID, "dai", "amara")
		ffion := m.stands(support.ID, "ffion", "gwen", "huw")

		m.on("2026-03-20 23:50")
		m.stage(id, poll.Nominating)
		m.on("2026-03-21")
		m.stage(id, poll.Nominated)
		m.expectTasks(id, poll.DecideNominations, poll.MakeKey, poll.GiveNotice)
		for _, n := range []string{amara, bryn, cadi} {
			m.accept(nursing.ID, n)
		}
		m.accept(support.ID, ffion)
		m.refused(m.svc.DecideNomination(ctx, "ret", org, nursing.ID, dai, poll.Yes, ""), fault.Conflict, "1 backer who agreed")
		m.refused(m.svc.DecideNomination(ctx, "ret", org, nursing.ID, dai, poll.No, ""), fault.Invalid, "needs a reason")
		m.ok(m.svc.DecideNomination(ctx, "ret", org, nursing.ID, dai, poll.No, "One backer, and the rules ask for two."))
		m.refused(m.svc.MakeRoll(ctx, "ret", org, id), fault.Conflict, "not over")

		m.on("2026-03-26")
		m.expectTasks(id, poll.FindUncontested, poll.MakeRoll, poll.MakeKey, poll.GiveNotice)
		m.refused(m.svc.FindUncontested(ctx, "ret", org, nursing.ID), fault.Conflict, "there is a vote")
		m.ok(m.svc.FindUncontested(ctx, "ret", org, support.ID))
		m.ok(m.svc.MakeRoll(ctx, "ret", org, id))
		m.stage(id, poll.Nominated)
		if c := m.contest(id, "nursing"); c.Roll == nil || c.Roll.Voters() != 5 || c.Roll.Votes != 5 || c.Roll.Day != day("2026-03-25") {
			t.Fatalf("the roll of nursing: %+v", c.Roll)
		}
		if c := m.contest(id, "support"); c.Roll != nil {
			t.Error("a contest without a vote has a roll")
		}

		m.on("2026-04-08")
		m.refused(m.svc.Announce(ctx, "ret", org, id), fault.Conflict, "key is not made")
		m.keyMade(id)
		m.refused(m.svc.Announce(ctx, "sec", org, id), fault.Forbidden, "not the returning officer")
		m.ok(m.svc.Announce(ctx, "ret", org, id))
		m.stage(id, poll.Announced)
		p := m.poll(id)
		if p.NoticeHash == "" || !strings.Contains(string(p.Notice), m.contest(id, "nursing").Roll.Seal) || !strings.Contains(string(p.Notice), p.RulesHash) {
			t.Errorf("the notice does not name the roll and the rules: %s", p.Notice)
		}
		for _, name := range []string{"Amara", "amara", "Given"} {
			if strings.Contains(string(p.Notice), name) {
				t.Errorf("the notice has the name %q", name)
			}
		}
		var order []string
		for _, n := range m.contest(id, "nursing").Standing() {
			order = append(order, n.Person)
		}
		if want := []string{"amara", "bryn", "cadi"}; !slices.Equal(order, want) {
			t.Errorf("the ballot has %v", order)
		}

		m.on("2026-04-10 08:59")
		m.stage(id, poll.Announced)
		m.on("2026-04-10 09:00")
		m.stage(id, poll.Open)
		m.on("2026-05-01 16:59")
		m.stage(id, poll.Open)
		m.refused(m.counted(nursing.ID), fault.Conflict, "nothing is counted")
		m.on("2026-05-01 17:00")
		m.stage(id, poll.Closed)
		result := &poll.Result{Elected: []string{bryn, cadi}, Ballots: 4, Eligible: 5, Transcript: transcript, Head: head}
		m.refused(m.svc.Declare(ctx, "ret", org, nursing.ID, result), fault.Conflict, "not counted")
		m.ok(m.counted(nursing.ID))
		m.stage(id, poll.Counted)

		m.on("2026-05-05")
		m.refused(m.svc.Declare(ctx, "sec", org, nursing.ID, result), fault.Forbidden, "not the returning officer")
		m.ok(m.svc.Declare(ctx, "ret", org, nursing.ID, result))
		m.stage(id, poll.Counted) // the other contest is not declared yet
		m.ok(m.svc.Declare(ctx, "ret", org, support.ID, nil))
		m.stage(id, poll.Declared)
		for _, who := range []string{"bryn", "cadi", "ffion"} {
			roles, err := m.id.RolesOn(ctx, org, who, day("2026-06-01"))
			if err != nil || !slices.Contains(roles, policy.CouncilMember) {
				t.Errorf("%s is not appointed: %v, %v", who, roles, err)
			}
		}
		if roles, _ := m.id.RolesOn(ctx, org, "amara", day("2026-06-01")); len(roles) > 0 {
			t.Errorf("amara was not elected and holds %v", roles)
		}
		if roles, _ := m.id.RolesOn(ctx, org, "bryn", day("2029-06-01")); len(roles) > 0 {
			t.Errorf("the term is over and bryn holds %v", roles)
		}
		if c := m.contest(id, "support"); c.Declared.Result.Unfilled != 1 || len(c.Vacancies) != 1 || c.Vacancies[0].Way != poll.ByElection {
			t.Errorf("too few candidates: %+v %+v", c.Declared.Result, c.Vacancies)
		}
		m.expectTasks(id, poll.FillVacancies)

		m.on("2026-05-26") // the last day of 21 to question it
		m.stage(id, poll.Declared)
		m.on("2026-05-27")
		m.stage(id, poll.Settled)
		m.ok(m.record(func(tx *journal.Tx) error { return m.svc.KeyDestroyedIn(ctx, tx, id) }))
		m.stage(id, poll.Ended)
	})
}

// A staff ballot on a proposal: no nominations, an answer that is advice, and a
// result that has to agree with its numbers.
func TestFlow_Proposal(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.on("2026-09-14")
		id := m.ballot()
		m.officials(id)
		m.ok(m.svc.Call(ctx, "ret", org, id))
		m.stage(id, poll.Called)
		c := m.contest(id, "all")
		_, err := m.svc.Stand(ctx, "amara", org, poll.Nomination{Contest: c.ID, Person: "amara"})
		m.refused(err, fault.Conflict, "asks a question")
		m.on("2026-09-22")
		m.ok(m.svc.MakeRoll(ctx, "ret", org, id))
		m.on("2026-10-01")
		m.keyMade(id)
		m.ok(m.svc.Announce(ctx, "ret", org, id))
		m.stage(id, poll.Announced)
		m.on("2026-10-16 17:00")
		m.ok(m.counted(c.ID))
		r := poll.Result{For: 4, Against: 3, Blank: 1, Ballots: 8, Eligible: 8, Carried: true, Transcript: transcript, Head: head}
		for name, wrong := range map[string]func(r *poll.Result){
			"said to be lost":        func(r *poll.Result) { r.Carried = false },
			"of more voters":         func(r *poll.Result) { r.Eligible = 9 },
			"more votes than voters": func(r *poll.Result) { r.Against = 5 },
			"somebody elected":       func(r *poll.Result) { r.Elected = []string{"x"} },
			"no transcript":          func(r *poll.Result) { r.Transcript = "" },
			"no archive":             func(r *poll.Result) { r.Head = "zz" },
		} {
			bad := r
			wrong(&bad)
			if err := m.svc.Declare(ctx, "ret", org, c.ID, &bad); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		m.refused(m.svc.Declare(ctx, "ret", org, c.ID, nil), fault.Invalid, "no result")
		m.ok(m.svc.Declare(ctx, "ret", org, c.ID, &r))
		m.refused(m.svc.Declare(ctx, "ret", org, c.ID, &r), fault.Conflict, "was declared")
		m.stage(id, poll.Declared)
		p := m.poll(id)
		if p.Rules.Binding {
			t.Error("a staff ballot binds by default")
		}
		got := p.Contests[0].Declared
		if got.Result.Transcript != transcript || got.Result.Head != head || !strings.Contains(got.Result.Sentence(p.Rules.Motion()), "It is carried. ") {
			t.Errorf("%+v %q", got, got.Result.Sentence(p.Rules.Motion()))
		}
	})
}

// A resolution is counted as the law of the legal form says, and a second vote on
// one follows the first within the time of the law: Co-operative and Community
// Benefit Societies Act 2014, s.113: three quarters and half of all at the first, 14
// days to a month later.
func TestFlow_ResolutionOfTwoVotes(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		resolution := func(code string, stage int, closes, follows string) (string, error) {
			return m.svc.Prepare(ctx, "sec", org, poll.Poll{
				Code: code, Title: "Becoming a company", Kind: poll.Resolution, Follows: follows,
				Rules:    m.rules(poll.Ask{Kind: poll.Resolution, Form: law.BenefitSociety, Resolution: "conversion", Stage: stage}),
				Closes:   closing(closes),
				Contests: []poll.Contest{{Code: "members", Title: "Members", Question: "Should we become a company?"}},
			})
		}
		m.on("2026-09-01")
		first, err := resolution("company-1", 1, "2026-10-16", "")
		m.ok(err)
		_, err = resolution("company-2", 2, "2026-11-06", first)
		m.refused(err, fault.Invalid, "not declared as carried")
		p := m.poll(first)
		if c := p.Rules.Counting; c.Num != 3 || c.Den != 4 || c.TurnoutPercent != 50 || c.Stages != 2 || !strings.Contains(p.Rules.Law[0].Text, "s.113") {
			t.Errorf("%+v", c)
		}
		// Model rules: 14 clear days, and an e-mail counts after 48 hours.
		if got := p.Timetable.Day("notice-of-poll"); got.DaysUntil(day("2026-10-16")) < 17 {
			t.Errorf("notice on %s", got)
		}
		m.officials(first)
		m.ok(m.svc.Call(ctx, "sec", org, first))
		m.on(p.Timetable.Day("roll").AddDays(1).String())
		m.ok(m.svc.MakeRoll(ctx, "ret", org, first))
		m.keyMade(first)
		m.on(p.Timetable.Day("notice-of-poll").String())
		m.ok(m.svc.Announce(ctx, "ret", org, first))
		m.on("2026-10-16 17:30")
		m.ok(m.counted(p.Contests[0].ID))
		r := &poll.Result{For: 3, Against: 0, Ballots: 3, Eligible: 8, Carried: true, Transcript: transcript, Head: head}
		m.refused(m.svc.Declare(ctx, "ret", org, p.Contests[0].ID, r), fault.Invalid, "do not make carried") // three of eight is not half
		r.For, r.Against = 6, 2
		m.ok(m.svc.Declare(ctx, "ret", org, p.Contests[0].ID, r))

		_, err = resolution("company-2", 2, "2026-10-29", first)
		m.refused(err, fault.Invalid, "between Friday 30 October 2026 and Monday 16 November 2026")
		_, err = resolution("company-2", 2, "2026-11-17", first)
		m.refused(err, fault.Invalid, "between")
		_, err = resolution("company-2", 1, "2026-11-16", first)
		m.refused(err, fault.Invalid, "follows another poll")
		if _, err = resolution("company-2", 2, "2026-11-16", first); err != nil {
			t.Error(err)
		}
	})
}
