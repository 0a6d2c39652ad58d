package montgomery

// What is here takes time that does not depend on exponents: every window costs the
// same products, and the entry of a table is chosen by reading all of them.

const (
	secretWidth   = 4
	secretEntries = 1 << secretWidth
)

// Exp makes z = x^e for a secret e, in big-endian bytes. The time depends on len(e).
func (m *Modulus) Exp(z, x *Nat, e []byte) { m.Exps([]*Nat{z}, []*Nat{x}, [][]byte{e}) }

// Exps makes each z = x^e for secret exponents, all of one length. Two powers at a time
// do not wait for each other.
func (m *Modulus) Exps(z, x []*Nat, e [][]byte) {
	for len(z) > 0 {
		n := min(2, len(z))
		m.exps(z[:n], x[:n], e[:n])
		z, x, e = z[n:], x[n:], e[n:]
	}
}

// ladder is one power on its way down the exponent.
type ladder struct {
	table [secretEntries]Nat
	acc   Nat
	entry Nat
}

func (m *Modulus) exps(z, x []*Nat, e [][]byte) {
	p := pipe{m: m}
	ladders := make([]ladder, len(z))
	for i := range ladders {
		ladders[i].acc = m.one
		ladders[i].table[0] = m.one
		ladders[i].table[1] = *x[i]
	}
	for d := 2; d < secretEntries; d++ {
		for i := range ladders {
			l := &ladders[i]
			p.Mul(&l.table[d], &l.table[d-1], &l.table[1])
		}
	}
	for at := range e[0] {
		for _, shift := range [2]int{4, 0} {
			for range secretWidth {
				for i := range ladders {
					p.Square(&ladders[i].acc, &ladders[i].acc)
				}
			}
			p.Flush()
			for i := range ladders {
				l := &ladders[i]
				choose(&l.entry, &l.table, e[i][at]>>shift&0xf)
			}
			for i := range ladders {
				p.Mul(&ladders[i].acc, &ladders[i].acc, &ladders[i].entry)
			}
		}
	}
	p.Flush()
	for i := range ladders {
		*z[i] = ladders[i].acc
	}
}

// choose makes z = table[index], reading the whole table.
func choose(z *Nat, table *[secretEntries]Nat, index byte) {
	*z = Nat{}
	for i := range table {
		// All ones where i is the index: 0 - 1 borrows, a positive number does not.
		mask := -(((uint64(i) ^ uint64(index)) - 1) >> 63)
		for j := range z {
			z[j] |= table[i][j] & mask
		}
	}
}

// Comb holds powers of a fixed base for secret exponents.
type Comb struct {
	m       *Modulus
	windows [][secretEntries]Nat // windows[i][d] is base^(d * 16^i)
}

// NewComb makes the table for exponents of size bytes.
func (m *Modulus) NewComb(base *Nat, size int) *Comb {
	c := &Comb{m, make([][secretEntries]Nat, 2*size)}
	first := *base
	for i := range c.windows {
		w := &c.windows[i]
		w[0] = m.one
		for d := 1; d < secretEntries; d++ {
			m.Mul(&w[d], &w[d-1], &first)
		}
		m.Mul(&first, &w[secretEntries-1], &first)
	}
	return c
}

// Exp makes z the base to the power e, in big-endian bytes, as many as the comb is for.
func (c *Comb) Exp(z *Nat, e []byte) {
	if 2*len(e) != len(c.windows) {
		panic("montgomery: exponent of another length than the comb's")
	}
	// The low digits and the high ones of the bytes do not wait for each other.
	acc := [2]Nat{c.m.one, c.m.one}
	var entry [2]Nat
	p := pipe{m: c.m}
	for i, b := range e {
		at := 2 * (len(e) - 1 - i)
		choose(&entry[0], &c.windows[at], b&0xf)
		choose(&entry[1], &c.windows[at+1], b>>4)
		p.Mul(&acc[0], &acc[0], &entry[0])
		p.Mul(&acc[1], &acc[1], &entry[1])
		p.Flush()
	}
	c.m.Mul(z, &acc[0], &acc[1])
}
