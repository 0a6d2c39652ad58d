package claim

import (
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strings"

	"commonweal/internal/prove/published"
	"commonweal/internal/prove/sheet"
	"commonweal/panel"
)

// Correlation is Pearson's, with Fisher's interval.
type Correlation struct {
	R    float64 `json:"r"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
	N    int     `json:"n"`
}

// correlate works it out; lost are the degrees of freedom spent on groups.
func correlate(x, y []float64, lost int) Correlation {
	mean := func(v []float64) float64 {
		s := 0.0
		for _, a := range v {
			s += a
		}
		return s / float64(len(v))
	}
	mx, my := mean(x), mean(y)
	var xy, xx, yy float64
	for i := range x {
		xy += (x[i] - mx) * (y[i] - my)
		xx += (x[i] - mx) * (x[i] - mx)
		yy += (y[i] - my) * (y[i] - my)
	}
	c := Correlation{R: xy / math.Sqrt(xx*yy), N: len(x)}
	half := 1.959963984540054 / math.Sqrt(float64(len(x)-lost-3))
	c.Low, c.High = math.Tanh(math.Atanh(c.R)-half), math.Tanh(math.Atanh(c.R)+half)
	return c
}

// EngagementAndAbsence is how engagement goes with a year's sickness absence among NHS
// trusts: all of them, and with the mean of each kind of trust taken out.
func EngagementAndAbsence(facts []published.Fact) (all, within Correlation) {
	facts = slices.Clone(facts)
	slices.SortFunc(facts, func(a, b published.Fact) int { return strings.Compare(a.Organisation.ODS, b.Organisation.ODS) })
	var x, y []float64
	groups := map[string][]int{}
	for _, f := range facts {
		v, ok := f.Scores["E"]
		if !ok || v.Suppressed || f.Absence.Months == 0 || !strings.Contains(f.Organisation.Group, "Trusts") {
			continue
		}
		groups[f.Organisation.Group] = append(groups[f.Organisation.Group], len(x))
		x, y = append(x, v.Value), append(y, f.Absence.Rate)
	}
	all = correlate(x, y, 0)
	inX, inY := slices.Clone(x), slices.Clone(y)
	for _, members := range groups {
		var mx, my float64
		for _, i := range members {
			mx += x[i] / float64(len(members))
			my += y[i] / float64(len(members))
		}
		for _, i := range members {
			inX[i] -= mx
			inY[i] -= my
		}
	}
	return all, correlate(inX, inY, len(groups)-1)
}

// Apart is how far community mutuals lie from community trusts on one measure.
type Apart struct {
	Measure string  `json:"measure"`
	Points  float64 `json:"points"` // percentage points, mutuals less trusts
	Low     float64 `json:"low"`    // likely range
	High    float64 `json:"high"`
	P       float64 `json:"p"` // by drawing which are the mutuals
	Mutuals int     `json:"mutuals"`
	Trusts  int     `json:"trusts"`
}

const wellbeingFile = "NSS-2021-2024-trusts-wellbeing-merged.csv"

// Mutuals compares community mutuals with community trusts from 2021 to 2024, by the mean
// of each organisation's years.
func Mutuals(data fs.FS) ([]Apart, error) {
	f, err := data.Open(wellbeingFile)
	if err != nil {
		return nil, fmt.Errorf("the published data are needed: %w", err)
	}
	defer func() { _ = f.Close() }()
	s, err := sheet.Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", wellbeingFile, err)
	}
	codes, err := s.Text("ODS code")
	if err != nil {
		return nil, err
	}
	groups, err := s.Text("Benchmarking group")
	if err != nil {
		return nil, err
	}
	var out []Apart
	for _, m := range []struct{ heading, words string }{
		{"Autonomy_rate", "Autonomy"},
		{"Burned_out_rate", "Burnout"},
		{"Stress_rate", "Stress"},
		{"Enough_staff_rate", "Enough staff"},
		{"Frustration_rate", "Frustration"},
	} {
		values, err := s.Numbers(m.heading)
		if err != nil {
			return nil, err
		}
		a, err := apart(codes, groups, values)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.words, err)
		}
		a.Measure = m.words
		out = append(out, a)
	}
	return out, nil
}

func apart(codes, groups []string, values []float64) (Apart, error) {
	sums, n, mutual := map[string]float64{}, map[string]float64{}, map[string]bool{}
	for i, code := range codes {
		// A mutual is one in any of the years: the publisher renamed the group.
		isMutual := strings.HasPrefix(groups[i], "Social Enterprises - Community")
		if math.IsNaN(values[i]) || !isMutual && groups[i] != "Community Trusts" {
			continue
		}
		sums[code] += values[i]
		n[code]++
		mutual[code] = mutual[code] || isMutual
	}
	var names []string
	for code := range sums {
		names = append(names, code)
	}
	slices.Sort(names)
	means, treated := make([]float64, len(names)), make([]bool, len(names))
	a := Apart{}
	for i, code := range names {
		means[i], treated[i] = sums[code]/n[code], mutual[code]
		if treated[i] {
			a.Mutuals++
		} else {
			a.Trusts++
		}
	}
	c, err := panel.Randomise(means, treated, nil, panel.Least, 2014)
	if err != nil {
		return a, err
	}
	e := panel.Welch(means, treated)
	a.Points, a.Low, a.High, a.P = c.Difference, e.Low, e.High, c.PDifference
	return a, nil
}
