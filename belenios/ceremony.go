package belenios

import (
	"fmt"
	"io"
	"math/big"

	"commonweal/belenios/group"
)

// The key ceremony of a Pedersen item; §3.1.1 p. 4, §4.6 p. 9-12. The administrator
// carries the messages:
//
//	1  each member       Member.Cert
//	2  administrator     VerifyCerts
//	3  each member       Member.Polynomial
//	4  administrator     NewVinputs
//	5  each member       Member.Voutput
//	6  administrator     NewPedersen; later each member opens its key with Member.PrivateKey
//
// Every step checks all that it is given. Members keep their seed only.

// Cert is step 1: the public keys of the member, signed.
func (m *Member) Cert(random io.Reader) (*Cert, error) {
	b := appendElement([]byte(`{"verification":`), m.verification)
	b = append(appendElement(append(b, `,"encryption":`...), m.encryption), '}')
	signed, err := m.sign(random, string(b))
	if err != nil {
		return nil, fmt.Errorf("cert: %w", err)
	}
	return &Cert{signed, m.verification, m.encryption}, nil
}

// position finds the member among checked certs, from 0.
func (m *Member) position(certs []*Cert) (int, error) {
	if err := VerifyCerts(m.group, certs); err != nil {
		return 0, err
	}
	for i, c := range certs {
		if m.group.Equal(c.Verification, m.verification) && m.group.Equal(c.Encryption, m.encryption) {
			return i, nil
		}
	}
	return 0, fmt.Errorf("no cert is of this seed")
}

// Polynomial is what a member sends in step 3; §4.6.4 p. 10.
type Polynomial struct {
	own      sealed   // the coefficients, for the member itself
	secrets  []sealed // the values at 1 to m, for each member
	coefexps *Coefexps
}

// Polynomial is step 3: the member draws a polynomial and sends each member, itself
// included, its value at that member's number. Threshold values give the polynomial.
func (m *Member) Polynomial(random io.Reader, certs []*Cert, threshold int) (*Polynomial, error) {
	p, err := m.polynomial(random, certs, threshold)
	if err != nil {
		return nil, fmt.Errorf("polynomial: %w", err)
	}
	return p, nil
}

func (m *Member) polynomial(random io.Reader, certs []*Cert, threshold int) (*Polynomial, error) {
	if _, err := m.position(certs); err != nil {
		return nil, err
	}
	if threshold < 1 || threshold > len(certs) {
		return nil, fmt.Errorf("threshold %d of %d members", threshold, len(certs))
	}
	g := m.group
	coefficients, err := randomScalars(random, g, threshold)
	if err != nil {
		return nil, err
	}
	p := &Polynomial{coefexps: &Coefexps{}}
	raw := append(appendList([]byte(`{"polynomial":`), coefficients, appendScalar), '}')
	if p.own, err = m.send(random, m.encryption, string(raw)); err != nil {
		return nil, err
	}
	for j, c := range certs {
		secret := append(appendScalar([]byte(`{"secret":`), evaluate(g, coefficients, j+1)), '}')
		message, err := m.send(random, c.Encryption, string(secret))
		if err != nil {
			return nil, err
		}
		p.secrets = append(p.secrets, message)
	}
	for _, a := range coefficients {
		p.coefexps.Coefficients = append(p.coefexps.Coefficients, g.ExpG(a))
	}
	exps := append(appendList([]byte(`{"coefexps":`), p.coefexps.Coefficients, appendElement), '}')
	p.coefexps.signed, err = m.sign(random, string(exps))
	return p, err
}

// evaluate is the polynomial at j.
func evaluate(g group.Group, coefficients []group.Scalar, j int) group.Scalar {
	at, value := g.ScalarInt(int64(j)), g.ScalarInt(0)
	for k := len(coefficients) - 1; k >= 0; k-- {
		value = value.Mul(at).Add(coefficients[k])
	}
	return value
}

// ParsePolynomial reads what Bytes writes.
func ParsePolynomial(g group.Group, b []byte) (*Polynomial, error) {
	r := newReader("polynomial", b, maxTrusteesBytes)
	p := &Polynomial{}
	r.lit(`{"polynomial":`)
	p.own = r.sealed(g)
	r.lit(`,"secrets":`)
	p.secrets = r.sealedList(g)
	r.lit(`,"coefexps":`)
	p.coefexps = r.coefexps(g)
	r.lit(`}`)
	if err := r.end(); err != nil {
		return nil, err
	}
	return p, nil
}

func (r *reader) sealedList(g group.Group) []sealed {
	return list(r, "secrets", maxTrustees, func() sealed { return r.sealed(g) })
}

// Bytes is the one legal text.
func (p *Polynomial) Bytes() []byte {
	b := appendSealed([]byte(`{"polynomial":`), p.own)
	b = appendList(append(b, `,"secrets":`...), p.secrets, appendSealed)
	b = p.coefexps.append(append(b, `,"coefexps":`...))
	return append(b, '}')
}

