package web_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/base/policy"
)

// program is a program that acts with an access token, or without one.
type program struct {
	*site
	token string
}

// program makes a token for a person, with scopes or with all there are.
func (s *site) program(person string, scopes ...string) *program {
	s.t.Helper()
	return s.programOf("severn", person, scopes...)
}

// programOf makes one for a person of any organisation.
func (s *site) programOf(org, person string, scopes ...string) *program {
	s.t.Helper()
	if len(scopes) == 0 {
		scopes = policy.Scopes()
	}
	token, _, err := s.House.Identity.CreateToken(s.ctx, org, person, "test", scopes, s.day("2027-06-30"))
	if err != nil {
		s.t.Fatal(err)
	}
	return &program{s, token}
}

func (p *program) request(method, path, body string) *http.Request {
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	if p.token != "" {
		req.Header.Set("Authorization", "Bearer "+p.token)
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/json")
	}
	return req
}

func (p *program) do(req *http.Request) reply {
	p.t.Helper()
	rec := httptest.NewRecorder()
	p.pages.ServeHTTP(rec, req)
	return reply{t: p.t, Status: rec.Code, Header: rec.Header(), Body: rec.Body.Bytes()}
}

func (p *program) get(path string) reply {
	p.t.Helper()
	return p.do(p.request(http.MethodGet, path, ""))
}

func (p *program) post(path, body string) reply {
	p.t.Helper()
	return p.do(p.request(http.MethodPost, path, body))
}

// reply is what came back to a program.
type reply struct {
	t      testing.TB
	Status int
	Header http.Header
	Body   []byte
}

func (r reply) want(status int) reply {
	r.t.Helper()
	if r.Status != status {
		r.t.Fatalf("got status %d, want %d:\n%s", r.Status, status, r.Body)
	}
	return r
}

// problem reads an answer that is no success.
func (r reply) problem() (p struct{ Kind, Message, Field, Remedy, Rule string }) {
	r.t.Helper()
	if err := json.Unmarshal(r.Body, &p); err != nil {
		r.t.Fatalf("no problem in JSON: %v:\n%s", err, r.Body)
	}
	return p
}

// into reads an answer into a value.
func (r reply) into(v any) {
	r.t.Helper()
	if err := json.Unmarshal(r.Body, v); err != nil {
		r.t.Fatalf("%v in:\n%s", err, r.Body)
	}
}

func TestAPIWhoAmI(t *testing.T) {
	s := newSite(t)
	var me struct {
		Person, Organisation, Today string
		Roles, Scopes               []string
	}
	s.program(s.Secretary, "read:account").get("/api/v1/me").want(http.StatusOK).into(&me)
	if me.Person != s.Secretary || me.Organisation != "severn" || me.Today != "2026-11-19" || !slices.Contains(me.Roles, "secretary") || !slices.Equal(me.Scopes, []string{"read:account"}) {
		t.Errorf("got %+v", me)
	}
}

// What a request may not be, with the status that programs rely on.
func TestAPIRefuses(t *testing.T) {
	s := newSite(t)
	secretary := s.program(s.Secretary)
	narrow := s.program(s.Secretary, "read:account")
	nobody := s.program(s.person("Nia", "Outside"))
	public := &program{site: s}
	for name, c := range map[string]struct {
		who        *program
		path       string
		status     int
		rule, kind string
	}{
		"no token":              {public, "/api/v1/me", http.StatusUnauthorized, policy.RuleSignIn, "not_signed_in"},
		"a token of nobody":     {&program{s, "cw_nothing"}, "/api/v1/me", http.StatusUnauthorized, "", "not_signed_in"},
		"a session as a token":  {&program{s, s.as(s.Secretary).cookie.Value}, "/api/v1/me", http.StatusUnauthorized, "", "not_signed_in"},
		"without the scope":     {narrow, "/api/v1/record/entries", http.StatusForbidden, policy.RuleScope, "forbidden"},
		"without the role":      {nobody, "/api/v1/record/entries", http.StatusForbidden, policy.RuleRoleMissing, "forbidden"},
		"nothing there":         {secretary, "/api/v1/nothing", http.StatusNotFound, "", "not_found"},
		"an unknown parameter":  {secretary, "/api/v1/record/entries?limt=3", http.StatusUnprocessableEntity, "", "invalid"},
		"a parameter twice":     {secretary, "/api/v1/officers?on=2026-11-19&on=2026-11-20", http.StatusUnprocessableEntity, "", "invalid"},
		"no day":                {secretary, "/api/v1/officers?on=2026-02-30", http.StatusUnprocessableEntity, "", "invalid"},
		"too large a page":      {secretary, "/api/v1/officers?limit=501", http.StatusUnprocessableEntity, "", "invalid"},
		"a cursor of its own":   {secretary, "/api/v1/officers?cursor=abc", http.StatusUnprocessableEntity, "", "invalid"},
		"an unknown legal form": {secretary, "/api/v1/law/rules?form=guild", http.StatusUnprocessableEntity, "", "invalid"},
		"an unknown rule":       {secretary, "/api/v1/law/rules/no.such.rule", http.StatusNotFound, "", "not_found"},
	} {
		t.Run(name, func(t *testing.T) {
			r := c.who.get(c.path).want(c.status)
			p := r.problem()
			if p.Rule != c.rule || p.Kind != c.kind || p.Message == "" || c.kind == "invalid" && (p.Field == "" || p.Remedy == "") {
				t.Errorf("got %+v", p)
			}
			if c.status == http.StatusUnauthorized && r.Header.Get("WWW-Authenticate") == "" {
				t.Error("401 without WWW-Authenticate (RFC 9110, 15.5.2)")
			}
		})
	}
}

