package disclose

import (
	"errors"
	"math"
	"slices"
)

const (
	// jointRows is up to how many rows all options of a question are attacked
	// in one programme; above, each option is one, and what joins them is only
	// carried along as bounds.
	jointRows = 160
	// mostRows is up to how many rows there is a programme at all.
	mostRows = 1500
	// mostWork is how much is calculated for one part, in about so many
	// multiplications. What is not settled by then has only been bounded, and
	// the certificate says of how many quantities that is true. A mutual of some
	// hundred cells needs a tenth of it; a national table needs it all.
	mostWork = 100_000_000
	// mostOfAll is how much is calculated for all parts of one system.
	mostOfAll = 50 * mostWork
	// perAim is about how many pivots one target takes by itself.
	perAim = 16
)

// programme attacks targets in one part of a system. Every point that the
// simplex comes to is a table that fits all figures, so most targets are seen
// to be open long before their own turn.
func (a *attacker) programme(s *system, p part, targets []*target) ([]Found, error) {
	if len(targets) == 0 {
		return nil, nil
	}
	if len(p.rows) > mostRows {
		a.effort.Bounded += len(targets)
		return nil, nil
	}
	column := make(map[int]int, len(p.quantities))
	for j, q := range p.quantities {
		column[q] = j
	}
	aims := make([]aim, 0, len(targets))
	for _, t := range targets {
		m := aim{target: t, whole: s.counts(t.terms[0].of), low: math.Inf(1), top: math.Inf(-1)}
		for _, c := range t.terms {
			if j, ok := column[c.of]; ok {
				m.terms = append(m.terms, term{j, c.coef})
			} else {
				m.known += c.coef * s.low[c.of]
			}
		}
		aims = append(aims, m)
	}
	x := newSimplex(s, p)
	defer func() { a.effort.Pivots += x.pivots }()
	found, err := a.chase(x, aims)
	if errors.Is(err, errHard) {
		a.effort.Bounded += len(targets)
		return nil, nil
	}
	return found, err
}

// aim is a target in terms of a programme's columns, with the range in which
// it has been seen.
type aim struct {
	*target
	terms    []term
	known    float64
	whole    bool
	turn     bool
	low, top float64
}

func (m *aim) see(x *simplex) {
	v := m.known
	for _, t := range m.terms {
		v += t.coef * x.x[t.of]
	}
	low, top := v, v
	if m.whole {
		low, top = math.Ceil(v-tiny), math.Floor(v+tiny)
	}
	m.low, m.top = min(m.low, low), max(m.top, top)
}

func (m *aim) wide() bool { return m.top-m.low >= m.width-tiny }

func (a *attacker) chase(x *simplex, aims []aim) ([]Found, error) {
	look := func() {
		for i := range aims {
			aims[i].see(x)
		}
		aims = slices.DeleteFunc(aims, func(m aim) bool { return m.wide() })
	}
	a.effort.Programmes++
	if err := x.feasible(); err != nil {
		return nil, err
	}
	look()
	// All that are still in question together, first one way and then the
	// other, then in directions that keep changing, for as long as that settles
	// more of them than taking them one by one would.
	cost := make([]float64, x.n)
	toss := uint64(88172645463325252)
	each := x.m*x.m/4 + 3*x.n // about what a pivot costs
	spent := func() bool { return x.pivots*each > mostWork }
	for round := 0; len(aims) > 3 && !spent(); round++ {
		clear(cost)
		for i := range aims {
			sign := 1.0
			if round > 1 && round%2 == 0 {
				toss ^= toss << 13
				toss ^= toss >> 7
				toss ^= toss << 17
				aims[i].turn = toss&1 == 0
			}
			if aims[i].turn != (round%2 == 1) {
				sign = -1
			}
			for _, t := range aims[i].terms {
				cost[t.of] += sign * t.coef
			}
		}
		a.effort.Programmes++
		pivots, open := x.pivots, len(aims)
		if err := x.least(cost); err != nil {
			return nil, err
		}
		look()
		if round > 1 && (open-len(aims))*perAim <= x.pivots-pivots {
			break
		}
	}
	var found []Found
	for len(aims) > 0 {
		if spent() {
			a.effort.Bounded += len(aims)
			break
		}
		m := aims[0]
		var ends [2]float64
		open := false
		for e, sign := range []float64{1, -1} {
			clear(cost)
			for _, t := range m.terms {
				cost[t.of] += sign * t.coef
			}
			a.effort.Programmes++
			if err := x.least(cost); err != nil {
				return nil, err
			}
			m.see(x)
			ends[e] = m.known
			for _, t := range m.terms {
				ends[e] += t.coef * x.x[t.of]
			}
			look()
			if m.wide() {
				open = true
				break
			}
		}
		low, top := ends[0], ends[1]
		if m.whole {
			low, top = math.Ceil(low-tiny), math.Floor(top+tiny)
		}
		if !open && top-low < m.width-tiny {
			found = append(found, m.target.known(low, top))
		}
		aims = slices.DeleteFunc(aims, func(o aim) bool { return o.target == m.target })
	}
	return found, nil
}
