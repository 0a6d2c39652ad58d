package web

import (
	"net/http"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/web/page"
)

type voteWithdrawPage struct {
	Action string
	Says   []string
	Button page.Actions
}

const withdrawHeading = "Withdraw your nomination?"

// withdrawing is the visitor's nomination that may be withdrawn.
func (v *visit) withdrawing(serve func(c vote, n poll.Nomination) error) error {
	c, err := v.voteAsked()
	if err != nil {
		return err
	}
	n, ok := c.ownNomination(v.actor.Person)
	if !ok {
		return fault.Errorf(fault.NotFound, "you have not entered a nomination in this vote")
	}
	if !v.mayWithdraw(c, n) {
		why := stopped{"You cannot withdraw now", "Candidates can withdraw until the end of " + v.closesOn(c, timetable.Withdrawals) + ".", nominationState(v, c, n)}
		return v.stop(c, withdrawHeading, why)
	}
	return serve(c, n)
}

// voteWithdraw asks whether it is meant.
func (s *Server) voteWithdraw(v *visit) error {
	return v.withdrawing(func(c vote, _ poll.Nomination) error {
		p := voteWithdrawPage{
			Action: c.path() + "/stand/withdraw", Says: []string{"You are no candidate from then on. The record keeps that you stood and that you withdrew."},
			Button: page.Actions{Button: page.Button{Text: "Withdraw", Kind: page.Warning}, Links: []page.Link{{Text: "Stay a candidate", Href: c.path() + "/stand"}}},
		}
		if c.stage == poll.Nominating {
			p.Says = append(p.Says, "While nominations are open you may stand again. After the end of "+v.closesOn(c, timetable.NominationsClose)+" you may not.")
		} else {
			p.Says = append(p.Says, "Nominations are closed, so this cannot be taken back.")
		}
		f := v.frame()
		f.Back = page.Link{Text: "Your nomination", Href: c.path() + "/stand"}
		f.Kicker, f.Heading = c.title(), withdrawHeading
		f.Data = p
		return v.show(http.StatusOK, "vote_stand_withdraw", f)
	})
}

// voteWithdrawDo withdraws it.
func (s *Server) voteWithdrawDo(v *visit) error {
	return v.withdrawing(func(c vote, n poll.Nomination) error {
		if err := v.house.Polls.Withdraw(v.ctx, v.actor.Person, v.org.ID, c.Contest.ID, n.ID); err != nil {
			return v.refusedIn(c, withdrawHeading, err, nil)
		}
		return v.redirect(c.path() + "?done=withdrawn")
	})
}
