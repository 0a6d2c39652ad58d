package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"commonweal/internal/prove/published"
)

// The carried table is what the published files say today, byte for byte.
func TestGather_MakesTheCarriedTable(t *testing.T) {
	if testing.Short() {
		t.Skip("reads two whole workbooks, with nothing running beside it")
	}
	dir := os.Getenv("COMMONWEAL_PUBLISHED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "..", "shared", "data")
	}
	if found, _ := filepath.Glob(filepath.Join(dir, "*.xlsx")); len(found) < 2 {
		t.Skipf("the published workbooks are not in %s", dir)
	}
	facts, err := gather(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	var made bytes.Buffer
	if err := published.WriteFacts(&made, facts); err != nil {
		t.Fatal(err)
	}
	carried, err := os.ReadFile(filepath.Join("..", "facts", "nss2024.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(made.Bytes(), carried) {
		t.Error("facts/nss2024.csv is not what the published files give; make it again with factsgen and look at the difference")
	}
}

// A folder without the files gives an error that says what is missing, not an
// empty table.
func TestGather_NamesWhatIsMissing(t *testing.T) {
	_, err := gather(context.Background(), t.TempDir())
	if err == nil {
		t.Fatal("an empty folder made a table")
	}
	if got, want := err.Error(), "both survey workbooks and the absence file are needed"; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
}
