package published

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// realFile finds one of the published files, which the repository does not
// carry: in COMMONWEAL_PUBLISHED, or in ../shared/data beside the repository.
func realFile(t testing.TB, name string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("the published files are large, and smaller ones exercise the same code")
	}
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

// realFigures reads a real file once for all tests, which must not change it.
func realFigures(t *testing.T, name string) (*memory, Report) {
	t.Helper()
	path := realFile(t, name)
	if r, ok := realRead[name]; ok {
		return r.figures, r.report
	}
	sink := newMemory()
	report, err := ReadPath(t.Context(), path, sink)
	if err != nil {
		t.Fatal(err)
	}
	realRead[name] = reading{sink, report}
	return sink, report
}

type reading struct {
	figures *memory
	report  Report
}

var realRead = map[string]reading{} // tests of this package run one after another

const (
	organisationsFile = "NSS24-detailed-organisational-results.xlsx"
	nationalFile      = "NSS24-detailed-national-results.xlsx"
	absenceFile       = "NHS-sickness-absence-by-org-2024-04_2025-03.csv"
	directoryFile     = "panel/nhs_trust_directory.csv"
)

// Every real file goes in whole, without a single rejection. Organisations
// times measures is the number of cells, so none was passed over.
func TestRead_RealFiles(t *testing.T) {
	for _, c := range []struct {
		file                    string
		organisations, measures int
		values, suppressed      int
	}{
		{organisationsFile, 263, 634, 166097, 645},
		{nationalFile, 171, 634, 106077, 2337},
		{absenceFile, 286, 3, 10182, 0},
		{directoryFile, 202, 0, 0, 0},
	} {
		t.Run(c.file, func(t *testing.T) {
			sink, got := realFigures(t, c.file)
			sink.inOrder(t)
			if got.Rejected > 0 {
				t.Errorf("%d rejections, the first: %s", got.Rejected, sink.rejections[0])
			}
			if got.Organisations != c.organisations || got.Measures != c.measures || got.Values != c.values || got.Suppressed != c.suppressed {
				t.Errorf("report %+v", got)
			}
			if strings.HasSuffix(c.file, ".xlsx") && got.Values+got.Suppressed != c.organisations*c.measures {
				t.Errorf("%d figures, but %d organisations by %d measures", got.Values+got.Suppressed, c.organisations, c.measures)
			}
		})
	}
}

// Both workbooks hold the same questions with the same options, so that an
// organisation's share and England's are shares of the same thing; every
// question of the year has our own short words.
func TestRead_RealWorkbooksAgree(t *testing.T) {
	organisations, _ := realFigures(t, organisationsFile)
	national, _ := realFigures(t, nationalFile)
	scores := 0
	for id, m := range organisations.measures {
		if national.measures[id] != m {
			t.Errorf("measure %s is %+v in one workbook and %+v in the other", id, m, national.measures[id])
		}
		if m.Kind == KindScore {
			scores++
		} else if _, ok := topics2024[m.Code]; !ok {
			t.Errorf("question %s has no short words", m.Code)
		}
	}
	if scores != len(scoreTable) {
		t.Errorf("%d scores, want %d", scores, len(scoreTable))
	}
}

// BenchmarkRead_Survey reads both real workbooks, figures and all, into nothing:
//
//	go test -run none -bench Survey -benchmem ./internal/prove/published
func BenchmarkRead_Survey(b *testing.B) {
	paths := []string{realFile(b, organisationsFile), realFile(b, nationalFile)}
	for b.Loop() {
		for _, path := range paths {
			if _, err := ReadPath(b.Context(), path, discard{}); err != nil {
				b.Fatal(err)
			}
		}
	}
}

type discard struct{}

func (discard) Source(Source) error             { return nil }
func (discard) Organisation(Organisation) error { return nil }
func (discard) Measure(Measure) error           { return nil }
func (discard) Value(Value) error               { return nil }
func (discard) Reject(Rejection) error          { return nil }
