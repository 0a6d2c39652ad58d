package estimate

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// RowKind says what a row of answers is of.
type RowKind string

const (
	People        RowKind = "people"
	Teams         RowKind = "teams"
	Organisations RowKind = "organisations"
)

// Respondents is what people answered, a row each.
type Respondents struct {
	// RowsAre must be People and must be said. Averages of organisations rise
	// and fall together, at 0.95 and more between the items on managers in the
	// national survey, so that shares of them are noise.
	RowsAre   RowKind
	Outcome   string
	Values    []float64 // of the outcome; NaN where there is none
	Questions []string
	// Answers has a column for each question. A row in which anything is NaN
	// is left out.
	Answers [][]float64
}

// MostQuestions is how many questions can be set against one another: the
// exact shares need every set of them, and there are 2 to that power.
const MostQuestions = 16

// LeastPeople is how many complete rows p questions need. The rule is one of
// thumb, ten for each question and never under a hundred: with fewer, ranks of
// resamples show that nothing is known, after pages that look as if it were.
func LeastPeople(p int) int { return max(100, 10*p) }

// Driver is one question's share.
type Driver struct {
	Question string
	// Share is the question's part of R2: what it adds, on average over every
	// order in which questions can be let in (Lindeman, Merenda and Gold 1980;
	// it is Shapley's value of the R2 of every set). Low and High are the
	// percentile interval over resamples.
	Share, Low, High float64
	// Rank is 1 for the largest; best and worst are the interval.
	Rank, BestRank, WorstRank int
}

// DriverShares is how much of the differences between people in the outcome
// each question goes with. It does not say that one causes the other.
type DriverShares struct {
	Outcome string
	R2      float64 // of all questions together; the shares add up to it
	People  int     // rows used
	Left    int     // rows left out because something was not answered
	Drivers []Driver
	// Resamples is how many there were, Spoilt how many were drawn again
	// because a question had one answer only in them.
	Resamples, Spoilt int
	Level             float64
}

// Drivers works out the shares with the uncertainty of each share and rank
// from resamples of people, drawn by the generator.
func Drivers(r Respondents, resamples int, level float64, random *rand.Rand) (DriverShares, error) {
	if err := checkLevel(level); err != nil {
		return DriverShares{}, err
	}
	if resamples < 100 {
		return DriverShares{}, fmt.Errorf("drivers: %d resamples; fewer than 100 show no interval", resamples)
	}
	rows, err := r.complete()
	if err != nil {
		return DriverShares{}, err
	}
	p := len(r.Questions)
	d := DriverShares{Outcome: r.Outcome, People: len(rows), Left: len(r.Values) - len(rows), Resamples: resamples, Level: level}
	exact, err := correlations(rows, p+1)
	if err != nil {
		return d, r.name(err)
	}
	shares, r2, err := shapley(exact, p)
	if err != nil {
		return d, r.name(err)
	}
	d.R2 = r2
	ranks := rank(shares)
	for i, q := range r.Questions {
		d.Drivers = append(d.Drivers, Driver{Question: q, Share: shares[i], Rank: ranks[i]})
	}
	if err := d.resample(rows, random); err != nil {
		return d, err
	}
	return d, nil
}

func (d *DriverShares) resample(rows [][]float64, random *rand.Rand) error {
	p := len(d.Drivers)
	shares, ranks := make([][]float64, p), make([][]float64, p)
	drawn := make([][]float64, len(rows))
	for done := 0; done < d.Resamples; {
		for i := range drawn {
			drawn[i] = rows[random.IntN(len(rows))]
		}
		one, _, err := func() ([]float64, float64, error) {
			c, err := quickCorrelations(drawn, p+1)
			if err != nil {
				return nil, 0, err
			}
			return shapley(c, p)
		}()
		if err != nil {
			if d.Spoilt++; d.Spoilt > d.Resamples {
				return fmt.Errorf("drivers: in most resamples a question has one answer only or follows from the others")
			}
			continue
		}
		for i, k := range rank(one) {
			shares[i], ranks[i] = append(shares[i], one[i]), append(ranks[i], float64(k))
		}
		done++
	}
	for i := range d.Drivers {
		v := &d.Drivers[i]
		v.Low, v.High = interval(shares[i], d.Level)
		best, worst := interval(ranks[i], d.Level)
		v.BestRank, v.WorstRank = int(math.Floor(best)), int(math.Ceil(worst))
	}
	return nil
}

// complete gives the rows in which everything is answered, the outcome last,
// sorted so that the order in which people came makes no difference.
func (r Respondents) complete() ([][]float64, error) {
	p := len(r.Questions)
	switch {
	case r.RowsAre != People:
		return nil, fmt.Errorf("drivers of %s: rows are %q; only answers of single people can be used, because averages of groups rise and fall together", r.Outcome, r.RowsAre)
	case p < 2 || p > MostQuestions:
		return nil, fmt.Errorf("drivers of %s: %d questions; from 2 to %d can be set against one another", r.Outcome, p, MostQuestions)
	case len(r.Answers) != p:
		return nil, fmt.Errorf("drivers of %s: %d columns for %d questions", r.Outcome, len(r.Answers), p)
	}
	for i, q := range r.Questions {
		if q == r.Outcome || slices.Contains(r.Questions[:i], q) {
			return nil, fmt.Errorf("drivers of %s: %s is there twice", r.Outcome, q)
		}
		if len(r.Answers[i]) != len(r.Values) {
			return nil, fmt.Errorf("drivers of %s: %s has %d rows of %d", r.Outcome, q, len(r.Answers[i]), len(r.Values))
		}
	}
	var rows [][]float64
	for i, v := range r.Values {
		row := make([]float64, 0, p+1)
		for _, column := range r.Answers {
			row = append(row, column[i])
		}
		row = append(row, v)
		if !slices.ContainsFunc(row, func(x float64) bool { return math.IsNaN(x) || math.IsInf(x, 0) }) {
			rows = append(rows, row)
		}
	}
	if least := LeastPeople(p); len(rows) < least {
		return nil, fmt.Errorf("drivers of %s: %d people answered everything; %d questions need %d, or chance decides which comes first", r.Outcome, len(rows), p, least)
	}
	slices.SortFunc(rows, slices.Compare)
	return rows, nil
}

// name says which question an error of the arithmetic is about.
func (r Respondents) name(err error) error {
	var c *columnError
	if !errors.As(err, &c) {
		return err
	}
	what := r.Outcome
	if c.column < len(r.Questions) {
		what = r.Questions[c.column]
	}
	return fmt.Errorf("drivers of %s: %s %s", r.Outcome, what, c.what)
}
