package demo

import (
	"context"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
	"commonweal/internal/demo/voting"
	"commonweal/internal/house"
)

// Drawer is what an invented person keeps at home: the code to vote with from the
// registrar's letter, and a keyholder's part of a key. In real use no program but
// their own ever has it.
type Drawer struct {
	Letters []Letter
	Parts   []Part
}

// Letter is what the registrar sent to a voter.
type Letter struct {
	Poll, Contest, Title, UUID string // codes of poll and contest, and the poll's title
	Voter                      int    // number on the roll
	Code                       string
}

// Part is what a keyholder saved when the key was made.
type Part struct {
	Poll, Title, Seed string
	Number            int
}

// DrawerOf is the drawer of a person of the demonstration. It is open to whoever plays
// them.
func DrawerOf(ctx context.Context, h *house.House, person string) (d Drawer, err error) {
	if !h.Demo {
		return d, fault.Errorf(fault.NotFound, "this is no demonstration")
	}
	list, err := h.Polls.Polls(ctx, Org)
	if err != nil {
		return d, err
	}
	for _, p := range list {
		if slices.Contains([]poll.Stage{poll.Draft, poll.Abandoned, poll.Ended}, p.Stage(h.World.Now())) {
			continue
		}
		letters, err := lettersOf(ctx, h, p, person)
		if err != nil {
			return d, err
		}
		d.Letters = append(d.Letters, letters...)
		number, err := h.Keys.Number(ctx, Org, p.ID, person)
		if fault.Is(err, fault.Forbidden) || fault.Is(err, fault.NotFound) || fault.Is(err, fault.Conflict) {
			continue
		}
		if err != nil {
			return d, err
		}
		seed, err := voting.KeyholderSeed(VotingSeed, p.Code, number)
		if err != nil {
			return d, err
		}
		d.Parts = append(d.Parts, Part{p.Code, p.Title, seed, number})
	}
	return d, nil
}

// lettersOf are those for contests in which the person's code is still the one that
// the registrar sent.
func lettersOf(ctx context.Context, h *house.House, p poll.Poll, person string) (out []Letter, err error) {
	for _, c := range p.Contests {
		if !c.Uncontested.IsZero() || c.Roll == nil {
			continue
		}
		held, err := h.Boxes.Held(ctx, Org, c.ID, person)
		if fault.Is(err, fault.Forbidden) || fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		e, err := h.Polls.OwnEntry(ctx, Org, c.ID, person)
		if err != nil {
			return nil, err
		}
		public, code, err := voting.CodeOf(VotingSeed, h.PlannedGroup(p), c.UUID, e.Number)
		if err != nil {
			return nil, err
		}
		if public == held.Public {
			out = append(out, Letter{p.Code, c.Code, p.Title, c.UUID, e.Number, code})
		}
	}
	return out, nil
}
