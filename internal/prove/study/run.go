package study

import (
	"fmt"
	"math"
	"strconv"

	"commonweal/internal/base/fault"
	"commonweal/panel"
	"commonweal/survey/estimate"
)

type runner struct {
	form   int
	places map[string]int // decimals of outcomes in the data, by column
	spec   Spec
	pool   *frame // all rows of the pool, also outside the window
	frame  *frame // those inside
	out    *Output
}

// Run runs a study: every specification on every outcome, the primary one first. The same
// specification, data and registration give the same output, whatever the order of rows
// was and on any number of processors. It is an error where the primary specification
// cannot be run; what else cannot be is shown with the reason.
func Run(s Spec, d Data, reg Registration) (*Output, error) { return runAs(secondForm, s, d, reg) }

func runAs(form int, s Spec, d Data, reg Registration) (*Output, error) {
	if err := s.Sound(); err != nil {
		return nil, err
	}
	hash, err := s.Hash()
	if err != nil {
		return nil, err
	}
	r := &runner{form: form, spec: s, places: map[string]int{}}
	for _, o := range s.Outcomes {
		r.places[o.Column] = placesOf(d.sheet, o.Column)
	}
	if r.pool, err = frameOf(s, d); err != nil {
		return nil, fault.Errorf(fault.Invalid, "the data: %v", err)
	}
	r.frame = r.pool.in(s.Window)
	if len(r.frame.Unit) == 0 {
		return nil, fault.Errorf(fault.Invalid, "the data have no row from %d to %d", s.Window.From, s.Window.To)
	}
	alpha, err := strconv.ParseFloat(s.Alpha, 64)
	if err != nil {
		return nil, err
	}
	units, times := distinct(r.frame.Unit), distinct(r.frame.Time)
	r.out = &Output{
		Format: map[int]string{firstForm: firstOutputFormat, secondForm: OutputFormat}[form], Code: s.Code, Title: s.Title, Question: s.Question, SpecSHA256: hash, DataSHA256: d.Hash(),
		Registration: reg, Seed: s.Seed, Alpha: Number(alpha), Rows: len(r.frame.Unit), Units: units, Times: times,
		Sentences: []string{}, Warnings: []string{}, Power: []Smaller{}, Results: []Result{}, Tests: []Tested{}, Sheet: []Line{},
	}
	r.results()
	if first := r.out.Results[0]; first.Refused != "" {
		return nil, fault.Errorf(fault.Invalid, "the primary specification %q cannot be run: %s", first.Specification, first.Refused)
	}
	if err := r.tests(alpha); err != nil {
		return nil, err
	}
	r.power()
	r.answer()
	r.warn()
	r.sheet()
	if r.form != firstForm {
		r.course()
	}
	return r.out.asWritten()
}

// asWritten is the output with the digits that are written, so that what is made of it
// now and what is made of it when it is read again are the same.
func (o *Output) asWritten() (*Output, error) {
	raw, err := o.JSON()
	if err != nil {
		return nil, err
	}
	return ReadOutput(raw)
}

// results runs everything: the primary specification on each outcome, then in each
// subgroup, then the others.
func (r *runner) results() {
	s := r.spec
	for i, o := range s.Outcomes {
		one := r.estimate(r.pool, s.Primary, o, "")
		one.Primary = i == 0
		r.out.Results = append(r.out.Results, one)
	}
	for _, o := range s.Outcomes {
		for _, other := range s.Also {
			r.out.Results = append(r.out.Results, r.estimate(r.pool, other, o, ""))
		}
	}
	for _, g := range s.Subgroups {
		name := g.Name
		if name == "" {
			name = g.Column + " " + g.Value
		}
		for _, o := range s.Outcomes {
			group := r.pool.group(g)
			one := r.estimate(group, s.Primary, o, name)
			if n := distinct(group.in(s.Window).Unit); r.form != firstForm && n < 10 {
				one.note(saysSmall, n)
			}
			r.out.Results = append(r.out.Results, one)
		}
	}
}

// tests adjusts the p values of the primary specification over outcomes.
func (r *runner) tests(alpha float64) error {
	p := make([]float64, len(r.spec.Outcomes))
	for i := range p {
		p[i] = math.NaN()
		if e, ok := r.out.Results[i].Answer(); ok {
			p[i] = float64(e.P)
		}
	}
	holm, err := estimate.Holm(p)
	if err != nil {
		return err
	}
	bh, err := estimate.BenjaminiHochberg(p)
	if err != nil {
		return err
	}
	for i, o := range r.spec.Outcomes {
		adjusted := holm[i]
		if r.spec.Correction == BH {
			adjusted = bh[i]
		}
		r.out.Tests = append(r.out.Tests, Tested{
			Outcome: o.Name, P: Number(p[i]), Holm: Number(holm[i]), BH: Number(bh[i]), Shown: adjusted < alpha,
			Within: i == 0 && r.within(r.out.Results[0]),
		})
	}
	return nil
}

