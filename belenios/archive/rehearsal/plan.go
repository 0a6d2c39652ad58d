// Package rehearsal holds whole elections with invented voters: all parties are
// played by one program, which therefore knows every secret. It is for teaching,
// for trying out a key ceremony, and for tests. A real election is never made
// with it.
package rehearsal

import (
	"fmt"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/belenios/group"
)

// Plan is what kind of election to hold.
type Plan struct {
	Name      string
	Group     string
	Questions []belenios.Question
	Extra     []belenios.Field

	Voters  int
	Weights []int64                 // of the voters, in order; those left out weigh 1
	Votes   func(voter int) [][]int // what a voter, from 0, answers; nil for one who does not vote
	Again   []int                   // voters who vote a second time

	Items    []Item
	Absent   []int // trustees, from 1, who do not decrypt
	Shuffles int   // trustees who shuffle, where a question is ranked

	// Stop is the stage to stop at; the zero value goes to the end.
	Stop archive.Stage
}

// Item is one trustee who is always needed, if Members is 0, or so many of whom
// Threshold suffice.
type Item struct {
	Threshold, Members int
}

// Singles are n trustees who are all needed.
func Singles(n int) []Item { return make([]Item, n) }

func (p Plan) stop() archive.Stage {
	if p.Stop == archive.Empty {
		return archive.Finished
	}
	return p.Stop
}

func (p Plan) weight(voter int) int64 {
	if voter < len(p.Weights) {
		return p.Weights[voter]
	}
	return 1
}

func (p Plan) group() (group.Group, error) {
	g, ok := group.ByName(p.Group)
	if !ok {
		return nil, fmt.Errorf("there is no group %q", p.Group)
	}
	return g, nil
}

// Homomorphic is a plan for an election with counted answers: one of three, and
// yes or no with a blank vote.
func Homomorphic(groupName string, voters int) Plan {
	return Plan{
		Name: "Rehearsal", Group: groupName, Voters: voters, Items: []Item{{}, {Threshold: 2, Members: 3}}, Absent: []int{3},
		Questions: []belenios.Question{
			{Title: "Who should chair the staff council?", Answers: []string{"Amara Pryce", "Bryn Vaughan", "Cadi Moss"}, Min: 1, Max: 1},
			{Title: "Should the mutual adopt the proposal?", Answers: []string{"Yes", "No"}, Blank: true, Min: 1, Max: 1},
		},
		Votes: func(v int) [][]int {
			return [][]int{one(3, v%3), one(3, (v/2)%3)}
		},
	}
}

// Ranked is a plan for an election by rankings, with two shuffles.
func Ranked(groupName string, voters int) Plan {
	return Plan{
		Name: "Rehearsal", Group: groupName, Voters: voters, Items: Singles(2), Shuffles: 2,
		Questions: []belenios.Question{
			{Kind: belenios.NonHomomorphic, Title: "Rank the candidates for the board", Answers: []string{"Amara Pryce", "Bryn Vaughan", "Cadi Moss", "Dewi Lloyd", "Efa Hughes"}},
		},
		Votes: func(v int) [][]int {
			ranks := make([]int, 5)
			for i := range ranks {
				ranks[(i*(1+v%4)+v)%5] = i + 1
			}
			return [][]int{ranks}
		},
	}
}

// one is a list of n numbers of which the k-th is 1.
func one(n, k int) []int {
	out := make([]int, n)
	out[k] = 1
	return out
}
