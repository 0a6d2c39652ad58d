package chart

import (
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"strconv"
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
		"far out":  controlled(t, at(11), append([]float64{900}, steady...)...),
		"millions": controlled(t, at(1.2e9), 1e9, 1.1e9, 1e9, 1.15e9, 1e9, 1.1e9, 1e9, 1.2e9, 1e9, 1.1e9, 1e9, 1.1e9), "large and alike": controlled(t, spc.Options{}, 1234567.1, 1234567.2, 1234567.1),
		"the largest": controlled(t, spc.Options{}, 1e15, -1e15, 1e15), "the least": controlled(t, spc.Options{}, 1e-9, 2e-9, 1e-9, 2e-9), "a unit that is a phrase": phrase(controlled(t, at(11), steady...)),
	} {
		t.Run(name, func(t *testing.T) {
			apart(t, m.draw(newCanvas(false)))
			apart(t, m.draw(newCanvas(true)))
		})
	}
}

func phrase(m Control) Control {
	m.Unit = " in every thousand days that beds were used"
	return m
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
	if got := rows["Feb 25"]; got[0] != "7.9%" || got[4] != "4.0%" || got[5] != "above the upper limit (concern)" {
		t.Errorf("%q", got)
	}
	if got := rows["Aug 26"]; got[5] != "below the lower limit (improving)" {
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

// A file of its own says by itself what a page says around the picture: title, what the
// marks mean, the rules, the source. Nothing of it touches.
func TestControl_FileOfItsOwn(t *testing.T) {
	m := absence(t)
	m.Note = strings.Repeat("What a reader must know before trusting this chart. ", 5)
	svg, err := m.SVG()
	if err != nil {
		t.Fatal(err)
	}
	n := parse(t, svg)
	if n.XMLName.Space != "http://www.w3.org/2000/svg" || n.attr("width") != "720" || n.attr("role") != "img" {
		t.Errorf("%+v", n.Attrs)
	}
	var said strings.Builder
	for _, text := range n.all("text") {
		said.WriteString(text.said() + "\n")
	}
	for _, want := range []string{"Sickness absence\n", "Days lost in a hundred\n", "Signal: concern\n", "Limits of usual variation\n", "Target\n", "before trusting this chart", "Making Data Count", "Invented."} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("the file does not say %q:\n%s", want, said.String())
		}
	}
	for _, name := range []string{"script", "image", "foreignObject", "a"} {
		if len(n.all(name)) > 0 {
			t.Errorf("the file has an element %s", name)
		}
	}
}

// The rules that judged the points, and what was done to limits and values, stand with the
// picture.
func TestControl_SaysHowItWasMade(t *testing.T) {
	values := make([]float64, 36)
	for i := range values {
		values[i] = 10 + math.Sin(float64(i)*2.1)
	}
	for want, o := range map[string]spc.Options{
		"Making Data Count (ptd)":             {},
		"Western Electric (western-electric)": {Rules: spc.WesternElectric},
		"the first 12 points of each stretch": {Fix: 12},
		"all moving ranges":                   {KeepOutliers: true},
		"season was taken out of the values":  {Season: true},
	} {
		m := controlled(t, o, values...)
		page, err := m.HTML()
		if err != nil || !strings.Contains(string(page), want) {
			t.Errorf("the figure does not say %q: %v", want, err)
		}
		file, err := m.SVG()
		if err != nil || !strings.Contains(file, want) {
			t.Errorf("the file does not say %q: %v", want, err)
		}
	}
}

// A shape for each state, so that grey tells them apart, and an edge of 3 to 1 against
// white for each.
func TestControl_ShapesAndContrast(t *testing.T) {
	// Only what is drawn counts: colours are left out.
	shape := func(markup string) string {
		hollow := strings.Contains(markup, `fill="#fff"`)
		return fmt.Sprint(regexp.MustCompile(` (fill|stroke|stroke-width)="[^"]*"`).ReplaceAllString(markup, ""), hollow)
	}
	seen := map[string]spc.Kind{}
	for _, k := range []spc.Kind{spc.Usual, spc.Improvement, spc.Concern, spc.NeutralHigh, spc.NeutralLow} {
		mark := kindMark(k, true, 10, 10)
		if other, ok := seen[shape(mark)]; ok {
			t.Errorf("%s and %s have the same shape", k, other)
		}
		seen[shape(mark)] = k
		edge := regexp.MustCompile(`stroke="(#[0-9a-f]{6})"`).FindStringSubmatch(mark)
		if edge == nil {
			t.Fatalf("%s has no edge: %s", k, mark)
		}
	}
	markup, err := absence(t).HTML()
	if err != nil {
		t.Fatal(err)
	}
	_, wide := pictures(t, parse(t, string(markup)))
	walk(wide, func(n node) {
		if stroke := n.attr("stroke"); stroke != "" && stroke != grid && stroke != "#fff" {
			if r := againstWhite(t, stroke); r < 3 {
				t.Errorf("%s %s is %.2f to 1 against white", n.XMLName.Local, stroke, r)
			}
		}
	})
}

