package spc

import "math"

// Rule is the test that a point failed, in the words of NHSRplotthedots.
type Rule string

// The rules. A point that fails several carries the first of: outside, trend, two in
// three, four in five, run.
const (
	NoRule       Rule = "Common Cause"
	AboveUpper   Rule = "Above UCL"
	BelowLower   Rule = "Below LCL"
	TrendUp      Rule = "7 Point Trend (Increasing)"
	TrendDown    Rule = "7 Point Trend (Decreasing)"
	TwoInThreeUp Rule = "2 in 3 Above CL"
	TwoInThreeDn Rule = "2 in 3 Below CL"
	FourInFiveUp Rule = "4 in 5 Above CL"
	FourInFiveDn Rule = "4 in 5 Below CL"
	RunOfSevenUp Rule = "7 Points Above CL"
	RunOfSevenDn Rule = "7 Points Below CL"
	RunOfEightUp Rule = "8 Points Above CL"
	RunOfEightDn Rule = "8 Points Below CL"
)

// side is +1 for a rule that speaks of high values, -1 of low ones, 0 of neither.
func (r Rule) side() int {
	switch r {
	case AboveUpper, TrendUp, TwoInThreeUp, FourInFiveUp, RunOfSevenUp, RunOfEightUp:
		return 1
	case BelowLower, TrendDown, TwoInThreeDn, FourInFiveDn, RunOfSevenDn, RunOfEightDn:
		return -1
	}
	return 0
}

func (r Rule) kind(improve Direction) Kind {
	side := r.side()
	switch {
	case side == 0:
		return Usual
	case improve == Neutral && side > 0:
		return NeutralHigh
	case improve == Neutral:
		return NeutralLow
	case (side > 0) == (improve == Up):
		return Improvement
	}
	return Concern
}

// tests gives each value of a segment its rule. A gap fails none and breaks every run.
func tests(values []float64, s Segment, set RuleSet) []Rule {
	t := tester{values: values, sides: make([]int, len(values)), s: s, rules: make([]Rule, len(values)), grain: grain(values)}
	for i, v := range values {
		t.sides[i] = t.sign(v - s.Mean)
		t.rules[i] = NoRule
	}
	// The weakest first: what comes later takes the point over.
	if set == WesternElectric {
		t.runs(8, RunOfEightUp, RunOfEightDn)
		t.zone(5, 4, 1, FourInFiveUp, FourInFiveDn)
		t.zone(3, 2, 2, TwoInThreeUp, TwoInThreeDn)
	} else {
		t.runs(7, RunOfSevenUp, RunOfSevenDn)
		t.twoInThree()
		t.trends()
	}
	t.outside()
	return t.rules
}

type tester struct {
	values []float64
	sides  []int // of the mean; 0 on it and in a gap
	s      Segment
	rules  []Rule
	grain  float64 // differences up to it are none
}

func (t *tester) sign(x float64) int {
	if math.Abs(x) <= t.grain {
		return 0
	}
	return sign(x)
}

// beyond reports on which side a value lies further than so many thirds of the way from
// the mean to a limit.
func (t *tester) beyond(i int, thirds float64) int {
	upper, lower := t.s.Upper, t.s.Lower
	if thirds != 3 {
		width := thirds / 3 * widthOfXmR * t.s.Range
		upper, lower = t.s.Mean+width, t.s.Mean-width
	}
	switch {
	case t.values[i] > upper+t.grain:
		return 1
	case t.values[i] < lower-t.grain:
		return -1
	}
	return 0
}

func (t *tester) outside() {
	for i := range t.values {
		switch t.beyond(i, 3) {
		case 1:
			t.rules[i] = AboveUpper
		case -1:
			t.rules[i] = BelowLower
		}
	}
}

// runs marks all points of a run of at least n on one side of the mean.
func (t *tester) runs(n int, up, down Rule) {
	for from := 0; from < len(t.sides); {
		to := from + 1
		for to < len(t.sides) && t.sides[to] == t.sides[from] {
			to++
		}
		if side := t.sides[from]; side != 0 && to-from >= n {
			for i := from; i < to; i++ {
				t.rules[i] = pick(side, up, down)
			}
		}
		from = to
	}
}

// twoInThree marks the points close to a limit, but within it, of three on one side of
// the mean of which at least two are close.
func (t *tester) twoInThree() {
	closeTo := func(i int) bool { return t.beyond(i, 2) != 0 && t.beyond(i, 3) == 0 }
	for i := 0; i+2 < len(t.sides); i++ {
		side := t.sides[i]
		if side == 0 || t.sides[i+1] != side || t.sides[i+2] != side {
			continue
		}
		n := 0
		for k := i; k < i+3; k++ {
			if closeTo(k) {
				n++
			}
		}
		for k := i; n >= 2 && k < i+3; k++ {
			if closeTo(k) {
				t.rules[k] = pick(side, TwoInThreeUp, TwoInThreeDn)
			}
		}
	}
}

// zone marks, of every window, the points beyond so many sigma on one side where there
// are at least so many of them; the rest of the window may lie anywhere.
func (t *tester) zone(window, least int, sigma float64, up, down Rule) {
	for i := 0; i+window <= len(t.sides); i++ {
		for _, side := range []int{1, -1} {
			n := 0
			for k := i; k < i+window; k++ {
				if t.beyond(k, sigma) == side {
					n++
				}
			}
			for k := i; n >= least && k < i+window; k++ {
				if t.beyond(k, sigma) == side {
					t.rules[k] = pick(side, up, down)
				}
			}
		}
	}
}

// trends marks all points of seven or more that each rise, or each fall. A point at
// which a rise becomes a fall belongs to what comes after it.
func (t *tester) trends() {
	n := len(t.values)
	step := make([]int, n) // step[i] is from i-1 to i
	for i := 1; i < n; i++ {
		step[i] = t.sign(t.values[i] - t.values[i-1])
	}
	in := make([]bool, n)
	for from := 1; from < n; {
		to := from + 1
		for to < n && step[to] == step[from] {
			to++
		}
		if step[from] != 0 && to-from >= 6 {
			for i := from - 1; i < to; i++ {
				in[i] = true
			}
		}
		from = to
	}
	for i := range in {
		if !in[i] {
			continue
		}
		direction := step[i]
		if i+1 < n && in[i+1] {
			direction = step[i+1]
		}
		t.rules[i] = pick(direction, TrendUp, TrendDown)
	}
}

func pick(side int, up, down Rule) Rule {
	if side > 0 {
		return up
	}
	return down
}

// sign is that of a difference; 0 where there is none.
func sign(x float64) int {
	switch {
	case math.IsNaN(x) || x == 0:
		return 0
	case x > 0:
		return 1
	}
	return -1
}
