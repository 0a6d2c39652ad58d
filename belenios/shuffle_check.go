package belenios

import (
	"encoding/binary"
	"fmt"
	"slices"

	"commonweal/belenios/group"
)

// shuffleCheck is one proof with all that its equations speak of; table 5 p. 29.
//
//	1   t1 × c̄^c = g^s1                    c̄ = ∏c_i / ∏h_i
//	2   t2 × ĉ^c = g^s2                    ĉ = ĉ_N / h^u, u = ∏u_i
//	3   t3 × c̃^c = g^s3 × ∏h_i^s'_i        c̃ = ∏c_i^u_i
//	4.1 t41 × β^c × pk^s4 = ∏β'_i^s'_i     β = ∏β_i^u_i
//	4.2 t42 × α^c × g^s4 = ∏α'_i^s'_i      α = ∏α_i^u_i
//	5.i t̂_i × ĉ_i^c = g^ŝ_i × ĉ_(i-1)^s'_i  ĉ_0 = h
type shuffleCheck struct {
	*ShuffleProof
	election *Election
	group    group.Group
	in, out  []Ciphertext
	h        group.Element
	hs       []group.Element
	c, u     group.Scalar // challenge, ∏u_i
	sum      group.Element
	tilde    group.Element
	beta     group.Element
	alpha    group.Element
}

// verify is table 5. All equations are first checked as one, and one by one only where
// that fails, to say which does.
func (p *ShuffleProof) verify(e *Election, in, out []Ciphertext) error {
	k, err := p.check(e, in, out)
	if err != nil {
		return err
	}
	if k.together() {
		return nil
	}
	return k.apart()
}

func (p *ShuffleProof) check(e *Election, in, out []Ciphertext) (*shuffleCheck, error) {
	g := e.Group()
	n := len(in)
	strC := pairsText(in) + pairsText(out) + listText(p.C)
	k := &shuffleCheck{ShuffleProof: p, election: e, group: g, in: in, out: out, c: p.challenge(e, strC)}
	var err error
	if k.h, k.hs, err = generators(g, n); err != nil {
		return nil, err
	}
	us := shuffleChallenges(g, n, "shuffle-challenges|"+e.Fingerprint()+"|"+strC)
	k.u = g.ScalarInt(1)
	k.sum = g.Identity()
	tilde, beta, alpha := make([]group.Term, n), make([]group.Term, n), make([]group.Term, n)
	for i, u := range us {
		k.u = k.u.Mul(u)
		k.sum = g.Mul(k.sum, p.C[i])
		tilde[i] = group.Term{Base: p.C[i], Exp: u}
		beta[i] = group.Term{Base: in[i].Beta, Exp: u}
		alpha[i] = group.Term{Base: in[i].Alpha, Exp: u}
	}
	rows := [][]group.Term{tilde, beta, alpha}
	products := make([]group.Element, len(rows))
	err = parallel(len(rows), func(i int) error {
		products[i] = g.Product(rows[i]...)
		return nil
	})
	k.tilde, k.beta, k.alpha = products[0], products[1], products[2]
	return k, err
}

// term abbreviates.
func term(e group.Element, s group.Scalar) group.Term { return group.Term{Base: e, Exp: s} }

// together checks the product of all equations, each raised to a number of 128 bits
// that is a hash of the whole proof. In a group of prime order, a false equation passes
// with a probability of 2^-128. On the left stand the powers with short exponents, so
// that the long ones on the right are taken in one product.
func (k *shuffleCheck) together() bool {
	g := k.group
	n := len(k.in)
	weight := k.weights()
	w1, w2, w3, w41, w42 := weight(), weight(), weight(), weight(), weight()
	y := k.election.PublicKey()

	left := []group.Term{
		term(k.T1, w1), term(k.T2, w2), term(k.T3, w3), term(k.T41, w41), term(k.T42, w42),
		term(k.sum, k.c.Mul(w1)), term(k.tilde, k.c.Mul(w3)), term(k.beta, k.c.Mul(w41)), term(k.alpha, k.c.Mul(w42)),
	}
	exponent := k.S1.Mul(w1).Add(k.S2.Mul(w2)).Add(k.S3.Mul(w3)).Sub(k.S4.Mul(w42)) // of g
	first := k.u.Mul(k.c).Mul(w2)                                                   // of h
	chain := make([]group.Scalar, n)                                                // of ĉ_i
	var right []group.Term
	for i := range n {
		w := weight()
		left = append(left, term(k.THat[i], w))
		exponent = exponent.Add(k.SHat[i].Mul(w))
		chain[i] = k.c.Mul(w).Neg()
		if i == n-1 {
			chain[i] = chain[i].Sub(k.c.Mul(w2))
		}
		if i == 0 {
			first = first.Add(k.SPrime[0].Mul(w))
		} else {
			chain[i-1] = chain[i-1].Add(k.SPrime[i].Mul(w))
		}
		right = append(right,
			term(k.hs[i], k.SPrime[i].Mul(w3).Add(k.c.Mul(w1))),
			term(k.out[i].Beta, k.SPrime[i].Mul(w41)),
			term(k.out[i].Alpha, k.SPrime[i].Mul(w42)))
	}
	if n == 0 {
		first = first.Sub(k.c.Mul(w2)) // ĉ_N is h itself
	}
	for i, s := range chain {
		right = append(right, term(k.CHat[i], s))
	}
	right = append(right, term(g.Generator(), exponent), term(y, k.S4.Mul(w41).Neg()), term(k.h, first))
	return g.Equal(g.Product(left...), productOf(g, right))
}

