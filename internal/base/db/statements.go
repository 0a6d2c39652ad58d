package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
)

// keptStatements is how many prepared statements a connection keeps. The program
// has fewer texts than that which run more than once.
const keptStatements = 512

// connector opens SQLite connections that keep their prepared statements: reading
// the text of a query costs SQLite more than answering most of them. (The driver
// of PostgreSQL keeps its own.)
type connector struct {
	driver driver.Driver
	source string
}

// openPool opens a pool of connections that keep their statements.
func openPool(source string) (*sql.DB, error) {
	plain, err := sql.Open("sqlite", source)
	if err != nil {
		return nil, err
	}
	c := connector{plain.Driver(), source}
	return sql.OpenDB(c), plain.Close()
}

// Driver implements driver.Connector.
func (c connector) Driver() driver.Driver { return c.driver }

// Connect implements driver.Connector.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	raw, err := c.driver.Open(c.source)
	if err != nil {
		return nil, err
	}
	return &conn{sqliteConn: raw.(sqliteConn), kept: map[string]*kept{}}, nil
}

// sqliteConn is what the driver's connection can do.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// sqliteStmt is what the driver's statement can do.
type sqliteStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// conn is a connection with the statements that ran on it. One goroutine uses it
// at a time.
type conn struct {
	sqliteConn
	kept map[string]*kept // by text; nil for a text that ran once
}

// kept is a prepared statement. While its rows are read it can run no other query.
type kept struct {
	sqliteStmt
	reading bool
}

// ready gives the statement of a text, or nil where the text is to be run plainly:
// the first time, for most of what migrations and imports say is said once; while
// rows of the same text are read; and when a connection keeps enough.
func (c *conn) ready(ctx context.Context, query string) (*kept, error) {
	k, known := c.kept[query]
	switch {
	case known && k != nil:
		if k.reading {
			return nil, nil
		}
		return k, nil
	case !known:
		if len(c.kept) < keptStatements {
			c.kept[query] = nil
		}
		return nil, nil
	}
	stmt, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	k = &kept{sqliteStmt: stmt.(sqliteStmt)}
	c.kept[query] = k
	return k, nil
}

// ExecContext implements driver.ExecerContext.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	k, err := c.ready(ctx, query)
	if err != nil {
		return nil, err
	}
	if k == nil {
		return c.sqliteConn.ExecContext(ctx, query, args)
	}
	return k.ExecContext(ctx, args)
}

// QueryContext implements driver.QueryerContext.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	k, err := c.ready(ctx, query)
	if err != nil {
		return nil, err
	}
	if k == nil {
		return c.sqliteConn.QueryContext(ctx, query, args)
	}
	rows, err := k.QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	k.reading = true
	return &keptRows{rows, k}, nil
}

// keptRows are rows of a kept statement, which is free again once they are closed.
type keptRows struct {
	driver.Rows
	of *kept
}

// Close implements driver.Rows.
func (r *keptRows) Close() error {
	r.of.reading = false
	return r.Rows.Close()
}

// Close closes the statements, and then the connection.
func (c *conn) Close() error {
	var first error
	for _, k := range c.kept {
		if k != nil {
			if err := k.Close(); err != nil && first == nil {
				first = err
			}
		}
	}
	if err := c.sqliteConn.Close(); err != nil && first == nil {
		first = err
	}
	return first
}
