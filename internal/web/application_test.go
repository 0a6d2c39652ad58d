package web_test

import (
	"net/http"
	"testing"

	"commonweal/internal/own/member"
)

// Applications wait, the oldest first, with what the rule says of each; those
// whom it fits are admitted together in one entry, the others one by one.
func TestApplications(t *testing.T) {
	w := newTown(t)
	if _, err := w.House.Members.Apply(w.ctx, w.Secretary, "severn", member.Application{Person: w.Bela, Class: "staff", Effective: w.day("2026-11-10")}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.House.Members.Apply(w.ctx, w.Cato, "severn", member.Application{Person: w.Cato, Class: "staff", Effective: w.day("2026-11-15")}); err != nil {
		t.Fatal(err)
	}
	b := w.as(w.Secretary)
	b.get("/applications").want(http.StatusOK).says("Three applications wait. The rule fits two of them.",
		"Bela Kovacs Staff, applied 10 November. The rule does not fit Rule 6 does not fit: contract is bank, employment so far is 3 months.",
		"Dora Maddox", "Rule 6 fits: contract is permanent", "Admit two whom the rule fits")
	b.get("/membership").says("3 wait")
	b.get("/applications/admit").says("Dora Maddox", "Cato Lund").lacks("Bela")
	b.post("/applications/admit").want(http.StatusUnprocessableEntity).says("Tick those who are admitted.")
	b.post("/applications/admit", "person", w.Dora, "person", w.Bela).want(http.StatusConflict).says("Something has changed")
	next := b.post("/applications/admit", "person", w.Dora, "person", w.Cato).leads("/applications?entry=")
	b.get(next).says("They are admitted. It is entry", "One application waits. The rule fits none of them for certain.")
	b.get("/register").says("3 people are members today.")
	at := "/register/people/" + w.Bela
	b.post(at+"/admit", "class", "staff", "effective-day", "19", "effective-month", "11", "effective-year", "2026", "reviewed", "yes").want(http.StatusConflict).
		says("Rule 6 does not let this person into the class Staff")
	b.post(at + "/refuse").want(http.StatusUnprocessableEntity).says("Give a reason")
	b.through(at+"/refuse", "reason", "Three months of service").says("The application is refused.", "Application refused", "Three months of service")
	b.get("/applications").says("No application waits.", "Nothing waits")
	w.as(w.Bela).get("/membership").says("The application was refused on 19 November 2026 (reason given: Three months of service).")
	w.refused("/applications", "/applications/admit")
}

// Where a fact is missing the list names it, and the decision stands in its place.
func TestApplications_CannotTell(t *testing.T) {
	s := newSite(t)
	s.rules()
	ids := s.employs("1001,Amara,Okafor,amara@severn.example,Nursing and Midwifery Registered,Nurse,Alder House,,1.0,04/03/2019")
	if _, err := s.House.Members.Apply(s.ctx, ids["Amara"], "severn", member.Application{Person: ids["Amara"], Class: "staff", Effective: s.day("2026-11-10")}); err != nil {
		t.Fatal(err)
	}
	b := s.as(s.Secretary)
	b.get("/applications").says("We cannot tell", "rule 6 turns on what is not known: Which kind of contract is it?")
	b.through("/register/people/"+ids["Amara"]+"/admit", "class", "staff", "effective-day", "19", "effective-month", "11", "effective-year", "2026", "reason", "Contract seen").says("Admitted. It is entry", "Is a member today")
}
