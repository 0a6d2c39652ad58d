package identity

import (
	"context"
	"errors"
	"slices"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/base/world"
)

// Way is how somebody signed in.
type Way string

const (
	ByCode    Way = "code"
	ByPasskey Way = "passkey"
	ByOpenID  Way = "openid"
	ByDemo    Way = "demo"
)

// A session ends at the latest after its life, and earlier when nothing was
// asked for some time: sooner for people who hold an office, because their
// session is worth more to a passer-by.
const (
	sessionLife = 12 * time.Hour
	idleMember  = 60 * time.Minute
	idleOfficer = 30 * time.Minute
	seenEvery   = time.Minute // last_seen is this coarse, to spare the disk
)

// idleLimit is how long a session may lie unused for somebody with these roles.
func idleLimit(roles []policy.Role) time.Duration {
	if slices.ContainsFunc(roles, policy.Role.Appointed) {
		return idleOfficer
	}
	return idleMember
}

// Session is somebody signed in on one device.
type Session struct {
	ID       string // to name it by; it opens nothing
	Org      string
	Person   string
	Way      Way
	Client   string
	Created  string // instants
	LastSeen string
	Expires  string
	Current  bool // in a list: the one that asks
}

// SignedIn is a session that has begun. The secret is given out this once; the
// database has its hash.
type SignedIn struct {
	Secret  string
	Session Session
}

// begin makes a session, and ends the one that the browser had before: a secret
// from before signing in never becomes worth more.
func (s *Service) begin(ctx context.Context, tx *db.Tx, org, person string, way Way, client Client) (SignedIn, error) {
	p, err := onePerson(ctx, tx, org, person)
	if err != nil {
		return SignedIn{}, err
	}
	o, err := oneOrganisation(ctx, tx, org)
	if err != nil {
		return SignedIn{}, err
	}
	if p.Erased != "" || !o.OpenOn(s.today()) {
		return SignedIn{}, fault.Errorf(fault.Forbidden, "person %s can no longer sign in", person)
	}
	if client.Previous != "" {
		if _, err := tx.Exec(ctx, `DELETE FROM session WHERE hash = ?`, hash(client.Previous)); err != nil {
			return SignedIn{}, err
		}
	}
	now := s.world.Now()
	in := SignedIn{Secret: newSecret(s.world), Session: Session{
		ID: s.world.ID(), Org: org, Person: person, Way: way, Client: clip(tidy(client.Agent)),
		Created: now.Format(world.TimeFormat), LastSeen: now.Format(world.TimeFormat), Expires: now.Add(sessionLife).Format(world.TimeFormat),
	}}
	_, err = tx.Exec(ctx, `INSERT INTO session (hash, id, org_id, person_id, way, client, created, last_seen, expires)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, hash(in.Secret), in.Session.ID, org, person, string(way), in.Session.Client,
		in.Session.Created, in.Session.LastSeen, in.Session.Expires)
	return in, err
}

// Sessions are a person's sessions, newest first. current is the secret of the
// one that asks.
func (s *Service) Sessions(ctx context.Context, person, current string) (list []Session, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list = nil
		var org string
		err := tx.QueryRow(ctx, `SELECT org_id FROM person WHERE id = ?`, person).Scan(&org)
		if err != nil && !errors.Is(err, db.ErrNoRows) {
			return err
		}
		roles, err := rolesOn(ctx, tx, org, person, s.today())
		if err != nil {
			return err
		}
		stale := s.world.Now().Add(-idleLimit(roles))
		return tx.Each(ctx, func(rows *db.Rows) error {
			one, h, err := scanSession(rows.Scan)
			one.Current = h == hash(current)
			list = append(list, one)
			return err
		}, selectSession+`WHERE person_id = ? AND expires > ? AND last_seen > ? ORDER BY created DESC, id DESC`,
			person, s.world.Stamp(), stale.Format(world.TimeFormat))
	})
	return list, err
}

// EndSession ends one of a person's own sessions. Ending one that is not there
// is no error: it has ended.
func (s *Service) EndSession(ctx context.Context, person, id string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM session WHERE id = ? AND person_id = ?`, id, person)
		return err
	})
}

// EndSessions ends all sessions of a person, on every device.
func (s *Service) EndSessions(ctx context.Context, person string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error { return endSessions(ctx, tx, person) })
}

// SignOut ends the session that has the secret.
func (s *Service) SignOut(ctx context.Context, secret string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM session WHERE hash = ?`, hash(secret))
		return err
	})
}

func endSessions(ctx context.Context, tx *db.Tx, person string) error {
	_, err := tx.Exec(ctx, `DELETE FROM session WHERE person_id = ?`, person)
	return err
}

const selectSession = `SELECT hash, id, org_id, person_id, way, client, created, last_seen, expires FROM session `

func scanSession(scan func(...any) error) (one Session, hash string, err error) {
	err = scan(&hash, &one.ID, &one.Org, &one.Person, &one.Way, &one.Client, &one.Created, &one.LastSeen, &one.Expires)
	return one, hash, err
}

func oneSession(ctx context.Context, tx *db.Tx, secret string) (Session, error) {
	one, _, err := scanSession(tx.QueryRow(ctx, selectSession+`WHERE hash = ?`, hash(secret)).Scan)
	if errors.Is(err, db.ErrNoRows) {
		return Session{}, errEnded()
	}
	return one, err
}

func errEnded() error {
	return fault.Errorf(fault.NotFound, "this session has ended: sign in again")
}

// Sweep removes what has run out: sessions, codes, ceremonies and limits that
// nobody is held up by any more. A job calls it now and then.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.world.Now()
	stamp := now.Format(world.TimeFormat)
	return s.db.Write(ctx, func(tx *db.Tx) error {
		for _, table := range []string{"session", "email_code", "passkey_ceremony", "oidc_state"} {
			if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE expires <= ?`, stamp); err != nil {
				return err
			}
		}
		idle := now.Add(-idleMember).Format(world.TimeFormat)
		if _, err := tx.Exec(ctx, `DELETE FROM session WHERE last_seen <= ?`, idle); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `DELETE FROM rate_limit WHERE tat <= ?`, now.UnixMilli())
		return err
	})
}
