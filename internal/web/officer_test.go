package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"commonweal/internal/base/policy"
)

// Everybody inside may see who holds which office; only some may change it.
func TestOfficers_WhoSeesAndWhoChanges(t *testing.T) {
	s := newSite(t)
	s.refused("/officers")
	director := s.as(s.officer(policy.Director))
	director.get("/officers").want(http.StatusOK).says("Two offices are filled today.", "Secretary Huw Prosser 1", "Director", "Appoint somebody").lacks("/officers/appoint/person")
	lead := s.as(s.officer(policy.EngagementLead))
	lead.get("/officers").want(http.StatusOK).lacks("Appoint somebody")
	lead.get("/officers/appoint").want(http.StatusForbidden).says("may appoint an officer")
	lead.post("/officers/appoint", "role", "director", "person", s.Secretary, "from", "2026-11-19").want(http.StatusForbidden)
	lead.post("/officers/appoint/person", "role", "director", "family", "Jones", "email", "j@x.example").want(http.StatusForbidden)
	// A director appoints the secretary and nobody else.
	director.get("/officers/appoint").want(http.StatusOK).says("Secretary", "Keeps the registers").lacks("Sits on the board")
	director.get("/officers/appoint?role=scrutineer").want(http.StatusUnprocessableEntity).says("Choose one of these offices.")
	director.post("/officers/appoint", "role", "scrutineer", "person", s.Secretary, "from", "2026-11-19").want(http.StatusForbidden)
}

// An appointment is asked for one question a page, reviewed, and recorded.
func TestOfficers_Appoint(t *testing.T) {
	s := newSite(t)
	ann := s.person("Ann", "Whitcombe")
	huw := s.as(s.Secretary)
	huw.get("/officers/appoint").want(http.StatusOK).says("Which office?", "Returning officer", "Runs elections and answers for them.").lacks("Platform administrator")
	huw.get("/officers/appoint?role=returning_officer").want(http.StatusOK).says("Appoint a returning officer", "Who?")
	huw.search("/officers/appoint", "whit", "role", "returning_officer").want(http.StatusOK).says("Ann Whitcombe", "ann.whitcombe@severn.example")
	huw.search("/officers/appoint", "zz", "role", "returning_officer").want(http.StatusOK).says("Nobody is found")
	step := "/officers/appoint?" + url.Values{"role": {"returning_officer"}, "person": {ann}}.Encode()
	huw.get(step).want(http.StatusOK).says("From when?")
	huw.get(step + "&from-day=31&from-month=4&from-year=2027").want(http.StatusUnprocessableEntity).says("31 April 2027 is not a date.")
	huw.get(step + "&from-day=1&from-month=4&from-year=2026").want(http.StatusUnprocessableEntity).says("The first day is past.")
	huw.get(step+"&from-day=1&from-month=12&from-year=2026").want(http.StatusOK).says("Check before you appoint", "Nothing is recorded yet.", "Ann Whitcombe", "1 December")
	huw.post("/officers/appoint", "role", "returning_officer", "person", ann, "from", "soon").want(http.StatusUnprocessableEntity).says("The first day is missing or past.")
	to := huw.post("/officers/appoint", "role", "returning_officer", "person", ann, "from", "2026-12-01").leads("/officers?done=appointed")
	huw.get(to).want(http.StatusOK).says("The appointment is made and recorded.", "Beginning later", "Ann Whitcombe 1 December")
	huw.get("/officers/nobody").want(http.StatusNotFound)
}

// Nobody appoints themselves, and offices that are kept apart are refused with
// the reason, in names and not in ids.
func TestOfficers_RefusesWithTheReason(t *testing.T) {
	s := newSite(t)
	huw := s.as(s.Secretary)
	at := func(role, person string) string {
		return "/officers/appoint?" + url.Values{"role": {role}, "person": {person}}.Encode()
	}
	huw.get(at("director", s.Secretary)).want(http.StatusConflict).says("Huw Prosser cannot be appointed", "Nobody appoints themselves.")
	huw.post("/officers/appoint", "role", "director", "person", s.Secretary, "from", "2026-11-19").want(http.StatusForbidden).says("Nobody appoints themselves.")
	director := s.officer(policy.Director)
	huw.get(at("scrutineer", director)).want(http.StatusConflict).says("Whoever watches an election takes no part in running it.")
	huw.post("/officers/appoint", "role", "scrutineer", "person", director, "from", "2026-11-19").want(http.StatusConflict).
		says("Olwen director cannot be scrutineer while they are director: Whoever watches").lacks("person " + director)
	huw.get(at("director", director)).want(http.StatusConflict).says("is director already, since 19 November.")
	huw.get(at("director", "nobody")).want(http.StatusNotFound)
}

