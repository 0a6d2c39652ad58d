package law

import "fmt"

// Provenance says where a rule or a number comes from, since when it is law, and
// whether someone has compared it with its source.
type Provenance struct {
	// Citation names the law in words: "Companies Act 2006, s.117(1)".
	Citation string
	// URL is where the source can be read.
	URL string
	// Checked is the day the item was compared with the page in Source.
	Checked Checked
	// Source names the page it was compared with; empty when unchecked.
	Source string
	// From is the first day of effect, To the first day without it. A zero To
	// means that no end is known.
	From, To Date
}

// InForce reports whether the item has effect on the given day.
func (p Provenance) InForce(on Date) bool {
	return !on.Before(p.From) && (p.To.IsZero() || on.Before(p.To))
}

// Note is the citation with how far it may be relied on, for small print.
func (p Provenance) Note() string {
	if p.Checked.IsZero() {
		return p.Citation + " (not yet checked against its source)"
	}
	return fmt.Sprintf("%s (checked %s)", p.Citation, p.Checked)
}

// overlaps reports whether some day has both items in effect.
func (p Provenance) overlaps(q Provenance) bool {
	return (p.To.IsZero() || q.From.Before(p.To)) && (q.To.IsZero() || p.From.Before(q.To))
}

// fault says what is missing or contradictory, or nothing.
func (p Provenance) fault() error {
	switch {
	case p.Citation == "":
		return fmt.Errorf("citation is missing")
	case p.From.IsZero():
		return fmt.Errorf("effective from is missing")
	case !p.To.IsZero() && !p.From.Before(p.To):
		return fmt.Errorf("effective to %s is not after from %s", p.To, p.From)
	case !p.Checked.set:
		return fmt.Errorf(`checked is missing: write the day, or "no"`)
	case !p.Checked.IsZero() && p.Source == "":
		return fmt.Errorf("checked on %s but no source is named", p.Checked)
	}
	return nil
}

// Checked is the day something was compared with its source, or "no".
type Checked struct {
	on  Date
	set bool
}

// CheckedOn returns a mark that something was compared with its source on a day.
func CheckedOn(day Date) Checked { return Checked{on: day, set: true} }

// IsZero reports whether the thing has never been checked.
func (c Checked) IsZero() bool { return c.on.IsZero() }

// Day returns the day of the check, or no date.
func (c Checked) Day() Date { return c.on }

// String returns the day as 2006-01-02, or "no".
func (c Checked) String() string {
	if c.IsZero() {
		return "no"
	}
	return c.on.String()
}

// MarshalText writes the day or "no".
func (c Checked) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what [Checked.MarshalText] writes.
func (c *Checked) UnmarshalText(text []byte) error {
	if string(text) == "no" {
		*c = Checked{set: true}
		return nil
	}
	day, err := ParseDate(string(text))
	if err != nil {
		return fmt.Errorf(`checked %q is neither a day nor "no"`, clip(string(text)))
	}
	*c = CheckedOn(day)
	return nil
}
