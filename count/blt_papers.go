package count

import (
	"bytes"
	"runtime"
)

// expect makes room for the papers of a file whose size is known: a place of a
// ranking takes about two and a half bytes, a line about twenty-five.
func (b *Ballots) expect(size int64) {
	size = min(size, 1<<31)
	b.prefs = make([]uint16, 0, size*2/5)
	b.start = make([]uint32, 0, size/25)
	b.papers = make([]uint32, 0, size/25)
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
		got := newParser(len(b.Candidates), names).block(lines, nil)
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
	// Blocks and buffers are used again: a large file would otherwise cost as much
	// memory again as it has bytes.
	blocks := make(chan *block, 2*workers+2)
	buffers := make(chan []byte, 2*workers+2)
	in.spare = buffers
	for range workers {
		go func() {
			parse := newParser(len(b.Candidates), names)
			for j := range jobs {
				var used *block
				select {
				case used = <-blocks:
				default:
				}
				j.done <- parse.block(j.lines, used)
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
			give(blocks, got)
			give(buffers, j.lines)
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

// give puts something up for use again, if there is room.
func give[T any](to chan T, v T) {
	select {
	case to <- v:
	default:
	}
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
