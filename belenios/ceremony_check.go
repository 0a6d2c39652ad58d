package belenios

import (
	"fmt"

	"commonweal/belenios/group"
)

// An administrator who takes the messages of a ceremony one at a time can say at once
// whose is wrong. What a message holds for one member alone only that member can check.

// Verify checks the polynomial of the i-th member, counted from 1: how many coefficients
// and secrets, the signature, and that every element is a member. The certs must have
// been verified.
func (p *Polynomial) Verify(g group.Group, certs []*Cert, i, threshold int) error {
	switch {
	case i < 1 || i > len(certs):
		return fmt.Errorf("polynomial: there is no member %d of %d", i, len(certs))
	case len(p.secrets) != len(certs):
		return fmt.Errorf("polynomial: %d secrets for %d members", len(p.secrets), len(certs))
	}
	if err := p.coefexps.verify(g, certs[i-1], threshold); err != nil {
		return fmt.Errorf("polynomial: %w", err)
	}
	if err := p.own.members(g, "polynomial: own coefficients"); err != nil {
		return err
	}
	for j, s := range p.secrets {
		if err := s.members(g, "polynomial: secret for member %d", j+1); err != nil {
			return err
		}
	}
	return nil
}

// Verify checks the voutput of the j-th member, counted from 1: that its public key is
// what the polynomials give, with its proof. The polynomials must have been verified.
func (v *Voutput) Verify(g group.Group, polynomials []*Polynomial, j int) error {
	if j < 1 || j > len(polynomials) {
		return fmt.Errorf("voutput: there is no member %d of %d", j, len(polynomials))
	}
	if err := v.private.members(g, "voutput: private key"); err != nil {
		return err
	}
	if err := v.public.Verify(g); err != nil {
		return fmt.Errorf("voutput: %w", err)
	}
	var coefexps []*Coefexps
	for _, p := range polynomials {
		coefexps = append(coefexps, p.coefexps)
	}
	if !g.Equal(v.public.Key, memberKey(g, coefexps, j)) {
		return fmt.Errorf("voutput: the public key is not what the coefexps give")
	}
	return nil
}
