package cli

import (
	"commonweal/belenios"
	"commonweal/belenios/group"
	"commonweal/internal/base/fault"
)

// The five steps of a key that several trustees share; see the help of
// `election keygen`. The files are those of belenios-tool, so that everybody may
// use either program in every step.

func (k *keygen) cert() error {
	seed, err := belenios.GenerateSeed(chance{k.call})
	if err != nil {
		return err
	}
	m, err := belenios.NewMember(k.draft.group(), seed)
	if err != nil {
		return err
	}
	cert, err := m.Cert(chance{k.call})
	if err != nil {
		return err
	}
	if err := k.write(cert.ID()+".key", true, []byte(seed)); err != nil {
		return err
	}
	return k.write(cert.ID()+".cert", false, cert.Bytes())
}

func (k *keygen) poly() error {
	m, err := k.needSecret()
	if err != nil {
		return err
	}
	certs, id, err := k.myCerts(m)
	if err != nil {
		return err
	}
	if k.need < 1 || k.need > len(certs) {
		return usagef("give --need, how many of the %d trustees suffice to decrypt", len(certs))
	}
	p, err := m.Polynomial(chance{k.call}, certs, k.need)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the certificates do not verify")
	}
	return k.write(id+".polynomial", false, p.Bytes())
}

func (k *keygen) vinputs() error {
	certs, polynomials, err := k.needPolynomials()
	if err != nil {
		return err
	}
	vinputs, err := belenios.NewVinputs(k.draft.group(), certs, polynomials)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the polynomials do not verify")
	}
	for i, v := range vinputs {
		if err := k.write(certs[i].ID()+".vinput", false, v.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

func (k *keygen) voutput() error {
	m, err := k.needSecret()
	if err != nil {
		return err
	}
	certs, id, err := k.myCerts(m)
	if err != nil {
		return err
	}
	if k.vinput == "" {
		return usagef("give --vinput, the file that the administrator made for this trustee")
	}
	text, err := k.line(k.vinput, "vinput")
	if err != nil {
		return err
	}
	vinput, err := belenios.ParseVinput(k.draft.group(), text)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the file %s is not a vinput", k.vinput)
	}
	voutput, err := m.Voutput(chance{k.call}, certs, vinput)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "what the others sent does not verify; stop here and tell them")
	}
	k.checksum(voutput.Public())
	return k.write(id+".voutput", false, voutput.Bytes())
}

func (k *keygen) finish() error {
	certs, polynomials, err := k.needPolynomials()
	if err != nil {
		return err
	}
	voutputs, err := parseAll(k, k.voutputs, "voutputs", belenios.ParseVoutput)
	if err != nil {
		return err
	}
	shared, sealed, err := belenios.NewPedersen(k.draft.group(), certs, polynomials, voutputs)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the outputs do not verify")
	}
	if err := k.write("threshold.json", false, shared.Bytes()); err != nil {
		return err
	}
	for i, c := range certs {
		if err := k.write(c.ID()+".dkey", true, []byte(sealed[i])); err != nil {
			return err
		}
	}
	return nil
}

// parseAll reads files of lines.
func parseAll[T any](k *keygen, files paths, what string, parse func(group.Group, []byte) (T, error)) ([]T, error) {
	if len(files) == 0 {
		return nil, usagef("give --%s", what)
	}
	text, err := k.linesOf(files, what)
	if err != nil {
		return nil, err
	}
	var out []T
	for i, line := range text {
		v, err := parse(k.draft.group(), line)
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "line %d of the %s", i+1, what)
		}
		out = append(out, v)
	}
	return out, nil
}

func (k *keygen) needCerts() ([]*belenios.Cert, error) {
	return parseAll(k, k.certs, "certs", belenios.ParseCert)
}

// myCerts reads the certificates and says which is this trustee's.
func (k *keygen) myCerts(m *belenios.Member) ([]*belenios.Cert, string, error) {
	certs, err := k.needCerts()
	if err != nil {
		return nil, "", err
	}
	own, err := m.Cert(chance{k.call})
	if err != nil {
		return nil, "", err
	}
	for _, c := range certs {
		if c.ID() == own.ID() {
			return certs, own.ID(), nil
		}
	}
	return nil, "", fault.Errorf(fault.Invalid, "none of the %d certificates is of this secret", len(certs))
}

// needPolynomials reads the certificates and the polynomials, in one order.
func (k *keygen) needPolynomials() ([]*belenios.Cert, []*belenios.Polynomial, error) {
	certs, err := k.needCerts()
	if err != nil {
		return nil, nil, err
	}
	polynomials, err := parseAll(k, k.polynomials, "polynomials", belenios.ParsePolynomial)
	return certs, polynomials, err
}
