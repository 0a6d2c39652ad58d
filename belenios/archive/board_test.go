package archive_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/belenios/archive/rehearsal"
)

// voting is an archive in which nobody has voted yet, and a ballot of each voter.
func voting(t *testing.T, voters int) (path string, cast *rehearsal.Cast, ballots [][]byte) {
	t.Helper()
	p := counting()
	p.Voters, p.Stop = voters, archive.Voting
	silent := p
	silent.Votes = func(int) [][]int { return nil }
	path, cast = hold(t, silent)
	credentials := cast.Credentials
	for v := range voters {
		c := must[*belenios.Credential](t)(belenios.DeriveCredential(cast.Election.Group(), cast.UUID, credentials[v]))
		b := must[*belenios.Ballot](t)(belenios.NewBallot(rand.Reader, cast.Election, c, p.Votes(v)))
		ballots = append(ballots, b.Bytes())
	}
	return path, cast, ballots
}

func openBoard(t *testing.T, path string) (*archive.Board, archive.Opened) {
	t.Helper()
	b, opened, err := archive.Open(context.Background(), path, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if b == nil {
		t.Fatalf("refused:\n%s", opened.Report.Text())
	}
	return b, opened
}

// Many voters at once: each ballot is taken once, and the archive is in order.
func TestBoard_ManyAtOnce(t *testing.T) {
	path, _, ballots := voting(t, 24)
	b, _ := openBoard(t, path)
	var all sync.WaitGroup
	known := make([]int, len(ballots))
	for i, body := range ballots {
		for range 2 { // everybody presses the button twice
			all.Go(func() {
				_, err := b.Cast(context.Background(), body)
				switch {
				case errors.Is(err, archive.ErrKnown):
					known[i]++ // one of the two, so nobody else writes here
				case err != nil:
					t.Error(err)
				}
				_, _ = b.Head(), b.Ballots()
			})
		}
	}
	all.Wait()
	if slices.Max(known) != 1 || slices.Min(known) != 1 {
		t.Errorf("of each pair one should be known already: %v", known)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if r := verify(t, readFile(t, path)); r.Ballots.Cast != len(ballots) || r.Head.Height != len(ballots) {
		t.Errorf("%+v", r.Ballots)
	}
}

// If one of several ballots is refused, none is taken.
func TestBoard_AllOrNone(t *testing.T) {
	path, _, ballots := voting(t, 3)
	before := readFile(t, path)
	b, _ := openBoard(t, path)
	cases := []struct {
		name string
		list [][]byte
		says string
	}{
		{"a proof that does not hold", [][]byte{ballots[0], tampered(ballots[1])}, "does not verify"},
		{"no ballot at all", [][]byte{ballots[0], []byte("{}")}, "canonical form"},
		{"the same twice", [][]byte{ballots[0], ballots[0]}, "it is in the archive already"},
	}
	for _, c := range cases {
		if _, err := b.Cast(context.Background(), c.list...); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := b.Cast(cancelled, ballots[0]); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, readFile(t, path)) {
		t.Error("something was added")
	}
}

// tampered is a ballot with another response in its last proof.
func tampered(body []byte) []byte {
	at := bytes.LastIndex(body, []byte(`"response":"`)) + len(`"response":"`)
	out := bytes.Clone(body)
	if out[at] == '1' {
		out[at] = '2'
	} else {
		out[at] = '1'
	}
	return out
}

// Steps that it is not the time for are refused, and change nothing.
func TestBoard_OneStepAfterAnother(t *testing.T) {
	path, cast, ballots := voting(t, 2)
	b, _ := openBoard(t, path)
	refused := func(what string, err error) {
		t.Helper()
		if err == nil {
			t.Errorf("%s was taken", what)
		}
	}
	_, err := b.Finish()
	refused("a result while voting is open", err)
	refused("a decryption while voting is open", b.AddDecryption(1, nil))
	refused("a shuffle of nothing", b.AddShuffle(1, nil))
	refused("a tally while voting is open", b.Combine(context.Background()))
	_ = must[[]string](t)(b.Cast(context.Background(), ballots[0]))
	if err := b.EndVoting(context.Background()); err != nil {
		t.Fatal(err)
	}
	_, err = b.Cast(context.Background(), ballots[1])
	refused("a ballot after the end", err)
	refused("a second end", b.EndVoting(context.Background()))
	d := must[*belenios.PartialDecryption](t)(cast.Trustees[0].Decrypt(cast, b.Tally()))
	refused("one trustee's decryption under the other's name", b.AddDecryption(2, d.Bytes()))
	if err := b.AddDecryption(1, d.Bytes()); err != nil {
		t.Fatal(err)
	}
	refused("the same decryption again", b.AddDecryption(1, d.Bytes()))
	_, err = b.Finish()
	refused("a result of one of two trustees", err)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if r := verify(t, readFile(t, path)); r.Stage != archive.Decrypting || r.Head.Height != 4 {
		t.Errorf("stage %s, head %s", r.Stage, r.Head)
	}
}

// Nobody goes on from an archive that does not verify.
func TestBoard_RefusesToGoOn(t *testing.T) {
	path, _, ballots := voting(t, 2)
	s := read(t, readFile(t, path))
	s.insert(1, chapter{archive.Ballot, [][]byte{tampered(ballots[0])}})
	if err := os.WriteFile(path, s.write(), 0o600); err != nil {
		t.Fatal(err)
	}
	b, opened, err := archive.Open(context.Background(), path, archive.Options{})
	if err != nil || b != nil || opened.Report.OK() {
		t.Errorf("opened: %v %v", opened.Report, err)
	}
}

// A verification that was done before is not done again, and the report says so.
func TestLoad_Known(t *testing.T) {
	path, _, ballots := voting(t, 4)
	b, _ := openBoard(t, path)
	_ = must[[]string](t)(b.Cast(context.Background(), ballots[:3]...))
	known := b.Head()
	_ = must[[]string](t)(b.Cast(context.Background(), ballots[3]))
	if err := errors.Join(b.EndVoting(context.Background()), b.Close()); err != nil {
		t.Fatal(err)
	}
	text := readFile(t, path)
	r := must[*archive.Report](t)(archive.Verify(context.Background(), bytes.NewReader(text), int64(len(text)), archive.Options{Known: &known}))
	for _, want := range []string{"3 ballots up to event 3 that were verified before: not again", "1 ballot for this election", "made again of the 4 ballots that count"} {
		if !strings.Contains(r.Text(), want) {
			t.Errorf("the report does not say %q:\n%s", want, r.Text())
		}
	}
	known.Hash = belenios.HashOf(nil)
	r = must[*archive.Report](t)(archive.Verify(context.Background(), bytes.NewReader(text), int64(len(text)), archive.Options{Known: &known}))
	if r.OK() {
		t.Error("another archive passes for the known one")
	}
}

// A verification can be stopped.
func TestVerify_Cancelled(t *testing.T) {
	path, _, _ := voting(t, 1)
	text := readFile(t, path)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if r, err := archive.Verify(ctx, bytes.NewReader(text), int64(len(text)), archive.Options{}); !errors.Is(err, context.Canceled) || r != nil {
		t.Errorf("%v %v", r, err)
	}
}

// failing is a disk that fails after some bytes.
type failing struct {
	*bytes.Reader
	from int64
}

func (f failing) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > f.from {
		return 0, errors.New("the disk fails")
	}
	return f.Reader.ReadAt(p, off)
}

// A disk that fails is not taken for an archive that is wrong.
func TestVerify_DiskFails(t *testing.T) {
	path, _, _ := voting(t, 1)
	text := readFile(t, path)
	r, err := archive.Verify(context.Background(), failing{bytes.NewReader(text), 2000}, int64(len(text)), archive.Options{})
	if err == nil || !strings.Contains(err.Error(), "the disk fails") || r != nil {
		t.Errorf("%v %v", r, err)
	}
}

// killed is the variable by which the test calls itself to be killed.
const killed = "COMMONWEAL_TEST_CAST"

// A program that is killed again and again while it takes ballots loses none
// that it acknowledged, and takes none twice.
func TestBoard_KilledWhileCasting(t *testing.T) {
	if path := os.Getenv(killed); path != "" {
		castUntilKilled(t, path)
		return
	}
	path, _, ballots := voting(t, 40)
	if err := os.WriteFile(path+".ballots", must[[]byte](t)(json.Marshal(ballots)), 0o600); err != nil {
		t.Fatal(err)
	}
	acknowledged := map[string]bool{}
	for round := 0; len(acknowledged) < len(ballots) && round < 40; round++ {
		cmd := exec.Command(os.Args[0], "-test.run", "^TestBoard_KilledWhileCasting$")
		cmd.Env = append(os.Environ(), killed+"="+path)
		out := must[io.ReadCloser](t)(cmd.StdoutPipe())
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for n := 0; n < 5+4*round && lines.Scan(); n++ {
			if tracker, ok := strings.CutPrefix(lines.Text(), "cast "); ok {
				acknowledged[tracker] = true
			}
		}
		_ = cmd.Process.Kill()
		for lines.Scan() { // what it acknowledged before it was gone
			if tracker, ok := strings.CutPrefix(lines.Text(), "cast "); ok {
				acknowledged[tracker] = true
			}
		}
		_ = cmd.Wait()
	}
	b, _ := openBoard(t, path)
	there := map[string]bool{}
	for _, e := range b.Ballots() {
		if there[e.Tracker] {
			t.Errorf("ballot %s is there twice", e.Tracker)
		}
		there[e.Tracker] = true
	}
	for tracker := range acknowledged {
		if !there[tracker] {
			t.Errorf("ballot %s was acknowledged and is lost", tracker)
		}
	}
	if len(acknowledged) < len(ballots) {
		t.Errorf("only %d of %d ballots were ever acknowledged", len(acknowledged), len(ballots))
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	verify(t, readFile(t, path))
}

// castUntilKilled casts all ballots that are not there yet.
func castUntilKilled(t *testing.T, path string) {
	var ballots [][]byte
	if err := json.Unmarshal(readFile(t, path+".ballots"), &ballots); err != nil {
		t.Fatal(err)
	}
	b, _ := openBoard(t, filepath.Clean(path))
	for _, body := range ballots {
		trackers, err := b.Cast(context.Background(), body)
		if errors.Is(err, archive.ErrKnown) {
			trackers, err = []string{belenios.Fingerprint(body)}, nil
		}
		if err != nil {
			t.Fatal(err)
		}
		fmt.Printf("cast %s\n", trackers[0])
	}
}
