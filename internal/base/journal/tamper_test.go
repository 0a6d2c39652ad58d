package journal_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"commonweal/internal/base/db"
	"commonweal/internal/base/db/dbtest"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/world"
)

// Whoever edits the database by hand is found: any governed table, any column
// of it, a row put in, a row taken out, and any table of the record itself.
func TestFsck_FindsEveryEdit(t *testing.T) {
	edits := []string{
		`UPDATE thing SET name = 'z' WHERE id = 'wye-1'`,
		`UPDATE thing SET n = n + 1 WHERE id = 'wye-1'`,
		`UPDATE thing SET raw = NULL WHERE id = 'wye-1'`,
		`UPDATE thing SET id = 'wye-9' WHERE id = 'wye-1'`,
		`UPDATE thing SET org_id = 'severn' WHERE id = 'wye-1'`,
		`UPDATE thing SET org_id = 'nobody' WHERE id = 'wye-1'`,
		`DELETE FROM thing WHERE id = 'wye-1'`,
		`INSERT INTO thing (id, org_id, name) VALUES ('new', 'wye', 'z')`,
		`INSERT INTO thing (id, org_id, name, n) VALUES ('wye-2', 'wye', 'a', 2)`,
		`INSERT INTO thing (id, org_id, name) VALUES ('new', 'unheard-of', 'z')`,
		`UPDATE pile SET label = 'sand' WHERE id = 'pile-wye'`,
		`UPDATE pile SET seal = 'x' WHERE id = 'pile-wye'`,
		`UPDATE stone SET weight = weight + 1 WHERE pile_id = 'pile-wye' AND place = '1'`,
		`DELETE FROM stone WHERE pile_id = 'pile-wye' AND place = '1'`,
		`INSERT INTO stone (pile_id, place, weight) VALUES ('pile-wye', '7', 1)`,
		`INSERT INTO stone (pile_id, place, weight) VALUES ('no-pile', '7', 1)`,
		`UPDATE journal_entry SET at = '2026-11-19T09:31:00.000Z' WHERE org_id = 'wye' AND seq = 0`,
		`UPDATE journal_entry SET kind = 'thing.else' WHERE org_id = 'wye' AND seq = 0`,
		`UPDATE journal_entry SET actor = 'somebody' WHERE org_id = 'wye' AND seq = 0`,
		`UPDATE journal_entry SET leaf = leaf || 'x' WHERE org_id = 'wye' AND seq = 0`,
		`UPDATE journal_entry SET salt = body WHERE org_id = 'wye' AND seq = 0`,
		`UPDATE journal_entry SET body = salt WHERE org_id = 'wye' AND seq = 0`,
		`UPDATE journal_entry SET seq = 99 WHERE org_id = 'wye' AND seq = 0`,
		`DELETE FROM journal_entry WHERE org_id = 'wye' AND seq = 0`,
		`DELETE FROM journal_entry WHERE org_id = 'wye' AND seq = 5`,
		`UPDATE journal_row SET value = commitment WHERE org_id = 'wye' AND seq = 0`,
		`UPDATE journal_row SET row_key = 'other' WHERE org_id = 'wye' AND seq = 0`,
		`UPDATE journal_row SET op = 'del' WHERE org_id = 'wye' AND seq = 0`,
		`UPDATE journal_row SET tbl = 'pile' WHERE org_id = 'wye' AND seq = 0`,
		`UPDATE journal_row SET salt = commitment WHERE org_id = 'wye' AND seq = 0`,
		`UPDATE journal_row SET commitment = salt WHERE org_id = 'wye' AND seq = 0`,
		`UPDATE journal_row SET seq = 1, n = 5 WHERE org_id = 'wye' AND seq = 0`,
		`DELETE FROM journal_row WHERE org_id = 'wye' AND seq = 0`,
		`UPDATE journal_hash SET hash = (SELECT salt FROM journal_entry WHERE org_id = 'wye' AND seq = 0) WHERE org_id = 'wye' AND idx = 0`,
		`DELETE FROM journal_hash WHERE org_id = 'wye' AND idx = 4`,
		`UPDATE journal_head SET size = size + 1 WHERE org_id = 'wye'`,
		`DELETE FROM journal_head WHERE org_id = 'wye'`,
		`UPDATE journal_checkpoint SET note = 'x' WHERE org_id = 'wye' AND size = 3`,
		`UPDATE journal_checkpoint SET note = (SELECT MAX(note) FROM journal_checkpoint WHERE org_id = 'severn') WHERE org_id = 'wye' AND size = 3`,
	}
	for _, statement := range edits {
		t.Run(statement, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				b := open(t, d)
				fill(t, b)
				edit(t, b, statement)
				if f := b.findings(t); len(f) == 0 {
					t.Error("not found")
				}
			})
		})
	}
}

