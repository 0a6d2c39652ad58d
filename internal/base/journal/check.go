package journal

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"hash"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// StoredEntry is an entry with all that is needed to check it.
type StoredEntry struct {
	Seq             int64
	At, Kind, Actor string
	Body, Salt      []byte
	Leaf            string
}

// StoredRow is one governed row as an entry wrote it. Value and Salt are nil
// when the row was erased.
type StoredRow struct {
	Seq, N         int64
	Table, Key, Op string
	Value, Salt    []byte
	Commitment     []byte
}

// Evidence is where a record is read from: a live database or a bundle.
type Evidence interface {
	// Entries calls fn for every entry of the organisation, by number.
	Entries(ctx context.Context, org string, fn func(StoredEntry) error) error
	// Rows calls fn for every recorded row, by entry and position.
	Rows(ctx context.Context, org string, fn func(StoredRow) error) error
	// Table calls fn with the id and canonical form of every row that a
	// governed table holds now.
	Table(ctx context.Context, table *Table, org string, fn func(id string, value []byte) error) error
	// Heads are the stored checkpoint notes.
	Heads(ctx context.Context, org string) ([]string, error)
}

// Finding is one thing that is not as the record says.
type Finding struct {
	Org   string
	Where string // the entry, table and row, or checkpoint
	What  string
}

func (f Finding) String() string { return f.Where + ": " + f.What }

// maxFindings bounds a report: after a thousand the rest is only counted.
const maxFindings = 1000

// Report is what [Check] found.
type Report struct {
	Org         string
	Size        int64 // entries
	Rows        int64 // recorded rows
	Erased      int64 // rows whose content was erased, as an entry says
	Checkpoints int   // heads that were compared
	Root        tlog.Hash
	Findings    []Finding
	More        int // findings beyond those listed
}

// OK reports whether nothing was found.
func (r *Report) OK() bool { return len(r.Findings) == 0 }

func (r *Report) found(where, format string, args ...any) {
	r.add(Finding{Org: r.Org, Where: where, What: fmt.Sprintf(format, args...)})
}

func (r *Report) add(f Finding) {
	if len(r.Findings) >= maxFindings {
		r.More++
		return
	}
	r.Findings = append(r.Findings, f)
}

// Check verifies one organisation's record from scratch: every entry against
// its leaf, every row against its entry, every governed table against the rows
// recorded for it, and every checkpoint, stored or brought by the caller,
// against the tree made again from the leaves. What is wrong is in the report;
// an error means that the check could not be made.
func Check(ctx context.Context, ev Evidence, org string, tables []*Table, verifier note.Verifier, outside ...string) (*Report, error) {
	c := &checker{
		report: &Report{Org: org}, ev: ev, org: org, tables: map[string]*Table{},
		entries: map[int64]claimed{}, erased: map[[2]int64]bool{}, state: map[rowID]rowState{},
	}
	for _, t := range tables {
		c.tables[t.Name] = t
	}
	tree, err := c.checkEntries(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the entries: %w", err)
	}
	if err := c.checkRows(ctx); err != nil {
		return nil, fmt.Errorf("read the recorded rows: %w", err)
	}
	for _, t := range tables {
		if err := c.checkTable(ctx, t); err != nil {
			return nil, fmt.Errorf("read the table %s: %w", t.Name, err)
		}
	}
	c.checkMissing()
	if err := c.checkHeads(ctx, tree, verifier, outside); err != nil {
		return nil, err
	}
	return c.report, nil
}

type claimed struct {
	rows int64
	hash string
}

type rowID struct{ table, key string }

type rowState struct {
	seq, n  int64
	deleted bool
	erased  bool
	seen    bool
	hash    [sha256.Size]byte
}

type checker struct {
	report  *Report
	ev      Evidence
	org     string
	tables  map[string]*Table
	entries map[int64]claimed
	erased  map[[2]int64]bool // {seq, n} of rows that a later entry erased
	state   map[rowID]rowState
}

// body is what is read back of an entry's canonical body.
type body struct {
	V        int    `json:"v"`
	Org      string `json:"org"`
	Seq      int64  `json:"seq"`
	At       string `json:"at"`
	Kind     string `json:"kind"`
	Actor    string `json:"actor"`
	Rows     int64  `json:"rows"`
	RowsHash string `json:"rows_hash"`
	Detail   struct {
		Erased [][2]int64 `json:"erased"`
	} `json:"detail"`
}

func (c *checker) checkEntries(ctx context.Context) (*memoryTree, error) {
	tree := &memoryTree{}
	last := ""
	err := c.ev.Entries(ctx, c.org, func(e StoredEntry) error {
		where := fmt.Sprintf("entry %d", e.Seq)
		if e.Seq != tree.size {
			c.report.found(where, "the entry before it should be %d: an entry is missing or was put in", e.Seq-1)
		}
		var b body
		if err := json.Unmarshal(e.Body, &b); err != nil {
			c.report.found(where, "its body cannot be read")
		} else {
			if b.V != 1 || b.Org != c.org || b.Seq != e.Seq || b.At != e.At || b.Kind != e.Kind || b.Actor != e.Actor {
				c.report.found(where, "its columns do not agree with its body")
			}
			if e.At < last {
				c.report.found(where, "its time %s is before that of the entry before it", e.At)
			}
			last = e.At
			c.entries[e.Seq] = claimed{b.Rows, b.RowsHash}
			for _, at := range b.Detail.Erased {
				if at[0] < e.Seq {
					c.erased[at] = true
				}
			}
		}
		if len(e.At) < 10 || e.Leaf != leafText(e.Seq, e.At, e.Kind, e.Salt, e.Body) {
			c.report.found(where, "its leaf does not commit to it: the entry was altered")
		}
		return tree.add(e.Leaf)
	})
	c.report.Size = tree.size
	return tree, err
}

