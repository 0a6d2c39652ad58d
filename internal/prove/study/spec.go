package study

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Version is that of the specification's layout.
const Version = 1

// Spec is a study as it is registered. Decimals are text, so that one specification has
// one form in bytes.
type Spec struct {
	V        int    `json:"v"`
	Code     string `json:"code"` // in addresses: small letters, digits and hyphens
	Title    string `json:"title"`
	Question string `json:"question"`
	Data     Source `json:"data"`

	// Unit and Time are headings. Times are whole numbers, or days, which become 202404.
	Unit string `json:"unit"`
	Time string `json:"time"`

	Outcomes []Outcome `json:"outcomes"` // the first is the primary one
	// Exposure is the heading of what the outcome is set against, or Treatment says which
	// units began something, and when. One of them is given.
	Exposure  string     `json:"exposure,omitempty"`
	Treatment *Treatment `json:"treatment,omitempty"`
	Window    Window     `json:"window"`
	Pool      Pool       `json:"pool"`

	Primary    Specification   `json:"primary"`
	Also       []Specification `json:"also,omitempty"`
	Subgroups  []Condition     `json:"subgroups,omitempty"`
	Correction Correction      `json:"correction"`
	Alpha      string          `json:"alpha"`
	Power      Plan            `json:"power"`
	Stopping   string          `json:"stopping"`
	Seed       int64           `json:"seed"`
	Stated     Stated          `json:"stated"`
	MindChange string          `json:"what_would_change_our_mind"`
}

// Source says where the data come from, and what is known of them already.
type Source struct {
	Source string `json:"source"`
	// Library says that the data are figures of the organisation's own library: the columns
	// are codes of measures.
	Library   bool     `json:"library,omitempty"`
	Published law.Date `json:"published,omitzero"` // the day on which the newest became public
	Seen      string   `json:"seen"`               // who has seen what of them
}

// Better says in which direction an outcome is better.
type Better string

// The directions.
const (
	Up      Better = "up"
	Down    Better = "down"
	Neutral Better = "neutral"
)

// Outcome is what is measured.
type Outcome struct {
	Name   string `json:"name"` // as it stands in a sentence
	Column string `json:"column"`
	Better Better `json:"better"`
	Unit   string `json:"unit,omitempty"` // of the value: "percentage points"
	// Covers is how many times one value covers. More than one is refused: such values
	// carry what was before the start into the time after it.
	Covers int `json:"covers"`
	// Measure is the code of the measure that the outcome is, where there is one: what the
	// study shows then stands beside it in the board pack.
	Measure string `json:"measure,omitempty"`
}

// Treatment says which units began something, and when: by a column of starts (0 is
// never), by one that is 1 from the start on, or by naming the units and one time.
type Treatment struct {
	Name   string   `json:"name"` // as it stands in a sentence
	Starts string   `json:"starts,omitempty"`
	Switch string   `json:"switch,omitempty"`
	Units  []string `json:"units,omitempty"`
	From   int      `json:"from,omitempty"`
}

// Window is the first and last time that count.
type Window struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// Pool is who could have been in the study.
type Pool struct {
	Rule            string      `json:"rule"`
	Units           []string    `json:"units,omitempty"` // none: all in the data
	Where           []Condition `json:"where,omitempty"`
	ChosenOnOutcome bool        `json:"chosen_on_outcome"`
}

// Condition keeps the rows with a value in a column.
type Condition struct {
	Name   string `json:"name,omitempty"`
	Column string `json:"column"`
	Value  string `json:"value"`
}

// Method is how an estimate is made.
type Method string

// The methods.
const (
	FixedEffects Method = "fe"
	Mundlak      Method = "mundlak" // within and between units
	Staggered    Method = "cs"      // Callaway and Sant'Anna
	SunAbraham   Method = "sunab"
	Synthetic    Method = "sc"
	SyntheticDiD Method = "sdid"
	Interrupted  Method = "its"
	Chance       Method = "ri" // change scores, with assignment by chance
)

