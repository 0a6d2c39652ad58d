package instrument

import (
	"embed"
	"fmt"
	"path"
)

//go:embed shipped/*.json
var shipped embed.FS

// The instruments that come with the program, by ID.
const (
	// Engagement is the nine engagement questions of the NHS Staff Survey with
	// their numbers from 2021 to 2025.
	Engagement = "nhs-engagement"
	// Pulse is the National Quarterly Pulse Survey: the same nine, scored as
	// the pulse is published.
	Pulse = "nhs-pulse"
	// PeoplePromise is the structure of the NHS Staff Survey's thirty scores by
	// the question numbers of 2024. It scores answers and has no wordings.
	PeoplePromise = "nhs-people-promise"
)

// Shipped reads the instruments that come with the program, in the order of
// their IDs.
func Shipped() ([]Instrument, error) {
	files, err := shipped.ReadDir("shipped")
	if err != nil {
		return nil, err
	}
	list := make([]Instrument, 0, len(files))
	for _, f := range files {
		b, err := shipped.ReadFile(path.Join("shipped", f.Name()))
		if err != nil {
			return nil, err
		}
		in, err := Read(b)
		if err != nil {
			return nil, fmt.Errorf("file %s: %w", f.Name(), err)
		}
		list = append(list, in)
	}
	return list, nil
}

// Load reads one of the instruments that come with the program.
func Load(id string) (Instrument, error) {
	list, err := Shipped()
	if err != nil {
		return Instrument{}, err
	}
	in, ok := find(list, func(in Instrument) bool { return in.ID == id })
	if !ok {
		return Instrument{}, fmt.Errorf("instrument %q: not one of the %d that come with the program", id, len(list))
	}
	return in, nil
}
