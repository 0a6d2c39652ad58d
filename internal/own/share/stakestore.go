package share

import (
	"context"
	"errors"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

func (s Stake) row() journal.Row {
	return journal.Row{
		"id": s.ID, "member_id": s.Member, "kind": s.Kind, "title": s.Title, "basis": s.Basis,
		"granted": s.Granted.String(), "ends": s.Ends.String(), "ended_reason": s.EndedReason,
	}
}

// Grant gives a member a stake and returns its id. The holder is a member on that
// day.
func (s *Service) Grant(ctx context.Context, actor, org string, k Stake) (string, error) {
	k.Title, k.Basis = strings.TrimSpace(k.Title), strings.TrimSpace(k.Basis)
	if err := k.check(); err != nil {
		return "", err
	}
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "stake.granted", Actor: actor}, func(tx *journal.Tx) error {
		members, err := s.periodsFor(ctx, tx.Tx, org, []Entry{{To: k.Member}})
		if err != nil {
			return err
		}
		if !members.includes(k.Member, k.Granted) {
			return fault.Errorf(fault.Conflict, "stakes are held by members: this person is none on %s", k.Granted)
		}
		k.ID, k.EndedReason = tx.ID(), ""
		tx.Detail("stake", k.ID)
		return tx.Insert(ctx, "stake", k.row())
	})
	return k.ID, err
}

// EndStake ends a stake from a day on, with the reason.
func (s *Service) EndStake(ctx context.Context, actor, org, id string, ends law.Date, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return fault.Fieldf("reason", "ending a stake needs a reason")
	}
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "stake.ended", Actor: actor}, func(tx *journal.Tx) error {
		k, err := readStake(ctx, tx.Tx, org, id)
		if err != nil {
			return err
		}
		if !k.Ends.IsZero() && !k.Ends.After(ends) {
			return fault.Errorf(fault.Conflict, "the stake ends on %s already", k.Ends)
		}
		k.Ends, k.EndedReason = ends, reason
		if err := k.check(); err != nil {
			return err
		}
		tx.Detail("stake", id)
		return tx.Update(ctx, "stake", k.row())
	})
	return err
}

// endStakes ends what leavers still hold, from the day their membership ended.
func endStakes(ctx context.Context, tx *journal.Tx, leavers []Leaver) (int, error) {
	left := map[string]Leaver{}
	for _, l := range leavers {
		left[l.Member] = l
	}
	stakes, err := readStakes(ctx, tx.Tx, tx.Org(), "")
	if err != nil {
		return 0, err
	}
	n := 0
	for _, k := range stakes {
		l, ok := left[k.Member]
		if !ok || !k.Ends.IsZero() && !k.Ends.After(l.On) {
			continue
		}
		k.Ends, k.EndedReason = l.On, l.Reason
		if !k.Ends.After(k.Granted) {
			k.Ends = k.Granted.AddDays(1)
		}
		if err := tx.Update(ctx, "stake", k.row()); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// UseStake records that a stake was used on a day, and what for. It is for the
// holder or the secretary.
func (s *Service) UseStake(ctx context.Context, actor, org, id string, on law.Date, what string) error {
	what = strings.TrimSpace(what)
	if what == "" || len(what) > longest {
		return fault.Fieldf("what", "say in at most %d letters what the stake was used for", longest)
	}
	if on.After(s.today()) {
		return fault.Fieldf("used", "a stake was used today or before, not on %s", on)
	}
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "stake.used", Actor: actor}, func(tx *journal.Tx) error {
		k, err := readStake(ctx, tx.Tx, org, id)
		if err != nil {
			return err
		}
		if !k.Held(on) {
			return fault.Errorf(fault.Conflict, "the stake was not held on %s", on)
		}
		tx.Detail("stake", id)
		return tx.Insert(ctx, "stake_use", journal.Row{"id": tx.ID(), "stake_id": id, "used": on.String(), "what": what})
	})
	return err
}

// Stakes lists the stakes of one member, or of all when member is "", past and
// present. Members may see their own.
func (s *Service) Stakes(ctx context.Context, org, member string) (out []Stake, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out, err = readStakes(ctx, tx, org, member)
		return err
	})
	return out, err
}

// Uses lists when the stakes of one member, or of all when member is "", were
// used. Members may see their own.
func (s *Service) Uses(ctx context.Context, org, member string) (out []Use, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out, err = readUses(ctx, tx, org, member)
		return err
	})
	return out, err
}

// Exercised is [HeldAndUsed] for the whole organisation.
func (s *Service) Exercised(ctx context.Context, org string, from, to law.Date) (out []Exercise, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		stakes, err := readStakes(ctx, tx, org, "")
		if err != nil {
			return err
		}
		uses, err := readUses(ctx, tx, org, "")
		out = HeldAndUsed(stakes, uses, from, to)
		return err
	})
	return out, err
}

func readStake(ctx context.Context, tx *db.Tx, org, id string) (Stake, error) {
	all, err := stakesWhere(ctx, tx, `org_id = ? AND id = ?`, org, id)
	if err == nil && len(all) == 0 {
		return Stake{}, fault.Errorf(fault.NotFound, "there is no stake %s", id)
	}
	if err != nil {
		return Stake{}, err
	}
	return all[0], nil
}

func readStakes(ctx context.Context, tx *db.Tx, org, member string) ([]Stake, error) {
	if member == "" {
		return stakesWhere(ctx, tx, `org_id = ?`, org)
	}
	return stakesWhere(ctx, tx, `org_id = ? AND member_id = ?`, org, member)
}

func stakesWhere(ctx context.Context, tx *db.Tx, where string, args ...any) (out []Stake, err error) {
	var d dates
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var k Stake
		var granted, ends string
		err := rows.Scan(&k.ID, &k.Member, &k.Kind, &k.Title, &k.Basis, &granted, &ends, &k.EndedReason)
		k.Granted, k.Ends = d.of(granted), d.of(ends)
		out = append(out, k)
		return errors.Join(err, d.err)
	}, `SELECT id, member_id, kind, title, basis, granted, ends, ended_reason FROM stake WHERE `+where+` ORDER BY granted, id`, args...)
	return out, err
}

func readUses(ctx context.Context, tx *db.Tx, org, member string) (out []Use, err error) {
	query, args := `SELECT u.id, u.stake_id, u.used, u.what FROM stake_use u JOIN stake s ON s.id = u.stake_id WHERE u.org_id = ?`, []any{org}
	if member != "" {
		query, args = query+` AND s.member_id = ?`, append(args, member)
	}
	var d dates
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var u Use
		var used string
		err := rows.Scan(&u.ID, &u.Stake, &used, &u.What)
		u.Used = d.of(used)
		out = append(out, u)
		return errors.Join(err, d.err)
	}, query+` ORDER BY u.used, u.id`, args...)
	return out, err
}
