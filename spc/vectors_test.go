package spc_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"commonweal/law"
	"commonweal/spc"
)

// vectors are outputs of NHSRplotthedots 0.2.2, computed by running it.
type vectors struct {
	Cases []vector `json:"cases"`
}

type vector struct {
	Name      string          `json:"name"`
	Options   json.RawMessage `json:"options"`
	Dates     []law.Date      `json:"dates"`
	Y         []*float64      `json:"y"`
	Segment   []int           `json:"rebase_group"`
	Short     []bool          `json:"short_group"`
	Mean      []*float64      `json:"mean"`
	Lower     []*float64      `json:"lpl"`
	Upper     []*float64      `json:"upl"`
	Rule      []spc.Rule      `json:"special_cause_type"`
	Kind      []spc.Kind      `json:"point_type"`
	Variation spc.Kind        `json:"variation"`
	Assurance spc.Assurance   `json:"assurance"`
}

func (v vector) options(t *testing.T) spc.Options {
	t.Helper()
	var in struct {
		Improve string   `json:"improvement_direction"`
		Target  *float64 `json:"target"`
		Screen  *bool    `json:"screen_outliers"`
		Fix     int      `json:"fix_after_n_points"`
		Rebase  law.Date `json:"rebase"`
	}
	if string(v.Options) != "[]" { // R writes an empty list so
		if err := json.Unmarshal(v.Options, &in); err != nil {
			t.Fatal(err)
		}
	}
	o := spc.Options{Target: in.Target, Fix: in.Fix, KeepOutliers: in.Screen != nil && !*in.Screen}
	o.Improve = map[string]spc.Direction{"": spc.Up, "increase": spc.Up, "decrease": spc.Down, "neutral": spc.Neutral}[in.Improve]
	if !in.Rebase.IsZero() {
		o.Rebase = []law.Date{in.Rebase}
	}
	return o
}

func (v vector) points() []spc.Point {
	out := make([]spc.Point, len(v.Y))
	for i, y := range v.Y {
		out[i] = spc.Point{Date: v.Dates[i], Gap: y == nil}
		if y != nil {
			out[i].Value = *y
		}
	}
	return out
}

// Every case of NHSRplotthedots: limits to a millionth, every label, both icons. The
// departures are those of the package's documentation.
func TestXmR_AsNHSRplotthedots(t *testing.T) {
	text, err := os.ReadFile("testdata/ptd_vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var all vectors
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	if len(all.Cases) < 51 {
		t.Fatalf("%d cases", len(all.Cases))
	}
	for _, v := range all.Cases {
		t.Run(v.Name, func(t *testing.T) {
			c, err := spc.XmR(v.points(), v.options(t))
			if err != nil {
				t.Fatal(err)
			}
			if c.Variation != v.Variation || c.Assurance != v.Assurance {
				t.Errorf("icons %s and %q; want %s and %q", c.Variation, c.Assurance, v.Variation, v.Assurance)
			}
			for i, p := range c.Points {
				if p.Date != v.Dates[i] || p.Rule != v.Rule[i] || p.Kind != v.Kind[i] || p.Segment != v.Segment[i] {
					t.Errorf("%s: %s, %s, segment %d; want %s, %s, %d", p.Date, p.Rule, p.Kind, p.Segment, v.Rule[i], v.Kind[i], v.Segment[i])
				}
				if v.Name == "constant" { // upstream has no limits there
					if p.Mean != 5 || p.Lower != 5 || p.Upper != 5 || !c.VariationWithheld {
						t.Errorf("%s: %+v", p.Date, p)
					}
					continue
				}
				near(t, "mean", p.Mean, *v.Mean[i])
				near(t, "lower limit", p.Lower, *v.Lower[i])
				near(t, "upper limit", p.Upper, *v.Upper[i])
				if v.Name != "short-12" && p.Short != v.Short[i] { // upstream calls twelve short
					t.Errorf("%s: short is %t", p.Date, p.Short)
				}
			}
		})
	}
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-6 {
		t.Errorf("%s %.9f; want %.9f", what, got, want)
	}
}
