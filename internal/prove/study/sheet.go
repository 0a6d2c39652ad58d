package study

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"commonweal/panel"
)

// sheet fills the assumption sheet, which goes with every estimate.
func (r *runner) sheet() {
	s := r.spec
	add := func(subject string, from Origin, format string, args ...any) {
		r.out.Sheet = append(r.out.Sheet, Line{subject, fmt.Sprintf(format, args...), from})
	}
	add("Question", FromSpec, "%s", s.Question)
	if reg := r.out.Registration; reg.Registered() {
		add("Registration", FromSpec, saysRegistered+" "+saysSeen, reg.Day, reg.Locked)
	} else {
		add("Registration", FromSpec, "%s", saysNotRegistered)
	}
	published := ""
	if !s.Data.Published.IsZero() {
		published = " The newest were published on " + s.Data.Published.String() + "."
	}
	add("Data", FromSpec, "%s.%s Seen before: %s", strings.TrimSuffix(s.Data.Source, "."), published, s.Data.Seen)
	names := make([]string, len(s.Outcomes))
	for i, o := range s.Outcomes {
		names[i] = o.Name
	}
	add("Outcomes", FromSpec, "%s. The first is the primary one.", strings.Join(names, "; "))
	add("Window", FromSpec, "%d to %d: %d times in the data.", s.Window.From, s.Window.To, r.out.Times)
	add("Pool and how it was chosen", FromSpec, "%s", s.Pool.Rule)
	r.sizes(add)
	add("Anticipation", FromStated, "%s", s.Stated.Anticipation)
	r.anticipation(add)
	add("Spillover between neighbours", FromStated, "%s", s.Stated.Spillover)
	r.spillover(add)
	r.presence(add)
	add("Other policies at the time", FromStated, "%s", s.Stated.OtherPolicies)
	r.regression(add)
	add("Measurement", FromStated, "%s", s.Stated.Measurement)
	r.measurement(add)
	add("Outcomes tested", FromData, "%s", saysTests(hand{form: r.form}, r.out.Tests, s.Correction))
	r.spread(add)
	for _, p := range r.out.Power {
		add("Smallest size that can be shown", FromData, "%s: %s", p.Outcome, p.Says)
	}
	if s.Power.History == nil {
		add("Smallest size that can be shown", FromData, "%s", saysNoHistory)
	}
	add("When it stops", FromSpec, "%s", s.Stopping)
	add("What would change our mind", FromSpec, "%s", s.MindChange)
}

type adder func(subject string, from Origin, format string, args ...any)

func (r *runner) sizes(add adder) {
	first := r.out.Results[0]
	if r.spec.Treatment == nil {
		add("Sizes", FromData, "%d units; %d rows and %d clusters in the primary estimate. No unit was treated: an amount was observed.", r.out.Units, first.N, first.Clusters)
		if r.form != firstForm {
			add("Before the start", FromData, "%s", saysNoStart)
			r.moves(add)
		}
		return
	}
	treated, others := r.frame.sides()
	add("Sizes", FromData, "%d treated units, %d in comparison; %d rows and %d clusters in the primary estimate.", treated, others, first.N, first.Clusters)
	starts := r.frame.beginnings()
	if len(starts) > 1 && r.form != firstForm && r.cohorts(add) {
		return
	}
	if len(starts) != 1 {
		add("Before the start", FromData, "The treatment begins at %d different times. The test of the time before is beside each estimate that makes one.", len(starts))
		return
	}
	p, smallest, err := r.trend(starts[0])
	if err != nil {
		add("Before the start", FromData, "Whether the units moved apart before the start cannot be tested: %v.", err)
		return
	}
	add("Before the start", FromData, "%s", saysTrend(r.hand(r.spec.Outcomes[0]), p, smallest))
	if r.form == firstForm {
		return
	}
	if p, smallest, err = r.joint(starts[0]); err == nil {
		add(subjectBefore, FromData, "%s", saysJoint(r.hand(r.spec.Outcomes[0]), p, smallest))
	}
}

// before is the outcome of each unit at the times before the start, of units that have
// them all.
func (r *runner) before(start int) (p *panel.Panel, err error) {
	y := r.spec.Outcomes[0].Column
	f, _ := r.frame.keep(func(i int) bool { return r.frame.Time[i] < start }).whole(y)
	return f.Take(y)
}

