package instrument

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"
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
	// PeoplePromise is the structure of the NHS Staff Survey's thirty scores,
	// its questions called by their numbers of 2024. It scores answers and has
	// no wordings. For the answers of another year, whose numbers differ, put
	// the year behind it: "nhs-people-promise-2022"; see [Instrument.InYear].
	PeoplePromise = "nhs-people-promise"
	// StaffFriends is the staff friends-and-family test of 2014 to 2021.
	StaffFriends = "nhs-staff-fft"
	// PatientFriends2013 is the patient test scored by net promoter.
	PatientFriends2013 = "nhs-patient-fft-2013"
	// PatientFriends2014 is the patient test scored by who would recommend.
	PatientFriends2014 = "nhs-patient-fft-2014"
	// PatientFriends2020 is the patient test as it has been since April 2020.
	PatientFriends2020 = "nhs-patient-fft-2020"
	// MutualCulture is a short scale of our own, in English and Welsh: what
	// staff-led mutuals promise, as their staff find it.
	MutualCulture = "mutual-culture"
)

// Shipped reads the instruments that come with the program, in the order of
// their IDs; the People Promise stands once more for each of its years.
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
		if in.ID != PeoplePromise {
			continue
		}
		for _, y := range in.Years {
			of, err := in.InYear(y)
			if err != nil {
				return nil, fmt.Errorf("file %s: %w", f.Name(), err)
			}
			list = append(list, of)
		}
	}
	slices.SortFunc(list, func(a, b Instrument) int { return strings.Compare(a.ID, b.ID) })
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
