// Package backup writes the whole database to one file and reads it back. The
// file is the same for both engines, so a backup is also the way to move from
// SQLite to PostgreSQL.
//
// The file is a zip: manifest.json, and tables/NAME.jsonl with one array a row.
// It is read in one transaction, so it is one moment of the database. It holds
// personal data and no signing key.
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
)

// Format names the layout. [Read] refuses another.
const Format = "commonweal-backup/1"

// Manifest says what a backup holds.
type Manifest struct {
	Format string  `json:"format"`
	Made   string  `json:"made"`
	Schema int     `json:"schema"`
	Tables []table `json:"tables"`
}

// Rows is how many rows the backup holds.
func (m Manifest) Rows() int64 {
	var n int64
	for _, t := range m.Tables {
		n += t.Rows
	}
	return n
}

// Write backs up every table except those named in skip (sessions and the
// like, which must not come back to life). made is when, in words the
// manifest keeps.
func Write(ctx context.Context, d *db.DB, w io.Writer, made string, skip []string) (Manifest, error) {
	m := Manifest{Format: Format, Made: made}
	left := map[string]bool{}
	for _, name := range skip {
		left[name] = true
	}
	z := zip.NewWriter(w)
	err := d.Read(ctx, func(tx *db.Tx) error {
		if err := tx.QueryRow(ctx, `SELECT COALESCE(MAX(number), 0) FROM schema_version`).Scan(&m.Schema); err != nil {
			return err
		}
		tables, err := catalogue(ctx, tx)
		if err != nil {
			return err
		}
		for _, t := range tables {
			if left[t.Name] || t.Name == "schema_version" {
				continue
			}
			if err := writeTable(ctx, tx, z, &t); err != nil {
				return fmt.Errorf("back up %s: %w", t.Name, err)
			}
			m.Tables = append(m.Tables, t)
		}
		return nil
	})
	if err != nil {
		return Manifest{}, err
	}
	data, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return Manifest{}, err
	}
	f, err := z.Create("manifest.json")
	if err != nil {
		return Manifest{}, err
	}
	if _, err := f.Write(data); err != nil {
		return Manifest{}, err
	}
	return m, z.Close()
}

func writeTable(ctx context.Context, tx *db.Tx, z *zip.Writer, t *table) error {
	f, err := z.Create("tables/" + t.Name + ".jsonl")
	if err != nil {
		return err
	}
	sum := sha256.New()
	out := bufio.NewWriter(io.MultiWriter(f, sum))
	names := make([]string, len(t.Columns))
	raw := make([]any, len(t.Columns))
	dest := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		names[i], dest[i] = c.Name, &raw[i]
	}
	err = tx.Each(ctx, func(rows *db.Rows) error {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		line, err := encode(t.Columns, raw)
		if err != nil {
			return err
		}
		t.Rows++
		_, err = out.Write(append(line, '\n'))
		return err
	}, "SELECT "+strings.Join(names, ", ")+" FROM "+t.Name)
	if err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	t.SHA256 = hex.EncodeToString(sum.Sum(nil))
	return nil
}

func encode(columns []column, raw []any) ([]byte, error) {
	row := make([]any, len(raw))
	for i, v := range raw {
		b, isBytes := v.([]byte)
		switch {
		case v == nil:
		case columns[i].Kind == bytes && isBytes:
			row[i] = base64.StdEncoding.EncodeToString(b)
		case columns[i].Kind == text && isBytes:
			row[i] = string(b)
		default:
			row[i] = v
		}
	}
	return json.Marshal(row)
}
