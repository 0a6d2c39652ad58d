package web_test

import (
	"net/http"
	"strings"
)

// What TestAPIEveryOperation asks about the rules: classes, shares, ventures.

// ruleBook writes three classes: of staff on application, of bank staff without
// asking, and of patients, whose membership rests on consent.
func (c *caller) ruleBook() {
	c.t.Helper()
	staff := `{"code":"staff","name":"Staff","kind":"staff","eligibility":%q,"admission":"application","leaving":"employment","grace_days":28,
		"leaving_reference":"rule 14","votes":1,"position":1,"starts":"2024-04-01"}`
	var preview struct{ On string }
	c.posts("/api/v1/classes/preview", http.StatusOK, staff, `category == "permanent"`).into(&preview)
	if preview.On != "2026-11-19" {
		c.t.Errorf("the preview is of %s", preview.On)
	}
	if p := c.posts("/api/v1/classes", http.StatusUnprocessableEntity, staff, `colour == "red"`).problem(); p.Field != "eligibility" || !strings.Contains(p.Message, "colour") {
		c.t.Errorf("a rule about nothing: %+v", p)
	}
	c.posts("/api/v1/classes", http.StatusOK, staff, `category == "permanent"`)
	c.posts("/api/v1/classes", http.StatusOK, `{"code":"bank","name":"Bank staff","kind":"staff","eligibility":"category == \"bank\"","admission":"automatic",
		"leaving":"eligibility","grace_days":0,"votes":1,"position":2,"starts":"2024-04-01"}`)
	c.posts("/api/v1/classes", http.StatusOK, `{"code":"patients","name":"Patients","kind":"patient","admission":"rule",
		"leaving":"keeps","grace_days":0,"votes":1,"position":3,"starts":"2024-04-01"}`)
	parts := `{"starts":"2024-04-01","constituencies":[{"code":"nursing","name":"Nursing","rule":"staff_group == \"Nursing and midwifery\""},{"code":"others","name":"Others","rule":%q}]}`
	c.posts("/api/v1/classes/staff/constituencies/preview", http.StatusOK, parts, `employed`)
	if p := c.posts("/api/v1/classes/staff/constituencies", http.StatusUnprocessableEntity, parts, `employed &&`).problem(); p.Field != "constituencies[1].rule" {
		c.t.Errorf("half a rule: %+v", p)
	}
	c.posts("/api/v1/classes/staff/constituencies", http.StatusOK, parts, `employed`)
	c.reads("/api/v1/classes")
}

// shareClasses makes three classes of shares, and one that is closed.
func (c *caller) shareClasses() (member, withdrawable, pound string) {
	c.t.Helper()
	made := func(body string) string {
		c.t.Helper()
		var class struct{ ID string }
		c.posts("/api/v1/shares/classes", http.StatusCreated, "%s", body).into(&class)
		return class.ID
	}
	member = made(`{"code":"member","name":"Member share","nominal_pence":100,"transferable":true,"max_holding_pence":500,"starts":"2024-04-01"}`)
	withdrawable = made(`{"code":"loan","name":"Withdrawable share","nominal_pence":100,"withdrawable":true,"max_holding_pence":500,"starts":"2024-04-01"}`)
	pound = made(`{"code":"pound","name":"One-pound share","nominal_pence":100,"cancels_on_leaving":true,"max_holding_pence":100,"starts":"2024-04-01"}`)
	mistaken := made(`{"code":"mistake","name":"Mistaken share","nominal_pence":100}`)
	var closed struct{ Ends string }
	c.posts("/api/v1/shares/classes/"+mistaken+"/close", http.StatusOK, `{"ends":"2026-11-30"}`).into(&closed)
	if closed.Ends != "2026-11-30" {
		c.t.Errorf("closed from %q", closed.Ends)
	}
	if p := c.posts("/api/v1/shares/classes", http.StatusUnprocessableEntity, `{"code":"dear","name":"Dear","nominal_pence":100,"max_holding_pence":1}`).problem(); p.Field != "max_holding_pence" {
		c.t.Errorf("a limit below one share: %+v", p)
	}
	return member, withdrawable, pound
}

// venture sets and ends the terms of a parent, and reserves and releases a matter.
func (c *caller) venture() {
	c.t.Helper()
	c.posts("/api/v1/venture/parents", http.StatusNotFound, `{"organisation":"severn","shareholding_basis_points":1,"board_seats":1}`) // severn is no venture
	_, joint, secretary := c.program.site.jointVenture()
	carys := c.of(joint.ID, secretary)
	if p := carys.posts("/api/v1/venture/parents", http.StatusUnprocessableEntity, `{"organisation":"nowhere","shareholding_basis_points":5100,"board_seats":3}`).problem(); p.Field != "organisation" {
		c.t.Errorf("a parent that is not there: %+v", p)
	}
	var parent, matter struct{ ID, Ends string }
	carys.posts("/api/v1/venture/parents", http.StatusCreated, `{"organisation":"severn","shareholding_basis_points":5100,"board_seats":3,"starts":"2026-05-01"}`).into(&parent)
	carys.posts("/api/v1/venture/matters", http.StatusCreated, `{"code":"sale","title":"Sale of the undertaking","text":"All of it or most of it.","consent_rule":"every_parent","starts":"2026-05-01"}`).into(&matter)
	carys.reads("/api/v1/venture/parents")
	carys.reads("/api/v1/venture/matters")
	carys.posts("/api/v1/venture/matters/"+matter.ID+"/release", http.StatusOK, `{"ends":"2026-12-01"}`).into(&matter)
	carys.posts("/api/v1/venture/parents/"+parent.ID+"/end", http.StatusOK, `{"ends":"2026-12-31"}`).into(&parent)
	if matter.Ends != "2026-12-01" || parent.Ends != "2026-12-31" {
		c.t.Errorf("ended on %q and %q", matter.Ends, parent.Ends)
	}
}
