package voting

import (
	"context"
	"fmt"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
)

// Draft prepares the poll and names its officials.
func (p *Poll) Draft(ctx context.Context) (err error) {
	if p.ID, err = p.h.Polls.Prepare(ctx, p.Officials.Secretary, p.Org, p.Plan.Poll); err != nil {
		return err
	}
	o := p.Officials
	type naming struct {
		by, person string
		office     poll.Office
		side       poll.Side
	}
	list := []naming{{o.Secretary, o.ReturningOfficer, poll.ReturningOfficer, poll.NoSide}, {o.Secretary, o.Registrar, poll.Registrar, poll.NoSide}}
	for i, k := range o.Keyholders {
		n := naming{o.Secretary, k, poll.Keyholder, poll.NoSide}
		if i == len(o.Keyholders)-1 {
			n.by, n.side = o.StaffSide, poll.StaffSide
		}
		list = append(list, n)
	}
	for _, t := range o.Tellers {
		list = append(list, naming{o.Secretary, t, poll.Teller, poll.NoSide})
	}
	for _, t := range o.Observers {
		list = append(list, naming{o.Secretary, t, poll.Observer, poll.NoSide})
	}
	for _, n := range list {
		if _, err := p.h.Polls.Name(ctx, n.by, p.Org, p.ID, poll.Official{Person: n.person, Office: n.office, Side: n.side}); err != nil {
			return fmt.Errorf("name a %s: %w", n.office, err)
		}
	}
	return nil
}

// Call calls the poll.
func (p *Poll) Call(ctx context.Context) error {
	return p.h.Polls.Call(ctx, p.Officials.ReturningOfficer, p.Org, p.ID)
}

// Nominate has the candidates stand, and their backers agree.
func (p *Poll) Nominate(ctx context.Context) error {
	if p.Find != nil {
		now, err := p.Now(ctx)
		if err != nil {
			return err
		}
		if p.Candidates, err = p.Find(ctx, now); err != nil {
			return err
		}
	}
	for _, c := range p.Candidates {
		if err := p.stand(ctx, c); err != nil {
			return fmt.Errorf("%s stands: %w", c.Name, err)
		}
	}
	return nil
}

func (p *Poll) stand(ctx context.Context, c Candidate) error {
	contest, err := p.contest(ctx, c.Contest)
	if err != nil {
		return err
	}
	if c.Interests == "" {
		c.Interests = "None."
	}
	id, err := p.h.Polls.Stand(ctx, c.Person, p.Org, poll.Nomination{
		Contest: contest.ID, Person: c.Person, BallotName: c.Name, Statement: c.Statement, Interests: c.Interests,
	})
	if err != nil {
		return err
	}
	if c.Photo != nil {
		if err := p.h.Polls.SetPhoto(ctx, c.Person, p.Org, contest.ID, id, c.Photo); err != nil {
			return err
		}
	}
	for i, b := range c.Backers {
		if _, err := p.h.Polls.AskBacker(ctx, c.Person, p.Org, contest.ID, id, b); err != nil {
			return err
		}
		if c.NotYetBacked && i == len(c.Backers)-1 {
			continue
		}
		if err := p.h.Polls.AnswerBacking(ctx, b, p.Org, contest.ID, id, b, poll.Yes); err != nil {
			return err
		}
	}
	return nil
}

// Decide decides about the nominations, and lets those withdraw who do.
func (p *Poll) Decide(ctx context.Context) error {
	for _, c := range p.Candidates {
		contest, err := p.contest(ctx, c.Contest)
		if err != nil {
			return err
		}
		for _, n := range contest.Nominations {
			if n.Person != c.Person || !n.Decided.IsZero() {
				continue
			}
			answer := poll.Yes
			if c.RuledOut != "" {
				answer = poll.No
			}
			if err := p.h.Polls.DecideNomination(ctx, p.Officials.ReturningOfficer, p.Org, contest.ID, n.ID, answer, c.RuledOut); err != nil {
				return fmt.Errorf("decide about %s: %w", c.Name, err)
			}
			if c.Withdraws {
				if err := p.h.Polls.Withdraw(ctx, c.Person, p.Org, contest.ID, n.ID); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// Roll finds contests without a choice uncontested and makes the rolls of the others.
func (p *Poll) Roll(ctx context.Context) error {
	all, err := p.Now(ctx)
	if err != nil {
		return err
	}
	for _, c := range all.Contests {
		if all.Kind.Elects() && c.Uncontested.IsZero() && len(c.Standing()) <= c.Seats {
			if err := p.h.Polls.FindUncontested(ctx, p.Officials.ReturningOfficer, p.Org, c.ID); err != nil {
				return err
			}
		}
	}
	if all, err = p.Now(ctx); err != nil {
		return err
	}
	for _, c := range all.Contests {
		if c.Uncontested.IsZero() {
			return p.h.Polls.MakeRoll(ctx, p.Officials.ReturningOfficer, p.Org, p.ID)
		}
	}
	return nil
}

// Now is the poll as it stands.
func (p *Poll) Now(ctx context.Context) (poll.Poll, error) { return p.h.Polls.Poll(ctx, p.Org, p.ID) }

// contest finds a contest by its code.
func (p *Poll) contest(ctx context.Context, code string) (poll.Contest, error) {
	all, err := p.Now(ctx)
	if err != nil {
		return poll.Contest{}, err
	}
	for _, c := range all.Contests {
		if c.Code == code {
			return c, nil
		}
	}
	return poll.Contest{}, fault.Errorf(fault.NotFound, "poll %s has no contest %q", all.Code, code)
}

// voted are the contests in which people vote.
func (p *Poll) voted(ctx context.Context) (out []poll.Contest, err error) {
	all, err := p.Now(ctx)
	for _, c := range all.Contests {
		if c.Uncontested.IsZero() {
			out = append(out, c)
		}
	}
	return out, err
}
