package friends

import "math"

// Counts are how many gave each answer, in the order of [Ratings].
type Counts [6]int

// All is how many answered.
func (c Counts) All() (n int) {
	for _, one := range c {
		n += one
	}
	return n
}

// Positive is how many said good or very good.
func (c Counts) Positive() int { return c[0] + c[1] }

// Negative is how many said poor or very poor.
func (c Counts) Negative() int { return c[3] + c[4] }

// Plus adds other counts.
func (c Counts) Plus(o Counts) Counts {
	for i := range c {
		c[i] += o[i]
	}
	return c
}

// Percent is a part of all who answered, those who do not know among them, to the whole
// percent: the national rule. ok is false where nobody answered.
func Percent(part, all int) (percent int, ok bool) {
	if all == 0 {
		return 0, false
	}
	return int(math.Round(100 * float64(part) / float64(all))), true
}

// Figure is the answers of one point in one month.
type Figure struct {
	Point    string `json:"point"` // id
	Counts   Counts `json:"counts"`
	Modes    [8]int `json:"modes"`              // in the order of [Modes]
	Eligible *int   `json:"eligible,omitempty"` // patients who could have answered, where it is known
}

// add counts answers in, by the way they came.
func (f *Figure) add(r Rating, m Mode, n int) {
	f.Counts[r-1] += n
	for i, known := range Modes() {
		if known == m {
			f.Modes[i] += n
		}
	}
}
