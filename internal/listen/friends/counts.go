package friends

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

// Figure is the answers of one point in one month.
type Figure struct {
	Point    Point
	Counts   Counts
	Modes    [8]int // in the order of [Modes]
	Eligible int    // patients who could have answered; 0 where it is not known
}
