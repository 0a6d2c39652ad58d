package boothtest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The booth must be small enough to be read, and need nothing but what it brings.
func TestBooth_IsSmallAndStandsAlone(t *testing.T) {
	const limit = 100_000 // bytes, the promise of docs/design/booth.md
	var paths []string
	for _, folder := range []string{"", "page/"} {
		found, err := filepath.Glob("../../web/booth/" + folder + "*.js")
		if err != nil || len(found) == 0 {
			t.Fatalf("no modules in %q: %v", folder, err)
		}
		paths = append(paths, found...)
	}
	imported := regexp.MustCompile(`(?m)^(?:import|export) .* from '([^']*)';$|import\(`)
	total := 0
	for _, path := range paths {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		total += len(source)
		for _, found := range imported.FindAllStringSubmatch(string(source), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), found[1])); err != nil || !strings.HasPrefix(found[1], ".") {
				t.Errorf("%s imports %q", path, found[0])
			}
		}
		for _, word := range []string{"eval(", "Function(", "Math.random", "innerHTML"} {
			if strings.Contains(string(source), word) {
				t.Errorf("%s has %s", path, word)
			}
		}
	}
	t.Logf("%d modules, %d bytes", len(paths), total)
	if total > limit {
		t.Errorf("the booth has %d bytes, more than %d", total, limit)
	}
}
