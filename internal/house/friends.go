package house

import (
	"context"
	"errors"
	"fmt"

	"commonweal/internal/base/identity"
	"commonweal/internal/listen/action"
	"commonweal/internal/listen/friends"
	"commonweal/internal/own/staff"
	"commonweal/law"
	"commonweal/survey/comment"
)

// openFriends opens the room for the friends-and-family test.
func (h *House) openFriends() (err error) {
	h.Friends, err = friends.New(friends.Options{
		Journal: h.Journal, Law: h.Law,
		Scrubber: func(ctx context.Context, org string) (func(string) string, error) {
			s, err := h.Scrubber(ctx, org)
			if err != nil {
				return nil, err
			}
			return func(words string) string { return s.Scrub(words).Text }, nil
		},
	})
	return err
}

// Scrubber takes out of comments the names of those on the staff list today, and the
// places of the organisation. What it gives is for the gate, and for nobody else.
func (h *House) Scrubber(ctx context.Context, org string) (*comment.Scrubber, error) {
	var known comment.Known
	places := map[string]bool{}
	err := h.Staff.EachOn(ctx, staff.Filter{Org: org, Day: law.Today(h.World.Now())}, func(e staff.Entry) error {
		known.Names = append(known.Names, e.Name())
		for _, p := range append(e.Others, e.Main) {
			places[p.Site] = true
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	points, err := h.Friends.Points(ctx, org)
	if err != nil {
		return nil, err
	}
	for _, p := range points {
		places[p.Name], places[p.SiteName], places[p.Ward] = true, true, true
	}
	for p := range places {
		if p != "" {
			known.Places = append(known.Places, p)
		}
	}
	return comment.NewScrubber(known), nil
}

// careConcept is what the staff are asked about the care that a friend or relative would
// get, whatever its number in a year.
const careConcept = "happy-with-care-for-friend"

// StaffWouldBeHappy is the share of staff who would be happy with the care given here if a
// friend or relative needed it, from the newest survey that asked and was released; the
// zero figure where there is none.
func (h *House) StaffWouldBeHappy(ctx context.Context, org string) (action.Figure, error) {
	all, err := h.Waves.List(ctx, org)
	if err != nil {
		return action.Figure{}, err
	}
	for _, w := range all {
		q, ok := w.Instrument.Concept(careConcept)
		if !ok || len(w.Releases) == 0 {
			continue
		}
		return releases{h}.figure(ctx, w, action.Finding{About: action.Question, ID: q.ID})
	}
	return action.Figure{}, nil
}

// eachOpenMutual does something for every mutual that is open. One that fails does not
// keep the others from it.
func (h *House) eachOpenMutual(ctx context.Context, do func(ctx context.Context, org string) error) error {
	list, err := h.Identity.Organisations(ctx)
	if err != nil {
		return err
	}
	var all []error
	for _, o := range list {
		if o.Kind != identity.Mutual || !o.OpenOn(law.Today(h.World.Now())) {
			continue
		}
		if err := do(ctx, o.ID); err != nil {
			all = append(all, fmt.Errorf("%s: %w", o.ID, err))
		}
	}
	return errors.Join(all...)
}