// Specification is one way of asking the data.
type Specification struct {
	Name       string   `json:"name"`
	Why        string   `json:"why,omitempty"`
	Method     Method   `json:"method"`
	Errors     string   `json:"errors,omitempty"`  // fe: iid, robust, clustered (the default), two-way
	Effects    []string `json:"effects,omitempty"` // fe: unit, time or none; both when not given
	Weights    string   `json:"weights,omitempty"` // fe: heading
	Covariates []string `json:"covariates,omitempty"`
	Against    string   `json:"against,omitempty"`    // cs: never (the default) or not-yet
	Population string   `json:"population,omitempty"` // its: heading; the outcome is then a count
	Harmonics  int      `json:"harmonics,omitempty"`  // its of counts by month: pairs of waves for a season
	Lags       int      `json:"lags,omitempty"`       // its of rates: of the errors; 3 when not given
	Draws      int      `json:"draws,omitempty"`      // ri: 4,999 when not given
	Window     *Window  `json:"window,omitempty"`     // where it is not the study's
}

// Correction says how p values of several outcomes are adjusted.
type Correction string

// The corrections.
const (
	Holm Correction = "holm" // chance of even one false alarm
	BH   Correction = "bh"   // share of false alarms among those raised
)

// Plan is what was known of the study's power before it began.
type Plan struct {
	Sites    int    `json:"sites,omitempty"` // treated units that are expected
	Smallest string `json:"smallest"`        // the smallest size that would matter
	// Margin is a size too small to matter, of a study that is to show that any difference
	// is smaller than that.
	Margin  string   `json:"margin,omitempty"`
	History *History `json:"history,omitempty"`
}

// History is a stretch of the outcome's own past in which nothing was tried, cut in two.
type History struct {
	From int `json:"from"`
	Cut  int `json:"cut"`
	To   int `json:"to"`
}

// Stated is what the data cannot say, said beforehand by whoever registers.
type Stated struct {
	Anticipation  string `json:"anticipation"`
	Spillover     string `json:"spillover"`
	Mergers       string `json:"mergers"`
	Missing       string `json:"missing"`
	OtherPolicies string `json:"other_policies"`
	Measurement   string `json:"measurement"`
}

// Limits of a specification.
const (
	MaxSpec     = 256 << 10
	maxOutcomes = 20
	maxAlso     = 30
	maxGroups   = 20
	maxNames    = 2_000
	maxText     = 4_000
	maxSeed     = 1<<53 - 1
	maxDraws    = 99_999
)

// ReadSpec reads a specification in JSON, strictly: a field that it does not know, or one
// that stands twice, is refused. What it reads need not be sound: see [Spec.Check].
func ReadSpec(r io.Reader) (s Spec, err error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxSpec+1))
	if err != nil {
		return s, fault.Wrap(fault.Invalid, err, "the specification cannot be read")
	}
	if len(raw) > MaxSpec {
		return s, fault.Errorf(fault.Invalid, "the specification is larger than %d kB", MaxSpec>>10)
	}
	if err := twice(raw); err != nil {
		return s, err
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return s, fault.Wrap(fault.Invalid, err, "the specification cannot be read")
	}
	return s, nil
}

// twice refuses text that is not one JSON value, and objects in which a name stands twice:
// two readers could take two values from it.
func twice(raw []byte) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	type level struct {
		object, value bool
		names         map[string]bool
	}
	var open []level
	for {
		token, err := d.Token()
		if err != nil {
			return fault.Wrap(fault.Invalid, err, "the specification is not JSON")
		}
		top := len(open) - 1
		switch token := token.(type) {
		case json.Delim:
			switch token {
			case '{', '[':
				if top >= 0 {
					open[top].value = false
				}
				if len(open) == 20 {
					return fault.Errorf(fault.Invalid, "the specification is nested too deeply")
				}
				open = append(open, level{object: token == '{', names: map[string]bool{}})
			default:
				open = open[:top]
			}
		case string:
			if top >= 0 && open[top].object && !open[top].value {
				token = strings.ToLower(token) // a reader of Go takes "Code" for "code"
				if open[top].names[token] {
					return fault.Errorf(fault.Invalid, "%q stands twice in the specification", token)
				}
				open[top].names[token], open[top].value = true, true
				continue
			}
			if top >= 0 {
				open[top].value = false
			}
		default:
			if top >= 0 {
				open[top].value = false
			}
		}
		if len(open) > 0 {
			continue
		}
		if _, err := d.Token(); err != io.EOF {
			return fault.Errorf(fault.Invalid, "something follows the specification")
		}
		return nil
	}
}

// Canonical is the one form in bytes: what is hashed, registered and put in bundles.
func (s Spec) Canonical() ([]byte, error) {
	return journal.CanonicalOf(s)
}

// Hash is the SHA-256 of the canonical form, in hex.
func (s Spec) Hash() (string, error) {
	raw, err := s.Canonical()
	return hashOf(raw), err
}

func hashOf(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}
