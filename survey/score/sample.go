package score

import (
	"math"
	"slices"

	"commonweal/survey/instrument"
)

// Sample keeps what each person of a group has on each score, for intervals.
// A [Tally] of the same people has the same scores.
type Sample struct {
	scorer *Scorer
	people int
	values []float64 // one for each person and score, by person; NaN for none
}

// Sample begins a group.
func (s *Scorer) Sample() *Sample { return &Sample{scorer: s} }

// Add counts one person in. Where it returns an error, as for [Scorer.Items],
// the person has not been counted.
func (s *Sample) Add(answers []uint8) error {
	values, err := s.scorer.Person(answers)
	if err != nil {
		return err
	}
	for _, v := range values {
		if !v.Known {
			v.Points = math.NaN()
		}
		s.values = append(s.values, v.Points)
	}
	s.people++
	return nil
}

// People is how many were counted in, those without any score among them.
func (s *Sample) People() int { return s.people }

// Values gives one value a person on the score at position i of the
// instrument's scores, NaN where the person has none. The score of the group
// is their mean and its standard error that of a mean of them.
//
// No person has a value on a score that only groups have, the mean of the
// group's own sub-scores. There a person's value is the score plus what the
// person adds to it: for each sub-score that the person has, how far the
// person is from its mean, times people over people who have it, divided by
// the number of sub-scores. Those values have the score as their mean, and the
// variance of that mean is the score's by the delta method (Särndal, Swensson
// and Wretman 1992, section 5.5). Whoever has none of the sub-scores is left out.
func (s *Sample) Values(i int) []float64 {
	c := s.scorer.scores[i]
	if c.score.Level == instrument.OfScores {
		return s.linearised(c)
	}
	return s.column(i)
}

// column is what each person has on one score.
func (s *Sample) column(i int) []float64 {
	list := make([]float64, s.people)
	for p := range list {
		list[p] = s.values[p*len(s.scorer.scores)+i]
	}
	return list
}

// linearised are people's values on a mean of sub-scores.
func (s *Sample) linearised(c composed) []float64 {
	var parts []part
	var means []Value
	for _, j := range c.scores {
		if p := newPart(s.column(j)); p.n > 0 {
			parts, means = append(parts, p), append(means, Of(p.mean))
		}
	}
	list := make([]float64, s.people)
	score := Combine(c.score.Least, means...)
	people := 0
	for i := range list {
		list[i] = math.NaN()
		if score.Known && slices.ContainsFunc(parts, func(p part) bool { return !math.IsNaN(p.values[i]) }) {
			list[i] = score.Points
			people++
		}
	}
	for _, p := range parts {
		times := float64(people) / float64(p.n*len(parts))
		for i, v := range p.values {
			if !math.IsNaN(v) {
				list[i] += times * (v - p.mean)
			}
		}
	}
	return list
}

// part is one sub-score in a mean of sub-scores.
type part struct {
	values []float64
	n      int
	mean   float64
}

func newPart(values []float64) part {
	p := part{values: values}
	for _, v := range values {
		if !math.IsNaN(v) {
			p.n++
			p.mean += v
		}
	}
	if p.n > 0 {
		p.mean /= float64(p.n)
	}
	return p
}
