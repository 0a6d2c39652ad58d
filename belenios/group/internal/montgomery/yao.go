package montgomery

// yao multiplies into each row the powers of the bases, squaring every base once: as
// the squares x^(2^i) go by, each exponent drops them into a bucket for every odd digit
// it has there; in the end bucket d is raised to d. (A. C. Yao, "On the evaluation of
// powers", 1976, with sliding windows from the right.)
func (m *Modulus) yao(p *pipe, out []product, bases []shared) {
	for len(bases) > 0 {
		n := min(2, len(bases)) // two chains of squarings do not wait for each other
		chains := make([]*chain, n)
		for i := range chains {
			chains[i] = newChain(&bases[i])
		}
		for at := range bases[0].bits {
			for _, c := range chains {
				c.drop(p, at)
			}
			for _, c := range chains {
				if at+1 < c.bits {
					p.mul(&c.square, &c.square, &c.square)
				}
			}
		}
		for _, c := range chains {
			for _, b := range c.buckets {
				p.timesProduct(&out[b.row], b.gather(p))
			}
		}
		p.flush() // the chains are done with
		bases = bases[n:]
	}
}

// chain is a base on its way through its squares.
type chain struct {
	square  Nat
	bits    int
	buckets []*buckets
}

// buckets are those of one exponent: slot k is for the digit 2k+1.
type buckets struct {
	row    int
	digits []digit // not yet met
	slots  []product
}

func newChain(b *shared) *chain {
	c := &chain{square: *b.x, bits: b.bits}
	for _, u := range b.uses {
		w := width(u.exp.BitLen())
		c.buckets = append(c.buckets, &buckets{u.row, u.exp.digits(w), make([]product, 1<<(w-1))})
	}
	return c
}

func (c *chain) drop(p *pipe, at int) {
	for _, b := range c.buckets {
		if len(b.digits) > 0 && b.digits[0].at == at {
			p.times(&b.slots[b.digits[0].value/2], &c.square)
			b.digits = b.digits[1:]
		}
	}
}

// gather is the product of slot k to the power 2k+1. With S(k) the product of the
// slots from k up, that is S(0) * (S(1) * S(2) * ...)^2.
func (b *buckets) gather(p *pipe) *product {
	var suffix, twice product
	for k := len(b.slots) - 1; k > 0; k-- {
		p.timesProduct(&suffix, &b.slots[k])
		p.timesProduct(&twice, &suffix)
	}
	if twice.any {
		p.mul(&twice.v, &twice.v, &twice.v)
	}
	p.timesProduct(&suffix, &b.slots[0])
	p.timesProduct(&suffix, &twice)
	return &suffix
}
