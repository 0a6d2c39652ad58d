package box

import (
	"context"

	"commonweal/belenios/group"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// beforeSetup refuses what would change the list of credentials once it is published.
func beforeSetup(ctx context.Context, tx *journal.Tx, contest string) error {
	_, err := headOf(ctx, tx.Tx, tx.Org(), contest)
	switch {
	case err == nil:
		return fault.Errorf(fault.Conflict, "the list of credentials of contest %s is published and does not change", contest)
	case fault.Is(err, fault.NotFound):
		return nil
	}
	return err
}

// public checks the text of a public credential.
func (c Contest) public(text string) error {
	g, ok := group.ByName(c.Group)
	if !ok {
		return fault.Errorf(fault.Conflict, "contest %s has no group yet: its key is not planned", c.ID)
	}
	e, err := g.Parse(text)
	if err != nil || e.String() != text || g.Equal(e, g.Identity()) || !g.Member(e) {
		return fault.Fieldf("public", "%.24s is no public credential of the group %s", text, c.Group)
	}
	return nil
}

// Enrol keeps the public part of a credential that a voter's browser made. One that
// the voter has already is voided. The voter's own.
func (s *Service) Enrol(ctx context.Context, org, contest, person, public string) error {
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "credential.enrolled", Actor: person}, func(tx *journal.Tx) error {
		c, err := s.polls.Contest(ctx, tx.Tx, org, contest)
		if err != nil {
			return err
		}
		v, err := s.polls.Voter(ctx, tx.Tx, org, contest, person)
		if err != nil {
			return err
		}
		if err := beforeSetup(ctx, tx, contest); err != nil {
			return err
		}
		if !c.Enrolling {
			return fault.Errorf(fault.Conflict, "credentials for contest %s cannot be enrolled now", contest)
		}
		if err := c.public(public); err != nil {
			return err
		}
		old, has, err := held(ctx, tx.Tx, org, contest, v.Entry)
		if err != nil {
			return err
		}
		if has && old.Public == public {
			return journal.ErrNothing
		}
		if has {
			if err := void(ctx, tx, contest, old, "enrolled anew"); err != nil {
				return err
			}
		}
		tx.Detail("contest", contest)
		day := tx.At()[:10]
		return tx.Insert(ctx, "credential", Credential{
			ID: tx.ID(), Entry: v.Entry, Public: public, Weight: v.Weight, How: Enrolled, Made: day, Handed: day, Replaces: old.ID,
		}.row(contest))
	})
	return err
}

// Made is a credential that the registrar made.
type Made struct {
	Voter  int    // number on the roll; 0 for a spare
	Weight int    // of a spare; a voter's is on the roll
	Public string // the secret part stays with the registrar
}

// Deposit keeps the public parts of what the registrar made: for voters who have no
// credential yet, and spares. All or nothing. The registrar's.
func (s *Service) Deposit(ctx context.Context, actor, org, contest string, how How, list []Made) error {
	if how != Printed && how != Mailed {
		return fault.Fieldf("how", "a registrar prints or mails credentials: %q", how)
	}
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "credential.deposited", Actor: actor}, func(tx *journal.Tx) error {
		c, err := s.polls.Contest(ctx, tx.Tx, org, contest)
		if err != nil {
			return err
		}
		if err := beforeSetup(ctx, tx, contest); err != nil {
			return err
		}
		voters, err := s.polls.Voters(ctx, tx.Tx, org, contest)
		if err != nil {
			return err
		}
		byNumber := map[int]Voter{}
		for _, v := range voters {
			byNumber[v.Number] = v
		}
		spares := 0
		for i, m := range list {
			if err := c.public(m.Public); err != nil {
				return fault.Wrap(fault.KindOf(err), err, "line %d", i+1)
			}
			made := Credential{ID: tx.ID(), Public: m.Public, Weight: m.Weight, How: Spare, Made: tx.At()[:10]}
			if m.Voter == 0 {
				spares++
				if m.Weight < 1 {
					return fault.Fieldf("weight", "line %d: a spare of weight %d", i+1, m.Weight)
				}
			} else {
				v, ok := byNumber[m.Voter]
				if !ok {
					return fault.Fieldf("voter", "line %d: contest %s has no voter %d", i+1, contest, m.Voter)
				}
				made.Entry, made.Weight, made.How, made.Handed = v.Entry, v.Weight, how, made.Made
			}
			if err := tx.Insert(ctx, "credential", made.row(contest)); err != nil {
				if fault.Is(err, fault.Conflict) {
					return fault.Errorf(fault.Conflict, "line %d: voter %d has a credential already, or it is there twice", i+1, m.Voter)
				}
				return err
			}
		}
		tx.Detail("contest", contest)
		tx.Detail("voters", len(list)-spares)
		tx.Detail("spares", spares)
		return nil
	})
	return err
}

// void voids a credential.
func void(ctx context.Context, tx *journal.Tx, contest string, c Credential, reason string) error {
	c.Voided, c.VoidReason = tx.At()[:10], reason
	return tx.Update(ctx, "credential", c.row(contest))
}
