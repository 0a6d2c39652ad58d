package estimate

import (
	"fmt"
	"math"
)

// Sample is what one group of people gave on one question or score.
type Sample struct {
	// Values has one row a person who took part; NaN where the person gave
	// none on this question, or is not of the team that is asked about. Such
	// rows keep their place because weights are of all who took part.
	Values []float64
	// Weighting is nil where everybody counts the same.
	Weighting *Weighting
	// Population is how many could have taken part. Nought leaves the
	// finite-population factor out, as if there were no end of people.
	Population int
}

// Figure is an estimate with what is needed to judge it.
type Figure struct {
	// Value means nothing where N is nought.
	Value float64
	SE    float64
	// DF are the degrees of freedom of the t interval; nought for Wilson's.
	DF        float64
	Low, High float64
	Level     float64
	// HasInterval says that Low and High mean something. Where they do not,
	// Note says why.
	HasInterval bool
	// N is how many answers there are, EffectiveN how many equally weighted
	// ones would be as good (Kish). LargestWeight is the largest weight over
	// the mean weight of those who answered.
	N             int
	EffectiveN    float64
	LargestWeight float64
	// Population is as given in the sample, or nought if it was not used.
	Population int
	Note       Note
}

// Note is what must be said of a figure.
type Note string

const (
	NoAnswers      Note = "no-answers"
	OneAnswer      Note = "one-answer"
	AllAlike       Note = "all-alike"
	Everybody      Note = "everybody"
	MoreThanListed Note = "more-than-listed"
)

// Sentence is the note in plain English, for a page. It is empty where there
// is nothing to say.
func (n Note) Sentence() string {
	switch n {
	case NoAnswers:
		return "Nobody answered this."
	case OneAnswer:
		return "Only one person answered, so nobody can say how far off this may be."
	case AllAlike:
		return "Everybody who answered gave the same answer, so the answers do not show how far off this may be."
	case Everybody:
		return "Everybody answered, so this is the figure itself and not an estimate."
	case MoreThanListed:
		return "More people answered for this group than the staff list has in it, so the size of the group is left out of account."
	}
	return ""
}

// Within cuts the interval to what is possible, as from 0 to 10.
func (f Figure) Within(lowest, highest float64) Figure {
	f.Low = min(max(f.Low, lowest), highest)
	f.High = min(max(f.High, lowest), highest)
	return f
}

// HalfWidth is half of the interval's width, the "give or take".
func (f Figure) HalfWidth() float64 { return (f.High - f.Low) / 2 }

func checkLevel(level float64) error {
	if !(level > 0 && level < 1) {
		return fmt.Errorf("level %g: not between 0 and 1", level)
	}
	return nil
}

// checked is a sample with its parts at hand.
type checked struct {
	values  []float64
	weights []float64 // one for every row
	known   []int     // rows with a value
	figure  Figure
}

func (s Sample) check(level float64) (checked, error) {
	c := checked{values: s.Values}
	if err := checkLevel(level); err != nil {
		return c, err
	}
	if s.Population < 0 {
		return c, fmt.Errorf("population %d: below nought", s.Population)
	}
	for i, v := range s.Values {
		if math.IsInf(v, 0) {
			return c, fmt.Errorf("row %d: value %g", i, v)
		}
		if !math.IsNaN(v) {
			c.known = append(c.known, i)
		}
	}
	if s.Weighting == nil {
		c.weights = alike(len(s.Values))
	} else {
		c.weights = s.Weighting.Weights
	}
	if len(c.weights) != len(s.Values) {
		return c, fmt.Errorf("weights for %d rows, values for %d", len(c.weights), len(s.Values))
	}
	c.figure = Figure{Level: level, N: len(c.known), Population: s.Population}
	if s.Population > 0 && len(s.Values) > s.Population {
		c.figure.Population, c.figure.Note = 0, MoreThanListed
	}
	at := make([]float64, len(c.known))
	for k, i := range c.known {
		at[k] = c.weights[i]
	}
	c.figure.EffectiveN, c.figure.LargestWeight = kish(at), largest(at)
	return c, nil
}

func alike(n int) []float64 {
	w := make([]float64, n)
	for i := range w {
		w[i] = 1
	}
	return w
}
