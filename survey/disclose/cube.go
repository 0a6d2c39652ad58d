package disclose

import (
	"fmt"
	"math"
	"slices"

	"commonweal/survey/instrument"
	"commonweal/survey/score"
)

// Option is one answer to a question.
type Option struct {
	// Positive puts the answer on the good side of the question.
	Positive bool `json:"positive,omitempty"`
	// Points is what the answer adds to a score, if anything; turned round
	// where the question is.
	Points *float64 `json:"points,omitempty"`
}

// Question is one question of a table.
type Question struct {
	ID      string   `json:"id"`
	Options []Option `json:"options"` // by code, from 1
}

// Score is one score of a table: what it is the mean of, so that the attacker
// may take a score apart.
type Score struct {
	ID string `json:"id"`
	// Questions or Scores are the IDs of its parts.
	Questions []string `json:"questions,omitempty"`
	Scores    []string `json:"scores,omitempty"`
	// Least is how many parts a person needs to have a value.
	Least int `json:"least"`
	// Groups: only groups have a value, the mean of their own sub-scores.
	Groups bool `json:"groups,omitempty"`
	// Worst and Best are the ends of the scale.
	Worst float64 `json:"worst"`
	Best  float64 `json:"best"`
}

// Shape is what a cube and a release have in common.
type Shape struct {
	// Wave is the code of the wave. Releases of the same wave are about the
	// same answers.
	Wave string `json:"wave"`
	// Instrument is the hash of the instrument asked.
	Instrument string     `json:"instrument"`
	Lattice    Lattice    `json:"lattice"`
	Questions  []Question `json:"questions"`
	Scores     []Score    `json:"scores,omitempty"`
}

// Cube is the true counts of a wave. It never leaves the house.
type Cube struct {
	Shape
	cells []counts
}

// counts is what is true of one cell.
type counts struct {
	people  int
	answers [][]int // by question and option
	scores  []total
}

// total is the people who have a score, with the sum of it and of its squares.
type total struct {
	people       int
	sum, squares float64
}

// ShapeOf takes questions and scores from an instrument. A favourable answer
// is one worth more than half way.
func ShapeOf(wave string, in instrument.Instrument, l Lattice) (Shape, error) {
	hash, err := in.Hash()
	if err != nil {
		return Shape{}, err
	}
	low, high, _ := in.Series.Range()
	s := Shape{Wave: wave, Instrument: hash, Lattice: l}
	for _, q := range in.Questions {
		scale, _ := in.Scale(q.Scale)
		codes := 0
		for _, o := range scale.Options {
			codes = max(codes, o.Code)
		}
		options := make([]Option, codes)
		for _, o := range scale.Options {
			if o.Points == nil {
				continue
			}
			p := *o.Points
			if q.Reverse {
				p = low + high - p
			}
			options[o.Code-1] = Option{Positive: p > (low+high)/2, Points: &p}
		}
		s.Questions = append(s.Questions, Question{ID: q.ID, Options: options})
	}
	for _, sc := range in.Scores {
		s.Scores = append(s.Scores, Score{
			ID: sc.ID, Questions: slices.Clone(sc.Questions), Scores: slices.Clone(sc.Scores),
			Least: sc.Least, Groups: sc.Level == instrument.OfScores, Worst: low, Best: high,
		})
	}
	return s, s.Check()
}

// Check returns an error that names what does not hold together.
func (s Shape) Check() error {
	if s.Wave == "" {
		return fmt.Errorf("the table names no wave")
	}
	if err := s.Lattice.Check(); err != nil {
		return err
	}
	if len(s.Questions) > mostQuestions || len(s.Scores) > mostQuestions {
		return fmt.Errorf("wave %s: %d questions and %d scores, and at most %d of each can be protected", s.Wave, len(s.Questions), len(s.Scores), mostQuestions)
	}
	seen := map[string]bool{}
	for i, q := range s.Questions {
		if q.ID == "" || seen[q.ID] {
			return fmt.Errorf("question %d: its ID %q is empty or stands twice", i+1, q.ID)
		}
		if len(q.Options) < 2 || len(q.Options) > 255 {
			return fmt.Errorf("question %s has %d options, and a question has from 2 to 255", q.ID, len(q.Options))
		}
		seen[q.ID] = true
	}
	scores := map[string]bool{}
	for i, sc := range s.Scores {
		if sc.ID == "" || scores[sc.ID] {
			return fmt.Errorf("score %d: its ID %q is empty or stands twice", i+1, sc.ID)
		}
		scores[sc.ID] = true
		if !(sc.Worst < sc.Best) {
			return fmt.Errorf("score %s: its scale from %v to %v is empty", sc.ID, sc.Worst, sc.Best)
		}
		for _, id := range sc.Questions {
			if !seen[id] {
				return fmt.Errorf("score %s: there is no question %q", sc.ID, id)
			}
		}
	}
	for _, sc := range s.Scores {
		for _, id := range sc.Scores {
			if !scores[id] || id == sc.ID {
				return fmt.Errorf("score %s: there is no other score %q", sc.ID, id)
			}
		}
	}
	if n := s.quantities(); n > mostQuantities {
		return fmt.Errorf("wave %s: %d cells with %d questions are %d quantities, and at most %d can be protected", s.Wave, s.Lattice.size(), len(s.Questions), n, mostQuantities)
	}
	return s.unwind()
}

