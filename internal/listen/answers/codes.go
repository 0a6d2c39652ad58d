package answers

import (
	"encoding/json"
	"fmt"
)

// MarshalJSON writes codes as a list of numbers: bytes alone would come out as base64.
func (c Codes) MarshalJSON() ([]byte, error) {
	list := make([]int, len(c))
	for i, code := range c {
		list[i] = int(code)
	}
	return json.Marshal(list)
}

// UnmarshalJSON reads a list of numbers from 0 to 255.
func (c *Codes) UnmarshalJSON(text []byte) error {
	var list []int
	if err := json.Unmarshal(text, &list); err != nil {
		return err
	}
	out := make(Codes, len(list))
	for i, code := range list {
		if code < 0 || code > 255 {
			return fmt.Errorf("answer %d is %d, not 0 to 255", i+1, code)
		}
		out[i] = uint8(code)
	}
	*c = out
	return nil
}
