package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"commonweal/belenios/archive"
	"commonweal/internal/base/fault"
)

// The commands `election ...` run an election by hand. Everybody works on a copy
// of the archive on a machine of their own; what they make is a file that the
// administrator adds. Each command first verifies the archive it is given and
// goes no further if something is wrong with it.

// chance is the random source of a command.
type chance struct{ c *call }

func (r chance) Read(p []byte) (int, error) {
	r.c.World.Bytes(p)
	return len(p), nil
}

// archivePath finds the archive: a file, or the only one in a folder.
func archivePath(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", fault.Wrap(fault.Invalid, err, "the archive cannot be opened")
	}
	if !info.IsDir() {
		return path, nil
	}
	list, err := filepath.Glob(filepath.Join(path, "*.bel"))
	if err != nil {
		return "", err
	}
	if len(list) != 1 {
		return "", fault.Errorf(fault.Invalid, "the folder %s has %d files that end in .bel; name the one you mean", path, len(list))
	}
	return list[0], nil
}

// election verifies an archive and returns what it holds. The caller closes it.
func (c *call) election(path string, o archive.Options) (*openElection, error) {
	path, err := archivePath(path)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the archive cannot be opened")
	}
	e := &openElection{file: f, path: path}
	info, err := f.Stat()
	if err == nil {
		done := c.progress("verifying " + path)
		e.state, e.report, err = archive.Load(c.ctx, f, info.Size(), o)
		done()
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return e, nil
}

type openElection struct {
	file   *os.File
	path   string
	state  *archive.State
	report *archive.Report
}

func (e *openElection) close(err *error) {
	if closeErr := e.file.Close(); *err == nil {
		*err = closeErr
	}
}

// proceed ends a command whose archive does not verify, and says why.
func (c *call) proceed(path string, r *archive.Report) error {
	if r.OK() {
		return nil
	}
	for _, f := range r.Findings {
		pf(c.Err, "  WRONG %s\n", f)
	}
	say(c.Err, "the archive %s does not verify, so nothing was done; `commonweal election verify` says more", path)
	return errFound
}

// withElection runs a step on an archive that verifies.
func (c *call) withElection(path string, step func(e *openElection) error) error {
	return c.withElectionSince(path, nil, step)
}

// withElectionSince runs a step on an archive that verifies and that heads kept
// earlier are heads of.
func (c *call) withElectionSince(path string, kept []archive.Head, step func(e *openElection) error) (err error) {
	e, err := c.election(path, archive.Options{Kept: kept})
	if err != nil {
		return err
	}
	defer e.close(&err)
	if err := c.proceed(e.path, e.report); err != nil {
		return err
	}
	return step(e)
}

// withBoard runs a step that adds to an archive.
func (c *call) withBoard(path string, step func(b *archive.Board) error) (err error) {
	path, err = archivePath(path)
	if err != nil {
		return err
	}
	done := c.progress("verifying " + path)
	b, opened, err := archive.Open(c.ctx, path, archive.Options{})
	done()
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the archive %s cannot be added to", path)
	}
	if opened.Cut != nil {
		say(c.Err, "%s: %s", path, opened.Cut)
	}
	if err := c.proceed(path, opened.Report); err != nil {
		return err
	}
	defer func() {
		if closeErr := b.Close(); err == nil {
			err = closeErr
		}
	}()
	return step(b)
}

// readSmall reads a file that a person was sent, or standard input for "-".
func (c *call) readSmall(path, what string) ([]byte, error) {
	const limit = 1 << 30
	in := c.In
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "the %s cannot be opened", what)
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, limit+1))
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the %s cannot be read", what)
	}
	if len(data) > limit {
		return nil, fault.Errorf(fault.Invalid, "the %s %s is larger than any can be", what, path)
	}
	return data, nil
}

// line is the only line of a file; the end of the line does not belong to it.
func (c *call) line(path, what string) ([]byte, error) {
	data, err := c.readSmall(path, what)
	return bytes.TrimRight(data, "\r\n"), err
}

// linesOf are the lines of several files together.
func (c *call) linesOf(files []string, what string) ([][]byte, error) {
	var out [][]byte
	for _, path := range files {
		data, err := c.readSmall(path, what)
		if err != nil {
			return nil, err
		}
		for line := range bytes.Lines(data) {
			if line = bytes.TrimRight(line, "\r\n"); len(line) > 0 {
				out = append(out, line)
			}
		}
	}
	if len(out) == 0 {
		return nil, usagef("give the %s", what)
	}
	return out, nil
}

// The modes of the files that are written: secrets are their owner's alone.
const (
	secretMode fs.FileMode = 0o600
	publicMode fs.FileMode = 0o644
)

// keep writes a new file. It never overwrites one: a key that is gone cannot be
// made again.
func keep(path string, mode fs.FileMode, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if errors.Is(err, fs.ErrExist) {
		return fault.Errorf(fault.Conflict, "the file %s is there already and is not overwritten", path)
	}
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the file %s cannot be made", path)
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// lines joins lines and ends each.
func lines(list ...[]byte) []byte {
	return append(bytes.Join(list, []byte("\n")), '\n')
}

// deliver writes what somebody made for somebody else: to a new file, or to
// standard output.
func (c *call) deliver(path string, data []byte) error {
	if path == "" || path == "-" {
		_, err := c.Out.Write(data)
		return err
	}
	return keep(path, publicMode, data)
}

// after says what was made: on standard output, unless that is where it went.
func (c *call) after(out, format string, args ...any) {
	if out == "" || out == "-" {
		say(c.Err, format, args...)
		return
	}
	pf(c.Out, format+"\n", args...)
}

// folder makes a folder for files.
func folder(path string) error {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return fault.Wrap(fault.Invalid, err, "the folder %s cannot be made", path)
	}
	return nil
}

// plural counts things in words.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
