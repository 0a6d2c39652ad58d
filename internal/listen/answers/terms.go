package answers

import (
	"commonweal/law"
	"commonweal/survey/instrument"
)

// Terms is what the register side publishes of a wave when it is called. They are
// fixed: published again they must be the same.
type Terms struct {
	Wave         string `json:"wave"` // id, as in its tokens: small letters, figures, hyphens
	Code         string `json:"code"` // as in the addresses of pages: "staff-2026"
	Organisation string `json:"organisation"`
	Title        string `json:"title"`
	Minimum      int    `json:"minimum"` // least group that is shown: 10 or more

	// Instrument is the canonical text of what is asked, InstrumentHash its SHA-256.
	Instrument     string `json:"instrument"`
	InstrumentHash string `json:"instrument_hash"`

	// PublicKey is the wave's key (DER of a SubjectPublicKeyInfo), KeyHash its SHA-256 as
	// in the notice. A wave that was brought in has none.
	PublicKey []byte `json:"public_key,omitempty"`
	KeyHash   string `json:"key_hash,omitempty"`

	Opens  law.Date `json:"opens"`  // first day
	Closes law.Date `json:"closes"` // last day on which answers are taken
	// PaperUntil is the last day on which paper may be keyed, not before Closes; the
	// zero Date means the same day. The wave can be closed after it.
	PaperUntil law.Date `json:"paper_until,omitzero"`

	Units     []Unit   `json:"units"`     // a tree; parents before their parts
	Groups    []Group  `json:"groups"`    // staff groups
	Languages []string `json:"languages"` // two-letter codes
	Comments  bool     `json:"comments"`  // whether a comment is asked for

	// BroughtIn says that another firm asked: answers without tokens ([Service.Import]).
	BroughtIn bool `json:"brought_in,omitempty"`
}

// Unit is a team, a directorate, or whatever stands in the tree of the wave. The whole
// organisation is not one of them: it has the code "".
type Unit struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	PartOf string `json:"part_of,omitempty"` // code of another; "" for the organisation
}

// Group is a staff group.
type Group struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// Asked is the instrument of the terms, read.
func (t Terms) Asked() (instrument.Instrument, error) { return instrument.Read([]byte(t.Instrument)) }

// Stage is where a wave stands on the answer side on a day.
type Stage string

const (
	Published Stage = "published" // answers are not taken yet
	Open      Stage = "open"      // answers are taken
	Ended     Stage = "ended"     // the last day is past; paper may still be keyed; not closed yet
	Closed    Stage = "closed"    // everything is mixed and may be read
	Erased    Stage = "erased"    // the answers are gone
)
