package member

import (
	"fmt"
	"slices"
	"strings"

	"commonweal/law"
)

// cause is what brought a state about, kept so that a sentence is made only for
// the state that somebody asks about.
type cause struct {
	fact  *Fact  // what was decided or told
	end   ending // what a rule ended
	class *classVersion
	of    fit      // what the rule of the class turned on
	auto  bool     // by the rule of the class, without asking
	held  *Fact    // an admission that waited for consent, which fact then gave
	on    law.Date // the day it happened
}

// same reports whether two causes are the same event with the same unknowns.
func (c *cause) same(d *cause) bool {
	if c == nil || d == nil {
		return c == d
	}
	return c.fact == d.fact && c.on == d.on && slices.Equal(c.of.Missing, d.of.Missing)
}

// entered says how somebody came to be a member.
func (c *cause) entered() string {
	switch {
	case c.auto:
		return fmt.Sprintf("A member since %s without having to apply, under %s%s.", dayWords(c.on), c.class.eligibilityName(), c.because())
	case c.held != nil:
		return fmt.Sprintf("Admitted on %s to the class %s, when consent was given.", dayWords(c.on), c.class.Name)
	case c.fact.Kind == Reinstated:
		return fmt.Sprintf("Reinstated on %s in the class %s%s.", dayWords(c.on), c.class.Name, given(c.fact))
	case c.fact.By == ByRule:
		return fmt.Sprintf("Admitted on %s to the class %s under %s%s.", dayWords(c.on), c.class.Name, c.class.eligibilityName(), c.because())
	}
	return fmt.Sprintf("Admitted on %s to the class %s%s.", dayWords(c.on), c.class.Name, given(c.fact))
}

// because adds what the rule of the class turned on.
func (c *cause) because() string {
	if c.class == nil || c.class.rule == nil {
		return ""
	}
	if facts := c.class.rule.because(c.of.of); facts != "" {
		return ": " + facts
	}
	return ""
}

// tail says why a membership ended, to follow the day.
func (c *cause) tail() string {
	if c.end.known() {
		return c.end.tail()
	}
	switch c.fact.Kind {
	case Withdrew:
		return "by withdrawal"
	case OptedOut:
		return "by opting out"
	case Died:
		return "by death"
	case Expelled:
		return "by removal" + given(c.fact)
	case ConsentWithdrawn:
		return "because consent was withdrawn"
	}
	return "by a decision" + given(c.fact)
}

// outside says why somebody who has not been a member is none.
func (c *cause) outside() string {
	if c == nil || c.fact == nil {
		return "No application is recorded, and no class takes this person in without one."
	}
	on := dayWords(c.on)
	switch c.fact.Kind {
	case Refused:
		return "The application was refused on " + on + given(c.fact) + "."
	case Withdrew:
		return "The application was withdrawn on " + on + "."
	case OptedOut:
		return "Opted out on " + on + "."
	case Died:
		return "Died on " + on + "."
	case Expelled:
		return "Barred from membership on " + on + given(c.fact) + "."
	case ConsentWithdrawn:
		return "Consent was withdrawn on " + on + ", so the application was not taken further."
	}
	return "No application is recorded."
}

// applied says where an application stands.
func (c *cause) applied() string {
	if c.held != nil {
		return fmt.Sprintf("Admitted on %s to the class %s, but consent is not recorded: membership begins when it is.", dayWords(c.on), c.class.Name)
	}
	return fmt.Sprintf("Applied on %s to join the class %s. It is not decided yet.", dayWords(c.on), c.class.Name)
}

// unclear says why we cannot tell.
func (c *cause) unclear() string {
	text := fmt.Sprintf("We cannot tell: %s", c.class.eligibilityName())
	if len(c.of.Missing) > 0 {
		text += " turns on what is not known: " + strings.Join(questions(c.of.Missing), " ")
	} else {
		text += " cannot be worked out from what is known."
	}
	if facts := strings.TrimPrefix(c.because(), ": "); facts != "" {
		text += " Known: " + facts + "."
	}
	return text
}

// given adds the reason that whoever decided gave.
func given(f *Fact) string {
	if f.Reason == "" {
		return ""
	}
	return " (reason given: " + f.Reason + ")"
}

// questions are the plain words for particulars that are missing.
func questions(names []string) []string {
	var out []string
	for _, p := range particulars {
		for _, name := range names {
			if p.name == name {
				out = append(out, p.question)
			}
		}
	}
	return out
}