// verifyPolynomials checks what the administrator can see, and gives the threshold.
func verifyPolynomials(g group.Group, certs []*Cert, all []*Polynomial) (coefexps []*Coefexps, threshold int, err error) {
	if err := VerifyCerts(g, certs); err != nil {
		return nil, 0, err
	}
	if len(all) != len(certs) {
		return nil, 0, fmt.Errorf("%d polynomials of %d members", len(all), len(certs))
	}
	for i, p := range all {
		if len(p.secrets) != len(certs) {
			return nil, 0, fmt.Errorf("member %d: polynomial: %d secrets for %d members", i+1, len(p.secrets), len(certs))
		}
		coefexps = append(coefexps, p.coefexps)
	}
	threshold = len(coefexps[0].Coefficients)
	return coefexps, threshold, verifyCoefexps(g, certs, coefexps, threshold)
}

// Vinput is what a member gets in step 5: its own polynomial, the secret that each
// member sent to it, and the coefexps of all; §4.6.5 p. 11.
type Vinput struct {
	own      sealed
	secrets  []sealed
	coefexps []*Coefexps
}

// NewVinputs is step 4: it checks the polynomials, which are in the order of the certs,
// and sorts their parts by recipient, in the same order.
func NewVinputs(g group.Group, certs []*Cert, polynomials []*Polynomial) ([]*Vinput, error) {
	coefexps, _, err := verifyPolynomials(g, certs, polynomials)
	if err != nil {
		return nil, fmt.Errorf("vinputs: %w", err)
	}
	var all []*Vinput
	for j := range certs {
		v := &Vinput{own: polynomials[j].own, coefexps: coefexps}
		for _, p := range polynomials {
			v.secrets = append(v.secrets, p.secrets[j])
		}
		all = append(all, v)
	}
	return all, nil
}

// ParseVinput reads what Bytes writes.
func ParseVinput(g group.Group, b []byte) (*Vinput, error) {
	r := newReader("vinput", b, maxTrusteesBytes)
	v := &Vinput{}
	r.lit(`{"polynomial":`)
	v.own = r.sealed(g)
	r.lit(`,"secrets":`)
	v.secrets = r.sealedList(g)
	r.lit(`,"coefexps":`)
	v.coefexps = list(r, "coefexps", maxTrustees, func() *Coefexps { return r.coefexps(g) })
	r.lit(`}`)
	if err := r.end(); err != nil {
		return nil, err
	}
	return v, nil
}

// Bytes is the one legal text.
func (v *Vinput) Bytes() []byte {
	b := appendSealed([]byte(`{"polynomial":`), v.own)
	b = appendList(append(b, `,"secrets":`...), v.secrets, appendSealed)
	b = appendList(append(b, `,"coefexps":`...), v.coefexps, func(b []byte, c *Coefexps) []byte { return c.append(b) })
	return append(b, '}')
}

// Voutput is what a member sends in step 5: its decryption key, encrypted for itself,
// and the public key with its proof; §4.6.6 p. 11.
type Voutput struct {
	private sealed
	public  *TrusteeKey
}

// Voutput is step 5. The member checks that its own polynomial is the one it made, that
// the value it got from each member is on that member's published polynomial, and sums
// the values to its decryption key.
func (m *Member) Voutput(random io.Reader, certs []*Cert, v *Vinput) (*Voutput, error) {
	out, err := m.voutput(random, certs, v)
	if err != nil {
		return nil, fmt.Errorf("voutput: %w", err)
	}
	return out, nil
}

func (m *Member) voutput(random io.Reader, certs []*Cert, v *Vinput) (*Voutput, error) {
	g := m.group
	j, err := m.position(certs)
	if err != nil {
		return nil, err
	}
	if len(v.secrets) != len(certs) || len(v.coefexps) != len(certs) {
		return nil, fmt.Errorf("vinput: %d secrets and %d coefexps for %d members", len(v.secrets), len(v.coefexps), len(certs))
	}
	if err := verifyCoefexps(g, certs, v.coefexps, len(v.coefexps[0].Coefficients)); err != nil {
		return nil, err
	}
	if err := m.checkOwn(v, j); err != nil {
		return nil, fmt.Errorf("own polynomial: %w", err)
	}
	sum := g.ScalarInt(0)
	for i, message := range v.secrets {
		s, err := m.secret(message, `{"secret":`, certs[i].Verification)
		if err != nil {
			return nil, fmt.Errorf("secret from member %d: %w", i+1, err)
		}
		if !g.Equal(g.ExpG(s), v.coefexps[i].evaluated(g, j+1)) {
			return nil, fmt.Errorf("secret from member %d: it is not on the polynomial of that member", i+1)
		}
		sum = sum.Add(s)
	}
	k, err := newPrivateKey(g, sum)
	if err != nil {
		return nil, err
	}
	public, err := k.TrusteeKey(random)
	if err != nil {
		return nil, err
	}
	private := append(appendScalar([]byte(decryptionKeyStart), sum), '}')
	message, err := m.send(random, m.encryption, string(private))
	if err != nil {
		return nil, err
	}
	return &Voutput{message, public}, nil
}

