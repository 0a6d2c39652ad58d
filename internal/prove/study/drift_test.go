package study

import (
	"math"
	"strings"
	"testing"

	"commonweal/internal/prove/readtest"
)

// Each sentence is worked out by hand: the largest move before the start with its range is
// the pace, and a point at the start bears its distance from nought over it, two times
// later half as much.
func TestSince_Drift(t *testing.T) {
	nan := Number(math.NaN())
	point := func(times int, value, low, high float64, units int) Point {
		return Point{Times: times, Estimate: Estimate{Value: Number(value), Low: Number(low), High: Number(high)}, Behind: Behind{Units: units, Starts: 2}}
	}
	before := []Point{point(-2, 0.1, -0.1, 0.3, 20), point(-1, -0.2, -0.5, 0.1, 20)} // 0.2, and 0.5 within the range
	fixed := Point{Times: -1, Estimate: Estimate{Low: nan, High: nan}, Fixed: true}
	const moved = "From one time to the next before the start, the two sides drifted apart by up to 0.20 points. Within the ranges it may be 0.50 points. "
	for _, c := range []struct {
		why    string
		method Method
		points []Point
		want   string
	}{
		{"0.32 from nought, over 0.5", Staggered, append(before, point(0, -0.62, -0.92, -0.32, 20)), moved + "The drift may go on. The range at the start leaves out nought as long as it goes on at less than 0.6 times that pace."},
		{"a later point is firmer: 4 over two times 0.5", Staggered, append(before, point(0, -0.1, -0.6, 0.4, 20), point(1, 5, 4, 6, 20)), moved + "The drift may go on. The range one month after the start leaves out nought as long as it goes on at less than 4.0 times that pace."},
		{"a point of few sites bears nothing", Staggered, append(before, point(2, 5, 4, 6, 4), point(0, -1, -1.97, -0.03, 20)), moved + saysFrail},
		{"never rounded up", Staggered, append(before, point(0, 12, 6.99, 17, 20)), moved + "The drift may go on. The range at the start leaves out nought as long as it goes on at less than 13 times that pace."},
		{"against the last time before, neighbours differ by 0.4", SunAbraham, []Point{point(-3, -0.3, -0.4, -0.2, 20), point(-2, 0.1, 0, 0.2, 20), fixed, point(0, 3, 1.8, 4.2, 20)}, strings.NewReplacer("0.20", "0.40", "0.50", "0.60").Replace(moved) + "The drift may go on. The range at the start leaves out nought as long as it goes on at less than 3.0 times that pace."},
		{"nothing differs, so there is nothing to bear", Staggered, append(before, point(0, 0.1, -0.3, 0.5, 20)), ""},
		{"no time before the start", Staggered, []Point{point(0, 1, 0.5, 1.5, 20)}, ""},
		{"only the time that is nought by design", SunAbraham, []Point{fixed, point(0, 1, 0.5, 1.5, 20)}, ""},
	} {
		s := Since{Method: c.method, Outcome: Outcome{Unit: "points"}, Points: c.points, Decimals: 2, Counted: true, Starts: 2, Every: "month"}
		got := s.drift()
		if got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.why, got, c.want)
		}
		if word := forbidden.FindString(got); word != "" || got != "" && readtest.Age(got) > 13 {
			t.Errorf("%s: %q, read at %.1f years: %s", c.why, word, readtest.Age(got), got)
		}
	}
}
