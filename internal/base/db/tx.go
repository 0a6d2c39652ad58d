package db

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"sync"
)

// Tx is a running transaction. It belongs to one goroutine.
type Tx struct {
	raw     *sql.Tx
	engine  Engine
	changed bool
}

// Rows is the result of [Tx.Query]. Close it, and look at Err.
type Rows = sql.Rows

// ErrNoRows is what a Scan of [Tx.QueryRow] returns when there is none.
var ErrNoRows = sql.ErrNoRows

// Engine tells which database the transaction runs on. Only this package,
// backup and tests have a reason to ask.
func (t *Tx) Engine() Engine { return t.engine }

// Exec runs a statement and returns how many rows it changed.
func (t *Tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	t.changed = true
	return t.Lock(ctx, query, args...)
}

// Changed reports whether the transaction may see what others cannot: whether
// Exec was called.
func (t *Tx) Changed() bool { return t.changed }

// Lock runs a statement that takes the write lock of rows and changes no value
// in them, and returns how many there were.
func (t *Tx) Lock(ctx context.Context, query string, args ...any) (int64, error) {
	res, err := t.raw.ExecContext(ctx, Bind(t.engine, query), args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// Query runs a query that gives rows.
func (t *Tx) Query(ctx context.Context, query string, args ...any) (*Rows, error) {
	return t.raw.QueryContext(ctx, Bind(t.engine, query), args...)
}

// QueryRow runs a query that gives at most one row.
func (t *Tx) QueryRow(ctx context.Context, query string, args ...any) *sql.Row {
	return t.raw.QueryRowContext(ctx, Bind(t.engine, query), args...)
}

// Each runs a query and calls scan for every row of it.
func (t *Tx) Each(ctx context.Context, scan func(rows *Rows) error, query string, args ...any) error {
	rows, err := t.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

var bound sync.Map // query with ? -> query with $1, $2, ...

// Bind rewrites the ? parameters of a query as the engine wants them. A ?
// inside a quoted string or name is left alone.
func Bind(engine Engine, query string) string {
	if engine != Postgres || !strings.Contains(query, "?") {
		return query
	}
	if b, ok := bound.Load(query); ok {
		return b.(string)
	}
	var out strings.Builder
	var quote byte
	n := 0
	for i := range len(query) {
		c := query[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case c == '?':
			n++
			out.WriteByte('$')
			out.WriteString(strconv.Itoa(n))
			continue
		}
		out.WriteByte(c)
	}
	bound.Store(query, out.String())
	return out.String()
}
