package montgomery

// straus multiplies into each row the powers of its bases, squaring once for all of
// them: from the highest bit down, the accumulator is squared, and multiplied by an odd
// power of a base wherever the exponent of the base has that digit. (E. G. Straus,
// "Addition chains of vectors", 1964, with sliding windows.) Rows go two at a time.
func (m *Modulus) straus(p *pipe, out []product, rows [][]Term, names []int) {
	for len(names) > 0 {
		n := min(2, len(names))
		ladders := make([]*ladder, n)
		top := 0
		for i := range ladders {
			ladders[i] = newLadder(p, rows[names[i]])
			top = max(top, ladders[i].bits)
		}
		for at := top - 1; at >= 0; at-- {
			for _, l := range ladders {
				if l.acc.any {
					p.mul(&l.acc.v, &l.acc.v, &l.acc.v)
				}
			}
			for _, l := range ladders {
				l.step(p, at)
			}
		}
		for i, l := range ladders {
			p.timesProduct(&out[names[i]], &l.acc)
		}
		p.flush()
		names = names[n:]
	}
}

// ladder is a row on its way down the bits.
type ladder struct {
	acc   product
	bits  int
	terms []ladderTerm
}

type ladderTerm struct {
	digits []digit // not yet met, lowest first
	odd    []Nat   // odd[k] is the base to the power 2k+1
}

func newLadder(p *pipe, row []Term) *ladder {
	l := new(ladder)
	for _, t := range row {
		n := t.Exp.BitLen()
		w := width(n)
		term := ladderTerm{t.Exp.digits(w), make([]Nat, 1<<(w-1))}
		p.set(&term.odd[0], t.Base.X)
		if len(term.odd) > 1 {
			var square Nat
			p.mul(&square, t.Base.X, t.Base.X)
			for k := 1; k < len(term.odd); k++ {
				p.mul(&term.odd[k], &term.odd[k-1], &square)
			}
		}
		l.terms = append(l.terms, term)
		l.bits = max(l.bits, n)
	}
	return l
}

func (l *ladder) step(p *pipe, at int) {
	for i := range l.terms {
		t := &l.terms[i]
		if n := len(t.digits); n > 0 && t.digits[n-1].at == at {
			p.times(&l.acc, &t.odd[t.digits[n-1].value/2])
			t.digits = t.digits[:n-1]
		}
	}
}
