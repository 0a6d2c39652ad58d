package answers_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// The key file is its owner's alone, and what a destroyed key stood in is overwritten:
// whoever had the old file open reads noughts.
func TestKeyFile_IsOverwritten(t *testing.T) {
	m := newScene(t, filepath.Join(t.TempDir(), "answers.db"))
	info, err := os.Stat(m.path)
	m.ok(err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the key file may be read by others: %s", info.Mode())
	}
	old, err := os.Open(m.path)
	m.ok(err)
	defer func() { _ = old.Close() }()
	for range 10 {
		m.take(m.sheet(3, 2, 0, 1))
	}
	m.ok(m.svc.MixAll(ctx))
	text, err := io.ReadAll(old)
	m.ok(err)
	if len(text) == 0 || len(bytes.Trim(text, "\x00")) != 0 {
		t.Errorf("the old key file holds %q", text)
	}
	if left, err := filepath.Glob(m.path + "?*"); err != nil || len(left) > 0 {
		t.Errorf("beside the key file lie %v", left)
	}
}
