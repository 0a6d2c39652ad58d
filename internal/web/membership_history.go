package web

import (
	"cmp"
	"slices"
	"time"

	"commonweal/internal/base/policy"
	"commonweal/internal/base/world"
	"commonweal/internal/own/member"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// history is the facts of one membership as a line of time, the first one
// first, with what is known to come.
func (v *visit) history(st standing) (page.Timeline, error) {
	names, err := v.deciders(st.File.Facts)
	if err != nil {
		return nil, err
	}
	struck := map[string]member.Fact{}
	for _, f := range st.File.Facts {
		if f.Kind == member.Voided {
			struck[f.Data] = f
		}
	}
	var out page.Timeline
	for _, f := range factsInOrder(st.File.Facts) {
		if f.Kind == member.Voided {
			continue
		}
		step := page.Step{Title: v.factTitle(st.Book, f), Detail: v.factDetail(st, f, names)}
		if f.Effective.After(st.Day) {
			step.Stage = page.StepToCome
		}
		if by, ok := struck[f.ID]; ok {
			step.Title = "Struck out: " + step.Title
			step.Detail += " Struck out on " + v.day(by.Effective) + " by " + names[by.By] + ", as if it had never been: " + by.Reason + "."
		}
		out = append(out, step)
	}
	if s := st.Status; s.State == member.Member && !s.Ends.IsZero() {
		out = append(out, page.Step{Title: "Membership ends", Detail: v.day(s.Ends) + ", as far as is known today.", Stage: page.StepToCome})
	}
	if s := st.Status; s.State == member.Ended && !hasEnding(st.File.Facts, s.Ends) {
		out = append(out, page.Step{Title: "Membership ended", Detail: inPlain(s.Reason)})
	}
	return out, nil
}

// hasEnding reports whether a fact, and not a rule, ended the membership.
func hasEnding(facts []member.Fact, on law.Date) bool {
	return slices.ContainsFunc(facts, func(f member.Fact) bool {
		switch f.Kind {
		case member.Withdrew, member.Expelled, member.Died, member.OptedOut, member.ConsentWithdrawn:
			return f.Effective == on
		}
		return false
	})
}

// factsInOrder puts facts in the order they count, those struck out among them.
func factsInOrder(facts []member.Fact) []member.Fact {
	out := slices.Clone(facts)
	slices.SortStableFunc(out, func(a, b member.Fact) int {
		return cmp.Or(a.Effective.Compare(b.Effective), cmp.Compare(a.Entered, b.Entered), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func (v *visit) factTitle(book *member.Book, f member.Fact) string {
	class := className(book, f.Class, f.Effective)
	switch f.Kind {
	case member.Applied:
		return "Applied to join " + class
	case member.Admitted:
		return "Admitted to " + class
	case member.Refused:
		return "Application refused"
	case member.OptedOut:
		return "Opted out of " + class
	case member.OptedIn:
		return "Opted in to " + class + " again"
	case member.Withdrew:
		return "Withdrew"
	case member.Expelled:
		return "Removed from membership"
	case member.Died:
		return "Died"
	case member.Reinstated:
		return "Made a member again, in " + class
	case member.Consented:
		return "Agreed to the wording " + orNone(f.Data)
	case member.ConsentWithdrawn:
		return "Took consent back"
	case member.AreaGiven:
		if f.Data == "" {
			return "Area, since erased"
		}
		return "Lives in " + f.Data
	}
	return string(f.Kind)
}

func className(book *member.Book, code string, day law.Date) string {
	if c, err := book.Class(code, day); err == nil {
		return c.Name
	}
	return code
}

func (v *visit) factDetail(st standing, f member.Fact, names map[string]string) string {
	out := v.day(f.Effective)
	switch {
	case f.By == member.ByRule:
		c, err := st.Book.Class(f.Class, f.Effective)
		if err == nil {
			out += ", by " + nameOfRule(c)
		}
	case f.By == st.File.Person && f.By == v.actor.Person:
		out += ", by you"
	case names[f.By] != "":
		out += ", by " + names[f.By]
	}
	if on := enteredOn(f.Entered); on != f.Effective && !on.IsZero() {
		out += ". Recorded on " + v.day(on)
	}
	if f.Reason != "" {
		out += ". Reason given: " + f.Reason
	}
	return out + "."
}

func enteredOn(stamp string) law.Date {
	at, err := time.Parse(world.TimeFormat, stamp)
	if err != nil {
		return law.Date{}
	}
	return law.Today(at)
}

// deciders names those who recorded facts. Who may not see who holds which
// office is told the office alone.
func (v *visit) deciders(facts []member.Fact) (map[string]string, error) {
	var ids []string
	for _, f := range facts {
		if f.By != member.ByRule && !slices.Contains(ids, f.By) {
			ids = append(ids, f.By)
		}
	}
	out := map[string]string{"setup": "whoever set the organisation up", "system": "the system"}
	people, err := v.house.Identity.People(v.ctx, v.org.ID, ids)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		switch p, ok := people[id]; {
		case !ok:
		case v.can(policy.OfficerView) || id == v.actor.Person:
			out[id] = p.Name()
		default:
			out[id] = "the secretary"
		}
	}
	return out, nil
}
