package chart

import (
	"fmt"
	"html/template"
	"strings"

	"commonweal/spc"
)

// Control shows one measure through time with its mean and limits. A segment's lines end
// where the next begins; a gap is a gap; the target is dotted and named.
type Control struct {
	Frame
	Unit     string
	Decimals int
	Chart    spc.Chart
	// Months names each point by its month alone; without it by its day.
	Months bool
	// Centre is what the middle line is: Mean unless said.
	Centre string
	// NoLimits is for a chart that has none: the run chart.
	NoLimits bool
	// Verdict is what tests of the whole series say; it joins the description.
	Verdict string
}

// Colours of Making Data Count with outlines of 3 to 1 and more on white; each kind of
// point has a shape of its own.
const (
	usualFill, usualEdge     = "#a6a6a6", "#4c6272" // circle
	betterFill, betterEdge   = "#00b0f0", "#05496b" // triangle the way it moved
	worseFill, worseEdge     = "#e46c0a", "#7a3200" // square
	neutralFill, neutralEdge = "#490092", "#490092" // diamond
	limitLine                = "#5b6f7c"
	targetLine               = "#b3190f"
)

// HTML draws the chart.
func (m Control) HTML() (template.HTML, error) {
	if err := m.check(); err != nil {
		return "", err
	}
	desc := m.describe()
	narrow, wide := m.draw(newCanvas(false)), m.draw(newCanvas(true))
	return m.framed().figure(m.keys(), narrow.svg(m.ID+"-narrow", m.Title, desc), wide.svg(m.ID+"-wide", m.Title, desc), m.table()), nil
}

// Table is what the picture shows, to stand apart from it under a heading.
func (m Control) Table(heading string) (template.HTML, error) {
	if err := m.check(); err != nil {
		return "", err
	}
	return m.apart(m.table(), heading), nil
}

// SVG draws the wide picture as a file of its own.
func (m Control) SVG() (string, error) {
	if err := m.check(); err != nil {
		return "", err
	}
	return m.framed().alone(m.draw(newCanvas(true)), m.keys(), m.describe()), nil
}

// framed is the frame with how the chart was made.
func (m Control) framed() Frame {
	f := m.Frame
	f.Note = strings.TrimSpace(f.Note + " " + m.made())
	return f
}

// made says by which rules points are judged, and what was done to limits and values.
func (m Control) made() string {
	o := m.Chart.Options
	text := map[spc.RuleSet]string{
		spc.PTD:             "Signals by the rules of Making Data Count (ptd).",
		spc.WesternElectric: "Signals by the rules of Western Electric (western-electric).",
		spc.LimitsAlone:     "A signal is a point outside its limits.",
	}[o.Rules]
	if o.Fix > 0 {
		text += fmt.Sprintf(" Limits rest on the first %d points of each stretch.", o.Fix)
	}
	if o.KeepOutliers {
		text += " Limits rest on all moving ranges, outlying ones too."
	}
	if o.Season {
		text += " The season was taken out of the values."
	}
	return text
}

func (m Control) centre() string {
	if m.Centre == "" {
		return "Mean"
	}
	return m.Centre
}

func (m Control) check() error {
	if err := m.Frame.check(); err != nil {
		return err
	}
	if len(m.Chart.Points) == 0 || len(m.Chart.Segments) == 0 {
		return fmt.Errorf("chart %s has no points", m.ID)
	}
	return nil
}

func (m Control) write(v float64) string { return grouped(written(v, m.Decimals, 0, m.Unit)) }

func (m Control) day(p spc.Charted) string {
	y, month, d := p.Date.Civil()
	if m.Months {
		return fmt.Sprintf("%s %02d", month.String()[:3], y%100)
	}
	return fmt.Sprintf("%d %s %02d", d, month.String()[:3], y%100)
}

