package register

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// WriteCSV writes the register as a table of data: RFC 4180, UTF-8, one heading
// row. Equal registers give equal bytes.
func (r Register) WriteCSV(w io.Writer) error {
	out := newSheet(w)
	own := r.hasNumbers()
	var heads []string
	if own {
		heads = append(heads, "Number")
	}
	for _, c := range r.Columns {
		heads = append(heads, c.Heading)
	}
	out.row(heads...)
	cells := make([]string, 0, len(heads))
	for _, e := range r.Entries {
		cells = cells[:0]
		if own {
			cells = append(cells, number(e.Number))
		}
		for _, c := range r.Columns {
			cells = append(cells, e.Cell(c.Field))
		}
		out.row(cells...)
	}
	return out.close()
}

func (r Register) hasNumbers() bool { return ownMarks(r.View) }

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// sheet writes a CSV file. It keeps the first error.
type sheet struct {
	w   *csv.Writer
	err error
	buf []string
}

func newSheet(w io.Writer) *sheet {
	s := &sheet{w: csv.NewWriter(w)}
	s.w.UseCRLF = true
	return s
}

func (s *sheet) row(cells ...string) {
	s.buf = s.buf[:0]
	for _, c := range cells {
		s.buf = append(s.buf, safe(c))
	}
	if err := s.w.Write(s.buf); s.err == nil {
		s.err = err
	}
}

func (s *sheet) close() error {
	s.w.Flush()
	if s.err == nil {
		s.err = s.w.Error()
	}
	if s.err != nil {
		return fmt.Errorf("write CSV: %w", s.err)
	}
	return nil
}

// formulas are the characters that make a spreadsheet take a cell for a formula,
// with their full-width forms, which some spreadsheets take for the same.
const formulas = "=+-@\t\r\n＝＋－＠"

// safe keeps a cell from being run as a formula when the file is opened in a
// spreadsheet: what begins like one gets an apostrophe in front. Line breaks
// within a cell become spaces, so that a row stays a line.
func safe(cell string) string {
	if strings.ContainsAny(cell, "\r\n\t\x00") {
		cell = strings.Join(strings.FieldsFunc(cell, func(c rune) bool { return strings.ContainsRune("\r\n\t\x00", c) }), " ")
	}
	trimmed := strings.TrimLeft(cell, " \u00a0\u200b\ufeff")
	if trimmed != "" && strings.ContainsAny(trimmed[:runeLen(trimmed)], formulas) {
		return "'" + cell
	}
	return cell
}

func runeLen(s string) int {
	for i := range s {
		if i > 0 {
			return i
		}
	}
	return len(s)
}
