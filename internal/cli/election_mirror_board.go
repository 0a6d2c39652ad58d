package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// A board is the page of a contest on a site of ours, with the archive and the signed
// heads below its address. A head that is signed cannot be disowned: two of one height
// that differ prove that somebody was shown another archive.

// board is where a board is, as its address says.
type board struct {
	at   string // without a slash at the end
	uuid string
}

// boardOf says whether a source is the address of a board.
func boardOf(source string) (board, bool) {
	u, err := url.Parse(source)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return board{}, false
	}
	u.RawQuery, u.Fragment = "", ""
	u.Path = strings.TrimSuffix(u.Path, "/")
	before, uuid := path.Split(u.Path)
	if path.Base(before) != "board" || uuid == "" {
		return board{}, false
	}
	return board{u.String(), uuid}, true
}

// signedHead is a head with the note that it was signed in.
type signedHead struct {
	archive.Head
	note string
}

// watch is what a mirror of a board knows besides the archive.
type watch struct {
	board
	key   note.Verifier
	heads []signedHead // those that were kept, and those that the board shows now
	fresh int          // how many of them are new
}

// look reads the key and the signed heads of a board and keeps them. Each head must be
// signed by the key that was kept at first, and none may say otherwise than one kept
// before, here or by the others whose files are given.
func (m mirror) look(b board, others []string) (*watch, error) {
	w := &watch{board: b}
	if err := m.boardKey(w); err != nil {
		return nil, err
	}
	kept, err := m.notes(w, m.notesFile(b.uuid))
	if err != nil {
		return nil, err
	}
	text, err := m.text(b.at + "/heads")
	if err != nil {
		return nil, err
	}
	shown, err := w.read(text)
	if err != nil {
		return nil, m.cry(b.uuid, text, "the board's heads cannot be trusted: "+err.Error())
	}
	if len(shown) == 0 {
		return nil, fault.Errorf(fault.Invalid, "%s shows no signed head", b.at)
	}
	if err := m.agree(w, shown, "the board"); err != nil {
		return nil, err
	}
	if err := m.stillThere(w, kept, shown); err != nil {
		return nil, err
	}
	for _, path := range others {
		theirs, err := m.notes(w, path)
		if err != nil {
			return nil, err
		}
		if len(theirs) == 0 {
			return nil, fault.Errorf(fault.Invalid, "%s holds no signed heads", path)
		}
		if err := m.agree(w, theirs, path); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// boardKey reads the key of the board. At first it is kept; from then on it may not be
// another.
func (m mirror) boardKey(w *watch) error {
	text, err := m.text(w.at + "/key")
	if err != nil {
		return err
	}
	line := strings.TrimSpace(string(text))
	key, err := note.NewVerifier(line)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "what %s/key gives is no key", w.at)
	}
	if !strings.HasSuffix(key.Name(), "/board/"+w.uuid) {
		return fault.Errorf(fault.Conflict, "the key at %s is that of %q", w.at, key.Name())
	}
	w.key = key
	file := filepath.Join(m.dir, w.uuid+".key")
	before, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		pf(m.Out, "%s: heads are signed by %s, kept from now on; compare it with the others who watch\n", w.uuid, line)
		return os.WriteFile(file, append([]byte(line), '\n'), publicMode)
	case err != nil:
		return err
	case strings.TrimSpace(string(before)) != line:
		return m.cry(w.uuid, text, fmt.Sprintf("the board's key was %s when it was first seen and is %s now: what it signed before it could disown", strings.TrimSpace(string(before)), line))
	}
	return nil
}

// notesFile has every signed head that was seen, as it was signed.
func (m mirror) notesFile(uuid string) string { return filepath.Join(m.dir, uuid+".notes") }

// notes reads such a file into what is known; one that is not there is empty if it is
// our own.
func (m mirror) notes(w *watch, path string) ([]signedHead, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && path == m.notesFile(w.uuid) {
		return nil, nil
	}
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the signed heads %s cannot be read", path)
	}
	list, err := w.read(text)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the signed heads %s cannot be read", path)
	}
	if path == m.notesFile(w.uuid) {
		w.heads = list
	}
	return list, nil
}

// read reads notes that follow each other with an empty line between, and checks what
// each is signed by.
func (w *watch) read(text []byte) ([]signedHead, error) {
	var out []signedHead
	for _, one := range splitNotes(string(text)) {
		height, root, err := journal.OpenCheckpoint(one, w.key.Name(), w.key)
		if err != nil {
			return nil, err
		}
		out = append(out, signedHead{archive.Head{Height: int(height), Hash: belenios.Hash(root)}, one})
	}
	return out, nil
}

