package montgomery

// Table holds powers of one base, so that a power of it costs one product for every
// width bits of the exponent and no squaring. It is for public exponents: which
// entries are read depends on the exponent.
type Table struct {
	bits    int
	width   int
	entries []Nat // entries[i*(2^width-1) + d-1] is base^(d * 2^(width*i))
}

// NewTable makes the table of base for exponents of at most bits bits: 2.6 megabytes
// for 256 bits, 6.9 for 2047.
func (m *Modulus) NewTable(base *Nat, bits int) *Table {
	width := 8
	if bits > 512 {
		width = 6 // larger ones leave the cache and take long to make
	}
	windows := (bits + width - 1) / width
	digits := 1<<width - 1
	t := &Table{bits: windows * width, width: width, entries: make([]Nat, windows*digits)}
	p := pipe{m: m}
	first := *base
	for i := range windows {
		row := t.entries[i*digits:][:digits]
		row[0] = first
		// Entry 2d is the square of entry d, and 2d+1 is 2d times the first: all that
		// these need is older than the one before.
		for d := 2; d <= digits; d++ {
			if d%2 == 0 {
				p.mul(&row[d-1], &row[d/2-1], &row[d/2-1])
			} else {
				p.mul(&row[d-1], &row[d-2], &row[0])
			}
		}
		p.mul(&first, &row[digits/2], &row[digits/2])
		p.flush()
	}
	return t
}

// factors appends the entries whose product is the base to the power e.
func (t *Table) factors(dst []*Nat, e Exponent) []*Nat {
	digits := 1<<t.width - 1
	for i := 0; i*t.width < e.BitLen(); i++ {
		if d := e.window(i*t.width, t.width); d != 0 {
			dst = append(dst, &t.entries[i*digits+int(d)-1])
		}
	}
	return dst
}
