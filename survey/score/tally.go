package score

import "commonweal/survey/instrument"

// Tally adds up people of one group.
type Tally struct {
	scorer *Scorer
	people int
	sums   []float64
	ns     []int
	items  []Value // room to work in, as are the next two
	values []Value
	parts  []Value
}

// Result is the score of a group.
type Result struct {
	Score  string // its ID in the instrument
	Series instrument.Series
	// N is the number of people behind the mean; for a score that is the mean
	// of sub-scores, the smallest of theirs.
	N int
	// Mean means nothing where N is nought.
	Mean float64
}

// Tally begins a group.
func (s *Scorer) Tally() *Tally {
	return &Tally{
		scorer: s,
		sums:   make([]float64, len(s.scores)), ns: make([]int, len(s.scores)),
		items: make([]Value, len(s.items)), values: make([]Value, len(s.scores)),
		parts: make([]Value, 0, len(s.items)+len(s.scores)),
	}
}

// Add counts one person in. Where it returns an error, as for [Scorer.Items],
// the person has not been counted.
func (t *Tally) Add(answers []uint8) error {
	if err := t.scorer.fill(answers, t.items); err != nil {
		return err
	}
	t.scorer.compose(t.items, t.values, t.parts)
	t.people++
	for i, v := range t.values {
		if v.Known {
			t.sums[i] += v.Points
			t.ns[i]++
		}
	}
	return nil
}

// People is how many were counted in, those without any score among them.
func (t *Tally) People() int { return t.people }

// Results gives the scores of the group so far, in the order of the
// instrument's scores.
func (t *Tally) Results() []Result {
	list := make([]Result, len(t.sums))
	for i, c := range t.scorer.scores {
		list[i] = Result{Score: c.score.ID, Series: t.scorer.in.Series, N: t.ns[i]}
		if t.ns[i] > 0 {
			list[i].Mean = t.sums[i] / float64(t.ns[i])
		}
	}
	for i, c := range t.scorer.scores {
		if c.score.Level == instrument.OfScores {
			list[i].N, list[i].Mean = ofScores(c, list)
		}
	}
	return list
}

// ofScores is the mean of the group's own sub-scores.
func ofScores(c composed, list []Result) (n int, mean float64) {
	parts := make([]Value, 0, len(c.scores))
	for _, i := range c.scores {
		r := list[i]
		if r.N == 0 {
			continue
		}
		parts = append(parts, Of(r.Mean))
		if n == 0 || r.N < n {
			n = r.N
		}
	}
	v := Combine(c.score.Least, parts...)
	if !v.Known {
		return 0, 0
	}
	return n, v.Points
}
