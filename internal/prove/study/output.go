package study

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"

	"commonweal/internal/base/fault"
)

// OutputFormat names the layout of output.json. A reader refuses another, but for the
// one before it: what was published once checks out for good.
const (
	OutputFormat      = "commonweal-study-output/2"
	firstOutputFormat = "commonweal-study-output/1"
)

func (o *Output) form() int {
	if o.Format == firstOutputFormat {
		return firstForm
	}
	return secondForm
}

// Number is a figure in output: eight digits that count, or null where there is none.
// More digits would differ between processors without meaning anything.
type Number float64

// MarshalJSON writes the figure.
func (n Number) MarshalJSON() ([]byte, error) {
	if !n.Known() {
		return []byte("null"), nil
	}
	v, err := strconv.ParseFloat(strconv.FormatFloat(float64(n), 'g', 8, 64), 64)
	if err != nil {
		return nil, err
	}
	if v == 0 {
		v = 0 // and not minus nought
	}
	return json.Marshal(v)
}

// UnmarshalJSON reads the figure; null is not a number.
func (n *Number) UnmarshalJSON(raw []byte) error {
	if string(raw) == "null" {
		*n = Number(math.NaN())
		return nil
	}
	return json.Unmarshal(raw, (*float64)(n))
}

// Known reports whether there is a figure.
func (n Number) Known() bool { return !math.IsNaN(float64(n)) && !math.IsInf(float64(n), 0) }

// Output is what a run says. It follows from specification, data and registration alone.
type Output struct {
	Format       string       `json:"format"`
	Code         string       `json:"code"`
	Title        string       `json:"title"`
	Question     string       `json:"question"`
	SpecSHA256   string       `json:"spec_sha256"`
	DataSHA256   string       `json:"data_sha256"`
	Registration Registration `json:"registration"`
	Seed         int64        `json:"seed"`
	Alpha        Number       `json:"alpha"`
	Rows         int          `json:"rows"`
	Units        int          `json:"units"`
	Times        int          `json:"times"`

	// Sentences answer the question in words: one for each outcome, the primary first.
	Sentences []string  `json:"sentences"`
	Warnings  []string  `json:"warnings"`
	Power     []Smaller `json:"power"` // of the outcomes
	Results   []Result  `json:"results"`
	Tests     []Tested  `json:"tests"` // of the primary specification, by outcome
	Sheet     []Line    `json:"sheet"`
	// Course is how the primary outcome went, where all treated units begin at one time.
	Course []Moment `json:"course,omitempty"`
	Began  int      `json:"began,omitempty"` // when they do
}

// Moment is the mean of the primary outcome at one time.
type Moment struct {
	Time    int    `json:"time"`
	Treated Number `json:"treated"`
	Rest    Number `json:"rest"`
}

// Registration is what the record has of a study. Without a day it was not registered.
type Registration struct {
	Day    string `json:"day"`
	Locked string `json:"locked"`
	// Loaded is the day on which figures of the data were loaded, before the registration.
	Loaded string `json:"loaded,omitempty"`
}

// Registered reports whether the record has the study.
func (r Registration) Registered() bool { return r.Day != "" }

// Smaller is the smallest size that a study can show of an outcome.
type Smaller struct {
	Outcome  string `json:"outcome"`
	Smallest Number `json:"smallest"`
	Sites    int    `json:"sites"`
	Pool     int    `json:"pool"`
	Spread   Number `json:"spread"`
	Says     string `json:"says"`
}

// Result is one specification run on one outcome.
type Result struct {
	Specification string `json:"specification"`
	Method        Method `json:"method"`
	Outcome       string `json:"outcome"`
	Subgroup      string `json:"subgroup"`
	Primary       bool   `json:"primary"`
	N             int    `json:"n"`
	Clusters      int    `json:"clusters"`
	Main          int    `json:"main"`  // place of the estimate that answers the question
	Ratio         bool   `json:"ratio"` // estimates are ratios: one is no difference
	// Unit stands after an estimate, and Places are the decimals of the outcome in the data.
	Unit      string     `json:"unit,omitempty"`
	Places    int        `json:"places,omitempty"`
	Estimates []Estimate `json:"estimates"`
	Notes     []string   `json:"notes"`
	Refused   string     `json:"refused"` // why it was not run
}

// Answer is the estimate that answers the question.
func (r Result) Answer() (Estimate, bool) {
	if r.Refused != "" || r.Main >= len(r.Estimates) {
		return Estimate{}, false
	}
	return r.Estimates[r.Main], true
}

// Estimate is one figure with what is known of it.
type Estimate struct {
	Term  string `json:"term"`
	Value Number `json:"estimate"`
	SE    Number `json:"se"`
	P     Number `json:"p"`
	Low   Number `json:"low"`
	High  Number `json:"high"`
}

// Tested is one outcome's p value by the primary specification, alone and among all.
type Tested struct {
	Outcome string `json:"outcome"`
	P       Number `json:"p"`
	Holm    Number `json:"holm"`
	BH      Number `json:"bh"`
	Shown   bool   `json:"shown"` // by the registered correction and alpha
	// Within reports that the whole interval is inside the registered margin.
	Within bool `json:"within,omitempty"`
}

// Line is one line of the assumption sheet.
type Line struct {
	Subject string `json:"subject"`
	Says    string `json:"says"`
	From    Origin `json:"from"`
}

// Origin says where a line of the sheet comes from.
type Origin string

// The origins.
const (
	FromSpec   Origin = "registered"
	FromData   Origin = "data"
	FromStated Origin = "stated" // by whoever registered; the data cannot say
)

// JSON is output.json.
func (o *Output) JSON() ([]byte, error) {
	raw, err := json.MarshalIndent(o, "", " ")
	return append(raw, '\n'), err
}

// ReadOutput reads output.json, strictly.
func ReadOutput(raw []byte) (*Output, error) {
	var o Output
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&o); err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the output cannot be read")
	}
	if o.Format != OutputFormat && o.Format != firstOutputFormat {
		return nil, fault.Errorf(fault.Invalid, "the output has the format %.40q, and this program reads %q", o.Format, OutputFormat)
	}
	return &o, nil
}
