package identity

import (
	"context"
	"crypto/hmac"
	"errors"
	"strings"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/world"
)

// Mailer sends a sign-in code to a person. It is called after the answer to the
// request has been decided, so nobody learns from its speed or its failure.
type Mailer interface {
	SendCode(ctx context.Context, to, name, code, org string) error
	// SendAddressCode sends a code to an address that somebody wants to have from
	// now on, to show that they read what comes there.
	SendAddressCode(ctx context.Context, to, name, code, org string) error
}

const (
	codeLife  = 10 * time.Minute
	codeTries = 5
)

// RequestCode sends a one-time code to an e-mail address, if a person of the
// organisation has it, and returns a challenge. The browser that asked keeps
// the challenge and gives it back with the code, so that a code can be tried
// only from where it was asked for.
//
// Whether the address is known makes no difference: the same rows are written,
// the same errors are returned, and a code for nobody can be tried, in vain, as
// often as another. It returns Invalid for what is no address, and Throttled.
func (s *Service) RequestCode(ctx context.Context, org, email string, client Client) (challenge string, err error) {
	if s.opts.Mailer == nil {
		return "", fault.Errorf(fault.Conflict, "sign-in by e-mail is not set up")
	}
	email, err = ParseEmail(email)
	if err != nil {
		return "", err
	}
	if err := s.Take(ctx, codesToClient, client.network()); err != nil {
		return "", err
	}
	if err := s.Take(ctx, codesToAddress, org+" "+email); err != nil {
		return "", err
	}
	challenge = newSecret(s.world)
	code := newCode(s.world)
	var person Person
	var from Organisation
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if from, err = oneOrganisation(ctx, tx, org); err != nil {
			return err
		}
		found, err := PeopleByEmail(ctx, tx, org, []string{email})
		if err != nil {
			return err
		}
		person = Person{}
		if from.OpenOn(s.today()) {
			person = found[email]
		}
		_, err = tx.Exec(ctx, `INSERT INTO email_code (hash, org_id, person_id, code_mac, tries, expires)
			VALUES (?, ?, ?, ?, 0, ?)`, hash(challenge), org, text(person.ID), s.codeMAC(challenge, code),
			s.world.Now().Add(codeLife).Format(world.TimeFormat))
		return err
	})
	if err != nil {
		return "", err
	}
	if person.ID != "" {
		s.send(context.WithoutCancel(ctx), person, func(ctx context.Context) error {
			return s.opts.Mailer.SendCode(ctx, person.Email, person.Name(), code, org)
		})
	}
	return challenge, nil
}

// send hands a code to the mailer behind the caller's back. The service waits
// for it in [Service.Wait].
func (s *Service) send(ctx context.Context, p Person, hand func(ctx context.Context) error) {
	s.sending.Go(func() {
		if err := hand(ctx); err != nil {
			// The error may quote the address, so it is not logged as it is.
			s.log.ErrorContext(ctx, "a code could not be handed over for delivery", "person", p.ID, "kind", fault.KindOf(err))
		}
	})
}

func (s *Service) codeMAC(challenge, code string) []byte {
	return mac(s.codeKey, "code", challenge, code)
}

// errCode is the one answer to every code that does not open the door.
func errCode() error {
	return fault.Fieldf("code", "this code is not right, or it has run out: check it, or ask for a new one")
}

// SignInWithCode begins a session for whoever got the code. Each code works
// once, for ten minutes, and is dead after five wrong tries. Wrong, used, late
// and made up look the same: Invalid.
func (s *Service) SignInWithCode(ctx context.Context, challenge, code string, client Client) (SignedIn, error) {
	if err := s.Take(ctx, triesByClient, client.network()); err != nil {
		return SignedIn{}, err
	}
	code = bareCode(code)
	var in SignedIn
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		in = SignedIn{} // a wrong try is kept, so it is no error of the transaction
		org, person, err := s.tryCode(ctx, tx, challenge, s.codeMAC(challenge, code))
		if err != nil || person == "" {
			return err
		}
		in, err = s.begin(ctx, tx, org, person, ByCode, client)
		return err
	})
	if err == nil && in.Secret == "" {
		err = errCode()
	}
	return in, err
}

// dropCodes makes the codes that were sent to a person useless.
func dropCodes(ctx context.Context, tx *db.Tx, person string) error {
	_, err := tx.Exec(ctx, `DELETE FROM email_code WHERE person_id = ?`, person)
	return err
}

// bareCode is a code without what people put between its digits.
func bareCode(code string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\u00a0' {
			return -1
		}
		return r
	}, code)
}

// tryCode counts a try and returns whose code it was, or nobody. given is what a
// right code comes to.
func (s *Service) tryCode(ctx context.Context, tx *db.Tx, challenge string, given []byte) (org, person string, err error) {
	var want []byte
	var tries int
	var expires string
	err = tx.QueryRow(ctx, `SELECT org_id, COALESCE(person_id, ''), code_mac, tries, expires FROM email_code WHERE hash = ?`, hash(challenge)).
		Scan(&org, &person, &want, &tries, &expires)
	if err != nil && !errors.Is(err, db.ErrNoRows) {
		return "", "", err
	}
	right := hmac.Equal(want, given)
	if err != nil || tries >= codeTries || expires <= s.world.Stamp() {
		return "", "", nil
	}
	if !right || person == "" {
		_, err := tx.Exec(ctx, `UPDATE email_code SET tries = tries + 1 WHERE hash = ?`, hash(challenge))
		return "", "", err
	}
	_, err = tx.Exec(ctx, `DELETE FROM email_code WHERE hash = ?`, hash(challenge))
	return org, person, err
}
