package web_test

import (
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"commonweal/internal/base/db"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/notice"
	"commonweal/internal/base/policy"
	"commonweal/internal/own/member"
	"commonweal/internal/web"
	"commonweal/law"
)

var update = flag.Bool("update-routes", false, "write testdata/routes.txt anew")

var placeholder = regexp.MustCompile(`\{[^}]*\}`)

// askers are somebody of every role, by role: the public, each office, members
// by the register, and the same office of another organisation.
func (s *site) askers() map[string]func() *browser {
	friend, patient := s.person("Mair", "Member"), s.person("Pia", "Patient")
	s.join(friend, member.Class{Code: "partners", Name: "Partners", Kind: member.Partner})
	s.join(patient, member.Class{Code: "patients", Name: "Patients", Kind: member.Patient})
	out := map[string]func() *browser{
		"public":         func() *browser { return s.as("") },
		"applicant":      s.signedIn("severn", s.person("Ada", "Applicant")),
		"member":         s.signedIn("severn", friend),
		"patient_member": s.signedIn("severn", patient),
		"secretary":      s.signedIn("severn", s.Secretary),
	}
	for _, role := range policy.Roles() {
		if role.AppointableIn("mutual") && role != policy.Secretary {
			out[string(role)] = s.signedIn("severn", s.officer(role))
		}
	}
	_, foreign, err := s.House.Identity.CreateOrganisation(s.ctx, "setup", identity.Organisation{
		ID: "elsewhere", Name: "Elsewhere", Kind: identity.Mutual, LegalForm: string(law.BenefitSociety), Opened: s.day("2024-04-01"),
	}, identity.Setup{Person: identity.Person{Given: "Else", Family: "Where", Email: "else@elsewhere.example"}, Role: policy.Secretary})
	if err != nil {
		s.t.Fatal(err)
	}
	out["secretary elsewhere"] = s.signedIn("elsewhere", foreign[0])
	_, admin, err := s.House.Identity.CreateOrganisation(s.ctx, "setup", identity.Organisation{
		ID: "machine", Name: "The machine", Kind: identity.Platform, Opened: s.day("2024-04-01"),
	}, identity.Setup{Person: identity.Person{Given: "Root", Family: "Keeper", Email: "root@machine.example"}, Role: policy.PlatformAdministrator})
	if err != nil {
		s.t.Fatal(err)
	}
	out["platform_administrator"] = s.signedIn("machine", admin[0])
	return out
}

// join makes a class that keeps its members, and somebody a member of it.
func (s *site) join(person string, c member.Class) {
	s.t.Helper()
	c.Admission, c.Leaving, c.Votes, c.Starts = member.OnApplication, member.Keeps, 1, s.day("2024-04-01")
	if _, err := s.House.Members.SaveClass(s.ctx, s.Secretary, "severn", c); err != nil {
		s.t.Fatal(err)
	}
	a := member.Application{Person: person, Class: c.Code, Effective: s.day("2026-11-10")}
	if c.Kind.NeedsConsent() {
		a.Consent, a.Area = "2026-1", "NP16"
	}
	if _, err := s.House.Members.Apply(s.ctx, person, "severn", a); err != nil {
		s.t.Fatal(err)
	}
	_, err := s.House.Members.Admit(s.ctx, s.Secretary, "severn", member.Decision{Person: person, Class: c.Code, Effective: s.day("2026-11-12")})
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) signedIn(org, person string) func() *browser {
	return func() *browser { return s.of(org, person) }
}

