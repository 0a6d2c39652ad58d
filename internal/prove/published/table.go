package published

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// table hands out the rows of a CSV file or of a sheet by heading.
type table struct {
	grid   grid
	sheet  string            // of a workbook; empty for CSV
	titles []string          // what stands above the headings
	at     map[string]int    // by our key of a column
	heads  map[string]string // as the file writes them, by our key
	names  []string          // all headings
	row    int               // line of the row handed out last
	read   int
	cells  []string
}

var errWide = fmt.Errorf("the file has more than %d columns", MaxColumns)

// openTable reads down to the headings. Those that are neither wanted nor known to be
// there are rejected one by one and their columns left out. The caller closes the table.
func openTable(f File, sheet string, columns []wanted, passed func(heading string) bool, t *tally) (*table, error) {
	g, err := openGrid(f, sheet)
	if err != nil {
		return nil, err
	}
	tab, err := newTable(g, sheet, columns, passed, t)
	if err != nil {
		return nil, errors.Join(err, g.close())
	}
	return tab, nil
}

func newTable(g grid, sheet string, columns []wanted, passed func(heading string) bool, t *tally) (*table, error) {
	top, err := headed(g, func(at map[string]int) bool { return len(lacking(columns, at)) == 0 })
	if err != nil {
		return nil, fmt.Errorf("the headings cannot be read: %w", err)
	}
	if len(top.heads) == 0 {
		return nil, errors.New("the headings are missing")
	}
	names := trimmed(top.heads)
	tab := &table{grid: g, sheet: sheet, titles: top.titles, at: map[string]int{}, heads: map[string]string{}, names: names}
	found, taken := columnsOf(names), map[int]bool{}
	for _, c := range columns {
		tab.heads[c.key] = c.heads[0]
		if i := slices.IndexFunc(c.heads, func(h string) bool { _, ok := found[h]; return ok }); i >= 0 {
			at := found[c.heads[i]]
			tab.at[c.key], tab.heads[c.key], taken[at] = at, clean(strings.ToValidUTF8(names[at], "?")), true
		}
	}
	for i, h := range names {
		name := headingOf(h)
		// A column without a heading is one that a spreadsheet left behind.
		if taken[i] || name == "" || passed != nil && passed(name) {
			continue
		}
		reject := Rejection{Sheet: sheet, Row: top.row, Field: quote(clean(h)), Reason: "This heading is not one that the file should have.", Remedy: "Its column is left out."}
		if err := t.reject(reject); err != nil {
			return nil, err
		}
	}
	return tab, nil
}

func (tab *table) close() error { return tab.grid.close() }

// trimmed leaves off what is empty at the end of a line.
func trimmed(cells []string) []string {
	end := len(cells)
	for end > 0 && clean(cells[end-1]) == "" {
		end--
	}
	return cells[:end]
}

// each calls fn for every row that has the shape of a row. Rows that have not are
// rejected, blank ones counted, and notes and headings that come again passed over.
func (tab *table) each(ctx context.Context, t *tally, fn func() error) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		cells, row, err := tab.grid.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if tab.read++; tab.read > MaxRows {
			return fmt.Errorf("the file has more than %d rows", MaxRows)
		}
		var broken *csv.ParseError
		switch {
		case errors.As(err, &broken):
			tab.row = row
			t.report.Rows++
			err = tab.reject(t, "", "The row is not written as CSV: "+broken.Err.Error()+".")
		case err != nil:
			return err
		case blank(cells):
			t.report.Blank++
		default:
			tab.row = row
			t.report.Rows++
			err = tab.shaped(t, cells, fn)
		}
		if err != nil {
			return err
		}
	}
}

func (tab *table) shaped(t *tally, cells []string, fn func() error) error {
	width := len(tab.names)
	if len(cells) > width && blank(cells[width:]) {
		cells = cells[:width] // a spreadsheet writes commas to its own edge
	}
	if tab.note(cells) || slices.EqualFunc(trimmed(cells), tab.names, func(a, b string) bool { return headingOf(a) == headingOf(b) }) {
		t.report.Passed++
		return nil
	}
	if len(cells) > width || len(cells) < width && tab.sheet == "" {
		return tab.reject(t, "", fmt.Sprintf("The row has %d cells and the headings are %d.", len(cells), width))
	}
	tab.cells = make([]string, width)
	for i, c := range cells {
		text, ok := text(c)
		if !ok {
			return tab.reject(t, "", "The row holds a character that no text has.")
		}
		tab.cells[i] = text
	}
	return fn()
}

// note reports whether a row is one of the notes that stand below published tables: one
// cell with text, which is no organisation's code.
func (tab *table) note(cells []string) bool {
	at := -1
	for i, c := range cells {
		if clean(c) == "" {
			continue
		}
		if at >= 0 {
			return false
		}
		at = i
	}
	code, ok := tab.at["code"]
	return ok && !(at == code && ValidODS(clean(cells[at])))
}

// text is a cell in UTF-8. Published files are often in the encoding of Windows, where
// the apostrophe of a name is a byte of its own. It reports false for what is no text.
func text(cell string) (string, bool) {
	if !utf8.ValidString(cell) {
		decoded, err := charmap.Windows1252.NewDecoder().String(cell)
		if err != nil {
			return "", false
		}
		cell = decoded
	}
	return cell, !strings.ContainsFunc(cell, func(r rune) bool {
		return r == utf8.RuneError || unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r'
	})
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

// day reads a cell as a day, 26/04/2023 or 2023-04-26. A workbook has days as numbers.
func (tab *table) day(key string) (time.Time, bool) {
	cell := tab.cell(key)
	for _, layout := range []string{"02/01/2006", time.DateOnly} {
		if day, err := time.Parse(layout, cell); err == nil {
			return day, true
		}
	}
	n, err := strconv.Atoi(cell)
	if tab.sheet == "" || err != nil || n < 36526 || n > 73050 { // of the years 2000 to 2099
		return time.Time{}, false
	}
	return time.Date(1899, time.December, 30+n, 0, 0, 0, 0, time.UTC), true
}

func (tab *table) reject(t *tally, key, reason string) error {
	return t.reject(Rejection{Sheet: tab.sheet, Row: tab.row, Field: tab.heading(key), Reason: reason, Remedy: leftOut})
}
