package poll

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// AskBacker asks a member to propose or second a candidate: the first who is asked
// proposes. It is the candidate's, while nominations are open. No more are asked
// than the rules want, but for those who declined.
func (s *Service) AskBacker(ctx context.Context, actor, org, contest, nomination, person string) (string, error) {
	var id string
	err := s.changeContest(ctx, actor, org, "nomination.backer_asked", contest, func(tx *journal.Tx, p Poll, c Contest) error {
		n, err := s.backed(p, c, nomination)
		if err != nil {
			return err
		}
		if actor != n.Person {
			if err := p.conducts(actor); err != nil {
				return err
			}
		}
		if person == n.Person {
			return fault.Fieldf("backer", "nobody backs themselves")
		}
		asked := 0
		b := Backer{ID: tx.ID(), Nomination: n.ID, Person: person, Role: Proposer, Asked: s.today()}
		for _, other := range n.Backers {
			if other.Person == person {
				return fault.Errorf(fault.Conflict, "person %s was asked already", person)
			}
			if !other.Declined.IsZero() {
				continue
			}
			asked++
			if other.Role == Proposer {
				b.Role = Seconder
			}
		}
		if asked >= p.Rules.Backers {
			return fault.Errorf(fault.Conflict, "a candidate in poll %s needs %s, and as many are asked", p.Code, plural(p.Rules.Backers, "backer"))
		}
		if err := s.mayStand(ctx, tx.Tx, org, c, person); err != nil {
			return err
		}
		id = b.ID
		tx.Detail("nomination", n.ID)
		return tx.Insert(ctx, "nomination_backer", b.row())
	})
	return id, err
}

// AnswerBacking agrees to back a candidate or declines, while nominations are open.
// It is the backer's, and the returning officer's for a signature on paper. Nobody
// backs more candidates in a contest than there are seats.
func (s *Service) AnswerBacking(ctx context.Context, actor, org, contest, nomination, person string, answer Answer) error {
	kind := "nomination.backed"
	if answer != Yes {
		kind = "nomination.backing_declined"
	}
	return s.changeContest(ctx, actor, org, kind, contest, func(tx *journal.Tx, p Poll, c Contest) error {
		n, err := s.backed(p, c, nomination)
		if err != nil {
			return err
		}
		if actor != person {
			if err := p.conducts(actor); err != nil {
				return err
			}
		}
		for _, b := range n.Backers {
			if b.Person != person {
				continue
			}
			switch answer {
			case Yes:
				if err := s.mayStand(ctx, tx.Tx, org, c, person); err != nil {
					return err
				}
				if c.backs(person, n.ID) >= c.Seats {
					return fault.Errorf(fault.Conflict, "person %s backs %s in contest %s: as many as there are seats", person, plural(c.Seats, "candidate"), c.Code)
				}
				b.Agreed, b.Declined = s.today(), law.Date{}
			case No:
				b.Agreed, b.Declined = law.Date{}, s.today()
			default:
				return fault.Fieldf("answer", "a backer agrees with yes or declines with no, not %q", answer)
			}
			tx.Detail("nomination", n.ID)
			return tx.Update(ctx, "nomination_backer", b.row())
		}
		return fault.Errorf(fault.NotFound, "person %s was not asked to back nomination %s", person, n.ID)
	})
}

// backed is a nomination whose backers may still change.
func (s *Service) backed(p Poll, c Contest, nomination string) (Nomination, error) {
	n, ok := c.nomination(nomination)
	switch {
	case !ok:
		return n, fault.Errorf(fault.NotFound, "contest %s has no nomination %q", c.Code, nomination)
	case !n.waits():
		return n, fault.Errorf(fault.Conflict, "nomination %s was decided about or withdrawn", n.ID)
	}
	return n, s.at(p, "candidates find backers while nominations are open", Nominating)
}

// backs counts the candidates of a contest, besides one, that somebody agreed to back.
func (c Contest) backs(person, besides string) int {
	count := 0
	for _, n := range c.Nominations {
		if n.ID == besides || !n.Withdrawn.IsZero() || !n.Decided.IsZero() && !n.Accepted {
			continue
		}
		for _, b := range n.Backers {
			if b.Person == person && !b.Agreed.IsZero() {
				count++
			}
		}
	}
	return count
}

// Asked is a candidate whom somebody was asked to back.
type Asked struct {
	Poll, Contest, Nomination string
	Backer                    Backer
}

// AskedOf lists the nominations that a person was asked to back and has not
// answered. It is that person's.
func (s *Service) AskedOf(ctx context.Context, org, person string) (out []Asked, err error) {
	var d scans
	err = s.read(ctx, func(tx *db.Tx) error {
		out = nil
		return tx.Each(ctx, func(rows *db.Rows) error {
			var a Asked
			var asked string
			err := rows.Scan(&a.Poll, &a.Contest, &a.Nomination, &a.Backer.ID, &a.Backer.Role, &asked)
			a.Backer.Nomination, a.Backer.Person, a.Backer.Asked = a.Nomination, person, d.day(asked)
			out = append(out, a)
			return err
		}, `SELECT c.poll_id, c.id, n.id, b.id, b.role, b.asked FROM nomination_backer b JOIN nomination n ON n.id = b.nomination_id
			JOIN contest c ON c.id = n.contest_id WHERE b.org_id = ? AND b.person_id = ? AND b.agreed IS NULL AND b.declined IS NULL
			AND n.decided IS NULL AND n.withdrawn IS NULL ORDER BY b.id`, org, person)
	})
	if err == nil {
		err = d.err
	}
	return out, err
}
