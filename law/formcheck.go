package law

import "fmt"

// fault finds what a form says twice on one day, or says against itself.
func (v *formVersion) fault() error {
	f := &v.form
	for _, err := range []error{
		single("retention", v.retentions, func(r Retention) (string, Provenance) { return r.ID, r.Provenance }),
		single("members", v.members, func(m MemberRules) (string, Provenance) { return "", m.Provenance }),
		single("shares.capital", v.capital, func(t Term) (string, Provenance) { return "", t.Provenance }),
		single("shares.withdrawable", v.withdraw, func(t Term) (string, Provenance) { return "", t.Provenance }),
		single("shares.transferable", v.transfer, func(t Term) (string, Provenance) { return "", t.Provenance }),
		single("shares.return", v.returns, func(t returnTerm) (string, Provenance) { return "", t.Provenance }),
		single("shares.max-holding", v.holding, func(h HoldingLimit) (string, Provenance) { return "", h.Provenance }),
		single("register", f.Register, func(r RegisterField) (string, Provenance) { return string(r.Name), r.Provenance }),
		single("officers", f.Officers, func(r RegisterField) (string, Provenance) { return string(r.Name), r.Provenance }),
		single("inspections", f.Inspections, func(i Inspection) (string, Provenance) { return string(i.Audience), i.Provenance }),
		single("service", f.Service, func(s ServiceRule) (string, Provenance) { return string(s.Channel), s.Provenance }),
		single("notices", f.Notices, func(n NoticeRule) (string, Provenance) { return n.ID, n.Provenance }),
		single("resolutions", f.Resolutions, func(r Resolution) (string, Provenance) { return r.ID, r.Provenance }),
	} {
		if err != nil {
			return err
		}
	}
	for _, r := range v.retentions {
		if err := r.period(); err != nil {
			return fmt.Errorf("retention %s: %w", r.ID, err)
		}
	}
	for _, i := range f.Inspections {
		for _, name := range i.Sees {
			if !f.Holds(name) {
				return fmt.Errorf("inspection %s: sees %s, which the register never holds", i.Audience, name)
			}
		}
	}
	for _, t := range v.returns {
		if (t.Allowed == Capped) != (t.CapPercent > 0) {
			return fmt.Errorf("shares.return: a cap needs a percentage, and a percentage a cap")
		}
	}
	for _, r := range f.Resolutions {
		for i, s := range r.Stages {
			if s.Num > s.Den {
				return fmt.Errorf("resolution %s stage %d: %d of %d is more than everyone", r.ID, i+1, s.Num, s.Den)
			}
		}
	}
	return nil
}

// single refuses two items of one key with effect on the same day.
func single[T any](what string, all []T, key func(T) (string, Provenance)) error {
	for i, a := range all {
		id, when := key(a)
		for _, b := range all[i+1:] {
			if other, then := key(b); other == id && when.overlaps(then) {
				return fmt.Errorf("%s %s is there twice on the same days", what, id)
			}
		}
	}
	return nil
}
