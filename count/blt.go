package count

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"runtime"
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

// expect makes room for the papers of a file whose size is known: a place of a
// ranking takes about two and a half bytes, a line about twenty-five.
func (b *Ballots) expect(size int64) {
	size = min(size, 1<<31)
	b.prefs = make([]uint16, 0, size*2/5)
	b.start = make([]uint32, 0, size/25)
	b.papers = make([]uint32, 0, size/25)
}

// sizeOf is how many bytes a reader holds, or -1 where that cannot be told.
func sizeOf(r io.Reader) int64 {
	switch v := r.(type) {
	case interface{ Len() int }:
		return int64(v.Len())
	case interface{ Stat() (fs.FileInfo, error) }:
		if info, err := v.Stat(); err == nil && info.Mode().IsRegular() {
			return info.Size()
		}
	}
	return -1
}

// source hands out a reader's bytes in whole lines and counts them.
type source struct {
	r    io.Reader
	held []byte // read but not handed out
	line int    // of the first held byte
	done bool
	size int64 // of the whole input, or -1
}

func newSource(r io.Reader) *source { return &source{r: r, line: 1, size: sizeOf(r)} }

// next returns whole lines, at least one unless the input is at its end, and the
// number of the first. The last line gets a newline if it has none. The caller
// owns the bytes.
func (s *source) next() ([]byte, int, error) {
	if s.done && len(s.held) > 0 && s.held[len(s.held)-1] == '\n' {
		buf, line := s.held, s.line
		s.held = nil
		s.line += bytes.Count(buf, []byte{'\n'})
		return buf, line, nil
	}
	size := blockSize
	if s.size >= 0 && s.size < blockSize {
		size = int(s.size) + 64 // room to see the end, and for a last newline
	}
	buf := make([]byte, max(size, len(s.held)+size/2))
	n := copy(buf, s.held)
	s.held = nil
	for {
		if !s.done {
			k, err := io.ReadFull(s.r, buf[n:])
			n += k
			if err == io.EOF || err == io.ErrUnexpectedEOF {
				s.done = true
			} else if err != nil {
				return nil, 0, err
			}
		}
		line := s.line
		if s.done {
			buf = buf[:n]
			if n > 0 && buf[n-1] != '\n' {
				buf = append(buf, '\n')
			}
			s.line += bytes.Count(buf, []byte{'\n'})
			return buf, line, nil
		}
		if cut := bytes.LastIndexByte(buf[:n], '\n') + 1; cut > 0 {
			s.held = bytes.Clone(buf[cut:n])
			s.line += bytes.Count(buf[:cut], []byte{'\n'})
			return buf[:cut], line, nil
		}
		if n > longest {
			return nil, 0, &SyntaxError{line, "the line is longer than a million characters", "put every paper on a line of its own"}
		}
		buf = append(buf, make([]byte, len(buf))...)
	}
}

// back returns lines that were handed out last but not used.
func (s *source) back(lines []byte, line int) {
	if s.held != nil {
		lines = append(bytes.Clone(lines), s.held...)
	}
	s.held, s.line = lines, line
}

// readPapers reads the lines of papers and puts them into b in their order. It
// returns what follows them.
func readPapers(in *source, b *Ballots, names nicknames) (*source, error) {
	if in.done {
		// A small file: all of it has been read already.
		lines, line, err := in.next()
		if err != nil {
			return nil, err
		}
		got := newParser(len(b.Candidates), names).block(lines)
		if err := b.take(got, line); err != nil {
			return nil, err
		}
		if got.end >= 0 {
			in.back(lines[got.end:], line+bytes.Count(lines[:got.end], []byte{'\n'}))
		}
		return in, nil
	}
	return readBlocks(in, b, names)
}

// job is one block of lines on its way through the workers.
type job struct {
	lines []byte
	line  int
	err   error
	done  chan *block
}

// readBlocks reads a large file with as many workers as there are processors.
func readBlocks(in *source, b *Ballots, names nicknames) (*source, error) {
	workers := max(1, runtime.GOMAXPROCS(0))
	jobs := make(chan *job, workers)
	queue := make(chan *job, workers) // the same jobs, in order
	stop := make(chan struct{})
	for range workers {
		go func() {
			parse := newParser(len(b.Candidates), names)
			for j := range jobs {
				j.done <- parse.block(j.lines)
			}
		}()
	}
	go cut(in, jobs, queue, stop)
	after := &source{r: in.r, size: -1}
	found := false
	var failed error
	for j := range queue {
		got := <-j.done
		switch {
		case failed != nil:
		case j.err != nil:
			failed = j.err
		case found:
			after.held = append(after.held, j.lines...)
		default:
			failed = b.take(got, j.line)
			if found = failed == nil && got.end >= 0; found {
				after.held = bytes.Clone(j.lines[got.end:])
				after.line = j.line + bytes.Count(j.lines[:got.end], []byte{'\n'})
			}
		}
		if stop != nil && (failed != nil || found) {
			close(stop)
			stop = nil
		}
	}
	if failed != nil {
		return nil, failed
	}
	after.held = append(after.held, in.held...)
	after.done = in.done
	if !found {
		after.line = in.line
	}
	return after, nil
}

// cut cuts the input into jobs until it ends or nobody wants more. A job that was
// not wanted is queued all the same: its lines belong to what follows the papers.
func cut(in *source, jobs, queue chan<- *job, stop <-chan struct{}) {
	defer close(queue)
	defer close(jobs)
	for {
		j := &job{done: make(chan *block, 1)}
		j.lines, j.line, j.err = in.next()
		wanted := j.err == nil && len(j.lines) > 0
		select {
		case <-stop:
			wanted = false
		default:
		}
		queue <- j
		if !wanted {
			j.done <- &block{end: -1}
			return
		}
		jobs <- j
	}
}

// take appends a block's papers.
func (b *Ballots) take(got *block, line int) error {
	if got.fault != nil {
		got.fault.Line += line
		return got.fault
	}
	if b.total+got.total > MaxPapers {
		return &SyntaxError{line, "there are more than a thousand million papers", "count them in parts, or check how many papers each line stands for"}
	}
	if int64(len(b.prefs))+int64(len(got.prefs)) > 1<<32-1 {
		return &SyntaxError{line, "there are more than four thousand million preferences", "join equal papers on one line"}
	}
	base := uint32(len(b.prefs))
	b.prefs = append(b.prefs, got.prefs...)
	for _, s := range got.start {
		b.start = append(b.start, base+s)
	}
	b.papers = append(b.papers, got.papers...)
	b.blank += got.blank
	b.total += got.total
	return nil
}
