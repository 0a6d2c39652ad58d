package estimate_test

import (
	"fmt"
	"log"

	"commonweal/survey/estimate"
)

// Six of twenty answered, nurses more often than others. Weighted to the
// register the score falls, and the interval says how little is known.
func Example() {
	scores := []float64{9, 7, 6, 8, 3, 8}
	weights, err := estimate.PostStratify(estimate.Margin{
		Name:   "staff group",
		Of:     []string{"nurse", "nurse", "nurse", "nurse", "other", "other"},
		Totals: map[string]float64{"nurse": 8, "other": 12},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, w := range []*estimate.Weighting{nil, weights} {
		f, err := estimate.Mean(estimate.Sample{Values: scores, Weighting: w, Population: 20}, 0.95)
		if err != nil {
			log.Fatal(err)
		}
		f = f.Within(0, 10)
		fmt.Printf("%.1f, likely between %.1f and %.1f; %d answers worth %.1f\n", f.Value, f.Low, f.High, f.N, f.EffectiveN)
	}
	low, high, err := estimate.Bounds(estimate.Answered{Eligible: 20, Answers: 6, Mean: 41.0 / 6}, 0, 10)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("whatever the others think: between %.1f and %.1f\n", low, high)

	one, err := estimate.Mean(estimate.Sample{Values: scores[:1], Population: 4}, 0.95)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(one.Note.Sentence())
	// Output:
	// 6.8, likely between 5.0 and 8.7; 6 answers worth 6.0
	// 6.3, likely between 3.7 and 8.9; 6 answers worth 4.5
	// whatever the others think: between 2.0 and 9.1
	// Only one person answered, so nobody can say how far off this may be.
}
