package identity

import (
	"context"
	"errors"
	"slices"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/policy"
	"commonweal/law"
)

// tokenPrefix begins every access token, so that one that leaked into a log or
// a repository can be recognised.
const tokenPrefix = "cw_"

// mostTokens is how many access tokens in force a person may have.
const mostTokens = 20

// Token is a credential for a program that acts for a person, with less than
// the person's own rights: those of its scopes.
type Token struct {
	ID      string
	Label   string
	Scopes  []string
	Strong  bool     // made in a session signed in with a passkey
	Created string   // instant
	Expires law.Date // the last day on which it works
	Revoked string   // instant
}

// MadeWithPasskey stands among the scopes of a token that was made by somebody
// signed in with a passkey. It gives no right; without it an office that needs a
// passkey counts for nothing.
const MadeWithPasskey = "made:passkey"

// CreateToken makes an access token for a person and returns its secret, which
// is shown this once. It works until the end of the day given, at most a year
// from now. Among the scopes may be [MadeWithPasskey].
func (s *Service) CreateToken(ctx context.Context, org, person, label string, scopes []string, expires law.Date) (string, Token, error) {
	t := Token{Label: tidy(label), Expires: expires}
	t.Scopes, t.Strong = readScopes(scopes)
	if err := t.check(s.today()); err != nil {
		return "", Token{}, err
	}
	secret := tokenPrefix + newSecret(s.world)
	stored := t.Scopes
	if t.Strong {
		stored = append(slices.Clip(stored), MadeWithPasskey)
	}
	fact := journal.Fact{Org: org, Kind: "token.create", Actor: person, Detail: map[string]any{"scopes": stored}}
	_, err := s.journal.Record(ctx, fact, func(tx *journal.Tx) error {
		if _, err := s.actor(ctx, tx.Tx, org, person); err != nil {
			return err
		}
		var n int
		err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM api_token WHERE person_id = ? AND revoked IS NULL AND expires >= ?`,
			person, s.today().String()).Scan(&n)
		if err != nil {
			return err
		}
		if n >= mostTokens {
			return fault.Errorf(fault.Conflict, "person %s has %d access tokens: revoke one first", person, n)
		}
		t.ID, t.Created = tx.ID(), tx.At()
		return tx.Insert(ctx, "api_token", journal.Row{
			"id": t.ID, "person_id": person, "hash": hash(secret), "label": t.Label, "scopes": strings.Join(stored, " "),
			"created": t.Created, "expires": t.Expires.String(),
		})
	})
	if err != nil {
		return "", Token{}, err
	}
	return secret, t, nil
}

// readScopes tells the scopes of a token, sorted and each once, from how it was
// made.
func readScopes(list []string) (scopes []string, strong bool) {
	scopes = []string{}
	for _, scope := range slices.Compact(slices.Sorted(slices.Values(list))) {
		if scope == MadeWithPasskey {
			strong = true
		} else {
			scopes = append(scopes, scope)
		}
	}
	return scopes, strong
}

func (t Token) check(today law.Date) error {
	switch {
	case t.Label == "" || len(t.Label) > 100:
		return fault.Fieldf("label", "an access token needs a label of at most 100 letters that says what it is for")
	case len(t.Scopes) == 0:
		return fault.Fieldf("scopes", "an access token needs at least one scope")
	case t.Expires.IsZero() || t.Expires.Before(today):
		return fault.Fieldf("expires", "an access token needs a last day, today or later")
	case t.Expires.After(today.AddYears(1)):
		return fault.Fieldf("expires", "an access token works for a year at most, so until %s", today.AddYears(1))
	}
	for _, scope := range t.Scopes {
		if !slices.Contains(policy.Scopes(), scope) {
			return fault.Fieldf("scopes", "there is no scope %q", clip(scope))
		}
	}
	return nil
}

// RevokeToken ends one of a person's own access tokens. Revoking one again
// changes nothing.
func (s *Service) RevokeToken(ctx context.Context, org, person, id string) error {
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "token.revoke", Actor: person}, func(tx *journal.Tx) error {
		row, err := tx.Get(ctx, "api_token", id)
		if fault.Is(err, fault.NotFound) || err == nil && row["person_id"] != person {
			return fault.Errorf(fault.NotFound, "person %s has no access token %s", person, clip(id))
		}
		if err != nil {
			return err
		}
		if row["revoked"] != nil {
			return journal.ErrNothing
		}
		row["revoked"] = tx.At()
		return tx.Update(ctx, "api_token", row)
	})
	return err
}

// Tokens are all access tokens that a person ever made, newest first.
func (s *Service) Tokens(ctx context.Context, org, person string) (list []Token, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list = nil
		return tx.Each(ctx, func(rows *db.Rows) error {
			var t Token
			var scopes, expires string
			if err := rows.Scan(&t.ID, &t.Label, &scopes, &t.Created, &expires, &t.Revoked); err != nil {
				return err
			}
			t.Scopes, t.Strong = readScopes(strings.Fields(scopes))
			t.Expires = readDay(expires)
			list = append(list, t)
			return nil
		}, `SELECT id, COALESCE(label, ''), scopes, created, expires, COALESCE(revoked, '') FROM api_token
			WHERE person_id = ? AND org_id = ? ORDER BY created DESC, id DESC`, person, org)
	})
	return list, err
}

func (s *Service) tokenActor(ctx context.Context, secret string) (policy.Actor, error) {
	var who policy.Actor
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var org, person, scopes string
		err := tx.QueryRow(ctx, `SELECT org_id, person_id, scopes FROM api_token WHERE hash = ? AND revoked IS NULL AND expires >= ?`,
			hash(secret), s.today().String()).Scan(&org, &person, &scopes)
		if errors.Is(err, db.ErrNoRows) {
			return fault.Errorf(fault.NotFound, "this access token is not known, was revoked, or has run out")
		}
		if err != nil {
			return err
		}
		who, err = s.actor(ctx, tx, org, person)
		var strong bool
		who.Scopes, strong = readScopes(strings.Fields(scopes))
		who.Weak = s.weak(strong)
		return err
	})
	if err != nil {
		return policy.Actor{}, err
	}
	return s.withMembership(ctx, who)
}
