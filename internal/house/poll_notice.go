package house

import (
	"context"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
)

// BoxMissing says in sentences what must be there before notice of poll can be given
// and the ballot boxes set up: for everybody a credential, and spares. What else the
// notice waits for is told by the poll itself (poll.Poll.Next).
func (h *House) BoxMissing(ctx context.Context, org, id string) ([]string, error) {
	p, err := h.Polls.Poll(ctx, org, id)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, c := range p.Contests {
		if !c.Uncontested.IsZero() || c.Roll == nil {
			continue
		}
		_, err := h.Boxes.List(ctx, org, c.ID)
		switch {
		case fault.Is(err, fault.Conflict) || fault.Is(err, fault.Invalid):
			out = append(out, fault.Message(err))
		case err != nil:
			return nil, err
		}
	}
	return out, nil
}

// GiveNotice gives notice of poll and sets up the ballot box of each contest that is
// voted in. Everything that a box needs is looked at before the notice is given, since
// a notice is not taken back. Given again it finishes what a crash left. It is the
// returning officer's.
func (h *House) GiveNotice(ctx context.Context, actor, org, id string) error {
	p, err := h.Polls.Poll(ctx, org, id)
	if err != nil {
		return err
	}
	if p.Announced.IsZero() {
		missing, err := h.BoxMissing(ctx, org, id)
		if err != nil {
			return err
		}
		if len(missing) > 0 {
			return fault.Errorf(fault.Conflict, "%s", missing[0])
		}
		if err := h.electable(ctx, p); err != nil {
			return err
		}
		if err := h.Polls.Announce(ctx, actor, org, id); err != nil {
			return err
		}
		if p, err = h.Polls.Poll(ctx, org, id); err != nil {
			return err
		}
	}
	return h.setUpBoxes(ctx, actor, p)
}

// setUpBoxes sets up the boxes of a poll that are not.
func (h *House) setUpBoxes(ctx context.Context, actor string, p poll.Poll) error {
	if !p.Abandoned.IsZero() {
		return fault.Errorf(fault.Conflict, "poll %s was abandoned on %s", p.Code, p.Abandoned.Words())
	}
	org, err := h.Identity.Organisation(ctx, p.Org)
	if err != nil {
		return err
	}
	key, err := h.Keys.Trustees(ctx, p.Org, p.ID)
	if err != nil {
		return err
	}
	for _, c := range p.Contests {
		if !c.Uncontested.IsZero() {
			continue
		}
		if _, err := h.Boxes.Head(ctx, p.Org, c.ID); err == nil {
			continue
		} else if !fault.Is(err, fault.NotFound) {
			return err
		}
		e, err := h.electionOf(org.Name, p, c, key)
		if err != nil {
			return err
		}
		list, err := h.Boxes.List(ctx, p.Org, c.ID)
		if err != nil {
			return err
		}
		if _, err := h.Boxes.Open(ctx, actor, p.Org, c.ID, e, key, list); err != nil {
			return err
		}
	}
	return nil
}

// electable refuses a poll of which no election can be made, such as one with more
// candidates than can be ranked in a ballot: after the notice it would be too late.
// Whether the key is there the notice asks itself.
func (h *House) electable(ctx context.Context, p poll.Poll) error {
	key, err := h.Keys.Trustees(ctx, p.Org, p.ID)
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, c := range p.Contests {
		if !c.Uncontested.IsZero() || c.Roll == nil {
			continue
		}
		if _, err := h.electionOf(p.Org, p, c, key); err != nil {
			return fault.Wrap(fault.Conflict, err, "contest %s cannot be voted in as it stands", c.Code)
		}
	}
	return nil
}
