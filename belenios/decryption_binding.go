package belenios

import (
	"crypto/sha256"
	"fmt"
	"io"
	"strconv"

	"commonweal/belenios/group"
)

// The challenge of a decryption proof is a hash of φ, X, A and B, §4.18 p. 22: neither
// of alpha nor of the factor, which voters and shufflers have a hand in. A challenge
// should be a hash of the whole statement (D. Bernhard, O. Pereira, B. Warinschi, "How
// not to prove yourself", 2012).
//
// So a partial decryption of ours ends with one more proof, over everything at once: that
//
//	log_g X = log_α* F*    α* = ∏ α_i^t_i    F* = ∏ F_i^t_i
//
// where the t_i are 128 bits each of a hash of all alphas and factors. If any factor is
// wrong the statement is false but with a probability of 2^-128, and its challenge is a
// hash of the statement. Other programs pass over the field.

// Bound reports whether the decryption has the proof that its factors are of the tally.
// A decryption without it, as other programs make them, is proved only against trustees
// who could not choose any alpha.
func (d *PartialDecryption) Bound() bool { return d.binding != nil }

// bindingStatement is what the proof is about.
type bindingStatement struct {
	group   group.Group
	name    string        // a hash of the election, the key, all alphas and factors
	alpha   group.Element // α*
	factors []group.Term  // whose product is F*
}

// bindingStatement is that for the public key x. The factors must have the shape of the
// tally.
func (d *PartialDecryption) bindingStatement(e *Election, t *EncryptedTally, x group.Element) bindingStatement {
	h := sha256.New()
	write := func(parts ...string) {
		for _, p := range parts {
			_, _ = io.WriteString(h, p) // never fails
		}
	}
	write("binding|", e.Fingerprint(), "|", x.String(), "|")
	s := bindingStatement{group: e.Group()}
	var alphas []group.Term
	for q, list := range t.lists {
		for j, c := range list {
			f := d.factors[q][j]
			write(c.Alpha.String(), ",", f.String(), ",")
			alphas, s.factors = append(alphas, group.Term{Base: c.Alpha}), append(s.factors, group.Term{Base: f})
		}
	}
	s.name = Hash(h.Sum(nil)).String()
	for i := range alphas {
		h := HashOf([]byte(s.name + "|" + strconv.Itoa(i)))
		weight := s.group.ReduceScalar(h[:16])
		alphas[i].Exp, s.factors[i].Exp = weight, weight
	}
	s.alpha = productOf(s.group, alphas)
	return s
}

// hash is H(bound|name|A,B). α* and F* follow from what the name is a hash of.
func (s bindingStatement) hash(a, b group.Element) group.Scalar {
	return s.group.HashScalar([]byte("bound|" + s.name + "|" + a.String() + "," + b.String()))
}

// bind makes the proof.
func (d *PartialDecryption) bind(random io.Reader, e *Election, t *EncryptedTally, k *PrivateKey) error {
	g := e.Group()
	w, err := g.RandomScalar(random)
	if err != nil {
		return err
	}
	s := d.bindingStatement(e, t, k.public)
	c := s.hash(g.ExpG(w), g.Exp(s.alpha, w))
	d.binding = &Proof{c, w.Sub(k.secret.Mul(c))}
	return nil
}

// verifyBinding checks it, if there is one. Membership of the factors must have been
// checked, and their number.
func (d *PartialDecryption) verifyBinding(e *Election, t *EncryptedTally, x group.Element) error {
	if d.binding == nil {
		return nil
	}
	g := e.Group()
	s := d.bindingStatement(e, t, x)
	p := *d.binding
	values, _ := g.Products([][]group.Term{
		{term(g.Generator(), p.Response), term(x, p.Challenge)},
		{term(s.alpha, p.Response), term(productOf(g, s.factors), p.Challenge)},
	})
	if !s.hash(values[0], values[1]).Equal(p.Challenge) {
		return fmt.Errorf("binding proof does not verify")
	}
	return nil
}
