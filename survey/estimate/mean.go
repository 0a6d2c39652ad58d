package estimate

import (
	"errors"
	"fmt"
	"math"
)

// Mean estimates the mean of everybody who could have answered, with a t
// interval at the level, as 0.95.
//
// Rows without a value are treated as R's svymean does with na.rm: those with
// a value are a part of the sample whose size is left to chance. To treat them
// instead as people who never took part, leave their rows out. Degrees of
// freedom are the number of answers less one.
func Mean(s Sample, level float64) (Figure, error) {
	c, err := s.check(level)
	if err != nil {
		return Figure{}, err
	}
	f := c.figure
	if f.N == 0 {
		f.Note = NoAnswers
		return f, nil
	}
	f.Value = c.mean()
	if f.N == 1 && f.Population != 1 {
		f.Note = OneAnswer
		return f, nil
	}
	f.SE = standardError(c.parts(f.Value), s.Weighting, f.Population, f.Value)
	return f.around(len(s.Values)), nil
}

// around puts the t interval round a figure with its standard error, or says
// why there is none. Took is how many took part.
func (f Figure) around(took int) Figure {
	f.DF = float64(f.N - 1)
	switch {
	case took == f.Population:
		f.SE, f.Note = 0, Everybody
	case f.SE == 0:
		f.Note = AllAlike
		return f
	}
	half := 0.0
	if f.SE > 0 {
		half = tQuantile(0.5+f.Level/2, f.DF) * f.SE
	}
	f.Low, f.High, f.HasInterval = f.Value-half, f.Value+half, true
	return f
}

func (c checked) mean() float64 {
	total := sumOf(len(c.known), func(k int) float64 { return c.weights[c.known[k]] })
	return sumOf(len(c.known), func(k int) float64 {
		i := c.known[k]
		return float64(c.weights[i] * c.values[i])
	}) / total
}

// MeanOfMeans estimates the plain mean of the means of several columns, each
// over the people who have a value in it, as the National Quarterly Pulse
// Survey has engagement of its three sub-scores. Columns have one row a
// person, as in [Sample]. N is the smallest number behind any of the means.
//
// The columns are of the same people, so their errors go together, and that is
// in the standard error.
func MeanOfMeans(columns [][]float64, weighting *Weighting, population int, level float64) (Figure, error) {
	if len(columns) == 0 {
		return Figure{}, errors.New("mean of means: no columns")
	}
	var f Figure
	sum := make([]float64, len(columns[0]))
	anybody := make([]float64, len(columns[0]))
	for i := range anybody {
		anybody[i] = math.NaN()
	}
	var value Sum
	for k, column := range columns {
		if len(column) != len(sum) {
			return Figure{}, fmt.Errorf("mean of means: column %d has %d rows of %d", k, len(column), len(sum))
		}
		c, err := Sample{Values: column, Weighting: weighting, Population: population}.check(level)
		if err != nil {
			return Figure{}, err
		}
		if k == 0 || c.figure.N < f.N {
			f = c.figure
		}
		if c.figure.N == 0 {
			f.Note = NoAnswers
			return f, nil
		}
		mean := c.mean()
		value.Add(mean)
		for i, p := range c.parts(mean) {
			sum[i] += p / float64(len(columns))
		}
		for _, i := range c.known {
			anybody[i] = 0
		}
	}
	f.Value = value.Value() / float64(len(columns))
	c, err := Sample{Values: anybody, Weighting: weighting, Population: population}.check(level)
	if err != nil {
		return Figure{}, err
	}
	f.EffectiveN, f.LargestWeight = c.figure.EffectiveN, c.figure.LargestWeight
	if f.N == 1 && f.Population != 1 {
		f.Note = OneAnswer
		return f, nil
	}
	f.SE = standardError(sum, weighting, f.Population, f.Value)
	return f.around(len(sum)), nil
}
