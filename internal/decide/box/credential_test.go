package box_test

import (
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/belenios/group"
	"commonweal/internal/base/fault"
	"commonweal/internal/decide/box"
	"commonweal/internal/schema/schematest"
)

func newPlan() plan {
	return plan{group: "Ed25519", questions: yesNo, voters: 4, revote: archive.FirstCounts}
}

// A voter's own credential is enrolled until the list is published; enrolling again
// voids the one before.
func TestEnrol(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, newPlan())
		mine, lost := m.secret(), m.secret()
		m.ok(m.svc.Enrol(ctx, org, council, "p1", public(lost)))
		m.ok(m.svc.Enrol(ctx, org, council, "p1", public(lost))) // the answer did not arrive
		m.ok(m.svc.Enrol(ctx, org, council, "p1", public(mine)))
		c, err := m.svc.Held(ctx, org, council, "p1")
		m.ok(err)
		if c.Public != public(mine) || c.How != box.Enrolled || c.Replaces == "" {
			t.Errorf("%+v", c)
		}
		m.refused(m.svc.Enrol(ctx, org, council, "p2", public(mine)), fault.Conflict, "")
		m.refused(m.svc.Enrol(ctx, org, council, "p9", public(m.secret())), fault.Forbidden, "not on the roll")
		identity, _ := group.ByName("Ed25519")
		for _, text := range []string{"", "x", identity.Identity().String(), public(mine) + " "} {
			m.refused(m.svc.Enrol(ctx, org, council, "p2", text), fault.Invalid, "no public credential")
		}
		m.polls.contest.Enrolling = false
		m.refused(m.svc.Enrol(ctx, org, council, "p2", public(m.secret())), fault.Conflict, "cannot be enrolled now")

		m.credentials = append(m.credentials, mine)
		m.deposit(1)
		m.trust()
		m.setUp()
		m.cast(1, 0, 1, 0)
		m.polls.contest.Enrolling = true
		m.refused(m.svc.Enrol(ctx, org, council, "p2", public(m.secret())), fault.Conflict, "published")
		m.refused(m.svc.Deposit(ctx, "registrar", org, council, box.Printed, nil), fault.Conflict, "published")
	})
}

// A lost credential is replaced by a spare before a vote, never after.
func TestReissue(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, newPlan())
		m.open()
		given, err := m.svc.Reissue(ctx, "registrar", org, council, "p1", public(m.spares[3]), "the letter was lost")
		m.ok(err)
		if given.Public != public(m.spares[3]) || given.Handed == "" || given.Replaces == "" {
			t.Errorf("%+v", given)
		}
		_, err = m.svc.Reissue(ctx, "registrar", org, council, "p2", public(m.spares[3]), "lost")
		m.refused(err, fault.Conflict, "no such spare")
		_, err = m.svc.Reissue(ctx, "registrar", org, council, "p2", "", " ")
		m.refused(err, fault.Invalid, "for a reason")
		_, err = m.accept(1, m.ballot(m.spares[3], 0, 1, 0))
		m.ok(err)
		_, err = m.svc.Reissue(ctx, "registrar", org, council, "p1", "", "lost again")
		m.refused(err, fault.Conflict, "the credential stays")
		m.refused(m.svc.Void(ctx, "registrar", org, council, public(m.spares[3]), "x"), fault.Conflict, "the credential stays")
		m.ok(m.svc.Void(ctx, "registrar", org, council, public(m.credentials[2]), "seen by another"))
		m.refused(m.svc.Void(ctx, "registrar", org, council, public(m.credentials[2]), "x"), fault.Conflict, "was voided on 2026-11-19")
		_, err = m.svc.Reissue(ctx, "registrar", org, council, "p3", "", "")
		m.ok(err)
		for range 3 { // five spares, of which two are gone
			_, err = m.svc.Reissue(ctx, "registrar", org, council, "p4", "", "lost")
			m.ok(err)
		}
		_, err = m.svc.Reissue(ctx, "registrar", org, council, "p4", "", "lost")
		m.refused(err, fault.Conflict, "no such spare")
	})
}

