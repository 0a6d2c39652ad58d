package panel_test

import (
	"testing"

	"commonweal/panel"
)

// Smoking in California after Proposition 99, as synthdid 0.0.9 has it: three methods,
// three answers.
func TestSynthetic_AsSynthdid(t *testing.T) {
	if testing.Short() {
		t.Skip("the mixes of TestEveryMethod exercise the same code")
	}
	rows := table(t, "causal/prop99_synthdid.csv", ';', "State", "Year")
	p := take(t, rows, "PacksPerCapita", "treated")
	begins, err := panel.SwitchedOn(p, "treated")
	if err != nil {
		t.Fatal(err)
	}
	var both *panel.Synthetic
	for _, c := range []struct {
		of   func(*panel.Panel, string, panel.Treated) (*panel.Synthetic, error)
		want float64
	}{{panel.SyntheticDiD, -15.60383}, {panel.SyntheticControl, -19.61966}, {panel.DiD, -27.34911}} {
		s, err := c.of(p, "PacksPerCapita", begins)
		if err != nil {
			t.Fatal(err)
		}
		near(t, s.Method, s.Estimate.Value, c.want, 1e-3)
		if both == nil {
			both = s
		}
	}
	want := map[string]float64{"1986": 0.3664706, "1987": 0.2064531, "1988": 0.4270763}
	for _, w := range both.Times {
		near(t, w.Name, w.Weight, want[w.Name], 1e-3)
	}
	// synthdid prints 8.368 for one seed of its placebos; the spread of other seeds is
	// about one.
	near(t, "error", both.Estimate.SE, 8.368, 1.5)
	ranks, pValue, err := panel.PlaceboRanks(p, "PacksPerCapita", begins)
	if err != nil {
		t.Fatal(err)
	}
	// Abadie and others rank California first with their predictors; by the past of
	// smoking alone two states fit so well before that they come before it.
	if ranks[2].Name != "California" || len(ranks) != 39 {
		t.Errorf("%+v", ranks[:3])
	}
	near(t, "p", pValue, 3.0/39, 1e-9)
}
