package multiexp

// Table holds powers of one base, so that a power of it costs one product for every
// width bits of the exponent and no squaring. Which entries are read depends on the
// exponent.
type Table[T, F any] struct {
	bits    int
	width   int
	digits  int
	signed  bool
	entries []F // entries[i*digits + d-1] is base^(d * 2^(width*i))
}

// NewTable makes the table of base for exponents of at most bits bits. The factors are
// made by factors, all at once.
func NewTable[T, F any](o Ops[T, F], base *F, bits int, factors func([]T) []F) *Table[T, F] {
	t := &Table[T, F]{bits: bits, width: 8, signed: o.Inverses()}
	if bits > 512 {
		t.width = 6 // a larger table leaves the cache and takes long to make
	}
	t.digits = 1<<t.width - 1
	windows := (bits + t.width - 1) / t.width
	if t.signed {
		t.digits = 1 << (t.width - 1)
		windows = bits/t.width + 1 // the sign of the highest digit needs a bit
	}
	powers := make([]T, windows*t.digits)
	var first T
	o.Set(&first, base, false)
	for i := range windows {
		row := powers[i*t.digits:][:t.digits]
		o.Copy(&row[0], &first)
		for d := 2; d <= t.digits; d++ {
			if d%2 == 0 {
				o.Square(&row[d-1], &row[d/2-1])
			} else {
				o.Mul(&row[d-1], &row[d-2], &row[0])
			}
		}
		// 2^width is twice the highest digit with signs, and one more than it without.
		if t.signed {
			o.Square(&first, &row[t.digits-1])
		} else {
			o.Mul(&first, &first, &row[t.digits-1])
		}
	}
	o.Flush()
	t.entries = factors(powers)
	return t
}

// part is a factor of a product that is still to be multiplied in.
type part[F any] struct {
	f       *F
	inverse bool
}

// parts appends what the base to the power e is the product of.
func (t *Table[T, F]) parts(dst []part[F], e Exponent) []part[F] {
	for i, d := range e.fixed(t.width, t.signed) {
		if d != 0 {
			dst = append(dst, part[F]{&t.entries[i*t.digits+max(d, -d)-1], d < 0})
		}
	}
	return dst
}
