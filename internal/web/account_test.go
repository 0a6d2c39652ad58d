package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/internal/house"
)

// real is a site that is no demonstration, reached by a name at which there are
// passkeys.
func real(o *house.Options) { o.Demo, o.Address = false, "https://mutual.example" }

// guest is somebody at the pages whose browser keeps what it is given, as a
// browser without scripts does.
type guest struct {
	*site
	jar map[string]string
}

func (s *site) guest() *guest { return &guest{s, map[string]string{}} }

func (g *guest) do(req *http.Request) answer {
	g.t.Helper()
	for name, value := range g.jar {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	rec := httptest.NewRecorder()
	g.pages.ServeHTTP(rec, req)
	for _, c := range rec.Result().Cookies() {
		g.jar[c.Name] = c.Value
	}
	return answer{g.t, rec.Code, rec.Body.String(), rec.Header().Get("Location"), rec.Header()}
}

func (g *guest) get(path string) answer {
	g.t.Helper()
	return g.do(httptest.NewRequest(http.MethodGet, path, nil))
}

func (g *guest) post(path string, pairs ...string) answer {
	g.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return g.do(req)
}

var eightDigits = regexp.MustCompile(`(?m)^ {4}(\d{8})\r?$`)

// code is the newest code that went to an address.
func (g *guest) code(to string) string {
	g.t.Helper()
	g.House.Identity.Wait()
	files, err := filepath.Glob(filepath.Join(g.Mail, "*"))
	if err != nil {
		g.t.Fatal(err)
	}
	code := ""
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			g.t.Fatal(err)
		}
		if m := eightDigits.FindSubmatch(data); m != nil && strings.Contains(string(data), to) {
			code = string(m[1])
		}
	}
	if code == "" {
		g.t.Fatalf("no code went to %s", to)
	}
	return code
}

// signIn signs in with a code from a page that asks for it, and returns where the
// reader lands.
func (g *guest) signIn(page, email string) string {
	g.t.Helper()
	u, err := url.Parse(page)
	if err != nil {
		g.t.Fatal(err)
	}
	g.get(page).want(http.StatusOK)
	g.Clock.Advance(time.Second) // so that the newest mail is the last of the folder
	to := g.post("/sign-in", "email", email, "next", u.Query().Get("next"), "again", u.Query().Get("again")).leads("/sign-in/code?")
	code, err := url.Parse(to)
	if err != nil {
		g.t.Fatal(err)
	}
	return g.post("/sign-in/code", "code", g.code(email), "next", code.Query().Get("next")).leads("/")
}

// Whoever wants to change how they sign in has to have signed in just now. The way
// there and back works without scripts, and nothing is lost by it.
func TestAccount_SignInAgain(t *testing.T) {
	s := newSiteWith(t, real)
	s.person("Ada", "Reed")
	g := s.guest()
	if to := g.signIn("/sign-in?next=/account", "ada.reed@severn.example"); to != "/account" {
		t.Fatalf("landed at %s", to)
	}
	g.get("/account").lacks("sign in again first").says("Add a passkey on this device", "Use another e-mail address")
	g.get("/account/email").want(http.StatusOK)

	s.Clock.Advance(6 * time.Minute)
	g.get("/account").want(http.StatusOK).says("sign in again first").lacks("Add a passkey on this device")
	g.post("/account/passkey/some-id/remove").leads("/sign-in?again=recent&next=%2Faccount")
	g.post("/account/token", "label", "x", "scopes", "read:account").leads("/sign-in?again=recent&next=%2Faccount")
	again := g.get("/account/email").leads("/sign-in?again=recent&next=%2Faccount%2Femail")
	g.get(again).want(http.StatusOK).says("Sign in again", "show us once more that it is you")
	// A script is told, too.
	req := httptest.NewRequest(http.MethodPost, "/account/passkey", strings.NewReader("{}"))
	req.Header.Set("Accept", "application/json")
	g.do(req).want(http.StatusForbidden).says(`"message": "You signed in some time ago: sign in again first, so that we know it is you."`)
	// What takes something away asks for nothing.
	g.post("/account/session/none/end").leads("/account")

	if to := g.signIn(again, "ada.reed@severn.example"); to != "/account/email" {
		t.Errorf("landed at %s", to)
	}
	g.get("/account/email").want(http.StatusOK)
	g.get("/sign-in").leads("/home")
}