// within reports whether a result's whole 95 % interval is inside the registered margin,
// which is stricter than two one-sided tests at 5 %.
func (r *runner) within(result Result) bool {
	margin, err := strconv.ParseFloat(r.spec.Power.Margin, 64)
	e, ok := result.Answer()
	return err == nil && ok && !result.Ratio && e.Low.Known() && float64(e.Low) > -margin && float64(e.High) < margin
}

// matters is the smallest size that would matter, of the primary outcome.
func (r *runner) matters() Number {
	v, err := strconv.ParseFloat(r.spec.Power.Smallest, 64)
	if err != nil {
		return Number(math.NaN())
	}
	return Number(v)
}

// power is the smallest size that can be shown: from the registered history, or from the
// error of the estimate where there is none.
func (r *runner) power() {
	for i, o := range r.spec.Outcomes {
		matters := Number(math.NaN())
		if i == 0 {
			matters = r.matters()
		}
		s, before := Smaller{Outcome: o.Name, Smallest: Number(math.NaN()), Spread: Number(math.NaN()), Sites: r.spec.Power.Sites}, false
		if h := r.spec.Power.History; h != nil {
			history, _ := r.pool.in(Window{h.From, h.To}).whole(o.Column)
			if p, err := history.Take(o.Column); err == nil {
				_, changes := panel.Changes(p, o.Column, h.Cut)
				if power, err := panel.Detectable(changes, r.spec.Power.Sites); err == nil {
					s.Smallest, s.Spread, s.Pool, before = Number(power.Smallest), Number(power.Spread), power.Pool, true
				}
			}
		}
		if e, ok := r.out.Results[i].Answer(); !before && ok {
			s.Smallest, s.Pool = Number(detects*float64(e.SE)), r.out.Results[i].Clusters
		}
		s.Says = saysPower(r.hand(o), s, matters, before)
		r.out.Power = append(r.out.Power, s)
	}
}

// hand is how figures of an outcome are written.
func (r *runner) hand(o Outcome) hand {
	return hand{form: r.form, unit: o.Unit, places: r.places[o.Column]}
}

// handOf is the same for a result, which can be a ratio: it has no unit, and is finer than
// the counts that it is made of.
func (r *runner) handOf(o Outcome, result Result) hand {
	h := r.hand(o)
	if result.Ratio {
		h.unit, h.places = "", 8
	}
	return h
}

// detects is the normal point of 5 % two-sided and of 80 % power together.
const detects = 2.802

func (r *runner) answer() {
	_, name := r.asked()
	for i, o := range r.spec.Outcomes {
		result := r.out.Results[i]
		e, ok := result.Answer()
		if !ok {
			r.out.Sentences = append(r.out.Sentences, fmt.Sprintf("%s could not be tested: %s", o.Name, result.Refused))
			continue
		}
		t := r.out.Tests[i]
		a := answered{
			hand: r.handOf(o, result), outcome: o, name: name, treatment: r.spec.Treatment != nil, ratio: result.Ratio, shown: t.Shown, e: e,
			adjusted: t.Holm, tests: len(r.out.Tests), matters: Number(math.NaN()),
		}
		if t.Within {
			a.margin = r.spec.Power.Margin
		}
		if r.spec.Correction == BH {
			a.adjusted = t.BH
		}
		if i == 0 {
			a.matters = r.matters()
		}
		r.out.Sentences = append(r.out.Sentences, a.sentence())
	}
}

func (r *runner) warn() {
	add := func(when bool, text string) {
		if when {
			r.out.Warnings = append(r.out.Warnings, text)
		}
	}
	add(!r.out.Registration.Registered(), saysNotRegistered)
	if reg := r.out.Registration; reg.Registered() {
		add(reg.Loaded != "", fmt.Sprintf(saysLoaded, reg.Loaded))
		published := r.spec.Data.Published
		add(!published.IsZero() && published.String() <= reg.Day, fmt.Sprintf(saysPublic, published, reg.Day))
	}
	add(r.spec.Pool.ChosenOnOutcome, saysChosen)
	if alike, ok := r.neighbours(); ok && r.form != firstForm && alike > overlapping {
		add(true, fmt.Sprintf(saysRolling, alike))
	}
	treated, _ := r.frame.sides()
	clustered := r.spec.Primary.Method == FixedEffects || r.spec.Primary.Method == Staggered || r.spec.Primary.Method == SunAbraham
	add(r.spec.Treatment != nil && clustered && treated > 0 && treated < 10,
		fmt.Sprintf(saysFew, treated))
}

func distinct[T comparable](list []T) int {
	seen := map[T]bool{}
	for _, v := range list {
		seen[v] = true
	}
	return len(seen)
}
