package wave

import (
	"crypto/sha256"
	"encoding/hex"

	"commonweal/internal/base/journal"
	"commonweal/law"
)

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
	b, err := journal.CanonicalOf(items)
	return text(string(b)), err
}