// Every route is asked as every role. Where policy refuses, the answer is a
// refusal or the way to sign in; where it allows, it is neither; nothing is ever
// our fault; and what is asked with GET is in nobody's record afterwards.
func TestEveryRouteAsEveryRole(t *testing.T) {
	s := newSite(t)
	server, ok := s.pages.(*web.Server)
	if !ok {
		t.Fatal("the pages are no server")
	}
	askers := s.askers()
	names := make([]string, 0, len(askers))
	for name := range askers {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, route := range server.Routes() {
		before := s.everything()
		for _, name := range names {
			b := askers[name]()
			actor := b.actor()
			resource := policy.Resource{Org: actor.Org}
			if route.Own {
				resource.Owner = actor.Person
			}
			allowed := policy.Allow(actor, route.Action, resource).Allowed
			w := b.raw(route)
			refused := isRefusal(w)
			switch {
			case w.Code == http.StatusInternalServerError:
				t.Errorf("%s %s as %s: our fault: %s", route.Method, route.Path, name, clipBody(w))
			case !allowed && !refused:
				t.Errorf("%s %s as %s: policy refuses, the answer is %d", route.Method, route.Path, name, w.Code)
			case allowed && refused && !deeper[route.Method+" "+route.Path]:
				t.Errorf("%s %s as %s: policy allows, the answer is %d %s", route.Method, route.Path, name, w.Code, w.Header().Get("Location"))
			}
			checkHeaders(t, route, w)
		}
		if after := s.everything(); route.Method == http.MethodGet && after != before {
			t.Errorf("%s %s: the records grew from %d entries to %d", route.Method, route.Path, before, after)
		}
	}
}

// everything is the number of entries in the records of all organisations.
func (s *site) everything() (entries int64) {
	s.t.Helper()
	err := s.House.Journal.DB().Read(s.ctx, func(tx *db.Tx) error {
		return tx.QueryRow(s.ctx, `SELECT SUM(size) FROM journal_head`).Scan(&entries)
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return entries
}

// deeper are routes whose handler asks policy again about the very thing, and
// may refuse what the first question allowed.
var deeper = map[string]bool{
	"POST /demo":             true, // no such person: refused as one who cannot be signed in
	"POST /demo/clock":       true, // no such moment
	"GET /demo/drawer":       true, // the public has none
	"GET /sign-in/code":      true, // nobody asked for a code: back to the beginning
	"GET /sign-in/back":      true, // the other site signed nobody in
	"GET /officers/appoint":  true, // who appoints depends on the office
	"POST /officers/appoint": true,
}

// Every route that changes something refuses a request from another site, as
// whoever, and so does nothing.
func TestEveryChangeRefusesAnotherSite(t *testing.T) {
	s := newSite(t)
	server, ok := s.pages.(*web.Server)
	if !ok {
		t.Fatal("the pages are no server")
	}
	before := s.recorded()
	for _, route := range server.Routes() {
		if route.Method == http.MethodGet || strings.HasPrefix(route.Path, notice.StopPath) {
			continue
		}
		for name, headers := range map[string]map[string]string{
			"Sec-Fetch-Site":      {"Sec-Fetch-Site": "cross-site"},
			"only another Origin": {"Origin": "https://evil.example"},
		} {
			b := s.as(s.Secretary)
			r := b.request(route)
			r.Header.Del("Sec-Fetch-Site")
			for k, v := range headers {
				r.Header.Set(k, v)
			}
			w := httptest.NewRecorder()
			s.pages.ServeHTTP(w, r)
			if w.Code != http.StatusForbidden {
				t.Errorf("%s %s with %s: %d", route.Method, route.Path, name, w.Code)
			}
		}
	}
	if after := s.recorded(); after != before {
		t.Errorf("the record grew from %d to %d", before, after)
	}
}

// The route table with who may ask what, as a file: a change to it is seen for
// what it is.
func TestRoutesAsWritten(t *testing.T) {
	s := newSite(t)
	server, ok := s.pages.(*web.Server)
	if !ok {
		t.Fatal("the pages are no server")
	}
	allowed := map[policy.Action][]string{}
	for _, role := range policy.Roles() {
		actor := policy.Actor{Person: "p", Org: "o", Roles: []policy.Role{role}}
		if role == policy.Public {
			actor = policy.Actor{}
		}
		for _, action := range policy.Actions() {
			if policy.Allow(actor, action, actor.Inside()).Allowed || policy.Allow(actor, action, actor.Own()).Allowed {
				allowed[action] = append(allowed[action], string(role))
			}
		}
	}
	var out strings.Builder
	for _, r := range server.Routes() {
		who := strings.Join(allowed[r.Action], " ")
		switch len(allowed[r.Action]) {
		case len(policy.Roles()):
			who = "everybody"
		case len(policy.Roles()) - 1:
			who = "everybody signed in"
		}
		fmt.Fprintf(&out, "%-6s %-58s %-28s %s\n", r.Method, r.Path, r.Action, who)
	}
	path := filepath.Join("testdata", "routes.txt")
	if *update {
		if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != out.String() {
		t.Errorf("the routes are not those in %s; look at the difference and write it anew with -update-routes", path)
	}
}

func isRefusal(w *httptest.ResponseRecorder) bool {
	to := w.Header().Get("Location")
	return w.Code == http.StatusForbidden || w.Code == http.StatusUnauthorized ||
		w.Code == http.StatusSeeOther && (to == "/sign-in" || strings.HasPrefix(to, "/sign-in?"))
}

func checkHeaders(t *testing.T, route web.Route, w *httptest.ResponseRecorder) {
	t.Helper()
	for name, want := range map[string]string{
		"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
		"Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
	} {
		if !strings.Contains(w.Header().Get(name), want) {
			t.Errorf("%s %s: header %s is %q", route.Method, route.Path, name, w.Header().Get(name))
		}
	}
}

func clipBody(w *httptest.ResponseRecorder) string {
	body := w.Body.String()
	return body[:min(len(body), 300)]
}

// request is what a route is asked with: ids that lead nowhere, an empty form.
func (b *browser) request(route web.Route) *http.Request {
	path := placeholder.ReplaceAllString(strings.TrimSuffix(route.Path, "{$}"), "nowhere")
	r := httptest.NewRequest(route.Method, path, strings.NewReader(""))
	if route.Method != http.MethodGet {
		kind := "application/x-www-form-urlencoded"
		if strings.HasPrefix(path, "/api/") {
			kind = "application/json"
		}
		r.Header.Set("Content-Type", kind)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if b.cookie != nil {
		r.AddCookie(b.cookie)
	}
	return r
}

func (b *browser) raw(route web.Route) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	b.pages.ServeHTTP(w, b.request(route))
	return w
}

// actor is who the server takes the browser for.
func (b *browser) actor() policy.Actor {
	b.t.Helper()
	if b.cookie == nil {
		return policy.Actor{}
	}
	a, err := b.House.Identity.Actor(b.ctx, b.cookie.Value)
	if err != nil {
		b.t.Fatal(err)
	}
	return a
}

// recorded is the number of the newest entry in the record.
func (s *site) recorded() int64 {
	s.t.Helper()
	list, err := s.House.Journal.Entries(s.ctx, "severn", 0, 1)
	if err != nil || len(list) == 0 {
		s.t.Fatal(err)
	}
	return list[0].Seq
}
