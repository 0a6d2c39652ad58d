package identity_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/base/world"
)

const (
	clientID     = "commonweal"
	clientSecret = "a secret of the test"
	callback     = "https://members.harbour.example/sign-in/back"
)

// operator is a small OpenID Connect provider: discovery, keys, authorization
// code with PKCE, ID tokens signed with RS256 (RFC 7518, section 3.3).
type operator struct {
	*httptest.Server
	t      *testing.T
	key    *rsa.PrivateKey
	clock  *world.Clock
	codes  map[string]url.Values // code -> the request it was given for
	claims map[string]any        // what the next ID token says besides
	signer *rsa.PrivateKey       // signs instead of key
	issuer string                // the issuer that discovery names instead
}

func newOperator(t *testing.T, clock *world.Clock) *operator {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	o := &operator{t: t, key: key, signer: key, clock: clock, codes: map[string]url.Values{}, claims: map[string]any{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", o.discovery)
	mux.HandleFunc("GET /keys", o.keys)
	mux.HandleFunc("POST /token", o.token)
	o.Server = httptest.NewServer(mux)
	t.Cleanup(o.Close)
	o.issuer = o.URL
	return o
}

func (o *operator) write(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(v); err != nil {
		o.t.Error(err)
	}
}

func (o *operator) discovery(w http.ResponseWriter, _ *http.Request) {
	o.write(w, map[string]any{
		"issuer": o.issuer, "authorization_endpoint": o.URL + "/authorize", "token_endpoint": o.URL + "/token", "jwks_uri": o.URL + "/keys",
		"id_token_signing_alg_values_supported": []string{"RS256"},
	})
}

func (o *operator) keys(w http.ResponseWriter, _ *http.Request) {
	o.write(w, map[string]any{"keys": []any{map[string]any{
		"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "1", "n": b64(o.key.N.Bytes()), "e": b64(big.NewInt(int64(o.key.E)).Bytes()),
	}}})
}

// visit is a person at the provider: it checks the request and gives a code.
func (o *operator) visit(address string) (state, code string) {
	o.t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		o.t.Fatal(err)
	}
	q := u.Query()
	if q.Get("response_type") != "code" || q.Get("client_id") != clientID || q.Get("redirect_uri") != callback ||
		q.Get("code_challenge_method") != "S256" || q.Get("code_challenge") == "" || q.Get("nonce") == "" || q.Get("state") == "" {
		o.t.Errorf("the request is not as it should be: %s", u.RawQuery)
	}
	code = rand.Text()
	o.codes[code] = q
	return q.Get("state"), code
}

func (o *operator) token(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		o.t.Error(err)
	}
	asked, ok := o.codes[r.Form.Get("code")]
	delete(o.codes, r.Form.Get("code"))
	sum := sha256.Sum256([]byte(r.Form.Get("code_verifier")))
	id, secret, _ := r.BasicAuth()
	if r.Form.Get("client_id") != "" {
		id, secret = r.Form.Get("client_id"), r.Form.Get("client_secret")
	}
	decoded, err := url.QueryUnescape(secret)
	if !ok || b64(sum[:]) != asked.Get("code_challenge") || id != clientID || err != nil || decoded != clientSecret {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"error":"invalid_grant"}`))
		return
	}
	claims := map[string]any{
		"iss": o.issuer, "aud": clientID, "sub": "subject-1", "nonce": asked.Get("nonce"),
		"iat": o.clock.Now().Unix(), "exp": o.clock.Now().Add(5 * time.Minute).Unix(),
	}
	for k, v := range o.claims {
		claims[k] = v
	}
	o.write(w, map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": o.sign(claims)})
}

func (o *operator) sign(claims map[string]any) string {
	body, err := json.Marshal(claims)
	if err != nil {
		o.t.Fatal(err)
	}
	text := b64([]byte(`{"alg":"RS256","kid":"1"}`)) + "." + b64(body)
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(rand.Reader, o.signer, crypto.SHA256, sum[:])
	if err != nil {
		o.t.Fatal(err)
	}
	return text + "." + b64(signature)
}

// office is a house whose people may sign in with an operator.
type office struct {
	*house
	op *operator
}

func eachOffice(t *testing.T, alter func(*identity.OpenIDConfig), fn func(t *testing.T, o office)) {
	t.Helper()
	each(t, func(t *testing.T, h *house) {
		op := newOperator(t, h.Clock)
		secret := filepath.Join(t.TempDir(), "secret")
		if err := os.WriteFile(secret, []byte(clientSecret+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		config := identity.OpenIDConfig{
			ID: "nhsmail", Title: "NHSmail", Issuer: op.URL, ClientID: clientID, SecretFile: secret, Callback: callback,
		}
		if alter != nil {
			alter(&config)
		}
		h.Service = h.service(t, identity.Options{Mailer: h.letters, OpenID: []identity.OpenIDConfig{config}})
		fn(t, office{h, op})
	})
}

func (o office) signIn(t *testing.T) (identity.SignedIn, error) {
	t.Helper()
	address, browser, err := o.BeginOpenID(t.Context(), org, "nhsmail", phone)
	if err != nil {
		return identity.SignedIn{}, err
	}
	state, code := o.op.visit(address)
	return o.FinishOpenID(t.Context(), state, code, browser, phone)
}

// The first time somebody is found by verified address, afterwards by subject;
// what the provider says about groups and roles is not looked at.
func TestOpenID(t *testing.T) {
	eachOffice(t, nil, func(t *testing.T, o office) {
		bram := o.person(t, "Bram", "Tarn", "bram.tarn@harbour.example")
		o.op.claims = map[string]any{
			"email": "Bram.Tarn@harbour.example", "email_verified": true, "groups": []string{"secretary"}, "roles": []string{"secretary"},
		}
		if list := o.Providers(); len(list) != 1 || list[0] != (identity.Provider{ID: "nhsmail", Title: "NHSmail"}) {
			t.Errorf("providers: %+v", list)
		}
		before := o.size(t)
		in, err := o.signIn(t)
		if err != nil {
			t.Fatal(err)
		}
		who := must[policy.Actor](t)(o.Actor(t.Context(), in.Secret))
		if who.Person != bram || len(who.Roles) != 0 || in.Session.Way != identity.ByOpenID {
			t.Errorf("got %+v", who)
		}
		if n := o.size(t); n != before+1 {
			t.Errorf("the link made %d entries", n-before)
		}

		o.op.claims = map[string]any{"email": secretaryEmail, "email_verified": true} // the subject is the same
		in, err = o.signIn(t)
		if err != nil || in.Session.Person != bram {
			t.Errorf("found by address although linked: %+v %v", in.Session, err)
		}
		if n := o.size(t); n != before+1 {
			t.Error("signing in again made an entry")
		}

		o.op.claims = map[string]any{"sub": "subject-2", "email": "bram.tarn@harbour.example", "email_verified": true}
		_, err = o.signIn(t) // the mailbox went to somebody else
		is(t, err, fault.Forbidden, "another account")

		links := must[[]identity.Link](t)(o.Links(t.Context(), org, bram))
		if len(links) != 1 || links[0].Issuer != o.op.URL {
			t.Errorf("links: %+v", links)
		}
		if n := count(t, o.house, `SELECT COUNT(*) FROM sign_in_link WHERE subject_hash LIKE '%subject%'`); n != 0 {
			t.Error("the subject is stored as it is")
		}
		is(t, o.RemoveLink(t.Context(), o.secretary, org, o.secretary, links[0].ID), fault.NotFound, "no link")
		for range 2 {
			if err := o.RemoveLink(t.Context(), o.secretary, org, bram, links[0].ID); err != nil {
				t.Fatal(err)
			}
		}
		if n := o.size(t); n != before+2 {
			t.Error("removing the link again made an entry")
		}
		if _, err := o.Actor(t.Context(), in.Secret); !fault.Is(err, fault.NotFound) {
			t.Error("a session outlived the link")
		}
		if in, err = o.signIn(t); err != nil || in.Session.Person != bram {
			t.Errorf("after the old link was removed: %v", err)
		}
	})
}

func TestOpenID_WhoIsNotLetIn(t *testing.T) {
	cases := []struct {
		name   string
		claims map[string]any
	}{
		{"an address that is not verified", map[string]any{"email": secretaryEmail, "email_verified": false}},
		{"an address of which nothing is said", map[string]any{"email": secretaryEmail}},
		{"no address", map[string]any{}},
		{"a stranger", map[string]any{"email": "ida@elsewhere.example", "email_verified": true}},
		{"something that is no address", map[string]any{"email": "Una <" + secretaryEmail + ">", "email_verified": true}},
	}
	eachOffice(t, nil, func(t *testing.T, o office) {
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				o.op.claims = c.claims
				_, err := o.signIn(t)
				is(t, err, fault.Forbidden, "")
			})
		}
		o.op.claims = map[string]any{"email": secretaryEmail, "email_verified": "true"} // text, as some send it
		if _, err := o.signIn(t); err != nil {
			t.Error(err)
		}
	})
	eachOffice(t, func(c *identity.OpenIDConfig) { c.Vouches = true }, func(t *testing.T, o office) {
		o.op.claims = map[string]any{"email": secretaryEmail, "email_verified": false}
		_, err := o.signIn(t)
		is(t, err, fault.Forbidden, "") // whoever vouches does not overrule the provider
		o.op.claims = map[string]any{"email": secretaryEmail}
		if _, err := o.signIn(t); err != nil {
			t.Error(err)
		}
	})
}

func TestOpenID_Refuses(t *testing.T) {
	forged, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name  string
		alter func(op *operator)
	}{
		{"a token signed with another key", func(op *operator) { op.signer = forged }},
		{"a token of another issuer", func(op *operator) { op.claims["iss"] = "https://elsewhere.example" }},
		{"a token for another program", func(op *operator) { op.claims["aud"] = "another" }},
		{"a token that has run out", func(op *operator) { op.claims["exp"] = op.clock.Now().Add(-time.Minute).Unix() }},
		{"a token from another sign-in", func(op *operator) { op.claims["nonce"] = "another" }},
		{"a token without a nonce", func(op *operator) { op.claims["nonce"] = "" }},
		{"a token that names nobody", func(op *operator) { op.claims["sub"] = "" }},
	}
	eachOffice(t, nil, func(t *testing.T, o office) {
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				o.op.signer, o.op.claims = o.op.key, map[string]any{"email": secretaryEmail, "email_verified": true}
				c.alter(o.op)
				_, err := o.signIn(t)
				is(t, err, fault.Invalid, "did not work")
			})
		}
		o.op.signer, o.op.claims = o.op.key, map[string]any{"email": secretaryEmail, "email_verified": true}

		begin := func() (state, code, browser string) {
			address, browser, err := o.BeginOpenID(t.Context(), org, "nhsmail", phone)
			if err != nil {
				t.Fatal(err)
			}
			state, code = o.op.visit(address)
			return state, code, browser
		}
		finish := func(state, code, browser string) error {
			_, err := o.FinishOpenID(t.Context(), state, code, browser, phone)
			return err
		}
		state, code, browser := begin()
		is(t, finish("made up", code, browser), fault.Invalid, "did not work")
		is(t, finish(state, code, "another browser"), fault.Invalid, "did not work")
		is(t, finish(state, code, browser), fault.Invalid, "did not work") // used up by the try before

		state, _, browser = begin()
		_, foreign, _ := begin()
		is(t, finish(state, foreign, browser), fault.Invalid, "did not work") // PKCE: the code was for another

		state, code, browser = begin()
		o.Clock.Advance(10 * time.Minute)
		is(t, finish(state, code, browser), fault.Invalid, "did not work")

		state, code, browser = begin()
		if err := finish(state, code, browser); err != nil {
			t.Error(err)
		}
		_, _, err := o.BeginOpenID(t.Context(), org, "nowhere", phone)
		is(t, err, fault.NotFound, "no sign-in provider")
	})
}

// The provider is who it was set to be, and this program starts without it.
func TestOpenID_IssuerIsPinned(t *testing.T) {
	eachOffice(t, nil, func(t *testing.T, o office) {
		o.op.issuer = "https://elsewhere.example"
		_, err := o.signIn(t)
		is(t, err, fault.Conflict, "does not answer as it should")
		o.op.issuer = o.op.URL
		o.op.claims = map[string]any{"email": secretaryEmail, "email_verified": true}
		if _, err := o.signIn(t); err != nil {
			t.Errorf("it is not asked again: %v", err)
		}
	})
}

func TestOpenIDConfig_Refuses(t *testing.T) {
	good := identity.OpenIDConfig{ID: "nhsmail", Title: "NHSmail", Issuer: "https://id.example", ClientID: "x", Callback: callback}
	empty := filepath.Join(t.TempDir(), "empty")
	if err := os.WriteFile(empty, []byte("\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name  string
		alter func(*identity.OpenIDConfig)
		ok    bool
	}{
		{"as it should be", func(*identity.OpenIDConfig) {}, true},
		{"this machine needs no https", func(c *identity.OpenIDConfig) { c.Callback = "http://127.0.0.1:8080/back" }, true},
		{"an issuer without https", func(c *identity.OpenIDConfig) { c.Issuer = "http://id.example" }, false},
		{"a callback elsewhere without https", func(c *identity.OpenIDConfig) { c.Callback = "http://members.harbour.example" }, false},
		{"no client id", func(c *identity.OpenIDConfig) { c.ClientID = "" }, false},
		{"an id that is none", func(c *identity.OpenIDConfig) { c.ID = "NHS mail" }, false},
		{"a secret file that is not there", func(c *identity.OpenIDConfig) { c.SecretFile = empty + ".not" }, false},
		{"a secret file without a secret", func(c *identity.OpenIDConfig) { c.SecretFile = empty }, false},
	}
	each(t, func(t *testing.T, h *house) {
		for _, c := range cases {
			config := good
			c.alter(&config)
			_, err := identity.New(h.Journal, h.Keys, identity.Options{OpenID: []identity.OpenIDConfig{config}})
			if (err == nil) != c.ok {
				t.Errorf("%s: %v", c.name, err)
			}
		}
	})
}
