package disclose

// Format is the first word of every release.
const Format = "commonweal release 1"

// Release is what may be shown of a wave: rounded figures, and null wherever a
// figure is not shown, whatever the reason. A page reads releases and nothing
// else.
type Release struct {
	Format string `json:"format"`
	Shape
	Rules Rules `json:"rules"`
	// Spread is, by score, the standard deviation in the whole organisation, to
	// the nearest half, from 400 people to one decimal; nought where the
	// organisation's score is not shown. The intervals of all cells are made
	// from it, from figures that are shown and from the number of eligible
	// people, so that they tell nothing more.
	Spread []float64 `json:"spread"`
	// Cells has the figures by unit, and for each unit everybody first and then
	// each group; null where nothing is shown.
	Cells [][]*Figures `json:"cells"`
}

// Figures are what is shown of one cell.
type Figures struct {
	// Base is how many people answered, rounded as [Rules] say.
	Base int `json:"base"`
	// Comments says that the group is large enough for its comments to be read.
	Comments bool `json:"comments,omitempty"`
	// Questions and Scores are in the order of the shape; null is not shown.
	Questions []*Share `json:"questions"`
	Scores    []*Mean  `json:"scores"`
}

// Share is how the answers to a question are spread.
type Share struct {
	Base    int   `json:"base"`    // answers, rounded
	Percent []int `json:"percent"` // by option, whole; may not add up to 100
}

// Mean is a score with its interval at 95 %.
type Mean struct {
	Base int     `json:"base"` // people with a value, rounded
	Mean float64 `json:"mean"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Decimals is how many decimals of a score of so large a base are shown: two
// from a hundred, one below. A base that is shown as 100 may be 98, and has one.
func Decimals(base int) int {
	if base > 100 {
		return 2
	}
	return 1
}

// At gives the figures of a cell; ok is false where they are not shown, and
// where there is no such cell: the two look the same.
func (r Release) At(unit, group string) (f Figures, ok bool) {
	at := r.Lattice.place(Cell{unit, group})
	if at < 0 {
		return Figures{}, false
	}
	n := r.Lattice.columns()
	p := r.Cells[at/n][at%n]
	if p == nil {
		return Figures{}, false
	}
	return *p, true
}

// Question gives the answers to a question in a cell, if they are shown.
func (r Release) Question(unit, group, question string) (s Share, ok bool) {
	f, ok := r.At(unit, group)
	if !ok {
		return Share{}, false
	}
	for i, q := range r.Questions {
		if q.ID == question && f.Questions[i] != nil {
			return *f.Questions[i], true
		}
	}
	return Share{}, false
}

// Score gives a score in a cell, if it is shown.
func (r Release) Score(unit, group, score string) (m Mean, ok bool) {
	f, ok := r.At(unit, group)
	if !ok {
		return Mean{}, false
	}
	for i, s := range r.Scores {
		if s.ID == score && f.Scores[i] != nil {
			return *f.Scores[i], true
		}
	}
	return Mean{}, false
}
