package member

import (
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

// Constituency is a part of a class whose members vote together. The
// constituencies of a class are decided together, as a set that holds from one
// day until the next set starts.
type Constituency struct {
	ID       string
	Class    string // code of the class
	Code     string
	Name     string
	Rule     string // CEL expression: who belongs
	Ref      string // where the rule-book has it
	Position int    // where two rules fit, the lower position wins
	Starts   law.Date
}

// nameInReason is what a reason calls the constituency's rule.
func (c Constituency) nameInReason() string {
	if c.Ref != "" {
		return c.Name + " (" + c.Ref + ")"
	}
	return c.Name
}

// checkSet refuses a set of constituencies that contradicts itself.
func checkSet(class string, set []Constituency) error {
	codes, positions := map[string]bool{}, map[int]bool{}
	for _, c := range set {
		switch {
		case c.Class != class:
			return fault.Errorf(fault.Invalid, "constituency %s is of class %s, not %s", c.Code, c.Class, class)
		case !codePattern.MatchString(c.Code) || len(c.Code) > 40:
			return fault.Fieldf("code", "constituency code %q is not small letters, digits and hyphens", c.Code)
		case strings.TrimSpace(c.Name) == "":
			return fault.Fieldf("name", "constituency %s has no name", c.Code)
		case strings.TrimSpace(c.Rule) == "":
			return fault.Fieldf("rule", "constituency %s has no rule", c.Code)
		case codes[c.Code]:
			return fault.Fieldf("code", "constituency %s is there twice", c.Code)
		case positions[c.Position]:
			return fault.Fieldf("position", "constituency %s: position %d is taken; rules that overlap are decided by position", c.Code, c.Position)
		}
		codes[c.Code], positions[c.Position] = true, true
	}
	return nil
}
