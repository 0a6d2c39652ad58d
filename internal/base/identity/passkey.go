package identity

import (
	"context"
	"fmt"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// PasskeyConfig says for which site passkeys are. The zero value is none.
type PasskeyConfig struct {
	Host    string   // the site's host name without a port, such as members.example.org
	Name    string   // what the device shows beside the passkey
	Origins []string // https://members.example.org
}

// Passkey is a key on a person's device that signs them in. It is theirs alone:
// nobody else can add one, and its use shows nothing that could be copied.
type Passkey struct {
	ID       string
	Label    string
	Synced   bool // may live on several of the person's devices
	Created  string
	LastUsed string
	Removed  string
	// Copied: its counter went back once, as that of a copied key does. It no
	// longer signs in.
	Copied bool

	credential []byte
	publicKey  []byte
	transports string
	backedUp   bool
	signCount  uint32
	person     string
	org        string
}

// mostPasskeys is how many a person may have.
const mostPasskeys = 20

type relyingParty struct{ *webauthn.WebAuthn }

func newRelyingParty(config PasskeyConfig) (*relyingParty, error) {
	if config.Host == "" {
		return nil, nil
	}
	required := true
	w, err := webauthn.New(&webauthn.Config{
		RPID: config.Host, RPDisplayName: config.Name, RPOrigins: config.Origins,
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: &required,
			UserVerification: protocol.VerificationRequired,
		},
	})
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "passkeys for %q cannot be set up", config.Host)
	}
	return &relyingParty{w}, nil
}

func (s *Service) relyingParty() (*relyingParty, error) {
	if s.passkeys == nil {
		return nil, fault.Errorf(fault.Conflict, "passkeys are not set up here")
	}
	return s.passkeys, nil
}

// holder is a person as the library asks for one. The user handle is the
// person's id.
type holder struct {
	person Person
	keys   []Passkey
}

func (h holder) WebAuthnID() []byte          { return []byte(h.person.ID) }
func (h holder) WebAuthnDisplayName() string { return h.person.Name() }
func (h holder) WebAuthnName() string {
	if h.person.Email != "" {
		return h.person.Email
	}
	return h.person.Name()
}

func (h holder) WebAuthnCredentials() []webauthn.Credential {
	var out []webauthn.Credential
	for _, k := range h.keys {
		c := webauthn.Credential{
			ID: k.credential, PublicKey: k.publicKey,
			Flags:         webauthn.CredentialFlags{UserPresent: true, UserVerified: true, BackupEligible: k.Synced, BackupState: k.backedUp},
			Authenticator: webauthn.Authenticator{SignCount: k.signCount, CloneWarning: k.Copied},
		}
		for t := range strings.FieldsSeq(k.transports) {
			c.Transport = append(c.Transport, protocol.AuthenticatorTransport(t))
		}
		out = append(out, c)
	}
	return out
}

// BeginPasskey starts adding a passkey for a person who is signed in. It
// returns what the browser's navigator.credentials.create wants, as JSON, and
// the ceremony to give back to [Service.FinishPasskey] within five minutes.
func (s *Service) BeginPasskey(ctx context.Context, org, person string) (options []byte, ceremony string, err error) {
	party, err := s.relyingParty()
	if err != nil {
		return nil, "", err
	}
	var who holder
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		who, err = holderOf(ctx, tx, org, person)
		return err
	})
	if err != nil {
		return nil, "", err
	}
	if who.person.Erased != "" {
		return nil, "", fault.Errorf(fault.Conflict, "person %s: their details were erased", person)
	}
	if len(who.keys) >= mostPasskeys {
		return nil, "", fault.Errorf(fault.Conflict, "person %s has %d passkeys: remove one first", person, len(who.keys))
	}
	creation, state, err := party.BeginRegistration(who,
		webauthn.WithExclusions(webauthn.Credentials(who.WebAuthnCredentials()).CredentialDescriptors()))
	if err != nil {
		return nil, "", fmt.Errorf("begin a passkey: %w", err)
	}
	return s.beginCeremony(ctx, "add", person, creation, state)
}

// FinishPasskey adds the passkey that the browser made. The label says which
// device it is. A ceremony works once; what does not fit it is Invalid.
func (s *Service) FinishPasskey(ctx context.Context, org, person, ceremony, label string, response []byte) (Passkey, error) {
	party, err := s.relyingParty()
	if err != nil {
		return Passkey{}, err
	}
	if label = tidy(label); label == "" {
		label = "Passkey"
	}
	if len(label) > 100 {
		return Passkey{}, fault.Fieldf("label", "the label has %d letters and may have 100", len(label))
	}
	state, whose, err := s.endCeremony(ctx, "add", ceremony)
	if err != nil {
		return Passkey{}, err
	}
	if whose != person {
		return Passkey{}, errCeremony(nil)
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(response)
	if err != nil {
		return Passkey{}, errCeremony(err)
	}
	key := Passkey{Label: label, person: person, org: org}
	_, err = s.journal.Record(ctx, journal.Fact{Org: org, Kind: "passkey.add", Actor: person}, func(tx *journal.Tx) error {
		who, err := holderOf(ctx, tx.Tx, org, person)
		if err != nil {
			return err
		}
		made, err := party.CreateCredential(who, state, parsed)
		if err != nil {
			return errCeremony(err)
		}
		key.fill(made)
		key.ID, key.Created = tx.ID(), tx.At()
		if err := tx.Insert(ctx, "passkey", key.row()); err != nil {
			if fault.Is(err, fault.Conflict) {
				return fault.Wrap(fault.Conflict, err, "this passkey is here already")
			}
			return err
		}
		if s.opts.PasskeyAdded != nil {
			if err := s.opts.PasskeyAdded(ctx, tx, person); err != nil {
				return err
			}
		}
		return saveUse(ctx, tx.Tx, key)
	})
	return key, err
}

// Passkeys are the passkeys that a person can sign in with, oldest first.
func (s *Service) Passkeys(ctx context.Context, org, person string) ([]Passkey, error) {
	var who holder
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		who, err = holderOf(ctx, tx, org, person)
		return err
	})
	return who.keys, err
}

// RemovePasskey takes one of a person's own passkeys away. Removing one again
// changes nothing.
func (s *Service) RemovePasskey(ctx context.Context, org, person, id string) error {
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "passkey.remove", Actor: person}, func(tx *journal.Tx) error {
		row, err := tx.Get(ctx, "passkey", id)
		if fault.Is(err, fault.NotFound) || err == nil && row["person_id"] != person {
			return fault.Errorf(fault.NotFound, "person %s has no passkey %s", person, clip(id))
		}
		if err != nil {
			return err
		}
		if row["removed"] != nil {
			return journal.ErrNothing
		}
		row["removed"] = tx.At()
		if err := tx.Update(ctx, "passkey", row); err != nil || s.opts.PasskeyRemoved == nil {
			return err
		}
		return s.opts.PasskeyRemoved(ctx, tx, person)
	})
	return err
}
