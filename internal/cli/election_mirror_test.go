package cli

import (
	"bytes"
	"context"
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"commonweal/belenios/archive"
	"commonweal/internal/base/world"
)

// run runs a command in this process.
func run(args ...string) (code int, out, said string) {
	var stdout, stderr bytes.Buffer
	at := time.Date(2026, 11, 19, 9, 30, 0, 0, time.UTC)
	code = Run(context.Background(), Environment{
		Args: args, In: strings.NewReader(""), Out: &stdout, Err: &stderr, Getenv: func(string) string { return "" },
		World: world.New(func() time.Time { return at }, rand.Reader),
	})
	return code, stdout.String(), stderr.String()
}

// A mirror fetches from a web address; what is not an archive there is refused,
// and a server that fails is no fork.
func TestElectionMirror_Web(t *testing.T) {
	dir := t.TempDir()
	if code, _, said := run("election", "demo", "--group", "Ed25519", "--voters", "2", "--until", "voting", "--out", dir); code != 0 {
		t.Fatal(said)
	}
	list, err := filepath.Glob(filepath.Join(dir, "*.bel"))
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	archive, err := os.ReadFile(list[0])
	if err != nil {
		t.Fatal(err)
	}
	answer := func(w http.ResponseWriter) { _, _ = w.Write(archive) }
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { answer(w) }))
	defer server.Close()
	kept := filepath.Join(dir, "kept")
	mirror := func(want int, says string) {
		t.Helper()
		code, out, said := run("election", "mirror", server.URL+"/e.bel", "--out", kept)
		if code != want || !strings.Contains(out+said, says) {
			t.Errorf("exit code %d: %s%s", code, out, said)
		}
	}
	mirror(0, "voting is open, 2 ballots")
	mirror(0, "nothing new")
	answer = func(w http.ResponseWriter) { w.WriteHeader(http.StatusServiceUnavailable) }
	mirror(1, "answered 503")
	answer = func(w http.ResponseWriter) { _, _ = w.Write(archive[:len(archive)-100]) }
	mirror(1, "ends in the middle of an event: it was just being written")
	answer = func(w http.ResponseWriter) { _, _ = w.Write([]byte("<html>")) }
	mirror(1, "what was fetched is not an archive")
	answer = func(w http.ResponseWriter) { _, _ = w.Write(archive) }
	mirror(0, "nothing new")
}

// A fork whose end is torn off is a fork: otherwise whoever shows it could pass it off as
// a transfer that broke, again and again.
func TestElectionMirror_ForkWithATornEnd(t *testing.T) {
	dir := t.TempDir()
	expect := func(want int, says string, args ...string) {
		t.Helper()
		code, out, said := run(args...)
		if code != want || !strings.Contains(out+said, says) {
			t.Fatalf("%s: exit code %d: %s%s", args, code, out, said)
		}
	}
	expect(0, "", "election", "demo", "--group", "Ed25519", "--voters", "2", "--until", "voting", "--out", dir)
	list, err := filepath.Glob(filepath.Join(dir, "*.bel"))
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	path, kept := list[0], filepath.Join(dir, "kept")
	expect(0, "2 ballots", "election", "mirror", path, "--out", kept)

	// The fork: the same setup, other ballots of the same voters.
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write := func(path string, text []byte) {
		t.Helper()
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r, err := archive.NewReader(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	setup, err := archive.NewScanner(r, func(archive.Step) (bool, error) { return false, nil }).Next()
	if err != nil {
		t.Fatal(err)
	}
	write(path, text[:setup.Offset])
	secrets, err := filepath.Glob(filepath.Join(dir, "registrar", "*.privcreds"))
	if err != nil || len(secrets) != 1 {
		t.Fatal(secrets, err)
	}
	private, err := os.ReadFile(secrets[0])
	if err != nil {
		t.Fatal(err)
	}
	credential, choices := filepath.Join(dir, "credential"), filepath.Join(dir, "choices")
	write(choices, []byte(`[[1,0,0],[1,0,0]]`))
	for i, line := range strings.Split(strings.TrimSpace(string(private)), "\n") {
		write(credential, []byte(line))
		ballot := filepath.Join(dir, "ballot"+string(rune('0'+i)))
		expect(0, "tracker", "election", "ballot", path, "--credential", credential, "--choices", choices, "--out", ballot)
		expect(0, "added", "election", "add", path, ballot)
	}
	fork, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write(path, append(fork, fork[1024:1024+600]...))
	expect(1, "its hash was", "election", "mirror", path, "--out", kept)
	if evidence, err := filepath.Glob(filepath.Join(kept, "refused-*.bel")); err != nil || len(evidence) != 1 {
		t.Errorf("the evidence is %s, %v", evidence, err)
	}
}
