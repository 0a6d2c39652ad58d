package identity

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// BeginPasskeySignIn starts signing in with a passkey. Nobody says who they are
// first: the device offers the passkeys it has for this site. It returns what
// the browser's navigator.credentials.get wants, as JSON, and the ceremony.
func (s *Service) BeginPasskeySignIn(ctx context.Context, client Client) (options []byte, ceremony string, err error) {
	party, err := s.relyingParty()
	if err != nil {
		return nil, "", err
	}
	if err := s.Take(ctx, triesByClient, client.network()); err != nil {
		return nil, "", err
	}
	assertion, state, err := party.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return nil, "", fmt.Errorf("begin signing in with a passkey: %w", err)
	}
	return s.beginCeremony(ctx, "sign in", "", assertion, state)
}

// FinishPasskeySignIn begins a session for whoever the passkey belongs to. A
// ceremony works once. A passkey that was removed, or whose counter went back
// as that of a copy does, signs nobody in: Invalid and Forbidden.
func (s *Service) FinishPasskeySignIn(ctx context.Context, ceremony string, response []byte, client Client) (SignedIn, error) {
	party, err := s.relyingParty()
	if err != nil {
		return SignedIn{}, err
	}
	if err := s.Take(ctx, triesByClient, client.network()); err != nil {
		return SignedIn{}, err
	}
	state, _, err := s.endCeremony(ctx, "sign in", ceremony)
	if err != nil {
		return SignedIn{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(response)
	if err != nil {
		return SignedIn{}, errCeremony(err)
	}
	var in SignedIn
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		in = SignedIn{} // that a key was copied is kept, so it is no error of the transaction
		key, err := party.verify(ctx, tx, state, parsed)
		if err != nil {
			return err
		}
		key.LastUsed = s.world.Stamp()
		if err := saveUse(ctx, tx, key); err != nil || key.Copied {
			return err
		}
		in, err = s.begin(ctx, tx, key.org, key.person, ByPasskey, client)
		return err
	})
	if err == nil && in.Secret == "" {
		err = fault.Errorf(fault.Forbidden, "this passkey may have been copied: sign in by e-mail, remove it, and add a new one")
	}
	return in, err
}

// verify checks the response and returns the passkey with its counter moved on.
func (p *relyingParty) verify(ctx context.Context, tx *db.Tx, state webauthn.SessionData, parsed *protocol.ParsedCredentialAssertionData) (Passkey, error) {
	var org, person string
	err := tx.QueryRow(ctx, `SELECT org_id, person_id FROM passkey WHERE credential_id = ? AND removed IS NULL`, parsed.RawID).Scan(&org, &person)
	if errors.Is(err, db.ErrNoRows) {
		return Passkey{}, errCeremony(errors.New("nobody here has this passkey"))
	}
	if err != nil {
		return Passkey{}, err
	}
	who, err := holderOf(ctx, tx, org, person)
	if err != nil {
		return Passkey{}, err
	}
	owner := func(_, handle []byte) (webauthn.User, error) {
		if !bytes.Equal(handle, []byte(person)) {
			return nil, errors.New("the user handle is not that of the passkey's owner")
		}
		return who, nil
	}
	_, credential, err := p.ValidatePasskeyLogin(owner, state, parsed)
	if err != nil {
		return Passkey{}, errCeremony(err)
	}
	i := slices.IndexFunc(who.keys, func(k Passkey) bool { return bytes.Equal(k.credential, credential.ID) })
	if i < 0 {
		return Passkey{}, errCeremony(errors.New("the passkey is not among its owner's"))
	}
	key := who.keys[i]
	key.signCount, key.backedUp = credential.Authenticator.SignCount, credential.Flags.BackupState
	key.Copied = key.Copied || credential.Authenticator.CloneWarning
	return key, nil
}
