package web

import (
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/share"
	"commonweal/law"
)

type newShareClassJSON struct {
	Code             string   `json:"code" max:"40" doc:"Small letters, digits and hyphens. It never changes."`
	Name             string   `json:"name" max:"60"`
	NominalPence     int64    `json:"nominal_pence" min:"1" max:"100000000" doc:"What one share costs."`
	Dividend         bool     `json:"dividend,omitempty" doc:"May bear a dividend or interest."`
	Withdrawable     bool     `json:"withdrawable,omitempty" doc:"The member can take the money back out."`
	Transferable     bool     `json:"transferable,omitempty" doc:"From one member to another."`
	CancelsOnLeaving bool     `json:"cancels_on_leaving,omitempty"`
	MaxHoldingPence  int64    `json:"max_holding_pence,omitempty" min:"0" max:"100000000000" doc:"The most that one member may hold; no limit of your own where it is left out."`
	Starts           law.Date `json:"starts,omitzero" doc:"The first day on which they can be issued; today where it is left out."`
}

// apiMakeShareClass makes a class. Its terms never change.
func (v *visit) apiMakeShareClass(_ none, b newShareClassJSON) (shareClassJSON, error) {
	id, err := v.house.Shares.MakeClass(v.ctx, v.actor.Person, v.org.ID, share.Class{
		Code: b.Code, Name: b.Name, NominalPence: b.NominalPence, Dividend: b.Dividend, Withdrawable: b.Withdrawable, Transferable: b.Transferable,
		CancelsOnLeaving: b.CancelsOnLeaving, MaxHoldingPence: b.MaxHoldingPence, Starts: v.orToday(b.Starts),
	})
	if err != nil {
		return shareClassJSON{}, renamed(renamed(err, "nominal", "nominal_pence"), "max_holding", "max_holding_pence")
	}
	return v.shareClassNow(id)
}

type shareClassParams struct {
	Class uuid `path:"class" doc:"The id of the class."`
}

type endsJSON struct {
	Ends law.Date `json:"ends,omitzero" doc:"The first day on which it no longer holds; today where it is left out."`
}

// apiCloseShareClass issues no more of a class. Those that there are stay.
func (v *visit) apiCloseShareClass(p shareClassParams, b endsJSON) (shareClassJSON, error) {
	if err := v.house.Shares.CloseClass(v.ctx, v.actor.Person, v.org.ID, string(p.Class), v.orToday(b.Ends)); err != nil {
		return shareClassJSON{}, err
	}
	return v.shareClassNow(string(p.Class))
}

// shareClassNow finds one class after a change of it.
func (v *visit) shareClassNow(id string) (shareClassJSON, error) {
	all, err := v.shareClasses(v.today())
	if err != nil {
		return shareClassJSON{}, err
	}
	i := slices.IndexFunc(all, func(c shareClassJSON) bool { return string(c.ID) == id })
	if i < 0 {
		return shareClassJSON{}, fault.Errorf(fault.NotFound, "there is no share class %s", id)
	}
	return all[i], nil
}
