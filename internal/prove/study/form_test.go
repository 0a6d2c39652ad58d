package study_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"commonweal/internal/prove/study"
)

// What was published in the first form of output, with four digits and no unit, checks out
// for good: on every method, and with a record. Whoever makes this test fail by another
// number from package panel changes what published bundles say, and needs another form.
func TestVerify_FirstForm(t *testing.T) {
	files, err := filepath.Glob("testdata/form-1-*.zip")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d bundles, %v", len(files), err)
	}
	for _, name := range files {
		if testing.Short() && !strings.HasSuffix(name, "amount.zip") {
			continue // the others draw placebos
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		b, err := study.ReadBundle(bytes.NewReader(raw))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		r, err := study.Verify(b, "", "")
		if err != nil || !r.OK() || r.Registered != strings.HasSuffix(name, "registered.zip") {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
		if !strings.HasSuffix(name, "amount.zip") {
			continue
		}
		b.Text = bytes.Replace(b.Text, []byte("0"), []byte("1"), 1)
		if r, err := study.Verify(b, "", ""); err != nil || r.OK() {
			t.Errorf("%s: a digit was changed, and nothing found: %v", name, err)
		}
	}
}
