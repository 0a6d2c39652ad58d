// Package sheet reads tables of figures from CSV files by headings that the reader names,
// and says of each cell that does not fit its row, its heading and what to do.
//
// It takes what such files really hold: a byte order mark, quoted commas, thousands
// commas, days as 2024-04-01 or 01/04/2024, and NA, - or nothing where there is no value.
// It never guesses: a cell that could be read in two ways is refused.
package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"commonweal/law"
)

// Limits of a file.
const (
	MaxSize = 256 << 20
	MaxRows = 5_000_000
	// MaxHeadings is as many columns as workbooks have.
	MaxHeadings = 16_384
)

// Sheet is a table as text.
type Sheet struct {
	Headings []string
	Rows     [][]string

	places []int // in the file, where rows were chosen or passed over; else nil
	// semicolons part the cells: then a comma within a number may be a decimal one.
	semicolons bool
}

// Place is the number of a row in the file that it was read from, where the headings
// are row 1.
func (s *Sheet) Place(row int) int {
	if s.places != nil {
		return s.places[row]
	}
	return row + 2
}

// Where keeps the rows that have one of the values under the heading. They keep their
// numbers. A value that no row has is an error: it is written otherwise in the file.
func (s *Sheet) Where(heading string, values ...string) (*Sheet, error) {
	cells, err := s.Text(heading)
	if err != nil {
		return nil, err
	}
	kept := &Sheet{Headings: s.Headings, places: []int{}, semicolons: s.semicolons}
	for _, value := range values {
		if !slices.Contains(cells, value) {
			return nil, fmt.Errorf("no row has %s in %s", value, heading)
		}
	}
	for i, cell := range cells {
		if slices.Contains(values, cell) {
			kept.Rows, kept.places = append(kept.Rows, s.Rows[i]), append(kept.places, s.Place(i))
		}
	}
	return kept, nil
}

// CellError says which cell does not fit and what to do. Row 1 is that of the headings.
type CellError struct {
	Row     int
	Heading string
	Cell    string
	Why     string
}

func (e *CellError) Error() string {
	return fmt.Sprintf("row %d, %s: %q %s", e.Row, e.Heading, e.Cell, e.Why)
}

// Read reads a table with headings in its first row. Every row has as many cells. Rows
// without anything in them, which spreadsheets leave at the end, are passed over.
func Read(r io.Reader) (*Sheet, error) {
	limited := &io.LimitedReader{R: r, N: MaxSize + 1}
	raw, err := io.ReadAll(limited)
	if err != nil {
		return nil, fmt.Errorf("the file cannot be read: %w", err)
	}
	if len(raw) > MaxSize {
		return nil, fmt.Errorf("the file is larger than %d MB", MaxSize>>20)
	}
	raw = lines(bytes.TrimPrefix(raw, []byte("\ufeff")))
	reader := csv.NewReader(bytes.NewReader(raw))
	reader.Comma = separator(raw)
	reader.FieldsPerRecord = -1
	s := &Sheet{semicolons: reader.Comma == ';'}
	broken := 0 // ends of lines within cells so far, which end no row
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			var where *csv.ParseError
			if errors.As(err, &where) {
				return nil, fmt.Errorf("row %d: a quote is open or out of place: %w", where.StartLine-broken, where.Err)
			}
			return nil, err
		}
		line, _ := reader.FieldPos(0)
		place := line - broken
		for _, cell := range row {
			broken += strings.Count(cell, "\n")
		}
		if !slices.ContainsFunc(row, func(cell string) bool { return strings.TrimSpace(cell) != "" }) {
			continue
		}
		if s.Headings == nil {
			if err := s.head(row); err != nil {
				return nil, err
			}
			continue
		}
		if len(row) != len(s.Headings) {
			return nil, fmt.Errorf("row %d has %s, and there are %d headings: quote a cell that holds a comma", place, cells(len(row)), len(s.Headings))
		}
		if len(s.Rows) == MaxRows {
			return nil, fmt.Errorf("the file has more than %d rows", MaxRows)
		}
		s.add(row, place)
	}
	switch {
	case s.Headings == nil:
		return nil, fmt.Errorf("the file is empty: its first row must hold headings")
	case len(s.Rows) == 0:
		return nil, fmt.Errorf("there are headings and no rows below them")
	}
	return s, nil
}

// add adds a row that has this place in the file.
func (s *Sheet) add(row []string, place int) {
	if s.places == nil && place != len(s.Rows)+2 {
		s.places = []int{}
		for i := range s.Rows {
			s.places = append(s.places, i+2)
		}
	}
	if s.places != nil {
		s.places = append(s.places, place)
	}
	s.Rows = append(s.Rows, row)
}

func cells(n int) string {
	if n == 1 {
		return "1 cell"
	}
	return strconv.Itoa(n) + " cells"
}

// lines makes every end of a line a line feed. A carriage return inside a line is dirt,
// which published files have; in a file without line feeds it is the end of the line.
func lines(raw []byte) []byte {
	if !bytes.ContainsRune(raw, '\n') {
		return bytes.ReplaceAll(raw, []byte("\r"), []byte("\n"))
	}
	return bytes.ReplaceAll(raw, []byte("\r"), nil)
}