// An address is changed by showing that mail reaches it. The old one is told.
func TestAccount_EmailChange(t *testing.T) {
	s := newSiteWith(t, real)
	s.person("Ada", "Reed")
	s.person("Bram", "Tarn")
	g, other := s.guest(), s.guest()
	other.signIn("/sign-in", "ada.reed@severn.example")
	g.signIn("/sign-in?next=/account/email", "ada.reed@severn.example")

	g.post("/account/email", "email", "no address").want(http.StatusUnprocessableEntity).says("This is not an e-mail address")
	g.post("/account/email", "email", "ada.reed@severn.example").want(http.StatusUnprocessableEntity).says("already")
	g.post("/account/email", "email", "ada@home.example").leads("/account/email/code")
	g.get("/account/email/code").says("A code is on its way to ada@home.example")
	g.post("/account/email/code", "code", "12345678").want(http.StatusUnprocessableEntity).says("This code does not fit")
	if to := g.post("/account/email/code", "code", g.code("ada@home.example")).leads("/"); to != "/account" {
		t.Errorf("landed at %s", to)
	}
	g.get("/account").says("ada@home.example")
	other.get("/account").leads("/sign-in?next=")
	if _, err := s.House.Jobs.RunDue(s.ctx); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(s.Mail, "*"))
	if err != nil {
		t.Fatal(err)
	}
	told := false
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		told = told || strings.Contains(string(data), "was changed") && strings.Contains(string(data), "ada.reed@severn.example")
	}
	if !told {
		t.Error("the old address was not told")
	}
	// Somebody else's address: the same answer.
	g.post("/account/email", "email", "bram.tarn@severn.example").leads("/account/email/code")
	g.get("/account/email/code").says("unless somebody else here has that address")
}

// An officer who came in with a code is told to add a passkey, can do nothing for
// others until then, and can carry on as who they are.
func TestAccount_OfficeNeedsPasskey(t *testing.T) {
	s := newSiteWith(t, real)
	const huw = "huw.prosser@severn.example"
	g := s.guest()
	if to := g.signIn("/sign-in?next=/register", huw); to != "/account/office?next=%2Fregister" {
		t.Fatalf("landed at %s", to)
	}
	g.get("/account/office?next=/register").want(http.StatusOK).says("As secretary you act for others", "Add a passkey on this device", "Carry on without your office")
	g.get("/register").leads("/account/office?next=%2Fregister")
	g.post("/applications/admit").leads("/account/office?next=%2Fhome")
	g.get("/home").want(http.StatusOK).says("Your office needs a passkey").lacks("Load a staff list")
	g.get("/membership").want(http.StatusOK)

	s.Clock.Advance(6 * time.Minute)
	g.get("/account/office").says("Sign in again, then add a passkey").lacks("on this device")

	// With a passkey the same session is worth its office; without one it may not add another.
	s.passkeyOf(s.Secretary)
	g.signIn("/sign-in?again=recent&next=/account", huw)
	g.get("/account/office").says("Use your passkey", "Whoever may appoint you")
	to := g.get("/account/email").leads("/sign-in?again=passkey&next=%2Faccount%2Femail")
	g.get(to).says("only your passkey will do").lacks("Send me a code")
	s.write(`UPDATE session SET way = 'passkey' WHERE person_id = ?`, s.Secretary)
	g.get("/register").want(http.StatusOK)
	g.get("/account/office").leads("/home")
	g.get("/account/email").want(http.StatusOK)

	// The token that is made then carries the office; one that asks for that in a weaker session does not.
	g.post("/account/token", "label", "lists", "scopes", "read:register", "expires-day", "1", "expires-month", "2", "expires-year", "2027").want(http.StatusOK).says("Copy your new token now")
	s.write(`UPDATE session SET way = 'code' WHERE person_id = ?`, s.Secretary)
	s.write(`UPDATE passkey_use SET copied = 1 WHERE passkey_id = ?`, "key")
	g.post("/account/token", "label", "more", "scopes", "read:register", "scopes", identity.MadeWithPasskey,
		"expires-day", "1", "expires-month", "2", "expires-year", "2027").want(http.StatusOK).says("Copy your new token now")
	tokens, err := s.House.Identity.Tokens(s.ctx, "severn", s.Secretary)
	if err != nil || len(tokens) != 2 || tokens[0].Strong || !tokens[1].Strong {
		t.Errorf("tokens: %+v, %v", tokens, err)
	}
}

// passkeyOf gives somebody a passkey that no device has.
func (s *site) passkeyOf(person string) {
	s.t.Helper()
	_, err := s.House.Journal.Record(s.ctx, journal.Fact{Org: "severn", Kind: "passkey.add", Actor: person}, func(tx *journal.Tx) error {
		return tx.Insert(s.ctx, "passkey", journal.Row{
			"id": "key", "person_id": person, "credential_id": []byte("credential"), "public_key": []byte("key"), "synced": false, "created": tx.At(),
		})
	})
	if err != nil {
		s.t.Fatal(err)
	}
	s.write(`INSERT INTO passkey_use (passkey_id, sign_count, backed_up, copied) VALUES ('key', 0, 0, 0)`)
}

// write changes rows that no record governs.
func (s *site) write(query string, args ...any) {
	s.t.Helper()
	err := s.House.Journal.DB().Write(s.ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(s.ctx, query, args...)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
}
