package belenios

import (
	"crypto/rand"
	"math/big"
	"strings"
	"testing"

	"commonweal/belenios/group"
)

// The last member waits for the polynomials of the others and answers with coefexps that
// cancel them out, so that the key would be g^a for an a of its own. It can make them fit
// the values that it sends to one fewer than the threshold of the others, and whoever
// sees only what is published finds nothing; but the next member does, and names it.
func TestCeremony_RogueKey(t *testing.T) {
	g, _ := group.ByName("Ed25519")
	const threshold = 3
	var all []*Member
	var certs []*Cert
	for range 5 {
		seed, err := GenerateSeed(rand.Reader)
		must(t, err)
		m, err := NewMember(g, seed)
		must(t, err)
		c, err := m.Cert(rand.Reader)
		must(t, err)
		all, certs = append(all, m), append(certs, c)
	}
	var polynomials []*Polynomial
	product := g.Identity()
	for _, m := range all[:4] {
		p, err := m.Polynomial(rand.Reader, certs, threshold)
		must(t, err)
		polynomials = append(polynomials, p)
		product = g.Mul(product, p.coefexps.Coefficients[0])
	}
	rogue := all[4]
	secrets, err := randomScalars(rand.Reader, g, 6) // a, and a value for each member
	must(t, err)
	power := func(e group.Element, n *big.Int) group.Element {
		return g.Exp(e, g.ReduceScalar(new(big.Int).Mod(n, g.Order()).Bytes()))
	}
	half := new(big.Int).ModInverse(big.NewInt(2), g.Order())
	// A0 A1^j A2^(j²) = g^s for the values s of members 1 and 2, solved for A1 and A2.
	a0 := g.Mul(g.ExpG(secrets[0]), g.Inv(product))
	b1, b2 := g.Mul(g.ExpG(secrets[1]), g.Inv(a0)), g.Mul(g.ExpG(secrets[2]), g.Inv(a0))
	a2 := power(g.Mul(b2, power(b1, big.NewInt(-2))), half)
	a1 := g.Mul(b1, g.Inv(a2))
	p := &Polynomial{coefexps: &Coefexps{Coefficients: []group.Element{a0, a1, a2}}}
	exps := append(appendList([]byte(`{"coefexps":`), p.coefexps.Coefficients, appendElement), '}')
	p.coefexps.signed, err = rogue.sign(rand.Reader, string(exps))
	must(t, err)
	p.own, err = rogue.send(rand.Reader, rogue.encryption, `{"polynomial":[]}`)
	must(t, err)
	for j, c := range certs {
		message, err := rogue.send(rand.Reader, c.Encryption, string(append(appendScalar([]byte(`{"secret":`), secrets[j+1]), '}')))
		must(t, err)
		p.secrets = append(p.secrets, message)
	}
	polynomials = append(polynomials, p)
	must(t, p.Verify(g, certs, 5, threshold))
	vinputs, err := NewVinputs(g, certs, polynomials)
	must(t, err)
	for i, m := range all[:4] {
		_, err := m.Voutput(rand.Reader, certs, vinputs[i])
		switch {
		case i < threshold-1:
			must(t, err) // so the test made the attack as well as it can be made
		case err == nil || !strings.Contains(err.Error(), "secret from member 5: it is not on the polynomial"):
			t.Errorf("member %d: got %v", i+1, err)
		}
	}
}
