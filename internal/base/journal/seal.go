package journal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"commonweal/internal/base/db"
)

// Seal declares bulk data that is not written through the journal row by row.
// A governed parent row holds the digest of all rows that belong to it, so the
// record commits to them together and [Journal.Fsck] finds any change.
type Seal struct {
	Parent string // governed table
	Column string // its text column that holds the digest
	Sets   []SealedSet
}

// SealedSet is one table under a seal. Its columns hold text and integers.
type SealedSet struct {
	Table   string
	By      string   // the column that names the parent row's id
	Columns []string // what is sealed, without By
	Order   []string // a total order of the rows under one parent
}

// Digest is the SHA-256, in hex, over the canonical rows of all sets of one parent.
func (s Seal) Digest(ctx context.Context, tx *db.Tx, parent string) (string, error) {
	h := sha256.New()
	var line []byte
	for _, set := range s.Sets {
		raw := make([]any, len(set.Columns))
		dest := make([]any, len(set.Columns))
		for i := range raw {
			dest[i] = &raw[i]
		}
		query := fmt.Sprintf("SELECT %s FROM %s WHERE %s = ? ORDER BY %s",
			strings.Join(set.Columns, ", "), set.Table, set.By, strings.Join(set.Order, ", "))
		err := tx.Each(ctx, func(rows *db.Rows) error {
			if err := rows.Scan(dest...); err != nil {
				return err
			}
			for i, v := range raw {
				if b, ok := v.([]byte); ok { // drivers may give text as bytes
					raw[i] = string(b)
				}
			}
			var err error
			if line, err = Canonical(append(line[:0], set.Table...), raw); err != nil {
				return err
			}
			h.Write(append(line, '\n'))
			return nil
		}, query, parent)
		if err != nil {
			return "", fmt.Errorf("seal of %s: %w", set.Table, err)
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// check compares every parent row's digest with its rows, and looks for rows
// without a parent.
func (s Seal) check(ctx context.Context, tx *db.Tx, report func(Finding)) error {
	type parent struct{ id, org, seal string }
	var parents []parent
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var p parent
		if err := rows.Scan(&p.id, &p.org, &p.seal); err != nil {
			return err
		}
		parents = append(parents, p)
		return nil
	}, fmt.Sprintf("SELECT id, org_id, %s FROM %s ORDER BY id", s.Column, s.Parent))
	if err != nil {
		return err
	}
	for _, p := range parents {
		got, err := s.Digest(ctx, tx, p.id)
		if err != nil {
			return err
		}
		if got != p.seal {
			report(Finding{Org: p.org, Where: s.Parent + " " + p.id, What: "its figures are not those that were recorded"})
		}
	}
	for _, set := range s.Sets {
		var n int
		query := fmt.Sprintf("SELECT COUNT(*) FROM %s WHERE %s NOT IN (SELECT id FROM %s)", set.Table, set.By, s.Parent)
		if err := tx.QueryRow(ctx, query).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			report(Finding{Where: set.Table, What: fmt.Sprintf("%d rows belong to nothing in the record", n)})
		}
	}
	return nil
}
