package study_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"commonweal/internal/prove/study"
)

// The example of the manual is sound and runs, just as it is printed.
func TestManual_ExampleRuns(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "manual", "studies.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, example, found := strings.Cut(string(raw), "\n## An example\n")
	if !found {
		t.Fatal("the manual has no example")
	}
	example, _, _ = strings.Cut(example, "\n## ")
	var blocks []string
	for _, part := range strings.Split(example, "\n\n") {
		if strings.HasPrefix(part, "    ") {
			blocks = append(blocks, strings.ReplaceAll(strings.TrimPrefix(part, "    "), "\n    ", "\n"))
		}
	}
	if len(blocks) != 2 {
		t.Fatalf("%d printed files", len(blocks))
	}
	spec, err := study.ReadSpec(strings.NewReader(blocks[0]))
	if err != nil {
		t.Fatal(err)
	}
	if faults := spec.Check(); len(faults) > 0 {
		t.Fatal(faults)
	}
	table, err := study.LockData(spec, strings.NewReader(blocks[1]))
	if err != nil {
		t.Fatal(err)
	}
	out, err := study.Run(spec, table, study.Registration{})
	if err != nil {
		t.Fatal(err)
	}
	if len(out.Sentences) != 1 || !strings.Contains(out.Sentences[0], "sickness absence") {
		t.Error(out.Sentences)
	}
}
