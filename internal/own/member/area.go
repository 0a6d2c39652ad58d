package member

import (
	"regexp"
	"strings"

	"commonweal/internal/base/fault"
)

// outcode is the outward half of a United Kingdom postcode: PL1, SW1A, B15.
var outcode = regexp.MustCompile(`^[A-Z]{1,2}[0-9][A-Z0-9]?$`)

// ParseArea reads the outward half of a postcode and refuses a whole one: an area
// is all that membership needs to know of where a public member lives.
func ParseArea(text string) (string, error) {
	area := strings.ToUpper(strings.TrimSpace(text))
	if outcode.MatchString(area) {
		return area, nil
	}
	return "", fault.Fieldf("area", "%q is not the first half of a postcode, such as PL1: leave out the second half", text)
}
