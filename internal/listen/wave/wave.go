package wave

import (
	"commonweal/law"
	"commonweal/survey/instrument"
)

// Kind is what sort of asking a wave is.
type Kind string

// The kinds. Waves of one kind are set beside each other; an annual survey and a pulse
// are not.
const (
	Annual Kind = "annual"
	Pulse  Kind = "pulse"
)

// Words is the kind as a noun.
func (k Kind) Words() string {
	switch k {
	case Annual:
		return "annual survey"
	case Pulse:
		return "pulse survey"
	}
	return string(k)
}

// Whom is who is asked.
type Whom string

// Who can be asked: of those employed on the census day, all or those who are members.
const (
	AllStaff Whom = "staff"
	Members  Whom = "members"
)

// Weighting is how results of the whole and of units are weighted.
type Weighting string

// How results can be weighted: not at all, or so that the staff groups weigh as they do
// among those who were asked.
const (
	Unweighted Weighting = "none"
	ByGroup    Weighting = "staff-group"
)

// The least that may be planned for a group whose results are shown, and what is planned
// where nothing is said.
const (
	LeastMinimum          = 10
	LeastCommentMinimum   = 20
	mostKeepMonths        = 120
	mostReminders         = 4
	remindersApart        = 2 // days between two reminders
	mostOpenDays          = 120
	longestCode           = 40
	longestTitle          = 120
	longestAbout          = 2000
	longestReason         = 500
	longestSource         = 200
	mostSerials           = 20_000
	leastBatch            = 10
	mostUnits, mostGroups = 2_000, 100
)

// Plan is what the engagement lead decides about a wave before it is called.
type Plan struct {
	Code  string // in addresses: "2026-autumn"
	Title string
	Kind  Kind
	About string // for those who are asked
	// Instrument is what is asked, with its scoring. Every question must have a wording.
	Instrument instrument.Instrument
	Census     law.Date // whoever was employed on this day is asked
	Opens      law.Date // first day on which tokens are drawn and answers taken
	Closes     law.Date // last such day
	// PaperUntil is the last day on which answers on paper may be keyed; no date is the
	// last day of the wave.
	PaperUntil law.Date
	Whom       Whom
	Minimum    int // fewest answers of a group that is shown, ten or more
	Comments   bool
	// CommentMinimum is the fewest answers of a group whose comments are shown.
	CommentMinimum int
	Languages      []string // "en" first; those that the instrument is worded in
	Paper          bool     // slips with a serial are given out besides
	Weighting      Weighting
	RemindOn       []law.Date // at most four, while it is open
	// KeepMonths is how long after the close answers are erased; 0 is what the law pack says.
	KeepMonths int
	Rules      []Rule // of units; none: each site is a team
}

// Wave is one time of asking, with everything that the register side knows of it.
type Wave struct {
	ID, Org string
	Plan
	InstrumentHash string // SHA-256, hexadecimal, once it is called
	Units          []Unit // of the census, once it is called; the first is the organisation
	Groups         []Group
	Eligible       int // on the census day
	Unplaced       int // of them, those whom no rule puts into a team
	CensusHash     string
	Key            []byte // public key of the wave, DER
	KeyHash        string // SHA-256, hexadecimal
	Notice         []byte // canonical JSON
	NoticeHash     string // SHA-256, hexadecimal
	Called         law.Date
	CalledBy       string
	Published      law.Date // the answer side has its terms
	Settled        law.Date // the last spent tokens are in the record, and the key is destroyed
	Answers        int      // that came, once settled
	Ended          law.Date // the answers are erased
	Abandoned      law.Date
	AbandonedBy    string
	Reason         string // for abandoning it
	// Source is who asked a wave that was brought in: there are no tokens, and that
	// everybody answered once cannot be shown. "" for one of our own.
	Source   string
	Stacks   []Stack
	Releases []Release // without their tables
}

// BroughtIn reports whether somebody else asked, so that one answer each cannot be shown.
func (w Wave) BroughtIn() bool { return w.Source != "" }

// Unit finds a unit by its code.
func (w Wave) Unit(code string) (Unit, bool) {
	for _, u := range w.Units {
		if u.Code == code {
			return u, true
		}
	}
	return Unit{}, false
}

// Stack is a stack of paper slips, each with a serial that lets one answer in. The
// serials are made by the answer side; the register has their number and seal.
type Stack struct {
	ID     string
	Number int // of the wave, from 1
	Slips  int
	Seal   string // SHA-256 over the sorted hashes of the serials, hexadecimal
	Made   law.Date
	MadeBy string
}

// Release is one release of the results of a wave.
type Release struct {
	ID, Wave   string
	Number     int // of the organisation, from 1
	Day        law.Date
	By         string
	SHA256     string   // of Body, hexadecimal
	TestedWith []string // ids of the earlier releases that the attacker had
	// Body is the release (package survey/disclose, canonical JSON) and Certificate what
	// the attacker was given and found. Lists leave both out.
	Body, Certificate []byte
}
