package comment

import (
	"fmt"
	"slices"
	"strings"
)

// Known is what the caller knows of the people and places that a comment may
// be about. Nothing of it is kept but in the Scrubber.
type Known struct {
	// Names are of people, whole or in parts: "Siân O'Neill", "Okafor". Each
	// part is looked for by itself, the short forms of given names too.
	Names []string
	// Places are sites, wards, teams, directorates.
	Places []string
	// Jobs are titles that so few people have that the title names them.
	Jobs []string
}

// Kind says what was found.
type Kind string

const (
	Name    Kind = "name"
	Place   Kind = "place"
	Contact Kind = "contact" // mail address, telephone, page on the web
	Number  Kind = "number"  // of an employee, a patient, an incident
	Date    Kind = "date"
	Job     Kind = "job"
	// Only marks words by which people single themselves out: "I am the only
	// man on nights". It is always doubtful.
	Only Kind = "only"
)

// placeholder is what stands for a span of the kind.
func (k Kind) placeholder() string { return "[" + string(k) + "]" }

// Rule says by what a span was found, for the person who decides.
type Rule string

const (
	ByList   Rule = "list"   // of names, places, jobs that the caller gave
	ByTitle  Rule = "title"  // Mr, Dr, Sister before it
	ByIntro  Rule = "intro"  // "called", "my manager" before it
	ByForm   Rule = "form"   // it is written as such things are
	ByCase   Rule = "case"   // a capital letter where English has none
	ByPerson Rule = "person" // the person who decides found it
)

// Span is a part of a comment. Start and End count bytes of the text that was
// given, and End is behind its last byte.
type Span struct {
	Start, End int
	Kind       Kind
	Rule       Rule
	// Doubtful spans stay in the text until a person has decided.
	Doubtful bool
}

// Scrubbed is a comment with what was found taken out.
type Scrubbed struct {
	Text  string
	Spans []Span // in the order of the text, none overlapping
}

// Doubts is how many spans wait for a person.
func (s Scrubbed) Doubts() int {
	n := 0
	for _, sp := range s.Spans {
		if sp.Doubtful {
			n++
		}
	}
	return n
}

// Scrubber takes names and places out. It may be used from several goroutines
// at once.
type Scrubber struct {
	names  map[string]bool
	places phrases
	jobs   phrases
	// everyday are words that mean something else than a name.
	everyday map[string]bool
}

// NewScrubber prepares what is known.
func NewScrubber(known Known) *Scrubber {
	s := &Scrubber{names: map[string]bool{}, places: phrases{}, jobs: phrases{}, everyday: everydayWords()}
	for _, n := range known.Names {
		for _, w := range words(n) {
			s.know(w.folded)
			for _, part := range strings.Split(w.folded, "-") {
				s.know(part)
			}
		}
	}
	for _, p := range known.Places {
		s.places.add(p)
	}
	for _, j := range known.Jobs {
		s.jobs.add(j)
	}
	return s
}

func (s *Scrubber) know(name string) {
	name = strings.TrimSuffix(name, "'s")
	if len(name) < 2 || isTitle(name) || particles[name] {
		return
	}
	s.names[name] = true
	if one := strings.ReplaceAll(name, "'", ""); len(one) > 2 {
		s.names[one] = true
	}
	for _, short := range shortForms[name] {
		s.names[short] = true
	}
}

// Scrub finds what may give somebody away and replaces what it is sure of.
func (s *Scrubber) Scrub(text string) Scrubbed {
	text = strings.ToValidUTF8(text, "\uFFFD")
	ws := words(text)
	var found []Span
	found = append(found, forms(text)...)
	found = append(found, s.listed(s.places, ws, Place)...)
	found = append(found, s.listed(s.jobs, ws, Job)...)
	found = append(found, s.rooms(text, ws)...)
	found = append(found, s.people(text, ws)...)
	spans := settle(text, found)
	return Scrubbed{Text: replace(text, spans), Spans: spans}
}

// Apply takes out the spans that a person has decided on, whether found by a
// rule or not; doubtful ones are left in. Spans must be in order and within
// the text that was scrubbed.
func Apply(text string, spans []Span) (string, error) {
	text = strings.ToValidUTF8(text, "\uFFFD")
	end := 0
	for i, s := range spans {
		if s.Start < end || s.End <= s.Start || s.End > len(text) {
			return "", fmt.Errorf("span %d: from %d to %d of a text of %d bytes, after one that ends at %d", i, s.Start, s.End, len(text), end)
		}
		if !boundary(text, s.Start) || !boundary(text, s.End) {
			return "", fmt.Errorf("span %d: from %d to %d cuts a character", i, s.Start, s.End)
		}
		end = s.End
	}
	return replace(text, spans), nil
}

func replace(text string, spans []Span) string {
	var b strings.Builder
	at := 0
	for _, s := range spans {
		if s.Doubtful {
			continue
		}
		b.WriteString(text[at:s.Start])
		b.WriteString(s.Kind.placeholder())
		at = s.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// settle puts spans in order, lets the sure win over the doubtful and the
// longer over the shorter where they overlap, and makes one of two names that
// stand together.
func settle(text string, found []Span) []Span {
	slices.SortStableFunc(found, func(a, b Span) int {
		switch {
		case a.Doubtful != b.Doubtful:
			if a.Doubtful {
				return 1
			}
			return -1
		case a.End-a.Start != b.End-b.Start:
			return (b.End - b.Start) - (a.End - a.Start)
		}
		return a.Start - b.Start
	})
	var kept []Span
	for _, f := range found {
		// What sticks out of a sure span that is already kept is cut to it, so
		// that nothing sure stays in the text.
		for _, part := range without(f, kept) {
			if !part.Doubtful || (part.Start == f.Start && part.End == f.End) {
				kept = append(kept, part)
			}
		}
	}
	slices.SortFunc(kept, func(a, b Span) int { return a.Start - b.Start })
	var out []Span
	for _, k := range kept {
		if n := len(out); n > 0 && out[n-1].Kind == k.Kind && out[n-1].Doubtful == k.Doubtful && strings.TrimSpace(text[out[n-1].End:k.Start]) == "" {
			out[n-1].End = k.End
			continue
		}
		out = append(out, k)
	}
	return out
}

// without is what of a span no kept one covers.
func without(f Span, kept []Span) []Span {
	parts := []Span{f}
	for _, k := range kept {
		var next []Span
		for _, p := range parts {
			if k.End <= p.Start || k.Start >= p.End {
				next = append(next, p)
				continue
			}
			if left := p; left.Start < k.Start {
				left.End = k.Start
				next = append(next, left)
			}
			if right := p; right.End > k.End {
				right.Start = k.End
				next = append(next, right)
			}
		}
		parts = next
	}
	return parts
}
