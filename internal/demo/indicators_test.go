package demo

import (
	"math/rand/v2"
	"strings"
	"testing"

	"commonweal/internal/prove/indicator"
	"commonweal/internal/prove/pack"
	"commonweal/law"
	"commonweal/spc"
)

// The pack of the demonstration shows the real change, is calm about the false alarm and
// refuses the rolling window; the other measures show nothing.
func TestIndicators_PackTellsThemApart(t *testing.T) {
	first := law.NewDate(2023, 11, 1)
	r := rand.New(rand.NewPCG(seed, 1))
	pages := map[string]pack.Page{}
	for _, m := range demoMeasures(first) {
		m.ID = "own"
		columns := indicator.Columns{Period: "month", Value: "value"}
		if m.of > 0 {
			columns = indicator.Columns{Period: "month", Numerator: "numerator", Denominator: "denominator"}
		}
		series := m.series(r)
		figures, rejected, _, err := indicator.Read(strings.NewReader(m.file(first, series)), m.Definition, columns, "", nil, nil)
		if err != nil || len(rejected) > 0 || len(figures) != indicatorMonths {
			t.Fatalf("%s: %d figures, %v, %v", m.Code, len(figures), rejected, err)
		}
		if len(m.parts) > 0 {
			columns.Part = "part"
			parts, rejected, _, err := indicator.Read(strings.NewReader(m.partsFile(r, first, series)), m.Definition, columns, "", nil, nil)
			if err != nil || len(rejected) > 0 {
				t.Fatalf("%s by part: %v, %v", m.Code, rejected, err)
			}
			figures = append(figures, parts...)
		}
		pages[m.Code] = pack.Make(pack.Measure{Indicator: m.Code, Target: m.target, Peers: m.peers}, pack.Facts{Definition: m.Definition, Figures: figures, Name: "Ours"})
	}
	for code, p := range pages {
		switch code {
		case "sickness-absence":
			if p.Chart == nil || p.Chart.Variation != spc.Improvement || !strings.Contains(p.Sentence, "are below the average (better)") {
				t.Errorf("the real change is not shown: %s", p.Sentence)
			}
			if p.Chart.Withheld == "" {
				t.Error("a target is judged while the figure is on the move")
			}
			if p.Beside == nil || p.Beside.Result == nil {
				t.Errorf("its parts are not set side by side: %+v", p.Beside)
			}
		case "falls":
			if p.Chart == nil || p.Chart.Variation != spc.Usual || p.Conclusion() != "" || !strings.Contains(p.Sentence, "one month stood out, May 2025, and nothing has since") {
				t.Errorf("the false alarm is not taken calmly: %s", p.Sentence)
			}
		case "turnover":
			if p.Chart != nil || !strings.Contains(p.Sentence, "no control chart is drawn") {
				t.Errorf("the rolling window is charted: %s", p.Sentence)
			}
		default:
			if p.Chart == nil || p.Chart.Variation != spc.Usual || !strings.Contains(p.Sentence, "nothing stands out") {
				t.Errorf("%s shows something: %s", code, p.Sentence)
			}
		}
		t.Log(p.Sentence)
	}
}
