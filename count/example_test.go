package count_test

import (
	"fmt"
	"os"
	"strings"

	"commonweal/count"
)

const council = `4 2
9 1 2 0
3 1 3 0
2 1 0
6 2 4 0
3 3 2 0
7 4 0
0
"Ann Baker"
"Bea Carter"
"Cat Dunne"
"Dan Evans"
"Staff council 2026"
`

// A count with its transcript in words.
func ExampleCount() {
	b, err := count.ReadBLT(strings.NewReader(council))
	if err != nil {
		fmt.Println(err)
		return
	}
	rule, err := count.FindRule("nhs-2014")
	if err != nil {
		fmt.Println(err)
		return
	}
	result, err := count.Count(b, rule, count.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = result.WriteText(os.Stdout)
	// Output:
	// Staff council 2026
	// ==================
	//
	// 2 candidates to be elected from 4 candidates. Counted by NHS Model Election Rules 2014, single transferable vote (nhs-2014 version 1).
	// 30 valid papers and no invalid papers. The quota is 11.00 votes.
	//
	// Stage 1. First preferences are counted.
	//     Ann Baker (1)                               14.00
	//     Bea Carter (2)                               6.00
	//     Cat Dunne (3)                                3.00
	//     Dan Evans (4)                                7.00
	//     Non-transferable                             0.00
	//   Elected: Ann Baker.
	//
	// Stage 2. Ann Baker's surplus of 3.00 is transferred.
	//   Of the 14 papers of first preferences, 12 show a further preference. Each is now worth 0.25 of a vote (3.00 divided by 12, what is over dropped). To Bea Carter 2.25 (9 papers) and Cat Dunne 0.75 (3 papers). Non-transferable: 0.00 (2 papers without a further preference).
	//     Ann Baker (1)                               11.00           -3.00
	//     Bea Carter (2)                               8.25           +2.25
	//     Cat Dunne (3)                                3.75           +0.75
	//     Dan Evans (4)                                7.00
	//     Non-transferable                             0.00
	//
	// Stage 3. Cat Dunne (3.75) is excluded.
	//   3 papers worth 1 vote each. To Bea Carter 3.00 (3 papers). That elects Bea Carter.
	//   The places can now be filled, so no more papers are transferred; those not reached stay with Cat Dunne.
	//     Ann Baker (1)                               11.00
	//     Bea Carter (2)                              11.25           +3.00
	//     Cat Dunne (3)                                0.75           -3.00
	//     Dan Evans (4)                                7.00
	//     Non-transferable                             0.00
	//   Elected: Bea Carter.
	//
	// Elected, in this order: Ann Baker and Bea Carter.
}

// A rule of three quarters of the votes cast, with half of all members voting.
func ExampleMotion_Decide() {
	motion := count.Motion{
		Majority: count.Condition{Fraction: count.Fraction{Num: 3, Den: 4}, Exceed: count.AtLeast, Base: count.VotesCast},
		Turnout:  count.Condition{Fraction: count.Fraction{Num: 1, Den: 2}, Exceed: count.AtLeast, Base: count.Eligible},
	}
	d, err := motion.Decide(count.Votes{For: 76, Against: 25, Abstain: 4, Eligible: 200})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range d.Findings {
		fmt.Println(f.Text)
	}
	fmt.Println(d.Carried)
	// Output:
	// For: 76 of 101 votes cast. It takes at least 3/4, that is 76: met.
	// Taking part: 101 of 200 eligible. It takes at least 1/2, that is 100: met.
	// true
}

// A seat that fell empty, filled from the papers of the election.
func ExampleFillVacancy() {
	b, err := count.ReadBLT(strings.NewReader(council))
	if err != nil {
		fmt.Println(err)
		return
	}
	rule, err := count.FindRule("ers97")
	if err != nil {
		fmt.Println(err)
		return
	}
	filled, err := count.FillVacancy(b, rule, count.Options{}, count.Vacancy{Left: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(b.Name(filled.Candidate), "by", filled.By)
	// Output: Dan Evans by countback
}
