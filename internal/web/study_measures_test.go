package web_test

import (
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/prove/study"
)

// A study of a measure whose figures overlap, or that there is not, is refused when it would
// be registered, whatever it says of itself.
func TestStudies_MovingMeasureRefused(t *testing.T) {
	s := newSite(t)
	d := measureDefinition(s, "rolling")
	d.Covers = 12
	if _, err := s.House.Indicators.Define(s.ctx, s.Secretary, "severn", d); err != nil {
		t.Fatal(err)
	}
	for measure, says := range map[string]string{"rolling": "speaks of 12 times at once", "tea": "there is no measure tea"} {
		spec := inquiry()
		spec.Outcomes[0].Measure = measure
		if _, err := s.House.Studies.Register(s.ctx, s.Secretary, "severn", spec); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", measure, err)
		}
	}
}

// Figures that were loaded as a measure before the study was registered are known again when
// they come back in another file: other rows, other headings beside them.
func TestStudies_LoadedFiguresInAnotherFile(t *testing.T) {
	s := newSite(t)
	s.measured("absence", wardFigures(), "month", "absence", "ward")
	spec := inquiry()
	spec.Outcomes[0].Measure = "absence"
	if _, err := s.House.Studies.Register(s.ctx, s.Secretary, "severn", spec); err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(strings.TrimSpace(wardFigures()), "\n")
	other := []string{rows[0] + ",note"}
	for i := len(rows) - 1; i > 0; i-- {
		other = append(other, rows[i]+",x")
	}
	one, err := s.House.Studies.Lock(s.ctx, s.Secretary, "severn", "rota", strings.NewReader(strings.Join(other, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	if step, _ := one.Step(study.Locked); step.Loaded == "" {
		t.Errorf("nobody says that the figures were loaded before: %+v", step)
	}
}