const decryptionKeyStart = `{"decryption_key":`

// checkOwn checks the member's coefexps against the coefficients that it sent itself.
func (m *Member) checkOwn(v *Vinput, j int) error {
	text, err := m.receive(v.own, m.verification)
	if err != nil {
		return err
	}
	mine := v.coefexps[j].Coefficients
	r := newReader("polynomial", []byte(text), maxMessage)
	r.lit(`{"polynomial":`)
	coefficients := exactly(r, "coefficients", len(mine), func() group.Scalar { return r.scalar(m.group) })
	r.lit(`}`)
	if err := r.end(); err != nil {
		return err
	}
	for k, a := range coefficients {
		if !m.group.Equal(m.group.ExpG(a), mine[k]) {
			return fmt.Errorf("coefexps: coefficient %d is not of it", k)
		}
	}
	return nil
}

// secret receives a message that holds one number. belenios-tool sends sums that it has
// not reduced, so the number may be q or more here, as nowhere else.
func (m *Member) secret(message sealed, start string, sender group.Element) (group.Scalar, error) {
	text, err := m.receive(message, sender)
	if err != nil {
		return group.Scalar{}, err
	}
	r := newReader("secret", []byte(text), maxMessage)
	r.lit(start)
	digits := r.plain("number", maxUnreduced, isDigit)
	r.lit(`}`)
	if err := r.end(); err != nil {
		return group.Scalar{}, err
	}
	n, ok := new(big.Int).SetString(digits, 10)
	if !ok || n.String() != digits {
		return group.Scalar{}, fmt.Errorf("secret: not a canonical number")
	}
	return m.group.ReduceScalar(n.Bytes()), nil
}

// maxUnreduced is longer, in digits, than the value of any polynomial at any member.
const maxUnreduced = 8 * maxNumber

// ParseVoutput reads what Bytes writes.
func ParseVoutput(g group.Group, b []byte) (*Voutput, error) {
	r := newReader("voutput", b, maxTrusteesBytes)
	v := &Voutput{}
	r.lit(`{"private_key":`)
	v.private = r.sealed(g)
	r.lit(`,"public_key":`)
	v.public = r.trusteeKey(g)
	r.lit(`}`)
	if err := r.end(); err != nil {
		return nil, err
	}
	return v, nil
}

// Bytes is the one legal text.
func (v *Voutput) Bytes() []byte {
	b := appendSealed([]byte(`{"private_key":`), v.private)
	b = v.public.append(append(b, `,"public_key":`...))
	return append(b, '}')
}

// Public is the member's public key, which must stand in the election's trustees.
func (v *Voutput) Public() group.Element { return v.public.Key }

// NewPedersen is step 6: from the polynomials and voutputs, in the order of the certs,
// it makes the threshold parameters, which it verifies, and gives each member's
// encrypted decryption key for safe keeping.
func NewPedersen(g group.Group, certs []*Cert, polynomials []*Polynomial, voutputs []*Voutput) (Pedersen, []string, error) {
	coefexps, threshold, err := verifyPolynomials(g, certs, polynomials)
	if err != nil {
		return Pedersen{}, nil, fmt.Errorf("threshold parameters: %w", err)
	}
	if len(voutputs) != len(certs) {
		return Pedersen{}, nil, fmt.Errorf("threshold parameters: %d voutputs of %d members", len(voutputs), len(certs))
	}
	p := Pedersen{Threshold: threshold, Certs: certs, Coefexps: coefexps}
	var private []string
	for _, v := range voutputs {
		p.Keys = append(p.Keys, v.public)
		private = append(private, v.private.text)
	}
	if err := p.Verify(g); err != nil {
		return Pedersen{}, nil, fmt.Errorf("threshold parameters: %w", err)
	}
	return p, private, nil
}

// PrivateKey opens the encrypted decryption key that came of step 5. The caller
// compares its Public with the key of the trustee in the election.
func (m *Member) PrivateKey(dkey string) (*PrivateKey, error) {
	message, err := parseSealed(m.group, dkey)
	if err != nil {
		return nil, fmt.Errorf("decryption key: %w", err)
	}
	s, err := m.secret(message, decryptionKeyStart, m.verification)
	if err != nil {
		return nil, fmt.Errorf("decryption key: %w", err)
	}
	return newPrivateKey(m.group, s)
}
