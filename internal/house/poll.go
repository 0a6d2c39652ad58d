package house

import (
	"context"
	"errors"
	"fmt"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/jobs"
	"commonweal/internal/base/journal"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/keys"
	"commonweal/internal/decide/paper"
	"commonweal/internal/decide/poll"
	"commonweal/internal/own/member"
	"commonweal/law"
)

// openDecide opens the rooms of what members decide.
func (h *House) openDecide(secrets *journal.Keys) {
	h.Polls = poll.NewService(h.Journal, electors{h.Members}, h.Law)
	h.Boxes = box.NewService(h.Journal, secrets, contests{h})
	h.Keys = keys.NewService(h.Journal, keyed{h})
	h.Papers = paper.NewService(h.Journal, secrets, papered{h}, papered{h})
	h.Jobs.Handle("poll.close", h.closeJob)
	h.Jobs.Every("poll.close", jobs.Minutely())
	h.Jobs.Handle("poll.tell", h.tellJob)
	h.Jobs.Every("poll.tell", jobs.Hourly())
	h.Jobs.Handle("poll.expire", func(ctx context.Context, _ jobs.Job) error { return h.expirePolls(ctx) })
	h.Jobs.Every("poll.expire", jobs.Daily(3, 45))
}

// expirePolls erases what candidates wrote, and what ties people to ballots, in polls
// whose time for keeping it is over. A mutual that fails does not keep the others from it.
func (h *House) expirePolls(ctx context.Context) error {
	list, err := h.Identity.Organisations(ctx)
	if err != nil {
		return err
	}
	var all []error
	for _, o := range list {
		if _, err := h.Polls.Expire(ctx, o.ID); err != nil {
			all = append(all, fmt.Errorf("erase statements of candidates of %s: %w", o.ID, err))
		}
	}
	return errors.Join(errors.Join(all...), h.eachPoll(ctx, h.expireBoxes))
}

// expireBoxes cuts what ties people to ballots in a poll whose time for keeping them is
// over.
func (h *House) expireBoxes(ctx context.Context, p poll.Poll) error {
	if !h.tiesOver(p) || p.Announced.IsZero() {
		return nil
	}
	for _, c := range p.Contests {
		if _, err := h.Boxes.Expire(ctx, p.Org, c.ID); err != nil {
			return fmt.Errorf("cut what ties people to ballots of contest %s: %w", c.Code, err)
		}
	}
	return nil
}

// tiesOver reports whether the time for keeping what ties people to ballots is over.
func (h *House) tiesOver(p poll.Poll) bool {
	now := h.World.Now()
	return p.Stage(now).Rank() >= poll.Settled.Rank() && law.Today(now).After(law.Today(p.Closes).AddMonths(p.Rules.KeepMonths))
}

// electors gives polls the register of members, in their own words.
type electors struct{ members *member.Service }

// Electors implements poll.Register: those who are members at the end of the day.
// Of whom we cannot tell, nobody votes; they may claim that they should.
func (e electors) Electors(ctx context.Context, tx *db.Tx, org string, day law.Date) ([]poll.Elector, error) {
	rows, err := e.members.RegisterIn(ctx, tx, org, day)
	if err != nil {
		return nil, err
	}
	var out []poll.Elector
	for _, r := range rows {
		if r.Ceased.IsZero() && !r.Unclear {
			out = append(out, poll.Elector{Person: r.Person, Member: r.MemberID, Class: r.Class, Constituency: r.Constituency, Votes: r.Votes})
		}
	}
	return out, nil
}

// Membership implements poll.Register.
func (e electors) Membership(ctx context.Context, tx *db.Tx, org, person string, day law.Date) (poll.Membership, error) {
	s, id, err := e.members.StatusIn(ctx, tx, org, person, day)
	return poll.Membership{
		Elector:  poll.Elector{Person: person, Member: id, Class: s.Class, Constituency: s.Constituency, Votes: s.Votes},
		IsMember: s.State == member.Member, Reason: s.Reason,
	}, err
}

// Place implements poll.Register.
func (e electors) Place(ctx context.Context, tx *db.Tx, org, class, constituency string, day law.Date) (string, error) {
	book, err := e.members.BookIn(ctx, tx, org)
	if err != nil {
		return "", err
	}
	c, err := book.Class(class, day)
	if err != nil {
		return "", err
	}
	name := "the class " + c.Name
	if constituency == "" {
		return name, nil
	}
	for _, one := range book.Constituencies(class, day) {
		if one.Code == constituency {
			return name + " in the constituency " + one.Name, nil
		}
	}
	return "", fault.Errorf(fault.NotFound, "the class %s has no constituency %q on %s", class, constituency, day)
}
