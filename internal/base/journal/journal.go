// Package journal is the record: a tamper-evident log of every governance fact
// of an organisation, written in the same transaction as the fact.
//
// A change is made with [Journal.Record]. Its function gets a [Tx], which
// reads like any transaction and writes governed tables (see [Govern]); when
// it returns, one entry is added that commits to every row it wrote. So the
// tables are a projection of the record and can be made again from it: that is
// what [Check] does, for a live database (fsck) and for an exported bundle
// (verify). What somebody changes by hand in either is found.
//
// Entries are leaves of a Merkle tree (RFC 6962, golang.org/x/mod/sumdb/tlog).
// A leaf is public and holds no personal data: number, day, kind, and a salted
// commitment to the rest. Signed heads of the tree ([Journal.Sign]) are C2SP
// checkpoints; whoever keeps one can later tell whether anything before it was
// changed, even by an operator with full control of the server.
//
// The byte formats are in docs/design/ground.md.
package journal

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"commonweal/internal/base/db"
	"commonweal/internal/base/world"
)

// Journal writes and reads the records of all organisations in one database.
type Journal struct {
	db     *db.DB
	world  *world.World
	keys   *Keys
	tables map[string]*Table
	order  []*Table
	seals  []Seal
}

// New makes a journal over an open, migrated database. The tables are those
// that may be written through it.
func New(d *db.DB, w *world.World, keys *Keys, tables []Table, seals ...Seal) *Journal {
	j := &Journal{db: d, world: w, keys: keys, tables: map[string]*Table{}, seals: seals}
	for i := range tables {
		j.tables[tables[i].Name] = &tables[i]
		j.order = append(j.order, &tables[i])
	}
	return j
}

// DB is the database underneath, for reading.
func (j *Journal) DB() *db.DB { return j.db }

// World is the clock and the chance that the journal uses.
func (j *Journal) World() *world.World { return j.world }

// Tables are the governed tables.
func (j *Journal) Tables() []*Table { return j.order }

// Fact says what happened: which organisation's record it goes to, what kind
// of thing it is (noun.verb), and who did it.
type Fact struct {
	Org   string
	Kind  string
	Actor string // a person's id, or "setup", "system", "rule"
	// Detail is kept in the entry for whoever reads the record. It holds ids,
	// counts, hashes and days, never personal data.
	Detail map[string]any
}

// Entry is one entry of a record.
type Entry struct {
	Org   string
	Seq   int64
	At    string // world.TimeFormat
	Kind  string
	Actor string
	Leaf  string
}

// ErrNothing is returned by the function given to [Journal.Record] when it finds
// that there is nothing to change: no entry is made and Record returns nil.
var ErrNothing = errors.New("nothing to record")

// Record makes one change. It runs fn in a serialisable transaction; when fn
// returns nil the rows it wrote and one new entry are durable together. When
// fn returns an error nothing is kept. fn may run more than once.
func (j *Journal) Record(ctx context.Context, fact Fact, fn func(tx *Tx) error) (Entry, error) {
	if fact.Org == "" || fact.Actor == "" || !strings.Contains(fact.Kind, ".") || strings.ContainsAny(fact.Kind, " \n") {
		return Entry{}, fmt.Errorf("malformed fact: org %q, kind %q, actor %q", fact.Org, fact.Kind, fact.Actor)
	}
	var entry Entry
	err := j.db.Write(ctx, func(raw *db.Tx) error {
		tx, err := j.begin(ctx, raw, fact)
		if err != nil {
			return err
		}
		if err := fn(tx); err != nil {
			return err
		}
		entry, err = tx.finish(ctx)
		return err
	})
	if errors.Is(err, ErrNothing) {
		return Entry{}, nil
	}
	return entry, err
}

// begin takes the write lock of the organisation's log by touching its head.
func (j *Journal) begin(ctx context.Context, raw *db.Tx, fact Fact) (*Tx, error) {
	n, err := raw.Lock(ctx, `UPDATE journal_head SET size = size WHERE org_id = ?`, fact.Org)
	if err != nil {
		return nil, err
	}
	if n == 0 {
		_, err := raw.Exec(ctx, `INSERT INTO journal_head (org_id, size, at) VALUES (?, 0, '')`, fact.Org)
		if err != nil {
			return nil, err
		}
	}
	tx := &Tx{Tx: raw, journal: j, fact: fact, at: j.world.Stamp(), rows: sha256.New(), detail: map[string]any{}}
	for k, v := range fact.Detail {
		tx.detail[k] = v
	}
	var last string
	err = raw.QueryRow(ctx, `SELECT size, at FROM journal_head WHERE org_id = ?`, fact.Org).Scan(&tx.seq, &last)
	if err != nil {
		return nil, err
	}
	tx.at = max(tx.at, last) // the record's time never goes back
	return tx, nil
}

