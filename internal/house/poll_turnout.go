package house

import (
	"context"
	"time"

	"commonweal/belenios/archive"
	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
)

// Turnout is how many had voted at an instant that the rules of the poll name.
type Turnout struct {
	At    time.Time
	Voted int
	Of    int  // who may vote
	Last  bool // the poll is closed: nobody votes after it
}

// Turnout is what may be said of how many have voted in a contest: the figures of the
// instants of the rules that are over, and nothing of a roll that is too small. A
// figure stays what it was. It does not hide what the archive tells: whoever counts
// its ballots knows how many came by the web.
func (h *House) Turnout(ctx context.Context, org string, p poll.Poll, c poll.Contest) ([]Turnout, error) {
	if !p.TurnoutShown(c) || !c.Uncontested.IsZero() {
		return nil, nil
	}
	head, err := h.Boxes.Head(ctx, org, c.ID)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []Turnout
	now := h.World.Now()
	for _, at := range p.TurnoutTimes() {
		one := Turnout{At: at, Of: c.Roll.Voters(), Last: at.Equal(p.Closes)}
		before := at
		if one.Last {
			before = time.Time{} // what came in the last hour too
			// Papers that came in time are entered until their reckoning is signed.
			if head.Stage == archive.Voting.String() || h.Papers.Ready(ctx, org, c.ID) != nil {
				continue
			}
		}
		if now.Before(at) {
			continue
		}
		if one.Voted, err = h.Boxes.Received(ctx, org, c.ID, before); err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}
