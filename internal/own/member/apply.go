package member

import (
	"context"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

// Application is what somebody asks for.
type Application struct {
	Person    string
	Class     string
	Effective law.Date // the day it was made
	// Consent is the version of the wording that was agreed to, for a class whose
	// members are private persons.
	Consent string
	// Area is the first half of the postcode.
	Area string
}

// Apply records an application. It is for the person who applies, or for the
// secretary on paper brought by that person. In a class that decides by its rule
// alone the decision is part of the same change.
func (s *Service) Apply(ctx context.Context, actor, org string, a Application) (Status, error) {
	return s.change(ctx, actor, org, "member.applied", a.Person, a.Effective, func(c *change) error {
		v, err := c.class(a.Class, a.Effective)
		if err != nil {
			return err
		}
		if v.Admission == Automatic {
			return fault.Errorf(fault.Conflict, "nobody applies to the class %s: those whom its rule fits are members", v.Name)
		}
		before := c.status(a.Effective)
		if before.State == Member && before.Class == a.Class || before.asked() == a.Class {
			return fault.Errorf(fault.Conflict, "another application to the class %s is not needed: %s", v.Name, before.Reason)
		}
		if err := c.alive(); err != nil {
			return err
		}
		if err := c.private(v, a); err != nil {
			return err
		}
		c.tx.Detail("class", a.Class)
		if err := c.add(Fact{Kind: Applied, Class: a.Class, Effective: a.Effective}); err != nil {
			return err
		}
		if v.Admission == ByEligibility {
			return c.decideByRule(v, a.Effective)
		}
		return nil
	})
}

// private records consent and area, and refuses an application that lacks them.
func (c *change) private(v *classVersion, a Application) error {
	if a.Area != "" {
		area, err := ParseArea(a.Area)
		if err != nil {
			return err
		}
		if err := c.add(Fact{Kind: AreaGiven, Effective: a.Effective, Data: area}); err != nil {
			return err
		}
	}
	if a.Consent != "" {
		return c.add(Fact{Kind: Consented, Effective: a.Effective, Data: a.Consent})
	}
	if v.Kind.NeedsConsent() && !c.consents() {
		return fault.Fieldf("consent", "membership of the class %s rests on consent: it is not given yet", v.Name)
	}
	return nil
}

// consents reports whether consent was given and not withdrawn since.
func (c *change) consents() bool {
	given := false
	for _, f := range inForce(c.facts) {
		switch f.Kind {
		case Consented:
			given = true
		case ConsentWithdrawn:
			given = false
		}
	}
	return given
}

// alive refuses what the dead cannot do.
func (c *change) alive() error {
	for _, f := range inForce(c.facts) {
		if f.Kind == Died {
			return fault.Errorf(fault.Conflict, "a death on %s is recorded: if that is wrong, strike it out first", f.Effective)
		}
	}
	return nil
}

// decideByRule admits or refuses at once. What cannot be told is left to the
// secretary.
func (c *change) decideByRule(v *classVersion, day law.Date) error {
	f := fitOn(c.inputs(c.book), v.Code, day)
	switch f.Verdict {
	case law.Holds:
		if err := c.add(Fact{Kind: Admitted, Class: v.Code, Effective: day, By: ByRule}); err != nil {
			return err
		}
		return c.number()
	case law.Fails:
		because := (&cause{class: v, of: f}).because()
		return c.add(Fact{Kind: Refused, Class: v.Code, Effective: day, By: ByRule, Reason: v.eligibilityName() + " does not fit" + because})
	}
	return nil
}

// Withdraw ends a membership or an application at the person's own wish.
func (s *Service) Withdraw(ctx context.Context, actor, org, person string, effective law.Date) (Status, error) {
	return s.change(ctx, actor, org, "member.withdrew", person, effective, func(c *change) error {
		if _, err := c.must(effective, "withdrawing", Member, Applicant, CannotTell); err != nil {
			return err
		}
		return c.add(Fact{Kind: Withdrew, Effective: effective})
	})
}

// OptOut keeps or takes a person out of an automatic class, at the person's own
// wish: National Health Service Act 2006, Schedule 7, paragraph 6.
func (s *Service) OptOut(ctx context.Context, actor, org, person, class string, effective law.Date) (Status, error) {
	return s.opt(ctx, actor, org, "member.opted_out", person, class, effective, OptedOut)
}

// OptIn takes an opting out back, at the person's own wish.
func (s *Service) OptIn(ctx context.Context, actor, org, person, class string, effective law.Date) (Status, error) {
	return s.opt(ctx, actor, org, "member.opted_in", person, class, effective, OptedIn)
}

func (s *Service) opt(ctx context.Context, actor, org, kind, person, class string, effective law.Date, what FactKind) (Status, error) {
	return s.change(ctx, actor, org, kind, person, effective, func(c *change) error {
		v, err := c.class(class, effective)
		if err != nil {
			return err
		}
		if v.Admission != Automatic {
			return fault.Errorf(fault.Conflict, "nobody is in the class %s without applying: there is nothing to opt out of", v.Name)
		}
		if c.outOf(class) == (what == OptedOut) {
			return fault.Errorf(fault.Conflict, "that is recorded already")
		}
		c.tx.Detail("class", class)
		return c.add(Fact{Kind: what, Class: class, Effective: effective})
	})
}

// outOf reports whether the person is out of an automatic class by their own wish.
func (c *change) outOf(class string) bool {
	out := false
	for _, f := range inForce(c.facts) {
		switch {
		case f.Kind == OptedOut && f.Class == class:
			out = true
		case (f.Kind == OptedIn || f.Kind == Reinstated || f.Kind == Admitted) && f.Class == class:
			out = false
		}
	}
	return out
}
