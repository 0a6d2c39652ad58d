package boothtest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The booth must be small enough to be read, and need nothing but what it brings. So must what keyholders and the registrar use.
func TestBooth_IsSmallAndStandsAlone(t *testing.T) {
	smallAndAlone(t, "booth", 100_000)    // bytes, the promise of docs/design/booth.md
	smallAndAlone(t, "keyholder", 40_000) // beside what it takes from the booth
	smallAndAlone(t, "credential", 20_000)
}

func smallAndAlone(t *testing.T, program string, limit int) {
	t.Helper()
	var paths []string
	for _, folder := range []string{"", "page/"} {
		found, err := filepath.Glob("../../web/" + program + "/" + folder + "*.js")
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, found...)
	}
	if len(paths) == 0 {
		t.Fatalf("%s: no modules", program)
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
	t.Logf("%s: %d modules, %d bytes", program, len(paths), total)
	if total > limit {
		t.Errorf("the %s has %d bytes, more than %d", program, total, limit)
	}
}
