package identity

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/world"
)

// OpenIDConfig is one outside provider that people may sign in with.
type OpenIDConfig struct {
	ID         string // short, for addresses: "nhsmail"
	Title      string // for the button: "NHSmail"
	Issuer     string // exactly as the provider writes it; https
	ClientID   string
	SecretFile string // file with the client secret; "" for a client without one
	Callback   string // address on this site that the provider sends people back to
	// Vouches: the provider does not say of an address that it is verified, and
	// its operator vouches that all are. Some providers of whole employers never
	// send the claim.
	Vouches bool
}

// openIDLife is how long somebody may take at the provider.
const openIDLife = 10 * time.Minute

// provider is an outside provider. Its addresses and keys are fetched when they
// are first needed, so that this program starts without it.
type provider struct {
	config OpenIDConfig
	secret string
	world  *world.World
	client *http.Client

	mu       sync.Mutex
	found    *oidc.Provider
	verifier *oidc.IDTokenVerifier
}

func newProvider(config OpenIDConfig, w *world.World) (*provider, error) {
	if !codeForm.MatchString(config.ID) || config.ClientID == "" || config.Title == "" {
		return nil, fault.Errorf(fault.Invalid, "sign-in provider %q needs an id of small letters, a title and a client id", config.ID)
	}
	for _, address := range []string{config.Issuer, config.Callback} {
		if !safeAddress(address) {
			return nil, fault.Errorf(fault.Invalid, "sign-in provider %s: %q is not an https address", config.ID, address)
		}
	}
	p := &provider{config: config, world: w, client: &http.Client{Timeout: 10 * time.Second}}
	if config.SecretFile != "" {
		raw, err := os.ReadFile(config.SecretFile)
		if err != nil {
			return nil, fmt.Errorf("read the client secret of sign-in provider %s: %w", config.ID, err)
		}
		if p.secret = strings.TrimSpace(string(raw)); p.secret == "" {
			return nil, fault.Errorf(fault.Invalid, "sign-in provider %s: the file of the client secret is empty", config.ID)
		}
	}
	return p, nil
}

// safeAddress: https, or this machine.
func safeAddress(s string) bool {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "https" || u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}

// discover gets the provider's addresses, once. The issuer that it names must be
// the one that was set.
func (p *provider) discover(ctx context.Context) (*oidc.Provider, *oidc.IDTokenVerifier, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found != nil {
		return p.found, p.verifier, nil
	}
	found, err := oidc.NewProvider(oidc.ClientContext(ctx, p.client), p.config.Issuer)
	if err != nil {
		return nil, nil, p.away(err)
	}
	p.found = found
	p.verifier = found.Verifier(&oidc.Config{ClientID: p.config.ClientID, Now: p.world.Now})
	return p.found, p.verifier, nil
}

func (p *provider) away(cause error) error {
	return fault.Wrap(fault.Conflict, cause, "%s does not answer as it should: try again, or sign in another way", p.config.Title)
}

func (p *provider) oauth(found *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{
		ClientID: p.config.ClientID, ClientSecret: p.secret, Endpoint: found.Endpoint(), RedirectURL: p.config.Callback,
		Scopes: []string{oidc.ScopeOpenID, oidc.ScopeEmail},
	}
}

// Provider is an outside provider as the sign-in page shows it.
type Provider struct{ ID, Title string }

// Providers are the outside providers that people may sign in with.
func (s *Service) Providers() []Provider {
	out := make([]Provider, len(s.providers))
	for i, p := range s.providers {
		out[i] = Provider{p.config.ID, p.config.Title}
	}
	return out
}

func (s *Service) provider(id string) (*provider, error) {
	for _, p := range s.providers {
		if p.config.ID == id {
			return p, nil
		}
	}
	return nil, fault.Errorf(fault.NotFound, "there is no sign-in provider %q", clip(id))
}

