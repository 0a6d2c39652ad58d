package belenios

import (
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"

	"commonweal/belenios/group"
)

// ShuffleProof says that one list is a shuffle of another: the proof of Terelius and
// Wikström as CHVote 1.3.2 has it; §4.17 p. 21, §6 p. 25-33. Names are those of table 4.
type ShuffleProof struct {
	T1, T2, T3, T41, T42 group.Element
	THat                 []group.Element
	S1, S2, S3, S4       group.Scalar
	SHat, SPrime         []group.Scalar
	C                    []group.Element // commitment to the permutation
	CHat                 []group.Element // chain of commitments to the permuted challenges
}

func (r *reader) shuffleProof(g group.Group, n int) ShuffleProof {
	var p ShuffleProof
	element := func() group.Element { return r.element(g) }
	scalar := func() group.Scalar { return r.scalar(g) }
	r.lit("[[")
	for i, to := range []*group.Element{&p.T1, &p.T2, &p.T3, &p.T41, &p.T42} {
		r.lit([]string{"", ",", ",", ",[", ","}[i])
		*to = element()
	}
	r.lit("],")
	p.THat = exactly(r, "t^", n, element)
	r.lit("],[")
	for _, to := range []*group.Scalar{&p.S1, &p.S2, &p.S3, &p.S4} {
		*to = scalar()
		r.lit(",")
	}
	p.SHat = exactly(r, "s^", n, scalar)
	r.lit(",")
	p.SPrime = exactly(r, "s'", n, scalar)
	r.lit("],")
	p.C = exactly(r, "c", n, element)
	r.lit(",")
	p.CHat = exactly(r, "c^", n, element)
	r.lit("]")
	return p
}

func appendShuffleProof(b []byte, p ShuffleProof) []byte {
	b = append(b, "[["...)
	for i, e := range p.firsts() {
		b = appendElement(append(b, []string{"", ",", ",", ",[", ","}[i]...), e)
	}
	b = appendList(append(b, "],"...), p.THat, appendElement)
	b = append(b, "],["...)
	for _, s := range []group.Scalar{p.S1, p.S2, p.S3, p.S4} {
		b = append(appendScalar(b, s), ',')
	}
	b = appendList(b, p.SHat, appendScalar)
	b = appendList(append(b, ','), p.SPrime, appendScalar)
	b = appendList(append(b, "],"...), p.C, appendElement)
	b = appendList(append(b, ','), p.CHat, appendElement)
	return append(b, ']')
}

func (p *ShuffleProof) firsts() []group.Element {
	return []group.Element{p.T1, p.T2, p.T3, p.T41, p.T42}
}