// Somebody from outside is added on the way, with what is wrong said at the field.
func TestOfficers_AddsSomebodyFromOutside(t *testing.T) {
	s := newSite(t)
	huw := s.as(s.Secretary)
	form := []string{"role", "scrutineer", "given", "Idris", "family", "Cole"}
	huw.post("/officers/appoint/person", form...).want(http.StatusUnprocessableEntity).says("Give their e-mail address", "They are not known here yet")
	huw.post("/officers/appoint/person", append(form, "email", "no address")...).want(http.StatusUnprocessableEntity)
	huw.post("/officers/appoint/person", append(form, "email", "huw.prosser@severn.example")...).want(http.StatusUnprocessableEntity).says("Somebody here has this address already.")
	to := huw.post("/officers/appoint/person", append(form, "email", "idris@union.example")...).leads("/officers/appoint?person=")
	huw.get(to).want(http.StatusOK).says("From when?", "Idris Cole")
}

// An appointment ends at once or at the end of a day, after a last look; what
// was done in office cannot be undone by a date.
func TestOfficers_End(t *testing.T) {
	s := newSite(t)
	director := s.officer(policy.Director)
	huw := s.as(s.Secretary)
	list, err := s.House.Identity.AppointmentsOf(s.ctx, "severn", director)
	if err != nil {
		t.Fatal(err)
	}
	at := "/officers/" + list[0].ID
	huw.get(at).want(http.StatusOK).says("Has been director since 19 November.", "End this appointment")
	huw.get(at+"/end").want(http.StatusOK).says("When does it end?", "At once")
	huw.get(at + "/end?asked=yes").want(http.StatusUnprocessableEntity).says("Choose when it ends.")
	huw.get(at + "/end?when=later").want(http.StatusUnprocessableEntity).says("The last day is missing.")
	huw.get(at + "/end?when=later&last-day=1&last-month=1&last-year=2026").want(http.StatusUnprocessableEntity).says("The last day is past.")
	huw.get(at+"/end?when=later&last-day=31&last-month=12&last-year=2026").want(http.StatusOK).says("Check before you end it", "Last day 31 December")
	huw.post(at+"/end", "day", "2026-11-01").want(http.StatusUnprocessableEntity)
	huw.post(at+"/end", "day", "").want(http.StatusUnprocessableEntity).says("Choose when it ends.")
	to := huw.post(at+"/end", "day", "2027-01-01").leads("/officers?done=ended")
	huw.get(to).says("The end of the appointment is recorded.", "31 December")
	huw.get(at + "/end?when=later&last-day=31&last-month=12&last-year=2026").want(http.StatusUnprocessableEntity).says("It ends on 31 December already.")
	huw.post(at+"/end", "day", "2026-11-19").leads("/officers")
	huw.get(at).says("and the appointment was taken back.").lacks("End this appointment")
	huw.get(at + "/end").leads(at)
}

// Whoever holds an office may give it up; the last secretary is told first what
// that means.
func TestOfficers_GivesUpOnesOwn(t *testing.T) {
	s := newSite(t)
	lead := s.officer(policy.EngagementLead)
	list, err := s.House.Identity.AppointmentsOf(s.ctx, "severn", lead)
	if err != nil {
		t.Fatal(err)
	}
	b := s.as(lead)
	b.get("/officers/" + list[0].ID).says("Give up this office")
	own, err := s.House.Identity.AppointmentsOf(s.ctx, "severn", s.Secretary)
	if err != nil {
		t.Fatal(err)
	}
	b.get("/officers/" + own[0].ID).want(http.StatusOK).lacks("End this appointment")
	b.get("/officers/" + own[0].ID + "/end").want(http.StatusForbidden)
	s.as(s.Secretary).get("/officers/" + own[0].ID + "/end?when=now").want(http.StatusOK).says("After that there is no secretary")
	b.post("/officers/"+list[0].ID+"/end", "day", "2026-11-19").leads("/officers")
	if to := b.get("/officers").leads("/sign-in"); !strings.Contains(to, "next") {
		t.Errorf("leads to %s", to)
	}
}
