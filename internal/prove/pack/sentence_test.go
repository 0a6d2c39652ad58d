package pack

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"commonweal/internal/prove/indicator"
	"commonweal/internal/prove/readtest"
	"commonweal/law"
	"commonweal/spc"
)

var began = law.NewDate(2023, time.April, 1)

func defined(change ...func(*indicator.Definition)) indicator.Definition {
	d := indicator.Definition{
		ID: "1", Code: "absence", N: 1, Name: "Sickness absence", About: "Days lost.", Numerator: "days lost to sickness", Denominator: "days staff were due to work",
		Unit: "%", Decimals: 1, Direction: spc.Down, Kind: indicator.Proportion, Source: "Payroll", Every: indicator.Month, Covers: 1, Starts: began,
	}
	for _, c := range change {
		c(&d)
	}
	return d
}

// monthly are figures from April 2023 on.
func monthly(values ...float64) []indicator.Figure {
	var out []indicator.Figure
	for i, v := range values {
		out = append(out, indicator.Figure{Period: began.AddMonths(i), Value: v, Numerator: 100 * v, Denominator: 10_000})
	}
	return out
}

// around are n values that go up and down about a middle, and then the last ones.
func around(n int, last ...float64) []float64 {
	var out []float64
	for i := range n {
		out = append(out, 5+[]float64{0.2, -0.1, 0.1, -0.2, 0.15, -0.15}[i%6])
	}
	return append(out, last...)
}

