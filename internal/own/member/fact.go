package member

import (
	"cmp"
	"slices"

	"commonweal/law"
)

// FactKind is what happened to a membership.
type FactKind string

// The kinds of facts.
const (
	Applied          FactKind = "apply"
	Admitted         FactKind = "admit"
	Refused          FactKind = "refuse"
	OptedOut         FactKind = "opt_out" // of an automatic class
	OptedIn          FactKind = "opt_in"  // takes an opting out back
	Withdrew         FactKind = "withdraw"
	Expelled         FactKind = "expel"
	Died             FactKind = "die"
	Reinstated       FactKind = "reinstate"
	Consented        FactKind = "consent" // data: the version of the wording agreed to
	ConsentWithdrawn FactKind = "consent_withdrawn"
	AreaGiven        FactKind = "area" // data: the outward half of a postcode
	// Voided says that an earlier fact was recorded in error: data is its id. It
	// is then as if it had never been, on every day. Both stay in the record.
	Voided FactKind = "void"
)

// Fact is one dated fact about a membership.
type Fact struct {
	ID        string
	Kind      FactKind
	Class     string   // code; empty where the kind needs none
	Effective law.Date // the day it counts from
	Entered   string   // the instant it was recorded, world.TimeFormat
	By        string   // who decided: a person's id, or "rule"
	Reason    string
	Data      string
}

// ByRule is the [Fact.By] of a decision that a rule of the class took.
const ByRule = "rule"

// inForce leaves out voided facts and puts the others in the order they count:
// by day, and within a day as they were recorded.
func inForce(facts []Fact) []Fact {
	voided := map[string]bool{}
	for _, f := range facts {
		if f.Kind == Voided {
			voided[f.Data] = true
		}
	}
	out := make([]Fact, 0, len(facts))
	for _, f := range facts {
		if f.Kind != Voided && !voided[f.ID] {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b Fact) int {
		return cmp.Or(a.Effective.Compare(b.Effective), cmp.Compare(a.Entered, b.Entered), cmp.Compare(a.ID, b.ID))
	})
	return out
}
