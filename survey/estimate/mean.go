package estimate

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
	f.SE, f.DF = c.standardError(s.Weighting, f.Value), float64(f.N-1)
	switch {
	case len(s.Values) == f.Population:
		f.SE, f.Note = 0, Everybody
	case f.SE == 0:
		f.Note = AllAlike
		return f, nil
	}
	half := 0.0
	if f.SE > 0 {
		half = tQuantile(0.5+level/2, f.DF) * f.SE
	}
	f.Low, f.High, f.HasInterval = f.Value-half, f.Value+half, true
	return f, nil
}

func (c checked) mean() float64 {
	total := sumOf(len(c.known), func(k int) float64 { return c.weights[c.known[k]] })
	return sumOf(len(c.known), func(k int) float64 {
		i := c.known[k]
		return float64(c.weights[i] * c.values[i])
	}) / total
}
