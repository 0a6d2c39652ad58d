package belenios

import (
	"crypto/subtle"
	"fmt"
	"io"

	"commonweal/belenios/group"
)

// HomomorphicAnswer encrypts 0 or 1 for each choice and proves that; §4.11.1 p. 15.
// Where the question admits blank votes, choice 0 says whether the vote is blank.
type HomomorphicAnswer struct {
	Choices    []Ciphertext
	Individual [][]Proof // each choice is 0 or 1
	Overall    []Proof   // the sum is in range, or the vote is blank
	Blank      []Proof   // the vote is not blank, or the sum is 0; nil without blank
}

func (a *HomomorphicAnswer) ciphertexts() []Ciphertext { return a.Choices }

func (r *reader) homomorphicAnswer(g group.Group, q *Question) *HomomorphicAnswer {
	proof := func() Proof { return r.proof(g) }
	a := &HomomorphicAnswer{}
	r.lit(`{"choices":`)
	a.Choices = exactly(r, "choices", q.Ciphertexts(), func() Ciphertext { return r.ciphertext(g) })
	r.lit(`,"individual_proofs":`)
	a.Individual = exactly(r, "individual proofs", q.Ciphertexts(), func() []Proof {
		return exactly(r, "individual proof", 2, proof)
	})
	r.lit(`,"overall_proof":`)
	a.Overall = exactly(r, "overall proof", q.overallProofs(), proof)
	if q.Blank {
		r.lit(`,"blank_proof":`)
		a.Blank = exactly(r, "blank proof", 2, proof)
	}
	r.lit(`}`)
	return a
}

// overallProofs is the number of alternatives of the overall proof.
func (q *Question) overallProofs() int {
	n := q.Max - q.Min + 1
	if q.Blank {
		n++
	}
	return n
}

func (a *HomomorphicAnswer) append(b []byte) []byte {
	proofs := func(b []byte, p []Proof) []byte { return appendList(b, p, appendProof) }
	b = appendList(append(b, `{"choices":`...), a.Choices, appendCiphertext)
	b = appendList(append(b, `,"individual_proofs":`...), a.Individual, proofs)
	b = proofs(append(b, `,"overall_proof":`...), a.Overall)
	if a.Blank != nil {
		b = proofs(append(b, `,"blank_proof":`...), a.Blank)
	}
	return append(b, '}')
}

// choicesHash is S of §4.11.1 p. 15: S0 and all ciphertexts.
func choicesHash(s0 string, choices []Ciphertext) string {
	b := []byte(s0 + "|")
	for i, c := range choices {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendPair(b, c)
	}
	return string(b)
}

// appendPair writes alpha, a comma and beta, as hashes want them.
func appendPair(b []byte, c Ciphertext) []byte {
	b = append(append(b, c.Alpha.String()...), ',')
	return append(b, c.Beta.String()...)
}

// intervalPrefix is what the hash of an interval proof starts with; §4.12 p. 16.
func intervalPrefix(s string, c Ciphertext) string {
	return string(appendPair([]byte("prove|"+s+"|"), c))
}

// checkValues checks what a voter wants to answer. It tells only whether all is well in
// time that depends on the answer.
func (q *Question) checkValues(values []int) error {
	if len(values) != q.width() {
		return fmt.Errorf("%d values, not %d", len(values), q.width())
	}
	sum, bad := 0, 0
	for _, v := range values {
		bad |= v &^ 1
		sum += v
	}
	if bad != 0 {
		return fmt.Errorf("a value is neither 0 nor 1")
	}
	blank := 0
	if q.Blank {
		blank = values[0]
		sum -= blank
	}
	inRange := subtle.ConstantTimeLessOrEq(q.Min, sum) & subtle.ConstantTimeLessOrEq(sum, q.Max)
	empty := subtle.ConstantTimeEq(int32(sum), 0)
	if subtle.ConstantTimeSelect(blank, empty, inRange) == 0 {
		if q.Blank {
			return fmt.Errorf("neither blank with nothing chosen, nor from %d to %d chosen", q.Min, q.Max)
		}
		return fmt.Errorf("not from %d to %d chosen", q.Min, q.Max)
	}
	return nil
}

