package published

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"slices"
)

// grid hands out the rows of a table: of a CSV file, or of one sheet of a workbook.
type grid interface {
	// next returns the cells of the next row and its number as a spreadsheet counts;
	// io.EOF at the end, and a *csv.ParseError for a row that cannot be read while those
	// after it can. The cells are good until the next call.
	next() (cells []string, row int, err error)
	close() error
}

// openGrid opens a CSV file, or the named sheet of a workbook.
func openGrid(f File, sheet string) (grid, error) {
	if sheet == "" {
		r := csv.NewReader(skipMark(bufio.NewReader(f.reader())))
		r.FieldsPerRecord = -1 // a row of the wrong length is a rejection, not the end
		r.ReuseRecord = true
		return &csvGrid{r}, nil
	}
	book, err := openWorkbook(f)
	if err != nil {
		return nil, err
	}
	rows, err := book.rows(sheet)
	if err != nil {
		book.close()
		return nil, err
	}
	return &sheetGrid{book, rows}, nil
}

type csvGrid struct{ csv *csv.Reader }

func (g *csvGrid) next() ([]string, int, error) {
	cells, err := g.csv.Read()
	var broken *csv.ParseError
	switch {
	case errors.As(err, &broken):
		return nil, broken.StartLine, err
	case err != nil:
		return nil, 0, err
	}
	row, _ := g.csv.FieldPos(0)
	return cells, row, nil
}

func (g *csvGrid) close() error { return nil }

type sheetGrid struct {
	book workbook
	rows *sheetRows
}

func (g *sheetGrid) next() ([]string, int, error) {
	cells, ok := g.rows.next()
	switch {
	case g.rows.err != nil:
		return nil, g.rows.row, g.rows.err
	case !ok:
		return nil, g.rows.row, io.EOF
	}
	return cells, g.rows.row, nil
}

func (g *sheetGrid) close() error {
	err := g.rows.close()
	g.book.close()
	return err
}

// preamble is what stands above the rows of a table.
type preamble struct {
	heads  []string // empty: no headings were found
	row    int      // of the headings
	titles []string // the cells above them
	first  string   // the first cell with anything in it
}

// headed reads down to the headings. Published tables have titles and notes above them,
// and some have the headings in two lines, the upper one for groups of columns: where the
// lower line has nothing, the upper one counts.
func headed(g grid, fits func(at map[string]int) bool) (p preamble, err error) {
	var upper []string
	for range maxPreamble {
		cells, row, err := g.next()
		var broken *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return p, nil
		case errors.As(err, &broken):
			continue
		case err != nil:
			return p, err
		case len(cells) > MaxColumns:
			return p, errWide
		}
		for _, lines := range [][]string{cells, under(upper, cells)} {
			if fits(columnsOf(lines)) {
				p.heads, p.row = slices.Clone(lines), row
				return p, nil
			}
		}
		upper = slices.Clone(cells)
		for _, c := range cells {
			if c = clean(c); c != "" {
				p.titles = append(p.titles, c)
			}
		}
		if p.first == "" && len(p.titles) > 0 {
			p.first = p.titles[0]
		}
	}
	return p, nil
}

// under lays a line of headings over the one above it.
func under(upper, lower []string) []string {
	out := make([]string, max(len(upper), len(lower)))
	copy(out, upper)
	for i, c := range lower {
		if clean(c) != "" {
			out[i] = c
		}
	}
	return out
}

// notesOf are the cells at the top of the first sheet of a workbook and of that named
// Notes, where publishers say what the figures of the other sheets are of, and when.
func notesOf(f File, sheet string) (out []string, err error) {
	if sheet == "" {
		return nil, nil
	}
	book, err := openWorkbook(f)
	if err != nil {
		return nil, err
	}
	defer book.close()
	for i, name := range book.sheets() {
		if name == sheet || i > 0 && name != notesSheet {
			continue
		}
		rows, err := book.rows(name)
		if err != nil {
			return nil, err
		}
		for range maxPreamble / 2 {
			cells, ok := rows.next()
			if !ok {
				break
			}
			for _, c := range cells {
				if c = clean(c); c != "" {
					out = append(out, c)
				}
			}
		}
		if err := rows.close(); err != nil {
			return nil, err
		}
	}
	return out, nil
}
