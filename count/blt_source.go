package count

import (
	"bytes"
	"io"
	"io/fs"
)

// source hands out a reader's bytes in whole lines and counts them.
type source struct {
	r    io.Reader
	held []byte // read but not handed out
	line int    // of the first held byte
	done bool
	size int64 // of the whole input, or -1
	// spare are buffers that may be used again; nil where there are none.
	spare <-chan []byte
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
	buf := s.buffer(max(size, len(s.held)+size/2))
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

// buffer is a new buffer, or one used before that is large enough.
func (s *source) buffer(size int) []byte {
	select {
	case buf := <-s.spare:
		if cap(buf) >= size {
			return buf[:cap(buf)]
		}
	default:
	}
	return make([]byte, size, size+64)
}

// back returns lines that were handed out last but not used.
func (s *source) back(lines []byte, line int) {
	if s.held != nil {
		lines = append(bytes.Clone(lines), s.held...)
	}
	s.held, s.line = lines, line
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
