package panel_test

import (
	"testing"

	"commonweal/panel"
)

// Within and between trusts, as lme4 1.1-31 has them: what looks like one slope is one
// between trusts and nearly none within.
func TestMundlak_AsLme4(t *testing.T) {
	rows := table(t, "NSS-2012-2019-trusts-engagement-SHMI-merged.csv", ',', "Code", "Year.Index")
	p := take(t, rows, "SHMI.Index", "Engagement.Index")
	m, err := panel.Mundlak(p, "SHMI.Index", "Engagement.Index")
	if err != nil {
		t.Fatal(err)
	}
	for term, want := range map[string][2]float64{"within": {-0.0186361, 0.0321553}, "between": {-0.3639016, 0.1161322}} {
		e, _ := m.Of(term)
		near(t, term, e.Value, want[0], 1e-6)
		near(t, "error "+term, e.SE, want[1], 1e-6)
	}
	null, err := panel.Null(p, "SHMI.Index")
	if err != nil {
		t.Fatal(err)
	}
	near(t, "share between trusts", null.Share, 0.752583, 1e-5)
}

func TestGrowth_AsLme4(t *testing.T) {
	rows := table(t, "NSS-2012-2019-trusts-engagement-SHMI-merged.csv", ',', "Code", "Year.Index")
	rows.Columns["e"] = rows.Columns["Engagement.Index"]
	p := take(t, rows, "SHMI.Index", "Engagement.Index", "e")
	m, err := panel.Growth(p, "SHMI.Index", "e", 2012)
	if err != nil {
		t.Fatal(err)
	}
	if m.N != 1064 || m.Units != 141 {
		t.Errorf("%d rows of %d trusts", m.N, m.Units)
	}
	start, _ := m.Of("start")
	near(t, "start", start.Value, -0.270108664, 1e-5)
	growth, _ := m.Of("time x start")
	near(t, "growth", growth.Value, -0.005732433, 1e-5)
	near(t, "error", growth.SE, 0.01290324, 1e-5)
}
