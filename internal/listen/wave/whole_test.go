package wave_test

import (
	"strings"
	"testing"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/listen/wave"
	"commonweal/internal/schema/schematest"
)

// A wave from the draft to its end, on both engines: each stage follows from a dated fact
// and the day, and at each the audit finds nothing.
func TestWave_Whole(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		id, err := m.svc.Draft(ctx, "lead", org, m.plan(func(p *wave.Plan) { p.Paper = true; p.PaperUntil = day("2026-11-18") }))
		m.ok(err)
		m.stage(id, wave.Draft)
		m.ok(m.svc.Change(ctx, "lead", org, id, m.plan(func(p *wave.Plan) { p.Title = "Pulse"; p.Paper = true; p.PaperUntil = day("2026-11-18") })))
		look, err := m.svc.Foresee(ctx, org, id)
		m.ok(err)
		if look.Eligible != 40 || len(look.Units) != 3 || len(look.Groups) != 2 || len(look.Missing) != 0 {
			t.Errorf("foreseen: %+v", look)
		}
		m.ok(m.svc.Call(ctx, "lead", org, id))
		m.stage(id, wave.Called) // the answer side has no terms yet
		m.refused(m.svc.Change(ctx, "lead", org, id, m.plan()), fault.Conflict, "only a draft")
		m.refused(m.svc.Call(ctx, "lead", org, id), fault.Conflict, "called once")
		m.ok(m.svc.Published(ctx, org, id))
		m.ok(m.svc.Published(ctx, org, id))
		m.stage(id, wave.Open)
		w := m.wave(id)
		m.audit(id)

		var hashes []string
		for _, p := range []string{"p00", "p01", "p02", "p03", "p04", "p05", "p06", "p07", "p08", "p09", "p10"} {
			hashes = append(hashes, m.draw(w, p).SpentHash())
		}
		m.refused(m.svc.SpentBatch(ctx, org, id, hashes, wave.MoreCome), fault.Conflict, "0 are issued in the record")
		n, err := m.svc.RecordDraws(ctx, org, id)
		m.ok(err)
		if again, err := m.svc.RecordDraws(ctx, org, id); err != nil || n != 11 || again != 0 {
			t.Errorf("recorded %d and then %d (%v); want 11 and 0", n, again, err)
		}
		m.ok(m.svc.SpentBatch(ctx, org, id, hashes[:9], wave.MoreCome))
		if list, err := m.svc.Batches(ctx, org, id); err != nil || len(list) != 0 {
			t.Errorf("nine made a batch: %v (%v)", list, err)
		}
		m.ok(m.svc.SpentBatch(ctx, org, id, hashes[:10], wave.MoreCome))
		m.ok(m.svc.SpentBatch(ctx, org, id, hashes[:10], wave.MoreCome))
		m.refused(m.svc.SpentBatch(ctx, org, id, []string{"xyz"}, wave.TheLast), fault.Invalid, "no SHA-256")
		m.refused(m.svc.Settle(ctx, org, id, 11, 0), fault.Conflict, "after its last day")
		m.audit(id)

		m.on("2026-11-16")
		m.stage(id, wave.Closed)
		m.ok(m.svc.SpentBatch(ctx, org, id, hashes, wave.TheLast))
		m.ok(m.svc.Settle(ctx, org, id, 11, 0))
		m.ok(m.svc.Settle(ctx, org, id, 11, 0))
		m.refused(m.svc.SpentBatch(ctx, org, id, []string{strings.Repeat("0", 64)}, wave.TheLast), fault.Conflict, "settled")
		list, err := m.svc.Batches(ctx, org, id)
		m.ok(err)
		if len(list) != 2 || len(list[0].Hashes) != 10 || len(list[1].Hashes) != 1 {
			t.Errorf("batches: %+v", list)
		}
		if at, err := m.svc.Spent(ctx, org, id, hashes[10]); err != nil || at != 2 {
			t.Errorf("the last pass is in batch %d (%v)", at, err)
		}
		m.audit(id)

		r, err := m.svc.Release(ctx, "lead", org, id, wave.NewRelease{Body: []byte(`{}`), Certificate: []byte(`{}`)})
		m.ok(err)
		m.stage(id, wave.Released)
		_, err = m.svc.Release(ctx, "lead", org, id, wave.NewRelease{Body: []byte(`{}`), Certificate: []byte(`{}`)})
		m.refused(err, fault.Conflict, "released once")
		if got, err := m.svc.ReleaseOf(ctx, org, id); err != nil || got.ID != r.ID || string(got.Body) != `{}` {
			t.Errorf("release: %+v (%v)", got, err)
		}
		over, err := m.svc.Over(ctx, org)
		m.ok(err)
		m.on(w.KeptUntil().AddDays(1).String())
		later, err := m.svc.Over(ctx, org)
		m.ok(err)
		if len(over) != 0 || len(later) != 1 {
			t.Errorf("%d waves over at once and %d after the time; want 0 and 1", len(over), len(later))
		}
		m.ok(m.svc.End(ctx, org, id))
		m.stage(id, wave.Ended)
		m.audit(id)
	})
}

