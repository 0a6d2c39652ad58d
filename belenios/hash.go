package belenios

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
)

// Hash is the SHA-256 of an object's bytes. Objects refer to one another by it.
type Hash [sha256.Size]byte

// HashOf is the hash of b.
func HashOf(b []byte) Hash { return sha256.Sum256(b) }

// ParseHash reads 64 lower-case hexadecimal digits.
func ParseHash(text string) (Hash, error) {
	var h Hash
	if len(text) != 2*len(h) || !all(text, isHexOrDigit) {
		return Hash{}, fmt.Errorf("hash %s is not 64 lower-case hexadecimal digits", excerpt(text))
	}
	if _, err := hex.Decode(h[:], []byte(text)); err != nil {
		return Hash{}, fmt.Errorf("hash %s: %w", excerpt(text), err)
	}
	return h, nil
}

// String is the hash in 64 lower-case hexadecimal digits.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Fingerprint is the hash that people see: standard base64 without padding. It names
// the election in every proof (φ), signs ballots and tracks them; §4.15 p. 20.
func Fingerprint(b []byte) string {
	sum := sha256.Sum256(b)
	return base64.RawStdEncoding.EncodeToString(sum[:])
}

// fingerprintLen is the length of every fingerprint.
var fingerprintLen = base64.RawStdEncoding.EncodedLen(sha256.Size)

// isBase64 accepts the letters of the standard alphabet.
func isBase64(c byte) bool {
	return isDigit(c) || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '+' || c == '/'
}
