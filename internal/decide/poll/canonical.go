package poll

import (
	"crypto/sha256"
	"encoding/hex"
)

// hashOf is the SHA-256 of a text, in hexadecimal.
func hashOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
