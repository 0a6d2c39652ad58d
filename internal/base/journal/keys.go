package journal

import (
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/world"
)

// Keys signs checkpoints. There is one secret an installation, kept in a file
// beside the database and never in it; each organisation's Ed25519 key is
// derived from the secret and the organisation's origin with HKDF-SHA-256.
type Keys struct{ secret []byte }

const keySize = 32

// NewKeys makes keys from a 32-byte secret.
func NewKeys(secret []byte) (*Keys, error) {
	if len(secret) != keySize {
		return nil, fmt.Errorf("the record key has %d bytes, not %d", len(secret), keySize)
	}
	return &Keys{secret: secret}, nil
}

// LoadKeys reads the key file, or makes it (readable by its owner only) when
// there is none.
func LoadKeys(path string, w *world.World) (*Keys, error) {
	text, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return createKeys(path, w)
	}
	if err != nil {
		return nil, fmt.Errorf("read the record key: %w", err)
	}
	secret, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the record key file %s is not base64", path)
	}
	return NewKeys(secret)
}

func createKeys(path string, w *world.World) (*Keys, error) {
	secret := make([]byte, keySize)
	w.Bytes(secret)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the record key: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("make the record key: %w", err)
	}
	_, err = f.WriteString(base64.StdEncoding.EncodeToString(secret) + "\n")
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return nil, fmt.Errorf("write the record key: %w", err)
	}
	return NewKeys(secret)
}

// Origin is the first line of an organisation's checkpoints and the name of its key.
func Origin(org string) string { return "commonweal/" + org }

// Signer signs the checkpoints of one organisation.
func (k *Keys) Signer(org string) (note.Signer, error) {
	seed, err := k.seed(org)
	if err != nil {
		return nil, err
	}
	vkey, err := k.VerifierKey(org)
	if err != nil {
		return nil, err
	}
	// A note signer key is PRIVATE+KEY+name+hash+base64(1 seed), with the hash of
	// the verifier key.
	hash := strings.Split(vkey, "+")[1]
	secret := base64.StdEncoding.EncodeToString(append([]byte{1}, seed...))
	return note.NewSigner(fmt.Sprintf("PRIVATE+KEY+%s+%s+%s", Origin(org), hash, secret))
}

// VerifierKey is the public key of one organisation's checkpoints, in the text
// form of golang.org/x/mod/sumdb/note.
func (k *Keys) VerifierKey(org string) (string, error) {
	seed, err := k.seed(org)
	if err != nil {
		return "", err
	}
	public := ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
	return note.NewEd25519VerifierKey(Origin(org), public)
}

func (k *Keys) seed(org string) ([]byte, error) {
	return hkdf.Key(sha256.New, k.secret, nil, "commonweal checkpoint "+Origin(org), ed25519.SeedSize)
}

// Derive gives key material for another purpose, named by label: session
// cookies, e-mailed codes.
func (k *Keys) Derive(label string) ([]byte, error) {
	return hkdf.Key(sha256.New, k.secret, nil, "commonweal "+label, keySize)
}
