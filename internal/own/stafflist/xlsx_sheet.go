package stafflist

import (
	"encoding/xml"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"commonweal/law"
)

// textCollector gathers the characters inside <t> and <v>, wherever they stand,
// except those of phonetic guides.
type textCollector struct {
	text    []byte
	limit   int
	open    bool
	guide   bool
	tooLong bool
}

// take reads one token. It reports the name of an element that ended.
func (c *textCollector) take(t xml.Token) (ended bool, name string) {
	switch t := t.(type) {
	case xml.StartElement:
		switch t.Name.Local {
		case "t", "v":
			c.open = true
		case "rPh":
			c.guide = true
		}
	case xml.CharData:
		if !c.open || c.guide {
			return false, ""
		}
		if len(c.text)+len(t) > c.limit {
			c.tooLong = true
			return false, ""
		}
		c.text = append(c.text, t...)
	case xml.EndElement:
		switch t.Name.Local {
		case "t", "v":
			c.open = false
		case "rPh":
			c.guide = false
		}
		return true, t.Name.Local
	}
	return false, ""
}

// sheetReader streams the rows of one sheet.
type sheetReader struct {
	book  *workbook
	x     *xmlPart
	row   int
	cells []string
	done  bool
}

// maxSheetRow is the last row a spreadsheet has.
const maxSheetRow = 1_048_576

func (w *workbook) openSheet(name string) (*sheetReader, error) {
	x, err := w.open(name)
	if err != nil {
		return nil, err
	}
	if x == nil {
		return nil, damaged("sheet "+clip(name)+" is not in the archive", nil)
	}
	return &sheetReader{book: w, x: x}, nil
}

func (s *sheetReader) next() (line, error) {
	for {
		l, err := s.readRow()
		if err != nil {
			s.finish()
			return line{}, err
		}
		if !l.blank() {
			return l, nil
		}
	}
}

func (s *sheetReader) finish() {
	if !s.done {
		s.done = true
		s.x.close()
	}
}

// readRow reads to the end of the next row.
func (s *sheetReader) readRow() (line, error) {
	if s.done {
		return line{}, io.EOF
	}
	for {
		t, err := s.x.token()
		if err == io.EOF {
			return line{}, damaged("sheet ends before its data", io.ErrUnexpectedEOF)
		}
		if err != nil {
			return line{}, err
		}
		switch t := t.(type) {
		case xml.EndElement:
			// What follows the data (links, validations, drawings) is not read.
			if t.Name.Local == "sheetData" {
				return line{}, io.EOF
			}
		case xml.StartElement:
			if t.Name.Local != "row" {
				continue
			}
			if err := s.number(attribute(t, "r")); err != nil {
				return line{}, err
			}
			if err := s.readCells(); err != nil {
				return line{}, err
			}
			return line{number: s.row, cells: s.cells}, nil
		}
	}
}

// number sets the row's number, which must rise.
func (s *sheetReader) number(r string) error {
	row := s.row + 1
	if r != "" {
		n, err := strconv.Atoi(r)
		if err != nil || n <= s.row {
			return damaged("row numbers do not rise", err)
		}
		row = n
	}
	if row > maxSheetRow {
		return damaged("row number beyond the last row of a sheet", nil)
	}
	s.row = row
	return nil
}

// readCells reads the cells of the open row into s.cells.
func (s *sheetReader) readCells() error {
	s.cells = s.cells[:0]
	collect := textCollector{limit: s.book.limits.Cell}
	column, kind, style := -1, "", 0
	for {
		t, err := s.x.token()
		if err == io.EOF {
			return damaged("sheet ends inside a row", io.ErrUnexpectedEOF)
		}
		if err != nil {
			return err
		}
		if start, ok := t.(xml.StartElement); ok && start.Name.Local == "c" {
			kind, style = attribute(start, "t"), 0
			if n, err := strconv.Atoi(attribute(start, "s")); err == nil {
				style = n
			}
			if column, err = columnOf(attribute(start, "r"), column+1); err != nil {
				return err
			}
			if column >= s.book.limits.Columns {
				return tooManyColumns(s.row, s.book.limits.Columns)
			}
			collect.text = collect.text[:0]
			continue
		}
		ended, name := collect.take(t)
		if !ended {
			continue
		}
		switch name {
		case "c":
			if collect.tooLong {
				return unreadable("A cell on row "+grouped(s.row)+" is longer than "+grouped(s.book.limits.Cell)+" letters. Leave out columns of long text.",
					"row %d: cell exceeds %d bytes", s.row, s.book.limits.Cell)
			}
			if column < 0 {
				return damaged("cell ends that never began", nil)
			}
			for len(s.cells) <= column {
				s.cells = append(s.cells, "")
			}
			value, err := s.value(kind, style, string(collect.text))
			if err != nil {
				return err
			}
			s.cells[column] = value
		case "row":
			return nil
		}
	}
}

// columnOf reads the letters of a reference such as "AB12"; without one the cell
// follows the last.
func columnOf(ref string, following int) (int, error) {
	n := 0
	for i := 0; i < len(ref) && isLetter(ref[i]); i++ {
		if n = n*26 + int(ref[i]&^0x20-'A') + 1; n > 16_384 {
			return 0, damaged("cell beyond the last column of a sheet", nil)
		}
	}
	if n == 0 {
		return following, nil
	}
	return n - 1, nil
}

// value returns the cell as text: a date as 2006-01-02, a number without exponent.
func (s *sheetReader) value(kind string, style int, raw string) (string, error) {
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(raw))
		if err != nil {
			return "", damaged("cell points to no text", err)
		}
		text, ok := s.book.texts.get(i)
		if !ok {
			return "", damaged("cell points to no text", nil)
		}
		return unescaped(text), nil
	case "inlineStr", "str", "e":
		return unescaped(raw), nil
	case "b":
		if isTrue(raw) {
			return "Yes", nil
		}
		return "No", nil
	case "d":
		day, _, _ := strings.Cut(raw, "T")
		return day, nil
	}
	if raw == "" {
		return "", nil
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(raw), 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return raw, nil
	}
	var look cellStyle
	if style >= 0 && style < len(s.book.styles) {
		look = s.book.styles[style]
	}
	if look.date {
		if day, ok := serialDay(n, s.book.date1904); ok {
			return day.String(), nil
		}
	}
	text := strconv.FormatFloat(n, 'f', -1, 64)
	if len(text) < look.width && n >= 0 && n == math.Trunc(n) {
		text = strings.Repeat("0", look.width-len(text)) + text
	}
	return text, nil
}

// unescaped turns the form in which a workbook writes a carriage return back.
func unescaped(s string) string { return strings.ReplaceAll(s, "_x000D_", "\r") }

// serialDay turns a spreadsheet's day number into a day. Day 60 of the 1900
// system is 29 February 1900, which never was; no staff list needs days that old.
func serialDay(n float64, from1904 bool) (law.Date, bool) {
	const first, last = 61, 2_958_465 // 1 March 1900, 31 December 9999
	day := math.Floor(n)
	if from1904 {
		day += 1462
	}
	if day < first || day > last {
		return law.Date{}, false
	}
	return law.NewDate(1899, time.December, 30).AddDays(int(day)), true
}
