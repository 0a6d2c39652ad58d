package archive_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/archive"
)

// Whoever serves an archive must not be able to fill the memory of whoever verifies it:
// with records that no event ever takes up, or with a record that never ends.
func TestVerify_RefusesBeforeMemoryIsFull(t *testing.T) {
	head := archive.AppendRecord(nil, "BELENIOS", header.Encode(), header.Timestamp)
	many := bytes.Clone(head)
	for i := range 20 {
		body := fmt.Append(nil, i)
		many = archive.AppendRecord(many, archive.Record{Hash: belenios.HashOf(body)}.Name(), body, header.Timestamp)
	}
	large := archive.AppendRecord(bytes.Clone(head), archive.Record{}.Name(), nil, header.Timestamp)
	block := large[len(head):]
	copy(block[124:], fmt.Sprintf("%011o", 1<<30+1))
	copy(block[148:], "        ")
	sum := 0
	for _, c := range block {
		sum += int(c)
	}
	copy(block[148:], fmt.Sprintf("%06o\x00 ", sum))
	for _, c := range []struct {
		name, want string
		text       []byte
	}{
		{"records without an event", "5 records without an event", many},
		{"a record of more than a gibibyte", "no record has more than 1073741824", large},
	} {
		read := &bytesRead{Reader: bytes.NewReader(append(c.text, make([]byte, 1<<20)...))}
		r, err := archive.NewReader(read)
		fatal(t, err)
		_, err = archive.NewScanner(r, func(archive.Step) (bool, error) { return false, nil }).Next()
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
		if read.n > 1<<14 {
			t.Errorf("%s: %d bytes were read before it was refused", c.name, read.n)
		}
		report, err := archive.Verify(context.Background(), bytes.NewReader(c.text), int64(len(c.text)), archive.Options{})
		fatal(t, err)
		if report.OK() {
			t.Errorf("%s: verifies", c.name)
		}
	}
}

type bytesRead struct {
	io.Reader
	n int
}

func (c *bytesRead) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += n
	return n, err
}
