package disclose

import "math"

// base is a number of people as it is shown: exact from a hundred, to the
// nearest step below.
func (r Rules) base(n int) int {
	if n >= 100 {
		return n
	}
	return (n + r.Step/2) / r.Step * r.Step
}

// bases is which numbers of people, least at least, are shown as this base.
func (r Rules) bases(shown, least int) (low, top int, ok bool) {
	low, top = math.MaxInt, -1
	for n := max(least, shown-r.Step); n <= shown+r.Step; n++ {
		if r.base(n) == shown {
			low, top = min(low, n), max(top, n)
		}
	}
	return low, top, top >= 0
}

// percent is a share in whole percent, a half rounded up.
func percent(x, n int) int { return (200*x + n) / (2 * n) }

// counted is which counts out of n are shown as this percentage.
func counted(shown, n int) (low, top int) {
	low = max(0, ceilDiv((2*shown-1)*n, 200))
	top = min(n, ceilDiv((2*shown+1)*n, 200)-1)
	return low, top
}

func ceilDiv(a, b int) int {
	if a <= 0 {
		return -((-a) / b)
	}
	return (a + b - 1) / b
}

// decimal rounds to so many decimals, a half up.
func decimal(v float64, decimals int) float64 {
	p := math.Pow10(decimals)
	return math.Floor(v*p+0.5+1e-9) / p
}

// open is a range of whole numbers.
type open struct{ low, top int }

// answers is what the figures of a question say about its counts: for each
// base that would be shown so, the counts that would give these percentages
// and pass the rules. The bounds are of all of them together.
func (r Rules) answers(q Question, s Share, people int) (base open, counts []open, ok bool) {
	low, top, ok := r.bases(s.Base, r.Scores)
	if !ok || len(s.Percent) != len(q.Options) {
		return open{}, nil, false
	}
	counts = make([]open, len(q.Options))
	base = open{math.MaxInt, -1}
	for n := low; n <= min(top, people); n++ {
		list, ok := r.with(q, s, n)
		if !ok {
			continue
		}
		for o, c := range list {
			if base.top < 0 {
				counts[o] = c
			}
			counts[o] = open{min(counts[o].low, c.low), max(counts[o].top, c.top)}
		}
		base = open{min(base.low, n), max(base.top, n)}
	}
	return base, counts, base.top >= 0
}

// with is the counts if n people answered.
func (r Rules) with(q Question, s Share, n int) ([]open, bool) {
	list := make([]open, len(s.Percent))
	low, top := 0, 0
	for o, p := range s.Percent {
		a, b := counted(p, n)
		if a > b {
			return nil, false
		}
		list[o], low, top = open{a, b}, low+a, top+b
	}
	if low > n || top < n {
		return nil, false
	}
	// The others leave room for at least and at most so many.
	for o := range list {
		a, b := list[o].low, list[o].top
		list[o] = open{max(a, n-(top-b)), min(b, n-(low-a))}
	}
	good, best := 0, 0
	sides := false
	for o, opt := range q.Options {
		if opt.Positive {
			good, best, sides = good+list[o].low, best+list[o].top, true
		}
	}
	if sides && (best <= r.Few || good >= n-r.Few) {
		return nil, false
	}
	return list, true
}

// oneSided says whether so nearly everybody answered alike that the question
// is hidden: no more than few on either side, or, where no side is the good
// one, no more than few who did not give the commonest answer.
func (r Rules) oneSided(q Question, counts []int) bool {
	good, all, most, sides := 0, 0, 0, false
	for o, n := range counts {
		all, most = all+n, max(most, n)
		if q.Options[o].Positive {
			good, sides = good+n, true
		}
	}
	if !sides {
		return all-most <= r.Few
	}
	return good <= r.Few || all-good <= r.Few || all == most
}
