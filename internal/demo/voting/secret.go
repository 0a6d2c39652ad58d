package voting

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"

	"commonweal/belenios"
)

// stream is chance that follows from a seed and a label.
type stream struct {
	key  [sha256.Size]byte
	next uint64
	rest []byte
}

func chance(seed, label string) io.Reader {
	return &stream{key: sha256.Sum256([]byte("commonweal demonstration\n" + seed + "\n" + label + "\n"))}
}

// Read implements io.Reader.
func (s *stream) Read(p []byte) (int, error) {
	for n := 0; n < len(p); {
		if len(s.rest) == 0 {
			block := sha256.Sum256(binary.BigEndian.AppendUint64(s.key[:len(s.key):len(s.key)], s.next))
			s.next++
			s.rest = block[:]
		}
		taken := copy(p[n:], s.rest)
		n, s.rest = n+taken, s.rest[taken:]
	}
	return len(p), nil
}

// KeyholderSeed is the seed of keyholder number n of a poll.
func KeyholderSeed(seed, poll string, n int) (string, error) {
	return belenios.GenerateSeed(chance(seed, fmt.Sprintf("keyholder %s %d", poll, n)))
}

// Code is the code of a voter of a contest, by number on the roll; spares are numbered
// from -1 down.
func Code(seed, uuid string, n int) (string, error) {
	return belenios.GenerateCredential(chance(seed, fmt.Sprintf("code %s %d", uuid, n)))
}

// CodeOf is the code of a voter with the public part of the credential that it makes.
func CodeOf(seed, group, uuid string, number int) (public, code string, err error) {
	if code, err = Code(seed, uuid, number); err != nil {
		return "", "", err
	}
	c, err := credential(seed, group, uuid, number)
	if err != nil {
		return "", "", err
	}
	return c.Public().String(), code, nil
}
