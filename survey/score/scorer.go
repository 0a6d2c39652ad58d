package score

import (
	"fmt"
	"slices"

	"commonweal/survey/instrument"
)

// Scorer scores answers to one instrument. It may be used from several
// goroutines at once.
type Scorer struct {
	in     instrument.Instrument
	items  []item
	scores []composed
}

// item is one question, its options looked up by code. Those of the questions
// come first; after them comes one for each question of a score that gives
// options points of its own.
type item struct {
	id    string
	at    int // where its answer stands in a row
	valid []bool
	worth []Value
	asked *asked
}

// asked is to whom a question was put, by the code of the answer to another.
type asked struct {
	of        int // the other question
	put       []bool
	otherwise []Value
}

// composed is one score: which items, or which other scores, it is the mean of.
type composed struct {
	score  instrument.Score
	items  []int
	scores []int
}

// New prepares an instrument for scoring. It returns the error of
// [instrument.Instrument.Check] for one that does not hold together.
func New(in instrument.Instrument) (*Scorer, error) {
	if err := in.Check(); err != nil {
		return nil, err
	}
	s := &Scorer{in: in}
	low, high, _ := in.Series.Range()
	for i, q := range in.Questions {
		scale, _ := in.Scale(q.Scale)
		it := item{id: q.ID, at: i}
		for _, o := range scale.Options {
			var v Value
			if o.Points != nil {
				v = Of(*o.Points)
				if q.Reverse {
					v = Of(low + high - *o.Points)
				}
			}
			it.valid = put(it.valid, o.Code, true)
			it.worth = put(it.worth, o.Code, v)
		}
		if q.Ask != nil {
			it.asked = s.asked(*q.Ask)
		}
		s.items = append(s.items, it)
	}
	for _, sc := range in.Scores {
		c := composed{score: sc}
		for _, id := range sc.Questions {
			c.items = append(c.items, s.itemFor(sc, s.item(id)))
		}
		for _, id := range sc.Scores {
			c.scores = append(c.scores, slices.IndexFunc(in.Scores, func(o instrument.Score) bool { return o.ID == id }))
		}
		s.scores = append(s.scores, c)
	}
	return s, nil
}

// itemFor is the item by which a score counts the question at i: its own if it
// gives options points, or the question's.
func (s *Scorer) itemFor(sc instrument.Score, i int) int {
	if len(sc.Worth) == 0 {
		return i
	}
	it := s.items[i]
	it.worth = nil
	for _, w := range sc.Worth {
		it.worth = put(it.worth, w.Code, Of(w.Points))
	}
	if it.asked != nil {
		// Whoever was not asked has no part in a percentage.
		it.asked = &asked{of: it.asked.of, put: it.asked.put}
	}
	s.items = append(s.items, it)
	return len(s.items) - 1
}

func (s *Scorer) asked(a instrument.Condition) *asked {
	to := &asked{of: s.item(a.Question)}
	for _, code := range a.Is {
		to.put = put(to.put, code, true)
	}
	for _, o := range a.Otherwise {
		to.otherwise = put(to.otherwise, o.Code, Of(o.Points))
	}
	return to
}

func (s *Scorer) item(id string) int {
	return slices.IndexFunc(s.in.Questions, func(q instrument.Question) bool { return q.ID == id })
}

// put sets list[i], making the list longer if need be.
func put[T any](list []T, i int, v T) []T {
	if missing := i + 1 - len(list); missing > 0 {
		list = append(list, make([]T, missing)...)
	}
	list[i] = v
	return list
}

// at is list[i], or the zero value beyond its end.
func at[T any](list []T, i uint8) T {
	if int(i) < len(list) {
		return list[i]
	}
	var none T
	return none
}

// Instrument is what the answers are answers to.
func (s *Scorer) Instrument() instrument.Instrument { return s.in }

// Items gives what each answer is worth, in the order of the instrument's
// questions. Answers are the codes of the options in the same order, and
// nought where there is no answer.
//
// A code that is not an option of its question is an error, and so is a row of
// the wrong length.
func (s *Scorer) Items(answers []uint8) ([]Value, error) {
	values := make([]Value, len(s.items))
	if err := s.fill(answers, values); err != nil {
		return nil, err
	}
	return values[:len(s.in.Questions)], nil
}

// Person gives one person's value on each score, in the order of the
// instrument's scores; none where too little was answered, and none for a
// score that only groups have. Answers and errors are as for [Scorer.Items].
func (s *Scorer) Person(answers []uint8) ([]Value, error) {
	items := make([]Value, len(s.items))
	if err := s.fill(answers, items); err != nil {
		return nil, err
	}
	values := make([]Value, len(s.scores))
	s.compose(items, values, make([]Value, 0, len(items)))
	return values, nil
}

func (s *Scorer) fill(answers []uint8, values []Value) error {
	if len(answers) != len(s.in.Questions) {
		return fmt.Errorf("instrument %s: a row of %d answers, not %d", s.in.ID, len(answers), len(s.in.Questions))
	}
	for i, it := range s.items {
		code := answers[it.at]
		if code != 0 && !at(it.valid, code) {
			return fmt.Errorf("instrument %s: question %s: answer %d is not one of its options", s.in.ID, it.id, code)
		}
		values[i] = at(it.worth, code)
		if it.asked == nil {
			continue
		}
		// The question before decides, so that a stray tick under a question
		// that was not put counts for nothing.
		if filter := answers[it.asked.of]; !at(it.asked.put, filter) {
			values[i] = at(it.asked.otherwise, filter)
		}
	}
	return nil
}

// compose works out the scores of items before the scores of scores, in
// whatever order the instrument lists them. Parts is room to work in.
func (s *Scorer) compose(items, values, parts []Value) {
	for i, c := range s.scores {
		if len(c.items) > 0 {
			values[i] = combine(c.score.Least, items, c.items, parts)
		}
	}
	for i, c := range s.scores {
		if len(c.items) > 0 {
			continue
		}
		values[i] = Value{}
		if c.score.Level == instrument.OfPeople {
			values[i] = combine(c.score.Least, values, c.scores, parts)
		}
	}
}

func combine(least int, from []Value, which []int, parts []Value) Value {
	parts = parts[:0]
	for _, i := range which {
		parts = append(parts, from[i])
	}
	return Combine(least, parts...)
}
