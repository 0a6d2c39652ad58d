package archive

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"commonweal/belenios"
)

// ErrTorn is wrapped by the error of a [Reader] or [Scanner] whose input ends
// too early: whoever wrote it was stopped, or it was cut on its way.
var ErrTorn = errors.New("the archive ends in the middle of an event")

// maxBody bounds a record: what is the largest grows with the number of voters.
const maxBody = 1 << 30

// Reader reads records one after another. It is strict: a record that it
// returns has the one form it may have and the body that its name says.
type Reader struct {
	in     io.Reader
	header Header
	start  int64 // of the last record read, whole or not
	offset int64 // of the next record
	err    error
}

// NewReader reads the header.
func NewReader(in io.Reader) (*Reader, error) {
	r := &Reader{in: in}
	name, at, body, err := r.entry()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("the archive is empty: %w", ErrTorn)
	}
	if err != nil {
		return nil, err
	}
	if name != HeaderName {
		return nil, fmt.Errorf("the first record is %q and should be %s", name, HeaderName)
	}
	r.header, err = ParseHeader(body)
	if err != nil {
		return nil, err
	}
	return r, r.sameTime(name, at)
}

// Header is the archive's header.
func (r *Reader) Header() Header { return r.header }

// Offset is where the next record begins.
func (r *Reader) Offset() int64 { return r.offset }

// Next returns the next record, [io.EOF] after the last, and an error that
// wraps [ErrTorn] if the input ends too early. After an error there is nothing
// more to read.
func (r *Reader) Next() (Record, error) {
	if r.err != nil {
		return Record{}, r.err
	}
	rec, err := r.next()
	r.err = err
	return rec, err
}

func (r *Reader) next() (Record, error) {
	r.start = r.offset
	name, at, body, err := r.entry()
	if err != nil {
		return Record{}, err
	}
	if err := r.sameTime(name, at); err != nil {
		return Record{}, err
	}
	kind, hash, err := parseName(name)
	if err != nil {
		return Record{}, err
	}
	if belenios.HashOf(body) != hash {
		return Record{}, fmt.Errorf("record %q: its body has another hash, %s", name, belenios.HashOf(body))
	}
	return Record{Kind: kind, Hash: hash, Body: body, Offset: r.start}, nil
}

func (r *Reader) sameTime(name string, at int64) error {
	if at != r.header.Timestamp {
		return fmt.Errorf("record %q: it has the time %d and the header %d", name, at, r.header.Timestamp)
	}
	return nil
}

// entry reads one entry of the tar file.
func (r *Reader) entry() (name string, at int64, body []byte, err error) {
	var head [blockSize]byte
	_, err = io.ReadFull(r.in, head[:])
	if errors.Is(err, io.EOF) {
		return "", 0, nil, io.EOF
	}
	if err != nil {
		return "", 0, nil, r.torn(err)
	}
	name, size, at, err := parseBlock(&head)
	if err != nil {
		return "", 0, nil, fmt.Errorf("at byte %d: %w", r.offset, err)
	}
	if size > maxBody {
		return "", 0, nil, fmt.Errorf("record %q: it has %d bytes and no record has more than %d", name, size, maxBody)
	}
	// The size is only a claim: the buffer grows with what is there.
	var buffer bytes.Buffer
	buffer.Grow(int(min(size+padding(size), 1<<16)))
	if _, err := io.CopyN(&buffer, r.in, size+padding(size)); err != nil {
		return "", 0, nil, r.torn(err)
	}
	body = buffer.Bytes()
	for _, c := range body[size:] {
		if c != 0 {
			return "", 0, nil, fmt.Errorf("record %q: it is not padded with zeros", name)
		}
	}
	r.offset += blockSize + int64(len(body))
	return name, at, body[:size:size], nil
}

func (r *Reader) torn(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("at byte %d: %w", r.offset, ErrTorn)
	}
	return err
}
