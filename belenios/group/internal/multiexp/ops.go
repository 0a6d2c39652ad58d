// Package multiexp computes products of powers in a group of any kind, and shares among
// them whatever can be shared: squarings of one base, squarings of one product, tables.
// How long it takes depends on the exponents, so it is for public numbers only.
package multiexp

// Ops is the arithmetic of a group. T is an element that is being worked on, F one in
// the form that is fastest to multiply by; the two may be one type.
//
// An implementation may delay what it is asked to do, as long as everything happens as
// if done in order, and is done when Flush returns.
type Ops[T, F any] interface {
	One(z *T)
	Copy(z, x *T)
	// Mul makes z = x*y. The three may be the same.
	Mul(z, x, y *T)
	// Square makes z = x*x. The two may be the same.
	Square(z, x *T)
	// Set makes z = f, or 1/f.
	Set(z *T, f *F, inverse bool)
	// Times makes z = z*f, or z/f.
	Times(z *T, f *F, inverse bool)
	// Factor returns x as a factor, made in room or x itself. It is good until x changes.
	Factor(x *T, room *F) *F
	Flush()
	// Inverses reports whether 1/f costs no more than f. If not, Set and Times are
	// never asked for it.
	Inverses() bool
}

// Base is something to raise to powers. Which bases are one is decided by pointer.
type Base[T, F any] struct {
	X     F
	Table *Table[T, F] // of X, or nil
}

// Term is a base and an exponent.
type Term[T, F any] struct {
	Base *Base[T, F]
	Exp  Exponent
}

// product is an accumulator that takes its first factor instead of multiplying by it.
type product[T any] struct {
	v   T
	any bool
}

func times[T, F any](o Ops[T, F], acc *product[T], f *F, inverse bool) {
	if acc.any {
		o.Times(&acc.v, f, inverse)
		return
	}
	o.Set(&acc.v, f, inverse)
	acc.any = true
}

// join multiplies acc by another accumulator.
func join[T, F any](o Ops[T, F], acc, other *product[T]) {
	switch {
	case !other.any:
	case acc.any:
		o.Mul(&acc.v, &acc.v, &other.v)
	default:
		o.Copy(&acc.v, &other.v)
		acc.any = true
	}
}

// suffixes raises slot k to the power k+1 and multiplies: that is the product of the
// suffix products S(k) = slot k * slot k+1 * ...
func suffixes[T, F any](o Ops[T, F], slots []product[T]) *product[T] {
	var suffix, sum product[T]
	for k := len(slots) - 1; k >= 0; k-- {
		join(o, &suffix, &slots[k])
		join(o, &sum, &suffix)
	}
	return &sum
}
