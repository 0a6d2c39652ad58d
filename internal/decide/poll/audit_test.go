package poll_test

import (
	"strings"
	"testing"

	"commonweal/internal/base/journal"
	"commonweal/internal/decide/poll"
	"commonweal/internal/schema/schematest"
)

// audit is what does not agree about a poll.
func (m *mutual) audit(id string) []string {
	m.t.Helper()
	out, err := m.svc.Audit(ctx, org, id)
	m.ok(err)
	return out
}

// An honest poll has nothing to find, at every point of its course, with corrections
// of the roll and after candidates were erased.
func TestAudit_FindsNothing(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.filled()
		list, err := m.svc.Polls(ctx, org)
		m.ok(err)
		id := list[0].ID
		if found := m.audit(id); len(found) > 0 {
			t.Error(found)
		}
		m.on("2027-06-01")
		petition := m.contest(id, "nursing").Petitions[0]
		m.ok(m.svc.DecideQuestion(ctx, "sec", org, petition.Contest, petition.ID, poll.Dismissed, "No."))
		if n, err := m.svc.Expire(ctx, org); err != nil || n != 3 {
			t.Errorf("%d, %v", n, err)
		}
		if found := m.audit(id); len(found) > 0 {
			t.Error(found)
		}
	})
}

// Struck out and put back, claimed and struck out: the first seal can still be made
// from what stands now.
func TestAudit_CorrectionsThereAndBack(t *testing.T) {
	m := newMutual(t, schematest.SQLite(t))
	m.people("late")
	id := m.called()
	m.on("2026-03-26")
	m.ok(m.svc.MakeRoll(ctx, "ret", org, id))
	c := m.contest(id, "nursing")
	for _, step := range []struct {
		by    string
		kind  poll.ClaimKind
		about string
	}{
		{"late", poll.Missing, "late"},
		{"amara", poll.Objection, "eira"},
		{"eira", poll.Missing, "eira"},
		{"amara", poll.Objection, "late"},
		{"late", poll.Missing, "late"},
		{"amara", poll.Objection, "eira"},
	} {
		claim, err := m.svc.Claim(ctx, step.by, org, poll.Claim{Contest: c.ID, Person: step.by, Kind: step.kind, About: step.about, Ground: "So it is."})
		m.ok(err)
		m.ok(m.svc.DecideClaim(ctx, "ret", org, c.ID, claim, poll.Upheld, "So it is."))
		if found := m.audit(id); len(found) > 0 {
			t.Fatalf("after %v: %v", step, found)
		}
	}
}

// Whoever runs the server can write to the record, so that fsck is content. What they
// write still has to make sense: each of these is found by recomputing.
func TestAudit_FindsWhatARecordHides(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(m *mutual, tx *journal.Tx, id string, nursing poll.Contest) error
		says   string
	}{
		{"a voter added late, with a new seal", func(m *mutual, tx *journal.Tx, _ string, c poll.Contest) error {
			list, err := m.svc.VotersIn(ctx, tx.Tx, org, c.ID)
			if err != nil {
				return err
			}
			e := list[0]
			err = tx.Insert(ctx, "roll_entry", journal.Row{
				"id": "ghost", "roll_id": e.Roll, "contest_id": c.ID, "number": len(list) + 1, "person_id": "ghost", "weight": 1, "salt": e.Salt, "commitment": e.Commitment,
			})
			if err != nil {
				return err
			}
			return tx.Amend(ctx, "roll", c.Roll.ID, func(row journal.Row) { row["entries"], row["votes"] = len(list)+1, len(list)+1 })
		}, "not what it was committed to"},
		{"a voter in place of another", func(m *mutual, tx *journal.Tx, _ string, c poll.Contest) error {
			list, err := m.svc.VotersIn(ctx, tx.Tx, org, c.ID)
			if err != nil {
				return err
			}
			return tx.Amend(ctx, "roll_entry", list[0].ID, func(row journal.Row) { row["person_id"] = "ghost" })
		}, "not what it was committed to"},
		{"another seal than in the notice", func(_ *mutual, tx *journal.Tx, _ string, c poll.Contest) error {
			return tx.Amend(ctx, "roll", c.Roll.ID, func(row journal.Row) { row["seal"], row["first_seal"] = head, head })
		}, "the notice made again differs"},
		{"a voter struck out by nobody", func(m *mutual, tx *journal.Tx, _ string, c poll.Contest) error {
			list, err := m.svc.VotersIn(ctx, tx.Tx, org, c.ID)
			if err != nil {
				return err
			}
			return tx.Amend(ctx, "roll_entry", list[0].ID, func(row journal.Row) { row["struck"] = "nothing" })
		}, "no claim that was upheld says so"},
		{"the record date moved", func(_ *mutual, tx *journal.Tx, _ string, c poll.Contest) error {
			return tx.Amend(ctx, "roll", c.Roll.ID, func(row journal.Row) { row["day"] = "2026-04-01" })
		}, "the notice made again differs"},
		{"the close moved", func(_ *mutual, tx *journal.Tx, id string, _ poll.Contest) error {
			return tx.Amend(ctx, "poll", id, func(row journal.Row) { row["closes"] = "2026-05-06T16:00:00.000Z" })
		}, "the notice made again differs"},
		{"other rules", func(_ *mutual, tx *journal.Tx, id string, _ poll.Contest) error {
			return tx.Amend(ctx, "poll", id, func(row journal.Row) {
				row["rules"] = strings.Replace(row["rules"].(string), "first-counts", "last-counts", 1)
			})
		}, "The rules are not those"},
		{"another notice", func(_ *mutual, tx *journal.Tx, id string, _ poll.Contest) error {
			return tx.Amend(ctx, "poll", id, func(row journal.Row) {
				row["notice"] = strings.Replace(row["notice"].(string), `"seats":2`, `"seats":3`, 1)
			})
		}, "has not the hash that was recorded"},
		{"a candidate's statement rewritten", func(_ *mutual, tx *journal.Tx, _ string, c poll.Contest) error {
			return tx.Amend(ctx, "nomination", c.Standing()[0].ID, func(row journal.Row) { row["statement"] = "I would sell the wards." })
		}, "the notice made again differs"},
		{"the registrar holds a part of the key", func(_ *mutual, tx *journal.Tx, id string, _ poll.Contest) error {
			return tx.Insert(ctx, "official", journal.Row{"id": "o", "poll_id": id, "person_id": "rgr", "office": "keyholder", "named": "2026-03-02", "named_by": "sec"})
		}, "named registrar and keyholder"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := newMutual(t, schematest.SQLite(t))
			id, nursing, _ := m.announced()
			if found := m.audit(id); len(found) > 0 {
				t.Fatal(found)
			}
			m.ok(m.record(func(tx *journal.Tx) error { return c.change(m, tx, id, nursing) }))
			schematest.Verify(t, m.Journal) // fsck sees nothing
			if found := m.audit(id); !strings.Contains(strings.Join(found, " "), c.says) {
				t.Errorf("%q lacks %q", found, c.says)
			}
		})
	}
}
