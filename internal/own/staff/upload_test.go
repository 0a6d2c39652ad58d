package staff_test

import (
	"reflect"
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/staff"
	"commonweal/internal/own/stafflist/invent"
	"commonweal/internal/schema/schematest"
)

// A dry run changes nothing, says what would change, and is applied as it was
// shown, once.
func TestApply_WhatTheDryRunShowed(t *testing.T) {
	each(t, func(t *testing.T, s *staff.Service, b *schematest.Base) {
		from, to := date(t, "2026-10-19"), date(t, "2026-11-19")
		rows := invent.Generate(3, 120, from)
		load(t, s, invented(t, from, rows))
		before := entriesOf(t, b)

		u, shown, err := s.Preview(ctx, secretary, invented(t, to, invent.Evolve(rows, from, to, 3)))
		must(t, err)
		if shown.Empty() || entriesOf(t, b) != before {
			t.Fatalf("dry run: empty %v, %d entries", shown.Empty(), entriesOf(t, b)-before)
		}
		list, err := s.Uploads(ctx, wye)
		must(t, err)
		if len(list) != 1 || list[0] != u || u.FileName != "staff.csv" {
			t.Errorf("waiting: %+v; want %+v", list, u)
		}
		_, again, err := s.Waiting(ctx, wye, u.ID)
		must(t, err)
		for _, part := range []struct {
			name      string
			got, want any
		}{
			{"joiners", again.Joiners, shown.Joiners},
			{"leavers", again.Leavers, shown.Leavers},
			{"changes", again.Changes, shown.Changes},
			{"notes", again.Notes, shown.Notes},
			{"matches", again.Matches, shown.Matches},
			{"dropped", again.Dropped, shown.Dropped},
			{"sentence", again.Sentence(), shown.Sentence()},
		} {
			if !reflect.DeepEqual(part.got, part.want) {
				t.Errorf("%s: waiting %+v, shown %+v", part.name, part.got, part.want)
			}
		}
		out, err := s.Apply(ctx, secretary, wye, u.ID, staff.Confirmed)
		must(t, err)
		if i := out.Import; i.Joiners != len(shown.Joiners) || i.Leavers != len(shown.Leavers) || i.Changes != len(shown.Changes) || i.AppliedBy != secretary {
			t.Errorf("receipt %+v of plan %s", i, shown.Sentence())
		}
		n := 0
		must(t, s.WrittenBy(ctx, wye, out.Import.ID, func(w staff.Written) error {
			n++
			if (w.Was == nil) != w.Now.Main.Start.After(from) {
				t.Errorf("%s: was %v, starts %s", w.Now.EmployeeNumber, w.Was, w.Now.Main.Start)
			}
			return nil
		}))
		if n != shown.Size() {
			t.Errorf("the receipt shows %d people, the dry run %d", n, shown.Size())
		}
		if _, err := s.Apply(ctx, secretary, wye, u.ID, staff.Confirmed); !fault.Is(err, fault.NotFound) {
			t.Errorf("applied twice: %v", err)
		}
	})
}

// What the dry run saw is gone: another list came in, or a person changed so that
// somebody would be matched with somebody else.
func TestApply_StaffListChangedSince(t *testing.T) {
	each(t, func(t *testing.T, s *staff.Service, b *schematest.Base) {
		load(t, s, listOf(t, "2026-10-01", ada, bryn))
		u, _, err := s.Preview(ctx, secretary, listOf(t, "2026-11-02", ada, bryn, dilys))
		must(t, err)
		load(t, s, listOf(t, "2026-11-02", replace(ada, "Nurse", "Ward manager"), bryn))
		before := entriesOf(t, b)
		_, err = s.Apply(ctx, secretary, wye, u.ID, staff.Confirmed)
		if !fault.Is(err, fault.Conflict) || !strings.Contains(fault.Message(err), "changed since the dry run") {
			t.Errorf("after another list: %v", err)
		}

		u, _, err = s.Preview(ctx, secretary, listOf(t, "2026-11-03", ada, bryn, dilys))
		must(t, err)
		addPerson(t, b, "Dilys", "Penn", "dilys.penn@example.org")
		_, err = s.Apply(ctx, secretary, wye, u.ID, staff.Confirmed)
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("after a person with the same address came: %v", err)
		}
		if n := entriesOf(t, b) - before; n != 1 {
			t.Errorf("%d entries besides that of the person", n-1)
		}
	})
}

// An upload waits seven days, and a threshold is asked about when it is applied.
func TestApply_Waits(t *testing.T) {
	each(t, func(t *testing.T, s *staff.Service, b *schematest.Base) {
		load(t, s, listOf(t, "2026-10-01", ada, bryn, carys))
		u, _, err := s.Preview(ctx, secretary, listOf(t, "2026-11-01", ada))
		must(t, err)
		if _, err := s.Apply(ctx, secretary, wye, u.ID, staff.Unconfirmed); !fault.Is(err, fault.Conflict) {
			t.Errorf("unconfirmed: %v", err)
		}
		if _, err := s.Apply(ctx, secretary, "severn", u.ID, staff.Confirmed); !fault.Is(err, fault.NotFound) {
			t.Errorf("of another organisation: %v", err)
		}
		b.Clock.Advance(7 * 24 * 60 * 60 * 1e9)
		if _, _, err := s.Waiting(ctx, wye, u.ID); err != nil {
			t.Errorf("on the seventh day: %v", err)
		}
		b.Clock.Advance(24 * 60 * 60 * 1e9)
		if _, err := s.Apply(ctx, secretary, wye, u.ID, staff.Confirmed); !fault.Is(err, fault.NotFound) {
			t.Errorf("on the eighth day: %v", err)
		}
		swept, err := s.Sweep(ctx, date(t, "2026-11-27"))
		must(t, err)
		if swept.Uploads != 1 {
			t.Errorf("swept: %+v", swept)
		}
	})
}

// Discarding an upload, and a dry run of what is already there.
func TestDiscard(t *testing.T) {
	each(t, func(t *testing.T, s *staff.Service, b *schematest.Base) {
		l := listOf(t, "2026-11-01", ada)
		load(t, s, l)
		u, p, err := s.Preview(ctx, secretary, l)
		must(t, err)
		if !p.Empty() || p.Applied == nil || p.Applied.Entry != 0 {
			t.Errorf("a list that was applied: %+v", p)
		}
		out, err := s.Apply(ctx, secretary, wye, u.ID, staff.Unconfirmed)
		must(t, err)
		if out.Changed() {
			t.Error("it was applied again")
		}
		u, _, err = s.Preview(ctx, secretary, listOf(t, "2026-11-02", ada, bryn))
		must(t, err)
		must(t, s.Discard(ctx, wye, u.ID))
		must(t, s.Discard(ctx, wye, u.ID))
		if list, err := s.Uploads(ctx, wye); err != nil || len(list) > 0 {
			t.Errorf("left: %+v, %v", list, err)
		}
	})
}