func (c *checker) checkRows(ctx context.Context) error {
	seq, n := int64(-1), int64(0)
	var sum hash.Hash
	closeEntry := func() {
		if seq < 0 {
			return
		}
		claim, ok := c.entries[seq]
		where := fmt.Sprintf("entry %d", seq)
		switch {
		case !ok:
			c.report.found(where, "rows are recorded under it but the entry is not there")
		case claim.rows != n:
			c.report.found(where, "it wrote %d rows and %d are there", claim.rows, n)
		case claim.hash != encode(sum.Sum(nil)):
			c.report.found(where, "its rows are not those it wrote")
		}
		delete(c.entries, seq)
	}
	err := c.ev.Rows(ctx, c.org, func(r StoredRow) error {
		if r.Seq != seq {
			closeEntry()
			seq, n, sum = r.Seq, 0, sha256.New()
		}
		if r.N != n {
			c.report.found(fmt.Sprintf("entry %d", seq), "its row %d stands at place %d", r.N, n)
		}
		n++
		sum.Write(r.Commitment)
		c.report.Rows++
		return c.checkRow(r)
	})
	if err != nil {
		return err
	}
	closeEntry()
	for seq, claim := range c.entries {
		if claim.rows != 0 {
			c.report.found(fmt.Sprintf("entry %d", seq), "it wrote %d rows and none is there", claim.rows)
		}
	}
	return nil
}

func (c *checker) checkRow(r StoredRow) error {
	where := fmt.Sprintf("entry %d, row %d (%s %s)", r.Seq, r.N, r.Table, r.Key)
	state := rowState{seq: r.Seq, n: r.N, deleted: r.Op == "del"}
	if r.Value == nil {
		c.report.Erased++
		state.erased = true
		if !c.erased[[2]int64{r.Seq, r.N}] {
			c.report.found(where, "its content is gone and no entry says that it was erased")
		}
	} else {
		content, err := contentOf(r)
		if err != nil {
			return err
		}
		if !bytes.Equal(rowCommitment(r.Salt, content), r.Commitment) {
			c.report.found(where, "its content is not what was recorded")
		}
		state.hash = sha256.Sum256(r.Value)
	}
	if _, ok := c.tables[r.Table]; !ok {
		c.report.found(where, "the table is not governed")
	}
	c.state[rowID{r.Table, r.Key}] = state
	return nil
}

// contentOf rebuilds what a row commitment commits to.
func contentOf(r StoredRow) ([]byte, error) {
	dst := append([]byte(nil), `{"k":`...)
	dst, err := appendString(dst, r.Key)
	if err != nil {
		return nil, err
	}
	dst = append(append(append(dst, `,"op":"`...), r.Op...), `","t":"`...)
	dst = append(append(dst, r.Table...), `","v":`...)
	return append(append(dst, r.Value...), '}'), nil
}

func (c *checker) checkTable(ctx context.Context, t *Table) error {
	return c.ev.Table(ctx, t, c.org, func(id string, value []byte) error {
		where := t.Name + " " + id
		key := rowID{t.Name, id}
		state, ok := c.state[key]
		switch {
		case !ok:
			c.report.found(where, "the row is not in the record: it was put in by hand")
			return nil
		case state.deleted:
			c.report.found(where, "the record says that the row was deleted in entry %d", state.seq)
		case state.erased:
			c.report.found(where, "the recorded content of the row that is in force is gone")
		case sha256.Sum256(value) != state.hash:
			c.report.found(where, "the row is not as entry %d recorded it: it was changed by hand", state.seq)
		}
		state.seen = true
		c.state[key] = state
		return nil
	})
}

// checkMissing looks for rows that should be in a table and are not.
func (c *checker) checkMissing() {
	for key, state := range c.state {
		if !state.seen && !state.deleted {
			c.report.found(key.table+" "+key.key, "the row of entry %d is missing: it was deleted by hand", state.seq)
		}
	}
}

func (c *checker) checkHeads(ctx context.Context, tree *memoryTree, verifier note.Verifier, outside []string) error {
	c.report.Root = tree.root()
	stored, err := c.ev.Heads(ctx, c.org)
	if err != nil {
		return fmt.Errorf("read the checkpoints: %w", err)
	}
	for i, signed := range append(append([]string{}, stored...), outside...) {
		where := "a stored checkpoint"
		if i >= len(stored) {
			where = "a checkpoint given from outside"
		}
		size, root, err := OpenCheckpoint(signed, Origin(c.org), verifier)
		if err != nil {
			c.report.found(where, "%v", err)
			continue
		}
		where = fmt.Sprintf("%s (%d entries)", where, size)
		c.report.Checkpoints++
		if size > tree.size {
			c.report.found(where, "the record has only %d entries: some were removed since it was signed", tree.size)
			continue
		}
		if tree.rootAt(size) != root {
			c.report.found(where, "the record before it is not what was signed: something earlier was changed")
		}
	}
	return nil
}
