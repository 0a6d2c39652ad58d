package belenios

import (
	"commonweal/belenios/group"
)

// Proof is a challenge and its response. The commitment that the challenge is the hash
// of is not stored: whoever verifies computes it again; §4.3 p. 7.
type Proof struct {
	Challenge, Response group.Scalar
}

// Ciphertext is an ElGamal pair under the election's key; §4.3 p. 7.
type Ciphertext struct {
	Alpha, Beta group.Element
}

func (r *reader) proof(g group.Group) Proof {
	r.lit(`{"challenge":`)
	c := r.scalar(g)
	r.lit(`,"response":`)
	s := r.scalar(g)
	r.lit(`}`)
	return Proof{c, s}
}

func (r *reader) ciphertext(g group.Group) Ciphertext {
	r.lit(`{"alpha":`)
	a := r.element(g)
	r.lit(`,"beta":`)
	b := r.element(g)
	r.lit(`}`)
	return Ciphertext{a, b}
}

func appendProof(b []byte, p Proof) []byte {
	b = appendScalar(append(b, `{"challenge":`...), p.Challenge)
	b = appendScalar(append(b, `,"response":`...), p.Response)
	return append(b, '}')
}

func appendCiphertext(b []byte, c Ciphertext) []byte {
	b = appendElement(append(b, `{"alpha":`...), c.Alpha)
	b = appendElement(append(b, `,"beta":`...), c.Beta)
	return append(b, '}')
}

// mul is the pointwise product, the encryption of the sum.
func (c Ciphertext) mul(g group.Group, d Ciphertext) Ciphertext {
	return Ciphertext{g.Mul(c.Alpha, d.Alpha), g.Mul(c.Beta, d.Beta)}
}

// equal compares both halves.
func (c Ciphertext) equal(g group.Group, d Ciphertext) bool {
	return g.Equal(c.Alpha, d.Alpha) && g.Equal(c.Beta, d.Beta)
}

// members checks that both halves are in the subgroup.
func (c Ciphertext) members(g group.Group, where string, args ...any) error {
	if err := member(g, c.Alpha, where+": alpha", args...); err != nil {
		return err
	}
	return member(g, c.Beta, where+": beta", args...)
}

// schnorr proves knowledge of secret = log_g; hash gives the challenge for the commitment.
func schnorr(g group.Group, secret, nonce group.Scalar, hash func(commitment group.Element) group.Scalar) Proof {
	c := hash(g.ExpG(nonce))
	return Proof{c, nonce.Sub(secret.Mul(c))}
}

// schnorrHolds recomputes the commitment g^response × key^challenge and compares.
func schnorrHolds(g group.Group, key group.Element, p Proof, hash func(commitment group.Element) group.Scalar) bool {
	a := g.Product(group.Term{Base: g.Generator(), Exp: p.Response}, group.Term{Base: key, Exp: p.Challenge})
	return hash(a).Equal(p.Challenge)
}
