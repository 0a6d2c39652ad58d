package schema_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"commonweal/internal/schema"
)

var writes = regexp.MustCompile(`(?is)\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+([a-z_]+)\b`)

// No SQL in the program writes a governed table by another way than the
// journal: a row written past it would be a fact without a record. (fsck would
// find the row; this finds the line.)
func TestSource_WritesGovernedTablesThroughTheJournal(t *testing.T) {
	governed := map[string]bool{}
	for _, table := range schema.Governed() {
		governed[table.Name] = true
	}
	root := filepath.Join("..", "..")
	files := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git") {
			return filepath.SkipDir
		}
		if d.IsDir() && strings.HasSuffix(filepath.ToSlash(path), "internal/listen/answers") {
			return filepath.SkipDir // another database, which knows no governed table
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		for _, m := range writes.FindAllStringSubmatch(string(text), -1) {
			if governed[strings.ToLower(m[2])] {
				t.Errorf("%s: %q writes a governed table past the journal", path, m[0])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 100 {
		t.Fatalf("only %d source files were read: the walk is wrong", files)
	}
}
