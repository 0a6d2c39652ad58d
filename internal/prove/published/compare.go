package published

import (
	"fmt"
	"sort"
)

// Figure is one organisation's value of one measure in one period.
type Figure struct {
	Organisation Organisation
	Value        float64
	Base         int
	Suppressed   bool
}

// Strip is one group of organisations on one measure.
type Strip struct {
	Group   Group
	Figures []Figure // shown ones only, lowest first
	Hidden  int      // organisations whose figure is suppressed
	Median  float64
	Answers int // all bases together
}

// Strips sorts the figures of organisations into their groups, in the order of
// [Groups], then any group that we do not know by name. England and breakdowns
// belong to no group and are passed over; so is a group without a shown figure.
func Strips(figures []Figure) []Strip {
	byGroup := map[string]*Strip{}
	for _, f := range figures {
		o := f.Organisation
		if o.Scope != ScopeOrganisation || o.Group == "" {
			continue
		}
		s := byGroup[o.Group]
		if s == nil {
			g, _ := GroupNamed(o.Group)
			s = &Strip{Group: g}
			byGroup[o.Group] = s
		}
		if f.Suppressed {
			s.Hidden++
			continue
		}
		s.Figures = append(s.Figures, f)
		s.Answers += f.Base
	}
	var strips []Strip
	take := func(name string) {
		if s := byGroup[name]; s != nil && len(s.Figures) > 0 {
			sortFigures(s.Figures)
			s.Median, _ = Median(valuesOf(s.Figures))
			strips = append(strips, *s)
		}
		delete(byGroup, name)
	}
	for _, g := range Groups() {
		take(g.Published)
	}
	rest := make([]string, 0, len(byGroup))
	for name := range byGroup {
		rest = append(rest, name)
	}
	sort.Strings(rest)
	for _, name := range rest {
		take(name)
	}
	return strips
}

// Mutuals gathers the mutuals' figures out of the strips, highest first.
func Mutuals(strips []Strip) []Figure {
	var out []Figure
	for _, s := range strips {
		if s.Group.Mutual {
			out = append(out, s.Figures...)
		}
	}
	sortFigures(out)
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// StripOf finds the strip of a group by its published name.
func StripOf(strips []Strip, published string) (Strip, bool) {
	for _, s := range strips {
		if s.Group.Published == published {
			return s, true
		}
	}
	return Strip{}, false
}

// sortFigures puts the lowest first; equal ones by code, so that the order
// never depends on how a store hands them out.
func sortFigures(f []Figure) {
	sort.SliceStable(f, func(i, j int) bool {
		if f[i].Value != f[j].Value {
			return f[i].Value < f[j].Value
		}
		return f[i].Organisation.ODS < f[j].Organisation.ODS
	})
}

func valuesOf(f []Figure) []float64 {
	v := make([]float64, len(f))
	for i := range f {
		v[i] = f[i].Value
	}
	return v
}

// Standing is how one figure lies beside another.
type Standing string

const (
	Above Standing = "above"
	Below Standing = "below"
	// About: too close to tell apart, given how many answered.
	About Standing = "about"
	// Unknown: there is nothing to stand beside.
	Unknown Standing = "unknown"
)

// Comparison is one organisation beside its group and England on one measure.
type Comparison struct {
	Measure    Measure
	Own        Figure
	Range      Range
	HasRange   bool
	Group      Group
	Size       int // organisations of the group with a shown figure, its own among them
	Median     float64
	HasMedian  bool // false where its own is the group's only figure
	England    Figure
	HasEngland bool
	ToMedian   Standing
	ToEngland  Standing
	Rank       Rank
	HasRank    bool
}

// Compare puts the organisation with the given code beside its group and
// England. figures are those of all organisations and of England, of one
// measure and period.
func Compare(m Measure, figures []Figure, ods string) (Comparison, error) {
	if m.Kind == KindDays {
		return Comparison{}, fmt.Errorf("measure %s counts days, which grow with the organisation, and is not compared", m.ID)
	}
	c := Comparison{Measure: m, ToMedian: Unknown, ToEngland: Unknown}
	found := false
	for _, f := range figures {
		switch {
		case f.Organisation.ODS == ods && f.Organisation.Scope == ScopeOrganisation:
			c.Own, found = f, true
		case f.Organisation.Scope == ScopeEngland && !f.Suppressed:
			c.England, c.HasEngland = f, true
		}
	}
	if !found {
		return Comparison{}, fmt.Errorf("organisation %s has no figure for %s", ods, m.ID)
	}
	c.Group, _ = GroupNamed(c.Own.Organisation.Group)
	if s, ok := StripOf(Strips(figures), c.Group.Published); ok {
		c.Size = len(s.Figures)
		c.Median, c.HasMedian = s.Median, c.Size > 1
		if !c.Own.Suppressed {
			c.Rank, c.HasRank = RankIn(m, s.Figures, ods)
			c.HasRank = c.HasRank && c.Size > 1
		}
	}
	if c.Own.Suppressed {
		return c, nil
	}
	c.Range, c.HasRange = LikelyRange(m, c.Own.Value, c.Own.Base)
	if c.HasMedian {
		c.ToMedian = c.standing(c.Median)
	}
	if c.HasEngland {
		c.ToEngland = c.standing(c.England.Value)
	}
	return c, nil
}

// standing holds the own figure against a middle or a total, which are taken
// as exact: the own range alone decides. Without a range, figures that print
// the same are about the same.
func (c Comparison) standing(other float64) Standing {
	low, high := c.Range.Low, c.Range.High
	if !c.HasRange {
		if c.Measure.Format(c.Own.Value, c.Own.Base) == c.Measure.Format(other, 0) {
			return About
		}
		low, high = c.Own.Value, c.Own.Value
	}
	switch {
	case low > other:
		return Above
	case high < other:
		return Below
	}
	return About
}
