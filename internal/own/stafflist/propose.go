package stafflist

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Proposal is a mapping offered for headings nobody has mapped before. A person
// looks at it and decides; nothing is read by it until then.
type Proposal struct {
	Choices []Choice
	// Ambiguous names fields that several columns fit equally well. None is chosen.
	Ambiguous []Ambiguity
	// Missing names required fields that no column fits.
	Missing []Field
	// Dropped lists the columns that would not be kept, sensitive ones with their kind.
	Dropped []Drop
}

// Choice is one column offered for one field.
type Choice struct {
	Field      Field
	Column     int
	Heading    string
	Confidence int // of 100
	Reason     string
}

// Ambiguity is a field with several equally good columns.
type Ambiguity struct {
	Field    Field
	Headings []string
	Reason   string
}

// The confidence of each kind of match, of 100. Below the last nothing is offered.
const (
	sureExact   = 100
	sureSame    = 95
	sureShort   = 88
	sureSlip    = 80
	sureWords   = 70
	sureMention = 55
)

// Propose compares headings with every heading the built-in profiles know.
func Propose(headings []string) Proposal {
	var offers []Choice
	var p Proposal
	kinds := make([]string, len(headings))
	for i, heading := range headings {
		if kinds[i] = sensitiveHeading(heading); kinds[i] != "" {
			continue
		}
		offers = append(offers, offersFor(i, heading)...)
	}
	// The surest offers are taken first, so that a column that fits one field
	// exactly is not lost to another that it resembles.
	slices.SortStableFunc(offers, func(a, b Choice) int { return cmp.Compare(b.Confidence, a.Confidence) })
	taken, settled := map[int]bool{}, map[Field]bool{}
	for i := range offers {
		best := offers[i]
		if taken[best.Column] || settled[best.Field] {
			continue
		}
		rivals := equals(offers, best, taken)
		settled[best.Field] = true
		if len(rivals) > 1 {
			p.Ambiguous = append(p.Ambiguous, Ambiguity{
				Field: best.Field, Headings: rivals,
				Reason: fmt.Sprintf("%s could each be the %s. Choose one.", list(rivals), strings.ToLower(best.Field.Label())),
			})
			continue
		}
		taken[best.Column] = true
		p.Choices = append(p.Choices, best)
	}
	p.settleFullName()
	slices.SortStableFunc(p.Choices, func(a, b Choice) int { return cmp.Compare(a.Column, b.Column) })
	p.Missing = missing(func(f Field) bool {
		return slices.ContainsFunc(p.Choices, func(c Choice) bool { return c.Field == f })
	})
	for i, heading := range headings {
		chosen := slices.ContainsFunc(p.Choices, func(c Choice) bool { return c.Column == i })
		if !chosen && strings.TrimSpace(heading) != "" {
			p.Dropped = append(p.Dropped, Drop{Heading: shown(tidy(heading)), Kind: kinds[i]})
		}
	}
	return p
}

// settleFullName lets go of a full name where the two parts have columns.
func (p *Proposal) settleFullName() {
	has := func(f Field) bool {
		return slices.ContainsFunc(p.Choices, func(c Choice) bool { return c.Field == f })
	}
	if has(Given) && has(Family) {
		p.Choices = slices.DeleteFunc(p.Choices, func(c Choice) bool { return c.Field == FullName })
	}
}

// Profile makes a profile to save from the choices as they stand. Its [Profile.Check]
// says whether they suffice.
func (p Proposal) Profile(name string) Profile {
	out := Profile{Name: name, Columns: map[Field][]string{}, DateForms: Local().DateForms}
	out.DateForms = append(out.DateForms, "yyyyMMdd")
	for _, c := range p.Choices {
		out.Columns[c.Field] = append(out.Columns[c.Field], c.Heading)
	}
	return out
}

// equals returns the headings free for the same field with the same confidence.
// An exact match wins over another exact one only by being the only one.
func equals(offers []Choice, best Choice, taken map[int]bool) []string {
	var out []string
	for _, o := range offers {
		if o.Field == best.Field && o.Confidence == best.Confidence && !taken[o.Column] {
			out = append(out, o.Heading)
		}
	}
	return out
}

// offersFor returns for each field the best reason the heading gives.
func offersFor(column int, heading string) []Choice {
	var out []Choice
	for _, f := range fields {
		best := Choice{Field: f.field, Column: column, Heading: tidy(heading)}
		for _, profile := range Profiles() {
			for rank, known := range profile.Columns[f.field] {
				confidence, reason := likeness(heading, known)
				// Later names of a field are a little less sure: "Position" may be
				// a role, "Job Role" is one.
				if confidence -= min(rank, 4); confidence > best.Confidence {
					best.Confidence, best.Reason = confidence, reason
				}
			}
		}
		if best.Confidence >= sureMention-4 {
			out = append(out, best)
		}
	}
	return out
}

// likeness compares a heading with a known one.
func likeness(heading, known string) (confidence int, reason string) {
	if tidy(heading) == known {
		return sureExact, fmt.Sprintf("The heading is “%s”.", known)
	}
	have, want := words(heading), words(known)
	one, other := strings.Join(have, ""), strings.Join(want, "")
	if one == "" {
		return 0, ""
	}
	if slices.Contains(headingKeys(heading), other) {
		return sureSame, fmt.Sprintf("The same as “%s” but for capitals, spaces or signs.", known)
	}
	if slices.Equal(spelledOut(have), spelledOut(want)) {
		return sureShort, fmt.Sprintf("The same as “%s” with a word written short.", known)
	}
	if limit := tolerance(other); limit > 0 {
		if d := distance(one, other, limit); d <= limit {
			return sureSlip - 3*d, fmt.Sprintf("Differs from “%s” by %s.", known, letters(d))
		}
	}
	if len(have) == len(want) && sameWords(have, want) {
		return sureWords, fmt.Sprintf("The words of “%s” in another order.", known)
	}
	if len(want) > 1 && containsAll(have, want) {
		return sureMention, fmt.Sprintf("Mentions “%s”.", known)
	}
	return 0, ""
}

// short words that headings use, and what they stand for.
var short = map[string]string{
	"emp": "employee", "no": "number", "num": "number", "nr": "number", "dt": "date", "org": "organisation", "asg": "assignment", "asgn": "assignment",
	"assign": "assignment", "loc": "location", "cat": "category", "grp": "group", "fname": "forename", "sname": "surname", "pos": "position", "term": "termination",
}

// spelledOut writes short words in full.
func spelledOut(words []string) []string {
	out := make([]string, len(words))
	for i, word := range words {
		out[i] = word
		if full, ok := short[word]; ok {
			out[i] = full
		}
	}
	return out
}

func letters(n int) string {
	if n == 1 {
		return "one letter"
	}
	return fmt.Sprintf("%s letters", numberWord(n))
}

func sameWords(a, b []string) bool { return containsAll(a, b) && containsAll(b, a) }

func containsAll(have, want []string) bool {
	for _, w := range want {
		if !slices.Contains(have, w) {
			return false
		}
	}
	return true
}
