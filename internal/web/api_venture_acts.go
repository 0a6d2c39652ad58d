package web

import (
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/venture"
	"commonweal/law"
)

type setParentJSON struct {
	Organisation            string   `json:"organisation" max:"40" doc:"The code that it has on this site."`
	ShareholdingBasisPoints int      `json:"shareholding_basis_points" min:"0" max:"10000" doc:"Hundredths of a percent of the whole."`
	BoardSeats              int      `json:"board_seats" min:"0" max:"100"`
	Starts                  law.Date `json:"starts,omitzero" doc:"The first day; today where it is left out. Terms that it had until then end on that day."`
}

// apiSetParent sets the terms of a parent, new or as they are to be.
func (v *visit) apiSetParent(_ none, b setParentJSON) (parentJSON, error) {
	id, err := v.setParent(venture.Parent{
		Org: b.Organisation, ShareholdingBP: b.ShareholdingBasisPoints, BoardSeats: b.BoardSeats, Starts: v.orToday(b.Starts),
	})
	if err != nil {
		return parentJSON{}, renamed(renamed(err, "parent", "organisation"), "shareholding", "shareholding_basis_points")
	}
	return v.parentNow(id)
}

type parentParams struct {
	Parent uuid `path:"parent" doc:"The id of the terms."`
}

func (v *visit) apiEndParent(p parentParams, b endsJSON) (parentJSON, error) {
	if _, _, err := v.ventureAsked(); err != nil {
		return parentJSON{}, err
	}
	if err := v.house.Ventures.EndParent(v.ctx, v.actor.Person, v.org.ID, string(p.Parent), v.orToday(b.Ends)); err != nil {
		return parentJSON{}, err
	}
	return v.parentNow(string(p.Parent))
}

func (v *visit) parentNow(id string) (parentJSON, error) {
	all, err := v.house.Ventures.Parents(v.ctx, v.org.ID)
	if err != nil {
		return parentJSON{}, err
	}
	i := slices.IndexFunc(all, func(p venture.Parent) bool { return p.ID == id })
	if i < 0 {
		return parentJSON{}, fault.Errorf(fault.NotFound, "there are no terms %s of a parent", id)
	}
	return parentOf(all[i]), nil
}

type reserveJSON struct {
	Code      string              `json:"code" max:"40" doc:"Small letters, digits and hyphens."`
	Title     string              `json:"title" max:"100"`
	Text      string              `json:"text" max:"2000" doc:"What the venture may not decide alone."`
	Rule      venture.ConsentRule `json:"consent_rule" doc:"Whose consent it needs."`
	Threshold int                 `json:"threshold,omitempty" min:"0" max:"10000" doc:"Of shareholding in hundredths of a percent, of number in parents."`
	Named     []string            `json:"named,omitempty" max:"50" doc:"The parents named, by organisation."`
	Starts    law.Date            `json:"starts,omitzero" doc:"The first day; today where it is left out."`
}

// apiReserve reserves a matter: the venture then does not decide it alone.
func (v *visit) apiReserve(_ none, b reserveJSON) (matterJSON, error) {
	if _, _, err := v.ventureAsked(); err != nil {
		return matterJSON{}, err
	}
	id, err := v.house.Ventures.Reserve(v.ctx, v.actor.Person, v.org.ID, venture.Matter{
		Code: b.Code, Title: b.Title, Text: b.Text, Rule: b.Rule, Threshold: b.Threshold, Named: b.Named, Starts: v.orToday(b.Starts),
	})
	if err != nil {
		return matterJSON{}, err
	}
	return v.matterNow(id)
}

type matterParams struct {
	Matter uuid `path:"matter" doc:"The id of the matter."`
}

func (v *visit) apiRelease(p matterParams, b endsJSON) (matterJSON, error) {
	if _, _, err := v.ventureAsked(); err != nil {
		return matterJSON{}, err
	}
	if err := v.house.Ventures.Release(v.ctx, v.actor.Person, v.org.ID, string(p.Matter), v.orToday(b.Ends)); err != nil {
		return matterJSON{}, err
	}
	return v.matterNow(string(p.Matter))
}

func (v *visit) matterNow(id string) (matterJSON, error) {
	all, err := v.house.Ventures.Matters(v.ctx, v.org.ID)
	if err != nil {
		return matterJSON{}, err
	}
	i := slices.IndexFunc(all, func(m venture.Matter) bool { return m.ID == id })
	if i < 0 {
		return matterJSON{}, fault.Errorf(fault.NotFound, "there is no reserved matter %s", id)
	}
	return matterOf(all[i]), nil
}
