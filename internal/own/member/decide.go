package member

import (
	"context"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

// Decision is what the secretary, or the board through the secretary, decides.
type Decision struct {
	Person string
	// Class may be left out where the person has applied to one.
	Class     string
	Effective law.Date
	Reason    string
}

// Admit makes somebody a member and gives them a number. It is the secretary's.
// Somebody whom the rule of the class does not fit is not admitted; where the rule
// cannot tell, the decision stands in its place. Without an application it needs a
// reason.
func (s *Service) Admit(ctx context.Context, actor, org string, d Decision) (Status, error) {
	return s.change(ctx, actor, org, "member.admitted", d.Person, d.Effective, func(c *change) error {
		if err := c.alive(); err != nil {
			return err
		}
		before := c.status(d.Effective)
		asked := before.asked()
		if d.Class == "" {
			d.Class = asked
		}
		if d.Class == "" || d.Class != asked {
			err := needsReason("an admission without an application", d.Reason)
			if err != nil {
				return err
			}
		}
		v, err := c.class(d.Class, d.Effective)
		if err != nil {
			return err
		}
		switch {
		case before.State == Member && before.Class == d.Class:
			return fault.Errorf(fault.Conflict, "already a member of the class %s: %s", v.Name, before.Reason)
		case v.Admission == Automatic:
			return fault.Errorf(fault.Conflict, "nobody is admitted to the class %s: those whom its rule fits are members", v.Name)
		case v.Kind.NeedsConsent() && !c.consents():
			return fault.Fieldf("consent", "membership of the class %s rests on consent: it is not given yet", v.Name)
		}
		if f := fitOn(c.inputs(c.book), d.Class, d.Effective); f.Verdict == law.Fails {
			return ineligible(v, f)
		}
		c.tx.Detail("class", d.Class)
		if err := c.add(Fact{Kind: Admitted, Class: d.Class, Effective: d.Effective, Reason: d.Reason}); err != nil {
			return err
		}
		return c.number()
	})
}

// Refuse turns an application down. It is the secretary's.
func (s *Service) Refuse(ctx context.Context, actor, org string, d Decision) (Status, error) {
	return s.change(ctx, actor, org, "member.refused", d.Person, d.Effective, func(c *change) error {
		if err := needsReason("a refusal", d.Reason); err != nil {
			return err
		}
		before := c.status(d.Effective)
		asked := before.asked()
		if asked == "" {
			return fault.Errorf(fault.Conflict, "there is no application to refuse on %s: %s", d.Effective, before.Reason)
		}
		return c.add(Fact{Kind: Refused, Class: asked, Effective: d.Effective, Reason: d.Reason})
	})
}

// Expel removes a member. It is the secretary's, on a decision that the rules
// provide for.
func (s *Service) Expel(ctx context.Context, actor, org string, d Decision) (Status, error) {
	return s.change(ctx, actor, org, "member.expelled", d.Person, d.Effective, func(c *change) error {
		if err := needsReason("a removal", d.Reason); err != nil {
			return err
		}
		if _, err := c.must(d.Effective, "removing a member", Member, CannotTell); err != nil {
			return err
		}
		return c.add(Fact{Kind: Expelled, Effective: d.Effective, Reason: d.Reason})
	})
}

// Reinstate makes a former member one again, from a day on and in a class. It is
// the secretary's.
func (s *Service) Reinstate(ctx context.Context, actor, org string, d Decision) (Status, error) {
	return s.change(ctx, actor, org, "member.reinstated", d.Person, d.Effective, func(c *change) error {
		if err := needsReason("a reinstatement", d.Reason); err != nil {
			return err
		}
		if err := c.alive(); err != nil {
			return err
		}
		before, err := c.must(d.Effective, "reinstating", Ended)
		if err != nil {
			return err
		}
		if d.Class == "" {
			d.Class = before.Class
		}
		v, err := c.class(d.Class, d.Effective)
		if err != nil {
			return err
		}
		if v.Kind.NeedsConsent() && !c.consents() {
			return fault.Fieldf("consent", "membership of the class %s rests on consent: it is not given", v.Name)
		}
		if f := fitOn(c.inputs(c.book), d.Class, d.Effective); f.Verdict == law.Fails {
			return ineligible(v, f)
		}
		c.tx.Detail("class", d.Class)
		if err := c.add(Fact{Kind: Reinstated, Class: d.Class, Effective: d.Effective, Reason: d.Reason}); err != nil {
			return err
		}
		return c.number()
	})
}

// Die records a death. It is the secretary's.
func (s *Service) Die(ctx context.Context, actor, org, person string, effective law.Date) (Status, error) {
	return s.change(ctx, actor, org, "member.died", person, effective, func(c *change) error {
		if err := c.alive(); err != nil {
			return err
		}
		if c.ID == "" {
			return fault.Errorf(fault.NotFound, "nothing is recorded of this person")
		}
		return c.add(Fact{Kind: Died, Effective: effective})
	})
}

// Void strikes out a fact that was recorded in error: it then counts on no day.
// The fact and its striking out stay in the record. It is the secretary's.
func (s *Service) Void(ctx context.Context, actor, org, person, fact, reason string) (Status, error) {
	return s.change(ctx, actor, org, "member.voided", person, s.today(), func(c *change) error {
		if err := needsReason("striking out a fact", reason); err != nil {
			return err
		}
		for _, f := range c.facts {
			if f.Kind == Voided && f.Data == fact {
				return fault.Errorf(fault.Conflict, "that fact was struck out before")
			}
		}
		for _, f := range c.facts {
			if f.ID != fact {
				continue
			}
			if f.Kind == Voided {
				return fault.Errorf(fault.Conflict, "a striking out cannot itself be struck out: record the fact again")
			}
			c.tx.Detail("fact", fact)
			return c.add(Fact{Kind: Voided, Effective: s.today(), Reason: reason, Data: fact})
		}
		return fault.Errorf(fault.NotFound, "there is no fact %s about this person", fact)
	})
}
