package published

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// File is a published file to read: an open file on disk, an upload, or bytes.
type File struct {
	Name    string // shown to people and kept with the figures; no path
	Content io.ReaderAt
	Size    int64
}

// Limits keep a hostile or mistaken file from using up the machine. The
// published workbooks are 3 MB, 11 MB unpacked, with 270 rows a sheet.
const (
	MaxFile     = 64 << 20  // bytes of a file as it comes
	MaxUnpacked = 128 << 20 // bytes of a workbook once unpacked
	MaxRatio    = 200       // unpacked to packed, of any one part of a workbook over 1 MB
	MaxParts    = 2000      // parts in a workbook
	MaxRows     = 1 << 20   // rows of a sheet or CSV file: as many as a spreadsheet has
	MaxColumns  = 2000      // columns of a sheet or CSV file
	MaxRejected = 10_000    // rejections, after which the file is taken to be a wrong one
)

// ErrUnknown is wrapped by the error for a file that is none of those we read.
var ErrUnknown = errors.New("not a published file that can be read here")

// Open opens the file at path. The caller closes it.
func Open(path string) (File, io.Closer, error) {
	f, err := os.Open(path)
	if err != nil {
		return File{}, nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return File{}, nil, errors.Join(err, f.Close())
	}
	if !info.Mode().IsRegular() {
		return File{}, nil, errors.Join(fmt.Errorf("file %s is not a regular file", path), f.Close())
	}
	return File{Name: filepath.Base(path), Content: f, Size: info.Size()}, f, nil
}

// Read finds out what kind of file f is and reads it into sink.
//
// It returns an error if the file as a whole cannot be read (an unknown kind,
// over one of the limits, damaged), if sink returns one, or if ctx ends. What does not
// fit inside a readable file is no error but a Rejection.
func Read(ctx context.Context, f File, sink Sink) (Report, error) {
	return ReadKnowing(ctx, f, Known{}, sink)
}

// ReadKnowing is Read with what is known of organisations: figures under the code of one
// that had gone into another are rejected, and those of sites.
func ReadKnowing(ctx context.Context, f File, known Known, sink Sink) (Report, error) {
	format, l, sheet, err := detect(f)
	if err != nil {
		return Report{}, err
	}
	sum, err := f.sum()
	if err != nil {
		return Report{}, fmt.Errorf("file %s: %w", f.Name, err)
	}
	t := newTally(sink)
	t.report.Format = format
	from := Source{FileName: f.Name, SHA256: sum}
	switch {
	case l != nil:
		err = l.read(ctx, f, sheet, from, known, t)
	case format == FormatDirectory:
		err = readDirectory(ctx, f, from, t)
	default:
		err = readSurvey(ctx, f, format, from, t)
	}
	if err != nil {
		return t.report, fmt.Errorf("file %s: %w", f.Name, err)
	}
	return t.report, nil
}

// ReadPath reads the file at path into sink.
func ReadPath(ctx context.Context, path string, sink Sink) (report Report, err error) {
	f, closer, err := Open(path)
	if err != nil {
		return Report{}, err
	}
	defer func() { err = errors.Join(err, closer.Close()) }()
	return Read(ctx, f, sink)
}

func (f File) reader() *io.SectionReader {
	return io.NewSectionReader(f.Content, 0, f.Size)
}

func (f File) sum() (string, error) {
	h := sha256.New()
	if _, err := io.Copy(h, f.reader()); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
