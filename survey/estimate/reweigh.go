package estimate

import (
	"fmt"
	"math"
)

// Class is a number of people of whom only moments are at hand, as in a table
// that was given out.
type Class struct {
	Name string
	// N is how many took part, and Known how many of them have a value.
	N, Known int
	Mean, SD float64
	// Total is how many the register has, for the parts of [Reweighed].
	Total float64
}

// Reweighed is a mean of which the parts were weighted to the register.
type Reweighed struct {
	Figure
	// Weights has, by part, how much each of its people counts over the mean.
	Weights []float64
	// Rest is how much each of those counts who are in no part; nought where
	// nobody is.
	Rest float64
	// Design is Kish's effect of the weights on the variance: people over
	// effective people, of those who took part.
	Design  float64
	Trimmed *Trimming
}

// restName can be no code of a class: it is the class of those in no part.
const restName = "\x00rest"

// Reweigh is what [Mean] gives after [PostStratify] on the classes and
// [Weighting.Trim], for people of whom nothing is at hand but the moments of a
// table: so it tells nothing that the table does not. Whoever is in none of
// the parts counts on average as much as all of the people do.
//
// Tables are rounded, so that what is left of the whole without its parts may
// be a little off; its mean is taken as within three standard deviations.
func Reweigh(whole Class, parts []Class, lowest, highest float64, population int, level float64) (Reweighed, error) {
	if err := checkLevel(level); err != nil {
		return Reweighed{}, err
	}
	rest := Class{Name: restName, N: whole.N, Known: whole.Known, SD: whole.SD}
	sum := whole.Mean * float64(whole.Known)
	register := 0.0
	for _, p := range append([]Class{whole}, parts...) {
		if p.N < 1 || p.Known < 1 || p.Known > p.N || !(p.SD >= 0) || math.IsInf(p.SD, 0) || math.IsNaN(p.Mean) || math.IsInf(p.Mean, 0) || !(p.Total >= 0) {
			return Reweighed{}, fmt.Errorf("%s: %d of %d people with mean %g and standard deviation %g, of %g", p.Name, p.Known, p.N, p.Mean, p.SD, p.Total)
		}
	}
	took := 0
	for _, p := range parts {
		rest.N -= p.N
		rest.Known -= p.Known
		sum -= p.Mean * float64(p.Known)
		register += p.Total
		took += p.N
	}
	rest.N = max(rest.N, 0)
	rest.Known = min(max(rest.Known, 0), rest.N)
	if rest.Known > 0 {
		rest.Mean = min(max(sum/float64(rest.Known), whole.Mean-3*whole.SD), whole.Mean+3*whole.SD)
	}
	m := Margin{Name: "classes", Totals: map[string]float64{}}
	classes := append([]Class(nil), parts...)
	if rest.N > 0 {
		rest.Total = register * float64(rest.N) / float64(took)
		classes = append(classes, rest)
	}
	for _, c := range classes {
		m.Totals[c.Name] = c.Total
		for range c.N {
			m.Of = append(m.Of, c.Name)
		}
	}
	w, err := PostStratify(m)
	if err != nil {
		return Reweighed{}, err
	}
	if w, err = w.Trim(lowest, highest); err != nil {
		return Reweighed{}, err
	}
	return w.reweigh(whole, classes, len(parts), population, level), nil
}

// reweigh puts the classes together, each with the weight of its first row.
// The sum of the whole stands as it was given: parts only add to it what their
// weight differs by, so that nothing is lost to the rounding of a remainder.
func (w *Weighting) reweigh(whole Class, classes []Class, parts, population int, level float64) Reweighed {
	mean := meanOf(w.Weights)
	weights := make([]float64, len(classes))
	row := 0
	for i, c := range classes {
		weights[i] = w.Weights[row] / mean
		row += c.N
	}
	base := 1.0
	if len(classes) > parts {
		base = weights[parts]
	}
	total, known, squares := base*whole.Mean*float64(whole.Known), base*float64(whole.Known), base*base*float64(whole.Known)
	for i, c := range classes[:parts] {
		total += (weights[i] - base) * c.Mean * float64(c.Known)
		known += (weights[i] - base) * float64(c.Known)
		squares += (weights[i]*weights[i] - base*base) * float64(c.Known)
	}
	f := Figure{Level: level, N: whole.Known, Population: population, Value: total / known, EffectiveN: known * known / squares}
	n := whole.N
	if population > 0 && n > population {
		f.Population, f.Note = 0, MoreThanListed
	}
	// What the classes do not explain: within each, the squares about its own
	// mean, and those without a value, who have nothing.
	var left Sum
	for i, c := range classes {
		if c.Known == 0 {
			continue
		}
		k, d := float64(c.Known), c.Mean-f.Value
		left.Add(weights[i] * weights[i] * ((k-1)*c.SD*c.SD + (k-k*k/float64(c.N))*d*d))
		f.LargestWeight = max(f.LargestWeight, weights[i]*float64(whole.Known)/known)
	}
	if f.N == 1 && f.Population != 1 {
		f.Note = OneAnswer
	} else {
		factor := 1.0
		if f.Population > 0 {
			factor = 1 - float64(n)/float64(f.Population)
		}
		f.SE = math.Sqrt(max(0, factor)*float64(n)/float64(n-1)*left.Value()) / known
		f = f.around(n)
	}
	out := Reweighed{Figure: f, Weights: weights[:parts], Design: float64(len(w.Weights)) / w.EffectiveN(), Trimmed: w.Trimmed}
	if len(weights) > parts {
		out.Rest = weights[parts]
	}
	return out
}
