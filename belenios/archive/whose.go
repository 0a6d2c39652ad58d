package archive

import (
	"bytes"
	"errors"
	"fmt"
)

// whose is the place in the list of the credential that cast a ballot.
func (c *contents) whose(ballot []byte) (int, error) {
	rest, ok := bytes.CutPrefix(ballot, c.prefix)
	if !ok {
		return 0, errors.New("it is not made for this election, or not in the one form that it may have")
	}
	text, _, ok := bytes.Cut(rest, []byte(`"`))
	if !ok {
		return 0, errors.New("it has no credential")
	}
	place, ok := c.byText[string(text)]
	if !ok {
		return 0, fmt.Errorf("its credential %.24s... is not on the list", text)
	}
	return place, nil
}
