package web_test

import (
	"net/http"
	"strings"
)

// What TestAPIEveryOperation asks about people: the staff list, who comes and
// goes, requests to inspect.

// staffList reads the list that was applied, and asks how such lists are read.
func (c *caller) staffList(applied string) (wren, jory, ines string) {
	c.t.Helper()
	var page struct {
		Items []struct{ Person, Family string }
		Next  string
	}
	c.reads("/api/v1/staff?limit=2").into(&page)
	wren, jory = page.Items[0].Person, page.Items[1].Person
	cursor := page.Next
	page.Next = ""
	c.reads("/api/v1/staff?cursor=" + cursor).into(&page)
	ines = page.Items[0].Person
	if page.Items[0].Family != "Yarrow" || page.Next != "" {
		c.t.Errorf("the second page: %+v", page)
	}
	c.posts("/api/v1/staff/search", http.StatusOK, `{"search":"quill"}`).into(&page)
	if len(page.Items) != 1 || page.Items[0].Person != jory {
		c.t.Errorf("found %+v", page.Items)
	}
	c.reads("/api/v1/staff/people/" + wren)
	c.reads("/api/v1/staff/imports/" + applied + "/people")

	var up struct{ Upload string }
	c.sends("/api/v1/staff/uploads?as_at=2026-11-19", "text/csv", strings.Replace(apiStaffList, "Wren", "Wrenna", 1), http.StatusOK).into(&up)
	var waiting struct{ Items []struct{ Upload string } }
	c.reads("/api/v1/staff/uploads").into(&waiting)
	if len(waiting.Items) != 1 || waiting.Items[0].Upload != up.Upload {
		c.t.Errorf("waiting: %+v", waiting)
	}
	c.posts("/api/v1/staff/uploads/"+up.Upload+"/discard", http.StatusOK, `{}`)
	c.posts("/api/v1/staff/uploads/"+up.Upload+"/discard", http.StatusNotFound, `{}`)

	c.posts("/api/v1/staff/profiles/propose", http.StatusOK, `{"headings":["Employee Number","First Name","Surname","Start Date","NI Number"]}`)
	profile := `{"name":"Payroll","columns":{"employee_number":["Payroll no"],"given":["Forename"],"family":["Surname"],"start":["Began"],%q:["Post title"]},"date_forms":["dd/MM/yyyy"]}`
	if p := c.posts("/api/v1/staff/profiles", http.StatusUnprocessableEntity, profile, "colour").problem(); p.Field != "columns.colour" {
		c.t.Errorf("a field that there is not: %+v", p)
	}
	c.posts("/api/v1/staff/profiles", http.StatusOK, profile, "role")
	c.reads("/api/v1/staff/profiles")
	c.sends("/api/v1/staff/uploads?as_at=2026-11-19", "text/csv", "Payroll no,Forename,Surname,Began,Post title\r\n1001,Wren,Ashby,01/02/2021,Nurse\r\n", http.StatusOK)
	return wren, jory, ines
}

// comeAndGo has a private person join and take consent back, one of the bank opt
// out and in, an application taken back, and a mistaken fact struck out.
func (c *caller) comeAndGo(jory, ines string) {
	c.t.Helper()
	var pia struct{ Person, Email string }
	c.posts("/api/v1/people", http.StatusCreated, `{"given":"Pia","family":"Tansy","email":"pia@example.org"}`).into(&pia)
	c.posts("/api/v1/people/"+pia.Person, http.StatusOK, `{"given":"Pia","family":"Tansey","postal_address":"2 Ferry Lane\nLydney"}`)
	var found struct {
		Items []struct{ Person, Family string }
	}
	c.posts("/api/v1/people/search", http.StatusOK, `{"search":"tans"}`).into(&found)
	if len(found.Items) != 1 || found.Items[0].Family != "Tansey" {
		c.t.Errorf("found %+v", found.Items)
	}
	hers := c.as(pia.Person)
	var wording struct{ Version string }
	hers.reads("/api/v1/consent-wording").into(&wording)
	if p := hers.posts("/api/v1/me/membership/apply", http.StatusUnprocessableEntity, `{"class":"patients","consent":"yes","area":"GL15"}`).problem(); p.Field != "consent" {
		c.t.Errorf("consent to nothing: %+v", p)
	}
	var status struct{ State, Class string }
	hers.posts("/api/v1/me/membership/apply", http.StatusOK, `{"class":"patients","consent":%q,"area":"GL15"}`, wording.Version).into(&status)
	if status.State != "member" {
		c.t.Fatalf("Pia is %+v", status)
	}
	hers.posts("/api/v1/me/consent/withdraw", http.StatusOK, `{}`).into(&status)
	if status.State != "ended" {
		c.t.Errorf("without consent she is %+v", status)
	}

	hers = c.as(ines)
	hers.posts("/api/v1/me/membership/opt-out", http.StatusOK, `{"class":"bank"}`).into(&status)
	if status.State == "member" {
		c.t.Errorf("Ines opted out and is %+v", status)
	}
	hers.posts("/api/v1/me/membership/opt-in", http.StatusOK, `{"class":"bank"}`).into(&status)
	if status.State != "member" || status.Class != "bank" {
		c.t.Errorf("Ines opted in and is %+v", status)
	}
	hers.posts("/api/v1/me/membership/opt-out", http.StatusOK, `{"class":"bank"}`)

	var file struct {
		Facts []struct{ ID, Kind string }
	}
	c.posts("/api/v1/members/"+jory+"/expel", http.StatusOK, `{"reason":"Meant for somebody else."}`)
	c.reads("/api/v1/members/" + jory).into(&file)
	wrong := file.Facts[len(file.Facts)-1]
	if wrong.Kind != "expel" {
		c.t.Fatalf("the last fact is %+v", wrong)
	}
	c.posts("/api/v1/members/"+jory+"/facts/"+wrong.ID+"/void", http.StatusOK, `{"reason":"It was another Jory."}`).into(&status)
	if status.State != "member" {
		c.t.Errorf("Jory is %+v", status)
	}
	his := c.as(c.program.site.person("Rufus", "Moon"))
	his.posts("/api/v1/me/membership/apply", http.StatusOK, `{"class":"staff"}`)
	his.posts("/api/v1/me/membership/apply/withdraw", http.StatusOK, `{}`).into(&status)
	his.posts("/api/v1/me/membership/apply/withdraw", http.StatusConflict, `{}`)
}

