package poll

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Forget takes what a person wrote out of the polls and out of their history in the
// record, as part of a change that erases the person: name on the ballot, statement,
// interests, photograph, and what they said about rolls and results. That they stood,
// voted on a roll or backed somebody stays, by id alone. While they stand in a poll
// that is not settled nothing can be forgotten: Conflict.
func (s *Service) Forget(ctx context.Context, tx *journal.Tx, person string) error {
	standing, err := s.nominationsOf(ctx, tx.Tx, tx.Org(), person)
	if err != nil {
		return err
	}
	for _, n := range standing {
		p, _, err := s.ofContest(ctx, tx.Tx, tx.Org(), n.Contest)
		if err != nil {
			return err
		}
		if stage := p.Stage(s.now()); n.Accepted && n.Withdrawn.IsZero() && stage.Rank() < Settled.Rank() {
			return fault.Errorf(fault.Conflict, "person %s stands in poll %s, which is %s", person, p.Code, stage.Words())
		}
		if n.Erased != "" && n.BallotName == "" {
			continue
		}
		if err := eraseNomination(ctx, tx, n, "ballot_name", "statement", "interests", "photo_sha256", "reason"); err != nil {
			return err
		}
	}
	for _, table := range []string{"roll_claim", "petition"} {
		ids, err := idsOf(ctx, tx.Tx, `SELECT id FROM `+table+` WHERE org_id = ? AND person_id = ? AND ground IS NOT NULL ORDER BY id`, tx.Org(), person)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := tx.Erase(ctx, table, id, func(row journal.Row) { row["ground"] = nil }); err != nil {
				return err
			}
		}
	}
	return nil
}

func eraseNomination(ctx context.Context, tx *journal.Tx, n Nomination, columns ...string) error {
	err := tx.Erase(ctx, "nomination", n.ID, func(row journal.Row) {
		for _, column := range columns {
			row[column] = nil
		}
		row["erased"] = tx.At()
	})
	if err != nil {
		return err
	}
	return dropPhoto(ctx, tx, n.Photo)
}

// Expire erases statements, interests and photographs of candidates in polls whose
// time for keeping them is over: the ballots' own time, counted from the close. That
// they stood, and under which name, is part of the result and stays. It returns how
// many nominations it erased. It is run each night.
func (s *Service) Expire(ctx context.Context, org string) (int, error) {
	list, err := s.Polls(ctx, org)
	if err != nil {
		return 0, err
	}
	count := 0
	for _, p := range list {
		over := law.Today(p.Closes).AddMonths(p.Rules.KeepMonths)
		stage := p.Stage(s.now())
		if stage.Rank() < Settled.Rank() || !s.today().After(over) || p.allErased() {
			continue
		}
		n := 0
		err := s.change(ctx, "system", org, "poll.statements_erased", p.ID, func(tx *journal.Tx, p Poll) error {
			n = 0 // this may run more than once
			for _, c := range p.Contests {
				for _, one := range c.Nominations {
					if one.Erased != "" {
						continue
					}
					if err := eraseNomination(ctx, tx, one, "statement", "interests", "photo_sha256", "reason"); err != nil {
						return err
					}
					n++
				}
			}
			if n == 0 {
				return journal.ErrNothing
			}
			return nil
		})
		if err != nil {
			return count, err
		}
		count += n
	}
	return count, nil
}

func (p Poll) allErased() bool {
	for _, c := range p.Contests {
		for _, n := range c.Nominations {
			if n.Erased == "" {
				return false
			}
		}
	}
	return true
}

func (s *Service) nominationsOf(ctx context.Context, tx *db.Tx, org, person string) ([]Nomination, error) {
	ids, err := idsOf(ctx, tx, `SELECT contest_id FROM nomination WHERE org_id = ? AND person_id = ? ORDER BY id`, org, person)
	if err != nil {
		return nil, err
	}
	var out []Nomination
	for _, id := range ids {
		_, c, err := s.ofContest(ctx, tx, org, id)
		if err != nil {
			return nil, err
		}
		for _, n := range c.Nominations {
			if n.Person == person {
				out = append(out, n)
			}
		}
	}
	return out, nil
}

func idsOf(ctx context.Context, tx *db.Tx, query string, args ...any) (out []string, err error) {
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var id string
		err := rows.Scan(&id)
		out = append(out, id)
		return err
	}, query, args...)
	return out, err
}
