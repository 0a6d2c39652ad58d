package belenios

import (
	"fmt"
	"io"

	"commonweal/belenios/group"
)

// RankedAnswer encrypts a vector of small numbers in one ciphertext and proves that its
// maker knows the randomness, so that nobody can copy another's; §4.11.2 p. 16.
type RankedAnswer struct {
	Choices Ciphertext
	Proof   Proof
}

func (a *RankedAnswer) ciphertexts() []Ciphertext { return []Ciphertext{a.Choices} }

func (r *reader) rankedAnswer(g group.Group) *RankedAnswer {
	r.lit(`{"choices":`)
	c := r.ciphertext(g)
	r.lit(`,"proof":`)
	p := r.proof(g)
	r.lit(`}`)
	return &RankedAnswer{c, p}
}

func (a *RankedAnswer) append(b []byte) []byte {
	b = appendCiphertext(append(b, `{"choices":`...), a.Choices)
	b = appendProof(append(b, `,"proof":`...), a.Proof)
	return append(b, '}')
}

// rankedHash is H(raweg|S0|y,α,β|A).
func rankedHash(e *Election, s0 string, c Ciphertext) func(group.Element) group.Scalar {
	prefix := string(appendPair([]byte("raweg|"+s0+"|"+e.PublicKey().String()+","), c))
	return func(a group.Element) group.Scalar {
		return e.Group().HashScalar([]byte(prefix + "|" + a.String()))
	}
}

func newRankedAnswer(random io.Reader, e *Election, q *Question, s0 string, values []int) (*RankedAnswer, error) {
	if len(values) != q.width() {
		return nil, fmt.Errorf("%d values, not %d", len(values), q.width())
	}
	g := e.Group()
	encoded, err := g.Encode(values)
	if err != nil {
		return nil, err
	}
	r, err := g.RandomScalar(random)
	if err != nil {
		return nil, err
	}
	w, err := g.RandomScalar(random)
	if err != nil {
		return nil, err
	}
	c := Ciphertext{g.ExpG(r), g.Mul(g.Exp(e.PublicKey(), r), encoded)}
	return &RankedAnswer{c, schnorr(g, r, w, rankedHash(e, s0, c))}, nil
}

func (a *RankedAnswer) request(b *batch, i int, _ *Question, s0 string) {
	at := place{answer: i + 1}
	b.member(at.of("alpha"), a.Choices.Alpha)
	b.member(at.of("beta"), a.Choices.Beta)
	b.knows(at.of("proof"), a.Choices.Alpha, a.Proof, rankedHash(b.verifier.election, s0, a.Choices))
}

// knows asks the batch whether p proves knowledge of log_g of a key; see schnorr.
func (b *batch) knows(where place, key group.Element, p Proof, hash func(group.Element) group.Scalar) {
	row := []group.Term{{Base: b.verifier.generator, Exp: p.Response}, {Base: key, Exp: p.Challenge}}
	b.compute(where, [][]group.Term{row}, func(a []group.Element) bool { return hash(a[0]).Equal(p.Challenge) })
}
