package journal_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"commonweal/internal/base/db"
	"commonweal/internal/base/db/dbtest"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/world"
)

var ctx = context.Background()

var governed = []journal.Table{
	journal.Govern("thing", "name", "n int", "raw bytes"),
	journal.Govern("pile", "label", "seal"),
}

var seal = journal.Seal{Parent: "pile", Column: "seal", Sets: []journal.SealedSet{
	{Table: "stone", By: "pile_id", Columns: []string{"place", "weight"}, Order: []string{"place"}},
}}

const testSchema = `
CREATE TABLE thing (id TEXT PRIMARY KEY, org_id TEXT NOT NULL, name TEXT, n INTEGER, raw BLOB);
CREATE TABLE pile (id TEXT PRIMARY KEY, org_id TEXT NOT NULL, label TEXT NOT NULL, seal TEXT NOT NULL);
CREATE TABLE stone (pile_id TEXT NOT NULL, place TEXT NOT NULL, weight INTEGER, PRIMARY KEY (pile_id, place));
`

type bench struct {
	*journal.Journal
	clock *world.Clock
	keys  *journal.Keys
}

func open(t *testing.T, d *db.DB) *bench {
	t.Helper()
	text, err := os.ReadFile("../../schema/migrations/0001_journal.sql")
	if err != nil {
		t.Fatal(err)
	}
	must(t, db.Migrate(ctx, d, []db.Migration{{Number: 1, Name: "journal", SQL: string(text)}, {Number: 2, Name: "test", SQL: testSchema}}))
	clock := world.At(time.Date(2026, 11, 19, 9, 30, 0, 0, time.UTC))
	keys, err := journal.NewKeys(bytes.Repeat([]byte{7}, 32))
	must(t, err)
	return &bench{journal.New(d, world.Fixed(clock, 1), keys, governed, seal), clock, keys}
}

// fill writes a small history: three things, one changed, one deleted, a
// sealed pile, in two organisations, with a checkpoint on the way.
func fill(t *testing.T, b *bench) {
	t.Helper()
	for _, org := range []string{"wye", "severn"} {
		for i := range 3 {
			b.record(t, org, "thing.add", func(tx *journal.Tx) error {
				return tx.Insert(ctx, "thing", journal.Row{"id": fmt.Sprintf("%s-%d", org, i), "name": "a", "n": i, "raw": []byte{1, 2}})
			})
			b.clock.Advance(time.Hour)
		}
		_, err := b.Sign(ctx, org)
		must(t, err)
		b.record(t, org, "thing.change", func(tx *journal.Tx) error {
			return tx.Amend(ctx, "thing", org+"-1", func(r journal.Row) { r["name"] = "b" })
		})
		b.record(t, org, "thing.remove", func(tx *journal.Tx) error { return tx.Delete(ctx, "thing", org+"-2") })
		b.record(t, org, "pile.add", func(tx *journal.Tx) error { return addPile(tx, "pile-"+org) })
		_, err = b.Sign(ctx, org)
		must(t, err)
	}
}

func addPile(tx *journal.Tx, id string) error {
	for i := range 3 {
		_, err := tx.Exec(ctx, `INSERT INTO stone (pile_id, place, weight) VALUES (?, ?, ?)`, id, fmt.Sprint(i), 10*i)
		if err != nil {
			return err
		}
	}
	digest, err := seal.Digest(ctx, tx.Tx, id)
	if err != nil {
		return err
	}
	return tx.Insert(ctx, "pile", journal.Row{"id": id, "label": "stones", "seal": digest})
}

func (b *bench) record(t *testing.T, org, kind string, fn func(tx *journal.Tx) error) journal.Entry {
	t.Helper()
	e, err := b.Record(ctx, journal.Fact{Org: org, Kind: kind, Actor: "test"}, fn)
	must(t, err)
	return e
}

func (b *bench) findings(t *testing.T, outside ...string) []string {
	t.Helper()
	reports, err := b.Fsck(ctx, outside...)
	must(t, err)
	var out []string
	for _, r := range reports {
		for _, f := range r.Findings {
			out = append(out, f.String())
		}
	}
	return out
}

func TestRecord_ChecksClean(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := open(t, d)
		fill(t, b)
		if f := b.findings(t); len(f) > 0 {
			t.Fatal(f)
		}
	})
}

