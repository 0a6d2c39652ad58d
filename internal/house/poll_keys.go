package house

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
	"commonweal/internal/decide/keys"
	"commonweal/internal/decide/poll"
)

// keyed gives the room of keys the room of polls, in its own words.
type keyed struct{ h *House }

// Poll implements keys.Polls.
func (k keyed) Poll(ctx context.Context, tx *db.Tx, org, id string) (keys.Poll, error) {
	p, err := k.h.Polls.PollIn(ctx, tx, org, id)
	if err != nil {
		return keys.Poll{}, err
	}
	stage, facts := p.Stage(k.h.World.Now()), p.Facts()
	out := keys.Poll{
		ID: p.ID, Code: p.Code, Group: plannedGroup(p), Threshold: p.Rules.Threshold, Made: !p.KeyMade.IsZero(),
		Settled: stage == poll.Settled || stage == poll.Ended, Abandoned: stage == poll.Abandoned,
		MayMake: !p.Called.IsZero() && p.Announced.IsZero() && stage != poll.Abandoned &&
			facts.Officials[poll.Keyholder] == p.Rules.Keyholders && facts.Independent,
	}
	for _, o := range p.Holders(poll.Keyholder) {
		out.Keyholders = append(out.Keyholders, o.Person)
	}
	for _, o := range p.Holders(poll.ReturningOfficer) {
		out.ReturningOfficer = o.Person
	}
	return out, nil
}

// KeyMade implements keys.Polls.
func (k keyed) KeyMade(ctx context.Context, tx *journal.Tx, id, group string) error {
	return k.h.Polls.KeyMadeIn(ctx, tx, id, group)
}

// KeyLost implements keys.Polls.
func (k keyed) KeyLost(ctx context.Context, tx *journal.Tx, id string) error {
	return k.h.Polls.KeyLostIn(ctx, tx, id)
}

// KeyDestroyed implements keys.Polls.
func (k keyed) KeyDestroyed(ctx context.Context, tx *journal.Tx, id string) error {
	return k.h.Polls.KeyDestroyedIn(ctx, tx, id)
}
