package score_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"commonweal/survey/instrument"
	"commonweal/survey/score"
)

// answered is a sample and a tally of the same people, some of whom leave
// questions out.
func answered(t *testing.T, id string, people int, leave float64) (*score.Sample, *score.Tally, [][]uint8) {
	t.Helper()
	s := scorer(t, id)
	sample, tally := s.Sample(), s.Tally()
	random := rand.New(rand.NewPCG(7, 11))
	var rows [][]uint8
	for range people {
		glad := random.IntN(3)
		row := make([]uint8, len(s.Instrument().Questions))
		for i := range row {
			if random.Float64() >= leave {
				row[i] = uint8(1 + glad + random.IntN(3)) //nolint:gosec // 1 to 5
			}
		}
		if err := sample.Add(row); err != nil {
			t.Fatal(err)
		}
		if err := tally.Add(row); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return sample, tally, rows
}

func meanAndVariance(values []float64) (n int, mean, ofMean float64) {
	for _, v := range values {
		if !math.IsNaN(v) {
			n++
			mean += v
		}
	}
	mean /= float64(n)
	for _, v := range values {
		if !math.IsNaN(v) {
			ofMean += (v - mean) * (v - mean)
		}
	}
	return n, mean, ofMean / float64(n*(n-1))
}

// The mean of people's values is the score of the group, whichever arithmetic
// the score has.
func TestSample_MeanIsTheScore(t *testing.T) {
	for _, id := range []string{instrument.Engagement, instrument.Pulse, instrument.MutualCulture} {
		sample, tally, _ := answered(t, id, 400, 0.3)
		if sample.People() != tally.People() {
			t.Errorf("%d people and %d", sample.People(), tally.People())
		}
		for i, r := range tally.Results() {
			if _, mean, _ := meanAndVariance(sample.Values(i)); math.Abs(mean-r.Mean) > 1e-12 {
				t.Errorf("%s of %s: %g, want %g", r.Score, id, mean, r.Mean)
			}
		}
	}
}

// The variance of the pulse's engagement is that of leaving people out one by
// one (the jackknife), which knows nothing of the formula.
func TestSample_VarianceOfMeanOfScores(t *testing.T) {
	sample, _, rows := answered(t, instrument.Pulse, 300, 0.35)
	s := scorer(t, instrument.Pulse)
	at := 0
	for i, sc := range s.Instrument().Scores {
		if sc.ID == "E" {
			at = i
		}
	}
	var without []float64
	for leave := range rows {
		tally := s.Tally()
		for i, row := range rows {
			if i == leave {
				continue
			}
			if err := tally.Add(row); err != nil {
				t.Fatal(err)
			}
		}
		without = append(without, tally.Results()[at].Mean)
	}
	n, _, v := meanAndVariance(without)
	jackknife := v * float64((n-1)*(n-1))
	_, _, got := meanAndVariance(sample.Values(at))
	if math.Abs(got/jackknife-1) > 0.01 {
		t.Errorf("variance %g, by leaving out %g", got, jackknife)
	}
}

// Where too few sub-scores exist, nobody has a value.
func TestSample_NoScore(t *testing.T) {
	s := scorer(t, instrument.Pulse)
	sample := s.Sample()
	if err := sample.Add(row(t, s.Instrument(), "look_forward=3 enthusiastic=3")); err != nil {
		t.Fatal(err)
	}
	for i, sc := range s.Instrument().Scores {
		known := !math.IsNaN(sample.Values(i)[0])
		if known != (sc.ID == "E_1") {
			t.Errorf("%s: %v", sc.ID, sample.Values(i))
		}
	}
}

// Percentages are of all answers, those who do not know among them; the net
// promoter score of 2013 leaves them out (NHS England, Friends and Family
// Test guidance of 2013, 2014 and 2020).
func TestFriendsAndFamily(t *testing.T) {
	for _, c := range []struct {
		id, score string
		answers   []uint8
		mean      float64
		n         int
	}{
		{instrument.PatientFriends2020, "positive", []uint8{1, 1, 2, 3, 4, 5, 6, 6}, 37.5, 8},
		{instrument.PatientFriends2020, "negative", []uint8{1, 1, 2, 3, 4, 5, 6, 6}, 25, 8},
		{instrument.PatientFriends2014, "yes", []uint8{1, 2, 3, 6}, 50, 4},
		{instrument.PatientFriends2014, "no", []uint8{1, 2, 3, 6, 0}, 0, 4},
		{instrument.PatientFriends2013, "net", []uint8{1, 1, 1, 2, 3, 6}, 40, 5},
		{instrument.PatientFriends2013, "net", []uint8{3, 4, 5}, -100, 3},
	} {
		tally := scorer(t, c.id).Tally()
		for _, a := range c.answers {
			if err := tally.Add([]uint8{a}); err != nil {
				t.Fatal(err)
			}
		}
		if r := resultOf(t, tally, c.score); r.N != c.n || math.Abs(r.Mean-c.mean) > 1e-12 {
			t.Errorf("%s of %s from %v is %+v, want %g of %d", c.score, c.id, c.answers, r, c.mean, c.n)
		}
	}
	staff := scorer(t, instrument.StaffFriends)
	v, err := staff.Person([]uint8{2, 6})
	if err != nil || !near(v[0], score.Of(100)) || !near(v[2], score.Of(0)) || !near(v[3], score.Of(0)) {
		t.Errorf("%v, %v", v, err)
	}
}