// splitNotes takes a text of several notes apart: each is some lines, an empty one and
// lines of signatures, which begin with a dash.
func splitNotes(text string) []string {
	var out []string
	var one strings.Builder
	signed := false
	for line := range strings.Lines(text) {
		signature := strings.HasPrefix(line, "— ")
		if signed && !signature {
			out = append(out, one.String())
			one.Reset()
			signed = false
		}
		if one.Len() == 0 && strings.TrimSpace(line) == "" {
			continue
		}
		signed = signed || signature
		one.WriteString(line)
	}
	if one.Len() > 0 {
		out = append(out, one.String())
	}
	return out
}

// agree takes heads that somebody shows into what is known. One that says otherwise
// than a head of the same height is the proof of a fork, and is kept beside it.
func (m mirror) agree(w *watch, shown []signedHead, who string) error {
	known := map[int]signedHead{}
	for _, h := range w.heads {
		known[h.Height] = h
	}
	var fresh []signedHead
	for _, h := range shown {
		before, ok := known[h.Height]
		if ok && before.Hash != h.Hash {
			return m.cry(w.uuid, []byte(before.note+"\n"+h.note), fmt.Sprintf(
				"two heads of event %d are signed and differ, %s and, from %s, %s: somebody is shown another archive", h.Height, before.Hash, who, h.Hash))
		}
		if !ok {
			known[h.Height] = h
			fresh = append(fresh, h)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	f, err := os.OpenFile(m.notesFile(w.uuid), os.O_WRONLY|os.O_APPEND|os.O_CREATE, publicMode)
	if err != nil {
		return err
	}
	for _, h := range fresh {
		if err == nil {
			_, err = f.WriteString(h.note + "\n")
		}
	}
	if err == nil {
		err = f.Sync()
	}
	w.heads, w.fresh = append(w.heads, fresh...), w.fresh+len(fresh)
	return errors.Join(err, f.Close())
}

// stillThere finds heads that were shown before and are not shown any more.
func (m mirror) stillThere(w *watch, kept, shown []signedHead) error {
	there := map[int]bool{}
	for _, h := range shown {
		there[h.Height] = true
	}
	for _, h := range kept {
		if !there[h.Height] {
			return m.cry(w.uuid, []byte(h.note), fmt.Sprintf("the board does not show the head of event %d any more, which it signed", h.Height))
		}
	}
	return nil
}

// fits compares the signed heads with the archive that is shown beside them.
func (m mirror) fits(w *watch, file string, r *archive.Report) error {
	events, err := eventsOf(file)
	if err != nil {
		return err
	}
	last := 0
	for _, h := range w.heads {
		last = max(last, h.Height)
		switch hash, there := events[h.Height]; {
		case there && hash != h.Hash:
			return m.cry(w.uuid, []byte(h.note), fmt.Sprintf("the board signed %s for event %d, and in the archive that it shows it is %s", h.Hash, h.Height, hash))
		case !there && !closedToUs(r):
			return m.cry(w.uuid, []byte(h.note), fmt.Sprintf("the board signed a head of event %d, and the archive that it shows ends with event %d: something is held back", h.Height, r.Head.Height))
		}
	}
	pf(m.Out, "%s: %s, %d of them new, the last of event %d; every one fits\n", w.uuid, plural(len(w.heads), "signed head", "signed heads"), w.fresh, last)
	if last > r.Head.Height {
		pf(m.Out, "%s: events %d to %d open ranked votes and are not shown to everybody; their heads are kept, so that they cannot be changed any more\n", w.uuid, r.Head.Height+1, last)
	}
	return nil
}

// closedToUs says that an archive ends where single rankings would begin to be
// readable, which the rules of the poll can keep to some.
func closedToUs(r *archive.Report) bool {
	if r.Stage != archive.Decrypting || r.Election == nil {
		return false
	}
	mixed := false
	for _, t := range r.Election.Trustees {
		if t.Decrypted {
			return false
		}
		mixed = mixed || t.Shuffled
	}
	return mixed
}

// eventsOf are the hashes of the events of an archive, by height.
func eventsOf(path string) (map[int]belenios.Hash, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	r, err := archive.NewReader(f)
	if err != nil {
		return nil, err
	}
	out := map[int]belenios.Hash{}
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		if rec.Kind != archive.EventRecord {
			continue
		}
		e, err := archive.ParseEvent(rec.Body)
		if err != nil {
			return nil, err
		}
		out[e.Height] = rec.Hash
	}
}

// cry keeps what proves it and ends with an error.
func (m mirror) cry(uuid string, proof []byte, why string) error {
	name := filepath.Join(m.dir, "refused-"+uuid+"-"+m.World.Now().Format("20060102-150405")+".txt")
	if err := os.WriteFile(name, proof, publicMode); err != nil {
		return err
	}
	say(m.Err, "%s: %s; the proof is kept in %s: show it to the others who watch, and to whoever runs the election", m.source, why, name)
	return errFound
}

// maxText bounds what is read of a key and of heads.
const maxText = 64 << 20

// text fetches a small file.
func (m mirror) text(address string) ([]byte, error) {
	answer, cancel, err := m.get(address, nil)
	if err != nil {
		return nil, err
	}
	defer cancel()
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxText))
	err = errors.Join(err, answer.Body.Close())
	if err == nil && answer.StatusCode != http.StatusOK {
		err = errors.New("it answered " + answer.Status)
	}
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "%s could not be fetched", address)
	}
	return body, nil
}

