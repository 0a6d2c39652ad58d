package web

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"commonweal/internal/base/fault"
)

const (
	maxStaffFile = 64 << 20              // as much as the reader of staff lists takes
	staffUpload  = maxStaffFile + 64<<10 // with the rest of its form
	maxFormValue = 16 << 10
)

// sentFile is a file that came with a form.
type sentFile struct {
	name    string
	content []byte
}

var (
	errNoFile   = fault.Fieldf("file", "choose a file first")
	errTooLong  = fault.Fieldf("file", "what was entered in one of the fields is too long, so nothing was read. Choose the file again")
	errTooLarge = fault.Fieldf("file", "the file is larger than 64 MB. Leave out columns that we do not use, or save it as CSV. Then choose it again")
)

// sent reads a form with one file. The parts are read one after another into
// memory: a staff list holds what we never store, so it may not lie in a folder
// for temporary files either.
func (v *visit) sent() (sentFile, url.Values, error) {
	reader, err := v.r.MultipartReader()
	if err != nil {
		return sentFile{}, nil, fault.Wrap(fault.Invalid, err, "the form cannot be read")
	}
	var file sentFile
	values := url.Values{}
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return sentFile{}, values, unsent(err)
		}
		limit := int64(maxFormValue)
		if part.FormName() == "file" {
			limit = maxStaffFile
		}
		content, err := io.ReadAll(io.LimitReader(part, limit+1))
		if err != nil {
			return sentFile{}, values, unsent(err)
		}
		switch {
		case int64(len(content)) <= limit:
		case part.FormName() == "file":
			return sentFile{}, values, errTooLarge
		default:
			return sentFile{}, values, errTooLong
		}
		if part.FormName() == "file" {
			file = sentFile{part.FileName(), content}
			continue
		}
		values.Add(part.FormName(), string(content))
	}
	if file.name == "" {
		return sentFile{}, values, errNoFile
	}
	return file, values, nil
}

// unsent says why a form did not arrive whole.
func unsent(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return errTooLarge
	}
	return fault.Wrap(fault.Invalid, fmt.Errorf("read the form: %w", err), "the file did not arrive whole; choose it again")
}
