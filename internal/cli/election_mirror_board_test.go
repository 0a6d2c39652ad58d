package cli

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"commonweal/belenios"
	"commonweal/belenios/archive"
)

// pier is a server with one board, which signs whatever a test wants it to.
type pier struct {
	t       *testing.T
	uuid    string
	origin  string
	signer  note.Signer
	key     string
	archive []byte
	heads   []string
	fetched []string // what of the archive was asked for
	url     string
}

func newPier(t *testing.T, uuid string) *pier {
	t.Helper()
	p := &pier{t: t, uuid: uuid, origin: "commonweal/severn/board/" + uuid}
	p.sign()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/board/" + p.uuid + "/key":
			_, _ = io.WriteString(w, p.key+"\n")
		case "/board/" + p.uuid + "/heads":
			_, _ = io.WriteString(w, strings.Join(p.heads, "\n"))
		case "/board/" + p.uuid + "/archive.bel":
			p.fetched = append(p.fetched, r.Header.Get("Range"))
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(p.archive))
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	p.url = server.URL
	return p
}

// sign makes a key.
func (p *pier) sign() {
	p.t.Helper()
	secret, public, err := note.GenerateKey(rand.Reader, p.origin)
	if err != nil {
		p.t.Fatal(err)
	}
	if p.signer, err = note.NewSigner(secret); err != nil {
		p.t.Fatal(err)
	}
	p.key = public
}

// head signs a head.
func (p *pier) head(h archive.Head) string {
	p.t.Helper()
	signed, err := note.Sign(&note.Note{Text: fmt.Sprintf("%s\n%d\n%s\n", p.origin, h.Height, base64.StdEncoding.EncodeToString(h.Hash[:]))}, p.signer)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(signed)
}

// shows puts an archive on the board up to a height, with a signed head of its last
// event.
func (p *pier) shows(text []byte, height int) {
	p.t.Helper()
	h, end := lastEvents(p.t, text, height)
	p.archive, p.heads = text[:end], append(p.heads, p.head(h))
}

// lastEvents finds the event of a height and where it ends; -1 is the last.
func lastEvents(t *testing.T, text []byte, height int) (h archive.Head, end int64) {
	t.Helper()
	r, err := archive.NewReader(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return h, end
		}
		if err != nil {
			t.Fatal(err)
		}
		if rec.Kind != archive.EventRecord {
			continue
		}
		e, err := archive.ParseEvent(rec.Body)
		if err != nil {
			t.Fatal(err)
		}
		if height >= 0 && e.Height > height {
			return h, end
		}
		h, end = archive.Head{Height: e.Height, Hash: rec.Hash}, r.Offset()
	}
}

// held is an election that was held with the demo command.
func held(t *testing.T, args ...string) (text []byte, uuid string) {
	t.Helper()
	dir := t.TempDir()
	if code, _, said := run(append([]string{"election", "demo", "--out", dir}, args...)...); code != 0 {
		t.Fatal(said)
	}
	list, err := filepath.Glob(filepath.Join(dir, "*.bel"))
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	if text, err = os.ReadFile(list[0]); err != nil {
		t.Fatal(err)
	}
	return text, strings.TrimSuffix(filepath.Base(list[0]), ".bel")
}

// look runs the mirror.
func (p *pier) look(want int, kept, says string, args ...string) {
	p.t.Helper()
	code, out, said := run(append([]string{"election", "mirror", p.url + "/board/" + p.uuid, "--out", kept}, args...)...)
	if code != want || !strings.Contains(out+said, says) {
		p.t.Errorf("exit code %d, want %d and %q:\n%s%s", code, want, says, out, said)
	}
}

