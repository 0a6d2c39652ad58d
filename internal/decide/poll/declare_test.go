package poll_test

import (
	"slices"
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/internal/schema/schematest"
)

// A result that does not fit the contest is not declared.
func TestDeclare_Refused(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		id, nursing, who := m.announced()
		m.on("2026-05-01 18:00")
		m.ok(m.counted(nursing.ID))
		good := poll.Result{Elected: []string{who["bryn"], who["cadi"]}, Ballots: 4, Eligible: 5, Transcript: transcript, Head: head}
		for name, change := range map[string]func(r *poll.Result){
			"one of them twice":        func(r *poll.Result) { r.Elected = []string{who["bryn"], who["bryn"]} },
			"somebody who did not run": func(r *poll.Result) { r.Elected[0] = who["ffion"] },
			"a seat forgotten":         func(r *poll.Result) { r.Elected = r.Elected[:1] },
			"three for two seats":      func(r *poll.Result) { r.Elected = append(r.Elected, who["amara"]) },
			"without a vote":           func(r *poll.Result) { r.Uncontested = true },
			"more ballots than voters": func(r *poll.Result) { r.Ballots = 6 },
			"no hash of the count":     func(r *poll.Result) { r.Transcript = "abc" },
		} {
			r := good
			r.Elected = slices.Clone(good.Elected)
			change(&r)
			if err := m.svc.Declare(ctx, "ret", org, nursing.ID, &r); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		support := m.contest(id, "support")
		m.refused(m.svc.Declare(ctx, "ret", org, support.ID, &good), fault.Invalid, "had no vote")
		m.refused(m.counted(support.ID), fault.Conflict, "no votes to count")
		m.ok(m.svc.Declare(ctx, "ret", org, nursing.ID, &good))
		m.refused(m.counted(nursing.ID), fault.Conflict, "is declared")
		m.refused(m.svc.Abandon(ctx, "ret", org, id, "I do not like it."), fault.Conflict, "is declared")
	})
}

// Nobody stands at all: there is no vote, every seat is empty, and a by-election is
// asked for. A poll in which nothing is voted on needs neither key nor notice.
func TestUncontested_Everywhere(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		id := m.called()
		nursing, support := m.contest(id, "nursing"), m.contest(id, "support")
		amara, bryn := m.stands(nursing.ID, "amara", "dai", "eira"), m.stands(nursing.ID, "bryn", "dai", "eira")
		m.refused(m.svc.FindUncontested(ctx, "ret", org, support.ID), fault.Conflict, "open for nominations")
		m.on("2026-03-25")
		m.refused(m.svc.FindUncontested(ctx, "ret", org, support.ID), fault.Conflict, "may withdraw until")
		m.on("2026-03-26")
		m.refused(m.svc.FindUncontested(ctx, "ret", org, nursing.ID), fault.Conflict, "2 nominations that nobody decided")
		m.accept(nursing.ID, amara)
		m.accept(nursing.ID, bryn)
		m.ok(m.svc.FindUncontested(ctx, "ret", org, nursing.ID))
		m.refused(m.svc.FindUncontested(ctx, "ret", org, nursing.ID), fault.Conflict, "was found uncontested")
		m.ok(m.svc.FindUncontested(ctx, "ret", org, support.ID))
		m.stage(id, poll.Uncontested)
		m.expectTasks(id, poll.DeclareResult)
		m.ok(m.svc.Declare(ctx, "ret", org, nursing.ID, nil))
		m.ok(m.svc.Declare(ctx, "ret", org, support.ID, nil))
		m.stage(id, poll.Declared)
		if r := m.contest(id, "nursing").Declared.Result; !r.Uncontested || r.Unfilled != 0 || len(r.Elected) != 2 {
			t.Errorf("%+v", r)
		}
		c := m.contest(id, "support")
		if r := c.Declared.Result; r.Unfilled != 2 || len(r.Elected) != 0 || len(c.Vacancies) != 2 {
			t.Errorf("%+v %+v", r, c.Vacancies)
		}
		m.on("2026-06-01")
		m.stage(id, poll.Settled)
		m.expectTasks(id, poll.FillVacancies)
	})
}

