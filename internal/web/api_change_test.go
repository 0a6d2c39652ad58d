package web_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"commonweal/internal/own/member"
	"commonweal/internal/own/share"
)

// holders makes two members, a class of shares and a program of the secretary.
func holders(t *testing.T) (s *site, p *program, class, first string) {
	t.Helper()
	s = newSite(t)
	s.staffClass()
	p = s.program(s.Secretary)
	for _, name := range []string{"Wren", "Jory"} {
		person := s.person(name, "Ashby")
		if err := s.House.Members.AdmitAll(s.ctx, s.Secretary, "severn", member.Source{Register: "the old register"}, []member.Entrant{
			{Person: person, Class: "staff", Effective: s.day("2025-01-01")},
		}); err != nil {
			t.Fatal(err)
		}
	}
	class, err := s.House.Shares.MakeClass(s.ctx, s.Secretary, "severn", share.Class{
		Code: "member", Name: "Member share", NominalPence: 100, Transferable: true, MaxHoldingPence: 1000, Starts: s.day("2024-04-01"),
	})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := s.House.Members.Register(s.ctx, "severn", s.day("2026-11-19"))
	if err != nil || len(rows) == 0 {
		t.Fatalf("no members: %v", err)
	}
	return s, p, class, rows[0].MemberID
}

func (p *program) keyed(path, key, body string) reply {
	p.t.Helper()
	req := p.request(http.MethodPost, path, body)
	req.Header.Set("Idempotency-Key", key)
	return p.do(req)
}

func (s *site) entries() int {
	s.t.Helper()
	ledger, err := s.House.Shares.Ledger(s.ctx, "severn")
	if err != nil {
		s.t.Fatal(err)
	}
	return len(ledger.Entries())
}

// A program that does not know whether its request arrived sends it again, and
// shares are issued once.
func TestAPIIdempotencyKey(t *testing.T) {
	s, p, class, first := holders(t)
	issue := `{"class":"` + class + `","to":"` + first + `","quantity":1,"paid_pence":100}`
	const path = "/api/v1/shares/issue"
	one := p.keyed(path, "a", issue).want(http.StatusCreated)
	two := p.keyed(path, "a", issue).want(http.StatusCreated)
	if !bytes.Equal(one.Body, two.Body) || two.Header.Get("Idempotency-Replayed") != "true" || s.entries() != 1 {
		t.Errorf("sent twice: %d entries\n%s\n%s", s.entries(), one.Body, two.Body)
	}
	if wrong := p.keyed(path, "a", strings.Replace(issue, `"quantity":1`, `"quantity":2`, 1)).want(http.StatusUnprocessableEntity).problem(); wrong.Field != "Idempotency-Key" {
		t.Errorf("another request with the same key: %+v", wrong)
	}
	p.keyed(path, "b", issue).want(http.StatusCreated)
	if s.entries() != 2 {
		t.Errorf("another key is another request: %d entries", s.entries())
	}

	// What was refused changed nothing and can be sent again once it is possible.
	tooMany := strings.NewReplacer(`"quantity":1`, `"quantity":9`, `"paid_pence":100`, `"paid_pence":900`).Replace(issue)
	p.keyed(path, "c", tooMany).want(http.StatusConflict)
	p.keyed(path, "c", tooMany).want(http.StatusConflict)
	if _, err := s.House.Shares.Record(s.ctx, s.Secretary, "severn", share.Entry{
		Kind: share.Reverse, Reverses: lastEntry(s), Effective: s.day("2026-11-19"), Reason: "test",
	}); err != nil {
		t.Fatal(err)
	}
	p.keyed(path, "c", strings.NewReplacer(`"quantity":9`, `"quantity":8`, `900`, `800`).Replace(tooMany)).want(http.StatusCreated)

	// A day later the key is free.
	s.Clock.Advance(25 * time.Hour)
	before := s.entries()
	p.keyed(path, "a", strings.Replace(issue, `"quantity":1,"paid_pence":100`, `"quantity":1,"paid_pence":100`, 1)).want(http.StatusCreated)
	if s.entries() != before+1 {
		t.Error("the key of yesterday still answers")
	}
}

func lastEntry(s *site) string {
	s.t.Helper()
	ledger, err := s.House.Shares.Ledger(s.ctx, "severn")
	if err != nil {
		s.t.Fatal(err)
	}
	all := ledger.Entries()
	return all[len(all)-1].ID
}

// Ten of the same at once are one: the rest are told to wait, or get the answer.
func TestAPIIdempotencyKeyAtOnce(t *testing.T) {
	s, p, class, first := holders(t)
	issue := `{"class":"` + class + `","to":"` + first + `","quantity":1,"paid_pence":100}`
	statuses := make([]int, 10)
	var all sync.WaitGroup
	for i := range statuses {
		all.Go(func() {
			req := p.request(http.MethodPost, "/api/v1/shares/issue", issue)
			req.Header.Set("Idempotency-Key", "same")
			rec := httptest.NewRecorder()
			p.pages.ServeHTTP(rec, req)
			statuses[i] = rec.Code
		})
	}
	all.Wait()
	for _, status := range statuses {
		if status != http.StatusCreated && status != http.StatusConflict {
			t.Errorf("got %v, want 201 or 409", statuses)
			break
		}
	}
	if s.entries() != 1 {
		t.Errorf("%d entries, want 1", s.entries())
	}
}

