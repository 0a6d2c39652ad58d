package wave

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"commonweal/internal/base/journal"
	"commonweal/law"
)

// canonical writes a value as the one JSON text that its hash is taken of: see
// [journal.Canonical]. Numbers are whole.
func canonical(v any) ([]byte, error) {
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
	return journal.Canonical(nil, tree)
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

// hashOf is the SHA-256 of a text, in hexadecimal.
func hashOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// text is a column that holds nothing where the value is empty.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// day is a column that holds a day, or nothing.
func day(d law.Date) any { return text(d.String()) }

// list is a column that holds canonical JSON, or nothing where the list is empty.
func list[T any](items []T) (any, error) {
	if len(items) == 0 {
		return nil, nil
	}
	b, err := canonical(items)
	return text(string(b)), err
}