// What stands against appointing somebody who is elected does not undo the election:
// it is kept with the result, and asked for.
func TestDeclare_ElectedAndNotAppointed(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		id := m.called(func(p *poll.Poll) { p.Contests = p.Contests[:1]; p.Contests[0].Role = policy.Director })
		c := m.contest(id, "nursing")
		amara, bryn := m.stands(c.ID, "amara", "dai", "eira"), m.stands(c.ID, "bryn", "dai", "eira")
		m.on("2026-03-26")
		m.accept(c.ID, amara)
		m.accept(c.ID, bryn)
		m.ok(m.svc.FindUncontested(ctx, "ret", org, c.ID))
		// Whoever watches elections is no director.
		_, err := m.id.Appoint(ctx, "setup", identity.Appointment{Org: org, Person: "bryn", Role: policy.Scrutineer})
		m.ok(err)
		m.ok(m.svc.Declare(ctx, "ret", org, c.ID, nil))
		r := m.contest(id, "nursing").Declared.Result
		if why := r.NotAppointed[bryn]; len(r.NotAppointed) != 1 || !strings.Contains(why, "scrutineer") || len(r.Elected) != 2 {
			t.Errorf("%+v", r)
		}
		m.expectTasks(id, poll.AppointElected)
		roles, err := m.id.RolesOn(ctx, org, "amara", day("2026-06-01"))
		if err != nil || !slices.Contains(roles, policy.Director) {
			t.Errorf("%v %v", roles, err)
		}
	})
}

// A question in time about a result, by a voter; upheld, it empties the seats.
func TestQuestion(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		id, nursing, _ := m.announced()
		_, err := m.svc.Question(ctx, "dai", org, nursing.ID, "The booth was shut on Tuesday.")
		m.refused(err, fault.Conflict, "not declared yet")
		m2 := m.contest(id, "nursing")
		m.on("2026-05-01 18:00")
		m.ok(m.counted(nursing.ID))
		m.on("2026-05-05")
		standing := m2.Standing()
		m.ok(m.svc.Declare(ctx, "ret", org, nursing.ID, &poll.Result{Elected: []string{standing[0].ID, standing[1].ID}, Ballots: 5, Eligible: 5, Transcript: transcript, Head: head}))
		m.ok(m.svc.Declare(ctx, "ret", org, m.contest(id, "support").ID, nil))
		_, err = m.svc.Question(ctx, "huw", org, nursing.ID, "I heard things.")
		m.refused(err, fault.Forbidden, "neither a voter nor a candidate")
		_, err = m.svc.Question(ctx, "dai", org, nursing.ID, "")
		m.refused(err, fault.Invalid, "needs a reason")
		first, err := m.svc.Question(ctx, "dai", org, nursing.ID, "The booth was shut on Tuesday.")
		m.ok(err)
		second, err := m.svc.Question(ctx, "cadi", org, nursing.ID, "Two ballots were lost.")
		m.ok(err)
		if _, err := m.svc.Question(ctx, "huw", org, m.contest(id, "support").ID, "Nobody asked me."); err != nil {
			t.Errorf("a member where there was no roll: %v", err)
		}
		m.on("2026-05-27")
		m.stage(id, poll.Declared) // questions are open, so it is not settled
		_, err = m.svc.Question(ctx, "eira", org, nursing.ID, "Late.")
		m.refused(err, fault.Conflict, "until Tuesday 26 May 2026")
		decide := func(by, id string, o poll.Outcome) error {
			return m.svc.DecideQuestion(ctx, by, org, nursing.ID, id, o, "The panel heard everybody.")
		}
		m.refused(decide("dai", first, poll.Dismissed), fault.Forbidden, "own question")
		m.refused(decide(standing[0].Person, first, poll.Dismissed), fault.Forbidden, "cannot decide whether its result stands")
		m.refused(decide("sec", first, "perhaps"), fault.Invalid, "perhaps")
		m.ok(decide("sec", first, poll.Dismissed))
		m.refused(decide("sec", first, poll.Upheld), fault.Conflict, "was dismissed")
		m.ok(decide("sec", second, poll.Upheld))
		c := m.contest(id, "nursing")
		if len(c.Vacancies) != 2 || c.Vacancies[0].Way != poll.ByElection || c.Vacancies[0].Nomination != standing[0].ID {
			t.Errorf("%+v", c.Vacancies)
		}
	})
}

