package boothtest

import (
	"os/exec"
	"testing"
)

// What needs no Go to be tested: testdata/*.test.mjs.
func TestModules(t *testing.T) {
	open(t) // skips or fails without Node.js
	out, err := exec.Command("node", "--test", "testdata/visit.test.mjs", "testdata/opened.test.mjs").CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
