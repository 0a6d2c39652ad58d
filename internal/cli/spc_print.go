package cli

import (
	"strings"

	"commonweal/internal/web/chart"
	"commonweal/law"
	"commonweal/spc"
)

// drawn is a chart with what it takes to print it.
type drawn struct {
	spc.Chart
	decimals int
	centre   string       // of a line that is not the mean
	verdict  string       // of tests on the whole series
	run      *runDocument // of a run chart
}

// picture is the chart as it is drawn.
func (d drawn) picture(o spcFlags) chart.Control {
	title := o.title
	if title == "" {
		title = o.value
	}
	points, firsts := make([]spc.Point, len(d.Points)), true
	for i, p := range d.Points {
		points[i] = p.Point
		_, _, day := p.Date.Civil()
		firsts = firsts && day == 1
	}
	note := strings.Join(append([]string{d.verdict}, d.warnings()...), " ")
	return chart.Control{
		Frame: chart.Frame{ID: "chart", Title: title, Note: strings.TrimSpace(note), Source: "Made by commonweal spc."},
		Unit:  o.unit, Decimals: max(d.decimals, 1), Chart: d.Chart, Months: firsts || spc.Monthly(points),
		Centre: d.centre, NoLimits: d.run != nil, Verdict: d.verdict,
	}
}

// warnings are those of the chart, and why its icons are withheld.
func (d drawn) warnings() []string {
	out := []string{}
	if d.Withheld != "" && (d.VariationWithheld || d.Assurance != spc.None) {
		out = append(out, d.withheld()+": "+d.Withheld+".")
	}
	return append(out, d.Warnings...)
}

// withheld says which icons are not to be shown.
func (d drawn) withheld() string {
	switch {
	case d.VariationWithheld && d.Assurance != spc.None:
		return "The icons of variation and assurance are withheld"
	case d.VariationWithheld:
		return "The icon of variation is withheld"
	}
	return "The icon of assurance is withheld"
}

type spcPoint struct {
	Date  law.Date `json:"date"`
	Value *float64 `json:"value"`
	Mean  float64  `json:"mean"`
	Lower float64  `json:"lower"`
	Upper float64  `json:"upper"`
	Rule  spc.Rule `json:"rule"`
	Type  spc.Kind `json:"type"`
}

// document is what --json prints. The labels are what the rules give; where icons are
// withheld, a warning says so.
func (d drawn) document() any {
	if d.run != nil {
		return d.runDocument()
	}
	out := struct {
		Points    []spcPoint     `json:"points"`
		Variation spc.Kind       `json:"variation"`
		Assurance *spc.Assurance `json:"assurance"`
		Warnings  []string       `json:"warnings"`
	}{Variation: d.Variation, Warnings: d.warnings()}
	if d.Assurance != spc.None {
		out.Assurance = &d.Assurance
	}
	for _, p := range d.Points {
		out.Points = append(out.Points, spcPoint{p.Date, known(p.Value), p.Mean, p.Lower, p.Upper, p.Rule, p.Kind})
	}
	return out
}

// runDocument is what --json prints of a run chart.
type runDocument struct {
	Points   []runPoint   `json:"points"`
	Medians  []medianFrom `json:"medians"`
	Tests    *runTests    `json:"tests"`
	Warnings []string     `json:"warnings"`
}

type runPoint struct {
	Date   law.Date `json:"date"`
	Value  *float64 `json:"value"`
	Median float64  `json:"median"`
}

type medianFrom struct {
	From   law.Date `json:"from"`
	To     law.Date `json:"to"`
	Median float64  `json:"median"`
}

type runTests struct {
	Useful          int  `json:"useful"`
	LongestRun      int  `json:"longest_run"`
	LongestAllowed  int  `json:"longest_allowed"`
	Crossings       int  `json:"crossings"`
	CrossingsNeeded int  `json:"crossings_needed"`
	Signal          bool `json:"signal"`
}

func (d drawn) runDocument() runDocument {
	out := *d.run
	out.Warnings = d.warnings()
	for _, p := range d.Points {
		out.Points = append(out.Points, runPoint{p.Date, known(p.Value), p.Mean})
	}
	return out
}

func (c *call) tellChart(d drawn) {
	value := func(p spc.Charted) string {
		if p.Gap {
			return "-"
		}
		return number(p.Value, d.decimals)
	}
	if d.run != nil {
		pf(c.Out, "%-12s %10s %10s\n", "day", "value", "median")
		for _, p := range d.Points {
			pf(c.Out, "%-12s %10s %10s\n", p.Date, value(p), number(p.Mean, d.decimals+1))
		}
		if d.verdict != "" {
			pf(c.Out, "\n%s\n", strings.TrimSpace(d.verdict))
		}
		return
	}
	centre := "mean"
	if d.centre != "" {
		centre = strings.ToLower(d.centre)
	}
	pf(c.Out, "%-12s %10s %10s %10s %10s  %s\n", "day", "value", centre, "lower", "upper", "what it is")
	for _, p := range d.Points {
		pf(c.Out, "%-12s %10s %10s %10s %10s  %s\n", p.Date, value(p), number(p.Mean, d.decimals+1), number(p.Lower, d.decimals+1), number(p.Upper, d.decimals+1), p.Rule)
	}
	pf(c.Out, "\nVariation: %s.\n", strings.ReplaceAll(string(d.Variation), "_", " "))
	if d.Assurance != spc.None {
		said := map[spc.Assurance]string{spc.Passes: "met every time", spc.Fails: "missed every time", spc.HitAndMiss: "met or missed by chance"}[d.Assurance]
		if d.Withheld != "" {
			said = "not judged"
		}
		pf(c.Out, "Target: %s.\n", said)
	}
	if w := d.warnings(); d.Withheld != "" && len(w) > len(d.Warnings) {
		pf(c.Out, "%s\n", w[0])
	}
	pf(c.Out, "Rules: %s.\n", d.Options.Rules)
}