// separator is the semicolon where the first line has one and no comma.
func separator(raw []byte) rune {
	line, _, _ := bytes.Cut(raw, []byte("\n"))
	if bytes.ContainsRune(line, ';') && !bytes.ContainsRune(line, ',') {
		return ';'
	}
	return ','
}

func (s *Sheet) head(row []string) error {
	if len(row) > MaxHeadings {
		return fmt.Errorf("the file has %d headings: %d at most", len(row), MaxHeadings)
	}
	seen := map[string]bool{}
	for _, h := range row {
		h = strings.TrimSpace(h)
		if seen[h] && h != "" {
			return fmt.Errorf("the heading %q stands twice: rename one", h)
		}
		seen[h], s.Headings = true, append(s.Headings, h)
	}
	return nil
}

// Column finds a heading; case does not matter where only one fits.
func (s *Sheet) Column(heading string) (int, error) {
	if i := slices.Index(s.Headings, heading); i >= 0 {
		return i, nil
	}
	found := -1
	for i, h := range s.Headings {
		if strings.EqualFold(h, strings.TrimSpace(heading)) {
			if found >= 0 {
				return 0, fmt.Errorf("two headings are like %q: write it as the file does", heading)
			}
			found = i
		}
	}
	if found < 0 {
		return 0, fmt.Errorf("there is no heading %q; the headings are %s", heading, strings.Join(s.Headings, ", "))
	}
	return found, nil
}

// Text is the cells of a column without the white space around them.
func (s *Sheet) Text(heading string) ([]string, error) {
	at, err := s.Column(heading)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(s.Rows))
	for i, row := range s.Rows {
		out[i] = strings.TrimSpace(row[at])
	}
	return out, nil
}

// Numbers are the cells of a column as numbers, NaN where there is none.
func (s *Sheet) Numbers(heading string) ([]float64, error) {
	cells, err := s.Text(heading)
	if err != nil {
		return nil, err
	}
	out := make([]float64, len(cells))
	for i, cell := range cells {
		if s.semicolons && strings.Contains(cell, ",") {
			return nil, &CellError{s.Place(i), heading, cell, "has a comma, which in a file with semicolons may part thousands or decimals; write 1234 or 1.234"}
		}
		if out[i], err = Number(cell); err != nil {
			return nil, &CellError{s.Place(i), heading, cell, err.Error()}
		}
	}
	return out, nil
}

// Whole are the cells of a column as whole numbers: there must be one in each row.
func (s *Sheet) Whole(heading string) ([]int, error) {
	cells, err := s.Text(heading)
	if err != nil {
		return nil, err
	}
	out := make([]int, len(cells))
	for i, cell := range cells {
		if out[i], err = strconv.Atoi(cell); err != nil {
			return nil, &CellError{s.Place(i), heading, cell, "is not a whole number; one is needed in every row"}
		}
	}
	return out, nil
}

// Days are the cells of a column as days: there must be one in each row.
func (s *Sheet) Days(heading string) ([]law.Date, error) {
	cells, err := s.Text(heading)
	if err != nil {
		return nil, err
	}
	out := make([]law.Date, len(cells))
	for i, cell := range cells {
		if out[i], err = Day(cell); err != nil {
			return nil, &CellError{s.Place(i), heading, cell, err.Error()}
		}
	}
	return out, nil
}

// missing are the ways in which published files say that there is no value.
var missing = []string{"", "-", "na", "n/a", "nan", "null", ".", "*", "x", "[x]", "[c]"}

// Number reads a number as published files write it: 1,234.5, 12.5%, −3. It is NaN where
// there is none.
func Number(cell string) (float64, error) {
	if slices.Contains(missing, strings.ToLower(cell)) {
		return math.NaN(), nil
	}
	text := strings.TrimSuffix(strings.ReplaceAll(cell, "\u2212", "-"), "%")
	if strings.Contains(text, ",") {
		if !thousands(text) {
			return 0, errors.New("has a comma that parts no thousands; write a decimal point")
		}
		text = strings.ReplaceAll(text, ",", "")
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) || strings.ContainsAny(text, "xXpP_") {
		return 0, errors.New("is not a number; leave the cell empty where there is none")
	}
	return v, nil
}

// thousands reports whether every comma parts three digits from those before.
func thousands(text string) bool {
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	if strings.Contains(fraction, ",") {
		return false
	}
	parts := strings.Split(whole, ",")
	for i, p := range parts {
		if i == 0 && (len(p) < 1 || len(p) > 3) || i > 0 && len(p) != 3 {
			return false
		}
	}
	return true
}

// layouts are the ways of writing a day that can be read in one way only.
var layouts = []string{time.DateOnly, "02/01/2006", "2 January 2006", "02-Jan-2006", "2 Jan 2006"}

// Day reads a day: 2024-04-01, 01/04/2024 (the day first, as in England), 1 April 2024;
// and a month, 2024-04, April 2024 or Apr-24, as its first day.
func Day(cell string) (law.Date, error) {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, cell); err == nil {
			return law.NewDate(t.Year(), t.Month(), t.Day()), nil
		}
	}
	for _, layout := range []string{"2006-01", "January 2006", "Jan 2006", "Jan-06", "Jan-2006"} {
		if t, err := time.Parse(layout, cell); err == nil {
			return law.NewDate(t.Year(), t.Month(), 1), nil
		}
	}
	return law.Date{}, errors.New("is not a day; write 2024-04-01 or 01/04/2024")
}
