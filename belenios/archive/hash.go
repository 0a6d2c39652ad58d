package archive

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
)

// Hash is the SHA-256 of a record's body. Records are named by it and refer to
// each other by it.
type Hash [sha256.Size]byte

// Sum is the hash of a body.
func Sum(body []byte) Hash { return sha256.Sum256(body) }

// ParseHash reads 64 lower-case hexadecimal digits.
func ParseHash(s string) (Hash, error) {
	var h Hash
	if len(s) != hex.EncodedLen(len(h)) {
		return h, fmt.Errorf("hash %.80q: it has %d characters, not 64", s, len(s))
	}
	if _, err := hex.Decode(h[:], []byte(s)); err != nil || h.String() != s {
		return h, fmt.Errorf("hash %.80q: it is not in lower-case hexadecimal digits", s)
	}
	return h, nil
}

func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Tracker is the hash as voters see it: base64 without padding (section 4.15).
func (h Hash) Tracker() string { return base64.RawStdEncoding.EncodeToString(h[:]) }

// MarshalText writes the hash as it stands in the archive.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads what [Hash.MarshalText] wrote.
func (h *Hash) UnmarshalText(text []byte) error {
	got, err := ParseHash(string(text))
	if err != nil {
		return err
	}
	*h = got
	return nil
}
