package score_test

import (
	"fmt"

	"commonweal/survey/instrument"
	"commonweal/survey/score"
)

// Two people answer the nine engagement questions. The second leaves two of
// the last three out, and so has no score for advocacy.
func Example() {
	in, err := instrument.Load(instrument.Engagement)
	if err != nil {
		panic(err)
	}
	scorer, err := score.New(in)
	if err != nil {
		panic(err)
	}
	group := scorer.Tally()
	for _, answers := range [][]uint8{
		{4, 4, 5, 3, 4, 4, 5, 4, 4},
		{3, 4, 4, 2, 3, 0, 4, 0, 0},
	} {
		if err := group.Add(answers); err != nil {
			panic(err)
		}
	}
	for i, r := range group.Results() {
		fmt.Printf("%s %.2f (n %d)\n", in.Scores[i].Label.In("en"), r.Mean, r.N)
	}
	// Output:
	// Staff engagement 6.49 (n 2)
	// Motivation 7.50 (n 2)
	// Involvement 5.21 (n 2)
	// Advocacy 8.33 (n 1)
}
