package web_test

import (
	"bytes"
	"context"
	"errors"
	"html"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/base/world"
	"commonweal/internal/house"
	"commonweal/internal/own/member"
	"commonweal/internal/schema/schematest"
	"commonweal/internal/web"
	"commonweal/internal/web/static"
	"commonweal/law"
)

// site is a whole house with its pages, on an empty SQLite database of its
// own: one invented mutual, "severn", with a secretary. When the test ends the
// record is checked.
type site struct {
	t         testing.TB
	ctx       context.Context
	House     *house.House
	Clock     *world.Clock
	pages     http.Handler
	Secretary string // person id
	Mail      string // the folder that mail goes to
	KeyFile   string // of the record
}

// siteStart is where the clock stands at first: a Thursday.
var siteStart = time.Date(2026, 11, 19, 9, 30, 0, 0, time.UTC)

func newSite(t testing.TB) *site {
	t.Helper()
	return newSiteWith(t, func(*house.Options) {})
}

// newSiteWith is newSite with other settings.
func newSiteWith(t testing.TB, change func(*house.Options)) *site {
	t.Helper()
	if _, err := static.Load(); errors.Is(err, static.ErrNotBuilt) {
		t.Skip("the stylesheet is not built: run npm ci and npm run build in web")
	}
	ctx := context.Background()
	dir := t.TempDir()
	clock := world.At(siteStart)
	s := &site{t: t, ctx: ctx, Clock: clock, Mail: filepath.Join(dir, "mail"), KeyFile: filepath.Join(dir, "test.key")}
	o := house.Options{
		Database: filepath.Join(dir, "test.db"), KeyFile: s.KeyFile, Address: "http://mutual.example",
		Mail: "dir:" + s.Mail, Demo: true,
	}
	change(&o)
	schematest.WriteFile(t, o.Database)
	h, err := house.Open(ctx, world.Fixed(clock, 1), o)
	if err != nil {
		t.Fatal(err)
	}
	s.House = h
	t.Cleanup(func() {
		reports, err := h.Journal.Fsck(ctx)
		if err != nil {
			t.Error(err)
		}
		for _, r := range reports {
			for _, f := range r.Findings {
				t.Errorf("fsck: organisation %s: %s", r.Org, f)
			}
		}
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	_, people, err := h.Identity.CreateOrganisation(ctx, "setup", identity.Organisation{
		ID: "severn", Name: "Severn & Wye Community Health", Kind: identity.Mutual, LegalForm: string(law.BenefitSociety), RegisteredNo: "7912",
		Opened: s.day("2024-04-01"),
	}, identity.Setup{Person: identity.Person{Given: "Huw", Family: "Prosser", Email: "huw.prosser@severn.example"}, Role: policy.Secretary})
	if err != nil {
		t.Fatal(err)
	}
	s.Secretary = people[0]
	if s.pages, err = web.New(h, web.Options{PublicOrg: "severn"}); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *site) day(iso string) law.Date {
	s.t.Helper()
	d, err := law.ParseDate(iso)
	if err != nil {
		s.t.Fatal(err)
	}
	return d
}

// signed signs the record as it stands, as is done each day.
func (s *site) signed() {
	s.t.Helper()
	if _, err := s.House.Journal.Sign(s.ctx, "severn"); err != nil {
		s.t.Fatal(err)
	}
}

// person adds somebody without an office.
func (s *site) person(given, family string) string {
	s.t.Helper()
	email := strings.ToLower(given + "." + family + "@severn.example")
	p, err := s.House.Identity.NewPerson(s.ctx, s.Secretary, "severn", identity.Person{Given: given, Family: family, Email: email})
	if err != nil {
		s.t.Fatal(err)
	}
	return p.ID
}

// officer adds somebody who holds an office from today.
func (s *site) officer(role policy.Role) string {
	s.t.Helper()
	id := s.person("Olwen", strings.ReplaceAll(string(role), "_", "-"))
	_, err := s.House.Identity.Appoint(s.ctx, s.Secretary, identity.Appointment{Org: "severn", Person: id, Role: role})
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

// browser is somebody at the pages: a person, or nobody where cookie is nil.
type browser struct {
	*site
	cookie *http.Cookie
}

// as signs a person in; "" is the public.
func (s *site) as(person string) *browser {
	s.t.Helper()
	if person == "" {
		return &browser{site: s}
	}
	return s.of("severn", person)
}

// of signs in a person of any organisation.
func (s *site) of(org, person string) *browser {
	s.t.Helper()
	in, err := s.House.Identity.DemoSignIn(s.ctx, org, person, identity.Client{Address: "192.0.2.1"})
	if err != nil {
		s.t.Fatal(err)
	}
	return &browser{site: s, cookie: &http.Cookie{Name: "commonweal", Value: in.Secret}}
}

// answer is what came back.
type answer struct {
	t        testing.TB
	Status   int
	Body     string
	Location string
	Header   http.Header
}

func (b *browser) do(req *http.Request) answer {
	b.t.Helper()
	if b.cookie != nil {
		req.AddCookie(b.cookie)
	}
	rec := httptest.NewRecorder()
	b.pages.ServeHTTP(rec, req)
	body, err := io.ReadAll(rec.Result().Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return answer{b.t, rec.Code, string(body), rec.Header().Get("Location"), rec.Header()}
}

func (b *browser) get(path string) answer {
	b.t.Helper()
	return b.do(httptest.NewRequest(http.MethodGet, path, nil))
}

// post sends a form: names and values in turn.
func (b *browser) post(path string, pairs ...string) answer {
	b.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(req)
}

// upload sends a form with a file in the field "file".
func (b *browser) upload(path, name string, content []byte, pairs ...string) answer {
	b.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		if err := w.WriteField(pairs[i], pairs[i+1]); err != nil {
			b.t.Fatal(err)
		}
	}
	if name != "" {
		part, err := w.CreateFormFile("file", name)
		if err != nil {
			b.t.Fatal(err)
		}
		if _, err := part.Write(content); err != nil {
			b.t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.t.Fatal(err)
	}
	req := httptest.NewRequest(http.MethodPost, path, &body)
	req.Header.Set("Content-Type", w.FormDataContentType())
	return b.do(req)
}

// want fails the test unless the answer has the status.
func (a answer) want(status int) answer {
	a.t.Helper()
	if a.Status != status {
		a.t.Fatalf("got status %d and location %q, want %d:\n%s", a.Status, a.Location, status, a.main())
	}
	return a
}

// says fails the test unless the page holds each text, as a reader sees it.
func (a answer) says(texts ...string) answer {
	a.t.Helper()
	plain := plainText(a.Body)
	for _, text := range texts {
		if !strings.Contains(plain, text) {
			a.t.Errorf("the page does not say %q:\n%s", text, a.main())
		}
	}
	return a
}

// lacks fails the test if the answer holds one of the texts anywhere.
func (a answer) lacks(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if strings.Contains(a.Body, text) || strings.Contains(plainText(a.Body), text) {
			a.t.Errorf("the page says %q and must not:\n%s", text, a.main())
		}
	}
	return a
}

// leads fails the test unless the answer sends the reader on to a path that
// begins so, and returns the whole of it.
func (a answer) leads(prefix string) string {
	a.t.Helper()
	a.want(http.StatusSeeOther)
	if !strings.HasPrefix(a.Location, prefix) {
		a.t.Fatalf("leads to %q, want %q:\n%s", a.Location, prefix, a.main())
	}
	return a.Location
}

// main is what stands in the page's main part, for messages.
func (a answer) main() string {
	_, rest, found := strings.Cut(a.Body, "<main")
	if !found {
		return a.Body
	}
	rest, _, _ = strings.Cut(rest, "</main>")
	return plainText("<main" + rest)
}

// plainText is a page without its tags, spaces put together.
func plainText(page string) string {
	var out strings.Builder
	inside := false
	for _, r := range page {
		switch {
		case r == '<':
			inside = true
			out.WriteByte(' ')
		case r == '>' && inside:
			inside = false
		case !inside:
			out.WriteRune(r)
		}
	}
	text := strings.Join(strings.Fields(html.UnescapeString(out.String())), " ") + " "
	for _, mark := range []string{".", ",", ":", ";"} {
		text = strings.ReplaceAll(text, " "+mark+" ", mark+" ")
	}
	return strings.TrimSpace(text)
}

// staffClass makes a class of membership for staff on application, ending 28
// days after employment.
func (s *site) staffClass() {
	s.t.Helper()
	_, err := s.House.Members.SaveClass(s.ctx, s.Secretary, "severn", member.Class{
		Code: "staff", Name: "Staff", Kind: member.Staff, Admission: member.OnApplication, Leaving: member.EmploymentEnds, GraceDays: 28,
		Votes: 1, LeavingRef: "rule 14", Starts: s.day("2024-04-01"),
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

// refused checks that a page is only for those who may see it: somebody signed
// in without an office gets 403, the public is asked to sign in.
func (s *site) refused(paths ...string) {
	s.t.Helper()
	nobody := s.person("Nia", "Outside")
	for _, path := range paths {
		s.as(nobody).get(path).want(http.StatusForbidden).says("You cannot do this")
		s.as("").get(path).leads("/sign-in?next=")
	}
}