// finish writes the entry and grows the tree.
func (t *Tx) finish(ctx context.Context) (Entry, error) {
	if err := t.flush(ctx); err != nil {
		return Entry{}, err
	}
	body, err := Canonical(nil, map[string]any{
		"v": 1, "org": t.fact.Org, "seq": t.seq, "at": t.at, "kind": t.fact.Kind, "actor": t.fact.Actor,
		"detail": t.detail, "rows": t.n, "rows_hash": t.rows.Sum(nil),
	})
	if err != nil {
		return Entry{}, fmt.Errorf("entry %s: %w", t.fact.Kind, err)
	}
	salt := make([]byte, saltSize)
	t.journal.world.Bytes(salt)
	leaf := leafText(t.seq, t.at, t.fact.Kind, salt, body)
	_, err = t.Tx.Exec(ctx, `INSERT INTO journal_entry (org_id, seq, at, kind, actor, body, salt, leaf)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, t.fact.Org, t.seq, t.at, t.fact.Kind, t.fact.Actor, body, salt, leaf)
	if err != nil {
		return Entry{}, err
	}
	if err := growTree(ctx, t.Tx, t.fact.Org, t.seq, leaf); err != nil {
		return Entry{}, err
	}
	_, err = t.Tx.Exec(ctx, `UPDATE journal_head SET size = ?, at = ? WHERE org_id = ?`, t.seq+1, t.at, t.fact.Org)
	if err != nil {
		return Entry{}, err
	}
	return Entry{Org: t.fact.Org, Seq: t.seq, At: t.at, Kind: t.fact.Kind, Actor: t.fact.Actor, Leaf: leaf}, nil
}

const saltSize = 16

// leafText is the public line that the tree holds for an entry.
func leafText(seq int64, at, kind string, salt, body []byte) string {
	h := sha256.New()
	h.Write([]byte("commonweal/body/1\x00"))
	h.Write(salt)
	h.Write(body)
	return fmt.Sprintf("commonweal/1 %d %s %s %s", seq, at[:10], kind, base64.StdEncoding.EncodeToString(h.Sum(nil)))
}

// rowCommitment commits to one governed row; content is the canonical object
// of key, op, table and value.
func rowCommitment(salt, content []byte) []byte {
	h := sha256.New()
	h.Write([]byte("commonweal/row/1\x00"))
	h.Write(salt)
	h.Write(content)
	return h.Sum(nil)
}

// growTree stores the hashes that the tree gains by one more leaf.
func growTree(ctx context.Context, tx *db.Tx, org string, seq int64, leaf string) error {
	hashes, err := tlog.StoredHashesForRecordHash(seq, tlog.RecordHash([]byte(leaf)), hashReader(ctx, tx, org))
	if err != nil {
		return err
	}
	first := tlog.StoredHashIndex(0, seq)
	for i, h := range hashes {
		_, err := tx.Exec(ctx, `INSERT INTO journal_hash (org_id, idx, hash) VALUES (?, ?, ?)`, org, first+int64(i), h[:])
		if err != nil {
			return err
		}
	}
	return nil
}

// hashReader reads stored hashes of one organisation's tree.
func hashReader(ctx context.Context, tx *db.Tx, org string) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, idx := range indexes {
			var raw []byte
			err := tx.QueryRow(ctx, `SELECT hash FROM journal_hash WHERE org_id = ? AND idx = ?`, org, idx).Scan(&raw)
			if err != nil {
				return nil, fmt.Errorf("stored hash %d of the record: %w", idx, err)
			}
			if len(raw) != tlog.HashSize {
				return nil, fmt.Errorf("stored hash %d of the record has %d bytes", idx, len(raw))
			}
			copy(out[i][:], raw)
		}
		return out, nil
	})
}
