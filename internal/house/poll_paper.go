package house

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/paper"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/tally"
)

// papered gives the room of paper votes the rooms of polls and of the ballot box, in
// its own words.
type papered struct{ h *House }

// Contest implements paper.Polls.
func (a papered) Contest(ctx context.Context, tx *db.Tx, org, contest string) (paper.Contest, error) {
	p, c, err := a.h.Polls.ContestIn(ctx, tx, org, contest)
	if err != nil {
		return paper.Contest{}, err
	}
	switch {
	case !p.Abandoned.IsZero():
		return paper.Contest{}, fault.Errorf(fault.Conflict, "poll %s was abandoned on %s", p.Code, p.Abandoned.Words())
	case !c.Uncontested.IsZero():
		return paper.Contest{}, fault.Errorf(fault.Conflict, "there is no vote in contest %s: no more people stand than there are seats", c.Code)
	case p.Announced.IsZero():
		return paper.Contest{}, fault.Errorf(fault.Conflict, "notice of poll %s is not given yet", p.Code)
	}
	out := paper.Contest{ID: c.ID, Code: c.Code, UUID: c.UUID, Opens: p.Facts().Opens(), Closes: p.Closes}
	if out.Shape, err = shapeOf(p, c); err != nil {
		return paper.Contest{}, err
	}
	for _, by := range p.Rules.Channels {
		if by != poll.Web {
			out.Channels = append(out.Channels, paper.Channel(by))
		}
	}
	return out, nil
}

// shapeOf is how a ballot paper of a contest is filled in.
func shapeOf(p poll.Poll, c poll.Contest) (paper.Shape, error) {
	s := paper.Shape{Asks: paper.Question, Answers: 2, Most: 1, Blank: p.Rules.Counting.Blank, Weighted: p.Rules.Weighted}
	if !p.Kind.Elects() {
		return s, nil
	}
	s.Answers = len(c.Standing())
	if p.Rules.Counting.Ranked {
		s.Asks = paper.Rank
		return s, nil
	}
	var err error
	s.Asks = paper.Choose
	s.Most, err = p.Rules.Marks(c.Seats, s.Answers)
	return s, err
}

// Holds implements paper.Polls.
func (a papered) Holds(ctx context.Context, tx *db.Tx, org, contest, person string, o paper.Office) (bool, error) {
	p, _, err := a.h.Polls.ContestIn(ctx, tx, org, contest)
	if err != nil {
		return false, err
	}
	for _, one := range p.Holders(poll.Office(o)) {
		if one.Person == person {
			return true, nil
		}
	}
	return false, nil
}

// Voter implements paper.Pollbook.
func (a papered) Voter(ctx context.Context, tx *db.Tx, org, contest string, number int) (paper.Voter, error) {
	v, m, err := a.h.Boxes.ByNumber(ctx, tx, org, contest, number)
	out := paper.Voter{Number: v.Number, Weight: v.Weight}
	if m != nil {
		out.By = string(m.Channel)
	}
	return out, err
}

// Receive implements paper.Pollbook.
func (a papered) Receive(ctx context.Context, tx *journal.Tx, contest string, number int, by paper.Channel, late bool) (paper.Mark, error) {
	m, v, err := a.h.Boxes.ReceiveIn(ctx, tx, contest, number, box.Channel(by), late)
	return markOf(m, v), err
}

func markOf(m box.Mark, v box.Voter) paper.Mark {
	return paper.Mark{Voter: v.Number, Weight: v.Weight, Channel: paper.Channel(m.Channel), Hour: m.Hour, State: paper.State(m.State), Reason: m.Reason}
}

// Spoil implements paper.Pollbook.
func (a papered) Spoil(ctx context.Context, tx *journal.Tx, contest string, number int, reason string) error {
	return a.h.Boxes.SpoilIn(ctx, tx, contest, number, reason)
}

// TakeBack implements paper.Pollbook.
func (a papered) TakeBack(ctx context.Context, tx *journal.Tx, contest string, number int, reason string) error {
	return a.h.Boxes.TakeBackIn(ctx, tx, contest, number, reason)
}

// Marks implements paper.Pollbook.
func (a papered) Marks(ctx context.Context, tx *db.Tx, org, contest string, by paper.Channel) ([]paper.Mark, error) {
	list, voters, err := a.h.Boxes.ReceivedIn(ctx, tx, org, contest, box.Channel(by))
	out := make([]paper.Mark, len(list))
	for i, m := range list {
		out[i] = markOf(m, voters[i])
	}
	return out, err
}

// papersOf are the settled papers of a contest, in the words of the room that counts.
func (h *House) papersOf(ctx context.Context, org string, p poll.Poll, c poll.Contest) (out tally.Papers, err error) {
	votes, err := h.Papers.Ballots(ctx, org, c.ID)
	if err != nil {
		return out, err
	}
	summary, err := h.Papers.Summary(ctx, org, c.ID)
	if err != nil {
		return out, err
	}
	for _, b := range summary.Batches {
		out.Batches = append(out.Batches, b.SHA256)
	}
	for _, n := range votes.Rejected {
		out.Spoilt += int64(n)
	}
	out.Valid, out.Blank = int64(votes.Papers)-out.Spoilt, int64(votes.Blank)
	for _, n := range votes.Sums {
		out.Marks = append(out.Marks, int64(n))
	}
	if !p.Rules.Counting.Ranked {
		return out, nil
	}
	out.Marks = nil
	candidates := len(c.Standing())
	for _, r := range votes.Readings {
		places := make([]int, candidates)
		for i, n := range r.Ballot.Rank {
			places[n-1] = i + 1
		}
		for range r.Papers {
			out.Rankings = append(out.Rankings, places)
		}
	}
	return out, nil
}
