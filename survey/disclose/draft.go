package disclose

import (
	"math"

	"commonweal/survey/estimate"
)

// draft makes the figures of every cell that the rules do not hide.
func (c *Cube) draft(public Knowledge, rules Rules) Release {
	r := Release{Format: Format, Shape: c.Shape, Rules: rules}
	r.Spread = make([]float64, len(c.Scores))
	for s := range c.Scores {
		if t := c.cells[0].scores[s]; !c.Scores[s].Groups && rules.mean(c.Scores[s], t) {
			r.Spread[s] = spread(t)
		}
	}
	listed := map[Cell]int{}
	for _, e := range public.Eligible {
		if e.Wave == c.Wave {
			listed[e.Cell] = e.People
		}
	}
	n := c.Lattice.columns()
	r.Cells = make([][]*Figures, len(c.Lattice.Units))
	for u := range r.Cells {
		r.Cells[u] = make([]*Figures, n)
		for g := range n {
			r.Cells[u][g] = c.figures(u*n+g, r.Spread, listed[c.Lattice.cell(u*n+g)], rules)
		}
	}
	return r
}

// spread is a standard deviation as it is shown: so coarse that the squares of
// a few people's scores cannot be told from it.
func spread(t total) float64 {
	n := float64(t.people)
	sd := math.Sqrt(max(0, (t.squares-t.sum*t.sum/n)/(n-1)))
	if t.people < 400 {
		return max(0.5, math.Round(sd*2)/2)
	}
	return max(0.1, decimal(sd, 1))
}

// mean says whether a score is shown: enough people have it, and not so nearly
// everybody the best or the worst that one person's whole range is missing.
func (r Rules) mean(s Score, t total) bool {
	n, span := float64(t.people), s.Best-s.Worst
	return t.people >= r.Scores && t.sum-s.Worst*n >= span && s.Best*n-t.sum >= span
}

func (c *Cube) figures(at int, spreads []float64, eligible int, rules Rules) *Figures {
	cell := c.cells[at]
	if cell.people < rules.Minimum {
		return nil
	}
	f := &Figures{
		Base: rules.base(cell.people), Comments: cell.people >= rules.Comments,
		Questions: make([]*Share, len(c.Questions)), Scores: make([]*Mean, len(c.Scores)),
	}
	for q, counts := range cell.answers {
		n := 0
		for _, x := range counts {
			n += x
		}
		if n < rules.Scores || rules.oneSided(c.Questions[q], counts) {
			continue
		}
		s := &Share{Base: rules.base(n), Percent: make([]int, len(counts))}
		for o, x := range counts {
			s.Percent[o] = percent(x, n)
		}
		f.Questions[q] = s
	}
	for i, t := range cell.scores {
		if c.Scores[i].Groups || spreads[i] == 0 || !rules.mean(c.Scores[i], t) {
			continue
		}
		f.Scores[i] = interval(c.Scores[i], rules.base(t.people), t.sum/float64(t.people), spreads[i], eligible)
	}
	c.ofScores(cell, f, rules)
	return f
}

// interval rounds a score and puts the interval about it, from what is shown
// only: the rounded base and mean, the spread of the whole organisation and the
// number of eligible people.
func interval(s Score, base int, mean, spread float64, eligible int) *Mean {
	d := Decimals(base)
	m := &Mean{Base: base, Mean: decimal(mean, d)}
	if eligible > 0 && eligible <= base {
		eligible = base + 1 // the base is rounded up; nobody knows that all answered
	}
	m.Low, m.High = m.Mean, m.Mean
	if f, err := estimate.FromMoments(base, m.Mean, spread, eligible, 0.95); err == nil && f.HasInterval {
		m.Low, m.High = outward(f.Low, -1, d, s), outward(f.High, 1, d, s)
	}
	return m
}

// outward rounds an end of an interval away from the middle, within the scale.
func outward(v, sign float64, decimals int, s Score) float64 {
	p := math.Pow10(decimals)
	v = sign * math.Ceil(sign*v*p-1e-6) / p
	return decimal(min(max(v, s.Worst), s.Best), decimals)
}

// ofScores fills in the scores that only groups have: the mean of the group's
// sub-scores, of which all must be shown. The interval is the mean of theirs,
// which is right if the sub-scores go together entirely and too wide otherwise.
func (c *Cube) ofScores(cell counts, f *Figures, rules Rules) {
	for i, sc := range c.Scores {
		if !sc.Groups {
			continue
		}
		var parts []*Mean
		sum, base := 0.0, math.MaxInt
		for _, id := range sc.Scores {
			for j, o := range c.Scores {
				if o.ID == id && f.Scores[j] != nil {
					t := cell.scores[j]
					parts, base = append(parts, f.Scores[j]), min(base, t.people)
					sum += t.sum / float64(t.people)
				}
			}
		}
		if len(parts) == 0 || len(parts) < len(sc.Scores) {
			continue
		}
		n := float64(len(parts))
		m := &Mean{Base: rules.base(base)}
		d := Decimals(m.Base)
		m.Mean = decimal(sum/n, d)
		low, high := 0.0, 0.0
		for _, p := range parts {
			low, high = low+(p.Mean-p.Low)/n, high+(p.High-p.Mean)/n
		}
		m.Low, m.High = outward(m.Mean-low, -1, d, sc), outward(m.Mean+high, 1, d, sc)
		f.Scores[i] = m
	}
}
