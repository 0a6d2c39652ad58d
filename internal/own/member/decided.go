package member

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
)

// Hooks are what other rooms do in the change that this one makes, so that there
// is no fact without what belongs to it. Each may be nil.
type Hooks struct {
	// Decided hears of every fact that is recorded about a membership, so that
	// the person is told in the same breath. Many at once are given together.
	Decided func(ctx context.Context, tx *journal.Tx, list []Decided) error
	// Forget takes a person whose details are erased out of the other rooms.
	Forget func(ctx context.Context, tx *journal.Tx, person string) error
}

// Hook says what other rooms do. It is called once, before anything is recorded.
func (s *Service) Hook(h Hooks) { s.hooks = h }

// Decided is a fact that was recorded about somebody's membership: the last one,
// where a change records several.
type Decided struct {
	Person, MemberID string
	Number           int // nought before the first admission
	Fact             Fact
	Struck           *Fact  // what a [Voided] fact struck out
	Class            *Class // that the fact, or the membership, is of; nil where there is none
	// Before and After are what the person was and is, on the day that the fact
	// counts from. They are not worked out where many are admitted at once.
	Before, After *Status
}

// tell lets those who listen hear what a change recorded.
func (s *Service) tell(c *change, known int, before Status) error {
	if s.hooks.Decided == nil || len(c.facts) == known {
		return nil
	}
	last := c.facts[len(c.facts)-1]
	after := c.status(last.Effective)
	d := Decided{Person: c.Person, MemberID: c.ID, Number: c.Number, Fact: last, Before: &before, After: &after}
	for i := range c.facts {
		if last.Kind == Voided && c.facts[i].ID == last.Data {
			d.Struck = &c.facts[i]
		}
	}
	for _, code := range []string{last.Class, after.Class, before.Class} {
		if v := c.book.version(code, last.Effective); v != nil {
			d.Class = &v.Class
			break
		}
	}
	return s.hooks.Decided(c.ctx, c.tx, []Decided{d})
}

// tell is the same for the facts of a batch.
func (b *batch) tell(hooks Hooks) error {
	if hooks.Decided == nil || len(b.admitted) == 0 {
		return nil
	}
	return hooks.Decided(b.ctx, b.tx, b.admitted)
}

// note remembers an admission for those who listen.
func (b *batch) note(d *dossier) {
	one := Decided{Person: d.Person, MemberID: d.ID, Number: d.Number, Fact: d.facts[len(d.facts)-1]}
	if v := b.book.version(one.Fact.Class, one.Fact.Effective); v != nil {
		one.Class = &v.Class
	}
	b.admitted = append(b.admitted, one)
}

// AdmittedAt are those whom a change admitted, at the instant of its entry, by
// the id of the fact: at most limit of them, after the one that is named. It is
// for telling many people later what was done at once.
func (s *Service) AdmittedAt(ctx context.Context, org, at, after string, limit int) (out []Decided, err error) {
	var d dates
	err = s.read(ctx, func(tx *db.Tx) error {
		book, err := readBook(ctx, tx, s.compiler, org)
		if err != nil {
			return err
		}
		out = nil
		return tx.Each(ctx, func(rows *db.Rows) error {
			one := Decided{Fact: Fact{Kind: Admitted, Entered: at}}
			f := &one.Fact
			var effective string
			if err := rows.Scan(&f.ID, &f.Class, &effective, &f.By, &f.Reason, &one.MemberID, &one.Person, &one.Number); err != nil {
				return err
			}
			f.Effective = d.of(effective)
			if v := book.version(f.Class, f.Effective); v != nil {
				one.Class = &v.Class
			}
			out = append(out, one)
			return d.err
		}, `SELECT f.id, f.class, f.effective, f.decided_by, f.reason, m.id, m.person_id, COALESCE(m.number, 0)
			FROM member_fact f JOIN member m ON m.id = f.member_id
			WHERE f.id > ? AND f.org_id = ? AND f.entered = ? AND f.kind = 'admit' ORDER BY f.id LIMIT ?`, after, org, at, limit)
	})
	return out, err
}
