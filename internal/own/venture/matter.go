package venture

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

// ConsentRule says whose consent a reserved matter needs.
type ConsentRule string

// The rules of consent.
const (
	EveryParent  ConsentRule = "every_parent"
	Shareholding ConsentRule = "shareholding" // parents who hold at least Threshold hundredths of a percent of the whole
	Number       ConsentRule = "number"       // at least Threshold parents
	Named        ConsentRule = "named"        // each of the parents named
)

// Matter is something that the venture may not decide without its parents.
type Matter struct {
	ID        string
	Code      string
	Title     string
	Text      string // as the parents' agreement has it, in our words
	Rule      ConsentRule
	Threshold int      // of Shareholding and Number
	Named     []string // ids of organisations
	Starts    law.Date
	Ends      law.Date // the first day it is not reserved; no date where open
}

// Holds reports whether the matter is reserved on a day.
func (m Matter) Holds(day law.Date) bool {
	return !day.Before(m.Starts) && (m.Ends.IsZero() || day.Before(m.Ends))
}

var codePattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// check refuses a matter that contradicts itself or that the parents of its first
// day could never consent to.
func (m Matter) check(parents []Parent) error {
	on := On(parents, m.Starts)
	switch {
	case !codePattern.MatchString(m.Code) || len(m.Code) > 40:
		return fault.Fieldf("code", "reserved matter code %q is not small letters, digits and hyphens", m.Code)
	case strings.TrimSpace(m.Title) == "" || strings.TrimSpace(m.Text) == "":
		return fault.Fieldf("title", "reserved matter %s needs a title and its text", m.Code)
	case m.Starts.IsZero():
		return fault.Fieldf("starts", "reserved matter %s has no first day", m.Code)
	case !m.Ends.IsZero() && !m.Ends.After(m.Starts):
		return fault.Fieldf("ends", "reserved matter %s starts on %s and cannot end on %s", m.Code, m.Starts, m.Ends)
	case (m.Rule == Named) != (len(m.Named) > 0):
		return fault.Fieldf("named", "reserved matter %s: parents are named where, and only where, the rule is about named ones", m.Code)
	case (m.Rule == Shareholding || m.Rule == Number) != (m.Threshold > 0):
		return fault.Fieldf("threshold", "reserved matter %s: a threshold of %d does not go with the rule %s", m.Code, m.Threshold, m.Rule)
	case m.Rule == Shareholding && m.Threshold > Held(parents, m.Starts):
		return fault.Fieldf("threshold", "reserved matter %s: the parents together hold less than it asks for", m.Code)
	case m.Rule == Number && m.Threshold > len(on):
		return fault.Fieldf("threshold", "reserved matter %s: there are only %d parents", m.Code, len(on))
	}
	switch m.Rule {
	case EveryParent, Shareholding, Number:
	case Named:
		for _, org := range m.Named {
			if !slices.ContainsFunc(on, func(p Parent) bool { return p.Org == org }) {
				return fault.Fieldf("named", "reserved matter %s: %s is no parent on %s", m.Code, org, m.Starts)
			}
		}
	default:
		return fault.Fieldf("consent_rule", "the rule of consent %q is not known", m.Rule)
	}
	return nil
}

// Consent is whether the parents have consented, and why.
type Consent struct {
	Given   bool
	Missing []string // parents whose consent would count and is not there
	Reason  string
}

// Consented works out whether a reserved matter may go ahead on a day, given the
// parents that have consented. Consent of others counts for nothing, and where a
// matter turns on parents of whom there are none it may not go ahead.
func (m Matter) Consented(parents []Parent, day law.Date, consents []string) Consent {
	if !m.Holds(day) {
		return Consent{Given: true, Reason: fmt.Sprintf("%s is not a reserved matter on %s.", m.Title, day.Words())}
	}
	on := On(parents, day)
	var count, held int
	var out Consent
	for _, p := range on {
		counts := m.Rule != Named || slices.Contains(m.Named, p.Org)
		switch {
		case !counts:
		case slices.Contains(consents, p.Org):
			count++
			held += p.ShareholdingBP
		default:
			out.Missing = append(out.Missing, p.Org)
		}
	}
	switch m.Rule {
	case EveryParent:
		out.Given = len(on) > 0 && len(out.Missing) == 0
		out.Reason = fmt.Sprintf("It needs every parent: %d of %d have consented.", count, len(on))
	case Shareholding:
		out.Given = held >= m.Threshold
		out.Reason = fmt.Sprintf("It needs parents with %s of the whole: those who have consented hold %s.", percent(m.Threshold), percent(held))
	case Number:
		out.Given = count >= m.Threshold
		out.Reason = fmt.Sprintf("It needs %d parents: %d have consented.", m.Threshold, count)
	case Named:
		out.Given = count == len(m.Named)
		out.Reason = fmt.Sprintf("It needs %d named parents: %d of them have consented.", len(m.Named), count)
	}
	if out.Given {
		out.Missing = nil
	}
	return out
}

func percent(bp int) string {
	if bp%100 == 0 {
		return fmt.Sprintf("%d%%", bp/100)
	}
	return fmt.Sprintf("%d.%02d%%", bp/100, bp%100)
}
