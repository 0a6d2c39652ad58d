package web

import (
	"commonweal/internal/own/member"
	"commonweal/law"
)

type classJSON struct {
	Code           string             `json:"code"`
	Name           string             `json:"name"`
	Kind           member.Kind        `json:"kind"`
	Eligibility    string             `json:"eligibility" doc:"The rule for who may belong, in CEL; empty lets in everybody of the kind."`
	Admission      member.Admission   `json:"admission" doc:"How people come in: on application, by rule once they apply, or without asking."`
	Leaving        member.Leaving     `json:"leaving" doc:"What ends a membership without anybody's decision."`
	GraceDays      int                `json:"grace_days" doc:"Days between that and the end."`
	Votes          int                `json:"votes" doc:"Of one member."`
	Reference      string             `json:"reference,omitempty" doc:"Where the rule-book has the rule."`
	Starts         law.Date           `json:"starts" doc:"The first day of this version."`
	Constituencies []constituencyJSON `json:"constituencies" doc:"By position: where two rules fit, the first wins."`
}

type constituencyJSON struct {
	Code      string   `json:"code"`
	Name      string   `json:"name"`
	Rule      string   `json:"rule" doc:"Who belongs, in CEL."`
	Reference string   `json:"reference,omitempty"`
	Position  int      `json:"position"`
	Starts    law.Date `json:"starts"`
}

type classesParams struct {
	dayParams
	pageParams
}

func (v *visit) apiClasses(p classesParams) (list[classJSON], error) {
	book, err := v.house.Members.Book(v.ctx, v.org.ID)
	if err != nil {
		return list[classJSON]{}, err
	}
	var out []classJSON
	for _, c := range book.Classes(p.day(v)) {
		x := classJSON{
			Code: c.Code, Name: c.Name, Kind: c.Kind, Eligibility: c.Eligibility, Admission: c.Admission, Leaving: c.Leaving,
			GraceDays: c.GraceDays, Votes: c.Votes, Reference: c.EligibilityRef, Starts: c.Starts,
		}
		for _, k := range book.Constituencies(c.Code, p.day(v)) {
			x.Constituencies = append(x.Constituencies, constituencyJSON{k.Code, k.Name, k.Rule, k.Ref, k.Position, k.Starts})
		}
		out = append(out, x)
	}
	return pageOf(p.pageParams, "classes", out, func(c classJSON) string { return c.Code })
}
