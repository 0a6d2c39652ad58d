package identity

import (
	"context"
	"slices"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/base/world"
	"commonweal/law"
)

// Membership gives the roles that follow from the register of members on a day:
// member, patient member, both or neither. Other roles are left out, because an
// office is held by appointment alone.
type Membership interface {
	Roles(ctx context.Context, org, person string, on law.Date) ([]policy.Role, error)
}

// Actor says who acts with a credential: the secret of a session, or an access
// token. The roles are those of today. It returns NotFound when the credential
// opens nothing, or no longer.
func (s *Service) Actor(ctx context.Context, credential string) (policy.Actor, error) {
	who, _, err := s.Identify(ctx, credential)
	return who, err
}

// Identify is [Service.Actor] with the session, which is zero for a token.
func (s *Service) Identify(ctx context.Context, credential string) (policy.Actor, Session, error) {
	if strings.HasPrefix(credential, tokenPrefix) {
		who, err := s.tokenActor(ctx, credential)
		return who, Session{}, err
	}
	return s.sessionActor(ctx, credential)
}

func (s *Service) sessionActor(ctx context.Context, secret string) (policy.Actor, Session, error) {
	var who policy.Actor
	var session Session
	now := s.world.Now()
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		if session, err = oneSession(ctx, tx, secret); err != nil {
			return err
		}
		if who, err = s.actor(ctx, tx, session.Org, session.Person); err != nil {
			return err
		}
		stale := now.Add(-idleLimit(who.Roles)).Format(world.TimeFormat)
		// A demonstration's sessions are worth nothing where it is none.
		if session.Expires <= now.Format(world.TimeFormat) || session.LastSeen <= stale || session.Way == ByDemo && !s.opts.Demo {
			return errEnded()
		}
		return nil
	})
	if err != nil {
		return policy.Actor{}, Session{}, err
	}
	who.Demo, who.Weak = session.Way == ByDemo, s.weak(session.Way == ByPasskey)
	if err := s.seen(ctx, secret, session); err != nil {
		return policy.Actor{}, Session{}, err
	}
	who, err = s.withMembership(ctx, who)
	return who, session, err
}

// seen notes that a session is in use, at most once a minute.
func (s *Service) seen(ctx context.Context, secret string, session Session) error {
	now := s.world.Now()
	if session.LastSeen > now.Add(-seenEvery).Format(world.TimeFormat) {
		return nil
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE session SET last_seen = ? WHERE hash = ? AND last_seen = ?`,
			now.Format(world.TimeFormat), hash(secret), session.LastSeen)
		return err
	})
}

// actor is a person with the offices they hold today.
func (s *Service) actor(ctx context.Context, tx *db.Tx, org, person string) (policy.Actor, error) {
	p, err := onePerson(ctx, tx, org, person)
	if err != nil {
		return policy.Actor{}, err
	}
	o, err := oneOrganisation(ctx, tx, org)
	if err != nil {
		return policy.Actor{}, err
	}
	if p.Erased != "" || !o.OpenOn(s.today()) {
		return policy.Actor{}, errEnded()
	}
	roles, err := rolesOn(ctx, tx, org, person, s.today())
	return policy.Actor{Person: person, Org: org, Name: p.Name(), Roles: roles}, err
}

func (s *Service) withMembership(ctx context.Context, who policy.Actor) (policy.Actor, error) {
	if s.opts.Membership == nil {
		return who, nil
	}
	more, err := s.opts.Membership.Roles(ctx, who.Org, who.Person, s.today())
	if err != nil {
		return policy.Actor{}, err
	}
	for _, role := range more {
		if (role == policy.Member || role == policy.PatientMember) && !slices.Contains(who.Roles, role) {
			who.Roles = append(who.Roles, role)
		}
	}
	return who, nil
}

// ActorOf says what a person could do if they acted now, without a session: for
// work that is done in somebody's name.
func (s *Service) ActorOf(ctx context.Context, org, person string) (policy.Actor, error) {
	var who policy.Actor
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		who, err = s.actor(ctx, tx, org, person)
		return err
	})
	if fault.Is(err, fault.NotFound) {
		return policy.Actor{}, fault.Errorf(fault.NotFound, "there is no person %s in %s who could act", clip(person), clip(org))
	}
	if err != nil {
		return policy.Actor{}, err
	}
	return s.withMembership(ctx, who)
}
