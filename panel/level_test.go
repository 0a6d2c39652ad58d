package panel_test

import (
	"math"
	"strings"
	"testing"

	"commonweal/panel"
)

// Figures such as 1,000,000.1 say of what goes with what just what 0.1 does. Squared as
// they are they lose the digits that tell them apart: a thousand million further off the
// error came out four times as large, and nobody was told.
func TestMixed_OutcomeFarFromNought(t *testing.T) {
	models := map[string]func(p *panel.Panel) (*panel.Mixed, error){
		"within and between": func(p *panel.Panel) (*panel.Mixed, error) { return panel.Mundlak(p, "y", "x") },
		"growth":             func(p *panel.Panel) (*panel.Mixed, error) { return panel.Growth(p, "y", "x", 2001) },
		"units alone":        func(p *panel.Panel) (*panel.Mixed, error) { return panel.Null(p, "y") },
	}
	for name, model := range models {
		fitted := func(off float64) *panel.Mixed {
			rows := cohortsOf(16, 9)
			for i := range rows.Columns["y"] {
				rows.Columns["y"][i] += off
			}
			m, err := model(take(t, rows, "y", "x"))
			ok(t, err)
			return m
		}
		want := fitted(0)
		for _, off := range []float64{1e3, 1e6, 1e9} {
			got := fitted(off)
			within := math.Max(1e-6, off*1e-14)
			for i, e := range got.Estimates {
				w := want.Estimates[i]
				if e.Term == "mean" {
					w.Value += off
				}
				if math.Abs(e.Value-w.Value) > within*w.SE || math.Abs(e.SE-w.SE) > within*w.SE {
					t.Errorf("%s, %g further off: %+v; want %+v", name, off, e, w)
				}
			}
		}
	}
}

// What cannot be told from the figures is refused for the reason that it is so.
func TestMixed_RefusesWithTheReason(t *testing.T) {
	for _, c := range []struct {
		why  string
		y, x func(u, at int) float64
		want string
	}{
		{"an outcome that stands still", func(int, int) float64 { return 7.1 }, func(u, at int) float64 { return float64(u*at%5 + u) }, "the outcome never changes"},
		{"a regressor far from nought", func(u, at int) float64 { return float64(u * at % 7) }, func(u, at int) float64 { return 1e6 + float64(u*at%5+u) }, "the figures of x lie so far from nought"},
	} {
		p := take(t, of(6, 5, c.y, c.x), "y", "x")
		for name, model := range map[string]func() error{
			"within and between": func() error { _, err := panel.Mundlak(p, "y", "x"); return err },
			"growth":             func() error { _, err := panel.Growth(p, "y", "x", 1); return err },
		} {
			if err := model(); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s, %s: %v; want %q", c.why, name, err, c.want)
			}
		}
	}
	p := take(t, of(6, 5, func(u, at int) float64 { return float64(u * at % 7) }, func(_, at int) float64 { return float64(at * at) }), "y", "x")
	if _, err := panel.Growth(p, "y", "x", 1); err == nil || err.Error() != "x is the same in every unit at 1: there is nothing that growth could go with" {
		t.Error(err)
	}
}

// of is a panel with an outcome and a regressor by unit and time, both from 1.
func of(units, times int, y, x func(u, at int) float64) panel.Rows {
	rows := panel.Rows{Columns: map[string][]float64{}}
	for u := 1; u <= units; u++ {
		for at := 1; at <= times; at++ {
			rows.Unit, rows.Time = append(rows.Unit, string(rune('a'+u))), append(rows.Time, at)
			rows.Columns["y"], rows.Columns["x"] = append(rows.Columns["y"], y(u, at)), append(rows.Columns["x"], x(u, at))
		}
	}
	return rows
}
