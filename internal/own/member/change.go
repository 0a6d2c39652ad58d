package member

import (
	"context"
	"fmt"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// change is one change of one person's membership in the making.
type change struct {
	*dossier
	ctx  context.Context
	tx   *journal.Tx
	book *Book
}

// change runs fn in one journal change about one person, and returns what the
// person then is on the day.
func (s *Service) change(ctx context.Context, actor, org, kind, person string, day law.Date, fn func(c *change) error) (Status, error) {
	var after Status
	if day.IsZero() {
		return after, fault.Fieldf("effective", "no day is given")
	}
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: kind, Actor: actor}, func(tx *journal.Tx) error {
		book, err := readBook(ctx, tx.Tx, s.compiler, org)
		if err != nil {
			return err
		}
		d, err := s.load(ctx, tx.Tx, org, person)
		if err != nil {
			return err
		}
		c := &change{dossier: d, ctx: ctx, tx: tx, book: book}
		known := len(c.facts)
		var before Status
		if s.hooks.Decided != nil {
			before = c.status(day)
		}
		if err := fn(c); err != nil {
			return err
		}
		tx.Detail("member", c.ID)
		after = c.status(day)
		return s.tell(c, known, before)
	})
	return after, err
}

func (c *change) status(day law.Date) Status { return StatusOn(day, c.inputs(c.book)) }

// add records a fact, with the member's row when it is the first.
func (c *change) add(f Fact) error {
	if c.ID == "" {
		found, err := identity.PeopleByID(c.ctx, c.tx.Tx, c.tx.Org(), []string{c.Person})
		if err != nil {
			return err
		}
		if _, ok := found[c.Person]; !ok {
			return fault.Errorf(fault.NotFound, "there is no person %s", c.Person)
		}
		c.ID = c.tx.ID()
		if err := c.tx.Insert(c.ctx, "member", c.record.row()); err != nil {
			return err
		}
	}
	f.ID, f.Entered = c.tx.ID(), c.tx.At()
	if f.By == "" {
		f.By = c.tx.Actor()
	}
	if err := c.tx.Insert(c.ctx, "member_fact", f.row(c.ID)); err != nil {
		return err
	}
	c.facts = append(c.facts, f)
	return nil
}

// number gives the member the next number, unless there is one already.
func (c *change) number() error {
	if c.Number > 0 {
		return nil
	}
	last, err := lastNumber(c.ctx, c.tx.Tx, c.tx.Org())
	if err != nil {
		return err
	}
	c.Number = last + 1
	c.tx.Detail("number", c.Number)
	return c.tx.Update(c.ctx, "member", c.record.row())
}

// class finds the class that is open on a day.
func (c *change) class(code string, day law.Date) (*classVersion, error) {
	return openClass(c.book, code, day)
}

func openClass(b *Book, code string, day law.Date) (*classVersion, error) {
	v := b.open(code, day)
	if v == nil {
		return nil, fault.Fieldf("class", "there is no class %q open on %s", code, day)
	}
	return v, nil
}

// fitOn is what the rule of a class says of somebody on a day.
func fitOn(in Inputs, class string, day law.Date) fit {
	facts := inForce(append(in.Facts[:len(in.Facts):len(in.Facts)], Fact{Kind: Applied, Effective: day}))
	segs := segments(in, facts)
	for i := len(segs) - 1; i >= 0; i-- {
		if !segs[i].from.After(day) {
			s := segs[i]
			s.from, s.answers = day, nil // service is counted to the day itself
			return s.asks(in.Book, class)
		}
	}
	return fit{Answer: Answer{Verdict: law.CannotTell}, of: unknownParticulars}
}

// ineligible is the fault for somebody whom the rule of a class does not fit.
func ineligible(v *classVersion, f fit) error {
	because := (&cause{class: v, of: f}).because()
	return fault.Errorf(fault.Conflict, "%s does not let this person into the class %s%s", v.eligibilityName(), v.Name, because)
}

// must refuses a change for somebody who is none of what it is for.
func (c *change) must(day law.Date, what string, states ...State) (Status, error) {
	s := c.status(day)
	for _, ok := range states {
		if s.State == ok {
			return s, nil
		}
	}
	return s, fault.Errorf(fault.Conflict, "%s on %s is not possible: %s", what, day, s.Reason)
}

// needsReason refuses a decision without a reason.
func needsReason(what, reason string) error {
	const longest = 2000
	if reason == "" {
		return fault.Fieldf("reason", "%s needs a reason", what)
	}
	if len(reason) > longest {
		return fault.Fieldf("reason", "a reason has at most %d letters", longest)
	}
	return nil
}

// index names one of many in a batch.
func index(i int, err error) error {
	if fault.KindOf(err) == fault.Internal {
		return err
	}
	return fault.Wrap(fault.KindOf(err), nil, "%s", fmt.Sprintf("number %d of the list: %s", i+1, err))
}
