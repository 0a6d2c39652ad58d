package montgomery

// pipe carries out products in order, two at a time where neither needs the result of
// the other and the kernel gains by it. A product may wait for the next, so results
// must not be read before flush.
type pipe struct {
	m       *Modulus
	z, x, y *Nat // the product that waits; z is nil where none does
}

func (p *pipe) mul(z, x, y *Nat) {
	switch {
	case p.m.kernel != ifma:
		p.m.Mul(z, x, y)
	case p.z == nil:
		p.z, p.x, p.y = z, x, y
	case p.z == z || p.z == x || p.z == y:
		p.m.Mul(p.z, p.x, p.y)
		p.z, p.x, p.y = z, x, y
	default:
		mul2IFMA(p.z, p.x, p.y, z, x, y, &p.m.limbs, p.m.k)
		p.z = nil
	}
}

// set makes z = x in its place among the products.
func (p *pipe) set(z, x *Nat) {
	if p.z != nil && (p.z == x || p.z == z || p.x == z || p.y == z) {
		p.flush()
	}
	*z = *x
}

func (p *pipe) flush() {
	if p.z != nil {
		p.m.Mul(p.z, p.x, p.y)
		p.z = nil
	}
}

// product is an accumulator that copies its first factor instead of multiplying.
type product struct {
	v   Nat
	any bool
}

func (p *pipe) times(acc *product, factor *Nat) {
	if acc.any {
		p.mul(&acc.v, &acc.v, factor)
		return
	}
	p.set(&acc.v, factor)
	acc.any = true
}

// timesProduct multiplies acc by another accumulator, which may be empty.
func (p *pipe) timesProduct(acc, factor *product) {
	if factor.any {
		p.times(acc, &factor.v)
	}
}
