package identity

import (
	"context"
	"slices"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/base/world"
)

// recent is how long after signing in somebody may change how they sign in. A
// session that was left open longer than that is worth no new key to it.
const recent = 5 * time.Minute

// SignInAgain is the cause of a Forbidden fault: the person has to sign in again
// first.
type SignInAgain struct {
	// Passkey says that it has to be with one of their passkeys.
	Passkey bool
}

func (*SignInAgain) Error() string { return "sign in again" }

// weak reports whether a way in is too weak for an office of weight.
func (s *Service) weak(passkey bool) bool { return s.opts.OfficersNeedPasskey && !passkey }

// MayChangeWays refuses to let a session change the ways in (a passkey, the
// e-mail address, an access token) unless its person signed in within the last
// minutes. Somebody whose office needs a passkey, and who has one, must have used
// it: otherwise whoever reads their mail could add another. The fault is caused
// by [SignInAgain]. An invented person of a demonstration has no ways to change.
func (s *Service) MayChangeWays(ctx context.Context, who policy.Actor, session Session) error {
	if session.Way == ByDemo {
		return nil
	}
	if who.Weak && who.Weighty() {
		keys, err := s.Passkeys(ctx, who.Org, who.Person)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(keys, func(k Passkey) bool { return !k.Copied }) {
			return fault.Wrap(fault.Forbidden, &SignInAgain{Passkey: true}, "person %s holds an office: sign in with a passkey first", who.Person)
		}
	}
	if session.Created <= s.world.Now().Add(-recent).Format(world.TimeFormat) {
		return fault.Wrap(fault.Forbidden, &SignInAgain{}, "you signed in some time ago: sign in again first, so that we know it is you")
	}
	return nil
}
