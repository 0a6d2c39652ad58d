package belenios

import (
	"commonweal/belenios/group"
)

// Signature binds a ballot to a credential; §4.14 p. 19.
type Signature struct {
	Hash  string // fingerprint of the ballot without its signature
	Proof Proof
}

// signatureHash is H(sig|hash|A).
func signatureHash(g group.Group, hash string) func(group.Element) group.Scalar {
	return func(a group.Element) group.Scalar {
		return g.HashScalar([]byte("sig|" + hash + "|" + a.String()))
	}
}

func (r *reader) signature(g group.Group) Signature {
	r.lit(`{"hash":`)
	hash := r.plain("hash of the ballot", fingerprintLen, isBase64)
	r.lit(`,"proof":`)
	p := r.proof(g)
	r.lit(`}`)
	return Signature{hash, p}
}

func appendSignature(b []byte, s Signature) []byte {
	b = append(b, `{"hash":"`+s.Hash+`","proof":`...)
	return append(appendProof(b, s.Proof), '}')
}
