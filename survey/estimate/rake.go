package estimate

import (
	"errors"
	"fmt"
	"math"
)

// PostStratify weights rows so that each category of one margin counts as many
// as the register has. It returns an [*EmptyCell] for a category from which
// nobody answered.
func PostStratify(m Margin) (*Weighting, error) { return Rake(m) }

// The limits of raking. Totals are met to one part in 10^12; the rounds are
// many more than margins need that can be met at all.
const (
	rakeTolerance = 1e-12
	rakeRounds    = 2000
)

// NotRaked is the error for margins that cannot be met together, as where
// everybody of one category of one is in one category of the other.
type NotRaked struct {
	Rounds           int
	Margin, Category string  // the furthest from its total
	Miss             float64 // by which part of it
}

func (e *NotRaked) Error() string {
	return fmt.Sprintf("raking: after %d rounds %q of %s is still %.2g of its total away; merge categories or leave a margin out", e.Rounds, e.Category, e.Margin, e.Miss)
}

// Rake weights rows so that every margin counts as many as the register has,
// by fitting one margin after the other until all hold (Deming and Stephan
// 1940). Weights begin alike. All margins must have one sum.
func Rake(margins ...Margin) (*Weighting, error) {
	if len(margins) == 0 {
		return nil, errors.New("raking: no margins")
	}
	rows := len(margins[0].Of)
	w := &Weighting{}
	for _, m := range margins {
		c, err := m.code(rows)
		if err != nil {
			return nil, err
		}
		if len(c.totals) == 0 {
			return nil, fmt.Errorf("%s: no totals", m.Name)
		}
		w.margins = append(w.margins, c)
	}
	first := w.margins[0]
	for _, m := range w.margins[1:] {
		if math.Abs(m.sum()/first.sum()-1) > 1e-9 {
			return nil, fmt.Errorf("raking: %s adds up to %g and %s to %g", first.name, first.sum(), m.name, m.sum())
		}
	}
	w.Weights = make([]float64, rows)
	for i := range w.Weights {
		w.Weights[i] = first.sum() / float64(rows)
	}
	if err := w.rake(); err != nil {
		return nil, err
	}
	w.calibrated = w.Weights
	return w, nil
}

func (w *Weighting) rake() error {
	// Nothing to do is done in no round: raking twice changes nothing.
	name, category, miss := w.miss()
	for miss > rakeTolerance {
		if w.Rounds == rakeRounds {
			return &NotRaked{w.Rounds, name, category, miss}
		}
		for _, m := range w.margins {
			m.fit(w.Weights)
		}
		w.Rounds++
		name, category, miss = w.miss()
	}
	return nil
}

func (w *Weighting) miss() (margin, category string, by float64) {
	for _, m := range w.margins {
		if c, d := m.miss(w.Weights); d > by {
			margin, category, by = m.name, c, d
		}
	}
	return margin, category, by
}