// A seat that falls empty is filled from the papers while the rules allow that, and
// by a by-election after.
func TestVacancy(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		id, nursing, who := m.declared()
		if way := m.poll(id).Rules.Vacancies; way != poll.NextHighest {
			t.Fatalf("the rules fill by %s", way)
		}
		m.on("2026-09-01")
		_, err := m.svc.Vacate(ctx, "sec", org, nursing.ID, who["amara"], day("2026-08-31"), "Moved away.")
		m.refused(err, fault.Conflict, "holds no seat")
		_, err = m.svc.Vacate(ctx, "sec", org, nursing.ID, who["bryn"], day("2026-09-02"), "Moved away.")
		m.refused(err, fault.Invalid, "between")
		v, err := m.svc.Vacate(ctx, "sec", org, nursing.ID, who["bryn"], day("2026-08-31"), "Moved away.")
		m.ok(err)
		m.expectTasks(id, poll.DestroyKey, poll.FillVacancies)
		fill := func(v string, f poll.Filling) error { return m.svc.Fill(ctx, "ret", org, nursing.ID, v, f) }
		m.refused(m.svc.Fill(ctx, "sec", org, nursing.ID, v, poll.Filling{Nomination: who["amara"]}), fault.Forbidden, "returning officer")
		m.refused(fill(v, poll.Filling{Nomination: who["cadi"]}), fault.Invalid, "no candidate who could take")
		m.refused(fill(v, poll.Filling{}), fault.Invalid, "one of the three")
		m.refused(fill("none", poll.Filling{Nomination: who["amara"]}), fault.NotFound, "no vacancy")
		m.ok(fill(v, poll.Filling{Nomination: who["amara"]}))
		m.refused(fill(v, poll.Filling{Nomination: who["amara"]}), fault.Conflict, "was settled")
		roles, err := m.id.RolesOn(ctx, org, "amara", day("2026-09-01"))
		if err != nil || !slices.Contains(roles, policy.CouncilMember) {
			t.Errorf("%v %v", roles, err)
		}

		// No candidate is left, so the next seat takes a by-election.
		v, err = m.svc.Vacate(ctx, "sec", org, nursing.ID, who["amara"], day("2026-09-01"), "Thought again.")
		m.ok(err)
		c := m.contest(id, "nursing")
		if got := c.Vacancies[1].Way; got != poll.ByElection {
			t.Errorf("filled by %s", got)
		}
		m.refused(fill(v, poll.Filling{Nomination: who["amara"]}), fault.Conflict, "not from the papers")
		by := m.council(func(p *poll.Poll) { p.Code, p.Closes = "by-2026", closing("2026-11-13"); p.Contests = p.Contests[:1] })
		m.refused(fill(v, poll.Filling{ByPoll: by}), fault.Conflict, "no by-election that was called")
		m.officials(by)
		m.ok(m.svc.Call(ctx, "sec", org, by))
		m.ok(fill(v, poll.Filling{ByPoll: by}))

		// The support seat nobody was elected to may be left.
		support := m.contest(id, "support")
		m.ok(m.svc.Fill(ctx, "ret", org, support.ID, support.Vacancies[0].ID, poll.Filling{Left: "The next election is in spring."}))
		m.expectTasks(id, poll.DestroyKey)
	})
}

// A year after the declaration the papers are too old: NHS constitutions set a time.
func TestVacancy_TooLateForThePapers(t *testing.T) {
	m := newMutual(t, schematest.SQLite(t))
	id, nursing, who := m.declared()
	m.on("2027-05-06")
	for _, c := range []struct {
		since string
		want  poll.Vacating
	}{{"2027-05-05", poll.NextHighest}, {"2027-05-06", poll.ByElection}} {
		person := who["bryn"]
		if c.want == poll.ByElection {
			person = who["cadi"]
		}
		_, err := m.svc.Vacate(ctx, "sec", org, nursing.ID, person, day(c.since), "Left.")
		m.ok(err)
		list := m.contest(id, "nursing").Vacancies
		if got := list[len(list)-1].Way; got != c.want {
			t.Errorf("since %s: %s", c.since, got)
		}
	}
}

func TestAbandon(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		id, nursing, _ := m.announced()
		m.on("2026-04-20")
		m.stage(id, poll.Open)
		m.refused(m.svc.Abandon(ctx, "ret", org, id, ""), fault.Invalid, "needs a reason")
		m.ok(m.svc.Abandon(ctx, "ret", org, id, "Two keyholders lost their parts of the key."))
		m.stage(id, poll.Abandoned)
		m.expectTasks(id)
		m.refused(m.svc.Abandon(ctx, "ret", org, id, "Again."), fault.Conflict, "was abandoned")
		m.on("2026-05-01 18:00")
		m.refused(m.counted(nursing.ID), fault.Conflict, "abandoned")
		m.refused(m.svc.Declare(ctx, "ret", org, m.contest(id, "support").ID, nil), fault.Conflict, "abandoned")
		draft := m.council(func(p *poll.Poll) { p.Code, p.Closes = "other", closing("2027-05-07") })
		m.ok(m.svc.Abandon(ctx, "sec", org, draft, "Nobody wants it."))
	})
}
