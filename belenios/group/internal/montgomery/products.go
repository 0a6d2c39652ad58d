package montgomery

import "slices"

// Base is something to raise to powers. Which bases are one is decided by pointer.
type Base struct {
	X     *Nat
	Table *Table // of X, or nil
}

// Term is a base and an exponent.
type Term struct {
	Base *Base
	Exp  Exponent
}

// Products computes the product of the powers in each row. It chooses between ways
// that share different things:
//
//   - a base with a table needs no squarings at all;
//   - a base that occurs in several rows is squared once for all of them, and each row
//     picks what it needs on the way ([yao]);
//   - a row of several bases that occur in no other is squared once for all of them
//     ([straus], or [pippenger] where they are many).
//
// The time depends on the exponents.
func (m *Modulus) Products(rows [][]Term) []Nat {
	p := &pipe{m: m}
	out := make([]product, len(rows))
	left := m.fromTables(p, out, rows)

	var small []int // rows left, but for those so long that they are done by themselves
	for r, row := range left {
		if len(row) >= pippengerTerms {
			p.timesProduct(&out[r], m.pippenger(p, row))
		} else if len(row) > 0 {
			small = append(small, r)
		}
	}
	if byBase := group(left, small); costYao(byBase) < costStraus(left, small) {
		m.yao(p, out, byBase)
	} else {
		m.straus(p, out, left, small)
	}
	p.flush()

	values := make([]Nat, len(rows))
	for r := range out {
		if out[r].any {
			values[r] = out[r].v
		} else {
			values[r] = m.one
		}
	}
	return values
}

// fromTables multiplies what tables give into out, a factor of each row in turn so
// that products are independent, and returns the terms that are left.
func (m *Modulus) fromTables(p *pipe, out []product, rows [][]Term) [][]Term {
	left := make([][]Term, len(rows))
	factors := make([][]*Nat, len(rows))
	longest := 0
	for r, row := range rows {
		for _, t := range row {
			switch {
			case t.Exp.BitLen() == 0:
			case t.Base.Table != nil && t.Exp.BitLen() <= t.Base.Table.bits:
				factors[r] = t.Base.Table.factors(factors[r], t.Exp)
			default:
				left[r] = append(left[r], t)
			}
		}
		longest = max(longest, len(factors[r]))
	}
	if len(rows) == 1 { // two halves are independent
		var half product
		for i, f := range factors[0] {
			if i%2 == 0 {
				p.times(&out[0], f)
			} else {
				p.times(&half, f)
			}
		}
		p.timesProduct(&out[0], &half)
		p.flush()
		return left
	}
	for i := range longest {
		for r := range rows {
			if i < len(factors[r]) {
				p.times(&out[r], factors[r][i])
			}
		}
	}
	return left
}

// shared is one base with the rows that want a power of it.
type shared struct {
	x    *Nat
	uses []use
	bits int
}

type use struct {
	row int
	exp Exponent
}

// group gathers the terms of the rows named by base, in order of appearance.
func group(rows [][]Term, names []int) []shared {
	var out []shared
	index := make(map[*Base]int)
	for _, r := range names {
		for _, t := range rows[r] {
			i, ok := index[t.Base]
			if !ok {
				i = len(out)
				index[t.Base] = i
				out = append(out, shared{x: t.Base.X})
			}
			out[i].uses = append(out[i].uses, use{r, t.Exp})
			out[i].bits = max(out[i].bits, t.Exp.BitLen())
		}
	}
	// Bases that need as many squarings go together, two at a time.
	slices.SortStableFunc(out, func(a, b shared) int { return b.bits - a.bits })
	return out
}

// width is the best sliding window for an exponent: half its odd digits cost a product
// to make or to gather.
func width(bits int) int {
	best, least := 1, bits
	for w := 2; w <= 8; w++ {
		if cost := bits/(w+1) + 1<<(w-1); cost < least {
			best, least = w, cost
		}
	}
	return best
}

func costOf(bits int) int { w := width(bits); return bits/(w+1) + 1<<(w-1) }

func costYao(bases []shared) (cost int) {
	for _, b := range bases {
		cost += b.bits
		for _, u := range b.uses {
			cost += costOf(u.exp.BitLen())
		}
	}
	return cost
}

func costStraus(rows [][]Term, names []int) (cost int) {
	for _, r := range names {
		longest := 0
		for _, t := range rows[r] {
			longest = max(longest, t.Exp.BitLen())
			cost += costOf(t.Exp.BitLen())
		}
		cost += longest
	}
	return cost
}
