package estimate_test

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"commonweal/survey/estimate"
)

// staff invents n people whose outcome follows the first questions most.
func staff(n, p int, seed uint64) estimate.Respondents {
	r := seeded(seed)
	s := estimate.Respondents{RowsAre: estimate.People, Outcome: "engagement", Answers: make([][]float64, p)}
	for j := range p {
		s.Questions = append(s.Questions, fmt.Sprint("q", j))
	}
	for range n {
		common, y := r.NormFloat64(), 0.0
		for j := range p {
			x := math.Round(3 + 0.8*common + 0.8*r.NormFloat64())
			s.Answers[j] = append(s.Answers[j], x)
			y += x / float64(1+j)
		}
		s.Values = append(s.Values, y+r.NormFloat64())
	}
	return s
}

func drivers(t *testing.T, s estimate.Respondents) estimate.DriverShares {
	t.Helper()
	d, err := estimate.Drivers(s, 200, 0.95, seeded(4))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Shares add up to R2, are never below nought, and neither the order of people
// nor that of questions changes them.
func TestDrivers_AddUpAndDoNotDependOnOrder(t *testing.T) {
	s := staff(300, 7, 1)
	d := drivers(t, s)
	sum := 0.0
	for _, q := range d.Drivers {
		sum += q.Share
		if q.Share < 0 || q.Low > q.High || q.BestRank > q.WorstRank || q.BestRank < 1 || q.WorstRank > 7 {
			t.Errorf("%+v", q)
		}
	}
	if math.Abs(sum-d.R2) > 1e-12 {
		t.Errorf("shares add up to %.15g of %.15g", sum, d.R2)
	}
	turned := s
	turned.Values = slices.Clone(s.Values)
	slices.Reverse(turned.Values)
	turned.Answers = nil
	for _, column := range s.Answers {
		c := slices.Clone(column)
		slices.Reverse(c)
		turned.Answers = append(turned.Answers, c)
	}
	if !reflect.DeepEqual(d, drivers(t, turned)) {
		t.Error("the order of people changed something")
	}
	other := s
	other.Questions, other.Answers = slices.Clone(s.Questions), slices.Clone(s.Answers)
	slices.Reverse(other.Questions)
	slices.Reverse(other.Answers)
	for i, q := range drivers(t, other).Drivers {
		if was := d.Drivers[6-i]; was.Question != q.Question || math.Abs(was.Share-q.Share) > 1e-12 || was.Rank != q.Rank {
			t.Errorf("questions turned round: %+v, was %+v", q, was)
		}
	}
}

// A question that has nothing to do with it gets next to nothing, and its rank
// is not told from that of its like.
func TestDrivers_ShowThatRanksAreUncertain(t *testing.T) {
	s := staff(400, 4, 2)
	r := seeded(11)
	for range 2 {
		var noise []float64
		for range s.Values {
			noise = append(noise, r.NormFloat64())
		}
		s.Questions = append(s.Questions, fmt.Sprint("noise", len(s.Questions)))
		s.Answers = append(s.Answers, noise)
	}
	d := drivers(t, s)
	for _, q := range d.Drivers[4:] {
		if q.Share > 0.02 || q.BestRank != 5 || q.WorstRank != 6 {
			t.Errorf("%+v", q)
		}
	}
	if d.Drivers[0].Rank != 1 || d.Drivers[0].WorstRank > 2 {
		t.Errorf("%+v", d.Drivers[0])
	}
}

// Sixteen questions are the most, and all their sets are still worked out.
func TestDrivers_OfSixteen(t *testing.T) {
	d, err := estimate.Drivers(staff(400, 16, 3), 100, 0.95, seeded(4))
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, q := range d.Drivers {
		sum += q.Share
	}
	if math.Abs(sum-d.R2) > 1e-10 {
		t.Errorf("shares add up to %g of %g", sum, d.R2)
	}
}

func TestDrivers_Refuse(t *testing.T) {
	constant := staff(200, 3, 1)
	for i := range constant.Answers[1] {
		constant.Answers[1][i] = 4
	}
	twice := staff(200, 3, 1)
	twice.Answers[2] = slices.Clone(twice.Answers[0])
	organisations := staff(200, 3, 1)
	organisations.RowsAre = estimate.Organisations
	unsaid := staff(200, 3, 1)
	unsaid.RowsAre = ""
	missing := staff(200, 3, 1)
	for i := range 120 {
		missing.Answers[1][i] = math.NaN()
	}
	itself := staff(200, 3, 1)
	itself.Questions[1] = "engagement"
	cases := []struct {
		name, want string
		rows       estimate.Respondents
	}{
		{"averages of organisations", "only answers of single people can be used", organisations},
		{"rows of which nothing is said", "only answers of single people can be used", unsaid},
		{"too few people", "99 people answered everything; 3 questions need 100", staff(99, 3, 1)},
		{"too few who answered everything", "80 people answered everything", missing},
		{"too many questions", "from 2 to 16", staff(400, 17, 1)},
		{"one question", "from 2 to 16", staff(400, 1, 1)},
		{"a question with one answer", "q1 has one answer only", constant},
		{"a question asked twice", "q2 follows from the questions before it", twice},
		{"the outcome among the questions", "engagement is there twice", itself},
	}
	for _, c := range cases {
		if _, err := estimate.Drivers(c.rows, 200, 0.95, seeded(1)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if _, err := estimate.Drivers(staff(200, 3, 1), 20, 0.95, seeded(1)); err == nil {
		t.Error("took twenty resamples")
	}
	left := staff(200, 3, 1)
	left.Answers[0][0], left.Values[1] = math.NaN(), math.NaN()
	if d := drivers(t, left); d.People != 198 || d.Left != 2 {
		t.Errorf("%d people, %d left out", d.People, d.Left)
	}
}
