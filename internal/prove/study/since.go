package study

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"commonweal/panel"
)

// Since is what one specification found at each time, counted from the start of each unit:
// an event study. It is made of the output, which it leaves as it is, and of the data, for
// how many units stand behind each point.
type Since struct {
	Specification string
	Method        Method
	NotYet        bool // compared with units not yet treated, besides those that never are
	Outcome       Outcome
	Primary       bool
	Tested        bool    // the sheet of assumptions tests the times before the start together
	Points        []Point // in order
	Decimals      int     // that the error of the middle point deserves, for all alike
	// Counted reports that the counts below are known. They are not where another version
	// of the program made the run and took other times into it.
	Counted bool
	Starts  int    // different ones among the units behind all points
	Every   string // what one time is, where the data are so: month, quarter or year
}

// Point is the difference from the comparison so many times after the start.
type Point struct {
	Times int // since the start; below nought before it
	Estimate
	Fixed bool // nought by design: what the others are set against
	Behind
}

// Behind are the treated units that a point rests on, and their different starts.
type Behind struct{ Units, Starts int }

// fewUnits is how many units must stand behind a point for its error to say how units like
// them differ.
const fewUnits = 5

// Thin reports whether a point rests on so little that its range says too little: on few
// units, or on one start among several.
func (s Since) Thin(p Point) bool {
	return s.Counted && !p.Fixed && (p.Units < fewUnits || p.Starts == 1 && s.Starts > 1)
}

// sinceTerm begins the names of estimates by time since the start.
const sinceTerm = "time "

// Sinces are what a run found by time since the start, of the whole pool: every
// specification on the primary outcome and the primary one on the others, in the order of
// the output. There are none where no method gave such estimates.
func Sinces(s Spec, d Data, o *Output) ([]Since, error) {
	var out []Since
	r := &runner{form: o.form(), spec: s}
	for _, result := range o.Results {
		asked, at := s.asking(result)
		points, decimals := result.since()
		if len(points) == 0 || at < 0 || at > 0 && asked.Name != s.Primary.Name {
			continue
		}
		if r.pool == nil {
			var err error
			if r.pool, err = frameOf(s, d); err != nil {
				return nil, err
			}
		}
		one := Since{
			Specification: result.Specification, Method: result.Method, NotYet: asked.Against == string(panel.NotYetTreated),
			Outcome: s.Outcomes[at], Primary: result.Primary, Points: points, Decimals: decimals,
			Tested: at == 0 && slices.ContainsFunc(o.Sheet, func(l Line) bool { return l.Subject == subjectBefore }),
		}
		r.count(&one, asked)
		out = append(out, one)
	}
	return out, nil
}

// since are the estimates of a result by time since the start, in order, with the time that
// they are set against where that is one of them, and the decimals to write them with.
func (r Result) since() (out []Point, decimals int) {
	if r.Subgroup != "" || r.Method != Staggered && r.Method != SunAbraham {
		return nil, 0
	}
	h := hand{form: secondForm, places: r.Places}
	var deserved []int
	for _, e := range r.Estimates {
		text, ok := strings.CutPrefix(e.Term, sinceTerm)
		times, err := strconv.Atoi(text)
		if ok && err == nil && e.Value.Known() {
			out = append(out, Point{Times: times, Estimate: e})
			deserved = append(deserved, h.decimals(e.Value, e.SE))
		}
	}
	if len(out) == 0 {
		return nil, 0
	}
	slices.Sort(deserved)
	if r.Method == SunAbraham {
		none := Number(nan)
		out = append(out, Point{Times: -1, Estimate: Estimate{SE: none, P: none, Low: none, High: none}, Fixed: true})
	}
	slices.SortFunc(out, func(a, b Point) int { return a.Times - b.Times })
	return out, deserved[len(deserved)/2]
}

