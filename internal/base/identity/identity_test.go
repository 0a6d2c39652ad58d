package identity_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/schema/schematest"
)

// letters is a mailer that keeps what it is given.
type letters struct {
	mu   sync.Mutex
	sent []letter
	fail error
}

type letter struct{ to, name, code, org string }

func (l *letters) SendCode(_ context.Context, to, name, code, org string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sent = append(l.sent, letter{to, name, code, org})
	return l.fail
}

// SendAddressCode marks the code by the name: it goes to an address that is not
// the person's yet.
func (l *letters) SendAddressCode(ctx context.Context, to, name, code, org string) error {
	return l.SendCode(ctx, to, "new: "+name, code, org)
}

func (l *letters) last(t *testing.T) letter {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.sent) == 0 {
		t.Fatal("no letter was sent")
	}
	return l.sent[len(l.sent)-1]
}

// house is a mutual with a secretary, and the service over it.
type house struct {
	*schematest.Base
	*identity.Service
	letters   *letters
	secretary string // person id
}

const (
	org            = "harbour"
	secretaryEmail = "una.sill@harbour.example"
)

var phone = identity.Client{Address: "192.0.2.7", Agent: "Firefox on Android"}

func build(t *testing.T, b *schematest.Base, alter ...func(*identity.Options)) *house {
	t.Helper()
	h := &house{Base: b, letters: &letters{}}
	opts := identity.Options{Mailer: h.letters}
	for _, f := range alter {
		f(&opts)
	}
	h.Service = h.service(t, opts)
	_, ids, err := h.CreateOrganisation(t.Context(), "setup",
		identity.Organisation{ID: org, Name: "Harbour Community Health", Kind: identity.Mutual, ODS: "nq9"},
		identity.Setup{Person: identity.Person{Given: "Una", Family: "Sill", Email: secretaryEmail}, Role: policy.Secretary})
	if err != nil {
		t.Fatal(err)
	}
	h.secretary = ids[0]
	return h
}

// service makes another service over the same database.
func (h *house) service(t *testing.T, opts identity.Options) *identity.Service {
	t.Helper()
	s, err := identity.New(h.Journal, h.Keys, opts)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// each runs a test on each engine.
func each(t *testing.T, fn func(t *testing.T, h *house), alter ...func(*identity.Options)) {
	t.Helper()
	schematest.Each(t, func(t *testing.T, b *schematest.Base) { fn(t, build(t, b, alter...)) })
}

func (h *house) person(t *testing.T, given, family, email string) string {
	t.Helper()
	p, err := h.NewPerson(t.Context(), h.secretary, org, identity.Person{Given: given, Family: family, Email: email})
	if err != nil {
		t.Fatal(err)
	}
	return p.ID
}

// signIn signs in by e-mail.
func (h *house) signIn(t *testing.T, email string, client identity.Client) identity.SignedIn {
	t.Helper()
	challenge, err := h.RequestCode(t.Context(), org, email, client)
	if err != nil {
		t.Fatal(err)
	}
	h.Wait()
	in, err := h.SignInWithCode(t.Context(), challenge, h.letters.last(t).code, client)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func (h *house) size(t *testing.T) int64 {
	t.Helper()
	head, err := h.Journal.Sign(t.Context(), org)
	if err != nil {
		t.Fatal(err)
	}
	return head.Size
}

// is fails unless err is a fault of the kind whose message has the words.
func is(t *testing.T, err error, kind fault.Kind, words string) {
	t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(fault.Message(err), words) {
		t.Errorf("got %q (%s), want a fault of kind %s that says %q", err, fault.KindOf(err), kind, words)
	}
	quiet(t, err)
}

// quiet fails if an error names somebody.
func quiet(t *testing.T, err error) {
	t.Helper()
	for err := err; err != nil; err = errors.Unwrap(err) {
		for _, word := range []string{"Una", "Sill", "@harbour", "Bram", "Tarn"} {
			if strings.Contains(err.Error(), word) {
				t.Errorf("the error %q has personal data", err)
			}
		}
	}
}

func must[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
