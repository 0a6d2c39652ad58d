package archive

import (
	"fmt"
	"strings"
	"unicode"
)

// Verdict is what a verification comes to.
type Verdict string

// The verdicts.
const (
	Verified   Verdict = "verified"   // finished, and everything agrees
	Unfinished Verdict = "unfinished" // everything agrees as far as it goes
	Refused    Verdict = "refused"    // something is wrong
)

// maxFindings bounds a report: more of the same tells nobody more.
const maxFindings = 20

// Report says what was checked, what was found, and what cannot be checked from
// an archive by anybody.
type Report struct {
	Verdict    Verdict    `json:"verdict"`
	Stage      Stage      `json:"stage"`
	Head       *Head      `json:"head"` // of what was read; null if not even Setup was
	Election   *About     `json:"election"`
	Ballots    Ballots    `json:"ballots"`
	Checked    []Checked  `json:"checked"`
	NotChecked []string   `json:"not_checked"`
	Findings   []Finding  `json:"findings"`
	More       int        `json:"more_findings"`
	CutShort   bool       `json:"cut_short"` // it ends in the middle of an event, as a transfer that broke off does
	Questions  []Question `json:"result"`    // empty before the result
}

// About is what the election is, for people to compare with what they were
// told. The checksums are those that the protocol's own tool shows.
type About struct {
	UUID        string    `json:"uuid"`
	Name        string    `json:"name"`
	Group       string    `json:"group"`
	Fingerprint string    `json:"fingerprint"`
	Checksum    string    `json:"checksum"`
	Revote      Revote    `json:"revote"`
	OtherFields []string  `json:"other_fields"`
	Credentials Voters    `json:"credentials"`
	Trustees    []Trustee `json:"trustees"`
}

// Voters is the list of public credentials.
type Voters struct {
	Count       int    `json:"count"`
	TotalWeight int64  `json:"total_weight"`
	Fingerprint string `json:"fingerprint"` // what the registrar was shown
}

// Trustee is one trustee by number.
type Trustee struct {
	Owner     int    `json:"owner"`
	Checksum  string `json:"checksum"`
	Threshold int    `json:"threshold"` // of its group; 0 for one who is always needed
	Of        int    `json:"of"`        // how many the group has
	Shuffled  bool   `json:"shuffled"`
	Decrypted bool   `json:"decrypted"`
}

// Ballots counts the ballots.
type Ballots struct {
	Cast        int   `json:"cast"`
	Counted     int   `json:"counted"`
	Revotes     int   `json:"revotes"` // ballots that a later one of the same credential replaced
	TotalWeight int64 `json:"total_weight"`
}

// Checked is one thing that was checked, and for how many.
type Checked struct {
	What  string `json:"what"`
	Count int    `json:"count"`
}

// Finding is something wrong.
type Finding struct {
	Where string `json:"where"`
	What  string `json:"what"`
}

func (f Finding) String() string { return f.Where + ": " + f.What }

// Question is a question with its result: counts for each choice, or the
// rankings in the order they were decrypted.
type Question struct {
	Title    string   `json:"question"`
	Choices  []string `json:"choices"` // the first is "blank" where blank votes are allowed
	Counts   []int64  `json:"counts,omitempty"`
	Rankings [][]int  `json:"rankings,omitempty"`
}

func newReport() *Report {
	return &Report{Checked: []Checked{}, NotChecked: []string{}, Findings: []Finding{}, Questions: []Question{}}
}

// OK says whether nothing wrong was found.
func (r *Report) OK() bool { return len(r.Findings) == 0 }

func (r *Report) find(where, format string, args ...any) {
	if len(r.Findings) == maxFindings {
		r.More++
		return
	}
	r.Findings = append(r.Findings, Finding{where, fmt.Sprintf(format, args...)})
}

func (r *Report) checked(count int, format string, args ...any) {
	r.Checked = append(r.Checked, Checked{fmt.Sprintf(format, args...), count})
}

// judge settles the verdict once everything was looked at.
func (r *Report) judge() {
	switch {
	case !r.OK():
		r.Verdict = Refused
	case r.Stage == Finished:
		r.Verdict = Verified
	default:
		r.Verdict = Unfinished
	}
}

// Text is the report in words.
func (r *Report) Text() string {
	var b strings.Builder
	p := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	r.about(p)
	if len(r.Checked) > 0 {
		p("checked")
	}
	for _, c := range r.Checked {
		p("  %s", c.What)
	}
	if len(r.NotChecked) > 0 && r.OK() {
		p("nobody can check from an archive")
		for _, text := range r.NotChecked {
			p("  %s", text)
		}
	}
	r.result(p)
	for _, f := range r.Findings {
		p("  WRONG %s", f)
	}
	if r.More > 0 {
		p("  and %d more", r.More)
	}
	switch r.Verdict {
	case Verified:
		p("all agrees")
	case Unfinished:
		p("all agrees so far: %s", r.Stage.Sentence())
	}
	return b.String()
}

func (r *Report) about(p func(string, ...any)) {
	if a := r.Election; a != nil {
		p("election %s: %s", a.UUID, printable(a.Name))
		p("  group %s, fingerprint %s", a.Group, a.Fingerprint)
		p("  public credentials: %d, fingerprint %s", a.Credentials.Count, a.Credentials.Fingerprint)
		for _, t := range a.Trustees {
			role := "always needed"
			if t.Threshold > 0 {
				role = fmt.Sprintf("one of %d of whom %d are needed", t.Of, t.Threshold)
			}
			p("  trustee %d: %s, %s", t.Owner, t.Checksum, role)
		}
		if len(a.OtherFields) > 0 {
			p("  the election also says, which the protocol does not know: %s", printable(strings.Join(a.OtherFields, ", ")))
		}
	}
	if r.Head != nil {
		p("  %s; head %s", r.Stage.Sentence(), r.Head)
		p("  ballots: %d cast, %d counted of weight %d, %d replaced by a later one of the same credential (%s)",
			r.Ballots.Cast, r.Ballots.Counted, r.Ballots.TotalWeight, r.Ballots.Revotes, r.Election.Revote)
	}
}

func (r *Report) result(p func(string, ...any)) {
	for i, q := range r.Questions {
		p("result of question %d: %s", i+1, printable(q.Title))
		for j, n := range q.Counts {
			p("  %8d  %s", n, printable(q.Choices[j]))
		}
		if q.Counts == nil {
			p("  %8d  rankings, to be counted by the rules of the election", len(q.Rankings))
		}
	}
}

// printable is what whoever wrote the election says, on one line and without what a
// terminal would obey: a name must not be able to hide a finding or write a verdict.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsGraphic(r) {
			return r
		}
		return unicode.ReplacementChar
	}, text)
}
