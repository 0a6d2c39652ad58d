package web

import (
	"slices"

	"commonweal/internal/base/policy"
	"commonweal/internal/web/page"
)

// officesOfVotes are the roles whose holders work at votes.
var officesOfVotes = []policy.Role{
	policy.Secretary, policy.ReturningOfficer, policy.Registrar, policy.Teller, policy.Trustee, policy.Scrutineer, policy.StaffSide,
}

// holdsVotes reports whether the visitor has a role with which they may have an office
// in a vote.
func (v *visit) holdsVotes() bool { return slices.ContainsFunc(officesOfVotes, v.actor.Holds) }

// conductWaits is what somebody has to do who helps to hold a vote.
func (v *visit) conductWaits() (page.Waits, error) {
	if !v.holdsVotes() || v.actor.Weak {
		return nil, nil
	}
	polls, err := v.conducts()
	if err != nil {
		return nil, err
	}
	byID := map[string]*conduct{}
	for _, c := range polls {
		byID[c.p.ID] = c
	}
	out, _ := waitsOf(v, v.tasks(polls), byID)
	return out, nil
}
