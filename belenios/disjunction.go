package belenios

import (
	"io"

	"commonweal/belenios/group"
)

// Three proofs say "one of these holds" without saying which: that a choice is 0 or 1
// (§4.12 p. 16), that the sum is in a range (same), and that a vote is blank or in range
// (§4.13 p. 17). Each alternative j is the statement that a ciphertext (α, β) encrypts
// M_j, that is log_g α = log_y β/g^M_j, and has a proof (c_j, r_j) with commitments
//
//	A_j = g^r_j × α^c_j    B_j = y^r_j × (β/g^M_j)^c_j
//
// The challenges must sum to the hash of all commitments, so that all of them but one
// may be chosen beforehand: that one must be true.

// statement is one alternative, as verifiers see it.
type statement struct {
	Ciphertext
	value int // M
}

// opening is one alternative, as the prover knows it.
type opening struct {
	random group.Scalar // ρ with α = g^ρ
	excess group.Scalar // m - M: zero where the alternative holds
	real   int          // 1 for the one alternative that is proved, 0 for the others
}

// proveOneOf makes the proofs. The page tells simulated alternatives (random c, r) from
// the real one (random w). Here each alternative has random c and w, and
//
//	A = g^w    B = y^w × g^((m-M)c)    r = w - ρc
//
// which are the page's values: for a simulated one w = r + ρc, for the real one m = M.
// Only the sum of the challenges is then corrected in the real one. So the operations
// and their order do not depend on the vote.
func proveOneOf(random io.Reader, e *Election, hash func([]group.Element) group.Scalar, alternatives []opening) ([]Proof, error) {
	g := e.Group()
	n := len(alternatives)
	proofs, nonces := make([]Proof, n), make([]group.Scalar, n)
	commitments := make([]group.Element, 0, 2*n)
	sum := g.ScalarInt(0)
	for j, a := range alternatives {
		var err error
		if nonces[j], err = g.RandomScalar(random); err != nil {
			return nil, err
		}
		if proofs[j].Challenge, err = g.RandomScalar(random); err != nil {
			return nil, err
		}
		sum = sum.Add(proofs[j].Challenge)
		b := g.Mul(g.Exp(e.PublicKey(), nonces[j]), g.ExpG(a.excess.Mul(proofs[j].Challenge)))
		commitments = append(commitments, g.ExpG(nonces[j]), b)
	}
	missing := hash(commitments).Sub(sum)
	for j, a := range alternatives {
		p := &proofs[j]
		p.Challenge = p.Challenge.Add(missing.Mul(bit(g, a.real)))
		p.Response = nonces[j].Sub(a.random.Mul(p.Challenge))
	}
	return proofs, nil
}

// bit is a small secret number as a scalar, in time that does not depend on it.
func bit(g group.Group, n int) group.Scalar { return g.ReduceScalar([]byte{byte(n >> 8), byte(n)}) }

// commitmentHash is H(prefix|A_0,B_0,…,A_k,B_k).
func commitmentHash(g group.Group, prefix string) func([]group.Element) group.Scalar {
	return func(commitments []group.Element) group.Scalar {
		return g.HashScalar(appendCommas([]byte(prefix+"|"), commitments))
	}
}

func appendCommas(b []byte, elements []group.Element) []byte {
	for i, e := range elements {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, e.String()...)
	}
	return b
}

// oneOf asks the batch to verify proofs of alternatives under the hash.
func (b *batch) oneOf(where place, hash func([]group.Element) group.Scalar, alternatives []statement, proofs []Proof) {
	v := b.verifier
	g := v.election.Group()
	rows := make([][]group.Term, 0, 2*len(alternatives))
	sum := g.ScalarInt(0)
	for j, s := range alternatives {
		c, r := proofs[j].Challenge, proofs[j].Response
		sum = sum.Add(c)
		second := []group.Term{{Base: v.key, Exp: r}, {Base: s.Beta, Exp: c}}
		if s.value != 0 {
			second = append(second, group.Term{Base: v.inverse, Exp: c.Mul(g.ScalarInt(int64(s.value)))})
		}
		rows = append(rows, []group.Term{{Base: v.generator, Exp: r}, {Base: s.Alpha, Exp: c}}, second)
	}
	b.compute(where, rows, func(commitments []group.Element) bool { return hash(commitments).Equal(sum) })
}
