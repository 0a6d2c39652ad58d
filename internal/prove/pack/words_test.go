package pack

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"commonweal/internal/prove/indicator"
	"commonweal/internal/prove/readtest"
	"commonweal/law"
	"commonweal/spc"
)

// extreme are figures that no template was written with in mind: none, all nought, jumps,
// steps, long runs, trends, gaps, below nought, tiny and huge.
func extreme(r *rand.Rand, every indicator.Every) []indicator.Figure {
	n, scale := r.IntN(70), []float64{0, 0.001, 1, 1, 50, 1e6}[r.IntN(6)]
	level, drift := scale*(r.Float64()-0.2), scale*[]float64{0, 0, 0.05, -0.05}[r.IntN(4)]
	var out []indicator.Figure
	for i := range n {
		if r.IntN(12) == 0 {
			continue
		}
		if r.IntN(15) == 0 {
			level += scale * (r.Float64() - 0.5)
		}
		level += drift
		of := float64(r.IntN(5000) + 1)
		v := level + 0.1*scale*r.NormFloat64()
		out = append(out, indicator.Figure{Period: began.AddMonths(i * every.Months()), Value: v, Numerator: float64(r.IntN(int(of) + 1)), Denominator: of})
	}
	return out
}

// Whatever the figures, the definition and the pack's history are, each sentence that the
// board reads is free of forbidden words and reads at about the age of twelve.
func TestPage_WordsOfExtremes(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	some := func(list ...string) string { return list[r.IntN(len(list))] }
	said := map[string]bool{}
	var pages []Page
	for range 250 {
		every := []indicator.Every{indicator.Month, indicator.Quarter, indicator.Year}[r.IntN(3)]
		d := defined(func(d *indicator.Definition) {
			d.Name = some("Falls", "Sickness absence", "Seen within two hours, urgent response", "Patients who say good or very good")
			d.Unit, d.Decimals, d.Every = some("", "%", "days"), r.IntN(4), every
			d.Direction = spc.Direction(some(string(spc.Up), string(spc.Down), string(spc.Neutral)))
			d.Kind = indicator.Kind(some("proportion", "rate", "ratio", "value"))
			d.Covers, d.Per = 1, 1000
			if r.IntN(12) == 0 {
				d.Covers = 2 + r.IntN(11)
			}
		})
		m := Measure{ID: "9", Indicator: "absence", Target: some("", "0", "-3", "4.25", "1000000"), Peers: Peers(some("", "parts", "organisations", "group:Community Trusts")), Day: law.NewDate(2026, 5, 9)}
		f := Facts{Definition: d, Figures: append(extreme(r, every), others()...), Name: "Ours", Organisations: map[string]Organisation{"R0X": {"Alder", "Community Trusts"}}}
		if own := indicator.Of(f.Figures, indicator.Whole); len(own) > 14 && r.IntN(3) == 0 {
			m.Rebase, m.Why = own[len(own)-1-r.IntN(13)].Period, "We work otherwise."
		}
		for range r.IntN(4) {
			f.Terms = append(f.Terms, Measure{
				ID: fmt.Sprint(len(f.Terms)), Indicator: "absence", Target: some("", "5", "-1"), Peers: Peers(some("", "parts", "organisations", "group:Acute Trusts")),
				Rebase: []law.Date{{}, began, began.AddMonths(12)}[r.IntN(3)], Day: law.NewDate(2026, 5, 1), Ended: law.NewDate(2026, 5, []int{1, 9}[r.IntN(2)]),
			})
		}
		old := d
		old.About, old.Direction, old.Source, old.Numerator, old.Unit = some(d.About, "Other."), spc.Direction(some("up", "down")), some(d.Source, "Ledger"), some(d.Numerator, "days"), some(d.Unit, "hours")
		f.Revisions = []indicator.Definition{old, d}
		if r.IntN(2) == 0 {
			f.Corrections = []Correction{{Figures: 1 + r.IntN(30), Was: indicator.Figure{Period: began, Value: -1e5}, Now: indicator.Figure{Period: began, Value: 0.0001}}, {Figures: 1 + r.IntN(3)}}
		}
		p := Make(m, f)
		pages = append(pages, p)
		for _, s := range append(everything(p), Sentence(pages[max(0, len(pages)-1-r.IntN(60)):]), Chance(pages[max(0, len(pages)-1-r.IntN(60)):])) {
			said[s] = true
		}
	}
	if len(said) < 800 {
		t.Errorf("only %d sentences were made", len(said))
	}
	hard := 0
	for s := range said {
		if word := Found(s); word != "" {
			t.Errorf("%q stands in: %s", word, s)
		}
		if strings.Contains(s, "NaN") || strings.Contains(s, "Inf") || strings.Contains(s, "%!") || strings.Contains(s, "  ") {
			t.Errorf("no sentence: %s", s)
		}
		if age := readtest.Age(s); age > 13 && len(strings.Fields(s)) > 8 {
			if hard++; hard <= 40 {
				t.Errorf("reads at %.1f years: %s", age, s)
			}
		}
	}
	if hard > 40 {
		t.Errorf("and %d more", hard-40)
	}
}
