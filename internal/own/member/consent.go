package member

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// GiveConsent records that a person agreed to a version of the wording. It is for
// that person, or for the secretary on paper.
func (s *Service) GiveConsent(ctx context.Context, actor, org, person, wording string, effective law.Date) (Status, error) {
	return s.change(ctx, actor, org, "member.consented", person, effective, func(c *change) error {
		if wording == "" {
			return fault.Fieldf("consent", "the version of the wording is missing")
		}
		if err := c.add(Fact{Kind: Consented, Effective: effective, Data: wording}); err != nil {
			return err
		}
		// An admission that waited for consent takes effect with it.
		if c.status(effective).State == Member {
			return c.number()
		}
		return nil
	})
}

// GiveArea records where a person lives now, by the first half of the postcode.
func (s *Service) GiveArea(ctx context.Context, actor, org, person, area string, effective law.Date) (Status, error) {
	return s.change(ctx, actor, org, "member.area", person, effective, func(c *change) error {
		code, err := ParseArea(area)
		if err != nil {
			return err
		}
		return c.add(Fact{Kind: AreaGiven, Effective: effective, Data: code})
	})
}

// erasureMonths is how long there is to act on a request: UK GDPR, article 12(3),
// one month.
const erasureMonths = 1

const erasureBasis = "consent withdrawn: UK GDPR, articles 7(3), 12(3) and 17(1)(b)"

// WithdrawConsent records that a person takes consent back. It ends a membership
// that rests on it and puts the person's details on the list to erase. It is for
// that person, or for the secretary on paper.
func (s *Service) WithdrawConsent(ctx context.Context, actor, org, person string, effective law.Date) (Status, error) {
	return s.change(ctx, actor, org, "member.consent_withdrawn", person, effective, func(c *change) error {
		if !c.consents() {
			return fault.Errorf(fault.Conflict, "no consent is recorded that could be withdrawn")
		}
		if err := c.add(Fact{Kind: ConsentWithdrawn, Effective: effective}); err != nil {
			return err
		}
		return c.tx.Insert(c.ctx, "member_erasure", journal.Row{
			"id": c.tx.ID(), "member_id": c.ID, "due": effective.AddMonths(erasureMonths).String(), "basis": erasureBasis, "done": "",
		})
	})
}

// Erasure is something to erase.
type Erasure struct {
	ID, MemberID, Person string
	Due                  law.Date
	Basis                string
}

// Erasures lists what is to be erased and is not yet, the most urgent first. It
// is the secretary's.
func (s *Service) Erasures(ctx context.Context, org string) (out []Erasure, err error) {
	var d dates
	err = s.read(ctx, func(tx *db.Tx) error {
		return tx.Each(ctx, func(rows *db.Rows) error {
			var e Erasure
			var due string
			if err := rows.Scan(&e.ID, &e.MemberID, &e.Person, &due, &e.Basis); err != nil {
				return err
			}
			e.Due = d.of(due)
			out = append(out, e)
			return d.err
		}, `SELECT e.id, e.member_id, m.person_id, e.due, e.basis FROM member_erasure e JOIN member m ON m.id = e.member_id
			WHERE e.org_id = ? AND e.done = '' ORDER BY e.due, e.id`, org)
	})
	return out, err
}

// Erase carries an erasure out: where the person lives, what was agreed to and
// the reasons that were given go from the facts of membership and from their
// history in the record. So do the person's details, here and in the rooms of
// [Hooks.Forget], but for what keep says the law wants kept. The days of
// membership stay. A person who consented again meanwhile, or who is a member in
// another class, keeps their details. It is the secretary's.
func (s *Service) Erase(ctx context.Context, actor, org, erasure string, keep identity.Keep) error {
	today := s.today()
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "member.erased", Actor: actor}, func(tx *journal.Tx) error {
		row, err := tx.Get(ctx, "member_erasure", erasure)
		if err != nil {
			return err
		}
		if row["done"] != "" {
			return fault.Errorf(fault.Conflict, "that was erased on %s", row["done"])
		}
		memberID, _ := row["member_id"].(string)
		r, err := readRecordByID(ctx, tx.Tx, org, memberID)
		if err != nil {
			return err
		}
		book, err := readBook(ctx, tx.Tx, s.compiler, org)
		if err != nil {
			return err
		}
		d, err := s.load(ctx, tx.Tx, org, r.Person)
		if err != nil {
			return err
		}
		c := &change{dossier: d, ctx: ctx, tx: tx, book: book}
		if c.consents() {
			row["done"] = today.String() // nothing is left to erase
			return tx.Update(ctx, "member_erasure", row)
		}
		for _, f := range d.facts {
			private := f.Kind == AreaGiven || f.Kind == Consented
			if !private && f.Reason == "" {
				continue
			}
			err := tx.Erase(ctx, "member_fact", f.ID, func(row journal.Row) {
				row["reason"] = ""
				if private {
					row["data"] = ""
				}
			})
			if err != nil {
				return err
			}
		}
		tx.Detail("member", memberID)
		if now := c.status(today).State; now != Member && now != Applicant && now != CannotTell && len(d.posts) == 0 {
			if err := identity.ErasePerson(ctx, tx, r.Person, today, keep); err != nil {
				return err
			}
			if s.hooks.Forget != nil {
				if err := s.hooks.Forget(ctx, tx, r.Person); err != nil {
					return err
				}
			}
		}
		row["done"] = today.String()
		return tx.Update(ctx, "member_erasure", row)
	})
	return err
}
