package study_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/prove/study"
	"commonweal/internal/schema/schematest"
)

const org = "estuary-care"

var ctx = context.Background()

func refused(t *testing.T, err error, kind fault.Kind, says string) {
	t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), says) {
		t.Errorf("got %v; want %s ...%s...", err, kind, says)
	}
}

// A study is registered, locked, run and published in that order and no other. Its bundle
// shows without a server that the registration came before the data.
func TestService_InOrder(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		s := study.New(b.Journal, "test")
		spec, raw := madeSpec(), made(2004, 2007)
		registered, err := s.Register(ctx, "sec", org, spec)
		if err != nil {
			t.Fatal(err)
		}
		if registered.Stage() != study.Registered || registered.Registered.String() != "2026-11-19" {
			t.Errorf("%+v", registered)
		}
		other := spec
		other.Question = "Something else?"
		_, err = s.Register(ctx, "sec", org, other)
		refused(t, err, fault.Conflict, "cannot be changed: withdraw it and register another under a new code")
		_, _, err = s.Run(ctx, "sec", org, "made")
		refused(t, err, fault.Conflict, "study made is not locked to its data yet: lock it, then run it")
		_, err = s.Publish(ctx, "sec", org, "made")
		refused(t, err, fault.Conflict, "study made has not been run yet: there is nothing to publish")
		_, err = s.Lock(ctx, "sec", org, "made", strings.NewReader("unit,time\na,1\n"))
		refused(t, err, fault.Invalid, "there is no heading")
		b.Clock.Advance(24 * time.Hour)
		if _, err := s.Lock(ctx, "sec", org, "made", strings.NewReader(raw)); err != nil {
			t.Fatal(err)
		}
		_, err = s.Lock(ctx, "sec", org, "made", strings.NewReader(raw))
		refused(t, err, fault.Conflict, "is locked")
		ran, out, err := s.Run(ctx, "sec", org, "made")
		if err != nil {
			t.Fatal(err)
		}
		if out.Registration != (study.Registration{Day: "2026-11-19", Locked: "2026-11-20"}) {
			t.Errorf("%+v", out.Registration)
		}
		if _, err := s.Publish(ctx, "sec", org, "made"); err != nil {
			t.Fatal(err)
		}
		again, err := s.Output(ctx, ran)
		if err != nil || !bytes.Equal(again.Text(), out.Text()) {
			t.Errorf("the stored output says something else: %v", err)
		}
		bundle, err := s.Bundle(ctx, org, ran)
		if err != nil {
			t.Fatal(err)
		}
		read := written(t, bundle)
		if r, err := study.Verify(read, "", ""); err != nil || !r.OK() || !r.Registered {
			t.Errorf("%+v, %v", r, err)
		}
		_, err = s.Withdraw(ctx, "sec", org, "made", " ")
		refused(t, err, fault.Invalid, "only be withdrawn with a reason")
		gone, err := s.Withdraw(ctx, "sec", org, "made", "A merger was missed.")
		if err != nil || gone.Stage() != study.Withdrawn {
			t.Errorf("%+v, %v", gone, err)
		}
		_, _, err = s.Run(ctx, "sec", org, "made")
		refused(t, err, fault.Conflict, "was withdrawn")
		if list, err := s.All(ctx, org); err != nil || len(list) != 1 || len(list[0].Steps) != 4 {
			t.Errorf("%+v, %v", list, err)
		}
		_, err = s.One(ctx, org, "another")
		refused(t, err, fault.NotFound, "no study")
	})
}

// Data that were changed by hand after the lock are found, by whoever reads them and by
// the check of the whole record.
func TestService_ChangedDataAreFound(t *testing.T) {
	b := schematest.SQLite(t)
	s := study.New(b.Journal, "test")
	if _, err := s.Register(ctx, "sec", org, madeSpec()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Lock(ctx, "sec", org, "made", strings.NewReader(made(2005))); err != nil {
		t.Fatal(err)
	}
	err := b.Journal.DB().Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE study_file SET content = replace(content, 'u01', 'u00x')`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = s.Run(ctx, "sec", org, "made")
	refused(t, err, fault.Internal, "is not what the record has")
	reports, err := b.Journal.Fsck(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(reports, func(r *journal.Report) bool { return !r.OK() }) {
		t.Errorf("%+v", reports)
	}
}

// written is a bundle that was written and read again.
func written(t *testing.T, b *study.Bundle) *study.Bundle {
	t.Helper()
	raw, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	again, err := b.Bytes()
	if err != nil || !bytes.Equal(raw, again) {
		t.Errorf("the same bundle has other bytes: %v", err)
	}
	out, err := study.ReadBundle(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return out
}
