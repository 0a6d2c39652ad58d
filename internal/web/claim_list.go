package web

import (
	"net/http"

	"commonweal/internal/base/policy"
	claims "commonweal/internal/prove/claim"
	"commonweal/internal/web/page"
)

// claimRoutes are what was claimed for mutuals and what the evidence shows.
func (s *Server) claimRoutes() []route {
	const list = "GET /evidence/claims"
	return []route{
		{pattern: list, action: policy.EvidenceView, serve: s.claimList},
		{pattern: list + ".csv", action: policy.EvidenceExport, serve: s.claimListFile},
		{pattern: list + ".json", action: policy.EvidenceExport, serve: s.claimListFile},
		{pattern: list + "/{claim}", action: policy.EvidenceView, serve: s.claimShow},
		{pattern: "GET /evidence/specifications.csv", action: policy.EvidenceExport, serve: s.specificationsFile},
		{pattern: "GET /evidence/specifications.json", action: policy.EvidenceExport, serve: s.specificationsFile},
	}
}

type claimLine struct {
	page.LinkLine
	Claim claims.Claim
}

type claimListPage struct {
	Claims []claimLine
	Files  page.Links
}

// claimList says each claim and what the evidence comes to.
func (s *Server) claimList(v *visit) error {
	f := v.frame()
	f.Back = evidenceBack
	f.Kicker = "Open to everyone"
	f.Heading = "What is claimed, and what is shown"
	f.Sentence = "Six things are said of engaged staff and of mutuals. None is shown to hold for certain, none is refuted, and for each it is plain what would tell."
	p := claimListPage{Files: fileLinks("/evidence/claims", "", "All claims with their grades")}
	for _, c := range claims.All() {
		p.Claims = append(p.Claims, claimLine{page.LinkLine{Text: c.Words, Href: "/evidence/claims/" + c.ID}, c})
	}
	f.Data = p
	return v.show(http.StatusOK, "claim_list", f)
}

type gradeJSON struct {
	Verdict claims.Verdict `json:"verdict"`
	Reason  string         `json:"reason"`
}

type claimShownJSON struct {
	ID       string    `json:"id"`
	Claim    string    `json:"claim"`
	Shown    string    `json:"shown"`
	Counted  gradeJSON `json:"counted"`
	Compared gradeJSON `json:"compared"`
	Tested   gradeJSON `json:"tested"`
}

func (s *Server) claimListFile(v *visit) error {
	const name = "claims"
	var list []claimShownJSON
	out := newSheet("Claim", "In words", "What is shown", "Counted", "Why", "Compared", "Why", "Tested", "Why")
	for _, c := range claims.All() {
		list = append(list, claimShownJSON{c.ID, c.Words, c.Sentence, gradeJSON(c.Counted), gradeJSON(c.Compared), gradeJSON(c.Tested)})
		out.add(c.ID, c.Words, c.Sentence, string(c.Counted.Verdict), c.Counted.Reason, string(c.Compared.Verdict), c.Compared.Reason, string(c.Tested.Verdict), c.Tested.Reason)
	}
	if v.wantsJSON() {
		return v.sendJSON(name, list)
	}
	return v.sendCSV(name, out)
}

type specificationJSON struct {
	Name        string  `json:"name"`
	Why         string  `json:"why"`
	Estimate    float64 `json:"estimate"`
	SE          float64 `json:"se"`
	P           float64 `json:"p"`
	Low         float64 `json:"low"`
	High        float64 `json:"high"`
	Rows        int     `json:"rows"`
	AsPublished bool    `json:"as_published"`
}

func (s *Server) specificationsFile(v *visit) error {
	const name = "engagement-and-mortality"
	var list []specificationJSON
	out := newSheet("Specification", "What it changes", "Estimate", "Standard error", "p", "Likely from", "Likely to", "Rows", "As published")
	for _, c := range claims.CarriedSpecifications() {
		list = append(list, specificationJSON{c.Name, c.Why, c.Value, c.SE, c.P, c.Low, c.High, c.Rows, c.AsPublished})
		published := "no"
		if c.AsPublished {
			published = "yes"
		}
		out.add(c.Name, c.Why, decimals(c.Value, 4), decimals(c.SE, 4), decimals(c.P, 3), decimals(c.Low, 3), decimals(c.High, 3), number(c.Rows), published)
	}
	if v.wantsJSON() {
		return v.sendJSON(name, list)
	}
	return v.sendCSV(name, out)
}
