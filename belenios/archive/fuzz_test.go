package archive_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/archive"
)

// Whatever bytes are given to the reader, it does not crash, and what it reads
// is what it would write.
func FuzzReader(f *testing.F) {
	s := story{header: header, chapters: []chapter{{archive.Setup, setup()}, {archive.Ballot, [][]byte{[]byte("{}")}}, {archive.EndBallots, nil}}}
	text := s.write()
	f.Add(text)
	f.Add(text[:1500])
	f.Add(append(bytes.Clone(text), make([]byte, 1024)...))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := archive.NewReader(bytes.NewReader(text))
		if err != nil {
			return
		}
		again := archive.AppendRecord(nil, "BELENIOS", r.Header().Encode(), r.Header().Timestamp)
		for {
			rec, err := r.Next()
			if err != nil {
				if errors.Is(err, io.EOF) && !bytes.Equal(again, text) {
					t.Fatal("it was read and would be written otherwise")
				}
				return
			}
			again = archive.AppendRecord(again, rec.Name(), rec.Body, r.Header().Timestamp)
			if !bytes.HasPrefix(text, again) || r.Offset() != int64(len(again)) {
				t.Fatalf("record %s was read and would be written otherwise", rec.Name())
			}
		}
	})
}

// An event that is read is what would be written.
func FuzzEvent(f *testing.F) {
	h := belenios.HashOf(nil)
	f.Add(archive.Event{Type: archive.Setup, Payload: &h}.Encode())
	f.Add(archive.Event{Type: archive.EndBallots, Parent: &h, Height: 7}.Encode())
	f.Add([]byte(`{"height":0,"height":1,"type":"Setup"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		if e, err := archive.ParseEvent(text); err == nil && !bytes.Equal(e.Encode(), text) {
			t.Fatalf("%q was read and would be written %q", text, e.Encode())
		}
	})
}

// A header and a head that are read are what would be written.
func FuzzHeader(f *testing.F) {
	f.Add(header.Encode())
	f.Add([]byte(`{"version":1,"timestamp":"01"}`))
	f.Add([]byte(archive.Head{Height: 3}.String()))
	f.Fuzz(func(t *testing.T, text []byte) {
		if h, err := archive.ParseHeader(text); err == nil && !bytes.Equal(h.Encode(), text) {
			t.Fatalf("%q was read and would be written %q", text, h.Encode())
		}
		if h, err := archive.ParseHead(string(text)); err == nil && h.String() != string(text) {
			t.Fatalf("%q was read and would be written %q", text, h)
		}
	})
}

// An archive that was changed in any way, by somebody who puts hashes and chain
// in order again, is refused; or it has not come to its end; or its result is
// the same.
func FuzzVerify(f *testing.F) {
	p := counting()
	p.Voters, p.Again = 4, []int{1}
	x := newTarget(f, p)
	result := fmt.Sprint(verify(f, x.text).Questions)
	for kind := range byte(edits) {
		f.Add([]byte{kind, 2, 3, 100, 0})
		f.Add([]byte{kind, 5, 4, 9, 1, kind, 9, 3, 200, 0})
	}
	f.Fuzz(func(t *testing.T, program []byte) {
		if len(program) > 40 {
			return
		}
		s := x.story.copy()
		for ; len(program) >= 5 && len(s.chapters) > 0; program = program[5:] {
			s.edit(program)
		}
		text := s.write()
		r, err := archive.Verify(context.Background(), bytes.NewReader(text), int64(len(text)), archive.Options{})
		switch {
		case err != nil:
			t.Fatal(err)
		case r.Verdict == archive.Verified && fmt.Sprint(r.Questions) != result:
			t.Fatalf("accepted with another result:\n%s", r.Text())
		case r.Verdict == archive.Unfinished && r.Stage == archive.Finished, r.Verdict == archive.Refused && r.OK():
			t.Fatalf("the verdict %s does not fit:\n%s", r.Verdict, r.Text())
		}
	})
}

// edits is how many kinds of changes [story.edit] makes.
const edits = 7

// edit makes one change that five bytes describe: its kind, two places, an
// amount, and whether what refers to a changed record is mended.
func (s *story) edit(program []byte) {
	at, other := int(program[1])%len(s.chapters), int(program[2])%len(s.chapters)
	switch program[0] % edits {
	case 0:
		s.remove(at)
	case 1:
		s.chapters[at], s.chapters[other] = s.chapters[other], s.chapters[at]
	case 2:
		s.insert(other, s.chapters[at])
	case 3:
		s.chapters = s.chapters[:at+1]
	case 4:
		s.chapters[at].kind = s.chapters[other].kind
	default:
		s.alter(&s.chapters[at], program)
	}
}

// alter changes a byte of a record, or puts one record in the place of another.
func (s *story) alter(c *chapter, program []byte) {
	if len(c.data) == 0 {
		return
	}
	n := int(program[2]) % len(c.data)
	body := bytes.Clone(c.data[n])
	if program[0]%edits == 5 && len(body) > 0 {
		body[len(body)*int(program[3])/256] ^= 1 + program[4]>>1
	} else if other := s.chapters[int(program[3])%len(s.chapters)]; len(other.data) > 0 {
		body = other.data[int(program[4])%len(other.data)]
	}
	old, now := belenios.HashOf(c.data[n]).String(), belenios.HashOf(body).String()
	c.data[n] = body
	if program[4]&1 == 1 {
		for i := range c.data {
			c.data[i] = bytes.ReplaceAll(c.data[i], []byte(old), []byte(now))
		}
	}
}
