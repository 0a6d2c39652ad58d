package multiexp

import "slices"

// Products computes the product of the powers in each row. It chooses between ways
// that share different things:
//
//   - a base with a table needs no squarings at all;
//   - a base that occurs in several rows is squared once for all of them, and each row
//     picks what it needs on the way (yao);
//   - a row of several bases that occur in no other is squared once for all of them
//     (straus, or pippenger where they are many).
func Products[T, F any](o Ops[T, F], rows [][]Term[T, F]) []T {
	out := make([]product[T], len(rows))
	left := fromTables(o, out, rows)

	var short []int // rows left, but for the long ones, which are done by themselves
	for r, row := range left {
		if len(row) >= longRow {
			join(o, &out[r], pippenger(o, row))
		} else if len(row) > 0 {
			short = append(short, r)
		}
	}
	byBase := regroup(left, short)
	if costByBase(o, byBase) < costByRow(o, left, short) {
		yao(o, out, byBase)
	} else {
		straus(o, out, left, short)
	}
	o.Flush()

	values := make([]T, len(rows))
	for r := range out {
		if out[r].any {
			values[r] = out[r].v
		} else {
			o.One(&values[r])
		}
	}
	o.Flush()
	return values
}

// fromTables multiplies what tables give into out and returns the terms that are left.
func fromTables[T, F any](o Ops[T, F], out []product[T], rows [][]Term[T, F]) [][]Term[T, F] {
	left := make([][]Term[T, F], len(rows))
	parts := make([][]part[F], len(rows))
	longest := 0
	for r, row := range rows {
		for _, t := range row {
			switch {
			case len(t.Exp) == 0:
			case t.Base.Table != nil && t.Exp.BitLen() <= t.Base.Table.bits:
				parts[r] = t.Base.Table.parts(parts[r], t.Exp)
			default:
				left[r] = append(left[r], t)
			}
		}
		longest = max(longest, len(parts[r]))
	}
	// A factor of each row in turn, so that one product does not wait for the one
	// before it; a row that is alone is done in two halves.
	var half product[T]
	for i := range longest {
		for r := range rows {
			if i < len(parts[r]) {
				acc := &out[r]
				if len(rows) == 1 && i%2 == 1 {
					acc = &half
				}
				times(o, acc, parts[r][i].f, parts[r][i].inverse)
			}
		}
	}
	if len(rows) == 1 {
		join(o, &out[0], &half)
		o.Flush()
	}
	return left
}

// shared is one base with the rows that want a power of it.
type shared[T, F any] struct {
	base *Base[T, F]
	uses []use
	bits int
}

type use struct {
	row int
	exp Exponent
}

// regroup gathers the terms of the rows named by base, in order of appearance.
func regroup[T, F any](rows [][]Term[T, F], names []int) []shared[T, F] {
	var out []shared[T, F]
	index := make(map[*Base[T, F]]int)
	for _, r := range names {
		for _, t := range rows[r] {
			i, ok := index[t.Base]
			if !ok {
				i = len(out)
				index[t.Base] = i
				out = append(out, shared[T, F]{base: t.Base})
			}
			out[i].uses = append(out[i].uses, use{r, t.Exp})
			out[i].bits = max(out[i].bits, t.Exp.BitLen())
		}
	}
	// Bases that need as many squarings go together, two at a time.
	slices.SortStableFunc(out, func(a, b shared[T, F]) int { return b.bits - a.bits })
	return out
}

// slots is the logarithm of how many odd values to tell apart in the digits of an
// exponent: each costs about a product to make or to gather, and saves digits.
func slots(bits int, signed bool) (log int) {
	least := bits
	for l := 1; l <= 7; l++ {
		if cost := costOf(bits, l, signed); cost < least {
			log, least = l, cost
		}
	}
	return log
}

func costOf(bits, log int, signed bool) int {
	width := log + 1
	if signed {
		width++
	}
	return bits/(width+1) + 1<<log
}

func cost[T, F any](o Ops[T, F], bits int) int {
	signed := o.Inverses()
	return costOf(bits, slots(bits, signed), signed)
}

func costByBase[T, F any](o Ops[T, F], bases []shared[T, F]) (sum int) {
	for _, b := range bases {
		sum += b.bits
		for _, u := range b.uses {
			sum += cost(o, u.exp.BitLen())
		}
	}
	return sum
}

func costByRow[T, F any](o Ops[T, F], rows [][]Term[T, F], names []int) (sum int) {
	for _, r := range names {
		longest := 0
		for _, t := range rows[r] {
			longest = max(longest, t.Exp.BitLen())
			sum += cost(o, t.Exp.BitLen())
		}
		sum += longest
	}
	return sum
}
