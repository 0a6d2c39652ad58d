package estimate

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// Team is what one of several teams gave: its value and the variance of that
// value, the square of its standard error.
type Team struct {
	ID       string
	Value    float64
	Variance float64
}

// Pooling is teams drawn together.
type Pooling struct {
	// Mean is of the teams, each weighted by how well it is known.
	Mean, MeanSE float64
	// Between is the variance between teams beyond chance, by restricted
	// maximum likelihood. Nought means that chance explains what is seen.
	Between float64
	Level   float64
	Teams   []Pooled
}

// Pooled is one team's value, drawn towards the mean of all the further the
// less is known of it. It stands beside the raw value and never instead of it.
type Pooled struct {
	Team
	Estimate, SE float64
	Low, High    float64
	// Own is how much of the estimate is the team's own value, 0 to 1; the
	// rest is the mean of all.
	Own float64
}

// Pool draws teams together by the model in which true values are normal about
// one mean and observed ones normal about the true (Morris 1983). Between is
// estimated by REML; estimates and intervals are the empirical best linear
// unbiased ones (Raudenbush and Bryk 1985), which take Between as known.
//
// It needs three teams, and each variance above nought: see [CommonSpread].
func Pool(teams []Team, level float64) (Pooling, error) {
	if err := checkLevel(level); err != nil {
		return Pooling{}, err
	}
	if len(teams) < 3 {
		return Pooling{}, fmt.Errorf("pooling: %d teams; fewer than three do not show how teams differ", len(teams))
	}
	for _, t := range teams {
		if !(t.Variance > 0) || math.IsInf(t.Variance, 0) || math.IsNaN(t.Value) || math.IsInf(t.Value, 0) {
			return Pooling{}, fmt.Errorf("pooling: team %s: value %g with variance %g", t.ID, t.Value, t.Variance)
		}
	}
	between := reml(teams)
	mean, weight := pooledMean(teams, between)
	p := Pooling{Mean: mean, MeanSE: math.Sqrt(1 / weight), Between: between, Level: level}
	z := zQuantile(0.5 + level/2)
	for _, t := range teams {
		own := between / (between + t.Variance)
		rest := 1 - own
		e := Pooled{Team: t, Own: own}
		e.Estimate = float64(own*t.Value) + float64(rest*mean)
		e.SE = math.Sqrt(float64(own*t.Variance) + rest*rest/weight)
		e.Low, e.High = e.Estimate-z*e.SE, e.Estimate+z*e.SE
		p.Teams = append(p.Teams, e)
	}
	return p, nil
}

// Lowest gives for each team the chance that its true value is among the
// lowest part of all, as 0.2 for the lowest fifth: what a table of ranks would
// have to say. Values are drawn by the generator, so many times.
func (p Pooling) Lowest(part float64, draws int, random *rand.Rand) ([]float64, error) {
	if !(part > 0 && part < 1) || draws < 1 {
		return nil, fmt.Errorf("lowest: part %g, %d draws", part, draws)
	}
	count := max(1, int(math.Floor(part*float64(len(p.Teams))+1e-9)))
	hits := make([]int, len(p.Teams))
	values, order := make([]float64, len(p.Teams)), make([]int, len(p.Teams))
	for range draws {
		for i, t := range p.Teams {
			order[i], values[i] = i, t.Estimate+t.SE*random.NormFloat64()
		}
		slices.SortFunc(order, func(a, b int) int {
			if values[a] < values[b] {
				return -1
			}
			return 1
		})
		for _, i := range order[:count] {
			hits[i]++
		}
	}
	chance := make([]float64, len(hits))
	for i, h := range hits {
		chance[i] = float64(h) / float64(draws)
	}
	return chance, nil
}

// Group is a team's answers in sum.
type Group struct {
	ID       string
	N        int
	Mean, SD float64
	// Population is how many could have answered; nought where that is left
	// out. [CommonSpread] does not use it.
	Population int
}

// CommonSpread makes teams for [Pool] from groups, with one standard deviation
// for all, pooled within groups. In a team of three the own one is chance, and
// nought where all three agreed. There is no finite-population factor: what is
// pooled is how a team stands, not the sum of its answers on that day. Groups
// without answers are left out.
func CommonSpread(groups []Group) (teams []Team, sd float64, err error) {
	var squares Sum
	df := 0
	for _, g := range groups {
		if g.N < 0 || !(g.SD >= 0) || math.IsInf(g.SD, 0) {
			return nil, 0, fmt.Errorf("group %s: %d answers with standard deviation %g", g.ID, g.N, g.SD)
		}
		if g.N > 1 {
			squares.Add(g.SD * g.SD * float64(g.N-1))
			df += g.N - 1
		}
	}
	if df == 0 || squares.Value() == 0 {
		return nil, 0, errors.New("pooling: answers within groups show no spread")
	}
	variance := squares.Value() / float64(df)
	for _, g := range groups {
		if g.N > 0 {
			teams = append(teams, Team{ID: g.ID, Value: g.Mean, Variance: variance / float64(g.N)})
		}
	}
	return teams, math.Sqrt(variance), nil
}
