package montgomery

// pippengerTerms is the length from which a row is done by pippenger.
const pippengerTerms = 32

// pippenger is the product of a long row. The exponents are cut into digits of equal
// width; for each place, from the top, every base is dropped into the bucket of its
// digit, and bucket d is raised to d. (N. Pippenger, "On the evaluation of powers and
// monomials", 1980, in its simplest form.)
func (m *Modulus) pippenger(p *pipe, row []Term) *product {
	longest := 0
	for _, t := range row {
		longest = max(longest, t.Exp.BitLen())
	}
	width := pippengerWidth(row, longest)
	slots := make([]product, 1<<width-1)
	acc := new(product)
	for place := (longest - 1) / width; place >= 0; place-- {
		if acc.any {
			for range width {
				p.mul(&acc.v, &acc.v, &acc.v)
			}
		}
		p.flush()
		clear(slots)
		for _, t := range row {
			if d := t.Exp.window(place*width, width); d != 0 {
				p.times(&slots[d-1], t.Base.X)
			}
		}
		// The product of slot d to the power d is that of the suffixes S(1) S(2) ...
		var suffix, sum product
		for d := len(slots) - 1; d >= 0; d-- {
			p.timesProduct(&suffix, &slots[d])
			p.timesProduct(&sum, &suffix)
		}
		p.timesProduct(acc, &sum)
		p.flush()
	}
	return acc
}

// pippengerWidth weighs a drop for each digit against two products for each bucket.
func pippengerWidth(row []Term, longest int) int {
	best, least := 1, 0
	for width := 1; width <= 14; width++ {
		cost := (longest + width - 1) / width * (2 << width)
		for _, t := range row {
			cost += (t.Exp.BitLen() + width - 1) / width
		}
		if width == 1 || cost < least {
			best, least = width, cost
		}
	}
	return best
}
