package stafflist

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Profile tells how one kind of list is written. It can be saved as JSON.
type Profile struct {
	Name string `json:"name"`
	// Source is the system in which people correct a mistake, such as "ESR".
	// Empty is "the list".
	Source string `json:"source,omitempty"`
	// Columns gives for each field the headings it may have, the preferred first.
	// Capitals, spaces and signs do not matter.
	Columns map[Field][]string `json:"columns"`
	// DateForms are tried in order: "dd/MM/yyyy", "yyyyMMdd", "d MMM yyyy".
	DateForms []string `json:"date_forms"`
	// Decimal is "." or ","; empty takes either.
	Decimal string `json:"decimal,omitempty"`
	// Delimiter divides the cells of a CSV file; empty finds out.
	Delimiter string `json:"delimiter,omitempty"`
}

// maxProfile bounds a saved profile: far above any real one.
const maxProfile = 64 << 10

// ParseProfile reads a profile from JSON and checks it. An unknown key is an error.
func ParseProfile(data []byte) (Profile, error) {
	if len(data) > maxProfile {
		return Profile{}, fmt.Errorf("mapping profile: %d bytes exceed %d", len(data), maxProfile)
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	var p Profile
	if err := decoder.Decode(&p); err != nil {
		return Profile{}, fmt.Errorf("mapping profile: %w", err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return Profile{}, fmt.Errorf("mapping profile: text after the end")
	}
	return p, p.Check()
}

// JSON returns the profile as text to save. Equal profiles give equal text.
func (p Profile) JSON() ([]byte, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	return json.MarshalIndent(p, "", "  ")
}

// Check reports the first thing that keeps the profile from being used. A heading
// that announces sensitive data is refused here, and dropped again on reading.
func (p Profile) Check() error {
	if strings.TrimSpace(p.Name) == "" {
		return fmt.Errorf("mapping profile: no name")
	}
	owner := map[string]Field{}
	for _, field := range sortedFields(p.Columns) {
		if !field.Known() {
			return fmt.Errorf("mapping profile %q: field %q is not known", p.Name, clip(string(field)))
		}
		for _, heading := range p.Columns[field] {
			key := joined(heading)
			if key == "" {
				return fmt.Errorf("mapping profile %q: field %s has an empty heading", p.Name, field)
			}
			if kind := sensitiveHeading(heading); kind != "" {
				return fmt.Errorf("mapping profile %q: heading %q is %s, which is never read", p.Name, clip(heading), kind)
			}
			if other, taken := owner[key]; taken && other != field {
				return fmt.Errorf("mapping profile %q: heading %q is given to both %s and %s", p.Name, clip(heading), other, field)
			}
			owner[key] = field
		}
	}
	if lacks := missing(func(f Field) bool { return len(p.Columns[f]) > 0 }); len(lacks) > 0 {
		return fmt.Errorf("mapping profile %q: no heading for %s", p.Name, lacks[0])
	}
	if len(p.DateForms) == 0 {
		return fmt.Errorf("mapping profile %q: no date form", p.Name)
	}
	if _, err := newDateReader(p.DateForms); err != nil {
		return fmt.Errorf("mapping profile %q: %w", p.Name, err)
	}
	if p.Decimal != "" && p.Decimal != "." && p.Decimal != "," {
		return fmt.Errorf("mapping profile %q: decimal sign %q is not . or ,", p.Name, clip(p.Decimal))
	}
	if p.Delimiter != "" && (len(p.Delimiter) != 1 || strings.IndexByte(delimiters, p.Delimiter[0]) < 0) {
		return fmt.Errorf("mapping profile %q: delimiter %q is not a comma, semicolon, tab or bar", p.Name, clip(p.Delimiter))
	}
	return nil
}

// remedy says where a mistake is put right.
func (p Profile) remedy() string {
	if p.Source == "" {
		return "Correct it in the list."
	}
	return "Correct it in " + p.Source + "."
}

func sortedFields(columns map[Field][]string) []Field {
	out := make([]Field, 0, len(columns))
	for field := range columns {
		out = append(out, field)
	}
	slices.Sort(out)
	return out
}

// clip keeps a value from the outside short in an error.
func clip(s string) string {
	const limit = 60
	runes := []rune(s)
	if len(runes) <= limit {
		return s
	}
	return string(runes[:limit]) + "…"
}
