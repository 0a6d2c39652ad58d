package poll_test

import (
	"testing"

	"commonweal/internal/decide/poll"
	"commonweal/internal/schema/schematest"
)

// Whoever edits a table of polls by hand is found, whichever table, whichever column:
// a voter added late, a seal swapped, a result rewritten. Either the database refuses
// or fsck sees it.
func TestFsck_FindsEveryEdit(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.filled()
		schematest.Tamper(t, b, poll.Tables)
	})
}

// filled has a row in every table.
func (m *mutual) filled() {
	m.t.Helper()
	m.people("late")
	id := m.called()
	nursing, support := m.contest(id, "nursing"), m.contest(id, "support")
	who := map[string]string{
		"amara": m.stands(nursing.ID, "amara", "dai", "eira"), "bryn": m.stands(nursing.ID, "bryn", "dai", "eira"), "cadi": m.stands(nursing.ID, "cadi", "amara", "bryn"),
	}
	m.ok(m.svc.SetPhoto(ctx, "amara", org, nursing.ID, who["amara"], picture(m.t, 3)))
	for _, n := range who {
		m.accept(nursing.ID, n)
	}
	m.on("2026-03-26")
	m.ok(m.svc.FindUncontested(ctx, "ret", org, support.ID))
	m.ok(m.svc.MakeRoll(ctx, "ret", org, id))
	claim, err := m.svc.Claim(ctx, "late", org, poll.Claim{Contest: nursing.ID, Person: "late", Kind: poll.Missing, Ground: "Me."})
	m.ok(err)
	m.ok(m.svc.DecideClaim(ctx, "ret", org, nursing.ID, claim, poll.Upheld, "Yes."))
	m.on("2026-04-09")
	m.keyMade(id)
	m.ok(m.svc.Announce(ctx, "ret", org, id))
	m.on("2026-05-01 18:00")
	m.ok(m.counted(nursing.ID))
	m.ok(m.svc.Declare(ctx, "ret", org, nursing.ID, &poll.Result{Elected: []string{who["amara"], who["bryn"]}, Ballots: 5, Eligible: 6, Transcript: transcript, Head: head}))
	m.ok(m.svc.Declare(ctx, "ret", org, support.ID, nil)) // two vacancies
	_, err = m.svc.Question(ctx, "cadi", org, nursing.ID, "Really?")
	m.ok(err)
}