// againstWhite is the contrast of WCAG 2.
func againstWhite(t *testing.T, colour string) float64 {
	t.Helper()
	var l float64
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatalf("%s: %v", colour, err)
		}
		c := float64(n) / 255
		if c <= 0.03928 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		l += weight * c
	}
	return 1.05 / (l + 0.05)
}

// Limits that differ from point to point are drawn as such, and a chart without limits
// has none in picture, key or table.
func TestControl_StepsAndNone(t *testing.T) {
	var in []spc.Counted
	for i := range 14 {
		in = append(in, spc.Counted{Date: law.NewDate(2024, time.April, 1).AddMonths(i), Count: float64(40 + i%3), Of: float64(1000 + 150*(i%4))})
	}
	limits, err := spc.UPrime(in)
	if err != nil {
		t.Fatal(err)
	}
	frame := Frame{ID: "falls", Title: "Falls", Source: "Invented."}
	m := Control{Frame: frame, Decimals: 3, Chart: spc.Limited(limits, spc.Down), Months: true}
	apart(t, m.draw(newCanvas(false)))
	markup, err := m.HTML()
	if err != nil || !strings.Contains(string(markup), "Limits differ from point to point; at the last: mean") {
		t.Errorf("%v: %s", err, m.describe())
	}
	_, wide := pictures(t, parse(t, string(markup)))
	dashed := 0
	for _, l := range wide.all("line") {
		if l.attr("stroke-dasharray") != "" {
			dashed++
		}
	}
	if dashed != 2*14 {
		t.Errorf("%d steps of limits for 14 points", dashed)
	}

	points := controlled(t, spc.Options{}, 3, 4, 3, 5, 4, 3, 4, 5, 3, 4, 5).Chart.Points
	var plain []spc.Point
	for _, p := range points {
		plain = append(plain, p.Point)
	}
	c, err := spc.Medians(plain, []spc.Stretch{{From: 0, To: 5, Median: 3.5}, {From: 6, To: 10, Median: 4}})
	if err != nil {
		t.Fatal(err)
	}
	m = Control{Frame: frame, Decimals: 1, Chart: c, Months: true, Centre: "Median", NoLimits: true, Verdict: "No sign of change."}
	apart(t, m.draw(newCanvas(false)))
	markup, err = m.HTML()
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]bool{"imits": false, "The median moves once; the last is 4.0.": true, "No sign of change.": true, ">Median<": true} {
		if strings.Contains(string(markup), word) != want {
			t.Errorf("%q is there: %t", word, !want)
		}
	}
}

// Whatever can be charted can be drawn: well formed, with numbers for coordinates.
func FuzzControl(f *testing.F) {
	f.Add(uint64(1), 30, 50.0, 4.0, "%", 0.0)
	f.Add(uint64(2), 1, 0.0, 0.0, " a <unit> & \"more\"", -3.0)
	f.Add(uint64(3), 70, 1e15, 1e12, "", 1e15)
	f.Add(uint64(4), 13, 1e-200, 1e-200, "", 0.0)
	f.Fuzz(func(t *testing.T, seed uint64, n int, level, spread float64, unit string, target float64) {
		chance := rand.New(rand.NewPCG(seed, 0))
		var points []spc.Point
		for i := range min(max(n, 0), 80) {
			points = append(points, spc.Point{Date: law.NewDate(2024, time.April, 1).AddMonths(i), Value: level + spread*chance.NormFloat64(), Gap: chance.IntN(9) == 0})
		}
		c, err := spc.XmR(points, spc.Options{Target: &target})
		if err != nil {
			return
		}
		m := Control{Frame: Frame{ID: "fuzz", Title: "Title", Source: "Source"}, Unit: strings.ToValidUTF8(unit, ""), Decimals: 1, Chart: c, Months: true}
		if strings.ContainsFunc(m.Unit, func(r rune) bool { return r < ' ' || r > 0xfff0 }) {
			return // what XML cannot hold, no flag or definition holds
		}
		svg, err := m.SVG()
		if err != nil {
			t.Fatal(err)
		}
		parse(t, svg)
		if strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
			t.Errorf("a coordinate is no number: %s", svg)
		}
	})
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

// Five hundred charts from their values to the picture, which may take a second.
func BenchmarkControl500(b *testing.B) {
	values := make([]float64, 36)
	for i := range values {
		values[i] = 5 + math.Sin(float64(i)*1.7)/3
	}
	rounds := 0
	for b.Loop() {
		rounds++
		for i := range 500 {
			values[7] = 5 + float64(i)/1000
			m := controlled(b, spc.Options{Improve: spc.Down}, values...)
			m.ID = fmt.Sprint("c", i)
			if _, err := m.SVG(); err != nil {
				b.Fatal(err)
			}
		}
	}
	if each := b.Elapsed() / time.Duration(rounds); each > time.Second {
		b.Errorf("five hundred charts take %v", each)
	}
}
