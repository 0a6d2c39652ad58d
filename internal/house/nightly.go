package house

import (
	"context"
	"errors"
	"fmt"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/notice"
	"commonweal/internal/own/member"
	"commonweal/law"
)

// ahead is how many days before a rule ends a membership its holder is told.
const ahead = 28

// Nightly does what the rules bring about by themselves: whoever a rule made a
// member gets a number, shares that go with membership are cancelled when it
// has ended, and people are told before theirs ends. Run twice it does nothing
// more.
func (h *House) Nightly(ctx context.Context) error {
	list, err := h.Identity.Organisations(ctx)
	if err != nil {
		return err
	}
	var all []error
	for _, o := range list {
		if o.Kind != identity.Mutual {
			continue
		}
		if err := h.nightlyOf(ctx, o.ID); err != nil && !fault.Is(err, fault.NotFound) {
			all = append(all, fmt.Errorf("the rules of %s: %w", o.ID, err))
		}
	}
	return errors.Join(all...)
}

func (h *House) nightlyOf(ctx context.Context, org string) error {
	today := law.Today(h.World.Now())
	if _, err := h.Members.Enrol(ctx, org, today); err != nil {
		return err
	}
	endings, err := h.Members.Foresee(ctx, org, today, today.AddDays(ahead))
	if err != nil {
		return err
	}
	if _, err := h.Shares.CancelOnLeaving(ctx, member.ByRule, org); err != nil {
		return err
	}
	for _, e := range endings {
		if err := h.tellEnding(ctx, org, e); err != nil {
			return err
		}
	}
	return nil
}

// tellEnding tells somebody once that a rule ends their membership.
func (h *House) tellEnding(ctx context.Context, org string, e member.Ending) error {
	told, err := h.Notices.Tally(ctx, org, "member.ends", e.Key())
	if err != nil || told.Email+told.Digest+told.Post > 0 {
		return err
	}
	_, err = h.Journal.Record(ctx, journal.Fact{Org: org, Kind: "member.told_of_ending", Actor: member.ByRule}, func(tx *journal.Tx) error {
		_, err := h.Notices.Send(ctx, tx, notice.Message{
			Kind: "member.ends", To: notice.Person{ID: e.Person}, About: e.Key(), Statutory: true,
			Subject: "Your membership ends on " + e.Day.Words(),
			Body: []string{
				e.Reason, "If this is wrong, tell the secretary before that day. What the secretary does is in the record.",
			},
			Action: notice.Link{Text: "See your membership", Path: "/membership"},
			Reason: "You get this because you are a member and a rule ends your membership.",
		})
		return err
	})
	return err
}
