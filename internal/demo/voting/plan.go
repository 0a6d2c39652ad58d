package voting

import (
	"context"
	"time"

	"commonweal/internal/base/world"
	"commonweal/internal/decide/poll"
	"commonweal/internal/house"
)

// Officials are ids of people, each with the role of the office in the organisation.
type Officials struct {
	Secretary, StaffSide        string
	ReturningOfficer, Registrar string
	Keyholders                  []string // as many as the rules ask for; the last is named by the staff side
	Tellers, Observers          []string
}

// Candidate stands in a contest.
type Candidate struct {
	Contest         string // code
	Person          string
	Name, Statement string
	Interests       string // "" says that there are none
	Photo           []byte // JPEG or PNG, or nil
	Backers         []string
	RuledOut        string // reason; "" is accepted
	Withdraws       bool   // when nominations have closed
	NotYetBacked    bool   // the last backer has not answered
}

// Plan is a poll to hold. Org and Poll must be given, Officials too.
type Plan struct {
	Org        string
	Poll       poll.Poll // as for poll.Service.Prepare
	Officials  Officials
	Candidates []Candidate
	// Find, where given, finds the candidates on the day on which they stand.
	Find func(context.Context, poll.Poll) ([]Candidate, error)
	// Votes gives the answers of a voter as belenios.NewBallot wants them: nil for one
	// who does not vote. It is called for each line of the roll in order of number.
	Votes func(c poll.Contest, voter poll.Entry) []int
	// Hour is when things are done on their day, London time; 0 is ten in the morning.
	Hour int
	// Seed is what all secrets follow from.
	Seed string
}

// Poll is a poll being held.
type Poll struct {
	Plan
	h     *house.House
	clock *world.Clock
	ID    string
	Setup string // of the key
	done  map[string]bool
}

// New makes a poll that has not begun. The clock is that of the house.
func New(h *house.House, clock *world.Clock, p Plan) *Poll {
	if p.Hour == 0 {
		p.Hour = 10
	}
	return &Poll{Plan: p, h: h, clock: clock, done: map[string]bool{}}
}

// Act is something that is done at an instant.
type Act struct {
	At   time.Time
	Name string
	Do   func(context.Context) error
}
