package journal

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"

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

// Opened is an entry with what its public leaf commits to, so that somebody who has the
// leaf can be shown what it is about. It has no rows, and so nothing of people but the id
// of who acted.
type Opened struct {
	Seq  int64
	Body []byte // canonical JSON
	Salt []byte
}

// Content is what the body of an entry says.
type Content struct {
	Org    string         `json:"org"`
	Seq    int64          `json:"seq"`
	At     string         `json:"at"`
	Kind   string         `json:"kind"`
	Detail map[string]any `json:"detail"` // numbers are json.Number
}

// Content reads the body.
func (o Opened) Content() (c Content, err error) {
	d := json.NewDecoder(bytes.NewReader(o.Body))
	d.UseNumber()
	if err := d.Decode(&c); err != nil {
		return c, fault.Wrap(fault.Invalid, err, "entry %d is not the body of an entry", o.Seq)
	}
	if c.Seq != o.Seq || len(c.At) < len("2006-01-02") {
		return c, fault.Errorf(fault.Invalid, "entry %d says that it is entry %d, of %q", o.Seq, c.Seq, c.At)
	}
	return c, nil
}

// Leaf makes the public line of the entry again.
func (o Opened) Leaf() (string, error) {
	c, err := o.Content()
	if err != nil {
		return "", err
	}
	return leafText(c.Seq, c.At, c.Kind, o.Salt, o.Body), nil
}

// OpenedIn are the entries of one kind, or of several that begin alike where kind ends
// with a stop ("survey."), oldest first, as part of a transaction.
func OpenedIn(ctx context.Context, tx *db.Tx, org, kind string) (out []Opened, err error) {
	where, value := `kind = ?`, kind
	if strings.HasSuffix(kind, ".") {
		where, value = `kind LIKE ?`, kind+"%"
	}
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var o Opened
		err := rows.Scan(&o.Seq, &o.Body, &o.Salt)
		out = append(out, o)
		return err
	}, `SELECT seq, body, salt FROM journal_entry WHERE org_id = ? AND `+where+` ORDER BY seq`, org, value)
	return out, err
}
