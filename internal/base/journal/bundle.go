package journal

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// BundleFormat names the layout of a bundle. A verifier refuses another.
const BundleFormat = "commonweal-bundle/1"

// Derive makes files that follow from the governed tables, such as the
// register of members on a day. It must give the same bytes for the same rows.
type Derive func(ctx context.Context, tx *db.Tx, org, day string) (map[string][]byte, error)

// Manifest is the first file of a bundle.
type Manifest struct {
	Format  string   `json:"format"`
	Org     string   `json:"org"`
	Made    string   `json:"made"` // when
	Size    int64    `json:"size"` // entries
	Root    string   `json:"root"` // base64
	Day     string   `json:"day"`  // the day that the derived files are of
	Key     string   `json:"key"`  // verifier key of the checkpoints
	Derived []string `json:"derived"`
}

// Export writes a self-contained bundle of one organisation's record: every
// entry and row, the governed tables, all checkpoints, the verifier key and the
// derived files. It holds personal data: give it only to who may see all of it.
func (j *Journal) Export(ctx context.Context, w io.Writer, org, day string, derive Derive) (Manifest, error) {
	head, err := j.Sign(ctx, org)
	if err != nil {
		return Manifest{}, err
	}
	key, err := j.VerifierKey(org)
	if err != nil {
		return Manifest{}, err
	}
	m := Manifest{Format: BundleFormat, Org: org, Made: j.world.Stamp(), Day: day, Key: key}
	err = j.db.Read(ctx, func(tx *db.Tx) error {
		size, err := sizeOf(ctx, tx, org)
		if err != nil {
			return err
		}
		if size != head.Size {
			return fault.Errorf(fault.Conflict, "the record grew while it was exported: export again")
		}
		m.Size, m.Root = head.Size, encode(head.Root[:])
		derived, err := derive(ctx, tx, org, day)
		if err != nil {
			return fmt.Errorf("make the derived files: %w", err)
		}
		for name := range derived {
			m.Derived = append(m.Derived, name)
		}
		sort.Strings(m.Derived)
		return j.writeBundle(ctx, tx, w, m, head, derived)
	})
	return m, err
}

func (j *Journal) writeBundle(ctx context.Context, tx *db.Tx, w io.Writer, m Manifest, head Head, derived map[string][]byte) error {
	z := zip.NewWriter(w)
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	ev := &live{tx: tx}
	stored, err := ev.Heads(ctx, m.Org)
	if err != nil {
		return err
	}
	notes, err := json.MarshalIndent(stored, "", "  ")
	if err != nil {
		return err
	}
	files := map[string][]byte{
		"bundle.json": text, "README.txt": []byte(bundleReadme), "checkpoint.txt": []byte(head.Note), "checkpoints.json": notes,
	}
	for name, data := range derived {
		files["derived/"+name] = data
	}
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		f, err := z.Create(name)
		if err != nil {
			return err
		}
		if _, err := f.Write(files[name]); err != nil {
			return err
		}
	}
	if err := writeLines(z, "entries.jsonl", func(put func(any) error) error {
		return ev.Entries(ctx, m.Org, func(e StoredEntry) error { return put(e) })
	}); err != nil {
		return err
	}
	if err := writeLines(z, "rows.jsonl", func(put func(any) error) error {
		return ev.Rows(ctx, m.Org, func(r StoredRow) error { return put(r) })
	}); err != nil {
		return err
	}
	for _, t := range j.order {
		if err := writeLines(z, "tables/"+t.Name+".jsonl", func(put func(any) error) error {
			return ev.Table(ctx, t, m.Org, func(_ string, value []byte) error { return put(json.RawMessage(value)) })
		}); err != nil {
			return err
		}
	}
	return z.Close()
}

// writeLines writes one file of the bundle, a JSON value a line. Canonical
// values pass through unchanged.
func writeLines(z *zip.Writer, name string, each func(put func(any) error) error) error {
	f, err := z.Create(name)
	if err != nil {
		return err
	}
	buf := bufio.NewWriter(f)
	err = each(func(v any) error {
		line, ok := v.(json.RawMessage)
		if !ok {
			var err error
			if line, err = json.Marshal(v); err != nil {
				return err
			}
		}
		if _, err := buf.Write(line); err != nil {
			return err
		}
		return buf.WriteByte('\n')
	})
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return buf.Flush()
}

// Bundle is an exported record, opened for checking. It implements [Evidence].
type Bundle struct {
	Manifest Manifest
	zip      *zip.Reader
}

// maxBundleFile bounds what one file of a bundle may unpack to: 8 GiB.
const maxBundleFile = 8 << 30

