package web_test

import (
	"fmt"
	"net/http"
	"strings"

	"commonweal/internal/base/policy"
)

// surveys is what TestAPIEveryOperation asks about surveys, in a mutual of its own with
// one that is over.
func (c *caller) surveys() {
	c.t.Helper()
	l := newListening(c.t)
	l.everybody(12)
	l.over()
	one := l.caller(l.People[0])
	one.called = c.called
	const at = "/api/v1/surveys/" + surveyCode
	one.reads("/api/v1/surveys")
	one.reads(at)
	one.anybody().reads(at + "/check")
	one.anybody().reads(at + "/counted/1")
	c.surveyPlans()
	c.actions()
	c.friends()
}

// surveyPlans drafts, calls, reminds and abandons a survey, and brings one in.
func (c *caller) surveyPlans() {
	c.t.Helper()
	l := newListening(c.t)
	lead := l.caller(l.Lead)
	lead.called = c.called
	const plans = "/api/v1/survey-plans"
	lead.reads(plans)
	draft := `{"code":"winter","title":"Winter pulse","kind":"pulse","about":"How it is.","instrument":"nhs-pulse","census":"2026-11-18","opens":"2026-11-20","closes":"2026-12-04","paper":true}`
	lead.posts(plans, http.StatusUnprocessableEntity, `{"code":"winter","title":"Winter pulse","kind":"pulse"}`)
	lead.posts(plans, http.StatusCreated, "%s", draft)
	lead.posts(plans+"/winter", http.StatusOK, "%s", strings.Replace(draft, "Winter pulse", "The winter's pulse", 1))
	lead.reads(plans + "/winter")
	lead.posts(plans+"/winter/call", http.StatusOK, `{}`)
	lead.reads(plans + "/" + surveyCode + "/response")
	lead.posts(plans+"/"+surveyCode+"/reminders", http.StatusOK, `{}`)
	lead.posts(plans+"/"+surveyCode+"/slips", http.StatusCreated, `{"slips":12}`)
	lead.posts(plans+"/winter/abandon", http.StatusOK, `{"reason":"Another firm asks."}`)

	var file strings.Builder
	file.WriteString("team,q2a,q2b,q2c,q3c,q3d,q3f,q25a,q25c,q25d\n")
	for i := range 30 {
		fmt.Fprintf(&file, "wards")
		for q := range 9 {
			fmt.Fprintf(&file, ",%d", 1+(i+q)%5)
		}
		file.WriteString("\n")
	}
	text := strings.ReplaceAll(file.String(), "\n", `\n`)
	lead.posts(plans+"/brought", http.StatusUnprocessableEntity, `{"code":"old","title":"Old","kind":"annual","instrument":"nhs-engagement","asked_by":"A firm","opens":"2025-10-01","closes":"2025-11-01","answers":"colour\nred\n"}`)
	lead.posts(plans+"/brought", http.StatusCreated, `{"code":"old","title":"Old","kind":"annual","instrument":"nhs-engagement","asked_by":"A firm","opens":"2025-10-01","closes":"2025-11-01","answers":"%s"}`, text)
}

// actions agrees an action upon a finding, reports on it and answers it.
func (c *caller) actions() {
	c.t.Helper()
	a := newActing(c.t)
	lead, owner := a.caller(a.Lead), a.caller(a.Owner)
	lead.called, owner.called = c.called, c.called
	lead.reads("/api/v1/surveys/ns-2025/scores")
	lead.reads("/api/v1/surveys/ns-2025/answers")
	lead.posts("/api/v1/directorate-heads", http.StatusOK, `{"directorate":"surgery","name":"Surgery","person":%q}`, a.Director)
	lead.reads("/api/v1/directorate-heads")
	lead.posts("/api/v1/actions", http.StatusUnprocessableEntity, `{"survey":"ns-2025","about":"score","id":"E","title":"","doing":"","owner":%q,"due":"2027-03-01"}`, a.Owner)
	var made struct{ ID string }
	lead.posts("/api/v1/actions", http.StatusCreated, `{"survey":"ns-2025","about":"score","id":"E","title":"Cover breaks","doing":"A nurse covers.","owner":%q,"due":"2027-03-01"}`, a.Owner).into(&made)
	lead.reads("/api/v1/actions")
	at := "/api/v1/actions/" + made.ID
	owner.posts(at+"/steps", http.StatusOK, `{"kind":"begun","note":"A rota is out."}`)
	owner.reads(at)
	owner.posts(at+"/word", http.StatusOK, `{"says":"helped"}`)
}

// friends asks patients at a point, and closes a month.
func (c *caller) friends() {
	c.t.Helper()
	s := newSite(c.t)
	lead := s.caller(s.officer(policy.EngagementLead))
	lead.called = c.called
	lead.posts("/api/v1/friends/points", http.StatusOK, `{"code":"eye-clinic","name":"Eye clinic","setting":"outpatient","site_code":"RX101","site_name":"Ferry Lane","modes":["online","paper_discharge"],"languages":["en"],"opened":"2026-10-01"}`)
	lead.reads("/api/v1/friends/points")
	answer := `{"nonce":"0123456789abcdef0123456789abcdef","rating":1,"way":"online","language":"en"}`
	lead.anybody().posts("/api/v1/friends/eye-clinic/answers", http.StatusUnprocessableEntity, "%s", strings.Replace(answer, `"rating":1`, `"rating":9`, 1))
	lead.anybody().posts("/api/v1/friends/eye-clinic/answers", http.StatusOK, "%s", answer)
	lead.posts("/api/v1/friends/points/eye-clinic/cards", http.StatusCreated, `{"month":"2026-10","way":"paper_discharge","counts":[5,2,0,0,0,1]}`)
	lead.reads("/api/v1/friends/months")
	lead.posts("/api/v1/friends/points/eye-clinic/eligible", http.StatusOK, `{"month":"2026-10","patients":40}`)
	lead.posts("/api/v1/friends/points/eye-clinic/cards", http.StatusCreated, `{"month":"2026-10","way":"paper_discharge","counts":[1,0,0,0,0,0]}`)
	var stacks struct{ Items []struct{ ID string } }
	lead.reads("/api/v1/friends/months/2026-10/cards").into(&stacks)
	lead.posts("/api/v1/friends/months/2026-10/cards/nothing/strike", http.StatusNotFound, `{"reason":"x"}`)
	lead.posts("/api/v1/friends/months/2026-10/cards/"+stacks.Items[0].ID+"/strike", http.StatusOK, `{"reason":"It was keyed twice."}`)
	file := "point,month,way,answer,language,comment,publish\neye-clinic,2026-10,online,Good,en,,\n"
	lead.sends("/api/v1/friends/imports?dry_run=true", "text/csv", file, http.StatusOK)
	lead.sends("/api/v1/friends/imports", "text/csv", file, http.StatusOK)
	lead.sends("/api/v1/friends/imports", "text/csv", strings.Replace(file, "Good", "Likely", 1), http.StatusOK)
	lead.posts("/api/v1/friends/months/2026-10/close", http.StatusOK, `{}`)
	lead.reads("/api/v1/friends/past")
}
