package poll

import (
	"context"
	"fmt"

	"commonweal/internal/base/db"
	"commonweal/internal/decide/timetable"
	"commonweal/law"
)

// Eligibility is whether one person may vote in a contest, and why: the rule in
// words, the fact it turned on, and what to do about it.
type Eligibility struct {
	OnRoll bool
	Entry  Entry // where OnRoll
	// Sealed says that the roll is made. Before, OnRoll is what it would be if the
	// record date were today.
	Sealed bool
	Answer string // "You are on the roll, as voter 12."
	Rule   string // who may vote
	Fact   string // what it turned on
	// Object says how to say that this is wrong; Until is the last day, no date
	// where it is too late.
	Object string
	Until  law.Date
}

// Eligible tells one person whether they may vote in a contest, and why. It is that
// person's, and the returning officer's.
func (s *Service) Eligible(ctx context.Context, org, contest, person string) (e Eligibility, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		p, c, err := s.ofContest(ctx, tx, org, contest)
		if err != nil {
			return err
		}
		e, err = s.eligible(ctx, tx, p, c, person)
		return err
	})
	return e, err
}

func (s *Service) eligible(ctx context.Context, tx *db.Tx, p Poll, c Contest, person string) (Eligibility, error) {
	day := p.Timetable.Day(timetable.Roll)
	e := Eligibility{Sealed: c.Roll != nil}
	ask := day
	if !e.Sealed && s.today().Before(day) {
		ask = s.today()
	}
	m, err := s.register.Membership(ctx, tx, p.Org, person, ask)
	if err != nil {
		return e, err
	}
	place, err := s.place(ctx, tx, p, c, ask)
	if err != nil {
		return e, err
	}
	e.Fact = m.Reason
	e.Rule = fmt.Sprintf("%s at the end of %s may vote.", place, day.Words())
	if !e.Sealed {
		e.OnRoll = c.takes(m) && p.weight(m.Elector) > 0
		e.Answer = "You would not be on the roll: it is made from the register of " + day.Words() + "."
		if e.OnRoll {
			e.Answer = "You would be on the roll: it is made from the register of " + day.Words() + "."
		}
		e.Object = "If the register is wrong about you, tell the secretary before the end of that day."
		e.Until = day
		return e, nil
	}
	var found bool
	if e.Entry, found, err = entryOf(ctx, tx, p.Org, c.ID, person); err != nil {
		return e, err
	}
	e.OnRoll = found && e.Entry.Stands()
	switch {
	case e.OnRoll && e.Entry.Weight == 1:
		e.Answer = fmt.Sprintf("You are on the roll, as voter %d.", e.Entry.Number)
	case e.OnRoll:
		e.Answer = fmt.Sprintf("You are on the roll, as voter %d with %d votes.", e.Entry.Number, e.Entry.Weight)
	case found:
		e.Answer = "You were taken off the roll."
		e.Fact = struckBecause(c, e.Entry)
	default:
		e.Answer = "You are not on the roll."
	}
	if found && e.Entry.Added != "" && e.OnRoll {
		e.Fact = addedBecause(c, e.Entry)
	}
	until := p.Timetable.Day(timetable.ClaimsClose)
	if s.today().After(until) || !p.Announced.IsZero() {
		e.Object = fmt.Sprintf("The roll could be put right until %s. It is settled now.", until.Words())
		return e, nil
	}
	e.Until = until
	e.Object = fmt.Sprintf("If this is wrong, say so here until %s. The returning officer decides, and what is decided is recorded.", until.Words())
	return e, nil
}

// place says who a contest is for: "Members of the class Staff in the constituency
// Nursing".
func (s *Service) place(ctx context.Context, tx *db.Tx, p Poll, c Contest, day law.Date) (string, error) {
	who := "Everybody who is a member"
	if c.Class != "" {
		name, err := s.register.Place(ctx, tx, p.Org, c.Class, c.Constituency, day)
		if err != nil {
			return "", err
		}
		who = "Whoever is a member of " + name
	}
	return who, nil
}

func struckBecause(c Contest, e Entry) string {
	for _, one := range c.Claims {
		if one.ID == e.Struck {
			return fmt.Sprintf("An objection was upheld on %s: %s", one.Decided.Words(), one.Reason)
		}
	}
	return ""
}

func addedBecause(c Contest, e Entry) string {
	for _, one := range c.Claims {
		if one.ID == e.Added {
			return fmt.Sprintf("A claim was upheld on %s: %s", one.Decided.Words(), one.Reason)
		}
	}
	return ""
}
