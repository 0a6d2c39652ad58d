package estimate

import "math"

// standardError is that of the linearised mean: each row's share in it, less
// what the margins explain, as for a simple random sample without replacement.
func (c checked) standardError(w *Weighting, mean float64) float64 {
	total := sumOf(len(c.known), func(k int) float64 { return c.weights[c.known[k]] })
	// A row without a value has no part in the mean, but it does count as one
	// of those who took part.
	part := make([]float64, len(c.values))
	for _, i := range c.known {
		part[i] = float64(c.weights[i]*(c.values[i]-mean)) / total
	}
	if w != nil {
		w.residuals(part)
	}
	n := float64(len(part))
	centre := sumOf(len(part), func(i int) float64 { return part[i] }) / n
	squares := sumOf(len(part), func(i int) float64 {
		d := part[i] - centre
		return float64(d * d)
	})
	factor := 1.0
	if c.figure.Population > 0 {
		factor = 1 - n/float64(c.figure.Population)
	}
	se := math.Sqrt(factor * n / (n - 1) * squares)
	// What is left of rounding where all are alike is not a spread.
	if se < 1e-14*(1+math.Abs(mean)) {
		return 0
	}
	return se
}

// residuals takes out of each row's part what its place in the margins
// explains: the least-squares residual on all margins together, found by
// taking out the means of one margin after the other until nothing moves. R's
// survey stops after ten rounds; where margins are not nearly the same thing
// both have long converged.
func (w *Weighting) residuals(part []float64) {
	if len(w.margins) == 0 {
		return
	}
	per := make([]float64, len(part))
	scale := 0.0
	for i, p := range part {
		per[i] = p / w.calibrated[i]
		scale = max(scale, math.Abs(per[i]))
	}
	const rounds = 10000
	for range rounds {
		moved := 0.0
		for _, m := range w.margins {
			moved = max(moved, m.centre(per))
		}
		if moved <= 1e-15*scale {
			break
		}
	}
	for i := range part {
		part[i] = per[i] * w.calibrated[i]
	}
}

// centre takes the mean of each category out of it and returns the largest.
func (m coded) centre(per []float64) float64 {
	sums := make([]Sum, len(m.totals))
	ns := make([]float64, len(m.totals))
	for i, k := range m.of {
		sums[k].Add(per[i])
		ns[k]++
	}
	means, most := make([]float64, len(sums)), 0.0
	for k := range sums {
		if ns[k] > 0 {
			means[k] = sums[k].Value() / ns[k]
		}
		most = max(most, math.Abs(means[k]))
	}
	for i, k := range m.of {
		per[i] -= means[k]
	}
	return most
}
