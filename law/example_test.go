package law_test

import (
	"fmt"

	"commonweal/law"
)

// What is known settles it: a society with three members has enough, whoever they
// are. With two, it matters who they are.
func ExampleRule_Evaluate() {
	library, err := law.Load()
	if err != nil {
		fmt.Println(err)
		return
	}
	on := law.NewDate(2026, 11, 21)
	rule, err := library.Rule("society.members.minimum", on)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, members := range []int64{3, 2} {
		result, err := rule.Evaluate(law.Facts{"members": law.Int(members)}, on)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(members, result.Verdict)
		for _, fact := range result.Missing {
			fmt.Println(fact.Question)
		}
	}
	// Output:
	// 3 holds
	// 2 cannot tell yet
	// How many of the members are themselves registered societies?
}

// When must the letters go, for a company's meeting on 9 December 2026?
func ExampleLatestSending() {
	library, err := law.Load()
	if err != nil {
		fmt.Println(err)
		return
	}
	form, err := library.Form(law.CICShares, law.NewDate(2026, 11, 1))
	if err != nil {
		fmt.Println(err)
		return
	}
	calendar, err := library.Calendar(law.England)
	if err != nil {
		fmt.Println(err)
		return
	}
	notice, _ := form.Notice("general-meeting")
	post, _ := form.ServiceBy(law.ByPost)
	latest, err := law.LatestSending(calendar, law.NewDate(2026, 12, 9), notice.Days, post)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(latest.Reason)
	// Output:
	// The meeting is on Wednesday 9 December 2026. 14 clear days must lie between it and the notice, so the notice must count as received by Tuesday 24 November 2026. Sent by first-class post, it must go by Friday 20 November 2026.
}
