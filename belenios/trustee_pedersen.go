package belenios

import (
	"fmt"
	"strconv"

	"commonweal/belenios/group"
)

// Pedersen is an item of several trustees of whom Threshold suffice to decrypt; §4.6.7
// p. 12. (The specification's t is Threshold - 1, the degree of the polynomials.)
type Pedersen struct {
	Threshold int
	Certs     []*Cert
	Coefexps  []*Coefexps   // of each member's polynomial, signed by it
	Keys      []*TrusteeKey // of each member, decided by all polynomials together
}

// Cert holds the two public keys of a member, signed by the first of them; §4.6.2 p. 10.
type Cert struct {
	signed                   SignedMessage
	Verification, Encryption group.Element
}

// ParseCert reads the text that Bytes writes.
func ParseCert(g group.Group, b []byte) (*Cert, error) {
	r := newReader("cert", b, maxMessage)
	c := r.cert(g)
	return c, r.end()
}

func (r *reader) cert(g group.Group) *Cert {
	c := &Cert{signed: r.signedMessage(g)}
	keys := newReader("cert keys", []byte(c.signed.Message), maxMessage)
	keys.lit(`{"verification":`)
	c.Verification = keys.element(g)
	keys.lit(`,"encryption":`)
	c.Encryption = keys.element(g)
	keys.lit(`}`)
	if r.err == nil {
		r.failed(keys.end())
	}
	return c
}

// ID names the member: the hash of the signed message, by which belenios-tool names files.
func (c *Cert) ID() string { return HashOf([]byte(c.signed.Message)).String() }

// Bytes is the one legal text.
func (c *Cert) Bytes() []byte { return c.append(nil) }

func (c *Cert) append(b []byte) []byte { return appendSigned(b, c.signed) }

// Verify checks membership of both keys and the signature.
func (c *Cert) Verify(g group.Group) error {
	if err := key(g, c.Verification, "cert: verification key"); err != nil {
		return err
	}
	if err := key(g, c.Encryption, "cert: encryption key"); err != nil {
		return err
	}
	if !c.signed.signedBy(g, c.Verification) {
		return fmt.Errorf("cert: signature does not verify")
	}
	return nil
}

// VerifyCerts checks all certs and that no key stands twice.
func VerifyCerts(g group.Group, certs []*Cert) error {
	if len(certs) == 0 || len(certs) > maxTrustees {
		return fmt.Errorf("%d certs: from 1 to %d are possible", len(certs), maxTrustees)
	}
	seen := map[string]int{}
	for i, c := range certs {
		if err := c.Verify(g); err != nil {
			return fmt.Errorf("member %d: %w", i+1, err)
		}
		for _, e := range []group.Element{c.Verification, c.Encryption} {
			if first, twice := seen[e.String()]; twice {
				return fmt.Errorf("member %d: cert: a key is that of member %d", i+1, first)
			}
			seen[e.String()] = i + 1
		}
	}
	return nil
}

// Coefexps are g to the power of each coefficient of a member's polynomial, signed;
// §4.6.4 p. 11.
type Coefexps struct {
	signed       SignedMessage
	Coefficients []group.Element
}

func (r *reader) coefexps(g group.Group) *Coefexps {
	c := &Coefexps{signed: r.signedMessage(g)}
	inner := newReader("coefexps", []byte(c.signed.Message), maxMessage)
	inner.lit(`{"coefexps":`)
	c.Coefficients = list(inner, "coefexps", maxTrustees, func() group.Element { return inner.element(g) })
	inner.lit(`}`)
	if r.err == nil {
		r.failed(inner.end())
	}
	return c
}

func (c *Coefexps) append(b []byte) []byte { return appendSigned(b, c.signed) }

// verify checks the number of coefficients, their membership and the signature.
func (c *Coefexps) verify(g group.Group, cert *Cert, threshold int) error {
	if len(c.Coefficients) != threshold {
		return fmt.Errorf("coefexps: %d coefficients, not %d", len(c.Coefficients), threshold)
	}
	for k, e := range c.Coefficients {
		if err := member(g, e, "coefexps: coefficient %d", k); err != nil {
			return err
		}
	}
	if !c.signed.signedBy(g, cert.Verification) {
		return fmt.Errorf("coefexps: signature does not verify")
	}
	return nil
}

// verifyCoefexps checks those of all members.
func verifyCoefexps(g group.Group, certs []*Cert, coefexps []*Coefexps, threshold int) error {
	if threshold < 1 || threshold > len(certs) {
		return fmt.Errorf("threshold %d of %d members", threshold, len(certs))
	}
	if len(coefexps) != len(certs) {
		return fmt.Errorf("coefexps of %d members, certs of %d", len(coefexps), len(certs))
	}
	for i, c := range coefexps {
		if err := c.verify(g, certs[i], threshold); err != nil {
			return fmt.Errorf("member %d: %w", i+1, err)
		}
	}
	return nil
}