const (
	// mostQuestions is the most questions, and the most scores, of a table.
	mostQuestions = 1000
	// mostQuantities is the most counts of a table that are attacked: a national
	// survey of a hundred questions has nine million.
	mostQuantities = 20_000_000
	// mostParts is the most questions that a score is made of in the end, each
	// counted as often as it goes in.
	mostParts = 5000
)

// quantities is how many counts there are to be attacked.
func (s Shape) quantities() int {
	n := 1 + len(s.Scores)
	for _, q := range s.Questions {
		n += len(q.Options) + 3
	}
	return n * s.Lattice.size()
}

// unwind returns an error if a score is made of itself in the end, or of more
// than can be taken apart.
func (s Shape) unwind() error {
	at := make(map[string]int, len(s.Scores))
	for i, sc := range s.Scores {
		at[sc.ID] = i
	}
	parts := make([]int, len(s.Scores)) // -1 while it is being gone into
	var into func(i int) error
	into = func(i int) error {
		sc := s.Scores[i]
		if parts[i] < 0 {
			return fmt.Errorf("score %s is made of itself", sc.ID)
		}
		if parts[i] > 0 {
			return nil
		}
		parts[i] = -1
		n := 1 + len(sc.Questions)
		for _, id := range sc.Scores {
			if err := into(at[id]); err != nil {
				return err
			}
			if n += parts[at[id]]; n > mostParts {
				break
			}
		}
		if n > mostParts {
			return fmt.Errorf("score %s is made of more than %d parts", sc.ID, mostParts)
		}
		parts[i] = n
		return nil
	}
	for i := range s.Scores {
		if err := into(i); err != nil {
			return err
		}
	}
	return nil
}

// NewCube begins an empty cube.
func NewCube(s Shape) (*Cube, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	c := &Cube{Shape: s, cells: make([]counts, s.Lattice.size())}
	for i := range c.cells {
		c.cells[i].answers = make([][]int, len(s.Questions))
		for q := range s.Questions {
			c.cells[i].answers[q] = make([]int, len(s.Questions[q].Options))
		}
		c.cells[i].scores = make([]total, len(s.Scores))
	}
	return c, nil
}

// Add counts one person in: in the team and staff group, and in every total
// that they are part of. Answers are codes by question, nought for none;
// values are those of [score.Scorer.Person], by score.
//
// The unit must have no parts, and the group must be one of the lattice's, or
// [Everybody] if the lattice has none.
func (c *Cube) Add(unit, group string, answers []uint8, values []score.Value) error {
	u, g := c.Lattice.unit(unit), c.Lattice.column(group)
	if u < 0 || g < 0 || (g == 0) != (len(c.Lattice.Groups) == 0) {
		return fmt.Errorf("wave %s: there is no cell %s", c.Wave, Cell{unit, group})
	}
	if slices.ContainsFunc(c.Lattice.Units, func(p Unit) bool { return p.Of == unit }) {
		return fmt.Errorf("wave %s: unit %s has parts; people are counted in one of them", c.Wave, unit)
	}
	if len(answers) != len(c.Questions) || len(values) != len(c.Scores) {
		return fmt.Errorf("wave %s: %d answers and %d scores, not %d and %d", c.Wave, len(answers), len(values), len(c.Questions), len(c.Scores))
	}
	for q, code := range answers {
		if int(code) > len(c.Questions[q].Options) {
			return fmt.Errorf("wave %s: question %s: answer %d is not one of its options", c.Wave, c.Questions[q].ID, code)
		}
	}
	parents := c.Lattice.parents()
	for ; u >= 0; u = parents[u] {
		c.count(u*c.Lattice.columns(), answers, values)
		if g > 0 {
			c.count(u*c.Lattice.columns()+g, answers, values)
		}
	}
	return nil
}

func (c *Cube) count(at int, answers []uint8, values []score.Value) {
	cell := &c.cells[at]
	cell.people++
	for q, code := range answers {
		if code > 0 {
			cell.answers[q][code-1]++
		}
	}
	for s, v := range values {
		if v.Known {
			cell.scores[s].people++
			cell.scores[s].sum += snap(v.Points, 30)
			cell.scores[s].squares += snap(v.Points*v.Points, 20)
		}
	}
}

// snap rounds to so many binary places, of which sums are exact: then it does
// not matter in which order people are counted in.
func snap(v float64, places int) float64 {
	return math.Ldexp(math.Round(math.Ldexp(v, places)), -places)
}

// People is how many were counted in.
func (c *Cube) People() int { return c.cells[0].people }
