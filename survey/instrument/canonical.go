package instrument

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// Canonical writes the instrument as the one text that stands for it: JSON
// without white space, the fields in the order of the types here, years and
// languages in order, nothing written that says nothing. [Read] gives the same
// instrument back.
//
// It returns an error for an instrument that does not hold together, so that
// no such instrument can have a hash.
func (in Instrument) Canonical() ([]byte, error) {
	if err := in.Check(); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(in); err != nil {
		return nil, fmt.Errorf("instrument %s: %w", in.ID, err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// Hash is the SHA-256 of the canonical text, in hexadecimal.
func (in Instrument) Hash() (string, error) {
	b, err := in.Canonical()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}
