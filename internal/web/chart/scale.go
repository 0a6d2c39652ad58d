package chart

import "math"

// scale maps values to positions along an axis.
type scale struct {
	low, high float64 // values
	from, to  float64 // positions
}

func (s scale) at(v float64) float64 {
	return s.from + (v-s.low)/(s.high-s.low)*(s.to-s.from)
}

// spanning makes room for all values with a margin on both sides. Values that
// are never below nought get no axis below nought.
func spanning(values []float64, from, to float64) scale {
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		low, high = math.Min(low, v), math.Max(high, v)
	}
	margin := (high - low) * 0.035
	if margin == 0 {
		margin = math.Max(math.Abs(high)*0.05, 0.5)
	}
	s := scale{low: low - margin, high: high + margin, from: from, to: to}
	if low >= 0 && s.low < 0 {
		s.low = 0
	}
	return s
}

// ticks are round values inside the scale, at most the given number.
func (s scale) ticks(most int) (at []float64, decimals int) {
	span := s.high - s.low
	for power := int(math.Floor(math.Log10(span/float64(most)))) - 1; ; power++ {
		for _, m := range []float64{1, 2, 5} {
			step := m * math.Pow10(power)
			first, last := math.Ceil(s.low/step-1e-9), math.Floor(s.high/step+1e-9)
			if int(last-first)+1 > most {
				continue
			}
			for i := first; i <= last; i++ {
				at = append(at, i*step+0) // +0 turns minus nought round
			}
			return at, max(0, -power)
		}
	}
}
