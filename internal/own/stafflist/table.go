package stafflist

import (
	"bytes"
	"io"
)

// table gives the rows of a file one after another, whatever kind of file it is.
type table interface {
	// next returns the next row that is not blank, or io.EOF. The cells are good
	// until the next call.
	next() (line, error)
}

// line is one row as the file has it.
type line struct {
	number int
	cells  []string
	fault  string // why the row cannot be trusted, in plain words; empty if it can
	beyond bool   // whether it was seen to reach beyond the headings
}

// reaches reports whether the row says anything at or after the column.
func (l line) reaches(column int) bool {
	for i := column; i < len(l.cells); i++ {
		if tidy(l.cells[i]) != "" {
			return true
		}
	}
	return false
}

// blank reports whether no cell holds anything.
func (l line) blank() bool {
	return !l.reaches(0)
}

// sizedFile is a file with its length, as an upload and a file on disk both are.
type sizedFile struct {
	io.ReaderAt
	size int64
}

func (f sizedFile) section() *io.SectionReader { return io.NewSectionReader(f, 0, f.size) }

// The first bytes by which kinds of files are known.
var (
	zipMark = []byte("PK\x03\x04")
	oleMark = []byte{0xd0, 0xcf, 0x11, 0xe0}
)

// openTable finds out the kind of file and opens it.
func openTable(file sizedFile, sheet, delimiter string, limits Limits) (table, Source, error) {
	if file.size == 0 {
		return nil, Source{}, unreadable("The file is empty. Export the list again.", "file of 0 bytes")
	}
	if file.size > limits.Bytes {
		return nil, Source{}, unreadable(
			"The file is "+megabytes(file.size)+". The largest we read is "+megabytes(limits.Bytes)+". Leave out columns we do not use.",
			"file of %d bytes exceeds %d", file.size, limits.Bytes)
	}
	head := make([]byte, min(file.size, 8))
	if _, err := file.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, Source{}, &Unreadable{Plain: "The file could not be read to its end. Send it again.", Detail: "read first bytes", Err: err}
	}
	switch {
	case bytes.HasPrefix(head, zipMark):
		book, err := openWorkbook(file, sheet, limits)
		if err != nil {
			return nil, Source{}, err
		}
		return book, book.source, nil
	case bytes.HasPrefix(head, oleMark):
		return nil, Source{}, unreadable(
			"This is an old Excel file (.xls), or one with a password. Save it as .xlsx without a password, or as CSV.",
			"compound file, not a workbook in OOXML")
	default:
		return openCSV(file, delimiter, limits)
	}
}

// Source says how a file was understood.
type Source struct {
	Kind      string   // "CSV" or "workbook"
	Encoding  string   // of a CSV: "UTF-8", "Windows-1252", "UTF-16"
	Delimiter string   // of a CSV
	Sheet     string   // of a workbook: the sheet that was read
	Sheets    []string // of a workbook: all that are shown

	// from1904 is set where days are counted from 1904.
	from1904 bool
}
