package web

import (
	"net/http"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/web/page"
)

// stopped is why something cannot be done now: the rule, the fact it turned on, and
// what to do about it.
type stopped struct {
	Title, Rule, Object string
}

func (s stopped) Error() string { return s.Title }

type voteStopPage struct{ Panel page.Panel }

// stop shows why. A form that was sent is answered with 409.
func (v *visit) stop(c vote, heading string, why stopped) error {
	status := http.StatusOK
	if !v.reading {
		status = http.StatusConflict
	}
	f := v.frame()
	f.Back = c.back()
	f.Kicker, f.Heading = c.title(), heading
	f.Data = voteStopPage{page.Refused(why.Title, why.Rule, why.Object, page.Link{})}
	return v.show(status, "vote_stop", f)
}

// refused answers a form whose change a room refused: at its field where it is about
// one, or with why it cannot be done, or in general words where that has passed.
func (v *visit) refusedIn(c vote, heading string, err error, why *stopped) error {
	if fault.Is(err, fault.Invalid) || !refusable(err) && !fault.Is(err, fault.Forbidden) {
		return err
	}
	if why == nil {
		why = &stopped{
			Title: "Something has changed meanwhile", Rule: "What you asked for does not fit any more with how things stand now.",
			Object: "Look at the page again. Nothing was changed by what you sent.",
		}
	}
	return v.stop(c, heading, *why)
}

// whyNotStand says why the visitor cannot stand, nil if they can.
func (v *visit) whyNotStand(c vote) (*stopped, error) {
	until := v.closesOn(c, timetable.NominationsClose)
	switch {
	case !c.Kind.Elects():
		return &stopped{"Nobody stands in this vote", "It asks a question.", ""}, nil
	case c.stage.Rank() < poll.Nominating.Rank():
		return &stopped{"Nominations are not open yet", "They open on " + v.closesOn(c, timetable.NoticeOfElection) + ".", "They close at the end of " + until + "."}, nil
	case c.stage != poll.Nominating:
		return &stopped{"Nominations are closed", "They closed at the end of " + until + ".", ""}, nil
	}
	for _, o := range c.Officials {
		if o.Person == v.actor.Person && o.Office != poll.Observer {
			return &stopped{"You cannot stand in this vote", "You were named " + o.Office.Title() + " of it. Whoever runs a vote does not stand in it, also not after giving the office up.", "If you want to stand another time, say so before you are named."}, nil
		}
	}
	e, err := v.house.Polls.Eligible(v.ctx, v.org.ID, c.Contest.ID, v.actor.Person)
	if err != nil || e.OnRoll {
		return nil, err
	}
	return &stopped{"You cannot stand in this vote", "Candidates are voters of the contest. " + e.Rule, toYou(e.Fact) + " If that is wrong, tell the secretary before nominations close at the end of " + until + "."}, nil
}
