package house

import (
	"encoding/json"
	"math"

	"commonweal/internal/listen/wave"
	"commonweal/survey/disclose"
	"commonweal/survey/estimate"
)

// Scores of the whole organisation can be weighted so that staff groups count as they do
// on the staff list of the census day. The weights, and the weighted scores, are worked out
// from the figures of the release and the staff list and from nothing else: whoever has
// both can work them out too, so they can give nobody away. Worked out from the answers
// they could: with two groups hidden, the plain mean and the weighted one are two equations
// for two means.

// How far weights may be from one: they are cut there.
const (
	leastWeight = 0.3
	mostWeight  = 3
)

const weightLevel = 0.95

// Why nothing was weighted.
const (
	NoList    = "no-list"    // how many were asked, or in which staff groups, is not known
	FewGroups = "few-groups" // fewer than two staff groups are shown, or fewer than half of those who answered are in one
)

// Weighted is the scores of the whole organisation with its staff groups as they are on
// the staff list.
type Weighted struct {
	By  wave.Weighting `json:"by"`
	Why string         `json:"why,omitempty"` // nothing is weighted
	// Answers is how many answered; those in no group that is shown, or who named none,
	// count as they are, with the weight Rest.
	Answers int     `json:"answers"`
	Rest    float64 `json:"rest,omitempty"`
	// EffectiveN is how many answers that count the same would tell as much (Kish),
	// Design how many are needed for one of those.
	EffectiveN int             `json:"effective_n"`
	Design     float64         `json:"design_effect"`
	Largest    float64         `json:"largest_weight"`
	Smallest   float64         `json:"smallest_weight"`
	Cut        int             `json:"cut"`    // answers whose weight was cut, to the nearest five below a hundred
	Finite     bool            `json:"finite"` // the ranges know how many were asked
	Groups     []WeightedGroup `json:"groups"`
	Scores     []WeightedScore `json:"scores"`
}

// WeightedGroup is how much each answer of a staff group counts, over the mean.
type WeightedGroup struct {
	Code     string  `json:"code"`
	Eligible int     `json:"eligible"`
	Answers  int     `json:"answers"` // as the release shows them
	Weight   float64 `json:"weight"`
}