// A change that fails keeps neither rows nor entry, and one that finds nothing
// to do makes no entry.
func TestRecord_KeepsAllOrNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := open(t, d)
		fill(t, b)
		before, err := b.Latest(ctx, "wye")
		must(t, err)
		insert := func(tx *journal.Tx) error { return tx.Insert(ctx, "thing", journal.Row{"id": "x"}) }
		for _, want := range []error{errors.New("stop"), journal.ErrNothing} {
			_, err := b.Record(ctx, journal.Fact{Org: "wye", Kind: "thing.add", Actor: "test"}, func(tx *journal.Tx) error {
				return errors.Join(insert(tx), want)
			})
			if want != journal.ErrNothing && !errors.Is(err, want) || want == journal.ErrNothing && err != nil {
				t.Fatalf("got %v for %v", err, want)
			}
		}
		after, err := b.Sign(ctx, "wye")
		must(t, err)
		if after.Size != before.Size {
			t.Fatalf("the record grew from %d to %d", before.Size, after.Size)
		}
		b.record(t, "wye", "thing.add", insert) // and the row is not there
	})
}

// Writers of one organisation at the same time lose nothing and leave no gap.
func TestRecord_Concurrent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := open(t, d)
		var wg sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			wg.Go(func() {
				for k := range 4 {
					_, err := b.Record(ctx, journal.Fact{Org: "wye", Kind: "thing.add", Actor: "test"}, func(tx *journal.Tx) error {
						return tx.Insert(ctx, "thing", journal.Row{"id": fmt.Sprintf("%d-%d", i, k)})
					})
					errs[i] = errors.Join(errs[i], err)
				}
			})
		}
		wg.Wait()
		must(t, errors.Join(errs...))
		if f := b.findings(t); len(f) > 0 {
			t.Fatal(f)
		}
		head, err := b.Sign(ctx, "wye")
		must(t, err)
		if head.Size != 24 {
			t.Fatalf("%d entries after 24 changes", head.Size)
		}
	})
}

