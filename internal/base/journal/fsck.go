package journal

import (
	"context"
	"fmt"
	"sort"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"commonweal/internal/base/db"
)

// Fsck checks the records of all organisations in the database, and that
// nothing governed belongs to none of them. The outside checkpoints are
// compared with the organisation whose origin they carry.
func (j *Journal) Fsck(ctx context.Context, outside ...string) ([]*Report, error) {
	var reports []*Report
	err := j.db.Read(ctx, func(tx *db.Tx) error {
		orgs, err := j.organisations(ctx, tx)
		if err != nil {
			return err
		}
		ev := &live{tx: tx}
		used := make([]bool, len(outside))
		for _, org := range orgs {
			verifier, err := j.Verifier(org)
			if err != nil {
				return err
			}
			var mine []string
			for i, signed := range outside {
				if len(signed) > len(Origin(org)) && signed[:len(Origin(org))+1] == Origin(org)+"\n" {
					mine, used[i] = append(mine, signed), true
				}
			}
			report, err := Check(ctx, ev, org, j.order, verifier, mine...)
			if err != nil {
				return fmt.Errorf("record of %s: %w", org, err)
			}
			if err := checkStored(ctx, tx, org, report); err != nil {
				return err
			}
			reports = append(reports, report)
		}
		rest := &Report{Org: ""}
		for i, ok := range used {
			if !ok {
				rest.found(fmt.Sprintf("checkpoint %d given from outside", i+1), "its organisation has no record here")
			}
		}
		for _, s := range j.seals {
			if err := s.check(ctx, tx, rest.add); err != nil {
				return err
			}
		}
		if !rest.OK() {
			reports = append(reports, rest)
		}
		return nil
	})
	return reports, err
}

// Verifier checks the signatures of one organisation's checkpoints.
func (j *Journal) Verifier(org string) (note.Verifier, error) {
	vkey, err := j.keys.VerifierKey(org)
	if err != nil {
		return nil, err
	}
	return note.NewVerifier(vkey)
}

// VerifierKey is the text form of [Journal.Verifier], to hand out.
func (j *Journal) VerifierKey(org string) (string, error) { return j.keys.VerifierKey(org) }

// organisations are all that any record or governed row names: a row under an
// unknown organisation is checked against a record that is not there.
func (j *Journal) organisations(ctx context.Context, tx *db.Tx) ([]string, error) {
	set := map[string]bool{}
	tables := []string{"journal_head", "journal_entry", "journal_row", "journal_checkpoint", "journal_hash"}
	for _, t := range j.order {
		tables = append(tables, t.Name)
	}
	for _, name := range tables {
		err := tx.Each(ctx, func(rows *db.Rows) error {
			var org string
			if err := rows.Scan(&org); err != nil {
				return err
			}
			set[org] = true
			return nil
		}, "SELECT DISTINCT org_id FROM "+name)
		if err != nil {
			return nil, err
		}
	}
	out := make([]string, 0, len(set))
	for org := range set {
		out = append(out, org)
	}
	sort.Strings(out)
	return out, nil
}

// checkStored compares the stored head and tree hashes with the leaves.
func checkStored(ctx context.Context, tx *db.Tx, org string, report *Report) error {
	var size int64
	err := tx.QueryRow(ctx, `SELECT COALESCE(MAX(size), -1) FROM journal_head WHERE org_id = ?`, org).Scan(&size)
	if err != nil {
		return err
	}
	if size != report.Size {
		report.found("journal_head", "it says %d entries and %d are there", size, report.Size)
	}
	tree := &memoryTree{}
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var leaf string
		if err := rows.Scan(&leaf); err != nil {
			return err
		}
		return tree.add(leaf)
	}, `SELECT leaf FROM journal_entry WHERE org_id = ? ORDER BY seq`, org)
	if err != nil {
		return err
	}
	next := int64(0)
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var idx int64
		var raw []byte
		if err := rows.Scan(&idx, &raw); err != nil {
			return err
		}
		var h tlog.Hash
		copy(h[:], raw)
		if idx != next || idx >= int64(len(tree.hashes)) || len(raw) != tlog.HashSize || h != tree.hashes[idx] {
			report.found(fmt.Sprintf("journal_hash %d", idx), "it is not the hash that the entries give")
		}
		next = idx + 1
		return nil
	}, `SELECT idx, hash FROM journal_hash WHERE org_id = ? ORDER BY idx`, org)
	if err != nil {
		return err
	}
	if next != int64(len(tree.hashes)) {
		report.found("journal_hash", "%d hashes are there and the entries give %d", next, len(tree.hashes))
	}
	return nil
}

// live reads a record from the database it is kept in.
type live struct{ tx *db.Tx }

func (l *live) Entries(ctx context.Context, org string, fn func(StoredEntry) error) error {
	return l.tx.Each(ctx, func(rows *db.Rows) error {
		var e StoredEntry
		if err := rows.Scan(&e.Seq, &e.At, &e.Kind, &e.Actor, &e.Body, &e.Salt, &e.Leaf); err != nil {
			return err
		}
		return fn(e)
	}, `SELECT seq, at, kind, actor, body, salt, leaf FROM journal_entry WHERE org_id = ? ORDER BY seq`, org)
}

func (l *live) Rows(ctx context.Context, org string, fn func(StoredRow) error) error {
	return l.tx.Each(ctx, func(rows *db.Rows) error {
		var r StoredRow
		if err := rows.Scan(&r.Seq, &r.N, &r.Table, &r.Key, &r.Op, &r.Value, &r.Salt, &r.Commitment); err != nil {
			return err
		}
		return fn(r)
	}, `SELECT seq, n, tbl, row_key, op, value, salt, commitment FROM journal_row WHERE org_id = ? ORDER BY seq, n`, org)
}

func (l *live) Table(ctx context.Context, table *Table, org string, fn func(id string, value []byte) error) error {
	dest, finish := table.scan()
	at := table.column("id")
	var buf []byte
	return l.tx.Each(ctx, func(rows *db.Rows) error {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		values, err := finish()
		if err != nil {
			return err
		}
		if buf, err = table.canonical(buf[:0], values); err != nil {
			return err
		}
		id, _ := values[at].(string)
		return fn(id, buf)
	}, table.list, org)
}

func (l *live) Heads(ctx context.Context, org string) ([]string, error) {
	list, err := heads(ctx, l.tx, `SELECT size, at, note FROM journal_checkpoint WHERE org_id = ? ORDER BY size`, org)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(list))
	for i, h := range list {
		out[i] = h.Note
	}
	return out, nil
}