// evaluated is ∏_k A_k^(j^k): g to the power of the polynomial at j; §4.6.5 p. 11. It
// takes few multiplications by Horner's rule, since j is small.
func (c *Coefexps) evaluated(g group.Group, j int) group.Element {
	at := g.ScalarInt(int64(j))
	value := c.Coefficients[len(c.Coefficients)-1]
	for k := len(c.Coefficients) - 2; k >= 0; k-- {
		value = g.Mul(g.Product(group.Term{Base: value, Exp: at}), c.Coefficients[k])
	}
	return value
}

// memberKey is the public key of the j-th member, counted from 1; §4.6.6 p. 12.
func memberKey(g group.Group, coefexps []*Coefexps, j int) group.Element {
	product := g.Identity()
	for _, c := range coefexps {
		product = g.Mul(product, c.evaluated(g, j))
	}
	return product
}

// subKey is ∏_z A_z0; §4.6.4 p. 11.
func (p Pedersen) subKey(g group.Group) group.Element {
	product := g.Identity()
	for _, c := range p.Coefexps {
		product = g.Mul(product, c.Coefficients[0])
	}
	return product
}

func (p Pedersen) keys() []*TrusteeKey { return p.Keys }

func (p Pedersen) needed() int { return p.Threshold }

func (p Pedersen) append(b []byte) []byte {
	b = strconv.AppendInt(append(b, `["Pedersen",{"threshold":`...), int64(p.Threshold), 10)
	b = appendList(append(b, `,"certs":`...), p.Certs, func(b []byte, c *Cert) []byte { return c.append(b) })
	b = appendList(append(b, `,"coefexps":`...), p.Coefexps, func(b []byte, c *Coefexps) []byte { return c.append(b) })
	b = appendList(append(b, `,"verification_keys":`...), p.Keys, func(b []byte, k *TrusteeKey) []byte { return k.append(b) })
	return append(b, `}]`...)
}

// pedersen reads threshold parameters.
func (r *reader) pedersen(g group.Group) Pedersen {
	r.lit(`{"threshold":`)
	p := Pedersen{Threshold: int(r.small("threshold", maxTrustees))}
	r.lit(`,"certs":`)
	p.Certs = list(r, "certs", maxTrustees, func() *Cert { return r.cert(g) })
	r.lit(`,"coefexps":`)
	p.Coefexps = exactly(r, "coefexps", len(p.Certs), func() *Coefexps {
		c := r.coefexps(g)
		if r.err == nil && len(c.Coefficients) != p.Threshold {
			r.fail("%d coefficients, the threshold is %d", len(c.Coefficients), p.Threshold)
		}
		return c
	})
	r.lit(`,"verification_keys":`)
	p.Keys = exactly(r, "verification keys", len(p.Certs), func() *TrusteeKey { return r.trusteeKey(g) })
	r.lit(`}`)
	if r.err == nil && (p.Threshold < 1 || p.Threshold > len(p.Certs)) {
		r.fail("threshold %d of %d members", p.Threshold, len(p.Certs))
	}
	return p
}

// Bytes is the text of threshold parameters alone, as they leave the key ceremony.
func (p Pedersen) Bytes() []byte {
	b := p.append(nil)
	return b[len(`["Pedersen",`) : len(b)-1]
}

// ParsePedersen reads what Bytes writes.
func ParsePedersen(g group.Group, b []byte) (Pedersen, error) {
	r := newReader("threshold parameters", b, maxTrusteesBytes)
	p := r.pedersen(g)
	return p, r.end()
}

// Verify checks all of §4.6.7: certs, signed polynomials, and that the key of each
// member is what the polynomials give, with its proof.
func (p Pedersen) Verify(g group.Group) error {
	if err := VerifyCerts(g, p.Certs); err != nil {
		return err
	}
	if err := verifyCoefexps(g, p.Certs, p.Coefexps, p.Threshold); err != nil {
		return err
	}
	if len(p.Keys) != len(p.Certs) {
		return fmt.Errorf("%d verification keys of %d members", len(p.Keys), len(p.Certs))
	}
	for j, k := range p.Keys {
		if err := k.Verify(g); err != nil {
			return fmt.Errorf("member %d: %w", j+1, err)
		}
		if !g.Equal(k.Key, memberKey(g, p.Coefexps, j+1)) {
			return fmt.Errorf("member %d: verification key is not what the coefexps give", j+1)
		}
	}
	return nil
}
