package belenios

import (
	"io"
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
