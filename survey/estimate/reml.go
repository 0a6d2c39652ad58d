package estimate

import "math"

// reml is the variance between teams at which the restricted likelihood is
// greatest. The likelihood may have more than one peak, so the whole range is
// looked over before the highest is climbed.
func reml(teams []Team) float64 {
	n := len(teams)
	mean := sumOf(n, func(i int) float64 { return teams[i].Value }) / float64(n)
	top := sumOf(n, func(i int) float64 { d := teams[i].Value - mean; return float64(d * d) })
	if top == 0 {
		return 0
	}
	// At ten times the sum of squares the likelihood falls whatever the
	// variances are; twelve powers of ten below it nothing can be told apart.
	const steps = 400
	at := func(k int) float64 {
		if k == 0 {
			return 0
		}
		return 10 * top * math.Pow(10, -12*(1-float64(k)/steps))
	}
	best, likelihood := 0, math.Inf(-1)
	for k := 0; k <= steps; k++ {
		if l := restricted(teams, at(k)); l > likelihood {
			best, likelihood = k, l
		}
	}
	low, high := at(max(best-1, 0)), at(min(best+1, steps))
	if best == 0 && slope(teams, 0) <= 0 {
		return 0
	}
	for range 200 {
		middle := low + (high-low)/2
		if middle <= low || middle >= high {
			break
		}
		if slope(teams, middle) > 0 {
			low = middle
		} else {
			high = middle
		}
	}
	return low + (high-low)/2
}

// pooledMean weights each team by one over its whole variance.
func pooledMean(teams []Team, between float64) (mean, weight float64) {
	weight = sumOf(len(teams), func(i int) float64 { return 1 / (teams[i].Variance + between) })
	mean = sumOf(len(teams), func(i int) float64 { return teams[i].Value / (teams[i].Variance + between) }) / weight
	return mean, weight
}

// restricted is the restricted log likelihood, but for what is constant.
func restricted(teams []Team, between float64) float64 {
	mean, weight := pooledMean(teams, between)
	return -0.5*math.Log(weight) - 0.5*sumOf(len(teams), func(i int) float64 {
		v, d := teams[i].Variance+between, teams[i].Value-mean
		return math.Log(v) + d*d/v
	})
}

// slope is twice its derivative.
func slope(teams []Team, between float64) float64 {
	mean, weight := pooledMean(teams, between)
	var squares, fit Sum
	for _, t := range teams {
		w, d := 1/(t.Variance+between), t.Value-mean
		squares.Add(float64(w * w))
		fit.Add(float64(w*d) * float64(w*d))
	}
	return fit.Value() - weight + squares.Value()/weight
}
