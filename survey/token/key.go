package token

import (
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
)

// Bits is the size of the key of a wave.
const Bits = 3072

// The least and the most that a key may have: the least is for tests.
const (
	leastBits = 2048
	mostBits  = 4096
)

// exponent is the only public exponent that is taken: one that divides the order of
// the group would let whoever made the key see through the blinding.
const exponent = 65537

// Key is the private key of a wave.
type Key struct {
	private *rsa.PrivateKey
	signer  *signer
	public  PublicKey
}

// New makes a key of so many bits, usually [Bits].
func New(chance io.Reader, bits int) (*Key, error) {
	if bits < leastBits || bits > mostBits {
		return nil, fmt.Errorf("a key of %d bits: it must have %d to %d", bits, leastBits, mostBits)
	}
	private, err := rsa.GenerateKey(chance, bits)
	if err != nil {
		return nil, fmt.Errorf("make the key of a wave: %w", err)
	}
	return newKey(private)
}

// Open reads a key that [Key.Marshal] wrote.
func Open(text []byte) (*Key, error) {
	any, err := x509.ParsePKCS8PrivateKey(text)
	if err != nil {
		return nil, errors.New("the key of the wave cannot be read") // the cause might quote it
	}
	private, ok := any.(*rsa.PrivateKey)
	if !ok {
		return nil, errors.New("the key of the wave is not an RSA key")
	}
	return newKey(private)
}

func newKey(private *rsa.PrivateKey) (*Key, error) {
	public, err := newPublic(&private.PublicKey)
	if err != nil {
		return nil, err
	}
	s, err := newSigner(private)
	if err != nil {
		return nil, err
	}
	return &Key{private: private, signer: s, public: public}, nil
}

// Marshal writes the key, to be sealed: PKCS #8, DER.
func (k *Key) Marshal() ([]byte, error) { return x509.MarshalPKCS8PrivateKey(k.private) }

// Public is the key that goes into the notice of the wave.
func (k *Key) Public() PublicKey { return k.public }

// Sign signs a blinded message. It cannot tell which. The caller decides who may ask,
// and that it is once.
func (k *Key) Sign(blinded []byte) ([]byte, error) {
	if err := k.public.residue(blinded); err != nil {
		return nil, fmt.Errorf("the blinded message: %w", err)
	}
	return k.signer.sign(blinded)
}

// PublicKey is the public half. The zero value verifies nothing.
type PublicKey struct {
	key  *rsa.PublicKey
	der  string
	hash string
}

// ParsePublic reads the key of a wave (a SubjectPublicKeyInfo, DER) and refuses, with
// [ErrKey], every one whose SHA-256 is not the one of the notice.
func ParsePublic(der []byte, hash string) (PublicKey, error) {
	sum := sha256.Sum256(der)
	if got := hex.EncodeToString(sum[:]); got != hash {
		return PublicKey{}, fmt.Errorf("%w: its SHA-256 is %s, the notice says %s", ErrKey, got, hash)
	}
	any, err := x509.ParsePKIXPublicKey(der)
	if err != nil {
		return PublicKey{}, fmt.Errorf("%w: %w", ErrKey, err)
	}
	key, ok := any.(*rsa.PublicKey)
	if !ok {
		return PublicKey{}, fmt.Errorf("%w: not an RSA key", ErrKey)
	}
	return newPublic(key)
}

func newPublic(key *rsa.PublicKey) (PublicKey, error) {
	if bits := key.N.BitLen(); bits < leastBits || bits > mostBits || bits%8 != 0 {
		return PublicKey{}, fmt.Errorf("%w: it has %d bits, not %d to %d in whole bytes", ErrKey, bits, leastBits, mostBits)
	}
	if key.E != exponent {
		return PublicKey{}, fmt.Errorf("%w: its exponent is %d, not %d", ErrKey, key.E, exponent)
	}
	if key.N.Bit(0) == 0 {
		return PublicKey{}, fmt.Errorf("%w: its modulus is even", ErrKey)
	}
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		return PublicKey{}, fmt.Errorf("%w: %w", ErrKey, err)
	}
	sum := sha256.Sum256(der)
	return PublicKey{key: key, der: string(der), hash: hex.EncodeToString(sum[:])}, nil
}

// Marshal writes the key as [ParsePublic] reads it.
func (p PublicKey) Marshal() []byte { return []byte(p.der) }

// Hash is the SHA-256 of what Marshal writes, in hexadecimal. It stands in the notice.
func (p PublicKey) Hash() string { return p.hash }

// Size is how many bytes a blinded message and a signature have.
func (p PublicKey) Size() int {
	if p.key == nil {
		return 0
	}
	return p.key.Size()
}
