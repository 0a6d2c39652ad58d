package belenios

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"fmt"
	"io"
	"math/big"
	"strings"

	"commonweal/belenios/group"
)

// Credential is the key with which one voter signs. How its secret came about is
// nobody's business but the voter's and the registrar's: the protocol sees g^secret.
type Credential struct {
	group  group.Group
	secret group.Scalar
	public group.Element
}

// NewCredential makes a credential of any secret scalar, such as one that was made and
// is kept on the voter's device.
func NewCredential(g group.Group, secret group.Scalar) (*Credential, error) {
	if secret.IsZero() {
		return nil, fmt.Errorf("credential: the secret is zero")
	}
	return &Credential{g, secret, g.ExpG(secret)}, nil
}

// DeriveCredential makes a credential of the text that [GenerateCredential] made, for
// the election with that uuid; §4.8 p. 13. The password is the text with its dashes,
// which may be left out here.
func DeriveCredential(g group.Group, uuid, text string) (*Credential, error) {
	text, err := dashed(text)
	if err != nil {
		return nil, err
	}
	if err := checkUUID(uuid); err != nil {
		return nil, fmt.Errorf("credential: %w", err)
	}
	const iterations = 1000
	s, err := pbkdf2.Key(sha256.New, text, []byte(uuid), iterations, sha256.Size)
	if err != nil {
		return nil, fmt.Errorf("credential: %w", err)
	}
	return NewCredential(g, g.ReduceScalar(s))
}

// Public is the key that stands in the list of credentials and in the ballot.
func (c *Credential) Public() group.Element { return c.public }

// Secret is the scalar. Whoever has it can vote.
func (c *Credential) Secret() group.Scalar { return c.secret }

const (
	credentialLen  = 15 // with the checksum
	credentialPart = 3
)

// GenerateCredential draws 14 characters, appends their checksum and writes them as
// XXX-XXX-XXX-XXX-XXX; §4.8 p. 13.
func GenerateCredential(random io.Reader) (string, error) {
	text, err := randomBase58(random, credentialLen-1)
	if err != nil {
		return "", fmt.Errorf("credential: %w", err)
	}
	return withDashes(text + string(checksum(text))), nil
}

// checksum is the base-58 digit 53 - n mod 53, n being the number that text spells.
func checksum(text string) byte {
	n := new(big.Int)
	for _, c := range []byte(text) {
		n.Mul(n, big.NewInt(int64(len(base58))))
		n.Add(n, big.NewInt(int64(strings.IndexByte(base58, c))))
	}
	const modulus = 53
	return base58[modulus-n.Mod(n, big.NewInt(modulus)).Int64()]
}

func withDashes(text string) string {
	var parts []string
	for i := 0; i < len(text); i += credentialPart {
		parts = append(parts, text[i:i+credentialPart])
	}
	return strings.Join(parts, "-")
}

// dashed checks a credential and writes it with dashes.
func dashed(text string) (string, error) {
	plain := text
	if len(text) == credentialLen+credentialLen/credentialPart-1 {
		plain = strings.ReplaceAll(text, "-", "")
	}
	if len(plain) != credentialLen || !all(plain, isBase58) || (text != plain && withDashes(plain) != text) {
		return "", fmt.Errorf("credential: not of the form XXX-XXX-XXX-XXX-XXX")
	}
	if checksum(plain[:credentialLen-1]) != plain[credentialLen-1] {
		return "", fmt.Errorf("credential: the last character does not match the others: a character is mistyped")
	}
	return withDashes(plain), nil
}

// randomBase58 draws n characters, each as likely as another.
func randomBase58(random io.Reader, n int) (string, error) {
	const fair = 256 / len(base58) * len(base58) // bytes from here on would favour some
	out := make([]byte, 0, n)
	for b := make([]byte, 1); len(out) < n; {
		if _, err := io.ReadFull(random, b); err != nil {
			return "", fmt.Errorf("random character: %w", err)
		}
		if int(b[0]) < fair {
			out = append(out, base58[int(b[0])%len(base58)])
		}
	}
	return string(out), nil
}
