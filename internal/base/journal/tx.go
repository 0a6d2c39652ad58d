package journal

import (
	"context"
	"errors"
	"fmt"
	"hash"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// Tx is a change in the making: a transaction that can also write governed
// tables. It belongs to one goroutine.
type Tx struct {
	*db.Tx
	journal *Journal
	fact    Fact
	at      string
	seq     int64
	n       int
	rows    hash.Hash
	detail  map[string]any
	pending []any // journal rows not yet written, eight values each
	buf     []byte
}

// At is the instant of the entry, and so of the change.
func (t *Tx) At() string { return t.at }

// Seq is the number that the entry will have.
func (t *Tx) Seq() int64 { return t.seq }

// Actor is who makes the change.
func (t *Tx) Actor() string { return t.fact.Actor }

// Org is the organisation whose record the change goes to.
func (t *Tx) Org() string { return t.fact.Org }

// ID makes a new identifier.
func (t *Tx) ID() string { return t.journal.world.ID() }

// Detail adds to what the entry says. No personal data.
func (t *Tx) Detail(name string, value any) { t.detail[name] = value }

// Insert adds a row to a governed table. org_id may be left out.
func (t *Tx) Insert(ctx context.Context, table string, row Row) error {
	tab, values, err := t.prepare(table, row)
	if err != nil {
		return err
	}
	if _, err := t.Exec(ctx, tab.insert, values...); err != nil {
		if db.IsDuplicate(err) {
			return fault.Wrap(fault.Conflict, err, "%s: a row with the same key is there already", table)
		}
		return fmt.Errorf("insert into %s: %w", table, err)
	}
	return t.note(ctx, tab, "put", values)
}

// Update replaces a row of a governed table, found by its id. The row is
// given whole. It returns a NotFound fault when there is no such row.
func (t *Tx) Update(ctx context.Context, table string, row Row) error {
	tab, values, err := t.prepare(table, row)
	if err != nil {
		return err
	}
	id := values[tab.column("id")]
	n, err := t.Exec(ctx, tab.update, append(append([]any{}, values...), id, t.fact.Org)...)
	if err != nil {
		return fmt.Errorf("update %s: %w", table, err)
	}
	if n != 1 {
		return fault.Errorf(fault.NotFound, "%s: there is no row %v", table, id)
	}
	return t.note(ctx, tab, "put", values)
}

// Amend reads a row, lets change alter it and updates it.
func (t *Tx) Amend(ctx context.Context, table, id string, change func(row Row)) error {
	row, err := t.Get(ctx, table, id)
	if err != nil {
		return err
	}
	change(row)
	return t.Update(ctx, table, row)
}

// Get reads one row of a governed table of this organisation.
func (t *Tx) Get(ctx context.Context, table, id string) (Row, error) {
	tab, ok := t.journal.tables[table]
	if !ok {
		return nil, fmt.Errorf("table %s is not governed", table)
	}
	dest, finish := tab.scan()
	err := t.QueryRow(ctx, tab.one, id, t.fact.Org).Scan(dest...)
	if errors.Is(err, db.ErrNoRows) {
		return nil, fault.Errorf(fault.NotFound, "%s: there is no row %s", table, id)
	}
	if err != nil {
		return nil, err
	}
	values, err := finish()
	if err != nil {
		return nil, err
	}
	row := Row{}
	for i, c := range tab.Columns {
		row[c.Name] = values[i]
	}
	return row, nil
}

// Delete removes a row of a governed table. The record keeps that it was there.
func (t *Tx) Delete(ctx context.Context, table, id string) error {
	tab, ok := t.journal.tables[table]
	if !ok {
		return fmt.Errorf("table %s is not governed", table)
	}
	n, err := t.Exec(ctx, tab.remove, id, t.fact.Org)
	if err != nil {
		return fmt.Errorf("delete from %s: %w", table, err)
	}
	if n != 1 {
		return fault.Errorf(fault.NotFound, "%s: there is no row %s", table, id)
	}
	values := make([]any, len(tab.Columns))
	values[tab.column("id")], values[tab.column("org_id")] = id, t.fact.Org
	return t.note(ctx, tab, "del", values)
}

func (t *Tx) prepare(table string, row Row) (*Table, []any, error) {
	tab, ok := t.journal.tables[table]
	if !ok {
		return nil, nil, fmt.Errorf("table %s is not governed", table)
	}
	values, err := tab.values(row)
	if err != nil {
		return nil, nil, err
	}
	org := tab.column("org_id")
	if values[org] == nil {
		values[org] = t.fact.Org
	}
	if values[org] != t.fact.Org {
		return nil, nil, fmt.Errorf("table %s: a row of organisation %v in the record of %s", table, values[org], t.fact.Org)
	}
	if id, _ := values[tab.column("id")].(string); id == "" {
		return nil, nil, fmt.Errorf("table %s: the row has no id", table)
	}
	return tab, values, nil
}

// note puts the row into the record.
func (t *Tx) note(ctx context.Context, tab *Table, op string, values []any) error {
	id, _ := values[tab.column("id")].(string)
	content, value, err := rowContent(t.buf[:0], tab, id, op, values)
	if err != nil {
		return err
	}
	t.buf = content
	salt := make([]byte, saltSize)
	t.journal.world.Bytes(salt)
	commitment := rowCommitment(salt, content)
	t.rows.Write(commitment)
	t.pending = append(t.pending, t.fact.Org, t.seq, t.n, tab.Name, id, op, append([]byte(nil), value...), salt, commitment)
	t.n++
	if len(t.pending) >= batch*rowWidth {
		return t.flush(ctx)
	}
	return nil
}

// rowContent is what a row commitment commits to: the canonical object of k, op,
// t and v. It also returns the part of it that is the value.
func rowContent(dst []byte, tab *Table, id, op string, values []any) (content, value []byte, err error) {
	dst = append(dst, `{"k":`...)
	if dst, err = appendString(dst, id); err != nil {
		return nil, nil, err
	}
	dst = append(append(append(dst, `,"op":"`...), op...), `","t":"`...)
	dst = append(append(dst, tab.Name...), `","v":`...)
	from := len(dst)
	if dst, err = tab.canonical(dst, values); err != nil {
		return nil, nil, err
	}
	to := len(dst)
	dst = append(dst, '}')
	return dst, dst[from:to], nil
}

const (
	batch    = 50 // journal rows written with one statement
	rowWidth = 9
)

var (
	insertRow   = `INSERT INTO journal_row (org_id, seq, n, tbl, row_key, op, value, salt, commitment) VALUES ` + rowMarks
	rowMarks    = `(?, ?, ?, ?, ?, ?, ?, ?, ?)`
	insertBatch = insertRow + strings.Repeat(", "+rowMarks, batch-1)
)

func (t *Tx) flush(ctx context.Context) error {
	defer func() { t.pending = t.pending[:0] }()
	if len(t.pending) == batch*rowWidth {
		_, err := t.Exec(ctx, insertBatch, t.pending...)
		return err
	}
	for i := 0; i < len(t.pending); i += rowWidth {
		if _, err := t.Exec(ctx, insertRow, t.pending[i:i+rowWidth]...); err != nil {
			return err
		}
	}
	return nil
}