// BeginOpenID starts signing in to an organisation with an outside provider:
// the authorization code flow with PKCE (S256), state and nonce. It returns the
// address to send the browser to, and a secret that the browser keeps in a
// cookie and gives back to [Service.FinishOpenID], so that nobody can be sent
// back here with somebody else's code.
func (s *Service) BeginOpenID(ctx context.Context, org, providerID string, client Client) (address, browser string, err error) {
	p, err := s.provider(providerID)
	if err != nil {
		return "", "", err
	}
	if err := s.Take(ctx, triesByClient, client.network()); err != nil {
		return "", "", err
	}
	found, _, err := p.discover(ctx)
	if err != nil {
		return "", "", err
	}
	state, nonce, verifier := newSecret(s.world), newSecret(s.world), newSecret(s.world)
	browser = newSecret(s.world)
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := oneOrganisation(ctx, tx, org); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO oidc_state (hash, org_id, provider, browser_hash, nonce, verifier, expires) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			hash(state), org, p.config.ID, hash(browser), nonce, verifier, s.world.Now().Add(openIDLife).Format(world.TimeFormat))
		return err
	})
	if err != nil {
		return "", "", err
	}
	return p.oauth(found).AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier)), browser, nil
}

// errOpenID is what everybody gets whose way back does not fit the way there.
func errOpenID(cause error) error {
	return fault.Wrap(fault.Invalid, cause, "signing in this way did not work: begin again")
}

// FinishOpenID begins a session for whom the provider names. They are found by
// the link made at an earlier sign-in or, the first time, by their verified
// e-mail address; nobody is added, and nothing else that the provider says
// about them is looked at: no claim gives a role.
//
// It returns Invalid when the way back does not fit, Forbidden when nobody here
// is whom the provider names.
func (s *Service) FinishOpenID(ctx context.Context, state, code, browser string, client Client) (SignedIn, error) {
	if err := s.Take(ctx, triesByClient, client.network()); err != nil {
		return SignedIn{}, err
	}
	under, err := s.endOpenID(ctx, state, browser)
	if err != nil {
		return SignedIn{}, err
	}
	p, err := s.provider(under.provider)
	if err != nil {
		return SignedIn{}, err
	}
	who, err := p.redeem(ctx, code, under)
	if err != nil {
		return SignedIn{}, err
	}
	return s.openIDSession(ctx, under.org, who, client)
}

// underWay is somebody who was sent to a provider.
type underWay struct{ org, provider, browserHash, nonce, verifier string }

func (s *Service) endOpenID(ctx context.Context, state, browser string) (u underWay, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		err := tx.QueryRow(ctx, `SELECT org_id, provider, browser_hash, nonce, verifier FROM oidc_state WHERE hash = ? AND expires > ?`,
			hash(state), s.world.Stamp()).Scan(&u.org, &u.provider, &u.browserHash, &u.nonce, &u.verifier)
		if errors.Is(err, db.ErrNoRows) {
			return errOpenID(errors.New("no such state is under way"))
		}
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `DELETE FROM oidc_state WHERE hash = ?`, hash(state))
		return err
	})
	if err == nil && subtle.ConstantTimeCompare([]byte(u.browserHash), []byte(hash(browser))) != 1 {
		err = errOpenID(errors.New("another browser began it"))
	}
	return u, err
}

// named is whom a provider names.
type named struct {
	issuer, subject string
	email           string // "" unless verified
}

// redeem exchanges the code for an ID token and checks it.
func (p *provider) redeem(ctx context.Context, code string, u underWay) (named, error) {
	found, verifier, err := p.discover(ctx)
	if err != nil {
		return named{}, err
	}
	ctx = oidc.ClientContext(ctx, p.client)
	token, err := p.oauth(found).Exchange(ctx, code, oauth2.VerifierOption(u.verifier))
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) {
		return named{}, errOpenID(fmt.Errorf("the provider refused the code: %s", refused.ErrorCode))
	}
	if err != nil {
		return named{}, p.away(err)
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return named{}, p.away(errors.New("it sent no ID token"))
	}
	id, err := verifier.Verify(ctx, raw)
	if err != nil {
		return named{}, errOpenID(err)
	}
	if subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(u.nonce)) != 1 {
		return named{}, errOpenID(errors.New("the nonce is another"))
	}
	var claims struct {
		Email    string `json:"email"`
		Verified any    `json:"email_verified"` // some providers send text
	}
	if err := id.Claims(&claims); err != nil {
		return named{}, errOpenID(err)
	}
	who := named{issuer: id.Issuer, subject: id.Subject}
	if claims.Verified == true || claims.Verified == "true" || claims.Verified == nil && p.config.Vouches {
		if email, err := ParseEmail(claims.Email); err == nil {
			who.email = email
		}
	}
	if who.subject == "" {
		return named{}, errOpenID(errors.New("the ID token names nobody"))
	}
	return who, nil
}
