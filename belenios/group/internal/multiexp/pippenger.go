package multiexp

// longRow is the length from which a row is done by pippenger.
const longRow = 32

// pippenger is the product of a long row. The exponents are cut into digits of equal
// width; for each place, from the top, every base is dropped into the slot of its
// digit, and the slot of d is raised to d. (N. Pippenger, "On the evaluation of powers
// and monomials", 1980, in its simplest form.)
func pippenger[T, F any](o Ops[T, F], row []Term[T, F]) *product[T] {
	signed := o.Inverses()
	width := placeWidth(row, signed)
	digits := make([][]int, len(row))
	places := 0
	for i, t := range row {
		digits[i] = t.Exp.fixed(width, signed)
		places = max(places, len(digits[i]))
	}
	slots := make([]product[T], slotsOf(width, signed))
	acc := new(product[T])
	for place := places - 1; place >= 0; place-- {
		if acc.any {
			for range width {
				o.Square(&acc.v, &acc.v)
			}
		}
		o.Flush()
		clear(slots)
		for i, t := range row {
			if place >= len(digits[i]) || digits[i][place] == 0 {
				continue
			}
			d := digits[i][place]
			times(o, &slots[max(d, -d)-1], &t.Base.X, d < 0)
		}
		join(o, acc, suffixes(o, slots))
	}
	return acc
}

func slotsOf(width int, signed bool) int {
	if signed {
		return 1 << (width - 1)
	}
	return 1<<width - 1
}

// placeWidth weighs a drop for each digit against two products for each slot.
func placeWidth[T, F any](row []Term[T, F], signed bool) int {
	longest := 0
	for _, t := range row {
		longest = max(longest, t.Exp.BitLen())
	}
	best, least := 1, 0
	for width := 1; width <= 14; width++ {
		cost := (longest + width - 1) / width * 2 * slotsOf(width, signed)
		for _, t := range row {
			cost += (t.Exp.BitLen() + width - 1) / width
		}
		if width == 1 || cost < least {
			best, least = width, cost
		}
	}
	return best
}
