package web

import (
	"commonweal/internal/decide/poll"
)

type heldNominationParams struct {
	conductParams
	Nomination uuid `path:"nomination" doc:"The id of the nomination."`
}

// nominationAfter is a nomination after a change of it.
func (v *visit) nominationAfter(code, id string, err error) (heldNominationJSON, error) {
	if err != nil {
		return heldNominationJSON{}, err
	}
	c, err := v.conducted(code)
	if err != nil {
		return heldNominationJSON{}, err
	}
	one, n, err := c.nomination(id)
	if err != nil {
		return heldNominationJSON{}, err
	}
	return c.nominationJSON(one, n), nil
}

// aboutNomination does something about a nomination for a program.
func (v *visit) aboutNomination(p heldNominationParams, do func(c *conduct, one poll.Contest, n poll.Nomination) error) (heldNominationJSON, error) {
	c, err := v.conducted(p.Poll)
	if err != nil {
		return heldNominationJSON{}, err
	}
	one, n, err := c.nomination(string(p.Nomination))
	if err != nil {
		return heldNominationJSON{}, err
	}
	return v.nominationAfter(p.Poll, n.ID, do(c, one, n))
}

func (v *visit) apiAccept(p heldNominationParams, _ none) (heldNominationJSON, error) {
	return v.aboutNomination(p, func(c *conduct, one poll.Contest, n poll.Nomination) error {
		return c.house.Polls.DecideNomination(c.ctx, c.actor.Person, c.org.ID, one.ID, n.ID, poll.Yes, "")
	})
}

func (v *visit) apiRuleOut(p heldNominationParams, b heldReasonJSON) (heldNominationJSON, error) {
	return v.aboutNomination(p, func(c *conduct, one poll.Contest, n poll.Nomination) error {
		return c.house.Polls.DecideNomination(c.ctx, c.actor.Person, c.org.ID, one.ID, n.ID, poll.No, b.Reason)
	})
}

func (v *visit) apiWithdrawCandidate(p heldNominationParams, _ none) (heldNominationJSON, error) {
	return v.aboutNomination(p, func(c *conduct, one poll.Contest, n poll.Nomination) error {
		return c.house.Polls.Withdraw(c.ctx, c.actor.Person, c.org.ID, one.ID, n.ID)
	})
}

type heldBackerJSON struct {
	Person uuid `json:"person" doc:"Who signed."`
}

func (v *visit) apiBacker(p heldNominationParams, b heldBackerJSON) (heldNominationJSON, error) {
	return v.aboutNomination(p, func(c *conduct, one poll.Contest, n poll.Nomination) error { return c.back(one, n, string(b.Person)) })
}

type heldStandJSON struct {
	Contest    string `json:"contest" max:"60" doc:"The code."`
	Person     uuid   `json:"person"`
	BallotName string `json:"ballot_name" max:"80"`
	Statement  string `json:"statement" max:"12000"`
	Interests  string `json:"interests" max:"1800" doc:"None, where there are none: it is said."`
}

func (v *visit) apiEnterNomination(p conductParams, b heldStandJSON) (heldNominationJSON, error) {
	c, err := v.conducted(p.Poll)
	if err == nil {
		err = c.only(poll.ReturningOfficer)
	}
	if err != nil {
		return heldNominationJSON{}, err
	}
	one, err := c.contest(b.Contest)
	if err != nil {
		return heldNominationJSON{}, err
	}
	id, err := v.house.Polls.Stand(v.ctx, v.actor.Person, v.org.ID, poll.Nomination{
		Contest: one.ID, Person: string(b.Person), BallotName: b.BallotName, Statement: b.Statement, Interests: b.Interests,
	})
	return v.nominationAfter(p.Poll, id, err)
}

func (v *visit) apiUncontested(p heldContestParams, _ none) (conductJSON, error) {
	c, err := v.conducted(p.Poll)
	if err != nil {
		return conductJSON{}, err
	}
	one, err := c.contest(p.Contest)
	if err != nil {
		return conductJSON{}, err
	}
	return v.after(p.Poll, c.house.Polls.FindUncontested(c.ctx, c.actor.Person, c.org.ID, one.ID))
}
