package backup

import (
	"context"
	"fmt"

	"commonweal/internal/base/db"
)

type kind string

const (
	text    kind = "text"
	integer kind = "integer"
	bytes   kind = "bytes"
)

type column struct {
	Name string `json:"name"`
	Kind kind   `json:"kind"`
}

type table struct {
	Name    string   `json:"name"`
	Columns []column `json:"columns"`
	Rows    int64    `json:"rows"`
	SHA256  string   `json:"sha256"` // of the file's lines
}

// The catalogue is the one thing that each engine describes in its own way.
// Tables come in the order they were made, so that a row comes after what it
// refers to.
const (
	sqliteTables   = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid`
	postgresTables = `SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind = 'r' AND n.nspname = current_schema() ORDER BY c.oid`
	sqliteColumns   = `SELECT name, lower(type) FROM pragma_table_info(?) ORDER BY cid`
	postgresColumns = `SELECT column_name, data_type FROM information_schema.columns
		WHERE table_schema = current_schema() AND table_name = ? ORDER BY ordinal_position`
)

var kinds = map[string]kind{"text": text, "integer": integer, "bigint": integer, "blob": bytes, "bytea": bytes}

// catalogue lists the tables of the database with their columns.
func catalogue(ctx context.Context, tx *db.Tx) ([]table, error) {
	list, columns := sqliteTables, sqliteColumns
	if tx.Engine() == db.Postgres {
		list, columns = postgresTables, postgresColumns
	}
	var out []table
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var t table
		if err := rows.Scan(&t.Name); err != nil {
			return err
		}
		out = append(out, t)
		return nil
	}, list)
	if err != nil {
		return nil, fmt.Errorf("list the tables: %w", err)
	}
	for i := range out {
		err := tx.Each(ctx, func(rows *db.Rows) error {
			var c column
			var declared string
			if err := rows.Scan(&c.Name, &declared); err != nil {
				return err
			}
			k, ok := kinds[declared]
			if !ok {
				return fmt.Errorf("table %s, column %s: type %s cannot be backed up", out[i].Name, c.Name, declared)
			}
			c.Kind = k
			out[i].Columns = append(out[i].Columns, c)
			return nil
		}, columns, out[i].Name)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
