package chart

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"commonweal/law"
	"commonweal/spc"
)

func controlled(t testing.TB, o spc.Options, values ...float64) Control {
	t.Helper()
	var points []spc.Point
	for i, v := range values {
		points = append(points, spc.Point{Date: law.NewDate(2024, time.April, 1).AddMonths(i), Value: v, Gap: math.IsNaN(v)})
	}
	c, err := spc.XmR(points, o)
	if err != nil {
		t.Fatal(err)
	}
	return Control{Frame: Frame{ID: "absence", Title: "Sickness absence", Sub: "Days lost in a hundred", Source: "Invented."}, Unit: "%", Decimals: 1, Chart: c, Months: true}
}

func absence(t testing.TB) Control {
	target := 4.0
	return controlled(t, spc.Options{Improve: spc.Down, Target: &target, Rebase: []law.Date{law.NewDate(2025, time.August, 1)}},
		5.2, 5.4, 5.1, 5.5, 5.3, 5.2, 5.6, 5.1, 5.3, 5.4, 7.9, 5.2, math.NaN(), 5.3, 5.5, 5.2,
		4.6, 4.8, 4.5, 4.7, 4.6, 4.8, 4.4, 4.7, 4.5, 4.6, 4.3, 4.2, 3.4)
}

func TestControl_Golden(t *testing.T) {
	got, err := absence(t).HTML()
	if err != nil {
		t.Fatal(err)
	}
	lawful(t, string(got))
	golden(t, "control.html", string(got)+"\n")
}

// Labels keep apart, whatever the limits: narrow, wide, none at all, a target at the top,
// on the mean or below everything.
func TestControl_LabelsApart(t *testing.T) {
	at := func(v float64) spc.Options { return spc.Options{Target: &v} }
	steady := []float64{10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10}
	for name, m := range map[string]Control{
		"as usual": absence(t), "one point": controlled(t, spc.Options{}, 3), "constant": controlled(t, at(5), 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5),
		"a target above": controlled(t, at(40), steady...), "on the mean": controlled(t, at(10.92), steady...), "below": controlled(t, at(-3), steady...),
		"far out": controlled(t, at(11), append([]float64{900}, steady...)...),
	} {
		t.Run(name, func(t *testing.T) {
			apart(t, m.draw(newCanvas(false)))
			apart(t, m.draw(newCanvas(true)))
		})
	}
}

// The table says what the picture shows: a row a period, with limits, and why a point
// stands out; each mark has the shape of its kind.
func TestControl_TableAndMarks(t *testing.T) {
	m := absence(t)
	markup, err := m.HTML()
	if err != nil {
		t.Fatal(err)
	}
	figure := parse(t, string(markup))
	order, rows := cells(figure)
	if len(order) != 29 || rows["Apr 25"][0] != "no value" {
		t.Errorf("%d rows, %q", len(order), rows["Apr 25"])
	}
	if got := rows["Feb 25"]; got[0] != "7.9%" || got[4] != "above the upper limit (concern)" {
		t.Errorf("%q", got)
	}
	if got := rows["Aug 26"]; got[4] != "below the lower limit (improving)" {
		t.Errorf("%q", got)
	}
	_, wide := pictures(t, figure)
	circles := len(wide.all("circle"))
	usual := 0
	for _, p := range m.Chart.Points {
		if !p.Gap && p.Kind == spc.Usual {
			usual++
		}
	}
	if circles != usual {
		t.Errorf("%d circles for %d usual points", circles, usual)
	}
	desc := wide.Kids[1].Text
	for _, want := range []string{"29 points from Apr 24 to Aug 26.", "Limits begin anew once", "Last value 3.4%", "above the upper limit: 1", "Target 4.0%."} {
		if !strings.Contains(desc, want) {
			t.Errorf("%q does not say %q", desc, want)
		}
	}
}

func TestControl_FileOfItsOwn(t *testing.T) {
	svg, err := absence(t).SVG()
	if err != nil {
		t.Fatal(err)
	}
	n := parse(t, svg)
	if n.XMLName.Space != "http://www.w3.org/2000/svg" || n.attr("width") != "720" || n.attr("role") != "img" {
		t.Errorf("%+v", n.Attrs)
	}
}

// Every icon has a name that says what it shows, and no two look alike.
func TestIcons(t *testing.T) {
	seen := map[string]string{}
	for _, improve := range []spc.Direction{spc.Up, spc.Down, spc.Neutral} {
		for _, k := range []spc.Kind{spc.Usual, spc.Improvement, spc.Concern, spc.NeutralHigh, spc.NeutralLow} {
			markup := string(VariationIcon(k, improve))
			name := parse(t, markup).attr("aria-label")
			if name == "" || seen[name] != "" && seen[name] != markup {
				t.Errorf("%s %s: %q", k, improve, name)
			}
			seen[name] = markup
		}
	}
	for _, a := range []spc.Assurance{spc.None, spc.Passes, spc.Fails, spc.HitAndMiss} {
		for _, why := range []string{"", "too few"} {
			markup := string(AssuranceIcon(a, why))
			name := parse(t, markup).attr("aria-label")
			if name == "" || seen[name] != "" && seen[name] != markup {
				t.Errorf("%s %s: %q", a, why, name)
			}
			seen[name] = markup
		}
	}
	if len(seen) != 12 {
		t.Errorf("%d icons", len(seen))
	}
}

// Five hundred charts from their values to the picture.
func BenchmarkControl500(b *testing.B) {
	values := make([]float64, 36)
	for i := range values {
		values[i] = 5 + math.Sin(float64(i)*1.7)/3
	}
	for b.Loop() {
		for i := range 500 {
			values[7] = 5 + float64(i)/1000
			m := controlled(b, spc.Options{Improve: spc.Down}, values...)
			m.ID = fmt.Sprint("c", i)
			if _, err := m.SVG(); err != nil {
				b.Fatal(err)
			}
		}
	}
}
