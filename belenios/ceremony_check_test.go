package belenios

import (
	"crypto/rand"
	"strings"
	"testing"

	"commonweal/belenios/group"
)

// Messages that come one at a time are refused as soon as anybody but the recipient of a
// sealed part can tell, and the error says what is wrong with this one.
func TestCeremony_OneMessageAtATime(t *testing.T) {
	for _, name := range group.Names() {
		t.Run(name, func(t *testing.T) {
			g, _ := group.ByName(name)
			outside := outsider(t, g)
			var all []*Member
			var certs []*Cert
			for range 3 {
				seed, err := GenerateSeed(rand.Reader)
				must(t, err)
				m, err := NewMember(g, seed)
				must(t, err)
				c, err := m.Cert(rand.Reader)
				must(t, err)
				all, certs = append(all, m), append(certs, c)
			}
			var polynomials []*Polynomial
			for i, m := range all {
				p, err := m.Polynomial(rand.Reader, certs, 2)
				must(t, err)
				must(t, p.Verify(g, certs, i+1, 2))
				polynomials = append(polynomials, p)
			}
			vinputs, err := NewVinputs(g, certs, polynomials)
			must(t, err)
			var voutputs []*Voutput
			for i, m := range all {
				v, err := m.Voutput(rand.Reader, certs, vinputs[i])
				must(t, err)
				must(t, v.Verify(g, polynomials, i+1))
				voutputs = append(voutputs, v)
			}
			changed := func(change func(p *Polynomial)) *Polynomial {
				p := *polynomials[1]
				p.secrets = append([]sealed{}, p.secrets...)
				coefexps := *p.coefexps
				coefexps.Coefficients = append([]group.Element{}, coefexps.Coefficients...)
				p.coefexps = &coefexps
				change(&p)
				return &p
			}
			output := func(change func(v *Voutput)) *Voutput {
				v := *voutputs[1]
				public := *v.public
				v.public = &public
				change(&v)
				return &v
			}
			longer, err := all[1].Polynomial(rand.Reader, certs, 3)
			must(t, err)
			for _, c := range []struct {
				name string
				err  error
				want string
			}{
				{"no such member", polynomials[1].Verify(g, certs, 4, 2), "no member 4"},
				{"member 0", polynomials[1].Verify(g, certs, 0, 2), "no member 0"},
				{"of another member", polynomials[1].Verify(g, certs, 1, 2), "signature"},
				{"another threshold", longer.Verify(g, certs, 2, 2), "3 coefficients, not 2"},
				{"a secret too few", changed(func(p *Polynomial) { p.secrets = p.secrets[:2] }).Verify(g, certs, 2, 2), "2 secrets for 3"},
				{"a secret outside the group", changed(func(p *Polynomial) { p.secrets[2].Alpha = outside }).Verify(g, certs, 2, 2), "secret for member 3"},
				{"own coefficients outside the group", changed(func(p *Polynomial) { p.own.Beta = outside }).Verify(g, certs, 2, 2), "own coefficients"},
				{"a coefficient outside the group", changed(func(p *Polynomial) { p.coefexps.Coefficients[1] = outside }).Verify(g, certs, 2, 2), "coefficient 1"},
				{"the voutput of no member", voutputs[1].Verify(g, polynomials, 4), "no member 4"},
				{"the voutput of another", voutputs[1].Verify(g, polynomials, 1), "not what the coefexps give"},
				{"a key outside the group", output(func(v *Voutput) { v.public.Key = g.Mul(v.public.Key, outside) }).Verify(g, polynomials, 2), "trustee key"},
				{"the proof of another", output(func(v *Voutput) { v.public.Proof = voutputs[0].public.Proof }).Verify(g, polynomials, 2), "proof of knowledge"},
				{"a sealed key outside the group", output(func(v *Voutput) { v.private.Alpha = outside }).Verify(g, polynomials, 2), "private key"},
			} {
				if c.err == nil || !strings.Contains(c.err.Error(), c.want) {
					t.Errorf("%s: got %v, want %s", c.name, c.err, c.want)
				}
			}
		})
	}
}