// WeightedScore is a score of the whole organisation, weighted.
type WeightedScore struct {
	ID   string  `json:"id"`
	Mean float64 `json:"mean"`
	SE   float64 `json:"se"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
	Base int     `json:"base"`
}

// Score is a weighted score, if there is one.
func (w *Weighted) Score(id string) (m disclose.Mean, ok bool) {
	if w == nil {
		return m, false
	}
	for _, s := range w.Scores {
		if s.ID == id {
			return disclose.Mean{Base: s.Base, Mean: s.Mean, Low: s.Low, High: s.High}, true
		}
	}
	return m, false
}

// ReleaseWeights is what was weighted in a release; nil where the plan did not ask for it
// or the release is older than that.
func ReleaseWeights(r wave.Release) (*Weighted, error) {
	var t tested
	err := json.Unmarshal(r.Certificate, &t)
	return t.Weighted, err
}

// Weigh weights the scores of the whole organisation as the plan says; nil where it says
// that every answer counts the same.
func Weigh(w wave.Wave, r disclose.Release) (*Weighted, error) {
	if w.Weighting != wave.ByGroup {
		return nil, nil
	}
	out := &Weighted{By: w.Weighting, Groups: []WeightedGroup{}, Scores: []WeightedScore{}}
	whole := r.Lattice.Units[0].Code
	all, ok := r.At(whole, disclose.Everybody)
	if !ok || w.Eligible == 0 || all.Base > w.Eligible {
		out.Why = NoList
		return out, nil
	}
	out.Answers = all.Base
	inside := 0
	for _, g := range w.Groups {
		// A group of which few are on the list is left as it is, although many may say
		// that they are of it.
		if f, ok := r.At(whole, g.Code); ok && g.Eligible >= w.Minimum {
			out.Groups = append(out.Groups, WeightedGroup{Code: g.Code, Eligible: g.Eligible, Answers: f.Base})
			inside += f.Base
		}
	}
	if len(out.Groups) < 2 || 2*inside < all.Base {
		out.Why, out.Groups = FewGroups, []WeightedGroup{}
		return out, nil
	}
	population := w.Eligible
	if out.Finite = !w.BroughtIn(); !out.Finite {
		population = 0 // that nobody answered twice cannot be shown
	}
	for i, s := range r.Scores {
		if all.Scores[i] == nil || s.Groups {
			continue
		}
		x, err := weighed(r, i, all.Base, out.Groups, population)
		if err != nil {
			return nil, err
		}
		out.Scores = append(out.Scores, weightedScore(s, x.Value, x.SE, x.Low, x.High, all.Scores[i].Base))
	}
	out.composed(r, all)
	x, err := estimate.Reweigh(estimate.Class{N: all.Base, Known: all.Base}, classesOf(out.Groups), leastWeight, mostWeight, 0, weightLevel)
	if err != nil {
		return nil, err
	}
	out.describe(x)
	return out, nil
}

// classesOf are the groups as classes of which only the numbers matter.
func classesOf(groups []WeightedGroup) (out []estimate.Class) {
	for _, g := range groups {
		out = append(out, estimate.Class{Name: g.Code, N: g.Answers, Known: g.Answers, Total: float64(g.Eligible)})
	}
	return out
}

// weighed weights one score. A group in which it is not shown is weighted with the
// others, and has the mean of all in it.
func weighed(r disclose.Release, score, people int, groups []WeightedGroup, population int) (estimate.Reweighed, error) {
	whole, id := r.Lattice.Units[0].Code, r.Scores[score].ID
	m, _ := r.Score(whole, disclose.Everybody, id)
	parts := classesOf(groups)
	for i, g := range groups {
		parts[i].Mean, parts[i].SD = m.Mean, r.Spread[score]
		if of, ok := r.Score(whole, g.Code, id); ok {
			parts[i].Mean, parts[i].Known = of.Mean, min(of.Base, g.Answers)
		}
	}
	return estimate.Reweigh(estimate.Class{N: people, Known: min(m.Base, people), Mean: m.Mean, SD: r.Spread[score]}, parts, leastWeight, mostWeight, population, weightLevel)
}

// weightedScore rounds a score as the release rounds its own, the range outward.
func weightedScore(s disclose.Score, mean, se, low, high float64, base int) WeightedScore {
	p := math.Pow10(disclose.Decimals(base))
	least, most := min(s.Worst, s.Best), max(s.Worst, s.Best)
	return WeightedScore{
		ID: s.ID, Base: base, SE: math.Round(se*1000) / 1000, Mean: math.Floor(mean*p+0.5+1e-9) / p,
		Low: max(least, math.Floor(low*p+1e-6)/p), High: min(most, math.Ceil(high*p-1e-6)/p),
	}
}

// composed adds the scores that only groups have: the mean of their sub-scores. Their
// errors are taken to go together entirely, as in the release.
func (w *Weighted) composed(r disclose.Release, all disclose.Figures) {
	for i, s := range r.Scores {
		if !s.Groups || all.Scores[i] == nil {
			continue
		}
		n, mean, se, low, high := float64(len(s.Scores)), 0.0, 0.0, 0.0, 0.0
		found := 0
		for _, part := range w.Scores {
			for _, id := range s.Scores {
				if part.ID == id {
					found++
					mean, se, low, high = mean+part.Mean/n, se+part.SE/n, low+part.Low/n, high+part.High/n
				}
			}
		}
		if found == len(s.Scores) && found > 0 {
			w.Scores = append(w.Scores, weightedScore(s, mean, se, low, high, all.Scores[i].Base))
		}
	}
}

// describe says what the weights are.
func (w *Weighted) describe(x estimate.Reweighed) {
	places := func(v float64) float64 { return math.Round(v*100) / 100 }
	w.EffectiveN, w.Design, w.Rest = int(math.Round(float64(w.Answers)/x.Design)), places(x.Design), places(x.Rest)
	w.Smallest = math.Inf(1)
	for i := range w.Groups {
		w.Groups[i].Weight = places(x.Weights[i])
		w.Largest, w.Smallest = max(w.Largest, w.Groups[i].Weight), min(w.Smallest, w.Groups[i].Weight)
	}
	if w.Rest > 0 {
		w.Largest, w.Smallest = max(w.Largest, w.Rest), min(w.Smallest, w.Rest)
	}
	w.Cut = x.Trimmed.Cut
}
