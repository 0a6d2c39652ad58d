package journal

import (
	"fmt"
	"reflect"
	"sort"
	"strings"
)

// Type is what a column of a governed table holds.
type Type int

const (
	Text Type = iota
	Int
	Bytes
)

// Column is one column of a governed table. Any column may hold null unless
// the schema says otherwise.
type Column struct {
	Name string
	Type Type
}

// Table declares a governed table: one whose every row is a governance fact.
// Its key is the text column "id"; the column "org_id" names the log that its
// rows are written to.
type Table struct {
	Name    string
	Columns []Column // all of them, with id and org_id

	insert, update, remove, list, one string
}

// Govern declares a governed table by its columns. A column is "name" for
// text, "name int" for a 64-bit integer, "name bytes" for bytes; id and org_id
// are added. It panics on a malformed declaration, which is a fault of the
// program and not of its input.
func Govern(name string, columns ...string) Table {
	t := Table{Name: name, Columns: []Column{{Name: "id"}, {Name: "org_id"}}}
	for _, c := range columns {
		column, kind, _ := strings.Cut(c, " ")
		typ, ok := map[string]Type{"": Text, "text": Text, "int": Int, "bytes": Bytes}[kind]
		if !ok || column == "" {
			panic(fmt.Sprintf("governed table %s: malformed column %q", name, c))
		}
		t.Columns = append(t.Columns, Column{column, typ})
	}
	sort.Slice(t.Columns, func(i, j int) bool { return t.Columns[i].Name < t.Columns[j].Name })

	names := make([]string, len(t.Columns))
	marks := make([]string, len(t.Columns))
	sets := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i], marks[i], sets[i] = c.Name, "?", c.Name+" = ?"
	}
	t.insert = fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", name, strings.Join(names, ", "), strings.Join(marks, ", "))
	t.update = fmt.Sprintf("UPDATE %s SET %s WHERE id = ? AND org_id = ?", name, strings.Join(sets, ", "))
	t.remove = fmt.Sprintf("DELETE FROM %s WHERE id = ? AND org_id = ?", name)
	t.list = fmt.Sprintf("SELECT %s FROM %s WHERE org_id = ? ORDER BY id", strings.Join(names, ", "), name)
	t.one = fmt.Sprintf("SELECT %s FROM %s WHERE id = ? AND org_id = ?", strings.Join(names, ", "), name)
	return t
}

// Row is one row of a governed table, by column. A column that is left out is
// null. Values are string (or a type made from it), int, int64, bool (stored
// as 0 or 1), []byte and nil.
type Row map[string]any

// values puts a row into column order, as the database and the record hold it.
func (t *Table) values(row Row) ([]any, error) {
	out := make([]any, len(t.Columns))
	used := 0
	for i, c := range t.Columns {
		v, ok := row[c.Name]
		if !ok {
			continue
		}
		used++
		plain, err := c.plain(v)
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", t.Name, err)
		}
		out[i] = plain
	}
	if used != len(row) {
		return nil, fmt.Errorf("table %s: the row has columns that were not declared: %v", t.Name, keys(row))
	}
	return out, nil
}

// plain turns a value into string, int64, []byte or nil, as the column wants.
func (c Column) plain(v any) (any, error) {
	if v == nil {
		return nil, nil
	}
	switch c.Type {
	case Int:
		switch n := v.(type) {
		case int:
			return int64(n), nil
		case int64:
			return n, nil
		case bool:
			if n {
				return int64(1), nil
			}
			return int64(0), nil
		}
	case Bytes:
		if b, ok := v.([]byte); ok {
			return b, nil
		}
	case Text:
		switch s := v.(type) {
		case string:
			return s, nil
		case []byte: // drivers may give text as bytes
			return string(s), nil
		}
		if r := reflect.ValueOf(v); r.Kind() == reflect.String {
			return r.String(), nil
		}
	}
	return nil, fmt.Errorf("column %s cannot hold a %T", c.Name, v)
}

// canonical appends the row as an object in canonical form. Column names are
// plain ASCII and already sorted.
func (t *Table) canonical(dst []byte, values []any) ([]byte, error) {
	dst = append(dst, '{')
	var err error
	for i, c := range t.Columns {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, '"')
		dst = append(dst, c.Name...)
		dst = append(dst, '"', ':')
		if dst, err = Canonical(dst, values[i]); err != nil {
			return nil, fmt.Errorf("table %s, column %s: %w", t.Name, c.Name, err)
		}
	}
	return append(dst, '}'), nil
}

// column is the position of a column, or -1.
func (t *Table) column(name string) int {
	for i, c := range t.Columns {
		if c.Name == name {
			return i
		}
	}
	return -1
}

// scan returns places to read one database row into, and what turns them into
// plain values.
func (t *Table) scan() (dest []any, finish func() ([]any, error)) {
	raw := make([]any, len(t.Columns))
	dest = make([]any, len(t.Columns))
	for i := range raw {
		dest[i] = &raw[i]
	}
	return dest, func() ([]any, error) {
		out := make([]any, len(raw))
		for i, c := range t.Columns {
			v, err := c.plain(raw[i])
			if err != nil {
				return nil, fmt.Errorf("table %s: %w", t.Name, err)
			}
			out[i] = v
		}
		return out, nil
	}
}

func keys(row Row) []string {
	out := make([]string, 0, len(row))
	for k := range row {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
