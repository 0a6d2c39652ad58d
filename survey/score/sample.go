package score

import (
	"math"

	"commonweal/survey/instrument"
)

// Sample keeps what each person of a group has on each score, for intervals.
// A [Tally] of the same people has the same scores.
type Sample struct {
	scorer *Scorer
	rows   [][]Value
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
	s.rows = append(s.rows, values)
	return nil
}

// People is how many were counted in, those without any score among them.
func (s *Sample) People() int { return len(s.rows) }

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
	list := make([]float64, len(s.rows))
	if c.score.Level == instrument.OfScores {
		s.linearise(c, list)
		return list
	}
	for p, values := range s.rows {
		list[p] = math.NaN()
		if values[i].Known {
			list[p] = values[i].Points
		}
	}
	return list
}

// linearise fills in people's values on a mean of sub-scores.
func (s *Sample) linearise(c composed, list []float64) {
	results := s.results(c.scores)
	_, mean := ofScores(c, results)
	parts, people := 0, 0
	for _, j := range c.scores {
		if results[j].N > 0 {
			parts++
		}
	}
	for p, values := range s.rows {
		list[p] = math.NaN()
		for _, j := range c.scores {
			if values[j].Known && parts >= max(c.score.Least, 1) {
				list[p] = mean
			}
		}
		if !math.IsNaN(list[p]) {
			people++
		}
	}
	for p, values := range s.rows {
		if math.IsNaN(list[p]) {
			continue
		}
		for _, j := range c.scores {
			if values[j].Known {
				of := float64(people) / float64(results[j].N*parts)
				list[p] += of * (values[j].Points - results[j].Mean)
			}
		}
	}
}

// results are the group's scores at some positions.
func (s *Sample) results(which []int) []Result {
	list := make([]Result, len(s.scorer.scores))
	for _, j := range which {
		for _, values := range s.rows {
			if values[j].Known {
				list[j].N++
				list[j].Mean += values[j].Points
			}
		}
		if list[j].N > 0 {
			list[j].Mean /= float64(list[j].N)
		}
	}
	return list
}
