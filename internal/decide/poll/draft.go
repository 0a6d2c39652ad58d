package poll

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Prepare makes a draft, or replaces one where d.ID is given, and returns its id.
// It is the secretary's and the returning officer's. Nothing of a draft is fixed.
//
// What d says besides the code, titles, rules, close and contests is not looked at.
func (s *Service) Prepare(ctx context.Context, actor, org string, d Poll) (string, error) {
	id := d.ID
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "poll.drafted", Actor: actor}, func(tx *journal.Tx) error {
		o, err := identity.OrganisationByID(ctx, tx.Tx, org)
		if err != nil {
			return err
		}
		p := Poll{
			ID: d.ID, Org: org, Code: d.Code, Title: d.Title, Kind: d.Kind, About: d.About, LegalForm: law.FormID(o.LegalForm), Follows: d.Follows,
			Rules: d.Rules, Closes: d.Closes, Contests: append([]Contest(nil), d.Contests...),
		}
		if err := p.check(); err != nil {
			return err
		}
		if err := s.checkPlaces(ctx, tx.Tx, p); err != nil {
			return err
		}
		if err := s.checkFollows(ctx, tx.Tx, p); err != nil {
			return err
		}
		plan, err := s.plan(p, s.today())
		if err != nil {
			return err
		}
		if _, err := plan.Make(p.Closes); err != nil {
			return fault.Fieldf("closes", "%v", err)
		}
		if p.ID == "" {
			p.ID = tx.ID()
			id = p.ID
			tx.Detail("poll", p.ID)
			return s.insertDraft(ctx, tx, p)
		}
		tx.Detail("poll", p.ID)
		return s.replaceDraft(ctx, tx, p)
	})
	return id, err
}

func (s *Service) insertDraft(ctx context.Context, tx *journal.Tx, p Poll) error {
	if err := s.freeCode(ctx, tx.Tx, p); err != nil {
		return err
	}
	row, err := p.row()
	if err != nil {
		return err
	}
	if err := tx.Insert(ctx, "poll", row); err != nil {
		return err
	}
	return s.insertContests(ctx, tx, p)
}

func (s *Service) freeCode(ctx context.Context, tx *db.Tx, p Poll) error {
	var n int
	err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM poll WHERE org_id = ? AND code = ? AND id <> ?`, p.Org, p.Code, p.ID).Scan(&n)
	if err == nil && n > 0 {
		err = fault.Fieldf("code", "there is a poll with the code %s already", p.Code)
	}
	return err
}

func (s *Service) insertContests(ctx context.Context, tx *journal.Tx, p Poll) error {
	for i, c := range p.Contests {
		c.ID, c.Poll, c.Position, c.UUID = tx.ID(), p.ID, i+1, newUUID(s.journal.World())
		c.Uncontested, c.Counted = law.Date{}, law.Date{}
		row, err := c.row()
		if err != nil {
			return err
		}
		if err := tx.Insert(ctx, "contest", row); err != nil {
			return err
		}
	}
	return nil
}

// replaceDraft puts a draft in place of another. Officials who were named stay.
func (s *Service) replaceDraft(ctx context.Context, tx *journal.Tx, p Poll) error {
	old, err := s.one(ctx, tx.Tx, p.Org, p.ID)
	if err != nil {
		return err
	}
	if err := s.at(old, "what was called does not change", Draft); err != nil {
		return err
	}
	if err := s.freeCode(ctx, tx.Tx, p); err != nil {
		return err
	}
	if old.count(Keyholder) > p.Rules.Keyholders {
		return fault.Fieldf("keyholders", "poll %s has %d keyholders already", p.Code, old.count(Keyholder))
	}
	for _, c := range old.Contests {
		if err := tx.Delete(ctx, "contest", c.ID); err != nil {
			return err
		}
	}
	if err := p.update(ctx, tx); err != nil {
		return err
	}
	return s.insertContests(ctx, tx, p)
}

// checkPlaces refuses classes and constituencies that the register does not have.
func (s *Service) checkPlaces(ctx context.Context, tx *db.Tx, p Poll) error {
	for _, c := range p.Contests {
		if c.Class == "" {
			continue
		}
		if _, err := s.register.Place(ctx, tx, p.Org, c.Class, c.Constituency, s.today()); err != nil {
			return fault.Wrap(fault.Invalid, err, "contest %s: there is no such class or constituency today", c.Code)
		}
	}
	return nil
}

// checkFollows refuses a second vote on a resolution whose first is not declared
// and carried, or that closes outside the time that the law gives.
func (s *Service) checkFollows(ctx context.Context, tx *db.Tx, p Poll) error {
	if p.Follows == "" {
		return nil
	}
	first, err := s.one(ctx, tx, p.Org, p.Follows)
	if err != nil {
		return err
	}
	c := first.Rules.Counting
	if first.Kind != Resolution || c.Resolution != p.Rules.Counting.Resolution || c.Stage != p.Rules.Counting.Stage-1 {
		return fault.Fieldf("follows", "poll %s is not the vote before on the resolution %s", first.Code, p.Rules.Counting.Resolution)
	}
	d := first.Contests[0].Declared
	if d == nil || !d.Result.Carried {
		return fault.Fieldf("follows", "poll %s is not declared as carried", first.Code)
	}
	form, err := s.library.Form(p.LegalForm, s.today())
	if err != nil {
		return err
	}
	res, ok := form.Resolution(c.Resolution)
	if !ok || p.Rules.Counting.Stage > len(res.Stages) {
		return fault.Fieldf("follows", "the law has no vote %d on the resolution %s", p.Rules.Counting.Stage, c.Resolution)
	}
	from, to := res.Stages[p.Rules.Counting.Stage-1].Window(law.Today(first.Closes))
	if on := law.Today(p.Closes); !from.IsZero() && on.Before(from) || !to.IsZero() && on.After(to) {
		return fault.Fieldf("closes", "the second vote closes between %s and %s (%s)", from.Words(), to.Words(), res.Citation)
	}
	return nil
}

const base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

// newUUID makes the id that an election has in its archive: 22 base-58 letters.
func newUUID(c chance) string {
	out := make([]byte, 22)
	for i := range out {
		out[i] = base58[below(len(base58), c)]
	}
	return string(out)
}
