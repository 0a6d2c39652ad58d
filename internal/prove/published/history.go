package published

import "strings"

// History says into which organisation each other went, and when, by the old code.
type History map[string]Succession

// NewHistory orders successions by the old code. Of two about one code the later holds.
func NewHistory(list []Succession) History {
	h := make(History, len(list))
	for _, s := range list {
		if before, twice := h[s.From]; !twice || before.On < s.On {
			h[s.From] = s
		}
	}
	return h
}

// Gone reports whether an organisation had gone into another before a period began, so
// that there can be no figure of it. A succession without a day tells nothing of that.
func (h History) Gone(code string, p Period) (Succession, bool) {
	s, ok := h[code]
	return s, ok && s.On != "" && string(p.First())+"-01" >= s.On
}

// Today is the organisation that a code stands for now: itself, or that into which it
// went, through as many mergers as there were. Successions that lead round in a ring
// stand for the code itself.
func (h History) Today(code string) string {
	at := code
	for range len(h) {
		s, ok := h[at]
		if !ok {
			return at
		}
		at = s.To
	}
	if _, on := h[at]; on {
		return code
	}
	return at
}

// Known is what is known of organisations before a file is read. The zero value knows
// nothing: then no row is refused for a merger, and sites are told by the file alone.
type Known struct {
	History History
	Codes   map[string]bool // of organisations
	Month   Period          // of the import: later figures cannot be; "" for no such check
}

// site tells the codes of sites from those of organisations: a site's begins with the
// three letters of its organisation.
func (k Known) site(code string) (organisation string, ok bool) {
	if len(code) <= 3 || k.Codes[code] {
		return "", false
	}
	return code[:3], k.Codes[code[:3]]
}

// First is the first month of a period.
func (p Period) First() Period {
	if first, _, ok := strings.Cut(string(p), "/"); ok {
		return Period(first)
	}
	if len(p) == 4 {
		return p + "-01"
	}
	return p
}

// Last is the last month of a period.
func (p Period) Last() Period {
	if _, last, ok := strings.Cut(string(p), "/"); ok {
		return Period(last)
	}
	if len(p) == 4 {
		return p + "-12"
	}
	return p
}
