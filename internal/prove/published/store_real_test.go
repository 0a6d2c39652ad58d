package published_test

import (
	"os"
	"path/filepath"
	"testing"

	"commonweal/internal/prove/published"
	"commonweal/internal/schema/schematest"
)

// realFile finds one of the published files, on the terms of the tests of the
// readers: in COMMONWEAL_PUBLISHED, or in ../shared/data beside the repository.
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

const (
	organisationsFile = "NSS24-detailed-organisational-results.xlsx"
	nationalFile      = "NSS24-detailed-national-results.xlsx"
	absenceFileName   = "NHS-sickness-absence-by-org-2024-04_2025-03.csv"
)

func importPath(t testing.TB, s *published.Store, path string) published.Outcome {
	t.Helper()
	f, closer, err := published.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = closer.Close() }()
	out, err := s.Import(t.Context(), "system", mutual, f, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The full files take the place of every carried figure and say the same to the
// two decimals that were carried; England's absence is worked out alike.
func TestStore_RealFilesReplaceTheCarriedTable(t *testing.T) {
	paths := []string{realFile(t, organisationsFile), realFile(t, nationalFile), realFile(t, absenceFileName)}
	b := schematest.SQLite(t)
	s := store(b)
	first := carried(t, s)
	measures := []published.Measure{}
	for _, code := range published.CarriedScores() {
		m, _ := published.ScoreOf(code)
		measures = append(measures, m)
	}
	read := func() ([]published.MeasureFigures, published.MeasureFigures) {
		scores, err := s.Figures(t.Context(), measures...)
		if err != nil {
			t.Fatal(err)
		}
		absence, err := s.AbsenceOverYear(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return scores, absence
	}
	before, absenceBefore := read()
	for _, path := range paths {
		importPath(t, s, path)
	}
	gone, _, err := s.ImportByID(t.Context(), first.Import.ID)
	if err != nil || gone.InForce() || gone.Kept != 0 {
		t.Errorf("the carried import is %+v, %v", gone, err)
	}
	after, absenceAfter := read()
	for n, m := range before {
		for _, was := range m.Figures {
			is, ok := after[n].Of(was.Organisation.ODS)
			if !ok || is.Suppressed != was.Suppressed || m.Measure.Format(is.Value, 0) != m.Measure.Format(was.Value, 0) || is.Organisation.Group != was.Organisation.Group {
				t.Errorf("%s of %s was %+v and is %+v", m.Measure.ID, was.Organisation.ODS, was, is)
			}
		}
	}
	for _, was := range absenceBefore.Figures {
		is, ok := absenceAfter.Of(was.Organisation.ODS)
		if !ok || is.Base != was.Base || published.AbsenceYear.Format(is.Value, 0) != published.AbsenceYear.Format(was.Value, 0) {
			t.Errorf("absence of %s was %+v and is %+v", was.Organisation.ODS, was, is)
		}
	}
	// A question comes with the publisher's wording, which only the workbook has.
	m, err := s.MeasureOf(t.Context(), "nss2024.Q2a.often")
	if err != nil || m.Text == "" || m.Option != "Often" || m.Kind != published.KindPercent || m.High != 100 {
		t.Errorf("measure Q2a is %+v, %v", m, err)
	}
	schematest.Verify(t, b.Journal)
}

// BenchmarkStore_SurveyImport imports both real workbooks into a new SQLite
// file: 275,156 figures read, stored, sealed and durable. The promise is ten
// seconds for the two.
//
//	go test -run none -bench SurveyImport -benchtime 3x ./internal/prove/published
func BenchmarkStore_SurveyImport(b *testing.B) {
	paths := []string{realFile(b, organisationsFile), realFile(b, nationalFile)}
	for b.Loop() {
		b.StopTimer()
		s := store(schematest.SQLite(b))
		b.StartTimer()
		for _, path := range paths {
			importPath(b, s, path)
		}
	}
}
