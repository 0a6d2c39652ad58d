package web_test

import (
	"net/http"
	"testing"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/law"
)

// joint makes a joint venture of severn and a hospital, and signs its secretary in.
func (s *site) joint() (*browser, identity.Organisation) {
	s.t.Helper()
	b, o, _ := s.jointVenture()
	return b, o
}

func (s *site) jointVenture() (*browser, identity.Organisation, string) {
	s.t.Helper()
	if _, _, err := s.House.Identity.CreateOrganisation(s.ctx, "setup", identity.Organisation{ID: "hospital", Name: "Marches Hospital", Kind: identity.Employer, Opened: s.day("2024-04-01")}); err != nil {
		s.t.Fatal(err)
	}
	o, people, err := s.House.Identity.CreateOrganisation(s.ctx, "setup", identity.Organisation{
		ID: "urgent", Name: "Border Urgent Care", Kind: identity.Mutual, LegalForm: string(law.JointVenture), Opened: s.day("2024-04-01"),
	}, identity.Setup{Person: identity.Person{Given: "Carys", Family: "Holloway", Email: "carys@urgent.example"}, Role: policy.Secretary})
	if err != nil {
		s.t.Fatal(err)
	}
	return s.of("urgent", people[0]), o, people[0]
}

// An organisation that is no joint venture says so, and has nothing to edit.
func TestVenture_Elsewhere(t *testing.T) {
	s := newSite(t)
	huw := s.as(s.Secretary)
	huw.get("/venture").want(http.StatusOK).says("This organisation is no joint venture", "Severn & Wye Community Health is a community benefit society.")
	huw.get("/venture/parents/new").want(http.StatusNotFound)
	huw.post("/venture/matters", "title", "x").want(http.StatusNotFound)
	s.refused("/venture", "/venture/parents/new", "/venture/matters/new")
}

// The parents, their terms, and the matters that are reserved to them.
func TestVenture_ParentsAndMatters(t *testing.T) {
	s := newSite(t)
	carys, _ := s.joint()
	carys.get("/venture").want(http.StatusOK).says("No parent is recorded on 19 November.", "No matter is reserved to the parents")
	starts := []string{"starts-day", "1", "starts-month", "5", "starts-year", "2026"}
	set := func(org, part, seats string) answer {
		return carys.post("/venture/parents", append([]string{"parent", org, "shareholding", part, "board_seats", seats}, starts...)...)
	}
	set("", "lots", "x").want(http.StatusUnprocessableEntity).says("There are three problems", "between 0 and 100", "Type the code of the organisation.")
	set("nowhere", "51", "3").want(http.StatusUnprocessableEntity).says("No organisation on this site has the code “nowhere”.")
	set("urgent", "51", "3").want(http.StatusUnprocessableEntity).says("cannot be its own parent")
	carys.get(set("severn", "51", "3").leads("/venture")).want(http.StatusOK).says("The terms are recorded. This is entry")
	set("hospital", "50", "2").want(http.StatusUnprocessableEntity).says("more than the whole")
	set("hospital", "33.33%", "2").leads("/venture")
	carys.get("/venture").want(http.StatusOK).says("Severn & Wye Community Health and Marches Hospital own Border Urgent Care, and fill five seats on its board.", "33.33%", "15.67% of it is held by none of them.", "1 May")
	carys.get("/venture?on=2026-01-01").want(http.StatusOK).says("No parent is recorded on 1 January.")

	matter := func(pairs ...string) answer {
		return carys.post("/venture/matters", append(append([]string{"title", "Closing a site", "text", "A site is closed only with consent."}, pairs...), starts...)...)
	}
	carys.get("/venture/matters/new").want(http.StatusOK).says("Whose consent does it need?", "Marches Hospital")
	matter().want(http.StatusUnprocessableEntity).says("Choose whose consent it needs.", "A site is closed only with consent.")
	matter("consent_rule", "shareholding").want(http.StatusUnprocessableEntity).says("Write the part that is needed in per cent, such as 75.")
	matter("consent_rule", "shareholding", "threshold", "90").want(http.StatusUnprocessableEntity).says("the parents together hold less than it asks for")
	matter("consent_rule", "named").want(http.StatusUnprocessableEntity).says("Tick the parents whose consent is needed.")
	carys.get(matter("consent_rule", "named", "named", "hospital").leads("/venture")).want(http.StatusOK).says("The matter is reserved.", "Needs the consent of Marches Hospital.", "Release it")
	matter("consent_rule", "every_parent").want(http.StatusUnprocessableEntity).says("A matter of that name is reserved already.")

	parents, err := s.House.Ventures.Parents(s.ctx, "urgent")
	if err != nil {
		t.Fatal(err)
	}
	end := "/venture/parents/" + parents[0].ID + "/end"
	carys.get(end).want(http.StatusOK).says("Does Severn & Wye Community Health leave?")
	carys.post(end, "ends-day", "1", "ends-month", "1", "ends-year", "2026").want(http.StatusUnprocessableEntity).says("cannot end on 1 January")
	carys.get(carys.post(end, "ends-day", "19", "ends-month", "11", "ends-year", "2026").leads("/venture")).says("The end is recorded.", "Marches Hospital owns Border Urgent Care", "Terms before and to come")

	matters, err := s.House.Ventures.Matters(s.ctx, "urgent")
	if err != nil {
		t.Fatal(err)
	}
	release := "/venture/matters/" + matters[0].ID + "/release"
	carys.get(release).want(http.StatusOK).says("Release “Closing a site”?")
	carys.post(release).want(http.StatusUnprocessableEntity).says("The day is missing. Add it.")
	carys.get(carys.post(release, "ends-day", "19", "ends-month", "11", "ends-year", "2026").leads("/venture")).says("The matter is released.", "Reserved before, or to come")
	carys.get("/venture/matters/x/release").want(http.StatusNotFound)
}
