package published

import (
	"archive/zip"
	"errors"
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"
)

// workbook is an open .xlsx file within the limits.
type workbook struct{ file *excelize.File }

// openWorkbook checks the archive against the limits before anything in it is
// unpacked. Parts over a megabyte are unpacked to temporary files, not memory.
func openWorkbook(f File) (w workbook, err error) {
	if err := checkArchive(f); err != nil {
		return workbook{}, err
	}
	defer recovered(&err)
	file, err := excelize.OpenReader(f.reader(), excelize.Options{
		RawCellValue:      true,
		UnzipSizeLimit:    MaxUnpacked,
		UnzipXMLSizeLimit: 1 << 20,
	})
	if err != nil {
		return workbook{}, fmt.Errorf("the workbook cannot be read: %w", err)
	}
	return workbook{file}, nil
}

func checkArchive(f File) error {
	z, err := zip.NewReader(f.Content, f.Size)
	if err != nil {
		return fmt.Errorf("the workbook is damaged: %w", err)
	}
	if len(z.File) > MaxParts {
		return fmt.Errorf("the workbook has %d parts and at most %d are read", len(z.File), MaxParts)
	}
	var total uint64
	for _, part := range z.File {
		size := part.UncompressedSize64
		if size > 1<<20 && size/MaxRatio > part.CompressedSize64 {
			return fmt.Errorf("the workbook's part %s unpacks to more than %d times its size", quote(part.Name), MaxRatio)
		}
		// Compared one by one, so that huge declared sizes cannot wrap round.
		if size > MaxUnpacked || total+size > MaxUnpacked {
			return fmt.Errorf("the workbook unpacks to more than %d MB", MaxUnpacked>>20)
		}
		total += size
	}
	if !slices.ContainsFunc(z.File, func(part *zip.File) bool { return part.Name == "[Content_Types].xml" }) {
		return fmt.Errorf("it is %w: it is an archive that is no workbook", ErrUnknown)
	}
	return nil
}

func (w workbook) sheets() []string { return w.file.GetSheetList() }

// close removes the temporary files. Nothing was written, so an error here
// could only mean that one of them was gone already.
func (w workbook) close() { _ = w.file.Close() }

// sheetRows hands out the rows of one sheet from the top.
type sheetRows struct {
	rows  *excelize.Rows
	sheet string
	row   int // number of the row handed out last
	err   error
}

func (w workbook) rows(sheet string) (r *sheetRows, err error) {
	defer recovered(&err)
	rows, err := w.file.Rows(sheet)
	if err != nil {
		return nil, fmt.Errorf("sheet %s cannot be read: %w", sheet, err)
	}
	return &sheetRows{rows: rows, sheet: sheet}, nil
}

// next returns the cells of the next row as text; empty cells at the end are
// left off. It returns false at the end of the sheet or at an error.
func (r *sheetRows) next() (cells []string, ok bool) {
	if r.err != nil {
		return nil, false
	}
	defer func() { ok = ok && r.err == nil }()
	defer recovered(&r.err)
	if !r.rows.Next() {
		r.err = r.rows.Error()
		return nil, false
	}
	r.row++
	cells, r.err = r.rows.Columns()
	switch {
	case r.err != nil:
		r.err = fmt.Errorf("sheet %s, row %d cannot be read: %w", r.sheet, r.row, r.err)
	case r.row > MaxRows:
		r.err = fmt.Errorf("sheet %s has more than %d rows", r.sheet, MaxRows)
	case len(cells) > MaxColumns:
		r.err = fmt.Errorf("sheet %s, row %d has more than %d columns", r.sheet, r.row, MaxColumns)
	}
	return cells, true
}

// close ends the reading and returns what stopped it, if anything did.
func (r *sheetRows) close() error { return errors.Join(r.err, r.rows.Close()) }

// recovered turns a panic of the workbook library into an error. The library
// has panicked on damaged files before, and a damaged file is nobody's fault
// that should end the server.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("the workbook is damaged: %v", p)
	}
}
