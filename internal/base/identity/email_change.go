package identity

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/world"
)

// BeginEmailChange sends a code to an address that a person wants to have from
// now on, and returns a challenge for [Service.FinishEmailChange]. Nothing changes
// yet. The caller has asked [Service.MayChangeWays].
//
// An address that somebody else has gets no code, and that cannot be told from
// the answer. It returns Invalid for what is no address or is the person's
// already, and Throttled.
func (s *Service) BeginEmailChange(ctx context.Context, org, person, email string, client Client) (challenge string, err error) {
	if s.opts.Mailer == nil {
		return "", fault.Errorf(fault.Conflict, "mail is not set up")
	}
	if email, err = ParseEmail(email); err != nil {
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
	var p Person
	free := false
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if p, err = onePerson(ctx, tx, org, person); err != nil {
			return err
		}
		if p.Email == email {
			return fault.Fieldf("email", "this is your e-mail address already")
		}
		taken, err := PeopleByEmail(ctx, tx, org, []string{email})
		if err != nil {
			return err
		}
		free = len(taken) == 0 && p.Erased == ""
		_, err = tx.Exec(ctx, `INSERT INTO email_code (hash, org_id, person_id, code_mac, tries, expires)
			VALUES (?, ?, ?, ?, 0, ?)`, hash(challenge), org, text(person), s.addressMAC(challenge, code, email),
			s.world.Now().Add(codeLife).Format(world.TimeFormat))
		return err
	})
	if err != nil {
		return "", err
	}
	if free {
		s.send(context.WithoutCancel(ctx), p, func(ctx context.Context) error {
			return s.opts.Mailer.SendAddressCode(ctx, email, p.Name(), code, org)
		})
	}
	return challenge, nil
}

// addressMAC ties a code to the address that it was sent to. It signs nobody in.
func (s *Service) addressMAC(challenge, code, email string) []byte {
	return mac(s.codeKey, "address", challenge, code, email)
}

// FinishEmailChange gives a person the address that they got the code at, and
// tells the old one. It ends all their sessions and begins a new one. A code works
// once, for ten minutes, and is dead after five wrong tries; all that does not fit
// is Invalid.
func (s *Service) FinishEmailChange(ctx context.Context, org, person, challenge, email, code string, client Client) (SignedIn, error) {
	if err := s.Take(ctx, triesByClient, client.network()); err != nil {
		return SignedIn{}, err
	}
	email, err := ParseEmail(email)
	if err != nil {
		return SignedIn{}, err
	}
	of, whose := "", ""
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		of, whose, err = s.tryCode(ctx, tx, challenge, s.addressMAC(challenge, bareCode(code), email))
		return err
	})
	if err != nil {
		return SignedIn{}, err
	}
	if whose == "" || of != org || whose != person {
		return SignedIn{}, errCode()
	}
	_, err = s.journal.Record(ctx, journal.Fact{Org: org, Kind: "person.change", Actor: person}, func(tx *journal.Tx) error {
		p, err := onePerson(ctx, tx.Tx, org, person)
		if err != nil {
			return err
		}
		p.Email = email
		change, err := ChangePerson(ctx, tx, p)
		if err != nil {
			return err
		}
		return s.emailLost(ctx, tx, change)
	})
	if err != nil {
		return SignedIn{}, err
	}
	var in SignedIn
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		in, err = s.begin(ctx, tx, org, person, ByCode, client)
		return err
	})
	return in, err
}