// How a body is sent.
func TestAPIBodies(t *testing.T) {
	s := newSite(t)
	p := s.program(s.Secretary)
	const path = "/api/v1/law/rules/society.members.minimum/evaluate"
	for name, c := range map[string]struct {
		media, body string
		status      int
	}{
		"a form":          {"application/x-www-form-urlencoded", "facts=1", http.StatusUnsupportedMediaType},
		"no kind":         {"", `{"facts":{}}`, http.StatusUnsupportedMediaType},
		"plain text":      {"text/plain", `{"facts":{}}`, http.StatusUnsupportedMediaType},
		"with a charset":  {"application/json; charset=utf-8", `{"facts":{}}`, http.StatusOK},
		"a megabyte more": {"application/json", `{"facts":{"x":"` + strings.Repeat("x", 1<<20) + `"}}`, http.StatusRequestEntityTooLarge},
		"nothing":         {"application/json", "", http.StatusUnprocessableEntity},
	} {
		t.Run(name, func(t *testing.T) {
			req := p.request(http.MethodPost, path, c.body)
			req.Header.Set("Content-Type", c.media)
			r := p.do(req)
			if r.Status != c.status || c.status >= 400 && r.problem().Remedy == "" {
				t.Errorf("got %d %s", r.Status, r.Body)
			}
		})
	}
}

// Programs that change things too fast are told when to go on.
func TestAPIThrottles(t *testing.T) {
	s := newSite(t)
	p := s.program(s.Secretary)
	for i := range 400 {
		r := p.post("/api/v1/members/0193a6f2-7c1e-7d3a-9b57-0a8c4c2f1e60/expel", `{"reason":"x"}`)
		if r.Status == http.StatusTooManyRequests {
			if i < 300 || r.Header.Get("Retry-After") != "1" || r.problem().Kind != "throttled" {
				t.Errorf("after %d: Retry-After %q, %s", i, r.Header.Get("Retry-After"), r.Body)
			}
			s.Clock.Advance(time.Second)
			if r := p.post("/api/v1/members/0193a6f2-7c1e-7d3a-9b57-0a8c4c2f1e60/expel", `{"reason":"x"}`); r.Status == http.StatusTooManyRequests {
				t.Error("still throttled after the time that was said")
			}
			return
		}
	}
	t.Error("400 changes at once were let through")
}

// What belongs to another organisation is not there, whoever asks with whatever
// scope.
func TestAPIOtherOrganisation(t *testing.T) {
	s, p, _, first := holders(t)
	mair := s.elsewhere()
	token, _, err := s.House.Identity.CreateToken(s.ctx, "usk", mair, "test", []string{"read:register", "write:register", "read:shares", "write:shares", "read:staff", "read:record"}, s.day("2027-01-31"))
	if err != nil {
		t.Fatal(err)
	}
	other := &program{s, token}
	var members struct{ Items []struct{ Person string } }
	p.get("/api/v1/members").want(http.StatusOK).into(&members)
	if len(members.Items) != 2 {
		t.Fatalf("severn has %d members, want 2", len(members.Items))
	}
	ours := members.Items[0].Person
	other.get("/api/v1/members/" + ours).want(http.StatusNotFound)
	for _, change := range []string{"admit", "refuse"} {
		if r := other.post("/api/v1/applications/"+ours+"/"+change, `{"class":"staff","reason":"x"}`); r.Status < 400 {
			t.Errorf("%s: %d %s", change, r.Status, r.Body)
		}
	}
	for _, path := range []string{"/api/v1/members", "/api/v1/shares/entries", "/api/v1/shares/holdings", "/api/v1/staff", "/api/v1/register", "/api/v1/record/entries"} {
		body := string(other.get(path).want(http.StatusOK).Body)
		if strings.Contains(body, ours) || strings.Contains(body, first) || strings.Contains(body, "Ashby") {
			t.Errorf("%s shows another organisation's: %s", path, body)
		}
	}
}

// A token does no more than its scopes, and never what tokens may not do at all.
func TestAPIScopes(t *testing.T) {
	s, _, class, first := holders(t)
	reader := s.program(s.Secretary, "read:shares", "read:register")
	reader.get("/api/v1/shares/entries").want(http.StatusOK)
	body := `{"class":"` + class + `","to":"` + first + `","quantity":1,"paid_pence":100}`
	if p := reader.post("/api/v1/shares/issue", body).want(http.StatusForbidden).problem(); p.Rule != "token_scope" || !strings.Contains(p.Message, "write:shares") {
		t.Errorf("got %+v", p)
	}
	if s.entries() != 0 {
		t.Error("it was done all the same")
	}
	// The pages take no token.
	req := reader.request(http.MethodGet, "/shares", "")
	if r := reader.do(req); r.Status == http.StatusOK {
		t.Error("a token opens a page")
	}
}

// What was recorded about a member and why is for whoever keeps the register:
// the returning officer sees that somebody is a member, and no more.
func TestAPIMemberForTheReturningOfficer(t *testing.T) {
	s, p, _, _ := holders(t)
	var members struct{ Items []struct{ Person string } }
	p.get("/api/v1/members").want(http.StatusOK).into(&members)
	officer := s.program(s.officer("returning_officer"))
	for who, c := range map[*program]bool{p: true, officer: false} {
		var m struct{ Facts []struct{} }
		who.get("/api/v1/members/" + members.Items[0].Person).want(http.StatusOK).into(&m)
		if (len(m.Facts) > 0) != c {
			t.Errorf("%d facts are shown", len(m.Facts))
		}
	}
}

func TestAPIPage(t *testing.T) {
	s := newSite(t)
	page := s.as("").get("/api").want(http.StatusOK)
	page.says("For programs", "Make a token", "curl http://mutual.example/api/v1/organisation", "read:register", "The members on a day", "every member and officer, but not a platform administrator")
	// The example works as it stands.
	(&program{site: s}).get("/api/v1/organisation").want(http.StatusOK)
}
