package count

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Method is the arithmetic that a rule uses.
type Method string

// The methods.
const (
	// Highest elects those with the most votes.
	Highest Method = "highest"
	// Gregory transfers surpluses from the last parcel received; whole quota.
	Gregory Method = "gregory"
	// GregoryActive does so too; the quota has decimals, and who cannot be overtaken
	// by the active vote is elected below it.
	GregoryActive Method = "gregory-active"
	// Inclusive transfers surpluses from all papers at a fraction of their value.
	Inclusive Method = "inclusive"
	// Keep finds the part of a vote that each elected candidate keeps (Meek).
	Keep Method = "keep"
)

// Filling is a way to fill a casual vacancy from the papers of the election.
type Filling string

// The ways to fill a vacancy.
const (
	// Countback counts all papers again without the one who left.
	Countback Filling = "countback"
	// NextHighest takes the next in order who was not elected.
	NextHighest Filling = "next-highest"
)

// Source is a text that a rule rests on.
type Source struct {
	Citation string `json:"citation"`
	// Checked says which copy of the words was read, or "no".
	Checked string `json:"checked"`
}

// Reading is a choice made where the words of a rule allow more than one.
type Reading struct {
	Clause   string `json:"clause"`
	Question string `json:"question"`
	Answer   string `json:"answer"`
}

// Rule is one set of counting rules. Rules are values: they do not change once
// published, a mended one gets the next version. The notice of an election names
// the rule, its version and its [Rule.Fingerprint].
type Rule struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
	Name    string `json:"name"`
	// Ranked is true where voters rank candidates, false where they mark them.
	Ranked   bool      `json:"ranked"`
	Method   Method    `json:"method"`
	Decimals int       `json:"decimals"`
	Sources  []Source  `json:"sources"`
	Readings []Reading `json:"readings"`
	// Fillings are the ways in which the rule lets a vacancy be filled.
	Fillings []Filling `json:"fillings"`
	// Marks is how many candidates a voter may mark: 0 as many as there are
	// seats, a negative number any number. It has no meaning in a ranked rule.
	Marks int `json:"marks"`
	// ByParcel: a candidate is deemed elected after each parcel of an exclusion,
	// not at its end.
	ByParcel bool `json:"by_parcel"`
	// Shared: equal preferences part a vote once, without handing it round.
	Shared bool `json:"shared"`
}

// String is the rule with its version: "nhs-2014 version 1".
func (r Rule) String() string { return fmt.Sprintf("%s version %d", r.ID, r.Version) }

// Fingerprint is the SHA-256 of the rule as JSON, in hexadecimal. It changes
// whenever anything about the rule does.
func (r Rule) Fingerprint() string {
	data, err := json.Marshal(r)
	if err != nil {
		panic(err) // plain fields cannot fail
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// decimals are the decimals that each method reckons with.
var decimals = map[Method]int{Highest: 0, Gregory: 2, GregoryActive: 2, Inclusive: 5, Keep: 9}

// check refuses a rule that no method can carry out.
func (r Rule) check() error {
	want, ok := decimals[r.Method]
	if !ok {
		return fmt.Errorf("the rule %s has the method %q, which is none", r.ID, string(r.Method))
	}
	if r.Decimals != want {
		return fmt.Errorf("the rule %s has %d decimals: its method has %d", r.ID, r.Decimals, want)
	}
	return nil
}

// lastParcel reports whether surpluses are transferred from the last parcel.
func (r Rule) lastParcel() bool { return r.Method == Gregory || r.Method == GregoryActive }

// lookBack is the direction in which the rule's ties are looked back.
func (r Rule) lookBack() lookBack {
	switch r.Method {
	case Gregory, GregoryActive:
		return fromFirst
	case Inclusive:
		return fromLast
	}
	return noHistory
}

// Fills reports whether the rule lets a vacancy be filled in this way.
func (r Rule) Fills(f Filling) bool { return slices.Contains(r.Fillings, f) }

// FindRule returns the newest version of a rule.
func FindRule(id string) (Rule, error) {
	var ids []string
	for _, r := range Rules() {
		if r.ID == id {
			return r, nil
		}
		ids = append(ids, r.ID)
	}
	return Rule{}, fmt.Errorf("there are no counting rules %q; there are %s", id, strings.Join(ids, ", "))
}

// Rules returns the newest version of all rules, in the order to list them in.
func Rules() []Rule {
	return []Rule{nhs(), nhsStage(), ers97(), scottish2007(), meek(), meekShared(), fptp(), chooseK(), approval()}
}

var brokenRanking = Reading{
	Question: "A paper gives two candidates the same place, or leaves a place out.",
	Answer:   "It is invalid where that leaves no sole first preference, and otherwise non-transferable from that place on, whatever has become of the candidates there.",
}

// broken is that reading with the clause it reads.
func broken(clause string) Reading {
	r := brokenRanking
	r.Clause = clause
	return r
}
