package identity

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/world"
)

// ceremonyLife is how long somebody may take with their device.
const ceremonyLife = 5 * time.Minute

// errCeremony is what everybody gets whose device said something else than was
// asked; the cause is for the log.
func errCeremony(cause error) error {
	return fault.Wrap(fault.Invalid, cause, "this passkey could not be used: try again, or sign in by e-mail")
}

// beginCeremony keeps the state of a ceremony, under the hash of a secret that
// the browser keeps.
func (s *Service) beginCeremony(ctx context.Context, kind, person string, ask any, state *webauthn.SessionData) ([]byte, string, error) {
	state.Expires = time.Time{} // the row's own, by the clock of this world
	raw, err := json.Marshal(state)
	if err != nil {
		return nil, "", err
	}
	options, err := json.Marshal(ask)
	if err != nil {
		return nil, "", err
	}
	ceremony := newSecret(s.world)
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO passkey_ceremony (hash, kind, person_id, state, expires) VALUES (?, ?, ?, ?, ?)`,
			hash(ceremony), kind, text(person), raw, s.world.Now().Add(ceremonyLife).Format(world.TimeFormat))
		return err
	})
	return options, ceremony, err
}

// endCeremony takes the state out: what it is used for, it is used for once.
func (s *Service) endCeremony(ctx context.Context, kind, ceremony string) (state webauthn.SessionData, person string, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		var raw []byte
		state = webauthn.SessionData{}
		err := tx.QueryRow(ctx, `SELECT COALESCE(person_id, ''), state FROM passkey_ceremony WHERE hash = ? AND kind = ? AND expires > ?`,
			hash(ceremony), kind, s.world.Stamp()).Scan(&person, &raw)
		if errors.Is(err, db.ErrNoRows) {
			return fault.Errorf(fault.Invalid, "this took too long, or was done already: begin again")
		}
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM passkey_ceremony WHERE hash = ?`, hash(ceremony)); err != nil {
			return err
		}
		return json.Unmarshal(raw, &state)
	})
	return state, person, err
}
