package house

import (
	"cmp"
	"context"
	"slices"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/law"
)

// A demonstration's visitor does not wait for a week until a vote closes. In a
// demonstration, and nowhere else, time can be let pass up to the next moment of a
// poll. The record keeps that it was.

// Moment is an instant of a poll to which a demonstration's time can be moved.
type Moment struct {
	At   time.Time
	Text string // "Twelve-hour shifts closes"
}

// Moments are those that lie ahead, the soonest first.
func (h *House) Moments(ctx context.Context, org string) ([]Moment, error) {
	if !h.Demo {
		return nil, nil
	}
	now := h.World.Now()
	list, err := h.Polls.Polls(ctx, org)
	if err != nil {
		return nil, err
	}
	var out []Moment
	for _, p := range list {
		add := func(at time.Time, text string) {
			if at.After(now) {
				out = append(out, Moment{at, p.Title + ": " + text})
			}
		}
		switch p.Stage(now) {
		case poll.Announced:
			add(p.Facts().Opens(), "voting opens")
		case poll.Open:
			add(p.Closes, "voting closes")
		case poll.Nominating:
			add(p.Timetable.Day(timetable.NominationsClose).End(), "nominations close")
		case poll.Declared:
			last := law.Date{}
			for _, c := range p.Contests {
				if c.Declared != nil && c.Declared.PetitionUntil.After(last) {
					last = c.Declared.PetitionUntil
				}
			}
			add(last.End(), "the result can no longer be questioned")
		}
	}
	slices.SortFunc(out, func(a, b Moment) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Text, b.Text)) })
	return out, nil
}

// SkipTo lets a demonstration's time pass up to one of its moments, and does what that
// brings about by itself.
func (h *House) SkipTo(ctx context.Context, actor, org string, at time.Time) error {
	moments, err := h.Moments(ctx, org)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(moments, func(m Moment) bool { return m.At.Equal(at) }) {
		return fault.Errorf(fault.Conflict, "the demonstration has no moment at %s that lies ahead", at.Format(time.RFC3339))
	}
	h.World.Skip(at.Sub(h.World.Now()))
	_, err = h.Journal.Record(ctx, journal.Fact{Org: org, Kind: "demo.skipped", Actor: cmp.Or(actor, "visitor")}, func(*journal.Tx) error { return nil })
	if err != nil {
		return err
	}
	return h.closeBoxes(ctx)
}

// catchUp moves a demonstration's time to where its record is, so that time does not
// go back when it is served again.
func (h *House) catchUp(ctx context.Context) error {
	if !h.Demo {
		return nil
	}
	orgs, err := h.Identity.Organisations(ctx)
	if err != nil {
		return err
	}
	for _, o := range orgs {
		list, err := h.Journal.Entries(ctx, o.ID, 0, 1)
		if err != nil || len(list) == 0 {
			return err
		}
		at, err := time.Parse(time.RFC3339Nano, list[0].At)
		if err != nil {
			return err
		}
		if ahead := at.Sub(h.World.Now()); ahead > 0 {
			h.World.Skip(ahead)
		}
	}
	return nil
}