// A mirror of a board keeps the key and every signed head, fetches only what is new,
// and finds each way in which a board can go back on what it signed.
func TestElectionMirror_Board(t *testing.T) {
	text, uuid := held(t, "--group", "Ed25519", "--voters", "4", "--until", "voting")
	another, _ := lastEvents(t, text, 1)
	start := func(t *testing.T) (*pier, string) {
		p, kept := newPier(t, uuid), t.TempDir()
		p.shows(text, 0)
		p.shows(text, 2)
		p.look(0, kept, "2 signed heads, 2 of them new, the last of event 2; every one fits")
		return p, kept
	}
	t.Run("it grows", func(t *testing.T) {
		p, kept := start(t)
		p.look(0, kept, "nothing new, head 2 ")
		p.shows(text, 4)
		p.look(0, kept, "grew by 2 events since head 2 ")
		p.look(0, kept, "3 signed heads, 0 of them new")
		if got, err := os.ReadFile(filepath.Join(kept, uuid+".bel")); err != nil || !bytes.Equal(got, p.archive) {
			t.Error("the copy is not the archive", err)
		}
		if len(p.fetched) != 4 || p.fetched[0] != "" || p.fetched[2] == "" {
			t.Errorf("fetched %q: only what is new need be", p.fetched)
		}
		if notes, err := os.ReadFile(filepath.Join(kept, uuid+".notes")); err != nil || strings.Count(string(notes), p.origin) != 6 {
			t.Errorf("%s %v", notes, err)
		}
	})
	for _, tc := range []struct {
		name, says string
		change     func(p *pier)
	}{
		{"another key", "the board's key was ", func(p *pier) { p.sign() }},
		{"the key of another board", "is that of \"commonweal/severn/board/other\"", func(p *pier) { p.origin = "commonweal/severn/board/other"; p.sign() }},
		{"a head signed by another", "the board's heads cannot be trusted", func(p *pier) {
			key := p.key
			p.sign()
			p.heads = append(p.heads, p.head(another))
			p.key = key
		}},
		{"a second head of one height", "two heads of event 2 are signed and differ", func(p *pier) {
			p.heads[1] = p.head(archive.Head{Height: 2, Hash: belenios.HashOf([]byte("another archive"))})
		}},
		{"a head that is gone", "does not show the head of event 2 any more", func(p *pier) { p.heads = p.heads[:1] }},
		{"a head that is not in the archive", "in the archive that it shows it is", func(p *pier) {
			p.heads = append(p.heads, p.head(archive.Head{Height: 1, Hash: belenios.HashOf([]byte("x"))}))
		}},
		{"a head of what is held back", "the archive that it shows ends with event 2: something is held back", func(p *pier) {
			h, _ := lastEvents(p.t, text, 3)
			p.heads = append(p.heads, p.head(h))
		}},
		{"an archive that lost its end", "something was taken out", func(p *pier) {
			_, end := lastEvents(p.t, text, 1)
			p.archive = p.archive[:end]
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p, kept := start(t)
			before, err := os.ReadFile(filepath.Join(kept, uuid+".bel"))
			if err != nil {
				t.Fatal(err)
			}
			tc.change(p)
			p.look(1, kept, tc.says)
			if after, err := os.ReadFile(filepath.Join(kept, uuid+".bel")); err != nil || !bytes.Equal(before, after) {
				t.Error("the copy was changed", err)
			}
		})
	}
	t.Run("what two mirrors kept differs", func(t *testing.T) {
		p, kept := start(t)
		theirs := filepath.Join(t.TempDir(), "theirs.notes")
		fork := p.head(archive.Head{Height: 2, Hash: belenios.HashOf([]byte("what the union was shown"))})
		write := func(text string) {
			if err := os.WriteFile(theirs, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		write(strings.Join(p.heads, "\n"))
		p.look(0, kept, "every one fits", "--others", theirs)
		write(p.heads[0] + "\n" + fork)
		p.look(1, kept, "two heads of event 2 are signed and differ", "--others", theirs)
		if proof, err := filepath.Glob(filepath.Join(kept, "refused-*.txt")); err != nil || len(proof) != 1 {
			t.Errorf("proof: %v %v", proof, err)
		}
	})
}

// Of ranked votes the archive that everybody can have ends where rankings would be
// read, while heads go on: that is no fork. An archive that ends elsewhere is.
func TestElectionMirror_Sealed(t *testing.T) {
	text, uuid := held(t, "--kind", "ranked", "--voters", "2")
	r, err := archive.Verify(t.Context(), bytes.NewReader(text), int64(len(text)), archive.Options{})
	if err != nil || r.Verdict != archive.Verified {
		t.Fatal(r, err)
	}
	// Ends: … EndShuffles, decryptions, Result.
	decryptions := 0
	for _, tr := range r.Election.Trustees {
		if tr.Decrypted {
			decryptions++
		}
	}
	sealed := r.Head.Height - 1 - decryptions
	p, kept := newPier(t, uuid), t.TempDir()
	p.shows(text, r.Head.Height-1)
	p.shows(text, sealed)
	p.look(0, kept, fmt.Sprintf("events %d to %d open ranked votes and are not shown to everybody", sealed+1, r.Head.Height-1))
	p.look(0, kept, "every one fits")

	// Whoever may have the whole archive checks it against the signed heads.
	whole := filepath.Join(t.TempDir(), "whole.bel")
	if err := os.WriteFile(whole, text, 0o600); err != nil {
		t.Fatal(err)
	}
	notes := filepath.Join(kept, uuid+".notes")
	if code, out, said := run("election", "verify", whole, "--checkpoint", notes); code != 0 || !strings.Contains(out, "since 2 heads were kept") {
		t.Errorf("%d %s%s", code, out, said)
	}
	p.heads = append(p.heads, p.head(archive.Head{Height: r.Head.Height - 2, Hash: belenios.HashOf([]byte("x"))}))
	if err := os.WriteFile(notes, []byte(strings.Join(p.heads, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, _ := run("election", "verify", whole, "--checkpoint", notes); code != 1 || !strings.Contains(out, "the archive was changed, or is another") {
		t.Errorf("%d %s", code, out)
	}

	q, kept := newPier(t, uuid), t.TempDir()
	q.shows(text, sealed)
	q.shows(text, sealed-1)
	q.look(1, kept, "something is held back")
}

// However a text is cut into notes, nothing of it is lost and no note has another's
// signature.
func FuzzSplitNotes(f *testing.F) {
	f.Add("origin\n1\nhash\n\n— origin sig\n\norigin\n2\nhash\n\n— origin sig\n— other sig\n")
	f.Add("— \n\n\n— x")
	f.Fuzz(func(t *testing.T, text string) {
		list := splitNotes(text)
		if got, want := strings.Join(strings.Fields(strings.Join(list, "\n")), " "), strings.Join(strings.Fields(text), " "); got != want {
			t.Errorf("%q became %q", text, list)
		}
		for _, one := range list {
			if again := splitNotes(one); len(again) != 1 || again[0] != one {
				t.Errorf("%q is taken for one note and is %q", one, again)
			}
		}
	})
}
