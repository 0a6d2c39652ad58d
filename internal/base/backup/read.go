package backup

import (
	"archive/zip"
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// Read restores a backup into an empty, migrated database. All of it goes in
// or nothing does. The schema of the backup must not be newer than the
// program's. Check the database afterwards with the journal's Fsck.
func Read(ctx context.Context, d *db.DB, r io.ReaderAt, size int64) (Manifest, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return Manifest{}, fault.Wrap(fault.Invalid, err, "the file is not a backup: it is not a zip file")
	}
	m, err := manifest(z)
	if err != nil {
		return Manifest{}, err
	}
	version, err := db.Version(ctx, d)
	if err != nil {
		return Manifest{}, err
	}
	if m.Schema != version {
		return Manifest{}, fault.Errorf(fault.Conflict, "the backup has schema %d and this program has %d: restore it with the program that made it, then start the newer one", m.Schema, version)
	}
	err = d.Write(ctx, func(tx *db.Tx) error {
		tables, err := catalogue(ctx, tx)
		if err != nil {
			return err
		}
		known := map[string]table{}
		for _, t := range tables {
			known[t.Name] = t
			if t.Name == "schema_version" {
				continue
			}
			var n int64
			if err := tx.QueryRow(ctx, "SELECT COUNT(*) FROM "+t.Name).Scan(&n); err != nil {
				return err
			}
			if n > 0 {
				return fault.Errorf(fault.Conflict, "the database is not empty: table %s has %d rows. Restore into a new one", t.Name, n)
			}
		}
		for _, t := range m.Tables {
			have, ok := known[t.Name]
			if !ok || !sameColumns(have.Columns, t.Columns) {
				return fault.Errorf(fault.Invalid, "the backup's table %s is not one of this program's", t.Name)
			}
			if err := readTable(ctx, tx, z, t); err != nil {
				return err
			}
		}
		return nil
	})
	return m, err
}

func manifest(z *zip.Reader) (Manifest, error) {
	var m Manifest
	f, err := z.Open("manifest.json")
	if err != nil {
		return m, fault.Wrap(fault.Invalid, err, "the file is not a backup: it has no manifest.json")
	}
	defer func() { _ = f.Close() }()
	if err := json.NewDecoder(f).Decode(&m); err != nil {
		return m, fault.Wrap(fault.Invalid, err, "the backup's manifest.json cannot be read")
	}
	if m.Format != Format {
		return m, fault.Errorf(fault.Invalid, "the backup has the format %q and this program reads %q", m.Format, Format)
	}
	return m, nil
}

func sameColumns(a, b []column) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func readTable(ctx context.Context, tx *db.Tx, z *zip.Reader, t table) error {
	f, err := z.Open("tables/" + t.Name + ".jsonl")
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the backup has no file for the table %s", t.Name)
	}
	defer func() { _ = f.Close() }()
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	insert := fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", t.Name, strings.Join(names, ", "), strings.TrimSuffix(strings.Repeat("?, ", len(names)), ", "))
	sum := sha256.New()
	in := bufio.NewReaderSize(io.TeeReader(f, sum), 1<<16)
	var n int64
	for {
		line, err := in.ReadBytes('\n')
		if err == io.EOF && len(line) == 0 {
			break
		}
		if err != nil {
			return fault.Wrap(fault.Invalid, err, "the backup's table %s is cut short at row %d", t.Name, n+1)
		}
		n++
		row, err := decode(t.Columns, line)
		if err != nil {
			return fault.Wrap(fault.Invalid, err, "the backup's table %s, row %d, cannot be read", t.Name, n)
		}
		if _, err := tx.Exec(ctx, insert, row...); err != nil {
			return fmt.Errorf("restore table %s, row %d: %w", t.Name, n, err)
		}
	}
	if n != t.Rows || hex.EncodeToString(sum.Sum(nil)) != t.SHA256 {
		return fault.Errorf(fault.Invalid, "the backup's table %s is not as it was written: nothing was restored", t.Name)
	}
	return nil
}

func decode(columns []column, line []byte) ([]any, error) {
	var raw []json.RawMessage
	if err := json.Unmarshal(line, &raw); err != nil {
		return nil, err
	}
	if len(raw) != len(columns) {
		return nil, fmt.Errorf("%d values for %d columns", len(raw), len(columns))
	}
	row := make([]any, len(raw))
	for i, v := range raw {
		if string(v) == "null" {
			continue
		}
		var err error
		switch columns[i].Kind {
		case integer:
			var n int64
			err = json.Unmarshal(v, &n)
			row[i] = n
		default:
			var s string
			err = json.Unmarshal(v, &s)
			row[i] = s
			if err == nil && columns[i].Kind == bytes {
				row[i], err = base64.StdEncoding.DecodeString(s)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", columns[i].Name, err)
		}
	}
	return row, nil
}
