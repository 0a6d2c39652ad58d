package poll

import "commonweal/law"

// ClaimKind is what somebody says of a roll.
type ClaimKind string

// The kinds.
const (
	Missing   ClaimKind = "claim"     // I should be on it
	Objection ClaimKind = "objection" // that person should not be
)

// Claim is something said against a roll, and what was decided.
type Claim struct {
	ID, Contest string
	Person      string // who says so
	Kind        ClaimKind
	About       string // the person it is about
	Ground      string
	Entered     law.Date
	Decided     law.Date
	DecidedBy   string
	Outcome     Outcome
	Reason      string
	NewSeal     string // of the roll after it, where it changed
}

// Outcome is how a claim or a petition was decided.
type Outcome string

// The outcomes.
const (
	Undecided Outcome = ""
	Upheld    Outcome = "upheld"
	Dismissed Outcome = "dismissed"
)
