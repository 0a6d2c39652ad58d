package belenios

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"commonweal/belenios/group"
)

// The members of a Pedersen item send one another secrets through the administrator, who
// must not read them. Each member has a seed, from which a signing and a decryption key
// follow; §4.6.1-4.6.3 p. 9-10.

const (
	seedLen    = 22
	maxMessage = 1 << 20
)

// GenerateSeed draws the 22 base-58 characters that a member keeps.
func GenerateSeed(random io.Reader) (string, error) {
	seed, err := randomBase58(random, seedLen)
	if err != nil {
		return "", fmt.Errorf("seed: %w", err)
	}
	return seed, nil
}

// Member is one party of the key ceremony with its secret keys.
type Member struct {
	group                    group.Group
	signing, decryption      group.Scalar
	verification, encryption group.Element
}

// NewMember derives the keys of a seed; §4.6.1 p. 9.
func NewMember(g group.Group, seed string) (*Member, error) {
	if len(seed) != seedLen || !all(seed, isBase58) {
		return nil, fmt.Errorf("seed: not %d base-58 characters", seedLen)
	}
	m := &Member{
		group:      g,
		signing:    g.HashScalar([]byte("sk|" + seed)),
		decryption: g.HashScalar([]byte("dk|" + seed)),
	}
	m.verification, m.encryption = g.ExpG(m.signing), g.ExpG(m.decryption)
	return m, nil
}

// SignedMessage is a text with a signature of a member; §4.6.1 p. 9.
type SignedMessage struct {
	Message   string
	Signature Proof
}

func (r *reader) signedMessage(g group.Group) SignedMessage {
	r.lit(`{"message":`)
	m := r.embedded("message", maxMessage)
	r.lit(`,"signature":`)
	p := r.proof(g)
	r.lit(`}`)
	return SignedMessage{m, p}
}

func appendSigned(b []byte, s SignedMessage) []byte {
	b = appendString(append(b, `{"message":`...), s.Message)
	b = appendProof(append(b, `,"signature":`...), s.Signature)
	return append(b, '}')
}

// messageHash is H(sigmsg|M|A).
func messageHash(g group.Group, message string) func(group.Element) group.Scalar {
	return func(a group.Element) group.Scalar {
		return g.HashScalar([]byte("sigmsg|" + message + "|" + a.String()))
	}
}

func (m *Member) sign(random io.Reader, message string) (SignedMessage, error) {
	w, err := m.group.RandomScalar(random)
	if err != nil {
		return SignedMessage{}, err
	}
	return SignedMessage{message, schnorr(m.group, m.signing, w, messageHash(m.group, message))}, nil
}

// signedBy checks the signature.
func (s SignedMessage) signedBy(g group.Group, verification group.Element) bool {
	return schnorrHolds(g, verification, s.Signature, messageHash(g, s.Message))
}

// send signs a message, says for whom it is, and encrypts it for the holder of that
// encryption key; §4.6.3 p. 10.
func (m *Member) send(random io.Reader, recipient group.Element, message string) (sealed, error) {
	b := appendElement([]byte(`{"recipient":`), recipient)
	b = append(appendString(append(b, `,"message":`...), message), '}')
	signed, err := m.sign(random, string(b))
	if err != nil {
		return sealed{}, err
	}
	return seal(m.group, random, recipient, appendSigned(nil, signed))
}

// receive reverses send. The sender is the holder of the verification key.
func (m *Member) receive(message sealed, sender group.Element) (string, error) {
	text, err := m.open(message)
	if err != nil {
		return "", err
	}
	r := newReader("signed message", text, maxMessage)
	signed := r.signedMessage(m.group)
	if err := r.end(); err != nil {
		return "", err
	}
	if !signed.signedBy(m.group, sender) {
		return "", fmt.Errorf("signed message: signature does not verify")
	}
	r = newReader("channel message", []byte(signed.Message), maxMessage)
	r.lit(`{"recipient":`)
	recipient := r.element(m.group)
	r.lit(`,"message":`)
	inner := r.embedded("message", maxMessage)
	r.lit(`}`)
	if err := r.end(); err != nil {
		return "", err
	}
	if !m.group.Equal(recipient, m.encryption) {
		return "", fmt.Errorf("channel message: it is for another recipient")
	}
	return inner, nil
}

// channelHash is the SHA-256 of a prefix and an element: key of the cipher, or nonce.
func channelHash(prefix string, e group.Element) [sha256.Size]byte {
	return sha256.Sum256([]byte(prefix + "|" + e.String()))
}

// seal is the encryption of §4.6.1 p. 9-10: ElGamal of a random element whose hash is
// the key of a cipher.
func seal(g group.Group, random io.Reader, recipient group.Element, text []byte) (sealed, error) {
	r, err := g.RandomScalar(random)
	if err != nil {
		return sealed{}, err
	}
	s, err := g.RandomScalar(random)
	if err != nil {
		return sealed{}, err
	}
	shared := g.ExpG(s)
	c := Ciphertext{g.ExpG(r), g.Mul(g.Exp(recipient, r), shared)}
	data, err := sealCCM(channelHash("key", shared), channelHash("iv", c.Alpha), text)
	if err != nil {
		return sealed{}, err
	}
	b := appendElement([]byte(`{"alpha":`), c.Alpha)
	b = appendElement(append(b, `,"beta":`...), c.Beta)
	return sealed{c, data, string(b) + `,"data":"` + hex.EncodeToString(data) + `"}`}, nil
}

// sealed is an encrypted message in its one legal form; §4.6.1 p. 9.
type sealed struct {
	Ciphertext
	data []byte
	text string
}

const maxSealed = 2*(maxMessage+ccmTag) + 3*maxReference

func parseSealed(g group.Group, text string) (sealed, error) {
	r := newReader("encrypted message", []byte(text), maxSealed)
	r.lit(`{"alpha":`)
	alpha := r.element(g)
	r.lit(`,"beta":`)
	beta := r.element(g)
	r.lit(`,"data":`)
	digits := r.plain("data", maxSealed, isHexOrDigit)
	r.lit(`}`)
	if err := r.end(); err != nil {
		return sealed{}, err
	}
	data, err := hex.DecodeString(digits)
	if err != nil {
		return sealed{}, fmt.Errorf("encrypted message: data: %w", err)
	}
	return sealed{Ciphertext{alpha, beta}, data, text}, nil
}

// sealed reads a JSON string that holds an encrypted message.
func (r *reader) sealed(g group.Group) sealed {
	text := r.embedded("encrypted message", maxSealed)
	if r.err != nil {
		return sealed{}
	}
	s, err := parseSealed(g, text)
	r.failed(err)
	return s
}

func appendSealed(b []byte, s sealed) []byte { return appendString(b, s.text) }

func (m *Member) open(s sealed) ([]byte, error) {
	g := m.group
	// Outside the subgroup, what we do with alpha could tell something of our key.
	if err := s.members(g, "encrypted message"); err != nil {
		return nil, err
	}
	shared := g.Mul(s.Beta, g.Exp(s.Alpha, m.decryption.Neg())) // without Inv, which is not for secrets
	text, err := openCCM(channelHash("key", shared), channelHash("iv", s.Alpha), s.data)
	if err != nil {
		return nil, fmt.Errorf("encrypted message: %w", err)
	}
	return text, nil
}