// A thief with the database and the key who writes the whole record anew leaves
// no trace inside it; a checkpoint that somebody else kept finds it.
func TestFsck_OutsideCheckpointFindsARewrite(t *testing.T) {
	honest := open(t, dbtest.SQLite(t))
	fill(t, honest)
	kept, err := honest.Sign(ctx, "wye")
	must(t, err)

	forged := open(t, dbtest.SQLite(t))
	fill(t, forged) // the same clock and chance: the same record
	if f := forged.findings(t, kept.Note); len(f) > 0 {
		t.Fatalf("the same record was refused: %v", f)
	}
	forged = open(t, dbtest.SQLite(t))
	forged.record(t, "wye", "thing.add", func(tx *journal.Tx) error {
		return tx.Insert(ctx, "thing", journal.Row{"id": "wye-0", "name": "forged"})
	})
	fill2 := func(n int) {
		for i := range n {
			forged.record(t, "wye", "thing.add", func(tx *journal.Tx) error {
				return tx.Insert(ctx, "thing", journal.Row{"id": string(rune('a' + i))})
			})
		}
	}
	fill2(3)
	if f := forged.findings(t); len(f) > 0 {
		t.Fatalf("the forged record is not consistent in itself: %v", f)
	}
	if f := forged.findings(t, kept.Note); len(f) == 0 || !strings.Contains(f[0], "removed") {
		t.Fatalf("shorter than the checkpoint: %v", f)
	}
	fill2 = func(int) {}
	for i := range 6 {
		forged.record(t, "wye", "thing.add", func(tx *journal.Tx) error {
			return tx.Insert(ctx, "thing", journal.Row{"id": "more-" + string(rune('a'+i))})
		})
	}
	fill2(0)
	if f := forged.findings(t, kept.Note); len(f) == 0 || !strings.Contains(f[0], "changed") {
		t.Fatalf("a rewrite before the checkpoint: %v", f)
	}
}

func derive(ctx context.Context, tx *db.Tx, org, _ string) (map[string][]byte, error) {
	var out bytes.Buffer
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var name string
		if err := rows.Scan(&name); err != nil {
			return err
		}
		out.WriteString(name + "\n")
		return nil
	}, `SELECT COALESCE(name, '') FROM thing WHERE org_id = ? ORDER BY id`, org)
	return map[string][]byte{"names.txt": out.Bytes()}, err
}

func export(t *testing.T, b *bench) []byte {
	t.Helper()
	var out bytes.Buffer
	_, err := b.Export(ctx, &out, "wye", "2026-11-19", derive)
	must(t, err)
	return out.Bytes()
}

