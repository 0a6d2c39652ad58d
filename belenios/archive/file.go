package archive

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// File is an archive on disk that steps are added to. One process at a time has
// it open; what [File.Append] has returned for is on the disk.
type File struct {
	f      *os.File
	header Header
	head   *Head
	end    int64
	broken error // why nothing can be added any more
}

// Cut tells what was cut off the end of a file that a stopped program left.
type Cut struct {
	At    int64 // the new length: the end of the last whole event
	Bytes int64 // how many were cut off
}

func (c Cut) String() string {
	return fmt.Sprintf("the last %d bytes were of an event that was never finished; the archive was cut back to its last whole event, at byte %d", c.Bytes, c.At)
}

// create makes an archive with its first step. It never overwrites a file, and
// leaves none behind if it fails.
func create(path string, h Header, setup ...[]byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".part-*")
	if err != nil {
		return err
	}
	defer func() {
		if rmErr := os.Remove(f.Name()); !errors.Is(rmErr, fs.ErrNotExist) {
			err = errors.Join(err, rmErr)
		}
	}()
	first, _ := h.step(nil, 0, addition{Setup, Voting, setup})
	_, err = f.Write(append(h.begin(), first...))
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err != nil {
		return err
	}
	if err := publish(f.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// publish gives a file its name unless there is one of that name. Memory sticks
// have no links; there the file is renamed.
func publish(from, to string) error {
	err := os.Link(from, to)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, statErr := os.Lstat(to); !errors.Is(statErr, fs.ErrNotExist) {
		return err
	}
	return os.Rename(from, to)
}

// open opens an archive for adding to it, reads every step of it and gives it
// to visit. If the program that wrote it was stopped in the middle of an event,
// it cuts the file back to its last whole event and says so; any other fault is
// an error and nothing is changed.
func open(path string, ranked func(Step) (bool, error), visit func(Step) error) (_ *File, _ *Cut, err error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close())
		}
	}()
	if err := lock(f); err != nil {
		return nil, nil, fmt.Errorf("%s: another program has it open: %w", path, err)
	}
	r, err := NewReader(f)
	if err != nil {
		return nil, nil, err
	}
	s := NewScanner(r, ranked)
	err = walk(s, visit)
	var cut *Cut
	if err != nil {
		cut, err = cutBack(f, s, err)
		if err != nil {
			return nil, nil, err
		}
	}
	return &File{f: f, header: r.Header(), head: s.Head(), end: s.End()}, cut, nil
}

// walk gives every step to visit.
func walk(s *Scanner, visit func(Step) error) error {
	for {
		step, err := s.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := visit(step); err != nil {
			return err
		}
	}
}

// cutBack mends a file whose reading ended with the error why, if what follows
// the last whole event can be the beginning of one that was never finished.
func cutBack(f *os.File, s *Scanner, why error) (*Cut, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	unfinished := errors.Is(why, ErrTorn)
	if !unfinished {
		// Where power failed, the file may have its new length and zeros in it.
		unfinished, err = endsInZeros(f, s.r.start, info.Size())
		if err != nil {
			return nil, err
		}
	}
	if !unfinished || s.Head() == nil {
		return nil, why
	}
	cut := Cut{At: s.End(), Bytes: info.Size() - s.End()}
	if err := f.Truncate(cut.At); err != nil {
		return nil, err
	}
	return &cut, f.Sync()
}

// endsInZeros says whether everything from the given offset is zeros.
func endsInZeros(f *os.File, from, to int64) (bool, error) {
	buffer := make([]byte, 1<<16)
	for from < to {
		n, err := f.ReadAt(buffer[:min(int64(len(buffer)), to-from)], from)
		for _, c := range buffer[:n] {
			if c != 0 {
				return false, nil
			}
		}
		from += int64(n)
		if err != nil && from < to {
			return false, err
		}
	}
	return true, nil
}

// Head is the last event of the archive.
func (f *File) Head() Head { return *f.head }

// append adds events. When it returns without an error they are all on the
// disk; otherwise none of them is in the archive. After a failure of the disk
// the file takes nothing more: it must be opened anew, which looks at what is
// there.
func (f *File) append(list ...addition) ([]Step, error) {
	if f.broken != nil {
		return nil, fmt.Errorf("the archive takes nothing more since the disk failed: %w", f.broken)
	}
	var out []byte
	var steps []Step
	head := f.head
	for _, a := range list {
		text, step := f.header.step(head, f.end+int64(len(out)), a)
		out, steps, head = append(out, text...), append(steps, step), &step.Head
	}
	_, err := f.f.WriteAt(out, f.end)
	if err != nil {
		f.broken = errors.Join(err, f.f.Truncate(f.end))
		return nil, fmt.Errorf("the archive could not be written: %w", err)
	}
	if err := f.f.Sync(); err != nil {
		f.broken = err
		return nil, fmt.Errorf("the archive could not be made safe on the disk: %w", err)
	}
	f.end, f.head = f.end+int64(len(out)), head
	return steps, nil
}

// Close closes the file.
func (f *File) Close() error { return f.f.Close() }

// syncDir makes the names in a folder safe on the disk.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