// describe says mean, limits, number, last value and which rules fired.
func (m Control) describe() string {
	last := m.Chart.Points[len(m.Chart.Points)-1]
	text := fmt.Sprintf("%d points from %s to %s. ", len(m.Chart.Points), m.day(m.Chart.Points[0]), m.day(last))
	if len(m.Chart.Points) == 1 {
		text = fmt.Sprintf("1 point, %s. ", m.day(last))
	}
	switch n := len(m.Chart.Segments); {
	case n > 1 && m.NoLimits:
		text += fmt.Sprintf("The %s moves %s; the last is ", strings.ToLower(m.centre()), times(n-1))
	case n > 1:
		text += fmt.Sprintf("Limits begin anew %s; the last are: %s ", times(n-1), strings.ToLower(m.centre()))
	case m.stepped():
		text += "Limits differ from point to point; at the last: " + strings.ToLower(m.centre()) + " "
	default:
		text += m.centre() + " "
	}
	text += m.write(last.Mean)
	if !m.NoLimits {
		text += fmt.Sprintf(", limits %s to %s", m.write(last.Lower), m.write(last.Upper))
	}
	text += ". "
	if last.Gap {
		text += "The last point has no value. "
	} else {
		text += "Last value " + m.write(last.Value)
		if !m.NoLimits {
			text += ": " + ruleWords(last.Rule)
		}
		text += ". "
	}
	fired := map[spc.Rule]int{}
	var order []spc.Rule
	for _, p := range m.Chart.Points {
		if p.Rule != spc.NoRule {
			if fired[p.Rule] == 0 {
				order = append(order, p.Rule)
			}
			fired[p.Rule]++
		}
	}
	switch {
	case m.NoLimits:
		text += m.Verdict
	case len(order) == 0:
		text += "No point is more than usual variation."
	default:
		var parts []string
		for _, r := range order {
			parts = append(parts, fmt.Sprintf("%s: %d", ruleWords(r), fired[r]))
		}
		text += "Points that stand out: " + strings.Join(parts, "; ") + "."
	}
	if t := m.Chart.Options.Target; t != nil {
		text += " Target " + m.write(*t) + "."
	}
	return text
}

