package instrument_test

import (
	"fmt"

	"commonweal/survey/instrument"
)

// The same question has another number in another year, and one concept.
func ExampleInstrument_InYear() {
	in, err := instrument.Load(instrument.PeoplePromise)
	if err != nil {
		panic(err)
	}
	for _, year := range []int{2021, 2022, 2023} {
		of, err := in.InYear(year)
		if err != nil {
			panic(err)
		}
		q, _ := of.Concept("safe-to-speak-up")
		fmt.Println(of.ID, q.ID, q.Label.In("en"))
	}
	// Output:
	// nhs-people-promise-2021 q21e Safe to speak up
	// nhs-people-promise-2022 q23e Safe to speak up
	// nhs-people-promise-2023 q25e Safe to speak up
}
