package montgomery

import "commonweal/belenios/group/internal/multiexp"

// Base, Term and Table are those of multiexp for residues.
type (
	Base  = multiexp.Base[Nat, Nat]
	Term  = multiexp.Term[Nat, Nat]
	Table = multiexp.Table[Nat, Nat]
)

// Products computes the product of the powers in each row; see [multiexp.Products].
func (m *Modulus) Products(rows [][]Term) []Nat { return multiexp.Products(&pipe{m: m}, rows) }

// NewTable makes the table of base for exponents of at most bits bits: 2.6 megabytes
// for 256 bits, 6.9 for 2047.
func (m *Modulus) NewTable(base *Nat, bits int) *Table {
	return multiexp.NewTable(&pipe{m: m}, base, bits, func(powers []Nat) []Nat { return powers })
}

// pipe carries out products in order, two at a time where neither needs the result of
// the other and the kernel gains by it. A product may wait for the next, so results
// must not be read before Flush.
type pipe struct {
	m       *Modulus
	z, x, y *Nat // the product that waits; z is nil where none does
}

var _ multiexp.Ops[Nat, Nat] = (*pipe)(nil)

// Mul makes z = x*y.
func (p *pipe) Mul(z, x, y *Nat) {
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

// Copy makes z = x.
func (p *pipe) Copy(z, x *Nat) {
	if p.z != nil && (p.z == x || p.z == z || p.x == z || p.y == z) {
		p.Flush()
	}
	*z = *x
}

// Flush does the product that waits.
func (p *pipe) Flush() {
	if p.z != nil {
		p.m.Mul(p.z, p.x, p.y)
		p.z = nil
	}
}

// One makes z = 1.
func (p *pipe) One(z *Nat) { p.Copy(z, &p.m.one) }

// Square makes z = x*x.
func (p *pipe) Square(z, x *Nat) {
	if p.m.kernel == ifma {
		p.Mul(z, x, x)
		return
	}
	p.m.Square(z, x)
}

// Set makes z = f.
func (p *pipe) Set(z, f *Nat, _ bool) { p.Copy(z, f) }

// Times makes z = z*f.
func (p *pipe) Times(z, f *Nat, _ bool) { p.Mul(z, z, f) }

// Factor is x: residues are multiplied as they are.
func (p *pipe) Factor(x, _ *Nat) *Nat { return x }

// Inverses is false: a division modulo p costs as much as a power.
func (p *pipe) Inverses() bool { return false }
