package published

import (
	"fmt"
	"math"
	"sort"
)

// Range is a likely range: 95 % of such ranges hold the figure that asking
// everybody, again and again, would give.
type Range struct{ Low, High float64 }

// z95 is the point of the normal distribution for a two-sided 95 %.
const z95 = 1.96

// LikelyRange works out the likely range of a score from the number of answers
// and the measure's stated spread between people. The published files give no
// range, and none can be had for a measure without a spread: a rate of absence
// counts every day and is no sample. It reports false for those and where the
// base is unknown.
//
// The range treats the answers as a random sample of many. It says nothing
// about those who did not answer.
func LikelyRange(m Measure, value float64, base int) (Range, bool) {
	if m.Spread <= 0 || base <= 0 {
		return Range{}, false
	}
	half := z95 * m.Spread / math.Sqrt(float64(base))
	return Range{Low: math.Max(m.Low, value-half), High: math.Min(m.High, value+half)}, true
}

// RangeNote is the footnote for ranges of this measure, empty where it has none.
func RangeNote(m Measure) string {
	if m.Spread <= 0 {
		return ""
	}
	return fmt.Sprintf("Likely range: 95%%, worked out from the number of answers and a spread of %.1f between people; the published files give no range.", m.Spread)
}

// apart reports whether two figures differ by more than chance between samples
// of these sizes would often make: their difference is beyond its own 95 % range.
func apart(m Measure, a, b Figure) bool {
	if m.Spread <= 0 || a.Base <= 0 || b.Base <= 0 {
		return false
	}
	se := m.Spread * math.Sqrt(1/float64(a.Base)+1/float64(b.Base))
	return math.Abs(a.Value-b.Value) > z95*se
}

// Median is the middle of the values, or of the two in the middle their mean.
// It reports false for none.
func Median(values []float64) (float64, bool) {
	n := len(values)
	if n == 0 {
		return 0, false
	}
	sorted := append([]float64(nil), values...)
	sort.Float64s(sorted)
	if n%2 == 1 {
		return sorted[n/2], true
	}
	return (sorted[n/2-1] + sorted[n/2]) / 2, true
}

// Rank is a place among others, with its range. First is the best place.
type Rank struct {
	Best, Worst int // the places that chance alone could have given
	Of          int
}

// RankIn places the organisation among the figures, its own among them. A
// place is only sure as far as others are clearly better or clearly worse, so
// the answer is a range of places. It reports false where the measure has no
// better and worse or no likely range, and where the organisation is not there:
// a bare place would say more than is known.
func RankIn(m Measure, figures []Figure, ods string) (Rank, bool) {
	var own *Figure
	for i := range figures {
		if figures[i].Organisation.ODS == ods {
			own = &figures[i]
		}
	}
	if own == nil || own.Base <= 0 || m.Spread <= 0 || m.Direction == Neither {
		return Rank{}, false
	}
	r := Rank{Best: 1, Of: len(figures)}
	worse := 0
	for _, f := range figures {
		if f.Organisation.ODS == ods || !apart(m, f, *own) {
			continue
		}
		if (f.Value > own.Value) == (m.Direction == Higher) {
			r.Best++
		} else {
			worse++
		}
	}
	r.Worst = r.Of - worse
	return r, true
}