func (p *ShuffleProof) checkMembership(g group.Group, list int) error {
	for _, part := range []struct {
		name     string
		elements []group.Element
	}{{"t", p.firsts()}, {"t^", p.THat}, {"c", p.C}, {"c^", p.CHat}} {
		err := parallel(len(part.elements), func(i int) error {
			return member(g, part.elements[i], "shuffle: list %d: proof: %s %d", list, part.name, i+1)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// listText is ⟦c⟧ of table 10 p. 32: a comma follows each.
func listText(elements []group.Element) string {
	var b strings.Builder
	for _, e := range elements {
		b.WriteString(e.String())
		b.WriteByte(',')
	}
	return b.String()
}

// pairsText is ⟦e⟧ of table 10.
func pairsText(list []Ciphertext) string {
	var b strings.Builder
	for _, c := range list {
		b.Write(appendPair(nil, c))
		b.WriteByte(',')
	}
	return b.String()
}

// generators are h and h_1 to h_n, whose logarithms nobody knows; tables 6 and 7 p. 30.
func generators(g group.Group, n int) (h group.Element, all []group.Element, err error) {
	if h, err = g.IndependentGenerator(-1); err != nil {
		return nil, nil, err
	}
	all = make([]group.Element, n)
	err = parallel(n, func(i int) (err error) {
		all[i], err = g.IndependentGenerator(i)
		return err
	})
	return h, all, err
}

// challenge is c of step 16 of table 4: the hash of everything before the responses.
func (p *ShuffleProof) challenge(e *Election, strC string) group.Scalar {
	return e.Group().HashScalar([]byte("shuffle-challenge|" + e.Fingerprint() + "|" +
		listText(p.firsts()) + listText(p.THat) + strC + listText(p.CHat) + e.PublicKey().String()))
}

// prove is table 4 p. 28.
func (m *mix) prove(random io.Reader, e *Election) (*ShuffleProof, error) {
	g := e.Group()
	n := len(m.in)
	h, hs, err := generators(g, n)
	if err != nil {
		return nil, err
	}
	w, err := drawWitness(random, g, n)
	if err != nil {
		return nil, err
	}
	p := &ShuffleProof{C: make([]group.Element, n), THat: make([]group.Element, n)}
	for j := range n { // table 9 p. 31
		p.C[j] = g.ExpG(w.r[j])
	}
	for i, j := range m.order {
		p.C[j] = g.Mul(p.C[j], hs[i])
	}
	strC := pairsText(m.in) + pairsText(m.out) + listText(p.C)
	u := shuffleChallenges(g, n, "shuffle-challenges|"+e.Fingerprint()+"|"+strC)
	permuted := make([]group.Scalar, n) // u'
	for i, j := range m.order {
		permuted[i] = u[j]
	}
	before := h
	for i := range n { // table 12 p. 33
		before = g.Mul(g.ExpG(w.rHat[i]), g.Exp(before, permuted[i]))
		p.CHat = append(p.CHat, before)
	}
	if err := m.commit(e, p, w, h, hs); err != nil {
		return nil, err
	}
	p.respond(g, p.challenge(e, strC), w, m, u, permuted)
	return p, nil
}

// witness is the randomness of one proof.
type witness struct {
	r, rHat       []group.Scalar // of c and ĉ
	omega         []group.Scalar // ω_1 to ω_4
	omegaHat      []group.Scalar
	omegaPermuted []group.Scalar // ω'
}

func drawWitness(random io.Reader, g group.Group, n int) (*witness, error) {
	w := &witness{}
	for _, part := range []struct {
		to *[]group.Scalar
		n  int
	}{{&w.r, n}, {&w.rHat, n}, {&w.omega, 4}, {&w.omegaHat, n}, {&w.omegaPermuted, n}} {
		var err error
		if *part.to, err = randomScalars(random, g, part.n); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// commit is steps 10 to 13 of table 4. The exponents are secret, so each power is taken
// alone, in constant time.
func (m *mix) commit(e *Election, p *ShuffleProof, w *witness, h group.Element, hs []group.Element) error {
	g := e.Group()
	n := len(m.in)
	powers := make([][3]group.Element, n)
	err := parallel(n, func(i int) error {
		o := w.omegaPermuted[i]
		powers[i] = [3]group.Element{g.Exp(hs[i], o), g.Exp(m.out[i].Beta, o), g.Exp(m.out[i].Alpha, o)}
		before := h
		if i > 0 {
			before = p.CHat[i-1]
		}
		p.THat[i] = g.Mul(g.ExpG(w.omegaHat[i]), g.Exp(before, o))
		return nil
	})
	p.T1, p.T2, p.T3 = g.ExpG(w.omega[0]), g.ExpG(w.omega[1]), g.ExpG(w.omega[2])
	minus := w.omega[3].Neg()
	p.T41, p.T42 = g.Exp(e.PublicKey(), minus), g.ExpG(minus)
	for _, power := range powers {
		p.T3 = g.Mul(p.T3, power[0])
		p.T41 = g.Mul(p.T41, power[1])
		p.T42 = g.Mul(p.T42, power[2])
	}
	return err
}

// respond is steps 17 to 23 of table 4.
func (p *ShuffleProof) respond(g group.Group, c group.Scalar, w *witness, m *mix, u, permuted []group.Scalar) {
	n := len(u)
	zero := g.ScalarInt(0)
	rBar, rHat, rTilde, rPrime := zero, zero, zero, zero
	v := g.ScalarInt(1) // v_i, from the last
	for i := n - 1; i >= 0; i-- {
		rBar = rBar.Add(w.r[i])
		rHat = rHat.Add(w.rHat[i].Mul(v))
		rTilde = rTilde.Add(w.r[i].Mul(u[i]))
		rPrime = rPrime.Add(m.random[i].Mul(u[i]))
		v = v.Mul(permuted[i])
	}
	p.S1 = w.omega[0].Add(c.Mul(rBar))
	p.S2 = w.omega[1].Add(c.Mul(rHat))
	p.S3 = w.omega[2].Add(c.Mul(rTilde))
	p.S4 = w.omega[3].Add(c.Mul(rPrime))
	for i := range n {
		p.SHat = append(p.SHat, w.omegaHat[i].Add(c.Mul(w.rHat[i])))
		p.SPrime = append(p.SPrime, w.omegaPermuted[i].Add(c.Mul(permuted[i])))
	}
}

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
