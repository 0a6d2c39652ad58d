package belenios

import (
	"fmt"
	"io"

	"commonweal/belenios/group"
)

// PrivateKey is what a trustee decrypts with: drawn by a Single trustee, computed in
// the key ceremony by a member of a Pedersen item; §4.5 p. 8.
type PrivateKey struct {
	group  group.Group
	secret group.Scalar
	public group.Element
}

// GeneratePrivateKey draws a key.
func GeneratePrivateKey(g group.Group, random io.Reader) (*PrivateKey, error) {
	s, err := g.RandomScalar(random)
	if err != nil {
		return nil, fmt.Errorf("private key: %w", err)
	}
	return newPrivateKey(g, s)
}

func newPrivateKey(g group.Group, secret group.Scalar) (*PrivateKey, error) {
	if secret.IsZero() {
		return nil, fmt.Errorf("private key: the secret is zero")
	}
	return &PrivateKey{g, secret, g.ExpG(secret)}, nil
}

// ParsePrivateKey reads the text that Bytes wrote.
func ParsePrivateKey(g group.Group, b []byte) (*PrivateKey, error) {
	r := newReader("private key", b, maxReference)
	s := r.scalar(g)
	if err := r.end(); err != nil {
		return nil, fmt.Errorf("private key: not a scalar of %s in quotation marks", g.Name()) // says nothing of the text
	}
	return newPrivateKey(g, s)
}

// Bytes is the secret scalar in quotation marks, the form of a trustee's file.
func (k *PrivateKey) Bytes() []byte { return appendScalar(nil, k.secret) }

// Public is g to the power of the secret.
func (k *PrivateKey) Public() group.Element { return k.public }

// TrusteeKey is a public key with a proof that somebody knows the private one; §4.5 p. 8.
type TrusteeKey struct {
	Key   group.Element
	Proof Proof
}

// TrusteeKey proves knowledge of the key.
func (k *PrivateKey) TrusteeKey(random io.Reader) (*TrusteeKey, error) {
	w, err := k.group.RandomScalar(random)
	if err != nil {
		return nil, fmt.Errorf("trustee key: %w", err)
	}
	return &TrusteeKey{k.public, schnorr(k.group, k.secret, w, keyHash(k.group, k.public))}, nil
}

// keyHash is H(pok|G|X|A), G being the name of the group.
func keyHash(g group.Group, x group.Element) func(group.Element) group.Scalar {
	return func(a group.Element) group.Scalar {
		return g.HashScalar([]byte("pok|" + g.Name() + "|" + x.String() + "|" + a.String()))
	}
}

// ParseTrusteeKey reads the text that Bytes writes.
func ParseTrusteeKey(g group.Group, b []byte) (*TrusteeKey, error) {
	r := newReader("trustee key", b, 10*maxReference)
	k := r.trusteeKey(g)
	if err := r.end(); err != nil {
		return nil, err
	}
	return k, nil
}

func (r *reader) trusteeKey(g group.Group) *TrusteeKey {
	r.lit(`{"pok":`)
	p := r.proof(g)
	r.lit(`,"public_key":`)
	e := r.element(g)
	r.lit(`}`)
	return &TrusteeKey{e, p}
}

// Bytes is the one legal text.
func (k *TrusteeKey) Bytes() []byte { return k.append(nil) }

func (k *TrusteeKey) append(b []byte) []byte {
	b = appendProof(append(b, `{"pok":`...), k.Proof)
	b = appendElement(append(b, `,"public_key":`...), k.Key)
	return append(b, '}')
}

// Verify checks membership and the proof.
func (k *TrusteeKey) Verify(g group.Group) error {
	if err := key(g, k.Key, "trustee key"); err != nil {
		return err
	}
	if !schnorrHolds(g, k.Key, k.Proof, keyHash(g, k.Key)) {
		return fmt.Errorf("trustee key: proof of knowledge does not verify")
	}
	return nil
}
