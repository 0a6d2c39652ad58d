package archive_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/archive"
)

// story is an archive taken apart, so that a test can change what it tells and
// put it together again with hashes and chain in order: what remains wrong is
// only what the test made wrong.
type story struct {
	header   archive.Header
	chapters []chapter
}

// chapter is an event with the data that it brings; the last is its payload.
type chapter struct {
	kind archive.EventType
	data [][]byte
}

// read takes an archive apart.
func read(t testing.TB, text []byte) story {
	t.Helper()
	r, err := archive.NewReader(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	s := story{header: r.Header()}
	var data [][]byte
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return s
		}
		if err != nil {
			t.Fatal(err)
		}
		if rec.Kind == archive.Data {
			data = append(data, rec.Body)
			continue
		}
		e, err := archive.ParseEvent(rec.Body)
		if err != nil {
			t.Fatal(err)
		}
		s.chapters = append(s.chapters, chapter{e.Type, data})
		data = nil
	}
}

// copy is a story that can be changed without changing s.
func (s story) copy() story {
	out := story{header: s.header}
	for _, c := range s.chapters {
		out.chapters = append(out.chapters, chapter{c.kind, append([][]byte{}, c.data...)})
	}
	return out
}

// find is the place of the n-th chapter of a kind, from 0.
func (s story) find(t testing.TB, kind archive.EventType, n int) int {
	t.Helper()
	for i, c := range s.chapters {
		if c.kind != kind {
			continue
		}
		if n == 0 {
			return i
		}
		n--
	}
	t.Fatalf("the archive has no such %s", kind)
	return 0
}

func (s *story) remove(at int) {
	s.chapters = append(s.chapters[:at:at], s.chapters[at+1:]...)
}

func (s *story) insert(at int, c ...chapter) {
	s.chapters = append(s.chapters[:at:at], append(c, s.chapters[at:]...)...)
}

// write puts the archive together: one record a body, unless an earlier one has
// the same body.
func (s story) write() []byte { return s.writeWith(nil) }

// writeWith puts the archive together and lets the test change the records
// before they become a tar file.
func (s story) writeWith(change func([]named) []named) []byte {
	list := []named{{"BELENIOS", s.header.Encode()}}
	var head *archive.Head
	for _, c := range s.chapters {
		e := archive.Event{Type: c.kind}
		if head != nil {
			e.Parent, e.Height = &head.Hash, head.Height+1
		}
		for _, body := range c.data {
			r := archive.Record{Kind: archive.Data, Hash: belenios.HashOf(body)}
			e.Payload = &r.Hash
			list = append(list, named{r.Name(), body})
		}
		body := e.Encode()
		r := archive.Record{Kind: archive.EventRecord, Hash: belenios.HashOf(body)}
		head = &archive.Head{Height: e.Height, Hash: r.Hash}
		list = append(list, named{r.Name(), body})
	}
	if change != nil {
		list = change(list)
	}
	var out []byte
	for _, n := range list {
		out = archive.AppendRecord(out, n.name, n.body, s.header.Timestamp)
	}
	return out
}

// named is a record as it stands in the tar file.
type named struct {
	name string
	body []byte
}
