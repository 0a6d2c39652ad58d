package door

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Limits of a workbook that is taken in.
const (
	maxWorkbook = 4 << 20  // bytes as it comes
	maxUnpacked = 32 << 20 // bytes of all its parts
	maxRows     = 5000     // of one sheet
	maxColumns  = 200
)

// sheet is one sheet as text: headings in small letters, and rows below.
type sheet struct {
	name     string
	headings []string
	rows     []line
}

// line is a row that has something in it.
type line struct {
	number int // as a spreadsheet counts
	cells  map[string]string
}

func (l line) at(heading string) string { return l.cells[heading] }

// openXLSForm reads the sheets that an XLSForm has, and ours.
func openXLSForm(r io.Reader) (sheets map[string]sheet, err error) {
	b, err := io.ReadAll(io.LimitReader(r, maxWorkbook+1))
	if err != nil {
		return nil, err
	}
	if err := fitsUnpacked(b); err != nil {
		return nil, err
	}
	defer recovered(&err)
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked,
	})
	if err != nil {
		return nil, Trouble{Why: "the workbook cannot be opened: " + err.Error(), Remedy: "save it again as .xlsx"}
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	sheets = map[string]sheet{}
	for _, name := range f.GetSheetList() {
		switch name {
		case sheetSurvey, sheetChoices, sheetSettings, sheetScores:
			s, err := readSheet(f, name)
			if err != nil {
				return nil, err
			}
			sheets[name] = s
		}
	}
	return sheets, nil
}

// fitsUnpacked looks at the declared sizes before anything is unpacked.
func fitsUnpacked(b []byte) error {
	if len(b) > maxWorkbook {
		return Trouble{Why: fmt.Sprintf("the workbook has more than %d MB", maxWorkbook>>20), Remedy: "take pictures and other sheets out"}
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return Trouble{Why: "this is not an .xlsx workbook", Remedy: "save the form as .xlsx"}
	}
	var total uint64
	for _, part := range z.File {
		size := part.UncompressedSize64
		if size > maxUnpacked || total+size > maxUnpacked {
			return Trouble{Why: fmt.Sprintf("the workbook unpacks to more than %d MB", maxUnpacked>>20), Remedy: "take pictures and other sheets out"}
		}
		total += size
	}
	return nil
}

func readSheet(f *excelize.File, name string) (sheet, error) {
	s := sheet{name: name}
	rows, err := f.Rows(name)
	if err != nil {
		return s, Trouble{Part: name, Why: "the sheet cannot be read: " + err.Error(), Remedy: "save the workbook again as .xlsx"}
	}
	var bad troubles
	for number := 1; rows.Next(); number++ {
		cells, err := rows.Columns()
		if err != nil {
			return s, errors.Join(Trouble{Part: name, Row: number, Why: "the row cannot be read: " + err.Error(), Remedy: "save the workbook again as .xlsx"}, rows.Close())
		}
		if number > maxRows || len(cells) > maxColumns {
			return s, errors.Join(Trouble{Part: name, Row: number, Why: fmt.Sprintf("there are more than %d rows or %d columns", maxRows, maxColumns), Remedy: "delete what lies beyond the form"}, rows.Close())
		}
		if number == 1 {
			s.head(cells, &bad)
			continue
		}
		l := line{number, map[string]string{}}
		for i, cell := range cells {
			cell = strings.TrimSpace(cell)
			if cell == "" {
				continue
			}
			if i >= len(s.headings) || s.headings[i] == "" {
				bad.add(Trouble{Part: name, Row: number, Field: fmt.Sprintf("column %d", i+1), Why: fmt.Sprintf("%q stands under no heading", cell), Remedy: "name the column or clear the cell"})
				continue
			}
			l.cells[s.headings[i]] = cell
		}
		if len(l.cells) > 0 {
			s.rows = append(s.rows, l)
		}
	}
	return s, errors.Join(bad.err(), rows.Error(), rows.Close())
}

func (s *sheet) head(cells []string, bad *troubles) {
	for i, cell := range cells {
		cell = strings.TrimSpace(cell)
		for _, before := range s.headings {
			if cell != "" && before == cell {
				bad.add(Trouble{Part: s.name, Row: 1, Field: fmt.Sprintf("column %d", i+1), Why: fmt.Sprintf("the heading %q stands twice", cell), Remedy: "take one of the two columns out"})
			}
		}
		s.headings = append(s.headings, cell)
	}
}
