package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/base/fault"
)

func electionMirrorCommand() command {
	return command{
		name:  "election mirror",
		args:  "SOURCE",
		about: "Keep a copy of an archive, and cry out if it ever does more than grow",
		help: `Fetches the archive from a web address or a file, verifies it, and checks that everything
it had when it was last fetched is still in it. Run it again and again, from a place that
whoever runs the election does not control. The folder holds UUID.bel, the archive, and
UUID.heads, every head that was seen.

SOURCE may be the address of a vote's board, https://HOST/board/UUID. The heads that the board
signs are then kept too, in UUID.notes, with the key that it signed with at first, in UUID.key.
Every signed head must fit the archive, and stay; two of one event that differ are the proof of
a fork. What others kept can be compared with --others.

If the archive was changed, cut or swapped for another, or does not verify, the copy is left
as it was, what was fetched is kept beside it as evidence, and the exit code is 1.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			out := f.String("out", "", "`folder` of the mirror")
			var others paths
			f.Var(&others, "others", "`file` of signed heads that somebody else kept of this board; may be given again")
			return func(c *call) error {
				if *out == "" {
					return usagef("give --out, the folder of the mirror")
				}
				if err := folder(*out); err != nil {
					return err
				}
				m := mirror{call: c, source: c.args[0], dir: *out}
				b, onBoard := boardOf(m.source)
				if !onBoard && len(others) > 0 {
					return usagef("--others goes with the address of a board: https://HOST/board/UUID")
				}
				if !onBoard {
					return m.run(m.fetch, nil)
				}
				// The heads come first: the archive then has all that they are heads of.
				w, err := m.look(b, others)
				if err != nil {
					return err
				}
				return m.run(func() (string, error) { return m.fetchMore(b) }, w)
			}
		},
	}
}

// mirror is one look at an archive.
type mirror struct {
	*call
	source, dir string
}

// maxArchive bounds what is fetched.
const maxArchive = 1 << 34

// run looks at what fetch brings; w is nil where the source is no board.
func (m mirror) run(fetch func() (string, error), w *watch) (err error) {
	path, err := fetch()
	if err != nil {
		return err
	}
	defer func() {
		if rmErr := os.Remove(path); err == nil && !errors.Is(rmErr, fs.ErrNotExist) {
			err = rmErr
		}
	}()
	uuid, err := uuidOf(path)
	if err != nil {
		return m.refuse(path, "what was fetched is not an archive: "+err.Error())
	}
	if w != nil && uuid != w.uuid {
		return m.refuse(path, fmt.Sprintf("the archive is that of the election %s", uuid))
	}
	seen, err := m.seen(uuid)
	if err != nil {
		return err
	}
	options := archive.Options{Kept: seen}
	if len(seen) > 0 {
		options.Known = &seen[len(seen)-1]
	}
	e, err := m.election(path, options)
	if err != nil {
		return err
	}
	defer e.close(&err)
	if e.report.CutShort && len(e.report.Findings) == 1 { // with others, the end is no excuse
		return fault.Errorf(fault.Conflict, "%s ends in the middle of an event: it was just being written, or the transfer broke off; try again", m.source)
	}
	if !e.report.OK() {
		for _, f := range e.report.Findings {
			pf(m.Out, "  WRONG %s\n", f)
		}
		return m.refuse(path, "the archive does not verify, or did more than grow")
	}
	if w != nil {
		if err := m.fits(w, path, e.report); errors.Is(err, errFound) {
			return m.refuse(path, "the archive is not the one that was signed")
		} else if err != nil {
			return err
		}
	}
	return m.keep(path, uuid, seen, e.report)
}

// fetch puts what the source gives into a file of the mirror's folder.
func (m mirror) fetch() (path string, err error) {
	in, err := m.open()
	if err != nil {
		return "", err
	}
	defer func() { _ = in.Close() }()
	f, err := os.CreateTemp(m.dir, "fetched-*.part")
	if err != nil {
		return "", fault.Wrap(fault.Invalid, err, "the folder %s cannot be written to", m.dir)
	}
	done := m.progress("fetching " + m.source)
	n, err := io.Copy(f, io.LimitReader(in, maxArchive))
	done()
	if err == nil && n == maxArchive {
		err = fault.Errorf(fault.Invalid, "%s does not end", m.source)
	}
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err != nil {
		return "", errors.Join(fault.Wrap(fault.Invalid, err, "%s could not be fetched", m.source), os.Remove(f.Name()))
	}
	return f.Name(), nil
}

func (m mirror) open() (io.ReadCloser, error) {
	if !strings.HasPrefix(m.source, "http://") && !strings.HasPrefix(m.source, "https://") {
		path, err := archivePath(m.source)
		if err != nil {
			return nil, err
		}
		return os.Open(path)
	}
	answer, cancel, err := m.get(m.source, nil)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		cancel()
		return nil, errors.Join(fault.Errorf(fault.Invalid, "%s answered %s", m.source, answer.Status), answer.Body.Close())
	}
	return fetched{answer.Body, cancel}, nil
}

// fetched is the body of an answer, which ends the request when it is closed.
type fetched struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (f fetched) Close() error {
	defer f.cancel()
	return f.ReadCloser.Close()
}

// uuidOf reads of which election an archive is.
func uuidOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	r, err := archive.NewReader(f)
	if err != nil {
		return "", err
	}
	rec, err := r.Next()
	if err != nil {
		return "", err
	}
	e, err := belenios.ParseElection(rec.Body)
	if err != nil {
		return "", fmt.Errorf("its first record is no election: %w", err)
	}
	return e.UUID(), nil
}

// headsFile has a line for every head that was seen: when, where, and the head.
func (m mirror) headsFile(uuid string) string { return filepath.Join(m.dir, uuid+".heads") }

// seen are the heads that were seen, after a look at what this source gave
// before: it may not turn into another election.
func (m mirror) seen(uuid string) ([]archive.Head, error) {
	list, err := filepath.Glob(m.headsFile("*"))
	if err != nil {
		return nil, err
	}
	for _, path := range list {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		if path == m.headsFile(uuid) {
			continue
		}
		for line := range bytes.Lines(text) {
			if words := strings.Fields(string(line)); len(words) == 4 && words[1] == m.sourceWord() {
				return nil, fault.Errorf(fault.Conflict, "%s gave the election %s before and gives %s now: it was swapped; ask who runs it, and use another folder if it is meant to be another",
					m.source, strings.TrimSuffix(filepath.Base(path), ".heads"), uuid)
			}
		}
	}
	if _, err := os.Stat(m.headsFile(uuid)); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return m.heads([]string{m.headsFile(uuid)})
}

// sourceWord is the source as one word.
func (m mirror) sourceWord() string { return strings.ReplaceAll(m.source, " ", "%20") }

// keep puts an archive that verifies in the place of the copy.
func (m mirror) keep(path, uuid string, seen []archive.Head, r *archive.Report) error {
	head := *r.Head
	if len(seen) > 0 && seen[len(seen)-1] == head {
		pf(m.Out, "%s: nothing new, head %s\n", uuid, head)
		return nil
	}
	if err := os.Rename(path, filepath.Join(m.dir, uuid+".bel")); err != nil {
		return err
	}
	f, err := os.OpenFile(m.headsFile(uuid), os.O_WRONLY|os.O_APPEND|os.O_CREATE, publicMode)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "%s %s %s\n", m.World.Now().Format(time.RFC3339), m.sourceWord(), head)
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	if len(seen) > 0 {
		pf(m.Out, "%s: grew by %s since head %s\n", uuid, plural(head.Height-seen[len(seen)-1].Height, "event", "events"), seen[len(seen)-1])
	}
	pf(m.Out, "%s: %s, %s, head %s\n", uuid, r.Stage.Sentence(), plural(r.Ballots.Cast, "ballot", "ballots"), head)
	return nil
}

// refuse keeps what was fetched as evidence and ends with an error.
func (m mirror) refuse(path, why string) error {
	sum, err := sumOf(path)
	if err != nil {
		return err
	}
	evidence := filepath.Join(m.dir, "refused-"+sum[:16]+".bel")
	if err := os.Rename(path, evidence); err != nil {
		return err
	}
	say(m.Err, "%s: %s; what was fetched is kept in %s: show it to the others who watch, and to whoever runs the election", m.source, why, evidence)
	return errFound
}

// sumOf is the hash of a file.
func sumOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), err
}
