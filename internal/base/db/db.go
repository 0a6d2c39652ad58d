// Package db opens the database and runs transactions on it. It hides which of
// two engines is underneath: SQLite, embedded, for one mutual on one machine,
// and PostgreSQL for a sector.
//
// One SQL text serves both. Queries use ? for parameters. Tables hold text,
// 64-bit integers and bytes; days and instants are text that sorts. What the
// engines do not share (locks, listen/notify, upsert dialects beyond
// ON CONFLICT, array types) is not used.
//
// [DB.Write] runs its function in a serialisable transaction and runs it again
// when the engine asks for that, so the function must have no effect outside
// the transaction. When Write returns nil the change is durable: SQLite runs
// in WAL mode with synchronous=FULL.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver "pgx"
	"modernc.org/sqlite"

	"commonweal/internal/base/fault"
)

// Engine names the database underneath.
type Engine string

const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// DB is an open database. Its methods may be called from several goroutines.
type DB struct {
	engine Engine
	path   string // SQLite: the file
	writer *sql.DB
	reader *sql.DB
}

// attempts is how often a write is tried before its serialisation failure is
// handed to the caller.
const attempts = 20

// Open opens the database that source names: postgres://..., or the path of a
// SQLite file, made when it is not there. It does not migrate; see [Migrate].
func Open(ctx context.Context, source string) (*DB, error) {
	if strings.HasPrefix(source, "postgres://") || strings.HasPrefix(source, "postgresql://") {
		return openPostgres(ctx, source)
	}
	return openSQLite(ctx, strings.TrimPrefix(source, "sqlite:"))
}

func openPostgres(ctx context.Context, source string) (*DB, error) {
	pool, err := sql.Open("pgx", source)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the database address cannot be read")
	}
	pool.SetMaxOpenConns(16)
	pool.SetMaxIdleConns(16)
	if err := pool.PingContext(ctx); err != nil {
		_ = pool.Close()
		return nil, fmt.Errorf("open PostgreSQL: %w", err)
	}
	return &DB{engine: Postgres, writer: pool, reader: pool}, nil
}

func openSQLite(ctx context.Context, path string) (*DB, error) {
	if path == "" {
		return nil, fault.Errorf(fault.Invalid, "the database path is empty")
	}
	writer, err := openPool(sqliteSource(path, "_txlock=immediate"))
	if err != nil {
		return nil, fmt.Errorf("open SQLite: %w", err)
	}
	writer.SetMaxOpenConns(1)
	if err := writer.PingContext(ctx); err != nil {
		_ = writer.Close()
		return nil, fmt.Errorf("open SQLite file %s: %w", path, err)
	}
	reader, err := openPool(sqliteSource(path, "_pragma=query_only(1)"))
	if err != nil {
		_ = writer.Close()
		return nil, fmt.Errorf("open SQLite: %w", err)
	}
	reader.SetMaxOpenConns(8)
	reader.SetMaxIdleConns(8)
	return &DB{engine: SQLite, path: path, writer: writer, reader: reader}, nil
}

// sqliteSource builds the driver's address. The order of pragmas matters: the
// busy timeout comes first so that the switch to WAL itself may wait.
func sqliteSource(path, extra string) string {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}
	return u.String() + "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
		"&_pragma=foreign_keys(ON)&_pragma=trusted_schema(OFF)&_pragma=cache_size(-32000)&" + extra
}

// Engine tells which database is underneath.
func (d *DB) Engine() Engine { return d.engine }

// Path is the SQLite file, or "" on PostgreSQL.
func (d *DB) Path() string { return d.path }

// Close waits for running queries and closes the database.
func (d *DB) Close() error {
	if d.reader == d.writer {
		return d.writer.Close()
	}
	return errors.Join(d.reader.Close(), d.writer.Close())
}

// Write runs fn in one serialisable transaction. If fn returns an error
// nothing is kept and the error is returned. If the engine reports that the
// transaction collided with another, fn is run again, after a short random
// wait, at most twenty times.
func (d *DB) Write(ctx context.Context, fn func(tx *Tx) error) error {
	opts := &sql.TxOptions{}
	if d.engine == Postgres {
		opts.Isolation = sql.LevelSerializable
	}
	var err error
	for attempt := range attempts {
		err = d.run(ctx, d.writer, opts, fn)
		if err == nil || !collided(err) {
			return err
		}
		pause := time.Duration(1+rand.IntN(5<<min(attempt, 6))) * time.Millisecond
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
	return fault.Wrap(fault.Conflict, err, "the database is too busy; nothing was changed")
}

// Read runs fn in one transaction that sees a single state of the database
// and can change nothing.
func (d *DB) Read(ctx context.Context, fn func(tx *Tx) error) error {
	opts := &sql.TxOptions{}
	if d.engine == Postgres {
		opts.Isolation, opts.ReadOnly = sql.LevelRepeatableRead, true
	}
	return d.run(ctx, d.reader, opts, fn)
}

func (d *DB) run(ctx context.Context, pool *sql.DB, opts *sql.TxOptions, fn func(tx *Tx) error) error {
	raw, err := pool.BeginTx(ctx, opts)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	tx := &Tx{raw: raw, engine: d.engine}
	defer func() { _ = raw.Rollback() }() // after Commit this does nothing
	if err := fn(tx); err != nil {
		return ended(ctx, err)
	}
	if err := raw.Commit(); err != nil {
		return fmt.Errorf("commit: %w", ended(ctx, err))
	}
	return nil
}

// ended gives the reason of a transaction that database/sql rolled back because its
// context had ended: sql.ErrTxDone alone does not say why.
func ended(ctx context.Context, err error) error {
	if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil {
		return fmt.Errorf("%w: %w", ctx.Err(), err)
	}
	return err
}

// collided reports whether the engine asks for the transaction to be run again.
func collided(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "40001" || pg.Code == "40P01" // serialisation failure, deadlock
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		code := lite.Code() & 0xff
		return code == 5 || code == 6 // SQLITE_BUSY, SQLITE_LOCKED
	}
	return false
}

// IsDuplicate reports whether err says that a row with the same key exists.
func IsDuplicate(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "23505"
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return lite.Code() == 1555 || lite.Code() == 2067 // PRIMARYKEY, UNIQUE
	}
	return false
}
