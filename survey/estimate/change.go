package estimate

import (
	"errors"
	"math"
)

// Change is the difference between two figures.
type Change struct {
	Earlier, Later Figure
	Value          float64 // later less earlier
	SE, DF, T      float64
	// P is the chance of a difference at least as large, either way, if there
	// were none.
	P           float64
	Low, High   float64
	Level       float64
	HasInterval bool
	// Note says why there is no interval.
	Note Note
}

// Overlap is what to say beside every change between waves.
const Overlap = "Many of the same people answered both times, but nobody can tell which, so both are treated as different people. If people mostly keep their opinions, the change is known better than the interval says."

// Difference sets a later figure against an earlier one as if they came from
// different people (Welch 1947), each with its own finite-population factor.
//
// Tokens cannot be linked, so who answered twice is not known. Where answers
// of one person go the same way in both waves, which they do as a rule, the
// true standard error is smaller and the interval is on the safe side.
func Difference(earlier, later Figure, level float64) (Change, error) {
	if err := checkLevel(level); err != nil {
		return Change{}, err
	}
	c := Change{Earlier: earlier, Later: later, Level: level, P: 1}
	for _, f := range []Figure{earlier, later} {
		if f.N == 0 {
			c.Note = NoAnswers
			return c, nil
		}
	}
	c.Value = later.Value - earlier.Value
	for _, f := range []Figure{earlier, later} {
		if why := f.unsure(); why != "" {
			c.Note = why
			return c, nil
		}
	}
	v, w := earlier.SE*earlier.SE, later.SE*later.SE
	c.SE = math.Sqrt(v + w)
	c.HasInterval = true
	if c.SE == 0 {
		c.Low, c.High = c.Value, c.Value
		if c.Value != 0 {
			c.P = 0
		}
		return c, nil
	}
	c.DF = (v + w) * (v + w) / (share(v, earlier) + share(w, later))
	c.T = c.Value / c.SE
	c.P = tTails(c.T, c.DF)
	half := tQuantile(0.5+level/2, c.DF) * c.SE
	c.Low, c.High = c.Value-half, c.Value+half
	return c, nil
}

// share is a figure's part in the degrees of freedom of Welch and
// Satterthwaite; none where its error is nought.
func share(v float64, f Figure) float64 {
	if v == 0 || math.IsInf(f.DF, 1) {
		return 0
	}
	df := f.DF
	if df == 0 { // a proportion carries none
		df = float64(f.N - 1)
	}
	return v * v / df
}

// unsure says why the figure's standard error cannot be used.
func (f Figure) unsure() Note {
	if f.Note == OneAnswer || f.Note == AllAlike {
		return f.Note
	}
	if f.SE == 0 && f.Note != Everybody {
		return AllAlike
	}
	return ""
}

// Mapped is a question or score that knows in which years it was the same.
// instrument.Question is one.
type Mapped interface {
	// Follows returns why answers of the later year cannot be set against
	// those of the earlier, or nil.
	Follows(earlier, later int) error
}

// Wave is a figure and the year it is of.
type Wave struct {
	Year   int
	Figure Figure
}

// YearOnYear is [Difference] for two waves of one question. It returns the
// error of Follows where the question was not the same in both.
func YearOnYear(of Mapped, earlier, later Wave, level float64) (Change, error) {
	if of == nil {
		return Change{}, errors.New("year on year: no question that says whether the two years can be compared")
	}
	if err := of.Follows(earlier.Year, later.Year); err != nil {
		return Change{}, err
	}
	return Difference(earlier.Figure, later.Figure, level)
}

// Published is a figure that others gave out.
type Published struct {
	Source string
	Value  float64
	// SE is nought where they gave no interval, as is usual.
	SE float64
}

// Comparison is a figure of ours set against a published one.
type Comparison struct {
	Change // of which Value is ours less theirs
	Source string
	// Exact says that the published figure was taken to have no error, so
	// that the interval is ours alone.
	Exact bool
}

// Against compares a figure with a published one. To compare people of the
// same kind, weight the sample first to the profile of the published group.
func Against(ours Figure, theirs Published, level float64) (Comparison, error) {
	if !(theirs.SE >= 0) || math.IsNaN(theirs.Value) || math.IsInf(theirs.Value, 0) {
		return Comparison{}, errors.New("published figure of " + theirs.Source + ": no number")
	}
	f := Figure{Value: theirs.Value, SE: theirs.SE, DF: math.Inf(1), N: 1, Level: level}
	if theirs.SE == 0 {
		f.Note = Everybody
	}
	c, err := Difference(f, ours, level)
	return Comparison{Change: c, Source: theirs.Source, Exact: theirs.SE == 0}, err
}
