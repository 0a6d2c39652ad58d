package column_test

import (
	"fmt"

	"commonweal/survey/column"
)

// Three people of two teams answer one question from 1, strongly disagree, to 5,
// strongly agree.
func Example() {
	b, err := column.NewBuilder(column.Schema{
		Questions: []column.Question{{ID: "look forward to work", Options: 5}},
		Groups:    []column.Group{{Name: "team", Size: 2}},
	}, 3)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, person := range []struct {
		answer uint8
		team   uint32
	}{{4, 1}, {9, 0}, {5, 0}, {4, 1}} {
		err = b.Add([]uint8{person.answer}, []uint32{person.team})
		if err != nil {
			fmt.Println(err)
		}
	}
	t, err := b.Table()
	if err != nil {
		fmt.Println(err)
		return
	}
	var c column.Counts
	err = t.Count(&c, "team")
	if err != nil {
		fmt.Println(err)
		return
	}
	for team := range 2 {
		fmt.Println("team", team, c.Of(0, c.Cell(team)))
	}
	// Output:
	// respondent 2: question look forward to work: code 9 is above 5
	// team 0 [0 0 0 0 0 1]
	// team 1 [0 0 0 0 2 0]
}
