package db

import (
	"context"
	"fmt"
	"io/fs"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
)

// Migration is one step of the schema. Steps are only ever added.
type Migration struct {
	Number int
	Name   string
	SQL    string // statements, each ended by a semicolon at the end of a line
}

var migrationName = regexp.MustCompile(`^(\d{4})_([a-z0-9_]+)\.sql$`)

// Migrations reads the files NNNN_name.sql of a folder, in order.
func Migrations(files fs.FS) ([]Migration, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	var out []Migration
	for _, name := range names {
		m := migrationName.FindStringSubmatch(name)
		if m == nil {
			return nil, fmt.Errorf("migration file %s is not named NNNN_name.sql", name)
		}
		number, err := strconv.Atoi(m[1])
		if err != nil {
			return nil, err
		}
		if number != len(out)+1 {
			return nil, fmt.Errorf("migration file %s: the next number is %04d", name, len(out)+1)
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		out = append(out, Migration{Number: number, Name: m[2], SQL: string(text)})
	}
	return out, nil
}

// Migrate brings the schema up to the last of the steps, each in a transaction
// of its own. Run again it does nothing. It refuses a database whose schema is
// newer than the steps it was given: an old program must not write to it.
func Migrate(ctx context.Context, d *DB, steps []Migration) error {
	err := d.Write(ctx, func(tx *Tx) error {
		_, err := tx.Exec(ctx, Translate(d.engine,
			`CREATE TABLE IF NOT EXISTS schema_version (number INTEGER PRIMARY KEY, name TEXT NOT NULL);`))
		return err
	})
	if err != nil {
		return fmt.Errorf("make the table schema_version: %w", err)
	}
	at, err := Version(ctx, d)
	if err != nil {
		return err
	}
	if at > len(steps) {
		return fault.Errorf(fault.Conflict,
			"the database has schema %d and this program knows only %d: run the newer program", at, len(steps))
	}
	for _, step := range steps[at:] {
		if err := apply(ctx, d, step); err != nil {
			return fmt.Errorf("migration %04d_%s: %w", step.Number, step.Name, err)
		}
	}
	return nil
}

// Version is the number of the last migration that the database has had.
func Version(ctx context.Context, d *DB) (int, error) {
	var n int
	err := d.Read(ctx, func(tx *Tx) error {
		return tx.QueryRow(ctx, `SELECT COALESCE(MAX(number), 0) FROM schema_version`).Scan(&n)
	})
	return n, err
}

func apply(ctx context.Context, d *DB, step Migration) error {
	return d.Write(ctx, func(tx *Tx) error {
		// Another process may have come first.
		var n int
		err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM schema_version WHERE number = ?`, step.Number).Scan(&n)
		if err != nil || n > 0 {
			return err
		}
		for _, statement := range statements(step.SQL) {
			if _, err := tx.Exec(ctx, Translate(d.engine, statement)); err != nil {
				return fmt.Errorf("%w in: %s", err, statement)
			}
		}
		_, err = tx.Exec(ctx, `INSERT INTO schema_version (number, name) VALUES (?, ?)`, step.Number, step.Name)
		return err
	})
}

// statements splits a migration at semicolons that end a line, and drops
// comment lines.
func statements(text string) []string {
	var out []string
	var cur strings.Builder
	for line := range strings.Lines(text) {
		trimmed := strings.TrimSpace(line)
		if trimmed == "" || strings.HasPrefix(trimmed, "--") {
			continue
		}
		cur.WriteString(line)
		if strings.HasSuffix(trimmed, ";") {
			out = append(out, strings.TrimSpace(cur.String()))
			cur.Reset()
		}
	}
	if rest := strings.TrimSpace(cur.String()); rest != "" {
		out = append(out, rest)
	}
	return out
}

var columnType = regexp.MustCompile(`\b(TEXT|INTEGER|BLOB)\b`)

// Translate turns the one schema text into the engine's own. Schemas are
// written with SQLite's three types. On SQLite a table becomes STRICT, so that
// it refuses a value of another type as PostgreSQL does. On PostgreSQL INTEGER
// means 64 bits, BLOB is BYTEA, and TEXT sorts by code point as on SQLite.
func Translate(engine Engine, statement string) string {
	if !strings.HasPrefix(statement, "CREATE TABLE") && !strings.HasPrefix(statement, "ALTER TABLE") {
		return statement
	}
	if engine == SQLite {
		if strings.HasPrefix(statement, "CREATE TABLE") {
			return strings.TrimSuffix(statement, ";") + " STRICT;"
		}
		return statement
	}
	return columnType.ReplaceAllStringFunc(statement, func(word string) string {
		switch word {
		case "TEXT":
			return `TEXT COLLATE "C"`
		case "INTEGER":
			return "BIGINT"
		default:
			return "BYTEA"
		}
	})
}
