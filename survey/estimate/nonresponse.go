package estimate

import (
	"errors"
	"fmt"
	"math"
)

// Answered is a group with those of it who did not answer.
type Answered struct {
	ID       string
	Eligible int
	Answers  int
	Mean     float64 // of those who answered
}

func (a Answered) check(lowest, highest float64) error {
	switch {
	case !(lowest < highest):
		return fmt.Errorf("scale from %g to %g", lowest, highest)
	case a.Answers < 1 || a.Answers > a.Eligible:
		return fmt.Errorf("group %s: %d answers of %d eligible", a.ID, a.Answers, a.Eligible)
	case !(a.Mean >= lowest && a.Mean <= highest):
		return fmt.Errorf("group %s: mean %g is not from %g to %g", a.ID, a.Mean, lowest, highest)
	}
	return nil
}

// Rate is the part that answered.
func (a Answered) Rate() float64 { return float64(a.Answers) / float64(a.Eligible) }

// Bounds is between which two figures the mean of everybody must lie, whatever
// those who did not answer think: all of them lowest, or all highest (Manski
// 2003). It assumes nothing at all.
func Bounds(a Answered, lowest, highest float64) (low, high float64, err error) {
	if err := a.check(lowest, highest); err != nil {
		return 0, 0, err
	}
	rate := a.Rate()
	return float64(rate*a.Mean) + float64((1-rate)*lowest), float64(rate*a.Mean) + float64((1-rate)*highest), nil
}

// Overtaking is how different those who did not answer must be for the order
// of two groups to turn round.
type Overtaking struct {
	Ahead, Behind string
	// Both: by how many points those of the group ahead must lie below those
	// who answered, and those of the group behind above. Only: by how many if
	// that holds of the group ahead alone; infinite where all of it answered.
	Both, Only float64
	// Possible says whether the scale leaves room for it at all.
	Possible bool
}

// Overtake gives [Overtaking] for two groups.
func Overtake(a, b Answered, lowest, highest float64) (Overtaking, error) {
	for _, g := range []Answered{a, b} {
		if err := g.check(lowest, highest); err != nil {
			return Overtaking{}, err
		}
	}
	if a.Mean < b.Mean {
		a, b = b, a
	}
	o := Overtaking{Ahead: a.ID, Behind: b.ID}
	gap := a.Mean - b.Mean
	o.Both = over(gap, (1-a.Rate())+(1-b.Rate()))
	o.Only = over(gap, 1-a.Rate())
	low, _, err := Bounds(a, lowest, highest)
	if err != nil {
		return Overtaking{}, err
	}
	_, high, err := Bounds(b, lowest, highest)
	if err != nil {
		return Overtaking{}, err
	}
	o.Possible = low <= high
	return o, nil
}

func over(gap, part float64) float64 {
	if gap == 0 {
		return 0
	}
	if part == 0 {
		return math.Inf(1)
	}
	return gap / part
}

// Response is how evenly groups answered.
type Response struct {
	Rate  float64   // of everybody
	Rates []float64 // of each group
	// R is the R-indicator over the groups, 1 less twice the standard
	// deviation of the rates over everybody eligible (Schouten, Cobben and
	// Bethlehem 2009). It is 1 where all groups answered alike, which says
	// nothing of differences within them.
	R float64
}

// Represent gives [Response]. The means of the groups are not used. A group
// of which nobody answered counts.
func Represent(groups []Answered) (Response, error) {
	eligible, answers := 0, 0
	for _, g := range groups {
		if g.Eligible < 1 || g.Answers < 0 || g.Answers > g.Eligible {
			return Response{}, fmt.Errorf("group %s: %d answers of %d eligible", g.ID, g.Answers, g.Eligible)
		}
		eligible += g.Eligible
		answers += g.Answers
	}
	if eligible < 2 {
		return Response{}, errors.New("response: fewer than two people eligible")
	}
	r := Response{Rate: float64(answers) / float64(eligible)}
	squares := sumOf(len(groups), func(i int) float64 {
		d := groups[i].Rate() - r.Rate
		return float64(groups[i].Eligible) * float64(d*d)
	})
	for _, g := range groups {
		r.Rates = append(r.Rates, g.Rate())
	}
	r.R = 1 - 2*math.Sqrt(squares/float64(eligible-1))
	return r, nil
}

// MostBias is how far off the mean of those who answered may be at most, if
// answering goes with opinion only through the groups, where answers of
// everybody have that standard deviation.
func (r Response) MostBias(sd float64) float64 {
	if r.Rate == 0 {
		return math.Inf(1)
	}
	return (1 - r.R) * sd / (2 * r.Rate)
}
