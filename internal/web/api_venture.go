package web

import (
	"commonweal/internal/own/venture"
	"commonweal/law"
)

type parentJSON struct {
	ID                      uuid     `json:"id"`
	Organisation            string   `json:"organisation"`
	ShareholdingBasisPoints int      `json:"shareholding_basis_points" min:"0" max:"10000" doc:"Hundredths of a percent of the whole."`
	BoardSeats              int      `json:"board_seats" min:"0"`
	Starts                  law.Date `json:"starts"`
	Ends                    law.Date `json:"ends,omitzero" doc:"The first day on which these terms do not hold."`
}

func parentOf(x venture.Parent) parentJSON {
	return parentJSON{uuid(x.ID), x.Org, x.ShareholdingBP, x.BoardSeats, x.Starts, x.Ends}
}

type ventureParams struct {
	dayParams
	pageParams
}

func (v *visit) apiParents(p ventureParams) (list[parentJSON], error) {
	all, err := v.house.Ventures.Parents(v.ctx, v.org.ID)
	if err != nil {
		return list[parentJSON]{}, err
	}
	var out []parentJSON
	for _, x := range venture.On(all, p.day(v)) {
		out = append(out, parentOf(x))
	}
	return pageOf(p.pageParams, "parents", out, func(x parentJSON) string { return x.Organisation + " " + string(x.ID) })
}

type matterJSON struct {
	ID        uuid                `json:"id"`
	Code      string              `json:"code"`
	Title     string              `json:"title"`
	Text      string              `json:"text"`
	Rule      venture.ConsentRule `json:"consent_rule" doc:"Whose consent it needs."`
	Threshold int                 `json:"threshold,omitempty" doc:"Of shareholding in hundredths of a percent, of number in parents."`
	Named     []string            `json:"named" doc:"The parents named, by organisation."`
	Starts    law.Date            `json:"starts"`
	Ends      law.Date            `json:"ends,omitzero"`
}

func matterOf(m venture.Matter) matterJSON {
	return matterJSON{uuid(m.ID), m.Code, m.Title, m.Text, m.Rule, m.Threshold, m.Named, m.Starts, m.Ends}
}

func (v *visit) apiMatters(p ventureParams) (list[matterJSON], error) {
	all, err := v.house.Ventures.Matters(v.ctx, v.org.ID)
	if err != nil {
		return list[matterJSON]{}, err
	}
	var out []matterJSON
	for _, m := range all {
		if m.Holds(p.day(v)) {
			out = append(out, matterOf(m))
		}
	}
	return pageOf(p.pageParams, "matters", out, func(m matterJSON) string { return m.Code + " " + string(m.ID) })
}
