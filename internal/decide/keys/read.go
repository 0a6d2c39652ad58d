package keys

import (
	"context"

	"commonweal/belenios"
	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// Setup reads one setup. Anybody may see it.
func (s *Service) Setup(ctx context.Context, org, id string) (out Setup, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out, err = one(ctx, tx, org, id)
		return err
	})
	return out, err
}

// Messages reads the messages of a setup, in order of number within each step. Anybody
// may see them.
func (s *Service) Messages(ctx context.Context, org, setup string) (out []Message, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		if _, err := one(ctx, tx, org, setup); err != nil {
			return err
		}
		out, err = messages(ctx, tx, org, setup)
		return err
	})
	return out, err
}

// List reads the setups of a poll, the newest first.
func (s *Service) List(ctx context.Context, org, poll string) (out []Setup, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out, err = setups(ctx, tx, org, `poll_id = ?`, poll)
		return err
	})
	return out, err
}

// Mine reads the setups in which somebody is a keyholder, the newest first.
func (s *Service) Mine(ctx context.Context, org, person string) (out []Setup, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out, err = setups(ctx, tx, org, `id IN (SELECT setup_id FROM key_holder WHERE org_id = ? AND keyholder = ?)`, org, person)
		return err
	})
	return out, err
}

// Current reads the setup that a poll is at: the one under way, or else the one whose key
// is that of the poll, or else the newest. It is NotFound where there is none.
func (s *Service) Current(ctx context.Context, org, poll string) (Setup, error) {
	list, err := s.List(ctx, org, poll)
	if err != nil {
		return Setup{}, err
	}
	for _, one := range list {
		if one.State() == UnderWay {
			return one, nil
		}
	}
	if real, ok := madeIn(list); ok {
		return real, nil
	}
	if len(list) > 0 {
		return list[0], nil
	}
	return Setup{}, fault.Errorf(fault.NotFound, "the key of poll %s is not begun", poll)
}

// madeIn finds the setup whose key is that of the poll.
func madeIn(list []Setup) (Setup, bool) {
	for _, one := range list {
		if one.State() == Made && !one.Rehearsal {
			return one, true
		}
	}
	return Setup{}, false
}

// madeOf reads the setup whose key is that of the poll, or Conflict.
func madeOf(ctx context.Context, tx *db.Tx, org, poll string) (ceremony, error) {
	list, err := setups(ctx, tx, org, `poll_id = ?`, poll)
	if err != nil {
		return ceremony{}, err
	}
	real, ok := madeIn(list)
	if !ok {
		return ceremony{}, fault.Errorf(fault.Conflict, "the key of poll %s is not made yet", poll)
	}
	return load(ctx, tx, org, real.ID)
}

func (s *Service) made(ctx context.Context, org, poll string) (c ceremony, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		c, err = madeOf(ctx, tx, org, poll)
		return err
	})
	return c, err
}

// Trustees are those of the finished key of a poll, made again from the messages and
// verified. Anybody may see them.
func (s *Service) Trustees(ctx context.Context, org, poll string) (*belenios.Trustees, error) {
	c, err := s.made(ctx, org, poll)
	if err != nil {
		return nil, err
	}
	t, _, err := c.made()
	return t, err
}

// Number is the number of a keyholder in the finished key of a poll, by which the archive
// knows them as owner of mixes and decryptions.
func (s *Service) Number(ctx context.Context, org, poll, person string) (int, error) {
	c, err := s.made(ctx, org, poll)
	if err != nil {
		return 0, err
	}
	h, err := c.Holder(person)
	return h.Number, err
}
