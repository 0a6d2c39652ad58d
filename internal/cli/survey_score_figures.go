package cli

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"commonweal/survey/estimate"
	"commonweal/survey/instrument"
	"commonweal/survey/score"
)

// leastToPass is the smallest group whose figures may be passed on.
const leastToPass = 10

// figures estimates every score of a group.
func figures(in instrument.Instrument, people *score.Sample, level float64) ([]scored, error) {
	list := make([]scored, len(in.Scores))
	for i, s := range in.Scores {
		f, err := figure(s, people.Values(i), level)
		if err != nil {
			return nil, fmt.Errorf("score %s: %w", s.ID, err)
		}
		list[i] = scored{ID: s.ID, Label: s.Label.In("en"), N: f.N}
		if f.N > 0 {
			list[i].Value = &f.Value
		}
		if f.HasInterval {
			list[i].Low, list[i].High = &f.Low, &f.High
		}
		if s.Level == instrument.OfScores && f.N > 0 {
			list[i].N = smallest(in, s, people)
		}
	}
	return list, nil
}

// figure estimates one score. Whoever has none is not in the sample at all, so
// that the interval is the plain t interval of those who have.
func figure(s instrument.Score, values []float64, level float64) (estimate.Figure, error) {
	values = slices.DeleteFunc(values, math.IsNaN)
	if s.Kind != instrument.Share {
		return estimate.Mean(estimate.Sample{Values: values}, level)
	}
	for i := range values {
		values[i] /= 100
	}
	f, err := estimate.Proportion(estimate.Sample{Values: values}, level)
	f.Value, f.Low, f.High = 100*f.Value, 100*f.Low, 100*f.High
	return f, err
}

// smallest is the number that stands beside a mean of sub-scores: the smallest
// of theirs, as the pulse is published.
func smallest(in instrument.Instrument, s instrument.Score, people *score.Sample) int {
	least := 0
	for i, part := range in.Scores {
		if !slices.Contains(s.Scores, part.ID) {
			continue
		}
		n := 0
		for _, v := range people.Values(i) {
			if !math.IsNaN(v) {
				n++
			}
		}
		if n > 0 && (least == 0 || n < least) {
			least = n
		}
	}
	return least
}

// scoreTable prints scores for people: two decimals from a hundred answers and
// one below, intervals no further than the scale goes.
type scoreTable struct {
	w         io.Writer
	low, high float64
	level     float64
}

func (t scoreTable) write(title string, n int, list []scored) error {
	pf(t.w, "\n%s (%d people)\n", title, n)
	w := tabwriter.NewWriter(t.w, 0, 0, 2, ' ', 0)
	pf(w, "\tscore\tvalue\t%s%% interval\tn\n", strconv.FormatFloat(100*t.level, 'g', 4, 64))
	for _, s := range list {
		value, interval := "none", ""
		if s.Value != nil {
			value, interval = t.number(*s.Value, s.N), "not known"
		}
		if s.Low != nil {
			interval = t.number(max(*s.Low, t.low), s.N) + " to " + t.number(min(*s.High, t.high), s.N)
		}
		pf(w, "%s\t%s\t%s\t%s\t%d\n", s.ID, s.Label, value, interval, s.N)
	}
	return w.Flush()
}

func (t scoreTable) number(v float64, n int) string {
	decimals := 1
	if n >= 100 {
		decimals = 2
	}
	text := strconv.FormatFloat(v, 'f', decimals, 64)
	if strings.Trim(text, "-0.") == "" {
		return strings.TrimPrefix(text, "-")
	}
	return text
}