// OpenBundle reads the manifest of a bundle. A file that is not a bundle is
// an Invalid fault.
func OpenBundle(r io.ReaderAt, size int64) (*Bundle, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the file is not a bundle: it is not a zip file")
	}
	b := &Bundle{zip: z}
	for _, f := range z.File {
		if f.UncompressedSize64 > maxBundleFile {
			return nil, fault.Errorf(fault.Invalid, "the bundle's file %s is too large", f.Name)
		}
	}
	text, err := b.File("bundle.json")
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the file is not a bundle: it has no bundle.json")
	}
	if err := json.Unmarshal(text, &b.Manifest); err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the bundle's bundle.json cannot be read")
	}
	if b.Manifest.Format != BundleFormat {
		return nil, fault.Errorf(fault.Invalid, "the bundle has the format %q and this program reads %q", b.Manifest.Format, BundleFormat)
	}
	return b, nil
}

// File reads one file of the bundle whole.
func (b *Bundle) File(name string) ([]byte, error) {
	f, err := b.zip.Open(name)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(f, maxBundleFile))
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return data, err
}

// Strangers are files that a bundle of these tables does not have.
func (b *Bundle) Strangers(tables []*Table) []string {
	known := map[string]bool{
		"bundle.json": true, "README.txt": true, "checkpoint.txt": true, "checkpoints.json": true,
		"entries.jsonl": true, "rows.jsonl": true,
	}
	for _, t := range tables {
		known["tables/"+t.Name+".jsonl"] = true
	}
	for _, name := range b.Manifest.Derived {
		known["derived/"+name] = true
	}
	var out []string
	for _, f := range b.zip.File {
		if !known[f.Name] {
			out = append(out, f.Name)
		}
	}
	return out
}

// Entries implements [Evidence].
func (b *Bundle) Entries(_ context.Context, _ string, fn func(StoredEntry) error) error {
	return readLines(b, "entries.jsonl", func(line []byte) error {
		var e StoredEntry
		if err := exact(line, &e); err != nil {
			return err
		}
		return fn(e)
	})
}

// Rows implements [Evidence].
func (b *Bundle) Rows(_ context.Context, _ string, fn func(StoredRow) error) error {
	return readLines(b, "rows.jsonl", func(line []byte) error {
		var r StoredRow
		if err := exact(line, &r); err != nil {
			return err
		}
		return fn(r)
	})
}

// Table implements [Evidence].
func (b *Bundle) Table(_ context.Context, table *Table, _ string, fn func(id string, value []byte) error) error {
	return readLines(b, "tables/"+table.Name+".jsonl", func(line []byte) error {
		var key struct {
			ID string `json:"id"`
		}
		if err := json.Unmarshal(line, &key); err != nil {
			return err
		}
		return fn(key.ID, line)
	})
}

// Heads implements [Evidence].
func (b *Bundle) Heads(context.Context, string) ([]string, error) {
	text, err := b.File("checkpoints.json")
	if err != nil {
		return nil, err
	}
	var out []string
	if err := json.Unmarshal(text, &out); err != nil {
		return nil, fmt.Errorf("checkpoints.json: %w", err)
	}
	current, err := b.File("checkpoint.txt")
	if err != nil {
		return nil, err
	}
	return append(out, string(current)), nil
}

// exact reads a line that must be written just as Export writes it, so that no
// two bundles that differ say the same.
func exact(line []byte, v any) error {
	if err := json.Unmarshal(line, v); err != nil {
		return err
	}
	again, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if !bytes.Equal(line, again) {
		return errors.New("it is not written as the program writes it")
	}
	return nil
}

func readLines(b *Bundle, name string, fn func(line []byte) error) error {
	f, err := b.zip.Open(name)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the bundle has no file %s", name)
	}
	defer func() { _ = f.Close() }()
	r := bufio.NewReaderSize(f, 1<<16)
	for n := 1; ; n++ {
		line, err := r.ReadBytes('\n')
		line = bytes.TrimSuffix(line, []byte("\n"))
		if len(line) > 0 {
			if err := fn(line); err != nil {
				return fault.Wrap(fault.Invalid, err, "the bundle's file %s, line %d, cannot be read", name, n)
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fault.Wrap(fault.Invalid, err, "the bundle's file %s cannot be unpacked", name)
		}
	}
}

var bundleReadme = strings.TrimLeft(`
This is the record of one organisation, exported by Commonweal.

It holds personal data. Keep it as you would keep the register itself.

Check it on any computer, without the server:

    commonweal verify THIS-FILE
    commonweal verify THIS-FILE --checkpoint A-CHECKPOINT-YOU-WERE-SENT.txt

What is inside:

  bundle.json       what this is: organisation, number of entries, root, key
  checkpoint.txt    the signed head (C2SP tlog-checkpoint)
  checkpoints.json  all heads that were signed before it
  entries.jsonl     every entry: its body, its salt, its public leaf
  rows.jsonl        every row that an entry wrote: content, salt, commitment
  tables/           the tables as they stood when this was made
  derived/          what follows from them, such as the register on a day

A leaf commits to an entry, an entry to its rows, the tree to the leaves, and
the checkpoint to the tree. The formulas are in docs/design/ground.md of the
program's source.
`, "\n")