// What a page says of each kind of series, word for word.
func TestPage_Sentence(t *testing.T) {
	for _, c := range []struct {
		name   string
		values []float64
		target string
		change func(*indicator.Definition)
		want   string
	}{
		{
			"nothing unusual, a target that is missed", around(24), "4", nil,
			"Sickness absence, 24 months to March 2025: the average is 5.0% and the usual range 4.2% to 5.8%; nothing stands out; as things stand the target of 4% is missed every time.",
		},
		{
			"a target that is met by chance", around(24), "5", nil,
			"Sickness absence, 24 months to March 2025: the average is 5.0% and the usual range 4.2% to 5.8%; nothing stands out; the target of 5% is met at some times and missed at others, by chance.",
		},
		{
			"a target that is met", around(24), "6", nil,
			"Sickness absence, 24 months to March 2025: the average is 5.0% and the usual range 4.2% to 5.8%; nothing stands out; as things stand the target of 6% is met every time.",
		},
		{
			"eight above the average", around(17, 5.2, 5.25, 5.15, 5.3, 5.2, 5.3, 5.25), "4", nil,
			"Sickness absence, 24 months to March 2025: the average is 5.1% and the usual range 4.5% to 5.7%; the last 8 months are above the average (a concern); it is too early to judge the target of 4%.",
		},
		{
			"one far above", around(23, 7), "", nil,
			"Sickness absence, 24 months to March 2025: the average is 5.1% and the usual range 4.3% to 5.9%; the last month, 7.0%, is above that range (a concern).",
		},
		{
			"too few", around(8), "4", nil,
			"Sickness absence, 8 months to November 2023: the average is 5.0%, but it rests on eight figures, and it takes 12 to say what is usual; it is too early to judge the target of 4%.",
		},
		{"always the same", []float64{5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5}, "", nil, "Sickness absence, 13 months to April 2024: every figure is 5.0%."},
		{
			"one that differs",
			[]float64{5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 7, 5, 5, 5, 5, 5},
			"4", nil,
			"Sickness absence, 18 months to September 2024: the average is 5.1%, and nearly every figure is the same as the one before it, so no range can say what is usual; it is too early to judge the target of 4%.",
		},
		{
			"a rolling window", around(24), "4", func(d *indicator.Definition) { d.Covers = 12 },
			"Sickness absence, 24 months to March 2025: the last figure is 4.8%, and no control chart is drawn, for each figure speaks of 12 months and repeats most of the one before.",
		},
		{"nothing at all", nil, "", nil, "Sickness absence: there are no figures yet."},
		{"a single figure", []float64{5}, "", nil, "Sickness absence, 1 month to April 2023: the last figure is 5.0%, and there is no chart yet."},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := defined()
			if c.change != nil {
				c.change(&d)
			}
			got := Make(Measure{Indicator: "absence", Target: c.target}, Facts{Definition: d, Figures: monthly(c.values...), Name: "Ours"}).Sentence
			if got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// Whatever the figures are, no sentence of a page holds a word that hints at what brought
// a change about, and each reads at about the age of twelve.
func TestPage_WordsOfEverySentence(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads sentences, many times over")
	}
	said := map[string]bool{}
	for n, series := range [][]float64{
		nil,
		{5},
		around(8), around(24), around(23, 7), around(23, 3), around(17, 5.2, 5.25, 5.15, 5.3, 5.2, 5.3, 5.25), around(17, 4.8, 4.75, 4.85, 4.7, 4.8, 4.7, 4.75),
		around(17, 4.8, 4.9, 5.0, 5.1, 5.2, 5.3, 5.4), around(17, 5.2, 5.1, 5.0, 4.9, 4.8, 4.7, 4.6), around(21, 5.35, 5.0, 5.4), around(21, 4.62, 5.0, 4.6),
		append(around(12, 7), around(12)...), append(around(12, 7, 7.1), around(12)...),
		{5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5},
		{5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 7, 5, 5, 5, 5, 5},
	} {
		for _, direction := range []spc.Direction{spc.Up, spc.Down, spc.Neutral} {
			for _, target := range []string{"", "4", "5", "6"} {
				for _, covers := range []int{1, 12} {
					for _, peers := range []Peers{Nobody, Parts, Organisations, GroupOf("Community Trusts")} {
						if n > 3 && peers != Nobody || target == "6" && peers != Nobody {
							continue // peers are the same whatever the chart is
						}
						for _, kind := range []indicator.Kind{indicator.Proportion, indicator.Rate, indicator.Ratio, indicator.Value} {
							d := defined(func(d *indicator.Definition) { d.Direction, d.Covers, d.Kind = direction, covers, kind })
							f := Facts{Definition: d, Figures: append(monthly(series...), others()...), Name: "Severn & Wye", Organisations: map[string]Organisation{"RXA": {"Alder", "Community Trusts"}}}
							if target == "5" {
								f.Studies = []Study{{Title: "Rotas", Waits: "It is registered, and its data have not been looked at."}}
							}
							p := Make(Measure{Indicator: "absence", Target: target, Peers: peers}, f)
							for _, s := range everything(p) {
								said[s] = true
							}
							for _, s := range []string{Sentence([]Page{p, p}), Chance([]Page{p}), Sentence([]Page{p}), Sentence(nil)} {
								said[s] = true
							}
						}
					}
				}
			}
		}
	}
	if len(said) < 60 {
		t.Errorf("only %d sentences were made", len(said))
	}
	for s := range said {
		if word := Found(s); word != "" {
			t.Errorf("%q stands in: %s", word, s)
		}
		if age := readtest.Age(s); age > 13 && len(strings.Fields(s)) > 8 {
			t.Errorf("reads at %.1f years: %s", age, s)
		}
	}
}

// everything is every sentence of a page.
func everything(p Page) []string {
	out := []string{p.Sentence, p.Refused, p.Variation.Title, p.Variation.Why, p.Assurance.Title, p.Assurance.Why, p.Conclusion()}
	if p.Beside != nil {
		out = append(out, p.Beside.Sentence, p.Beside.Without)
	}
	for _, g := range p.Grades {
		out = append(out, g.Reason)
	}
	for _, c := range p.Changes {
		out = append(out, c.What)
	}
	return append(out, p.Warnings...)
}

// others are a year of figures of parts and organisations.
func others() []indicator.Figure {
	var out []indicator.Figure
	for n := range 8 {
		for i := range 24 {
			v := 5 + 0.5*float64(n%4)
			for _, unit := range []string{indicator.PartOf(fmt.Sprintf("Part %d", n)), fmt.Sprintf("R%dX", n)} {
				out = append(out, indicator.Figure{Period: began.AddMonths(i), Unit: unit, Value: v, Numerator: v * float64(10*(n+1)), Denominator: float64(1000 * (n + 1))})
			}
		}
	}
	return out
}

// The third grade is what registered studies came to: one that did not show anything is an
// answer too, and one that is withdrawn says why.
func TestGrades_Tested(t *testing.T) {
	did := Study{Title: "Rotas", Shows: "After own rotas began, absence was lower.", Shown: true}
	not := Study{Title: "Letters", Shows: "The study did not show that absence goes with the letters."}
	waits := Study{Title: "Meals", Waits: "It was withdrawn on 3 May 2026: the kitchen closed."}
	for name, c := range map[string]struct {
		studies         []Study
		verdict, reason string
	}{
		"no study bears on it":                    {nil, "Not yet.", "No registered study bears on this measure. What is behind a change is not known."},
		"a study waits, and has shown nothing":    {[]Study{waits}, "Not yet.", "Meals. It was withdrawn on 3 May 2026: the kitchen closed."},
		"a study did not show it":                 {[]Study{not}, "Not shown.", "Letters. The study did not show that absence goes with the letters."},
		"of two one did, and both are told":       {[]Study{did, not}, "Partly.", "Rotas. After own rotas began, absence was lower. Letters. The study did not show that absence goes with the letters."},
		"what is shown comes before what is open": {[]Study{waits, did}, "Partly.", "Rotas. After own rotas began, absence was lower. Meals. It was withdrawn on 3 May 2026: the kitchen closed."},
	} {
		p := Make(Measure{Indicator: "absence"}, Facts{Definition: defined(), Figures: monthly(around(24)...), Studies: c.studies})
		if g := p.Grades[2]; g.Name != "Tested" || g.Verdict != c.verdict || g.Reason != c.reason {
			t.Errorf("%s: %+v", name, g)
		}
	}
}

// A gap is a gap, quarters are quarters, and a rebase begins the average anew.
func TestPage_PeriodsAndRebase(t *testing.T) {
	d := defined(func(d *indicator.Definition) { d.Every = indicator.Quarter })
	list := monthly(around(12)...)
	for i := range list {
		list[i].Period = began.AddMonths(3 * i)
	}
	p := Make(Measure{Indicator: "absence"}, Facts{Definition: d, Figures: append(list[:5:5], list[6:]...)})
	if !strings.HasPrefix(p.Sentence, "Sickness absence, 12 quarters to March 2026: ") || p.Grades[0].Verdict != "Partly." || !strings.Contains(p.Grades[0].Reason, "One quarter is without a figure.") {
		t.Errorf("%s %+v", p.Sentence, p.Grades[0])
	}
	rebased := Make(Measure{Indicator: "absence", Rebase: began.AddMonths(12), Why: "A ward closed."}, Facts{Definition: defined(), Figures: monthly(append(around(12), 3, 3.1, 2.9, 3, 3.2, 3.1, 2.9, 3, 3.1, 2.9, 3, 3.1)...)})
	if want := "Sickness absence, 24 months to March 2025: since April 2024 the average is 3.0% and the usual range 2.7% to 3.4%; nothing stands out."; rebased.Sentence != want {
		t.Errorf("got\n%s\nwant\n%s", rebased.Sentence, want)
	}
	if fresh := Make(Measure{Indicator: "absence", Rebase: began.AddMonths(12), Why: "A ward closed."}, Facts{Definition: defined(), Figures: monthly(around(18)...)}); !strings.HasPrefix(strings.Join(fresh.Warnings, " "), "From April 2024 to September 2024 there are 6 values: ") {
		t.Errorf("days are said as people say them: %q", fresh.Warnings)
	}
	lost := Make(Measure{Indicator: "absence", Rebase: began.AddDays(40), Why: "x"}, Facts{Definition: defined(), Figures: monthly(around(12)...)})
	if lost.Chart != nil || !strings.Contains(lost.Refused, "the nearest are May 2023 and June 2023") {
		t.Errorf("a rebase on no day of the series: %q", lost.Refused)
	}
}

// The funnel joins mergers, leaves out who lacks a month, and gives a place only with its
// range.
func TestBeside_Organisations(t *testing.T) {
	f := Facts{Definition: defined(), Name: "Ours", ODS: "NQL", Mergers: map[string]string{"R9X": "R0X"}, Organisations: map[string]Organisation{"R0X": {Name: "Alder"}}}
	f.Figures = append(monthly(around(24)...), others()...)
	for i := range 6 { // half a year of another, and half of one that then went into R0X
		f.Figures = append(f.Figures, indicator.Figure{Period: began.AddMonths(12 + i), Unit: "RZZ", Value: 5, Numerator: 5, Denominator: 100},
			indicator.Figure{Period: began.AddMonths(12 + i), Unit: "R9X", Value: 50, Numerator: 500, Denominator: 1000})
	}
	b := Make(Measure{Indicator: "absence", Peers: Organisations}, f).Beside
	if b.Result == nil || len(b.Result.Units) != 9 || b.Rank == nil || !strings.Contains(b.Sentence, "anywhere from") || !strings.HasSuffix(b.Sentence, "One without all of those figures is left out.") {
		t.Fatalf("%+v", b)
	}
	for _, u := range b.Result.Units {
		if u.Name == "Alder (R0X)" && (u.Of != 12*1000+6*1000 || u.Observed != 12*50+6*500) {
			t.Errorf("who went into another is counted with it: %+v", u.Unit)
		}
	}
	if none := Make(Measure{Indicator: "absence", Peers: GroupOf("Nowhere")}, f).Beside; none.Result != nil || !strings.Contains(none.Sentence, "It takes three to compare.") {
		t.Errorf("a group of nobody: %+v", none)
	}
}

// Figures in another order change no byte of what is written.
func TestWorkbook_OrderOfFiguresChangesNothing(t *testing.T) {
	f := Facts{Definition: defined(), Name: "Ours", ODS: "NQL", Organisations: map[string]Organisation{"R0X": {Name: "Alder"}}, Figures: append(monthly(around(24)...), others()...)}
	written := func(f Facts) (string, []Row) {
		p := Make(Measure{Indicator: "absence", Target: "5", Peers: Organisations}, f)
		return strings.Join(everything(p), "\n"), p.Rows()
	}
	words, rows := written(f)
	chance := rand.New(rand.NewPCG(3, 4))
	for range 5 {
		chance.Shuffle(len(f.Figures), func(i, j int) { f.Figures[i], f.Figures[j] = f.Figures[j], f.Figures[i] })
		if w, r := written(f); w != words || !reflect.DeepEqual(r, rows) {
			t.Fatalf("other words or rows:\n%s\n%s", w, words)
		}
	}
}

// The matrix holds every page once, and the pack's sentence counts what the cells do.
func TestMatrix(t *testing.T) {
	d := Facts{Definition: defined(), Figures: monthly(around(24)...)}
	up := Facts{Definition: defined(), Figures: monthly(around(23, 7)...)}
	rolling := Facts{Definition: defined(func(d *indicator.Definition) { d.Covers = 12 }), Figures: monthly(around(24)...)}
	pages := []Page{Make(Measure{Target: "4"}, d), Make(Measure{Target: "4"}, up), Make(Measure{}, rolling), Make(Measure{Target: "5"}, d)}
	m := Sum(pages)
	if fmt.Sprint(m[1][2], m[3][3], m[4][3], m[1][1]) != "[0] [1] [2] [3]" {
		t.Errorf("%v", m)
	}
	if got, want := Sentence(pages), "Of four measures, one shows a change for the worse; as things stand one misses its target every time; one is not charted."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := Chance(pages); !strings.HasPrefix(got, "Three measures are charted. If nothing at all were going on, a measure in about one in every ") {
		t.Errorf("%q", got)
	}
}
