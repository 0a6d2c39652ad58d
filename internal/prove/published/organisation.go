package published

import (
	"regexp"
	"strings"
)

// England is the code under which the figures for England as a whole are kept.
// It has the form of an ODS code, so [ValidODS] refuses it: no row of a file of
// organisations may pass for the whole country.
const England = "ENG"

// Scope says what a code stands for.
type Scope string

const (
	// ScopeOrganisation is one organisation with an ODS code.
	ScopeOrganisation Scope = "organisation"
	// ScopeEngland is England as a whole, as the publisher totals it.
	ScopeEngland Scope = "england"
	// ScopeBreakdown is a part of England's staff: a region, an occupation, an age.
	ScopeBreakdown Scope = "breakdown"
)

// Organisation is what a published file says about one organisation or, in the
// national workbook, about England or a part of its staff.
//
// An empty field means that this file says nothing about it. It must not clear
// what another file said.
type Organisation struct {
	ODS    string // ODS code, or England, or "ENG/<breakdown>/<part>"
	Name   string
	Scope  Scope
	Group  string // benchmarking group of the Staff Survey, as published
	Type   string // kind of organisation in the words of the absence file or the directory
	Region string
	ICS    string // integrated care system
	// Weighting is how the survey weighted this organisation's answers,
	// as published: "Occupation Group", "Unweighted".
	Weighting string

	Breakdown string // heading of a part of England: "Occupation group"
	Part      string // the part itself: "Radiography"

	AltNames     []string
	Predecessors []string // ODS codes of the organisations merged into this one
	Merged       string   // day of the last merger, 2024-11-01
}

var odsCode = regexp.MustCompile(`^[A-Z0-9]{3,6}$`)

// ValidODS reports whether s has the form of an ODS code of an organisation.
func ValidODS(s string) bool {
	return s != England && odsCode.MatchString(s)
}

// ShortName is the name a chart has room for. The mutuals have the names that
// people call them by; others lose their legal ending.
func (o Organisation) ShortName() string {
	if o.Scope == ScopeEngland {
		return "England"
	}
	if s, ok := mutualNames[o.ODS]; ok {
		return s
	}
	name := strings.TrimPrefix(o.Name, "The ")
	for _, ending := range []string{" NHS Foundation Trust", " NHS Trust", " Partnership CIC", " CIC"} {
		if s, ok := strings.CutSuffix(name, ending); ok && s != "" {
			return s
		}
	}
	return name
}

// mutualNames are the names the seven mutuals of the 2024 survey go by.
var mutualNames = map[string]string{
	"NAX": "East Coast",
	"NDJ": "First Community",
	"NLX": "Sirona",
	"NQL": "NAViGO",
	"NR3": "Nottingham CityCare",
	"NR5": "Livewell Southwest",
	"NTV": "CSH Surrey",
}

// slug turns a published heading into a part of a code: lower case, digits,
// single hyphens.
func slug(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(s) {
		if (r >= 'a' && r <= 'z') || (r >= '0' && r <= '9') {
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
			continue
		}
		// "66+" and "11 or more" must not become the same part as "66".
		if r == '+' {
			b.WriteString("-plus")
		}
		gap = true
	}
	return b.String()
}