// The public methods refuse what would put a row under another organisation,
// or a table that is not governed.
func TestTx_Refuses(t *testing.T) {
	b := open(t, dbtest.SQLite(t))
	fill(t, b)
	cases := map[string]func(tx *journal.Tx) error{
		"another organisation's row": func(tx *journal.Tx) error {
			return tx.Insert(ctx, "thing", journal.Row{"id": "y", "org_id": "severn"})
		},
		"another organisation's row by id": func(tx *journal.Tx) error {
			return tx.Amend(ctx, "thing", "severn-1", func(journal.Row) {})
		},
		"a table that is not governed": func(tx *journal.Tx) error { return tx.Insert(ctx, "stone", journal.Row{"id": "y"}) },
		"a column that is not there":   func(tx *journal.Tx) error { return tx.Insert(ctx, "thing", journal.Row{"id": "y", "colour": "red"}) },
		"a row without an id":          func(tx *journal.Tx) error { return tx.Insert(ctx, "thing", journal.Row{"name": "y"}) },
		"text in a number":             func(tx *journal.Tx) error { return tx.Insert(ctx, "thing", journal.Row{"id": "y", "n": "one"}) },
		"a second row of the same id":  func(tx *journal.Tx) error { return tx.Insert(ctx, "thing", journal.Row{"id": "wye-0"}) },
		"deleting what is not there":   func(tx *journal.Tx) error { return tx.Delete(ctx, "thing", "nobody") },
	}
	for name, fn := range cases {
		if _, err := b.Record(ctx, journal.Fact{Org: "wye", Kind: "thing.add", Actor: "test"}, fn); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	for _, f := range []journal.Fact{{Org: "", Kind: "a.b", Actor: "x"}, {Org: "wye", Kind: "ab", Actor: "x"}, {Org: "wye", Kind: "a.b"}, {Org: "wye", Kind: "a. b", Actor: "x"}} {
		if _, err := b.Record(ctx, f, func(*journal.Tx) error { return nil }); err == nil {
			t.Errorf("the fact %+v was accepted", f)
		}
	}
	if f := b.findings(t); len(f) > 0 {
		t.Error(f)
	}
}

// The proofs convince tlog's own checkers, which know nothing of this package.
func TestProofs(t *testing.T) {
	b := open(t, dbtest.SQLite(t))
	fill(t, b)
	heads, err := b.Checkpoints(ctx, "wye")
	must(t, err)
	old, now := heads[0], heads[len(heads)-1]
	for seq := range now.Size {
		p, err := b.ProveInclusion(ctx, "wye", seq, now.Size)
		must(t, err)
		must(t, tlog.CheckRecord(p.Proof, now.Size, now.Root, seq, tlog.RecordHash([]byte(p.Leaf))))
		if tlog.CheckRecord(p.Proof, now.Size, now.Root, seq, tlog.RecordHash([]byte(p.Leaf+"x"))) == nil {
			t.Errorf("entry %d: another leaf was proved", seq)
		}
	}
	proof, err := b.ProveConsistency(ctx, "wye", old.Size, now.Size)
	must(t, err)
	must(t, tlog.CheckTree(proof, now.Size, now.Root, old.Size, old.Root))
	for _, bad := range [][2]int64{{now.Size, now.Size}, {0, now.Size + 1}, {-1, 1}} {
		if _, err := b.ProveInclusion(ctx, "wye", bad[0], bad[1]); !fault.Is(err, fault.NotFound) {
			t.Errorf("inclusion of %v: %v", bad, err)
		}
	}
	if _, err := b.ProveConsistency(ctx, "wye", 3, now.Size+1); !fault.Is(err, fault.NotFound) {
		t.Errorf("consistency beyond the record: %v", err)
	}
}

// A checkpoint is a C2SP tlog-checkpoint: origin, size, root, blank line,
// signature by a key of the same name; signing again without growth gives the
// same one.
func TestSign(t *testing.T) {
	b := open(t, dbtest.SQLite(t))
	if _, err := b.Sign(ctx, "wye"); !fault.Is(err, fault.NotFound) {
		t.Fatalf("an empty record was signed: %v", err)
	}
	fill(t, b)
	head, err := b.Sign(ctx, "wye")
	must(t, err)
	lines := strings.Split(head.Note, "\n")
	if lines[0] != "commonweal/wye" || lines[1] != "6" || lines[3] != "" || !strings.HasPrefix(lines[4], "— commonweal/wye ") {
		t.Fatalf("checkpoint:\n%s", head.Note)
	}
	again, err := b.Sign(ctx, "wye")
	must(t, err)
	if again.Note != head.Note {
		t.Error("signing twice gave two checkpoints")
	}
	v, err := b.Verifier("wye")
	must(t, err)
	if _, _, err := journal.OpenCheckpoint(head.Note, "commonweal/wye", v); err != nil {
		t.Error(err)
	}
	other, err := b.Verifier("severn")
	must(t, err)
	if _, _, err := journal.OpenCheckpoint(head.Note, "commonweal/wye", other); err == nil {
		t.Error("another organisation's key opened it")
	}
}

// Erasing takes the content out of every version, the check accepts it, and a
// value that vanishes without an entry is still found.
func TestErase(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := open(t, d)
		fill(t, b)
		b.record(t, "wye", "thing.erase", func(tx *journal.Tx) error {
			return tx.Erase(ctx, "thing", "wye-1", func(r journal.Row) { r["name"], r["raw"] = nil, nil })
		})
		if f := b.findings(t); len(f) > 0 {
			t.Fatal(f)
		}
		reports, err := b.Fsck(ctx)
		must(t, err)
		var erased int64
		for _, r := range reports {
			erased += r.Erased
		}
		if erased != 2 {
			t.Errorf("%d rows erased, want the two earlier versions", erased)
		}
		edit(t, b, `UPDATE journal_row SET value = NULL, salt = NULL WHERE tbl = 'thing' AND row_key = 'wye-0'`)
		if f := b.findings(t); len(f) == 0 {
			t.Error("a value that vanished without an entry was not found")
		}
	})
}

func edit(t *testing.T, b *bench, statement string) {
	t.Helper()
	must(t, b.DB().Write(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(ctx, statement)
		if err == nil && n == 0 {
			return fmt.Errorf("the edit changed nothing: %s", statement)
		}
		return err
	}))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
