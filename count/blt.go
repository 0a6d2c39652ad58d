package count

import (
	"bytes"
	"fmt"
	"io"
)

// A SyntaxError says where a file of papers cannot be read and what to do.
type SyntaxError struct {
	Line    int
	Problem string
	Remedy  string // may be empty
}

// Error is one line: where, what, and what to do.
func (e *SyntaxError) Error() string {
	text := fmt.Sprintf("line %d: %s", e.Line, e.Problem)
	if e.Remedy != "" {
		text += ": " + e.Remedy
	}
	return text
}

const (
	blockSize = 1 << 20
	longest   = 1 << 20 // of a line
)

// ReadBLT reads papers in the BLT format, as much of it as is in use:
//
//	3 2                     candidates, seats
//	-3                      candidate 3 has withdrawn (may be left out)
//	[nick ann bea cat]      names to use instead of numbers; also [withdrawn ...]
//	[tie 2 1 3]             and [tie ...], an order of lot drawn beforehand
//	4 1 2 0                 four papers with candidate 1 first, 2 second
//	2 2=3 1 0               two papers that rank 2 and 3 equal first
//	1 3 - 1 0               one that left its second place out
//	5 2                     the closing 0 may be missing
//	0                       end of the papers; may be missing before the names
//	"Ann \"Annie\" Baker"   names, in quotes; all of them may be missing
//	"Bea Carter"
//	"Cat Dunne"
//	"Staff council 2026"    title; up to two more texts may follow
//
// A # begins a comment up to the end of its line, except inside quotes; lines
// may end in CR LF; a byte order mark is passed over. Every paper or group of
// papers has a line of its own. After a title and two more texts any further
// lines are kept in Remarks unread; anything else that does not belong is
// refused with its line.
//
// The file is read in blocks by as many workers as there are processors.
func ReadBLT(r io.Reader) (*Ballots, error) {
	in := newSource(r)
	b, names, err := readHead(in)
	if err != nil {
		return nil, err
	}
	b.expect(max(0, in.size))
	rest, err := readPapers(in, b, names)
	if err != nil {
		return nil, err
	}
	if err := readTail(rest, b); err != nil {
		return nil, err
	}
	return b, nil
}

// ParseBLT reads papers from memory; see [ReadBLT].
func ParseBLT(data []byte) (*Ballots, error) { return ReadBLT(bytes.NewReader(data)) }