// asking is the specification that a result is of, and the place of its outcome; -1 where
// the output is not of this specification.
func (s Spec) asking(r Result) (Specification, int) {
	for _, p := range append([]Specification{s.Primary}, s.Also...) {
		if p.Name == r.Specification {
			return p, slices.IndexFunc(s.Outcomes, func(o Outcome) bool { return o.Name == r.Outcome })
		}
	}
	return Specification{}, -1
}

// count adds how many units stand behind each point, if the data give the very times that
// the output has.
func (r *runner) count(s *Since, asked Specification) {
	w := r.spec.Window
	if asked.Window != nil {
		w = *asked.Window
	}
	f, y := r.pool.in(w), s.Outcome.Column
	if asked.Method == Staggered {
		f, _ = f.whole(y)
	}
	p, starts, err := f.starting(y, asked.Covariates...)
	if err != nil {
		return
	}
	behind, all := CountSince(asked.Method, p, starts)
	for _, one := range s.Points {
		if _, ok := behind[one.Times]; ok == one.Fixed {
			return
		}
		delete(behind, one.Times)
	}
	if len(behind) > 0 {
		return
	}
	behind, _ = CountSince(asked.Method, p, starts)
	for i, one := range s.Points {
		s.Points[i].Behind = behind[one.Times]
	}
	s.Counted, s.Starts, s.Every = true, all, Every(p.Times)
}

// CountSince counts the treated units and the different starts behind each time since the
// start, as the methods of package panel put their cells together, and the different starts
// in all of them.
func CountSince(m Method, p *panel.Panel, starts panel.Treated) (behind map[int]Behind, all int) {
	first, last := 0, len(p.Times)
	if m == Staggered {
		first = 1 // a change takes the time before it
		if len(starts) > 0 && !slices.Contains(starts, panel.Never) {
			last = slices.Max(starts) // those that begin last are the comparison until then
		}
	}
	behind = map[int]Behind{}
	cells, cohorts := map[[2]int]bool{}, map[int]bool{}
	for i, u := range p.Unit {
		start, at := starts[u], p.Time[i]
		since := at - start
		if start >= last || at < first || at >= last || m == SunAbraham && since == -1 {
			continue
		}
		b := behind[since]
		b.Units++ // a unit has one row of a time
		if cell := [2]int{start, since}; !cells[cell] {
			cells[cell] = true
			b.Starts++
		}
		behind[since] = b
		cohorts[start] = true
	}
	return behind, len(cohorts)
}

// Every names the step from each time to the next: month, quarter or year, or "" where
// the times are not so or leave one out.
func Every(times []int) string {
	if len(times) < 2 {
		return ""
	}
	months, steps := true, map[int]bool{}
	for i, t := range times {
		months = months && t > 100_000 && t <= 999_999 && t%100 >= 1 && t%100 <= 12
		if i > 0 {
			steps[months12(t)-months12(times[i-1])] = true
		}
	}
	if !months {
		for i, t := range times {
			if t < 1900 || t > 2200 || i > 0 && t != times[i-1]+1 {
				return ""
			}
		}
		return "year"
	}
	for step, name := range map[int]string{1: "month", 3: "quarter", 12: "year"} {
		if len(steps) == 1 && steps[step] {
			return name
		}
	}
	return ""
}

// months12 counts a time such as 202404 in months.
func months12(t int) int { return t/100*12 + t%100 }

// Since is what the run of a study found by time since the start: see [Sinces]. What is
// kept of a run never changes, so it is worked out once.
func (s *Service) Since(ctx context.Context, study Study, out *Output) ([]Since, error) {
	if !slices.ContainsFunc(out.Results, func(r Result) bool {
		points, _ := r.since()
		return len(points) > 0
	}) {
		return nil, nil
	}
	ran, _ := study.Step(Ran)
	if kept, ok := s.since.Load(ran.ID); ok {
		return kept.([]Since), nil
	}
	d, err := s.data(ctx, study)
	if err != nil {
		return nil, err
	}
	list, err := Sinces(study.Spec, d, out)
	if err == nil {
		s.since.Store(ran.ID, list)
	}
	return list, err
}
