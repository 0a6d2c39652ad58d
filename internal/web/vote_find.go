package web

import (
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

// seen is a poll as its page shows it: what anybody may see of it, and beside it
// all that is known, for what concerns the visitor alone.
type seen struct {
	poll.Poll           // what anybody may see
	all       poll.Poll // never shown but for the visitor's own part
	stage     poll.Stage
}

func (v *visit) seenOf(p poll.Poll) seen {
	return seen{Poll: p.Public(v.now), all: p, stage: p.Stage(v.now)}
}

// path is the address of the poll.
func (s seen) path() string { return "/votes/" + s.Code }

// pollAsked is the poll that the address names. A draft is nobody's yet.
func (v *visit) pollAsked() (seen, error) {
	return v.pollNamed(v.r.PathValue("poll"))
}

func (v *visit) pollNamed(code string) (seen, error) {
	p, err := v.house.Polls.PollByCode(v.ctx, v.org.ID, code)
	if fault.Is(err, fault.NotFound) || err == nil && p.Called.IsZero() {
		return seen{}, fault.Errorf(fault.NotFound, "there is no vote at this address")
	}
	return v.seenOf(p), err
}

// vote is a contest as its pages show it.
type vote struct {
	seen
	Contest poll.Contest // what anybody may see
	all     poll.Contest
}

// one reports whether the poll has this contest alone.
func (c vote) one() bool { return len(c.Contests) == 1 }

func (c vote) path() string { return c.seen.path() + "/" + c.Contest.Code }

// title is what the contest is called on a page of its own.
func (c vote) title() string {
	if c.one() {
		return c.Title
	}
	return c.Contest.Title
}

// kicker is what stands above the title.
func (c vote) kicker() string {
	if c.one() {
		return c.Kind.Title()
	}
	return c.Title
}

func (c vote) back() page.Link { return page.Link{Text: c.title(), Href: c.path()} }

func (v *visit) voteAsked() (vote, error) {
	return v.voteNamed(v.r.PathValue("poll"), v.r.PathValue("contest"))
}

func (v *visit) voteNamed(code, contest string) (vote, error) {
	p, err := v.pollNamed(code)
	if err != nil {
		return vote{}, err
	}
	for i, c := range p.Contests {
		if c.Code == contest {
			return vote{seen: p, Contest: c, all: p.all.Contests[i]}, nil
		}
	}
	return vote{}, fault.Errorf(fault.NotFound, "there is no vote at this address")
}

// ownNomination is the visitor's, whatever became of it.
func (c vote) ownNomination(person string) (poll.Nomination, bool) {
	for _, n := range c.all.Nominations {
		if person != "" && n.Person == person {
			return n, true
		}
	}
	return poll.Nomination{}, false
}

// nominationAsked is the one that the address names.
func (v *visit) nominationAsked(c vote) (poll.Nomination, error) {
	for _, n := range c.all.Nominations {
		if n.ID == v.r.PathValue("nomination") {
			return n, nil
		}
	}
	return poll.Nomination{}, fault.Errorf(fault.NotFound, "there is no such candidate at this address")
}

// takesPart reports whether somebody looks who can have a part in votes at all.
func (v *visit) takesPart() bool {
	return v.actor.Person != "" && policy.Allow(v.actor, policy.RollViewOwn, v.actor.Own()).Allowed
}

// when is an instant as people say it.
func (v *visit) when(at time.Time) string { return said(page.Moment(v.now, at)) }
