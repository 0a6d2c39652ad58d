package register

import (
	"fmt"
	"strings"

	"commonweal/law"
)

// Terms are on what terms an audience may see the register of a legal form.
type Terms struct {
	// Audience is as whom they see it: those who have no right of their own where
	// everybody has one are everybody.
	Audience law.Audience
	// Right is false where the law gives the audience none. Why then says so, and
	// who has a right.
	Right bool
	Why   string
	law.Inspection
}

// TermsFor says whether and how an audience may see the register.
func TermsFor(form *law.Form, a law.Audience) Terms {
	for _, as := range []law.Audience{a, law.Anyone} {
		if i, ok := form.Inspection(as); ok {
			return Terms{Audience: as, Right: true, Why: i.Text, Inspection: i}
		}
	}
	var others []string
	seen := map[string]bool{}
	for _, other := range form.Inspections {
		if who := audienceWords[other.Audience]; !seen[who] && other.Audience != law.OwnEntry {
			seen[who] = true
			others = append(others, who)
		}
	}
	why := fmt.Sprintf("The register of a %s is not open to %s.", lowerFirst(form.Label), audienceWords[a])
	if len(others) > 0 {
		why += fmt.Sprintf(" Those who may see it are %s (%s).", and(others), form.Inspections[len(form.Inspections)-1].Citation)
	}
	return Terms{Audience: a, Why: why}
}

var audienceWords = map[law.Audience]string{
	law.OwnEntry:   "the person an entry is about",
	law.Member:     "its members",
	law.Interested: "people with an interest in its funds",
	law.Trustee:    "its trustees",
	law.Anyone:     "everybody",
}

// AskerWords completes "asks as ...".
func AskerWords(a law.Audience) string {
	switch a {
	case law.OwnEntry:
		return "the person whose entry it is"
	case law.Member:
		return "a member"
	case law.Interested:
		return "a person with an interest in the funds"
	case law.Trustee:
		return "a trustee"
	}
	return "a member of the public"
}

// Audiences are those that have a right under the form, in the order of the law.
func Audiences(form *law.Form) []Terms {
	var out []Terms
	for _, i := range form.Inspections {
		out = append(out, TermsFor(form, i.Audience))
	}
	return out
}

func and(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

func lowerFirst(s string) string {
	if len(s) > 1 && s[0] >= 'A' && s[0] <= 'Z' && (s[1] < 'A' || s[1] > 'Z') {
		return string(s[0]+'a'-'A') + s[1:]
	}
	return s
}
