package journal

import (
	"context"
	"encoding/json"
	"fmt"

	"commonweal/internal/base/db"
)

// Replay fills the governed tables of an empty, migrated database from a
// bundle, so that the derived files can be made again from it.
func Replay(ctx context.Context, d *db.DB, tables []*Table, ev Evidence, org string) error {
	return d.Write(ctx, func(tx *db.Tx) error {
		for _, t := range tables {
			err := ev.Table(ctx, t, org, func(_ string, value []byte) error {
				values, err := t.parse(value)
				if err != nil {
					return err
				}
				_, err = tx.Exec(ctx, t.insert, values...)
				return err
			})
			if err != nil {
				return fmt.Errorf("replay table %s: %w", t.Name, err)
			}
		}
		return nil
	})
}

// parse reads a canonical row back into column values.
func (t *Table) parse(value []byte) ([]any, error) {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(value, &raw); err != nil {
		return nil, err
	}
	out := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		text, ok := raw[c.Name]
		if !ok {
			return nil, fmt.Errorf("column %s is missing", c.Name)
		}
		if string(text) == "null" {
			continue
		}
		var err error
		switch c.Type {
		case Int:
			var n int64
			err = json.Unmarshal(text, &n)
			out[i] = n
		case Bytes:
			var b []byte
			err = json.Unmarshal(text, &b)
			out[i] = b
		default:
			var s string
			err = json.Unmarshal(text, &s)
			out[i] = s
		}
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", c.Name, err)
		}
	}
	if len(raw) != len(t.Columns) {
		return nil, fmt.Errorf("the row has %d columns and the table %d", len(raw), len(t.Columns))
	}
	return out, nil
}
