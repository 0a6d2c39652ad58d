package archive_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/archive"
)

var header = archive.Header{Timestamp: 1795285962}

// setup are four records that are a Setup in form only.
func setup() [][]byte {
	election, trustees, credentials := []byte(`{"e":1}`), []byte(`[]`), []byte(`["c"]`)
	data := belenios.SetupData{Election: belenios.HashOf(election), Trustees: belenios.HashOf(trustees), Credentials: belenios.HashOf(credentials)}
	return [][]byte{election, trustees, credentials, data.Bytes()}
}

func plain(archive.Step) (bool, error) { return false, nil }

func ignore(archive.Step) error { return nil }

// begun makes an archive with a Setup and n ballots.
func begun(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "e.bel")
	if err := archive.Create(path, header, setup()...); err != nil {
		t.Fatal(err)
	}
	f := reopen(t, path, nil)
	for i := range n {
		if err := archive.AppendTo(f, archive.Addition(archive.Ballot, fakeBallot(i))); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func fakeBallot(i int) []byte {
	return fmt.Appendf(nil, `{"ballot":%d,"x":%q}`, i, strings.Repeat("x", 700))
}

// reopen opens an archive that is expected to be whole, or to be cut.
func reopen(t *testing.T, path string, cut *archive.Cut) *archive.File {
	t.Helper()
	f, got, err := archive.OpenFile(path, plain, ignore)
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case cut == nil && got != nil:
		t.Fatalf("a whole archive was cut: %s", got)
	case cut != nil && (got == nil || *got != *cut):
		t.Fatalf("the archive was cut %v, want %v", got, cut)
	}
	return f
}

// What was appended is there when the file is opened again, with the same head.
func TestFile_KeepsWhatItTook(t *testing.T) {
	path := begun(t, 3)
	var steps []archive.Step
	f, _, err := archive.OpenFile(path, plain, func(s archive.Step) error {
		steps = append(steps, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if len(steps) != 4 || !bytes.Equal(steps[2].Payload(), fakeBallot(1)) || f.Head() != steps[3].Head || f.Head().Height != 3 {
		t.Errorf("got %d steps, head %s", len(steps), f.Head())
	}
}

// An archive is never overwritten, and a second program is told to wait.
func TestFile_BelongsToOne(t *testing.T) {
	path := begun(t, 0)
	if err := archive.Create(path, header, setup()...); err == nil {
		t.Error("an archive was overwritten")
	}
	if list, _ := filepath.Glob(path + "*"); len(list) != 1 {
		t.Errorf("files were left behind: %q", list)
	}
	f := reopen(t, path, nil)
	defer func() { _ = f.Close() }()
	if g, _, err := archive.OpenFile(path, plain, ignore); err == nil {
		_ = g.Close()
		t.Error("two have it open")
	}
}

// A program that was killed at any byte of an append leaves what can be mended:
// the archive is cut back to its last whole event, and then takes the ballot.
func TestFile_MendsTornTail(t *testing.T) {
	whole, err := os.ReadFile(begun(t, 2))
	if err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(begun(t, 3))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "torn.bel")
	for length := len(whole) + 1; length < len(after); length += 97 {
		if err := os.WriteFile(path, after[:length], 0o600); err != nil {
			t.Fatal(err)
		}
		f := reopen(t, path, &archive.Cut{At: int64(len(whole)), Bytes: int64(length - len(whole))})
		if err := archive.AppendTo(f, archive.Addition(archive.Ballot, fakeBallot(2))); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, after) {
			t.Fatalf("cut at byte %d: the mended archive is another", length)
		}
	}
}

// Where the power failed, the file may be as long as it should be and end in
// zeros.
func TestFile_MendsZeros(t *testing.T) {
	path := begun(t, 2)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, info.Size()+4096); err != nil {
		t.Fatal(err)
	}
	f := reopen(t, path, &archive.Cut{At: info.Size(), Bytes: 4096})
	_ = f.Close()
}

// What cannot be the remains of an append is damage: nothing is cut, and the
// file is left as it was. Above all a whole event is never thrown away.
func TestFile_RefusesDamage(t *testing.T) {
	whole, err := os.ReadFile(begun(t, 3))
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name string
		at   int
	}{
		{"the header", 3},
		{"the setup", 600},
		{"the last event's body", len(whole) - 400},
		{"the last event's tar header", len(whole) - 1024 + 130},
		{"the last ballot", len(whole) - 1024 - 800},
		{"the padding of the last event", len(whole) - 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			damaged := bytes.Clone(whole)
			damaged[c.at] ^= 1
			path := filepath.Join(t.TempDir(), "e.bel")
			if err := os.WriteFile(path, damaged, 0o600); err != nil {
				t.Fatal(err)
			}
			f, cut, err := archive.OpenFile(path, plain, ignore)
			if err == nil {
				_ = f.Close()
				t.Fatalf("it was taken, cut: %v", cut)
			}
			after, err := os.ReadFile(path)
			if err != nil || !bytes.Equal(after, damaged) {
				t.Errorf("the file was changed: %v", err)
			}
		})
	}
}

// A visitor's refusal is no reason to cut anything off.
func TestFile_VisitorRefuses(t *testing.T) {
	path := begun(t, 2)
	before, _ := os.ReadFile(path)
	_, _, err := archive.OpenFile(path, plain, func(archive.Step) error { return fmt.Errorf("no") })
	after, _ := os.ReadFile(path)
	if err == nil || !bytes.Equal(before, after) {
		t.Errorf("got %v", err)
	}
}

// A failing disk is reported, and the file takes nothing more.
func TestFile_DiskFails(t *testing.T) {
	f := reopen(t, begun(t, 0), nil)
	_ = f.Close()
	for range 2 {
		if err := archive.AppendTo(f, archive.Addition(archive.Ballot, fakeBallot(0))); err == nil {
			t.Error("a ballot was acknowledged that is not on the disk")
		}
	}
}
