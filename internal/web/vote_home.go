package web

import (
	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/web/page"
)

// votesWait is what waits for somebody who may vote: votes that are open, candidates
// who asked to be backed, a key to make, a roll to look at.
func (v *visit) votesWait() (page.Waits, error) {
	if !v.takesPart() {
		return nil, nil
	}
	mine, err := v.house.Polls.Mine(v.ctx, v.actor.Org, v.actor.Person)
	if err != nil {
		return nil, err
	}
	var out page.Waits
	for _, m := range mine {
		s := v.seenOf(m.Poll)
		if !m.OnRoll || !m.Contest.Uncontested.IsZero() {
			continue
		}
		var w *page.Wait
		switch {
		case s.stage == poll.Open:
			w, err = v.ballotWaits(s, m.Contest)
		case m.Sealed && s.stage.Rank() < poll.Announced.Rank():
			w, err = v.keyWaits(s, m.Contest)
		}
		if err != nil {
			return nil, err
		}
		if w != nil {
			out = append(out, *w)
		}
	}
	asked, err := v.backingsWait()
	return append(out, asked...), err
}

// ballotWaits is a vote that is open and not cast.
func (v *visit) ballotWaits(s seen, c poll.Contest) (*page.Wait, error) {
	mark, err := v.house.Boxes.Marked(v.ctx, v.org.ID, c.ID, v.actor.Person)
	if err != nil || mark != nil {
		return nil, err
	}
	one := vote{seen: s, Contest: c}
	return &page.Wait{Title: "Vote: " + voteTitle(one), Href: one.path(), Why: asked(s.Poll, c), When: v.when(s.Closes)}, nil
}

// keyWaits is a key that can still be made in a browser. Whoever makes none gets a
// code, so nothing is lost by leaving it.
func (v *visit) keyWaits(s seen, c poll.Contest) (*page.Wait, error) {
	e, err := v.house.Boxes.Enrolment(v.ctx, v.org.ID, c.ID)
	if err != nil || !e.Open {
		return nil, err
	}
	_, err = v.house.Boxes.Held(v.ctx, v.org.ID, c.ID, v.actor.Person)
	if !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	one := vote{seen: s, Contest: c}
	return &page.Wait{
		Title: "Make your voting key: " + voteTitle(one), Href: one.path() + "/key", Why: "You are on the roll. Make the key in the browser in which you want to vote, or wait for a code.",
		Verb: "until", When: v.closesOn(one, timetable.CredentialsClose),
	}, nil
}

// backingsWait are the candidates who asked the visitor to back them.
func (v *visit) backingsWait() (page.Waits, error) {
	if !v.can(policy.NominationBack) {
		return nil, nil
	}
	list, err := v.house.Polls.AskedOf(v.ctx, v.actor.Org, v.actor.Person)
	if err != nil {
		return nil, err
	}
	var out page.Waits
	for _, a := range list {
		p, err := v.house.Polls.Poll(v.ctx, v.actor.Org, a.Poll)
		if err != nil {
			return nil, err
		}
		s := v.seenOf(p)
		if s.stage != poll.Nominating {
			continue
		}
		for _, c := range p.Contests {
			for _, n := range c.Nominations {
				if n.ID != a.Nomination {
					continue
				}
				one := vote{seen: s, Contest: c}
				out = append(out, page.Wait{
					Title: n.BallotName + " asks you to back them", Href: one.path() + "/back/" + n.ID, Why: voteTitle(one) + ". Read what they want to say, and answer.",
					Verb: "until", When: v.closesOn(one, timetable.NominationsClose),
				})
			}
		}
	}
	return out, nil
}
