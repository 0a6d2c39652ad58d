package journal

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// CanonicalOf is the [Canonical] form of any value that JSON can hold and whose numbers
// are whole: the one text that a hash of it is taken of.
func CanonicalOf(v any) ([]byte, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var tree any
	if err := d.Decode(&tree); err != nil {
		return nil, err
	}
	if tree, err = whole(tree); err != nil {
		return nil, err
	}
	return Canonical(nil, tree)
}

// whole turns the numbers of a tree into integers.
func whole(v any) (any, error) {
	var err error
	switch v := v.(type) {
	case json.Number:
		n, err := v.Int64()
		if err != nil {
			return nil, fmt.Errorf("%s is no whole number", v)
		}
		return n, nil
	case []any:
		for i := range v {
			if v[i], err = whole(v[i]); err != nil {
				return nil, err
			}
		}
	case map[string]any:
		for k := range v {
			if v[k], err = whole(v[k]); err != nil {
				return nil, err
			}
		}
	}
	return v, nil
}
