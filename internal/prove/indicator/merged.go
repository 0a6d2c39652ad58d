package indicator

import (
	"cmp"
	"maps"
	"slices"

	"commonweal/internal/prove/published"
	"commonweal/law"
)

// assembly makes figures of published ones, through the dated history of organisations:
// counts of those that went into another are added to it, so that its series goes on
// over the day of the merger. Scores cannot be added; they stay under the old code.
type assembly struct {
	derived
	history published.History
	at      map[place]*parts
}

// place is an organisation's period; code is that under which it was published.
type place struct {
	code   string
	period law.Date
}

type parts struct {
	values []float64
	known  []bool
}

func (a *assembly) add(part int, v published.Value) {
	first, ok := a.period(v.Period)
	if !ok || v.ODS == published.England {
		return
	}
	key := place{v.ODS, first}
	p := a.at[key]
	if p == nil {
		p = &parts{make([]float64, len(a.of)), make([]bool, len(a.of))}
		a.at[key] = p
	}
	p.values[part], p.known[part] = v.Value, true
}

func (a *assembly) list() []Figure {
	// In one order, so that the same counts have the same sum to the last bit.
	keys := slices.SortedFunc(maps.Keys(a.at), func(x, y place) int { return cmp.Or(cmp.Compare(x.code, y.code), x.period.Compare(y.period)) })
	sums := map[place]Figure{}
	for _, key := range keys {
		p := a.at[key]
		if !p.enough(a.needs) {
			continue
		}
		if a.count == nil {
			sums[key] = Figure{Period: key.period, Unit: key.code, Value: p.values[0]}
			continue
		}
		numerator, denominator := a.count(p.values)
		if denominator <= 0 {
			continue
		}
		into := place{a.history.Today(key.code), key.period}
		f := sums[into]
		f.Period, f.Unit = into.period, into.code
		f.Numerator, f.Denominator = f.Numerator+numerator, f.Denominator+denominator
		f.Value = a.scale() * f.Numerator / f.Denominator
		sums[into] = f
	}
	out := make([]Figure, 0, len(sums))
	for _, f := range sums {
		out = append(out, f)
	}
	order(out)
	return out
}

// enough reports whether the parts that a figure needs are there, or any where it needs
// none in particular.
func (p *parts) enough(needs int) bool {
	if needs == 0 {
		for _, known := range p.known {
			if known {
				return true
			}
		}
		return false
	}
	for i := range needs {
		if !p.known[i] {
			return false
		}
	}
	return true
}
