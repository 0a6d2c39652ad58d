package member

import (
	"fmt"
	"regexp"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

// Kind is the sort of people a class is for.
type Kind string

// The kinds of classes.
const (
	Staff   Kind = "staff"
	Public  Kind = "public"
	Patient Kind = "patient"
	Partner Kind = "partner"
)

// NeedsConsent reports whether membership of such a class rests on consent: the
// members are there as private persons.
func (k Kind) NeedsConsent() bool { return k == Public || k == Patient }

// Admission is how people come into a class.
type Admission string

// The ways in.
const (
	// OnApplication: people apply and the secretary decides.
	OnApplication Admission = "application"
	// ByEligibility: people apply, and those whom the rule of the class fits are
	// admitted at once.
	ByEligibility Admission = "rule"
	// Automatic: those whom the rule fits are members without asking, unless they
	// opt out. This is how a foundation trust's staff become members: National
	// Health Service Act 2006, Schedule 7, paragraph 6.
	Automatic Admission = "automatic"
)

// Leaving is what ends membership of a class without anybody's decision.
type Leaving string

// The rules about leaving.
const (
	// EmploymentEnds: so many days after employment ended.
	EmploymentEnds Leaving = "employment"
	// EligibilityEnds: so many days after the rule of the class stopped fitting.
	EligibilityEnds Leaving = "eligibility"
	// Keeps: never; the member withdraws or is removed.
	Keeps Leaving = "keeps"
)

// Class is one version of a class of members. It holds from Starts until the
// next version of the same code starts.
type Class struct {
	ID   string // of the version
	Code string
	Name string
	Kind Kind
	// Eligibility is the rule for who may belong, a CEL expression; empty lets in
	// everybody of the kind.
	Eligibility string
	Admission   Admission
	Leaving     Leaving
	GraceDays   int // days between what Leaving names and the end
	Votes       int // of one member
	// Position decides which automatic class takes a person whom two fit.
	Position int
	// EligibilityRef and LeavingRef say where the rule-book has these rules, so
	// that reasons can name it: "rule 14".
	EligibilityRef, LeavingRef string
	Starts                     law.Date
	// Closed is set on the last version of a class that is no more. Membership
	// of it ends on the day that version starts.
	Closed bool
}

// limits of what a class may say.
const (
	maxGrace = 3660
	maxVotes = 1000
)

var codePattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// check refuses a class that contradicts itself.
func (c Class) check() error {
	switch {
	case !codePattern.MatchString(c.Code) || len(c.Code) > 40:
		return fault.Fieldf("code", "class code %q is not small letters, digits and hyphens", c.Code)
	case strings.TrimSpace(c.Name) == "":
		return fault.Fieldf("name", "class %s has no name", c.Code)
	case c.Starts.IsZero():
		return fault.Fieldf("starts", "class %s has no first day", c.Code)
	case c.Votes < 0 || c.Votes > maxVotes:
		return fault.Fieldf("votes", "class %s: %d votes is not between 0 and %d", c.Code, c.Votes, maxVotes)
	case c.GraceDays < 0 || c.GraceDays > maxGrace:
		return fault.Fieldf("grace_days", "class %s: %d days is not between 0 and %d", c.Code, c.GraceDays, maxGrace)
	case c.Leaving == Keeps && c.GraceDays != 0:
		return fault.Fieldf("grace_days", "class %s keeps its members until they withdraw: it has no days after leaving", c.Code)
	case c.Kind.NeedsConsent() && c.Admission == Automatic:
		return fault.Fieldf("admission", "class %s: nobody becomes a %s member without consenting", c.Code, c.Kind)
	case c.Kind.NeedsConsent() && c.Leaving == EmploymentEnds:
		return fault.Fieldf("leave_rule", "class %s: %s members are not employed, so their membership cannot end with employment", c.Code, c.Kind)
	}
	for _, e := range []struct {
		field string
		ok    bool
		value string
	}{
		{"kind", c.Kind == Staff || c.Kind == Public || c.Kind == Patient || c.Kind == Partner, string(c.Kind)},
		{"admission", c.Admission == OnApplication || c.Admission == ByEligibility || c.Admission == Automatic, string(c.Admission)},
		{"leave_rule", c.Leaving == EmploymentEnds || c.Leaving == EligibilityEnds || c.Leaving == Keeps, string(c.Leaving)},
	} {
		if !e.ok {
			return fault.Fieldf(e.field, "class %s: %s %q is not known", c.Code, e.field, e.value)
		}
	}
	return nil
}

// eligibilityName is what a reason calls the rule about who may belong.
func (c Class) eligibilityName() string {
	if c.EligibilityRef != "" {
		return c.EligibilityRef
	}
	return fmt.Sprintf("the rule of the class %s about who may belong", c.Name)
}

// leavingName is what a reason calls the rule about leaving.
func (c Class) leavingName() string {
	if c.LeavingRef != "" {
		return c.LeavingRef
	}
	return fmt.Sprintf("the rule of the class %s about leaving", c.Name)
}
