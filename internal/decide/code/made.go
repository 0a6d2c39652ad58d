package code

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"commonweal/internal/base/fault"
)

// Made is what the server gets of codes that were made: public parts, by voter number.
type Made struct {
	Form  string `json:"form"`
	UUID  string `json:"uuid"`
	Codes []Line `json:"codes"`
}

// Line is the public part of one code: a voter's, or of a spare with its weight.
type Line struct {
	Voter  int    `json:"voter,omitempty"`
	Spare  int    `json:"spare,omitempty"`
	Weight int    `json:"weight,omitempty"` // of a spare; a voter's stands on the roll
	Public string `json:"public"`
}

// Public takes the secrets away from codes.
func Public(uuid string, list []Code) Made {
	m := Made{Form: MadeForm, UUID: uuid, Codes: []Line{}}
	for _, c := range list {
		l := Line{Voter: c.Voter, Spare: c.Spare, Public: c.Public}
		if c.Voter == 0 {
			l.Weight = c.Weight
		}
		m.Codes = append(m.Codes, l)
	}
	return m
}

// ParseMade reads that. Whether a public part is one of the group, and whether there
// is such a voter, is for the ballot box to say.
func ParseMade(text []byte) (Made, error) {
	var m Made
	if err := strictly(text, &m); err != nil {
		return Made{}, fault.Wrap(fault.Invalid, err, "this is not a file of the public parts of codes")
	}
	if m.Form != MadeForm {
		return Made{}, fault.Errorf(fault.Invalid, "this is not a file of the public parts of codes: it says %q and not %q", clipped(m.Form), MadeForm)
	}
	if len(m.Codes) > mostLines {
		return Made{}, fault.Errorf(fault.Invalid, "the file has %d codes and at most %d are taken", len(m.Codes), mostLines)
	}
	voters, public := map[int]bool{}, map[string]bool{}
	for i, l := range m.Codes {
		switch {
		case l.Voter < 0 || l.Spare < 0 || (l.Voter > 0) == (l.Weight > 0):
			return Made{}, fault.Errorf(fault.Invalid, "line %d is neither a voter’s, with a number and no weight, nor a spare’s, with a weight and no number", i+1)
		case l.Voter > 0 && voters[l.Voter]:
			return Made{}, fault.Errorf(fault.Invalid, "voter %d stands in the file twice", l.Voter)
		case public[l.Public]:
			return Made{}, fault.Errorf(fault.Invalid, "line %d has the public part of another line", i+1)
		}
		voters[l.Voter], public[l.Public] = true, true
	}
	return m, nil
}

// Text is the file.
func (m Made) Text() ([]byte, error) {
	m.Form = MadeForm
	out, err := json.MarshalIndent(m, "", " ")
	return append(out, '\n'), err
}

// Mark names a code by its public part: the beginning of its SHA-256, short enough to
// stand on a letter and to be typed. It gives nothing away.
func Mark(public string) string {
	h := sha256.Sum256([]byte(public))
	return fmt.Sprintf("%04X-%04X", h[:2], h[2:4])
}