// A box is not set up with what does not match roll, rules and key.
func TestOpen_Refused(t *testing.T) {
	b := schematest.SQLite(t)
	m := newScene(t, b, newPlan())
	m.trust()
	_, err := m.svc.List(ctx, org, council)
	m.refused(err, fault.Conflict, "voter 1 of contest contest-council has no credential")
	m.deposit(0)
	list, err := m.svc.List(ctx, org, council)
	m.ok(err)
	open := func(e *belenios.Election, l *belenios.Credentials) error {
		_, err := m.svc.Open(ctx, "returning", org, council, e, m.trustees, l)
		return err
	}
	stuffed := []belenios.PublicCredential{{Key: m.secret().Public(), Weight: 1}}
	for i := range list.Len() {
		stuffed = append(stuffed, list.At(i))
	}
	more, err := belenios.NewCredentials(m.group, stuffed)
	m.ok(err)
	fewer, err := belenios.NewCredentials(m.group, stuffed[2:])
	m.ok(err)
	c := m.polls.contest
	other := c
	other.Roll = "another"
	m.refused(open(m.election, more), fault.Invalid, "is not that of contest")
	m.refused(open(m.election, fewer), fault.Invalid, "is not that of contest")
	m.refused(open(m.elect(other), list), fault.Invalid, "which is not what contest")
	other = c
	other.UUID = "Anoth3rE1ection11"
	m.refused(open(m.elect(other), list), fault.Invalid, "the election is Anoth3rE1ection11")
	m.polls.contest.Frozen = false
	m.refused(open(m.election, list), fault.Conflict, "can still change")
	m.polls.contest.Frozen = true

	m.polls.voters = m.polls.voters[:3] // the fourth was struck off
	m.refused(open(m.election, list), fault.Conflict, "held by somebody who may not vote")
	m.ok(m.svc.Void(ctx, "registrar", org, council, public(m.credentials[3]), "struck off the roll"))
	list, err = m.svc.List(ctx, org, council)
	m.ok(err)
	m.polls.voters[0].Weight = 2
	m.refused(open(m.election, list), fault.Conflict, "2 votes and a credential of weight 1")
	m.polls.voters[0].Weight = 1
	m.ok(open(m.election, list))
	m.refused(open(m.election, list), fault.Conflict, "published")
	schematest.Verify(t, b.Journal)
}

// The registrar deposits all or nothing.
func TestDeposit_Refused(t *testing.T) {
	b := schematest.SQLite(t)
	m := newScene(t, b, newPlan())
	one := public(m.secret())
	for name, c := range map[string]struct {
		how  box.How
		list []box.Made
		kind fault.Kind
	}{
		"enrolled by the registrar": {box.Enrolled, nil, fault.Invalid},
		"for nobody on the roll":    {box.Printed, []box.Made{{Voter: 1, Public: one}, {Voter: 9, Public: public(m.secret())}}, fault.Invalid},
		"twice for one voter":       {box.Printed, []box.Made{{Voter: 1, Public: one}, {Voter: 1, Public: public(m.secret())}}, fault.Conflict},
		"the same for two":          {box.Mailed, []box.Made{{Voter: 1, Public: one}, {Voter: 2, Public: one}}, fault.Conflict},
		"a spare without weight":    {box.Printed, []box.Made{{Public: one}}, fault.Invalid},
		"no credential":             {box.Printed, []box.Made{{Voter: 1, Public: "7"}}, fault.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			m.t = t
			m.refused(m.svc.Deposit(ctx, "registrar", org, council, c.how, c.list), c.kind, "")
		})
	}
	list, err := m.svc.Credentials(ctx, org, council)
	m.ok(err)
	if len(list) != 0 {
		t.Errorf("%d credentials were kept", len(list))
	}
}