// encrypted is a ciphertext with what its maker knows.
type encrypted struct {
	Ciphertext
	random group.Scalar
	value  int
}

// encrypt is (g^r, y^r g^m) for a small m; §4.11.1 p. 15.
func encrypt(random io.Reader, e *Election, m int) (encrypted, error) {
	g := e.Group()
	r, err := g.RandomScalar(random)
	if err != nil {
		return encrypted{}, err
	}
	beta := g.Mul(g.Exp(e.PublicKey(), r), g.ExpG(bit(g, m)))
	return encrypted{Ciphertext{g.ExpG(r), beta}, r, m}, nil
}

// sum is the encryption of the sum of the values.
func sum(g group.Group, parts []encrypted) encrypted {
	total := parts[0]
	for _, p := range parts[1:] {
		total.Ciphertext = total.mul(g, p.Ciphertext)
		total.random = total.random.Add(p.random)
		total.value += p.value
	}
	return total
}

// alternative is the claim that c encrypts value, real being 1 for the one to prove.
func (c encrypted) alternative(g group.Group, value, real int) opening {
	return opening{c.random, bit(g, c.value).Sub(g.ScalarInt(int64(value))), real}
}

func newHomomorphicAnswer(random io.Reader, e *Election, q *Question, s0 string, values []int) (*HomomorphicAnswer, error) {
	if err := q.checkValues(values); err != nil {
		return nil, err
	}
	g := e.Group()
	a := &HomomorphicAnswer{}
	parts := make([]encrypted, len(values))
	for i, v := range values {
		var err error
		if parts[i], err = encrypt(random, e, v); err != nil {
			return nil, err
		}
		a.Choices = append(a.Choices, parts[i].Ciphertext)
		proofs, err := proveOneOf(random, e, commitmentHash(g, intervalPrefix(s0, parts[i].Ciphertext)), parts[i].interval(g, 0, 1))
		if err != nil {
			return nil, err
		}
		a.Individual = append(a.Individual, proofs)
	}
	s := choicesHash(s0, a.Choices)
	var err error
	if q.Blank {
		err = a.proveBlank(random, e, q, s, parts)
		return a, err
	}
	total := sum(g, parts)
	a.Overall, err = proveOneOf(random, e, commitmentHash(g, intervalPrefix(s, total.Ciphertext)), total.interval(g, q.Min, q.Max))
	return a, err
}

// interval is the claim that c encrypts one of from to to; §4.12 p. 16.
func (c encrypted) interval(g group.Group, from, to int) []opening {
	var claims []opening
	for m := from; m <= to; m++ {
		claims = append(claims, c.alternative(g, m, subtle.ConstantTimeEq(int32(c.value), int32(m))))
	}
	return claims
}

// interval is the same claim, as verifiers see it.
func (c Ciphertext) interval(from, to int) []statement {
	var claims []statement
	for m := from; m <= to; m++ {
		claims = append(claims, statement{c, m})
	}
	return claims
}

// product is the encryption of the sum.
func product(g group.Group, parts []Ciphertext) Ciphertext {
	total := parts[0]
	for _, c := range parts[1:] {
		total = total.mul(g, c)
	}
	return total
}

func (a *HomomorphicAnswer) request(b *batch, i int, q *Question, s0 string) {
	g := b.verifier.election.Group()
	for j, c := range a.Choices {
		at := place{answer: i + 1, choice: j + 1}
		b.member(at.of("alpha"), c.Alpha)
		b.member(at.of("beta"), c.Beta)
		b.oneOf(at.of("individual proof"), commitmentHash(g, intervalPrefix(s0, c)), c.interval(0, 1), a.Individual[j])
	}
	at := place{answer: i + 1}
	s := choicesHash(s0, a.Choices)
	if q.Blank {
		a.requestBlank(b, at, q, s)
		return
	}
	total := product(g, a.Choices)
	b.oneOf(at.of("overall proof"), commitmentHash(g, intervalPrefix(s, total)), total.interval(q.Min, q.Max), a.Overall)
}

func (p place) of(what string) place {
	p.what = what
	return p
}