func checkBundle(t *testing.T, b *bench, data []byte, outside ...string) ([]string, error) {
	t.Helper()
	bundle, err := journal.OpenBundle(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	v, err := b.Verifier("wye")
	must(t, err)
	report, err := journal.Check(ctx, bundle, "wye", b.Tables(), v, outside...)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, f := range report.Findings {
		out = append(out, f.String())
	}
	return out, nil
}

// A bundle checks clean, holds only one organisation, and its derived files
// come out the same from a replay.
func TestBundle(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := open(t, d)
		fill(t, b)
		data := export(t, b)
		f, err := checkBundle(t, b, data)
		must(t, err)
		if len(f) > 0 {
			t.Fatal(f)
		}
		if bytes.Contains(unzip(t, data)["rows.jsonl"], []byte("severn")) {
			t.Error("the bundle holds another organisation's rows")
		}
		bundle, err := journal.OpenBundle(bytes.NewReader(data), int64(len(data)))
		must(t, err)
		fresh := open(t, dbtest.SQLite(t))
		must(t, journal.Replay(ctx, fresh.DB(), b.Tables(), bundle, "wye"))
		must(t, fresh.DB().Read(ctx, func(tx *db.Tx) error {
			again, err := derive(ctx, tx, "wye", "")
			if err != nil {
				return err
			}
			stored, err := bundle.File("derived/names.txt")
			if err == nil && !bytes.Equal(stored, again["names.txt"]) {
				t.Errorf("derived again: %q, stored %q", again["names.txt"], stored)
			}
			return err
		}))
	})
}

// Any change to any file of a bundle that says what happened is found.
func TestBundle_FindsEveryEdit(t *testing.T) {
	b := open(t, dbtest.SQLite(t))
	fill(t, b)
	data := export(t, b)
	files := unzip(t, data)
	for _, name := range []string{"entries.jsonl", "rows.jsonl", "tables/thing.jsonl", "tables/pile.jsonl", "checkpoint.txt", "checkpoints.json"} {
		content := files[name]
		// Every 7th byte in turn becomes another one; every line is dropped in turn.
		for i := 0; i < len(content); i += 7 {
			changed := bytes.Clone(content)
			if changed[i] == '\n' || changed[i] == ' ' {
				continue
			}
			changed[i] ^= 1
			if f, err := checkBundle(t, b, rezip(t, files, name, changed)); err == nil && len(f) == 0 {
				t.Errorf("%s: byte %d changed from %q, not found: ...%s...", name, i, content[i], content[max(0, i-30):min(len(content), i+30)])
			}
		}
		lines := bytes.SplitAfter(content, []byte("\n"))
		if !strings.HasSuffix(name, ".jsonl") {
			continue
		}
		for i := range lines[:len(lines)-1] {
			dropped := bytes.Join(append(append([][]byte{}, lines[:i]...), lines[i+1:]...), nil)
			if f, err := checkBundle(t, b, rezip(t, files, name, dropped)); err == nil && len(f) == 0 {
				t.Errorf("%s: line %d dropped, not found", name, i+1)
			}
		}
	}
}

// What is not a bundle is refused in words, never with a panic.
func TestOpenBundle_Refuses(t *testing.T) {
	b := open(t, dbtest.SQLite(t))
	fill(t, b)
	data := export(t, b)
	files := unzip(t, data)
	for name, bad := range map[string][]byte{
		"not a zip":          []byte("hello"),
		"cut short":          data[:len(data)/2],
		"another format":     rezip(t, files, "bundle.json", bytes.Replace(files["bundle.json"], []byte("bundle/1"), []byte("bundle/9"), 1)),
		"manifest not JSON":  rezip(t, files, "bundle.json", []byte("{")),
		"manifest not there": rezip(t, files, "bundle.json", nil),
	} {
		if _, err := journal.OpenBundle(bytes.NewReader(bad), int64(len(bad))); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func unzip(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	out := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		out[f.Name], err = io.ReadAll(r)
		must(t, err)
	}
	return out
}

func rezip(t *testing.T, files map[string][]byte, name string, content []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for n, data := range files {
		if n == name {
			if data = content; data == nil {
				continue
			}
		}
		f, err := z.Create(n)
		must(t, err)
		_, err = f.Write(data)
		must(t, err)
	}
	must(t, z.Close())
	return out.Bytes()
}

// The key file is made once, readable by its owner only, and gives the same
// keys again.
func TestLoadKeys(t *testing.T) {
	path := t.TempDir() + "/keys/record.key"
	first, err := journal.LoadKeys(path, world.Real())
	must(t, err)
	again, err := journal.LoadKeys(path, world.Real())
	must(t, err)
	a, err := first.VerifierKey("wye")
	must(t, err)
	b, err := again.VerifierKey("wye")
	must(t, err)
	if a != b {
		t.Error("the key changed")
	}
}