// Two releases made at once cannot undo each other: the second was not tested with the
// first.
func TestRelease_TestedWithAllBefore(t *testing.T) {
	m := newMutual(t, schematest.SQLite(t))
	release := func(w wave.Wave, tested ...string) (wave.Release, error) {
		return m.svc.Release(ctx, "lead", org, w.ID, wave.NewRelease{Body: []byte(w.Code), Certificate: []byte(`{}`), TestedWith: tested})
	}
	first, second := m.open(), m.open(func(p *wave.Plan) { p.Code = "other" })
	m.on("2026-11-20")
	m.ok(m.svc.Settle(ctx, org, first.ID, 0, 0))
	m.ok(m.svc.Settle(ctx, org, second.ID, 0, 0))
	r, err := release(first)
	m.ok(err)
	_, err = release(second)
	m.refused(err, fault.Conflict, "another release came in between")
	_, err = release(second, r.ID)
	m.ok(err)
}

// An abandoned wave signs nothing more, and its key is gone.
func TestAbandon(t *testing.T) {
	m := newMutual(t, schematest.SQLite(t))
	w := m.open()
	m.draw(w, "p00")
	m.refused(m.svc.Abandon(ctx, "lead", org, w.ID, " "), fault.Invalid, "needs a reason")
	m.ok(m.svc.Abandon(ctx, "lead", org, w.ID, "The list was wrong."))
	m.stage(w.ID, wave.Abandoned)
	_, err := m.svc.Draw(ctx, org, w.ID, "p01", make([]byte, 256))
	m.refused(err, fault.Conflict, "abandoned")
	var left, issued int
	m.ok(m.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM wave_key`).Scan(&left); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `SELECT COUNT(*) FROM token_issued`).Scan(&issued)
	}))
	if left != 0 || issued != 1 {
		t.Errorf("%d keys are left, %d draws recorded; want 0 and 1", left, issued)
	}
	m.audit(w.ID)
}

// Members only: whoever was employed and not a member is told so.
func TestCensus_MembersOnly(t *testing.T) {
	m := newMutual(t, schematest.SQLite(t))
	w := m.open(func(p *wave.Plan) { p.Whom = wave.Members })
	if w.Eligible != 30 {
		t.Errorf("%d are asked; 30 are members", w.Eligible)
	}
	st, err := m.svc.Eligible(ctx, org, w.ID, "p35")
	m.ok(err)
	if st.Eligible || !strings.Contains(st.Reason, "Members who were employed") {
		t.Errorf("p35: %+v", st)
	}
}

// The counts that are shown never leave fewer than ten people as the difference.
func TestCounts_NoSmallDifference(t *testing.T) {
	m := newMutual(t, schematest.SQLite(t))
	for i := range m.list { // teams of 6, 12 and 22
		switch {
		case i < 6:
			m.list[i].Site = "Hut"
		case i < 18:
			m.list[i].Site = "North"
		default:
			m.list[i].Site = "South"
		}
	}
	w := m.open()
	for _, p := range []string{"p00", "p07", "p20"} {
		m.draw(w, p)
	}
	c, err := m.svc.Counts(ctx, org, w.ID)
	m.ok(err)
	if c.Issued != 0 || c.Eligible != 40 || c.Units != nil { // none of them is in the record before the evening
		t.Errorf("while open: %+v", c)
	}
	m.on("2026-11-16")
	m.ok(m.svc.Settle(ctx, org, w.ID, 0, 0))
	c, err = m.svc.Counts(ctx, org, w.ID)
	m.ok(err)
	shown := map[string]bool{}
	for _, u := range c.Units {
		shown[u.Unit.Name] = !u.Hidden
		if u.Hidden && (u.Eligible != 0 || u.Issued != 0) {
			t.Errorf("%s is hidden and says %+v", u.Unit.Name, u.Count)
		}
	}
	if shown["Hut"] || shown["North"] || !shown["South"] {
		t.Errorf("shown: %v; the hut of six, and North that would give it away, are hidden", shown)
	}
}

// Whatever table of the room is edited by hand, the edit is found.
func TestTamper(t *testing.T) {
	m := newMutual(t, schematest.SQLite(t))
	w := m.open(func(p *wave.Plan) { p.Paper = true })
	var hashes []string
	for _, p := range m.list[:12] {
		hashes = append(hashes, m.draw(w, p.Person).SpentHash())
	}
	m.ok(m.record(func(tx *journal.Tx) error {
		_, err := m.svc.AddStackIn(ctx, tx, w.ID, 2, strings.Repeat("ab", 32))
		return err
	}))
	m.ok(m.record(func(tx *journal.Tx) error {
		_, _, people, err := m.svc.RemindIn(ctx, tx, w.ID)
		if len(people) != 28 {
			t.Errorf("a reminder goes to %d", len(people))
		}
		return err
	}))
	_, err := m.svc.RecordDraws(ctx, org, w.ID)
	m.ok(err)
	m.ok(m.svc.SpentBatch(ctx, org, w.ID, hashes, wave.MoreCome))
	m.on("2026-11-20")
	m.ok(m.svc.Settle(ctx, org, w.ID, 12, 0))
	_, err = m.svc.Release(ctx, "lead", org, w.ID, wave.NewRelease{Body: []byte(`{}`), Certificate: []byte(`{}`)})
	m.ok(err)
	schematest.Tamper(t, m.Base, wave.Tables)
}

// Somebody with the server in hand who writes through the record itself is found by what
// does not fit.
func TestAudit_FindsWhatARecordHides(t *testing.T) {
	cases := []struct {
		name, says string
		write      func(m *mutual, tx *journal.Tx, w wave.Wave) error
	}{
		{"somebody put into the census", "not those of the census", func(_ *mutual, tx *journal.Tx, w wave.Wave) error {
			return tx.Insert(ctx, "wave_person", journal.Row{"id": tx.ID(), "wave_id": w.ID, "person_id": "p99"})
		}},
		{"a pass for somebody who is not asked", "has a pass and is not asked", func(_ *mutual, tx *journal.Tx, w wave.Wave) error {
			return tx.Insert(ctx, "token_issued", journal.Row{"id": tx.ID(), "wave_id": w.ID, "person_id": "p99", "way": "token", "day": "2026-11-03"})
		}},
		{"more spent than issued", "passes are spent, and", func(_ *mutual, tx *journal.Tx, w wave.Wave) error {
			return tx.Insert(ctx, "spent_batch", journal.Row{
				"id": tx.ID(), "wave_id": w.ID, "number": 1, "spent": 1, "hashes": strings.Repeat("0", 64) + "\n", "sha256": "x", "day": "2026-11-03",
			})
		}},
		{"a smaller minimum", "The notice is not what the plan", func(_ *mutual, tx *journal.Tx, w wave.Wave) error {
			return tx.Amend(ctx, "wave", w.ID, func(row journal.Row) { row["minimum"] = 11 })
		}},
		{"another key", "key of the notice", func(_ *mutual, tx *journal.Tx, w wave.Wave) error {
			return tx.Amend(ctx, "wave", w.ID, func(row journal.Row) { row["key_hash"] = strings.Repeat("0", 64) })
		}},
		{"another stratum", "does not add up", func(_ *mutual, tx *journal.Tx, w wave.Wave) error {
			return tx.Insert(ctx, "wave_stratum", journal.Row{"id": tx.ID(), "wave_id": w.ID, "unit": "north", "eligible": 3})
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			m := newMutual(t, schematest.SQLite(t))
			w := m.open()
			m.audit(w.ID)
			m.ok(m.record(func(tx *journal.Tx) error { return c.write(m, tx, w) }))
			m.audit(w.ID, c.says)
		})
	}
}
