package published

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// table hands out the rows of a CSV file by heading.
type table struct {
	csv   *csv.Reader
	at    map[string]int    // by our key of a column
	heads map[string]string // as the file writes them, by our key
	width int
	row   int // line of the row handed out last
	read  int
	cells []string
}

// openTable reads the headings. Those that are neither wanted nor known to be there are
// rejected one by one and their columns left out.
func openTable(f File, columns []wanted, passed func(heading string) bool, t *tally) (*table, error) {
	r := csv.NewReader(skipMark(bufio.NewReader(f.reader())))
	r.FieldsPerRecord = -1 // a row of the wrong length is a rejection, not the end
	r.ReuseRecord = true
	names, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("the headings cannot be read: %w", err)
	}
	if len(names) > MaxColumns {
		return nil, fmt.Errorf("the file has more than %d columns", MaxColumns)
	}
	tab := &table{csv: r, at: map[string]int{}, heads: map[string]string{}, width: len(names)}
	found, taken := columnsOf(names), map[int]bool{}
	for _, c := range columns {
		tab.heads[c.key] = c.heads[0]
		i := slices.IndexFunc(c.heads, func(h string) bool { _, ok := found[h]; return ok })
		switch {
		case i >= 0:
			at := found[c.heads[i]]
			tab.at[c.key], tab.heads[c.key], taken[at] = at, strings.TrimSpace(strings.ToValidUTF8(names[at], "?")), true
		case !c.optional:
			return nil, fmt.Errorf("the heading %s is missing", c.heads[0])
		}
	}
	for i, h := range names {
		if taken[i] || passed != nil && passed(strings.ToLower(strings.TrimSpace(h))) {
			continue
		}
		reject := Rejection{Row: 1, Field: quote(h), Reason: "This heading is not one that the file should have.", Remedy: "Its column is left out."}
		if err := t.reject(reject); err != nil {
			return nil, err
		}
	}
	return tab, nil
}

// each calls fn for every row that has the shape of a row. Rows that have not
// are rejected, blank ones counted.
func (tab *table) each(ctx context.Context, t *tally, fn func() error) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		cells, err := tab.csv.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if tab.read++; tab.read > MaxRows {
			return fmt.Errorf("the file has more than %d rows", MaxRows)
		}
		var broken *csv.ParseError
		switch {
		case errors.As(err, &broken):
			tab.row = broken.StartLine
			t.report.Rows++
			err = tab.reject(t, "", "The row is not written as CSV: "+broken.Err.Error()+".")
		case err != nil:
			return err
		case blank(cells):
			t.report.Blank++
		default:
			tab.row, _ = tab.csv.FieldPos(0)
			tab.cells = cells
			t.report.Rows++
			err = tab.shaped(t, fn)
		}
		if err != nil {
			return err
		}
	}
}

func (tab *table) shaped(t *tally, fn func() error) error {
	if len(tab.cells) != tab.width {
		return tab.reject(t, "", fmt.Sprintf("The row has %d cells and the headings are %d.", len(tab.cells), tab.width))
	}
	for _, c := range tab.cells {
		if !utf8.ValidString(c) {
			return tab.reject(t, "", "The row is not written in UTF-8.")
		}
		if strings.ContainsRune(c, 0) {
			return tab.reject(t, "", "The row holds a character that no text has.")
		}
	}
	return fn()
}

// cell is the text of a column in the current row; "" where the file has no such column.
func (tab *table) cell(key string) string {
	if at, ok := tab.at[key]; ok {
		return clean(tab.cells[at])
	}
	return ""
}

func (tab *table) has(key string) bool { _, ok := tab.at[key]; return ok }

// heading is a column's heading as the file writes it; "" for a whole row.
func (tab *table) heading(key string) string { return tab.heads[key] }

func (tab *table) reject(t *tally, key, reason string) error {
	return t.reject(Rejection{Row: tab.row, Field: tab.heading(key), Reason: reason, Remedy: leftOut})
}