// inspections asks to inspect the register in four ways and deals with each.
func (c *caller) inspections(hers *caller) {
	c.t.Helper()
	public := c.anybody()
	public.reads("/api/v1/inspection/terms")
	if p := public.posts("/api/v1/inspection", http.StatusForbidden, `{"as":"anyone","name":"Petra Vance","email":"petra@example.org"}`).problem(); !strings.Contains(p.Message, "its members") {
		c.t.Errorf("the law opens a society's register to few: %+v", p)
	}
	type asked struct{ ID, State string }
	ask := func(by *caller, as string) string {
		c.t.Helper()
		var a asked
		by.posts("/api/v1/inspection", http.StatusCreated, `{"as":%q,"name":"Petra Vance","email":"petra@example.org"}`, as).into(&a)
		return a.ID
	}
	shown, refused, back := ask(public, "interested"), ask(public, "interested"), ask(hers, "member")
	c.reads("/api/v1/inspections?open=true")
	var one struct {
		State, Name string
		Grounds     []struct{ ID string }
	}
	c.reads("/api/v1/inspections/" + refused).into(&one)
	if len(one.Grounds) == 0 {
		c.t.Fatal("no ground to refuse on")
	}
	c.posts("/api/v1/inspections/"+refused+"/refuse", http.StatusUnprocessableEntity, `{"ground":"king"}`)
	c.posts("/api/v1/inspections/"+refused+"/refuse", http.StatusOK, `{"ground":%q,"note":"Ask again as a member."}`, one.Grounds[0].ID)
	c.posts("/api/v1/inspections/"+back+"/court", http.StatusConflict, `{}`) // a society asks no court
	c.posts("/api/v1/inspections/"+back+"/withdraw", http.StatusOK, `{"note":"She saw it on the page."}`)
	c.posts("/api/v1/inspections/"+shown+"/answer", http.StatusUnprocessableEntity, `{"means":"copied"}`) // a right to look, and none to a copy
	answer := string(c.posts("/api/v1/inspections/"+shown+"/answer", http.StatusOK, `{"means":"shown"}`).Body)
	if !strings.Contains(answer, "Jory Quill") || strings.Contains(answer, `"shares"`) {
		c.t.Errorf("shown: %s", answer)
	}
	c.posts("/api/v1/inspections/"+shown+"/answer", http.StatusConflict, `{"means":"shown"}`)
	var receipt asked
	body := public.reads("/api/v1/inspection/" + shown)
	if body.into(&receipt); receipt.State != "closed" || strings.Contains(string(body.Body), "Petra") {
		c.t.Errorf("the receipt: %s", body.Body)
	}
	hers.posts("/api/v1/inspections/"+shown+"/answer", http.StatusForbidden, `{"means":"shown"}`)

	// A company may ask the court: Companies Act 2006, s.117(1)(b).
	company := c.program.site.company()
	petra := c.of("wye", company)
	var a asked
	petra.posts("/api/v1/inspection", http.StatusCreated, `{"as":"anyone","name":"Petra Vance","address":"3 Lantern Row","purpose":"To sell insurance","shared":"no"}`).into(&a)
	petra.posts("/api/v1/inspections/"+a.ID+"/court", http.StatusOK, `{"note":"Heard on 3 December."}`)
}
