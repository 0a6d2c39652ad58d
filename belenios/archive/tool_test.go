package archive_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// tool is belenios-tool in a folder of its own: the program of those who wrote
// the protocol. Debian ships it; scripts/install-test-tools installs it.
type tool struct {
	t   testing.TB
	dir string
}

// newTool skips the test where the tool is missing, except in continuous
// integration, where it must be there.
func newTool(t testing.TB) tool {
	t.Helper()
	if _, err := exec.LookPath("belenios-tool"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("belenios-tool is missing; scripts/install-test-tools installs it")
		}
		t.Skip("belenios-tool is not installed; scripts/install-test-tools installs it")
	}
	return tool{t, t.TempDir()}
}

// try runs the tool and returns what it prints and what it says.
func (b tool) try(in []byte, args ...string) (out, said string, err error) {
	cmd := exec.Command("belenios-tool", args...)
	cmd.Dir = b.dir
	cmd.Env = append(os.Environ(), "BELENIOS_USE_URANDOM=1")
	cmd.Stdin = bytes.NewReader(in)
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	return stdout.String(), stderr.String(), err
}

func (b tool) run(in []byte, args ...string) string {
	b.t.Helper()
	out, said, err := b.try(in, args...)
	if err != nil {
		b.t.Fatalf("belenios-tool %s: %v\n%s", strings.Join(args, " "), err, said)
	}
	return out
}

// verifies checks that the tool accepts an archive.
func (b tool) verifies(archive string) {
	b.t.Helper()
	b.put(filepath.Base(archive), readFile(b.t, archive))
	_, said, err := b.try(nil, "election", "verify")
	if err != nil || !strings.Contains(said, "all checks passed") {
		b.t.Fatalf("belenios-tool refuses our archive: %v\n%s", err, said)
	}
}

func (b tool) path(name string) string { return filepath.Join(b.dir, name) }

func (b tool) put(name string, data []byte) {
	b.t.Helper()
	if err := os.WriteFile(b.path(name), data, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// only is the only file of the tool's folder that matches.
func (b tool) only(pattern string) string {
	b.t.Helper()
	list := b.all(pattern)
	if len(list) != 1 {
		b.t.Fatalf("%d files match %s", len(list), pattern)
	}
	return list[0]
}

func (b tool) all(pattern string) []string {
	b.t.Helper()
	list, err := filepath.Glob(b.path(pattern))
	if err != nil {
		b.t.Fatal(err)
	}
	return list
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
