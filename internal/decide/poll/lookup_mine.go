package poll

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/decide/timetable"
)

// Mine is what one person is to one contest.
type Mine struct {
	Poll    Poll
	Contest Contest
	// Sealed says that the roll is made; before, OnRoll is what it would be by the
	// register as it is now.
	Sealed, OnRoll bool
	Stands         bool // a nomination of theirs was entered, whatever became of it
}

// Mine lists the contests of called polls that concern a person: on whose roll they
// are or would be, or in which they asked to stand. It is that person's.
func (s *Service) Mine(ctx context.Context, org, person string) (out []Mine, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out = nil
		list, err := s.polls(ctx, tx, org, "")
		if err != nil {
			return err
		}
		lines, err := linesOf(ctx, tx, org, person)
		if err != nil {
			return err
		}
		for _, p := range list {
			if p.Called.IsZero() {
				continue
			}
			more, err := s.mineIn(ctx, tx, p, person, lines)
			if err != nil {
				return err
			}
			out = append(out, more...)
		}
		return nil
	})
	return out, err
}

func (s *Service) mineIn(ctx context.Context, tx *db.Tx, p Poll, person string, lines map[string]bool) (out []Mine, err error) {
	var m Membership
	asked := false
	for _, c := range p.Contests {
		one := Mine{Poll: p, Contest: c, Sealed: c.Roll != nil, OnRoll: lines[c.ID]}
		for _, n := range c.Nominations {
			one.Stands = one.Stands || n.Person == person
		}
		if !one.Sealed && p.Abandoned.IsZero() && c.Uncontested.IsZero() {
			if !asked {
				day := p.Timetable.Day(timetable.Roll)
				if s.today().Before(day) {
					day = s.today()
				}
				if m, err = s.register.Membership(ctx, tx, p.Org, person, day); err != nil {
					return nil, err
				}
				asked = true
			}
			one.OnRoll = c.takes(m) && p.weight(m.Elector) > 0
		}
		if one.OnRoll || one.Stands {
			out = append(out, one)
		}
	}
	return out, nil
}

// linesOf are the contests on whose roll a person stands.
func linesOf(ctx context.Context, tx *db.Tx, org, person string) (map[string]bool, error) {
	out := map[string]bool{}
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var contest string
		err := rows.Scan(&contest)
		out[contest] = true
		return err
	}, `SELECT contest_id FROM roll_entry WHERE org_id = ? AND person_id = ? AND struck IS NULL`, org, person)
	return out, err
}

// PhotoOf finds the nominations that have a photograph, each with its poll, so that
// whoever shows it can say who may see it.
func (s *Service) PhotoOf(ctx context.Context, org, sum string) (out []Mine, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out = nil
		var contests []string
		err := tx.Each(ctx, func(rows *db.Rows) error {
			var contest string
			err := rows.Scan(&contest)
			contests = append(contests, contest)
			return err
		}, `SELECT DISTINCT contest_id FROM nomination WHERE org_id = ? AND photo_sha256 = ?`, org, sum)
		if err != nil {
			return err
		}
		for _, id := range contests {
			p, c, err := s.ofContest(ctx, tx, org, id)
			if err != nil {
				return err
			}
			out = append(out, Mine{Poll: p, Contest: c})
		}
		if len(out) == 0 {
			return fault.Errorf(fault.NotFound, "there is no photograph %.16s", sum)
		}
		return nil
	})
	return out, err
}

// Checked is a nomination as it would be stored, or what is wrong with what was
// written, at its field.
func (n Nomination) Checked(r Rules) (Nomination, error) {
	err := n.check(r)
	return n, err
}