// stepped reports whether the limits differ from point to point.
func (m Control) stepped() bool {
	for i, p := range m.Chart.Points {
		if q := m.Chart.Points[max(0, i-1)]; p.Segment == q.Segment && (p.Lower != q.Lower || p.Upper != q.Upper) {
			return true
		}
	}
	return false
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// ruleWords says in plain words why a point stands out.
func ruleWords(r spc.Rule) string {
	return map[spc.Rule]string{
		spc.NoRule: "usual variation", spc.AboveUpper: "above the upper limit", spc.BelowLower: "below the lower limit",
		spc.TrendUp: "seven or more points rising", spc.TrendDown: "seven or more points falling",
		spc.TwoInThreeUp: "two of three close to the upper limit", spc.TwoInThreeDn: "two of three close to the lower limit",
		spc.FourInFiveUp: "four of five well above the mean", spc.FourInFiveDn: "four of five well below the mean",
		spc.RunOfSevenUp: "seven or more points above the mean", spc.RunOfSevenDn: "seven or more points below the mean",
		spc.RunOfEightUp: "eight or more points above the mean", spc.RunOfEightDn: "eight or more points below the mean",
	}[r]
}

func kindWords(k spc.Kind) string {
	return map[spc.Kind]string{
		spc.Usual: "usual variation", spc.Improvement: "improving", spc.Concern: "concern",
		spc.NeutralHigh: "high", spc.NeutralLow: "low",
	}[k]
}

func (m Control) keys() []keyEntry {
	seen := map[spc.Kind]bool{}
	for _, p := range m.Chart.Points {
		seen[p.Kind] = seen[p.Kind] || !p.Gap
	}
	var keys []keyEntry
	mark := func(inner, text string) {
		keys = append(keys, keyEntry{`<svg width="30" height="20" aria-hidden="true" focusable="false">` + inner + "</svg>", text})
	}
	usual := "Usual variation"
	if m.NoLimits {
		usual = "Value"
	}
	for _, k := range []spc.Kind{spc.Usual, spc.Improvement, spc.Concern, spc.NeutralHigh, spc.NeutralLow} {
		if seen[k] {
			mark(kindMark(k, up(k, m.Chart.Options.Improve), 15, 10), map[spc.Kind]string{
				spc.Usual: usual, spc.Improvement: "Signal: improving", spc.Concern: "Signal: concern",
				spc.NeutralHigh: "Signal: high", spc.NeutralLow: "Signal: low",
			}[k])
		}
	}
	mark(fmt.Sprintf(`<path d="M1 10h28" stroke="%s" stroke-width="1.6"/>`, ink), m.centre())
	if !m.NoLimits {
		mark(fmt.Sprintf(`<path d="M1 10h28" stroke="%s" stroke-width="1.6" stroke-dasharray="5 4"/>`, limitLine), "Limits of usual variation")
	}
	if m.Chart.Options.Target != nil {
		mark(fmt.Sprintf(`<path d="M1 10h28" stroke="%s" stroke-width="2" stroke-dasharray="1 4" stroke-linecap="round"/>`, targetLine), "Target")
	}
	return keys
}

// up reports whether a signal of the kind lies above.
func up(k spc.Kind, improve spc.Direction) bool {
	switch k {
	case spc.Improvement:
		return improve == spc.Up
	case spc.Concern:
		return improve == spc.Down
	}
	return k == spc.NeutralHigh
}

// kindMark is the mark of a kind of point.
func kindMark(k spc.Kind, up bool, x, y float64) string {
	switch k {
	case spc.Improvement:
		r := 5.2
		if !up {
			r = -r
		}
		return fmt.Sprintf(`<path d="M%s %sL%s %sL%s %sz" fill="%s" stroke="%s" stroke-width="1.4"/>`,
			num(x), num(y-r), num(x+5.2), num(y+r*0.8), num(x-5.2), num(y+r*0.8), betterFill, betterEdge)
	case spc.Concern:
		return fmt.Sprintf(`<path d="M%s %sh8v8h-8z" fill="%s" stroke="%s" stroke-width="1.4"/>`, num(x-4), num(y-4), worseFill, worseEdge)
	case spc.NeutralLow: // hollow, so that grey tells it from high
		return fmt.Sprintf(`<path d="%s" fill="#fff" stroke="%s" stroke-width="1.8"/>`, diamondPath(x, y, 5), neutralEdge)
	case spc.NeutralHigh:
		return fmt.Sprintf(`<path d="%s" fill="%s" stroke="%s" stroke-width="1"/>`, diamondPath(x, y, 5), neutralFill, neutralEdge)
	}
	return fmt.Sprintf(`<circle cx="%s" cy="%s" r="3.4" fill="%s" stroke="%s" stroke-width="1.2"/>`, num(x), num(y), usualFill, usualEdge)
}

// table has a row a point with all that the picture shows of it.
func (m Control) table() table {
	t := table{caption: m.Title, heads: []string{"Period", "Value", m.centre()}}
	if !m.NoLimits {
		t.heads = append(t.heads, "Lower limit", "Upper limit")
	}
	target := m.Chart.Options.Target
	if target != nil {
		t.heads = append(t.heads, "Target")
	}
	if !m.NoLimits {
		t.heads = append(t.heads, "What it is")
	}
	for _, p := range m.Chart.Points {
		value, what := "no value", ""
		if !p.Gap {
			value, what = m.write(p.Value), ruleWords(p.Rule)
			if p.Kind != spc.Usual {
				what += " (" + kindWords(p.Kind) + ")"
			}
		}
		cells := []string{m.day(p), value, m.write(p.Mean)}
		if !m.NoLimits {
			cells = append(cells, m.write(p.Lower), m.write(p.Upper))
		}
		if target != nil {
			cells = append(cells, m.write(*target))
		}
		if !m.NoLimits {
			cells = append(cells, what)
		}
		t.rows = append(t.rows, tableRow{cells: cells})
	}
	return t
}