// trend tests whether treated units and the rest moved apart before the start: by the
// slope of each, with p by chance where there are two on either side.
func (r *runner) trend(start int) (p float64, smallest Number, err error) {
	b, err := r.before(start)
	if err != nil {
		return 0, 0, err
	}
	if len(b.Times) < 3 {
		return 0, 0, fmt.Errorf("there are %d times before it, and it takes three", len(b.Times))
	}
	slopes, treated, k := make([]float64, len(b.Units)), make([]bool, len(b.Units)), 0
	middle := float64(len(b.Times)-1) / 2
	y := b.Column(r.spec.Outcomes[0].Column)
	for u, name := range b.Units {
		var up, down float64
		for t := range b.Times {
			d := float64(t) - middle
			up += d * y[u*len(b.Times)+t]
			down += d * d
		}
		slopes[u] = up / down
		if _, treated[u] = r.frame.starts[name]; treated[u] {
			k++
		}
	}
	c, err := panel.Randomise(slopes, treated, nil, panel.Least, uint64(r.spec.Seed))
	if err != nil {
		return 0, 0, err
	}
	power, err := panel.Detectable(slopes, k)
	return c.P, Number(power.Smallest), err
}

// presence says which units come and go, and what is missing.
func (r *runner) presence(add adder) {
	seen := map[string]int{}
	for _, u := range r.frame.Unit {
		seen[u]++
	}
	var partly []string
	for u, n := range seen {
		if n < r.out.Times {
			partly = append(partly, u)
		}
	}
	slices.Sort(partly)
	said := fmt.Sprintf("All %d units have rows at every time.", len(seen))
	if len(partly) > 0 {
		shown := partly[:min(10, len(partly))]
		said = fmt.Sprintf("%d of %d units have no row at some times, and may have merged, begun or closed: %s", len(partly), len(seen), strings.Join(shown, ", "))
		if len(partly) > len(shown) {
			said += fmt.Sprintf(" and %d more", len(partly)-len(shown))
		}
		said += "."
	}
	if r.form != firstForm {
		treated, late, ended := r.partly(partly)
		said = saysComposition(len(seen), len(partly), treated, late, ended, partly)
	}
	add("Mergers and composition", FromData, "%s", said)
	add("Mergers, how they are joined", FromStated, "%s", r.spec.Stated.Mergers)
	for _, o := range r.spec.Outcomes {
		missing := 0
		for _, v := range r.frame.Columns[o.Column] {
			if math.IsNaN(v) {
				missing++
			}
		}
		if r.form != firstForm {
			treated, late, last := r.missing(o.Column)
			add("Missing values", FromData, "%s", saysMissing(o.Name, missing, len(r.frame.Unit), treated, late, last))
			continue
		}
		add("Missing values", FromData, "%s: %d of %d rows have no value.", o.Name, missing, len(r.frame.Unit))
	}
	add("Missing and late returns", FromStated, "%s", r.spec.Stated.Missing)
}

// regression says whether the treated units stood apart before the start, which would
// bring them closer by itself.
func (r *runner) regression(add adder) {
	const subject = "Regression to the mean"
	if r.spec.Pool.ChosenOnOutcome {
		add(subject, FromSpec, "%s", saysChosen)
	} else {
		add(subject, FromSpec, "%s", saysNotChosen)
	}
	starts := r.frame.beginnings()
	if len(starts) != 1 {
		return
	}
	b, err := r.before(starts[0])
	if err != nil {
		return
	}
	var means []float64
	var mine, rest []float64
	y := b.Column(r.spec.Outcomes[0].Column)
	for u, name := range b.Units {
		mean := 0.0
		for t := range b.Times {
			mean += y[u*len(b.Times)+t] / float64(len(b.Times))
		}
		means = append(means, mean)
		if _, ok := r.frame.starts[name]; ok {
			mine = append(mine, mean)
		} else {
			rest = append(rest, mean)
		}
	}
	if len(mine) == 0 || len(rest) < 2 {
		return
	}
	if sd := deviation(means); sd > 0 {
		add(subject, FromData, "%s", saysBefore((average(mine)-average(rest))/sd))
	}
}

func average(list []float64) float64 {
	sum := 0.0
	for _, v := range list {
		sum += v
	}
	return sum / float64(len(list))
}

func deviation(list []float64) float64 {
	mean, square := average(list), 0.0
	for _, v := range list {
		square += (v - mean) * (v - mean)
	}
	return math.Sqrt(square / float64(len(list)-1))
}

// spread sets the main estimates of all specifications of the primary outcome beside each
// other.
func (r *runner) spread(add adder) {
	var values []Number
	below, refused := 0, 0
	for _, one := range r.out.Results {
		if one.Outcome != r.spec.Outcomes[0].Name || one.Subgroup != "" {
			continue
		}
		e, ok := one.Answer()
		if !ok {
			refused++
			continue
		}
		values = append(values, e.Value)
		if e.P < 0.05 {
			below++
		}
	}
	slices.SortFunc(values, func(a, b Number) int { return cmp.Compare(a, b) })
	lowest, highest, se := Number(math.NaN()), Number(math.NaN()), Number(math.NaN())
	if e, ok := r.out.Results[0].Answer(); ok {
		se = e.SE
	}
	if len(values) > 0 {
		lowest, highest = values[0], values[len(values)-1]
	}
	add("Every other specification", FromData, "%s", saysSpread(r.hand(r.spec.Outcomes[0]), len(values), refused, lowest, highest, se, below))
}
