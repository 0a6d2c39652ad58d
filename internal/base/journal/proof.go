package journal

import (
	"context"
	"errors"

	"golang.org/x/mod/sumdb/tlog"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// Inclusion shows that one leaf is in the tree of a given size.
type Inclusion struct {
	Leaf  string
	Seq   int64
	Size  int64
	Proof tlog.RecordProof
}

// ProveInclusion makes the proof that entry seq is in the record when it had
// the given size. It returns NotFound for an entry that is not in it.
func (j *Journal) ProveInclusion(ctx context.Context, org string, seq, size int64) (Inclusion, error) {
	out := Inclusion{Seq: seq, Size: size}
	err := j.db.Read(ctx, func(tx *db.Tx) error {
		now, err := sizeOf(ctx, tx, org)
		if err != nil {
			return err
		}
		if seq < 0 || seq >= size || size > now {
			return fault.Errorf(fault.NotFound, "the record has %d entries; there is no entry %d of %d", now, seq, size)
		}
		err = tx.QueryRow(ctx, `SELECT leaf FROM journal_entry WHERE org_id = ? AND seq = ?`, org, seq).Scan(&out.Leaf)
		if errors.Is(err, db.ErrNoRows) {
			return fault.Errorf(fault.Internal, "entry %d of the record of %s is missing", seq, org)
		}
		if err != nil {
			return err
		}
		out.Proof, err = tlog.ProveRecord(size, seq, hashReader(ctx, tx, org))
		return err
	})
	return out, err
}

// ProveConsistency makes the proof that the record of size newer only adds to
// the record of size older.
func (j *Journal) ProveConsistency(ctx context.Context, org string, older, newer int64) (tlog.TreeProof, error) {
	var proof tlog.TreeProof
	err := j.db.Read(ctx, func(tx *db.Tx) error {
		now, err := sizeOf(ctx, tx, org)
		if err != nil {
			return err
		}
		if older < 1 || older > newer || newer > now {
			return fault.Errorf(fault.NotFound, "the record has %d entries; it has no sizes %d and %d", now, older, newer)
		}
		proof, err = tlog.ProveTree(newer, older, hashReader(ctx, tx, org))
		return err
	})
	return proof, err
}

// Leaves are the public lines of the tree from entry seq on, at most limit.
func (j *Journal) Leaves(ctx context.Context, org string, seq int64, limit int) ([]string, error) {
	var out []string
	err := j.db.Read(ctx, func(tx *db.Tx) error {
		return tx.Each(ctx, func(rows *db.Rows) error {
			var leaf string
			if err := rows.Scan(&leaf); err != nil {
				return err
			}
			out = append(out, leaf)
			return nil
		}, `SELECT leaf FROM journal_entry WHERE org_id = ? AND seq >= ? ORDER BY seq LIMIT ?`, org, seq, limit)
	})
	return out, err
}

// Entries are the entries of a record, newest first, from before seq (0 for
// the newest), at most limit.
func (j *Journal) Entries(ctx context.Context, org string, before int64, limit int) ([]Entry, error) {
	if before <= 0 {
		before = 1 << 62
	}
	var out []Entry
	err := j.db.Read(ctx, func(tx *db.Tx) error {
		return tx.Each(ctx, func(rows *db.Rows) error {
			e := Entry{Org: org}
			if err := rows.Scan(&e.Seq, &e.At, &e.Kind, &e.Actor, &e.Leaf); err != nil {
				return err
			}
			out = append(out, e)
			return nil
		}, `SELECT seq, at, kind, actor, leaf FROM journal_entry WHERE org_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
			org, before, limit)
	})
	return out, err
}

// SizeIn is how many entries a record has, in somebody else's transaction; 0
// for one that has not begun. What was worked out from governed tables at one
// size still holds at the same size.
func SizeIn(ctx context.Context, tx *db.Tx, org string) (int64, error) {
	size, err := sizeOf(ctx, tx, org)
	if fault.Is(err, fault.NotFound) {
		return 0, nil
	}
	return size, err
}
