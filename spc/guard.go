package spc

import (
	"fmt"
	"math"

	"commonweal/law"
)

// season is the number of periods after which a season comes back in monthly values.
const season = 12

// enoughForSeason is how many monthly values show a season at all: two years.
const enoughForSeason = 2 * season

// Guard says, in sentences, what makes an XmR chart of the points mislead: values that
// hang together (the correlation of neighbours is above 2/√n) and, in monthly values of
// two years or more, a season; and that periods have no row. Values are set against the
// mean of their own segment. Points, and the days to rebase on, stand in the order of time.
func Guard(points []Point, o Options) []string {
	var out []string
	if text := leftOut(points); text != "" {
		out = append(out, text)
	}
	return append(out, hangTogether(points, o)...)
}

// hangTogether warns of values that are not free of each other.
func hangTogether(points []Point, o Options) []string {
	var out []string
	rest := residuals(points, o)
	n := 0
	for _, r := range rest {
		if !math.IsNaN(r) {
			n++
		}
	}
	if n < Enough {
		return nil
	}
	bound := 2 / math.Sqrt(float64(n))
	if r := autocorrelation(rest, 1); r > bound {
		out = append(out, fmt.Sprintf("Each value lies closer to the one before it than chance would have it (correlation %.2f, where %.2f is the most to expect). "+
			"A change that lasts looks like this, and so does slow drift. In a drift the usual range comes out too narrow, and the chart shows changes too easily. "+
			"Do not act on one value alone. If each value covers more than its own period, chart single periods.", r, bound))
	}
	if Monthly(points) && len(points) >= enoughForSeason && !o.Season {
		if r := autocorrelation(rest, season); r > bound {
			out = append(out, fmt.Sprintf("The same months are alike from year to year (correlation %.2f, where %.2f is the most to expect). Part of what moves is the time of year. It can be taken out, and the chart then says so.", r, bound))
		}
	}
	return out
}

// residuals are the values less the mean of their segment; NaN in a gap.
func residuals(points []Point, o Options) []float64 {
	out := make([]float64, len(points))
	from, next := 0, 0
	flush := func(to int) {
		values := make([]float64, 0, to-from)
		for _, p := range points[from:to] {
			values = append(values, p.Value)
		}
		m := mean(values)
		for i := from; i < to; i++ {
			out[i] = points[i].Value - m
			if points[i].Gap {
				out[i] = math.NaN()
			}
		}
		from = to
	}
	for i, p := range points {
		if next < len(o.Rebase) && p.Date == o.Rebase[next] {
			flush(i)
			next++
		}
	}
	flush(len(points))
	return out
}

// autocorrelation is the correlation of values so many places apart: the sum of products
// of deviations over their sum of squares. Pairs with a gap are left out. It is 0 where
// nothing varies.
func autocorrelation(values []float64, lag int) float64 {
	m := mean(values)
	var top, bottom float64
	for i, v := range values {
		if math.IsNaN(v) {
			continue
		}
		bottom += (v - m) * (v - m)
		if i >= lag && !math.IsNaN(values[i-lag]) {
			top += (v - m) * (values[i-lag] - m)
		}
	}
	if bottom == 0 {
		return 0
	}
	return top / bottom
}

// Monthly reports whether each of several points stands a month after the one before.
func Monthly(points []Point) bool {
	for i := 1; i < len(points); i++ {
		if monthNumber(points[i]) != monthNumber(points[i-1])+1 {
			return false
		}
	}
	return len(points) > 1
}

func monthNumber(p Point) int {
	y, m, _ := p.Date.Civil()
	return y*season + int(m) - 1
}

// leftOut says which months of a monthly series, or quarters of a quarterly one, have no
// row. The chart takes the points either side for neighbours, as its model does; who
// reads it has to know. A period that is there without a value is a gap, and says so
// itself.
func leftOut(points []Point) string {
	step := 0
	for i := 1; i < len(points); i++ {
		apart := monthNumber(points[i]) - monthNumber(points[i-1])
		if apart < 1 {
			return "" // days or weeks
		}
		if step == 0 || apart < step {
			step = apart
		}
	}
	var first law.Date
	n := 0
	for i := 1; i < len(points); i++ {
		apart := monthNumber(points[i]) - monthNumber(points[i-1])
		if apart%step != 0 {
			return "" // no even steps at all
		}
		if missing := apart/step - 1; missing > 0 {
			if n == 0 {
				first = points[i-1].Date.AddMonths(step)
			}
			n += missing
		}
	}
	if n == 0 || n > len(points) {
		return ""
	}
	y, m, _ := first.Civil()
	which := fmt.Sprintf("There is no row for %s %d", m, y)
	if n > 1 {
		which = fmt.Sprintf("There are no rows for %d periods, the first of them %s %d", n, m, y)
	}
	return which + ": the points either side are charted as neighbours. Add a row without a value to show it as a gap."
}

// deseason moves each value by how its month of the year differs from the rest: by the
// mean distance of that month's values from the means of their own segments, so that a
// level that changes is not taken for a season. It takes monthly points, in order, of two
// years or more.
func deseason(points []Point, o Options) ([]Point, error) {
	if !Monthly(points) || len(points) < enoughForSeason {
		return nil, fmt.Errorf("a season can be taken out of at least %d values, one a month without a month left out", enoughForSeason)
	}
	var months [season][]float64
	rest := residuals(points, o)
	for i, r := range rest {
		months[i%season] = append(months[i%season], r)
	}
	whole := mean(rest)
	out := make([]Point, len(points))
	for i, p := range points {
		out[i] = p
		if !p.Gap {
			out[i].Value -= mean(months[i%season]) - whole
		}
	}
	return out, nil
}
