package web_test

import (
	"net/http"
	"strings"
	"testing"

	"commonweal/internal/base/policy"
	"commonweal/internal/own/member"
	"commonweal/internal/own/staff"
)

// The sentence is made from the figures, and each test of law says how it stands.
func TestControl(t *testing.T) {
	w := newTown(t)
	b := w.as(w.Secretary)
	b.get("/control").want(http.StatusOK).says("Employees are 1 of 1 member and hold 1 of 1 vote. Nothing that is known today would make a test lapse within a year.",
		"100% of members are employees: 1 of 1", "Employees are most of the members and hold most of the votes", "Met", "No membership and no employment of a member is known to end within a year.",
		"See these figures as a table").contains("/law/control.members", "<svg")
	w.as(w.Amara).get("/control").want(http.StatusOK)
	w.as(w.officer(policy.Regulator)).get("/control").want(http.StatusOK)
	w.as(w.Bela).get("/control").want(http.StatusForbidden)
	w.as("").get("/control").leads("/sign-in")
	csv := b.get("/control.csv").want(http.StatusOK).contains("Day,Forecast,Members", "2026-11-30,yes,1,1,1,1,0")
	if got := csv.Header.Get("Content-Disposition"); got != `attachment; filename="control-severn-2026-11-19.csv"` {
		t.Errorf("the file is sent as %s", got)
	}
}

// A test that known leaving dates will break is warned of before, with the day;
// who leaves is named only to those who may see entries.
func TestControl_WarnsBeforeItLapses(t *testing.T) {
	w := newTown(t)
	for _, c := range []string{w.Edie} {
		_, err := w.House.Members.Apply(w.ctx, c, "severn", member.Application{Person: c, Class: "patients", Effective: w.day("2026-11-01"), Consent: "2026-1", Area: "NP16"})
		if err != nil {
			t.Fatal(err)
		}
		w.admit(c, "patients", "2026-11-02", "")
	}
	w.admit(w.Cato, "staff", "2026-11-01", "on paper")
	text := "Employee Number,First Name,Last Name,Email Address,Staff Group,Role,Location,Assignment Category,FTE,Latest Start Date,Leaving Date\n" +
		"1001,Amara,Okafor,amara@severn.example,Nursing and Midwifery Registered,District Nurse,Alder House,Permanent,1.0,04/03/2019,30/11/2026\n" +
		"1003,Cato,Lund,cato@severn.example,Administrative and Clerical,Clerk,Ferry Lane,Permanent,1.0,01/02/2020,\n"
	_, err := w.House.Staff.Import(w.ctx, w.Secretary, staff.List{
		Org: "severn", Employer: "severn", AsAt: w.day("2026-11-18"), File: strings.NewReader(text), Size: int64(len(text)), Name: "staff.csv", Profile: "local",
	}, staff.Confirmed)
	if err != nil {
		t.Fatal(err)
	}
	w.as(w.Secretary).get("/control").says("A test of law is known to lapse on 1 December", "lapses on 1 December if nothing changes", "employees are 1 of 3 members", "Amara Okafor", "Dec 26 1 1")
	w.as(w.Cato).get("/control").says("Dec 26 1 1").lacks("Amara Okafor")
}

// Where there are no members the page says what it would show.
func TestControl_Empty(t *testing.T) {
	s := newSite(t)
	s.as(s.Secretary).get("/control").want(http.StatusOK).says("Nobody is a member today, so nobody controls it.", "There are no members yet")
}
