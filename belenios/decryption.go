package belenios

import (
	"bytes"
	"fmt"
	"io"

	"commonweal/belenios/group"
)

// PartialDecryption is one trustee's part in opening the tally: alpha to the power of
// the trustee's key for every ciphertext, and proofs; §4.18 p. 22. It keeps the bytes
// that it was read from.
type PartialDecryption struct {
	factors [][]group.Element
	proofs  [][]Proof
	binding *Proof // nil where it was made by a program that does not know it
	group   group.Group
	raw     []byte
}

// decryptHash is H(decrypt|φ|X|A,B).
func decryptHash(e *Election, x group.Element) func(a, b group.Element) group.Scalar {
	prefix := "decrypt|" + e.Fingerprint() + "|" + x.String() + "|"
	return func(a, b group.Element) group.Scalar {
		return e.Group().HashScalar([]byte(prefix + a.String() + "," + b.String()))
	}
}

// NewPartialDecryption decrypts with a trustee's key. The tally must be the one that the
// trustee has recomputed, with the last shuffle merged: whatever ciphertexts it holds
// are opened.
func NewPartialDecryption(random io.Reader, e *Election, t *EncryptedTally, k *PrivateKey) (*PartialDecryption, error) {
	g := e.Group()
	if k.group.Name() != g.Name() {
		return nil, fmt.Errorf("partial decryption: the key is of the group %s, the election of %s", k.group.Name(), g.Name())
	}
	if err := t.CheckMembership(); err != nil { // or the key could leak
		return nil, err
	}
	hash := decryptHash(e, k.public)
	d := &PartialDecryption{group: g}
	for _, list := range t.lists {
		nonces, err := randomScalars(random, g, len(list))
		if err != nil {
			return nil, fmt.Errorf("partial decryption: %w", err)
		}
		factors, proofs := make([]group.Element, len(list)), make([]Proof, len(list))
		err = parallel(len(list), func(j int) error {
			factors[j] = g.Exp(list[j].Alpha, k.secret)
			c := hash(g.ExpG(nonces[j]), g.Exp(list[j].Alpha, nonces[j]))
			proofs[j] = Proof{c, nonces[j].Sub(k.secret.Mul(c))}
			return nil
		})
		if err != nil {
			return nil, err
		}
		d.factors = append(d.factors, factors)
		d.proofs = append(d.proofs, proofs)
	}
	if err := d.bind(random, e, t, k); err != nil {
		return nil, fmt.Errorf("partial decryption: %w", err)
	}
	d.raw = d.append(nil)
	return d, nil
}

func (d *PartialDecryption) append(b []byte) []byte {
	b = appendList(append(b, `{"decryption_factors":`...), d.factors, func(b []byte, l []group.Element) []byte {
		return appendList(b, l, appendElement)
	})
	b = appendList(append(b, `,"decryption_proofs":`...), d.proofs, func(b []byte, l []Proof) []byte {
		return appendList(b, l, appendProof)
	})
	if d.binding != nil {
		b = appendProof(append(b, `,"binding_proof":`...), *d.binding)
	}
	return append(b, '}')
}

// ParsePartialDecryption reads one with a list for each question.
func ParsePartialDecryption(e *Election, b []byte) (*PartialDecryption, error) {
	g := e.Group()
	d := &PartialDecryption{group: g, raw: bytes.Clone(b)}
	r := newReader("partial decryption", b, maxLarge)
	r.lit(`{"decryption_factors":`)
	d.factors = exactly(r, "decryption factors", len(e.Questions()), func() []group.Element {
		return list(r, "decryption factors", maxCredentials, func() group.Element { return r.element(g) })
	})
	r.lit(`,"decryption_proofs":[`)
	for i := range d.factors {
		if i > 0 {
			r.lit(",")
		}
		d.proofs = append(d.proofs, exactly(r, "decryption proofs", len(d.factors[i]), func() Proof { return r.proof(g) }))
	}
	r.lit(`]`)
	if r.at(`,"binding_proof":`) {
		r.lit(`,"binding_proof":`)
		p := r.proof(g)
		d.binding = &p
	}
	r.lit(`}`)
	if err := r.end(); err != nil {
		return nil, err
	}
	return d, nil
}

