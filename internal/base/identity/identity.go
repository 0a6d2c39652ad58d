// Package identity is who there is and who is asking: organisations, people,
// dated appointments, and the ways to sign in.
//
// Organisations, people, appointments, passkeys, links to an outside provider
// and access tokens are governance facts: each change is one entry in the
// record of the organisation. Sessions, e-mailed codes, ceremonies under way
// and rate limits are not; they are rows that come and go.
//
// What must hold:
//   - Nothing that opens a door is stored as it is: session secrets and access
//     tokens are hashed, e-mailed codes are kept under a key that is not in the
//     database.
//   - Whoever asks cannot tell from the answer whether an e-mail address is
//     known here.
//   - A role is held from its first day until the day it ends, and no other
//     way: no claim of an outside provider and no token gives one.
//   - No name and no address is in an error, a log line or the detail of an
//     entry.
package identity

import (
	"context"
	"fmt"
	"log/slog"
	"sync"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/world"
	"commonweal/law"
)

// Tables are the governed tables of this room.
var Tables = []journal.Table{
	journal.Govern("organisation", "name", "kind", "legal_form", "ods", "parent_id", "registered_no", "registered_office",
		"brand", "invented int", "opened", "closed"),
	journal.Govern("person", "given", "family", "email", "postal_address", "created", "erased"),
	journal.Govern("appointment", "person_id", "role", "scope", "starts", "ends", "appointed_by", "ended_by"),
	journal.Govern("passkey", "person_id", "credential_id bytes", "public_key bytes", "label", "transports", "synced int",
		"created", "removed"),
	journal.Govern("sign_in_link", "person_id", "issuer", "subject_hash", "created", "removed"),
	journal.Govern("api_token", "person_id", "hash", "label", "scopes", "created", "expires", "revoked"),
}

// Options is what a service needs from the rest of the program. The zero value
// is a service without mail, passkeys, outside providers or demonstration.
type Options struct {
	Mailer     Mailer         // sends sign-in codes; nil: nobody can sign in by e-mail
	Membership Membership     // gives the roles that follow from the register; nil: none
	Passkeys   PasskeyConfig  // zero: no passkeys
	OpenID     []OpenIDConfig // outside providers, in the order they are offered
	Demo       bool           // a demonstration: organisations made now are invented
	// OfficersNeedPasskey has the offices of weight count only for who signed in
	// with a passkey; see package policy.
	OfficersNeedPasskey bool
	// PasskeyAdded and PasskeyRemoved are called in the change that adds a passkey
	// or takes one away, so that its owner is told in the same breath; nil: nobody
	// is told.
	PasskeyAdded, PasskeyRemoved func(ctx context.Context, tx *journal.Tx, person string) error
	// EmailsLost is called in the change that gives people other e-mail addresses,
	// so that those who read the old ones are told; nil: nobody is told.
	EmailsLost func(ctx context.Context, tx *journal.Tx, list []PersonChange) error
	Log        *slog.Logger // nil: nowhere
}

// Service is who there is and who is asking. Its methods may be called from
// several goroutines. Call [Service.Wait] before the program ends.
type Service struct {
	journal *journal.Journal
	db      *db.DB
	world   *world.World
	opts    Options
	log     *slog.Logger

	codeKey  []byte // for e-mailed codes
	limitKey []byte // for the buckets of rate limits

	passkeys  *relyingParty
	providers []*provider
	sending   sync.WaitGroup
}

// New makes a service over a journal. It fails when an option is malformed or
// a secret file cannot be read; it does not go to the network.
func New(j *journal.Journal, keys *journal.Keys, opts Options) (*Service, error) {
	s := &Service{journal: j, db: j.DB(), world: j.World(), opts: opts, log: opts.Log}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	var err error
	if s.codeKey, err = keys.Derive("e-mailed code"); err != nil {
		return nil, fmt.Errorf("derive the key for e-mailed codes: %w", err)
	}
	if s.limitKey, err = keys.Derive("rate limit"); err != nil {
		return nil, fmt.Errorf("derive the key for rate limits: %w", err)
	}
	if s.passkeys, err = newRelyingParty(opts.Passkeys); err != nil {
		return nil, err
	}
	for _, config := range opts.OpenID {
		p, err := newProvider(config, j.World())
		if err != nil {
			return nil, err
		}
		s.providers = append(s.providers, p)
	}
	return s, nil
}

// Wait returns when no message is being handed to the mailer any more.
func (s *Service) Wait() { s.sending.Wait() }

// today is the day it is for every rule here.
func (s *Service) today() law.Date { return law.Today(s.world.Now()) }