// An address that is there with another method says which (RFC 9110, 15.5.6).
func TestAPIWrongMethod(t *testing.T) {
	s := newSite(t)
	p := s.program(s.Secretary)
	for path, allow := range map[string]string{
		"/api/v1/me": "GET, HEAD", "/api/v1/law/rules/society.members.minimum/evaluate": "POST", "/api/openapi.json": "GET, HEAD",
	} {
		method := http.MethodPut
		r := p.do(p.request(method, path, "{}")).want(http.StatusMethodNotAllowed)
		if r.Header.Get("Allow") != allow || r.problem().Kind != "wrong_method" {
			t.Errorf("%s: Allow %q, want %q; %+v", path, r.Header.Get("Allow"), allow, r.problem())
		}
	}
}

// What a page of another site can make a browser send does nothing, even where
// the browser adds the cookie.
func TestAPISessionsFromOtherSites(t *testing.T) {
	s := newSite(t)
	b := s.as(s.Secretary)
	const path, body = "/api/v1/law/rules/society.members.minimum/evaluate", `{"facts":{}}`
	for name, c := range map[string]struct {
		header, value string
		status        int
	}{
		"another site":          {"Sec-Fetch-Site", "cross-site", http.StatusForbidden},
		"a neighbour":           {"Sec-Fetch-Site", "same-site", http.StatusForbidden},
		"another origin":        {"Origin", "https://elsewhere.example", http.StatusForbidden},
		"a browser that is old": {"X-Nothing", "1", http.StatusForbidden},
		"our own page":          {"Sec-Fetch-Site", "same-origin", http.StatusOK},
	} {
		t.Run(name, func(t *testing.T) {
			req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
			req.Header.Set("Content-Type", "application/json")
			req.Header.Set(c.header, c.value)
			b.t = t
			if got := b.do(req); got.Status != c.status {
				t.Errorf("got %d, want %d: %s", got.Status, c.status, got.Body)
			}
		})
	}
}

// What was read before need not be sent again.
func TestAPIEntityTags(t *testing.T) {
	s := newSite(t)
	p := s.program(s.Secretary)
	tag := p.get("/api/v1/organisation").want(http.StatusOK).Header.Get("ETag")
	req := p.request(http.MethodGet, "/api/v1/organisation", "")
	req.Header.Set("If-None-Match", `"other", W/`+tag)
	if r := p.do(req).want(http.StatusNotModified); len(r.Body) != 0 {
		t.Errorf("304 with a body: %s", r.Body)
	}
	req.Header.Set("If-None-Match", `"other"`)
	p.do(req).want(http.StatusOK)
}

func TestAPIEvaluate(t *testing.T) {
	s := newSite(t)
	p := &program{site: s}
	const path = "/api/v1/law/rules/society.members.minimum/evaluate"
	var result struct {
		Verdict string
		Missing []struct{ Name string }
		Reasons []string
	}
	p.post(path, `{"facts":{}}`).want(http.StatusOK).into(&result)
	if result.Verdict != "cannot tell yet" && result.Verdict != "cannot-tell" || len(result.Missing) == 0 {
		t.Errorf("with nothing known: %+v", result)
	}
	p.post(path, `{"facts":{"members":2}}`).want(http.StatusOK).into(&result)
	if result.Verdict == "holds" {
		t.Errorf("a society of two members: %+v", result)
	}
	if wrong := p.post(path, `{"facts":{"members":"two"}}`).want(http.StatusUnprocessableEntity).problem(); wrong.Field != "facts.members" || wrong.Remedy == "" {
		t.Errorf("got %+v", wrong)
	}
	if wrong := p.post(path, `{"facts":{"membres":2}}`).want(http.StatusUnprocessableEntity).problem(); wrong.Field != "facts.membres" {
		t.Errorf("got %+v", wrong)
	}
}
