package panel_test

import (
	"fmt"
	"testing"

	"commonweal/panel"
)

func counties(t *testing.T) (*panel.Panel, panel.Treated) {
	t.Helper()
	p := take(t, table(t, "causal/mpdta.csv", ',', "countyreal", "year"), "lemp", "lpop", "first.treat")
	starts, err := panel.Starts(p, "first.treat")
	if err != nil {
		t.Fatal(err)
	}
	return p, starts
}

func is(t *testing.T, what string, e panel.Estimate, value, se, within float64) {
	t.Helper()
	near(t, what, e.Value, value, within)
	near(t, "error of "+what, e.SE, se, within)
}

// County employment and the minimum wage: every cell and aggregate that did 2.5.1 prints.
func TestCallawaySantAnna_AsDid(t *testing.T) {
	p, starts := counties(t)
	e, err := panel.CallawaySantAnna(p, "lemp", starts, panel.NeverTreated)
	if err != nil {
		t.Fatal(err)
	}
	cells := map[string][2]float64{
		"2004 at 2004": {-0.010503, 0.023251}, "2004 at 2005": {-0.070423, 0.030985}, "2004 at 2006": {-0.137259, 0.036436}, "2004 at 2007": {-0.100811, 0.034359},
		"2006 at 2004": {0.00652, 0.023327}, "2006 at 2005": {-0.002751, 0.019559}, "2006 at 2006": {-0.004595, 0.017755}, "2006 at 2007": {-0.041224, 0.020229},
		"2007 at 2004": {0.030507, 0.015034}, "2007 at 2005": {-0.002726, 0.016396}, "2007 at 2006": {-0.031087, 0.017878}, "2007 at 2007": {-0.026054, 0.016655},
	}
	if len(e.Cells) != len(cells) {
		t.Errorf("%d cells", len(e.Cells))
	}
	for _, c := range e.Cells {
		is(t, c.Term, c.Estimate, cells[c.Term][0], cells[c.Term][1], 1e-6)
	}
	near(t, "W", e.Pretest.W, 7.79124, 1e-5)
	near(t, "p", e.Pretest.P, 0.16812, 1e-5)
	if e.Pretest.DF != 5 || e.N != 500 {
		t.Errorf("%d degrees of freedom, %d counties", e.Pretest.DF, e.N)
	}
	is(t, "simple", e.Simple, -0.039951, 0.012034, 1e-6)
	is(t, "dynamic", e.Dynamic, -0.07724, 0.019965, 1e-6)
	is(t, "group", e.Group, -0.031018, 0.012446, 1e-6)
	is(t, "calendar", e.Calendar, -0.0417, 0.015972, 1e-6)
	events := [][2]float64{{0.030507, 0.015034}, {-0.000563, 0.013292}, {-0.024459, 0.014236}, {-0.019932, 0.011826}, {-0.050957, 0.016893}, {-0.137259, 0.036436}, {-0.100811, 0.034359}}
	for i, want := range events {
		if e.Event[i].Term != fmt.Sprint(i-3) {
			t.Errorf("event %s", e.Event[i].Term)
		}
		is(t, "event "+e.Event[i].Term, e.Event[i], want[0], want[1], 1e-6)
	}
}

func TestCallawaySantAnna_NotYetAndCovariates_AsDid(t *testing.T) {
	p, starts := counties(t)
	e, err := panel.CallawaySantAnna(p, "lemp", starts, panel.NotYetTreated)
	if err != nil {
		t.Fatal(err)
	}
	is(t, "simple", e.Simple, -0.039764, 0.012052, 1e-6)
	is(t, "dynamic", e.Dynamic, -0.077399, 0.01956, 1e-6)
	is(t, "group", e.Group, -0.030462, 0.012575, 1e-6)
	near(t, "pretest", e.Pretest.P, 0.16814, 1e-5)
	if e, err = panel.CallawaySantAnna(p, "lemp", starts, panel.NeverTreated, "lpop"); err != nil {
		t.Fatal(err)
	}
	is(t, "simple with lpop", e.Simple, -0.0417518, 0.0115028, 1e-6)
	is(t, "dynamic with lpop", e.Dynamic, -0.0803539, 0.0189576, 1e-6)
	is(t, "group with lpop", e.Group, -0.0328196, 0.0118982, 1e-6)
}