// get asks for something. The caller closes the body and cancels after it.
func (m mirror) get(address string, header http.Header) (*http.Response, context.CancelFunc, error) {
	ctx, cancel := context.WithTimeout(m.ctx, time.Hour)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		cancel()
		return nil, nil, fault.Wrap(fault.Invalid, err, "%s is not an address", address)
	}
	for name, values := range header {
		request.Header[name] = values
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		cancel()
		return nil, nil, fault.Wrap(fault.Invalid, err, "%s could not be fetched", address)
	}
	return answer, cancel, nil
}

// fetchMore brings what we have of a board's archive up to date: only what was added
// is fetched. That the whole hangs together is for the verification to say.
func (m mirror) fetchMore(b board) (path string, err error) {
	kept := filepath.Join(m.dir, b.uuid+".bel")
	f, err := os.CreateTemp(m.dir, "fetched-*.part")
	if err != nil {
		return "", fault.Wrap(fault.Invalid, err, "the folder %s cannot be written to", m.dir)
	}
	defer func() {
		if err = errors.Join(err, f.Close()); err != nil {
			path, err = "", errors.Join(err, os.Remove(f.Name()))
		}
	}()
	have, err := copyInto(f, kept)
	if err != nil {
		return "", err
	}
	header := http.Header{}
	if have > 0 {
		header.Set("Range", fmt.Sprintf("bytes=%d-", have))
	}
	address := b.at + "/archive.bel"
	answer, cancel, err := m.get(address, header)
	if err != nil {
		return "", err
	}
	defer cancel()
	defer func() { err = errors.Join(err, answer.Body.Close()) }()
	switch begin, size := rangeOf(answer); {
	case answer.StatusCode == http.StatusRequestedRangeNotSatisfiable && have > 0 && size == have:
		return f.Name(), nil // nothing was added
	case answer.StatusCode == http.StatusPartialContent && begin == have:
	case answer.StatusCode == http.StatusRequestedRangeNotSatisfiable && have > 0:
		return "", m.refuseShorter(b, size, have)
	case answer.StatusCode == http.StatusOK:
		if have > 0 {
			if err := f.Truncate(0); err != nil {
				return "", err
			}
			if _, err := f.Seek(0, io.SeekStart); err != nil {
				return "", err
			}
		}
	default:
		return "", fault.Errorf(fault.Invalid, "%s answered %s", address, answer.Status)
	}
	n, err := io.Copy(f, io.LimitReader(answer.Body, maxArchive))
	if err == nil && n == maxArchive {
		err = errors.New("it does not end")
	}
	if err != nil {
		return "", fault.Wrap(fault.Invalid, err, "%s could not be fetched", address)
	}
	return f.Name(), f.Sync()
}

// refuseShorter is for an archive that has less than it had.
func (m mirror) refuseShorter(b board, size, have int64) error {
	return m.cry(b.uuid, fmt.Appendf(nil, "%s had %d bytes on an earlier visit and has %d now\n", b.at, have, size),
		fmt.Sprintf("the archive had %d bytes and has %d now: something was taken out", have, size))
}

// copyInto copies what was kept and says how much it is.
func copyInto(f *os.File, kept string) (int64, error) {
	in, err := os.Open(kept)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(f, in)
	return n, errors.Join(err, in.Close())
}

// rangeOf reads from where an answer goes and how long the whole is; -1 where it does
// not say.
func rangeOf(answer *http.Response) (begin, size int64) {
	text, ok := strings.CutPrefix(answer.Header.Get("Content-Range"), "bytes ")
	span, whole, cut := strings.Cut(text, "/")
	if !ok || !cut {
		return -1, -1
	}
	size, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		size = -1
	}
	first, _, _ := strings.Cut(span, "-")
	if begin, err = strconv.ParseInt(first, 10, 64); err != nil {
		begin = -1
	}
	return begin, size
}