// productOf is one product, made in as many parts as there are processors.
func productOf(g group.Group, terms []group.Term) group.Element {
	const least = 200 // terms that are worth a part
	parts := max(1, min(processors(), len(terms)/least))
	products := make([]group.Element, parts)
	_ = parallel(parts, func(i int) error { // never fails
		products[i] = g.Product(terms[i*len(terms)/parts : (i+1)*len(terms)/parts]...)
		return nil
	})
	total := products[0]
	for _, p := range products[1:] {
		total = g.Mul(total, p)
	}
	return total
}

// weights gives numbers of 128 bits that follow from everything in the proof.
func (k *shuffleCheck) weights() func() group.Scalar {
	text := []byte("weights|" + k.c.String()) // c is a hash of all elements
	for _, s := range slices.Concat([]group.Scalar{k.S1, k.S2, k.S3, k.S4}, k.SHat, k.SPrime) {
		text = append(append(text, '|'), s.String()...)
	}
	seed := HashOf(text)
	n := uint64(0)
	return func() group.Scalar {
		n++
		h := HashOf(binary.BigEndian.AppendUint64(seed[:], n))
		return k.group.ReduceScalar(h[:16])
	}
}

// apart checks the equations one by one.
func (k *shuffleCheck) apart() error {
	g := k.group
	gen := g.Generator()
	one := g.ScalarInt(1)
	last := k.h
	if n := len(k.CHat); n > 0 {
		last = k.CHat[n-1]
	}
	hs, betas, alphas := g.Identity(), []group.Term{}, []group.Term{}
	t3 := []group.Term{term(gen, k.S3)}
	for i := range k.in {
		hs = g.Mul(hs, k.hs[i])
		t3 = append(t3, term(k.hs[i], k.SPrime[i]))
		betas = append(betas, term(k.out[i].Beta, k.SPrime[i]))
		alphas = append(alphas, term(k.out[i].Alpha, k.SPrime[i]))
	}
	y := k.election.PublicKey()
	for _, eq := range []struct {
		name        string
		left, right []group.Term
	}{
		{"1", []group.Term{term(k.T1, one), term(g.Mul(k.sum, g.Inv(hs)), k.c)}, []group.Term{term(gen, k.S1)}},
		{"2", []group.Term{term(k.T2, one), term(last, k.c), term(k.h, k.u.Mul(k.c).Neg())}, []group.Term{term(gen, k.S2)}},
		{"3", []group.Term{term(k.T3, one), term(k.tilde, k.c)}, t3},
		{"4.1", []group.Term{term(k.T41, one), term(k.beta, k.c), term(y, k.S4)}, betas},
		{"4.2", []group.Term{term(k.T42, one), term(k.alpha, k.c), term(gen, k.S4)}, alphas},
	} {
		if !g.Equal(g.Product(eq.left...), g.Product(eq.right...)) {
			return fmt.Errorf("equation %s of the proof does not hold", eq.name)
		}
	}
	return parallel(len(k.in), func(i int) error {
		before := k.h
		if i > 0 {
			before = k.CHat[i-1]
		}
		left := g.Product(term(k.THat[i], one), term(k.CHat[i], k.c))
		if !g.Equal(left, g.Product(term(gen, k.SHat[i]), term(before, k.SPrime[i]))) {
			return fmt.Errorf("equation 5 of the proof does not hold for ciphertext %d", i+1)
		}
		return nil
	})
}