// Bytes is the text. It must not be changed.
func (d *PartialDecryption) Bytes() []byte { return d.raw }

// Hash is the hash by which the owned partial decryption refers to it.
func (d *PartialDecryption) Hash() Hash { return HashOf(d.raw) }

// CheckMembership checks that every factor is a member of the group.
func (d *PartialDecryption) CheckMembership() error {
	for i, list := range d.factors {
		err := parallel(len(list), func(j int) error {
			return member(d.group, list[j], "partial decryption: question %d: factor %d", i+1, j+1)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Verify checks membership and every proof against the public key of the trustee. Where
// the decryption is not [PartialDecryption.Bound] that proves less.
func (d *PartialDecryption) Verify(e *Election, t *EncryptedTally, key group.Element) error {
	return verifyDecryptions(e, t, []keyed{{d, key, "partial decryption"}})
}

// OwnedDecryption is a partial decryption with the number of the trustee who made it.
type OwnedDecryption struct {
	Owner      int
	Decryption *PartialDecryption
}

// VerifyDecryptions verifies several partial decryptions, which takes less time than
// one after the other. Each owner may stand once.
func VerifyDecryptions(e *Election, trustees *Trustees, t *EncryptedTally, all []OwnedDecryption) error {
	seen := map[int]bool{}
	var list []keyed
	for _, o := range all {
		key, ok := trustees.Key(o.Owner)
		if !ok {
			return fmt.Errorf("partial decryption: there is no trustee %d", o.Owner)
		}
		if seen[o.Owner] {
			return fmt.Errorf("partial decryption: a second one of trustee %d", o.Owner)
		}
		seen[o.Owner] = true
		list = append(list, keyed{o.Decryption, key, fmt.Sprintf("partial decryption of trustee %d", o.Owner)})
	}
	return verifyDecryptions(e, t, list)
}

// keyed is a partial decryption with the key that it must be under.
type keyed struct {
	*PartialDecryption
	key  group.Element
	name string
}

func verifyDecryptions(e *Election, t *EncryptedTally, all []keyed) error {
	g := e.Group()
	for i, d := range all {
		for q, list := range t.lists {
			if len(d.factors) != len(t.lists) || len(d.factors[q]) != len(list) {
				return fmt.Errorf("%s: question %d: not one factor for each of %d ciphertexts", d.name, q+1, len(list))
			}
		}
		all[i].key = g.Precompute(d.key, min(challengeBits, g.Order().BitLen()))
	}
	generator := g.Precompute(g.Generator(), g.Order().BitLen())
	for q, list := range t.lists {
		err := parallel(len(list), func(j int) error { return verifyFactors(e, generator, list[j], all, q, j) })
		if err != nil {
			return err
		}
	}
	for _, d := range all {
		if err := d.verifyBinding(e, t, d.key); err != nil {
			return fmt.Errorf("%s: %w", d.name, err)
		}
	}
	return nil
}

// verifyFactors checks what all trustees made of one ciphertext. The powers of alpha are
// long, and taken together.
func verifyFactors(e *Election, generator group.Element, c Ciphertext, all []keyed, q, j int) error {
	g := e.Group()
	var rows [][]group.Term
	var members []group.Element
	for _, d := range all {
		f, p := d.factors[q][j], d.proofs[q][j]
		rows = append(rows,
			[]group.Term{term(generator, p.Response), term(d.key, p.Challenge)},
			[]group.Term{term(c.Alpha, p.Response), term(f, p.Challenge)})
		members = append(members, f)
	}
	values, in := g.Products(rows, members...)
	for i, d := range all {
		if !in[i] {
			return fmt.Errorf("%s: question %d: factor %d: not a member of the group %s", d.name, q+1, j+1, g.Name())
		}
		if !decryptHash(e, d.key)(values[2*i], values[2*i+1]).Equal(d.proofs[q][j].Challenge) {
			return fmt.Errorf("%s: question %d: factor %d: proof does not verify", d.name, q+1, j+1)
		}
	}
	return nil
}
