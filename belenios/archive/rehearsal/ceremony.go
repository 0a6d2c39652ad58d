package rehearsal

import "commonweal/belenios"

// ceremony makes a shared key; see the steps of [belenios.Member].
func (c *Cast) ceremony(i Item) (belenios.Item, error) {
	members := make([]*belenios.Member, i.Members)
	trustees := make([]Trustee, i.Members)
	certs := make([]*belenios.Cert, i.Members)
	for z := range members {
		seed, err := belenios.GenerateSeed(c.random)
		if err != nil {
			return nil, err
		}
		if members[z], err = belenios.NewMember(c.group, seed); err != nil {
			return nil, err
		}
		if certs[z], err = members[z].Cert(c.random); err != nil {
			return nil, err
		}
		trustees[z] = Trustee{Owner: len(c.Trustees) + z + 1, Seed: seed, Cert: certs[z]}
	}
	polynomials := make([]*belenios.Polynomial, i.Members)
	for z, m := range members {
		var err error
		if polynomials[z], err = m.Polynomial(c.random, certs, i.Threshold); err != nil {
			return nil, err
		}
	}
	vinputs, err := belenios.NewVinputs(c.group, certs, polynomials)
	if err != nil {
		return nil, err
	}
	voutputs := make([]*belenios.Voutput, i.Members)
	for z, m := range members {
		if voutputs[z], err = m.Voutput(c.random, certs, vinputs[z]); err != nil {
			return nil, err
		}
	}
	item, sealed, err := belenios.NewPedersen(c.group, certs, polynomials, voutputs)
	if err != nil {
		return nil, err
	}
	for z, m := range members {
		trustees[z].DecryptionKey, trustees[z].Public = sealed[z], item.Keys[z]
		if trustees[z].Private, err = m.PrivateKey(sealed[z]); err != nil {
			return nil, err
		}
	}
	c.Trustees = append(c.Trustees, trustees...)
	return item, nil
}
