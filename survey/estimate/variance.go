package estimate

import "math"

// parts is what each row has in the linearised mean. A row without a value has
// nothing, but it does count as one of those who took part.
func (c checked) parts(mean float64) []float64 {
	total := sumOf(len(c.known), func(k int) float64 { return c.weights[c.known[k]] })
	part := make([]float64, len(c.values))
	for _, i := range c.known {
		part[i] = float64(c.weights[i]*(c.values[i]-mean)) / total
	}
	return part
}

// standardError is that of the sum of the parts, less what the margins
// explain, as for a simple random sample without replacement. What rounding
// leaves where all are alike is not a spread, and is taken as nought.
func standardError(part []float64, w *Weighting, population int, mean float64) float64 {
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
	if population > 0 {
		factor = 1 - n/float64(population)
	}
	se := math.Sqrt(factor * n / (n - 1) * squares)
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
	const rounds = 2000
	for range rounds {
		moved := 0.0
		for _, m := range w.margins {
			moved = max(moved, m.centre(per))
		}
		if moved <= 1e-14*scale {
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
