package panel_test

import (
	"testing"

	"commonweal/panel"
)

func TestSunAbraham_AsFixest(t *testing.T) {
	p, starts := counties(t)
	f, err := panel.SunAbraham(p, "lemp", starts)
	if err != nil {
		t.Fatal(err)
	}
	is(t, "counties", f.Total, -0.0399513, 0.0117963, 1e-6)

	rows := table(t, "panel/base_stagg.csv", ',', "id", "year")
	p = take(t, rows, "y", "x1", "year_treated")
	if starts, err = panel.Starts(p, "year_treated"); err != nil {
		t.Fatal(err)
	}
	if f, err = panel.SunAbraham(p, "y", starts, "x1"); err != nil {
		t.Fatal(err)
	}
	is(t, "made data", f.Total, -1.133749, 0.20507, 1e-5)
	for i, want := range []float64{2.434738, 1.37661, 0.754376, -2.807954, -2.722579, -5.075193, -5.092821, -7.23673, -8.711575} {
		near(t, "cohort "+f.Cohort[i].Term, f.Cohort[i].Value, want, 1e-5)
	}
	if f, err = panel.SunAbraham(p, "y", starts); err != nil {
		t.Fatal(err)
	}
	is(t, "without x1", f.Total, -0.75519, 0.421122, 1e-5)
}

// Every comparison of two cohorts that the plain estimate averages, and that they make
// it up.
func TestBacon_AsBacondecomp(t *testing.T) {
	p, starts := counties(t)
	got, err := panel.Bacon(p, "lemp", starts)
	if err != nil {
		t.Fatal(err)
	}
	want := map[[2]string][2]float64{
		{"2006", "never"}: {-0.02257, 0.2453387}, {"2007", "never"}: {-0.043106, 0.53565616}, {"2004", "never"}: {-0.0797491, 0.08177957},
		{"2004", "2007"}: {-0.0910554, 0.02600273}, {"2004", "2006"}: {-0.0456079, 0.00529318}, {"2006", "2007"}: {0.0184804, 0.05200545},
		{"2007", "2004"}: {-0.0196048, 0.02600273}, {"2007", "2006"}: {0.0105755, 0.01733515}, {"2006", "2004"}: {0.0542869, 0.01058635},
	}
	var estimate, weights, forbidden float64
	for _, c := range got {
		w := want[[2]string{c.Treated, c.Against}]
		near(t, c.Treated+" against "+c.Against, c.Estimate, w[0], 1e-6)
		near(t, "its weight", c.Weight, w[1], 1e-7)
		estimate += c.Weight * c.Estimate
		weights += c.Weight
		if c.Forbidden {
			forbidden += c.Weight
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d comparisons", len(got))
	}
	near(t, "weights", weights, 1, 1e-12)
	near(t, "against units already treated", forbidden, 0.0539, 1e-4)

	post := make([]float64, p.Len())
	for i, u := range p.Unit {
		if p.Time[i] >= starts[u] {
			post[i] = 1
		}
	}
	d := design(p, "lemp")
	d.X, d.Names, d.Effects, d.StaggeredAnyway = [][]float64{post}, []string{"post"}, [][]int{p.Unit, p.Time}, true
	plain, _ := fit(t, d).Of("post")
	near(t, "plain fixed effects", plain.Value, estimate, 1e-12)
	is(t, "plain fixed effects", plain, -0.0365489, 0.0132652, 1e-6)
}
