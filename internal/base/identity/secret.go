package identity

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"

	"commonweal/internal/base/world"
)

// newSecret makes 256 random bits, as text.
func newSecret(w *world.World) string {
	var b [32]byte
	w.Bytes(b[:])
	return hex.EncodeToString(b[:])
}

// hash is how a secret of 256 random bits is stored. There is nothing to guess,
// so it needs neither salt nor slowness.
func hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// mac is how something that could be guessed is stored: under a key that is
// not in the database. Parts are kept apart by their length.
func mac(key []byte, parts ...string) []byte {
	h := hmac.New(sha256.New, key)
	for _, part := range parts {
		_ = binary.Write(h, binary.BigEndian, uint64(len(part))) // a hash never fails
		h.Write([]byte(part))
	}
	return h.Sum(nil)
}

// newCode makes eight random digits, each as likely as another.
func newCode(w *world.World) string {
	const all, fair = 100_000_000, 1<<32 - (1<<32)%100_000_000
	var b [4]byte
	for {
		w.Bytes(b[:])
		if n := binary.BigEndian.Uint32(b[:]); uint64(n) < fair {
			return fmt.Sprintf("%08d", n%all)
		}
	}
}
