package multiexp

// straus multiplies into each row the powers of its bases, squaring once for all of
// them: from the highest bit down, the accumulator is squared, and multiplied by an odd
// power of a base wherever the exponent of the base has that digit. (E. G. Straus,
// "Addition chains of vectors", 1964, with sliding windows.)
func straus[T, F any](o Ops[T, F], out []product[T], rows [][]Term[T, F], names []int) {
	for len(names) > 0 {
		n := min(2, len(names)) // two rows do not wait for each other
		ladders := make([]*ladder[T, F], n)
		top := 0
		for i := range ladders {
			ladders[i] = newLadder(o, rows[names[i]])
			top = max(top, ladders[i].length)
		}
		for at := top - 1; at >= 0; at-- {
			for _, l := range ladders {
				if l.acc.any {
					o.Square(&l.acc.v, &l.acc.v)
				}
			}
			for _, l := range ladders {
				l.step(o, at)
			}
		}
		for i, l := range ladders {
			join(o, &out[names[i]], &l.acc)
		}
		o.Flush()
		names = names[n:]
	}
}

// ladder is a row on its way down the bits.
type ladder[T, F any] struct {
	acc    product[T]
	length int // of the longest exponent
	terms  []rung[T, F]
}

type rung[T, F any] struct {
	digits []digit // not yet met, lowest first
	odd    []*F    // odd[k] is the base to the power 2k+1
}

func newLadder[T, F any](o Ops[T, F], row []Term[T, F]) *ladder[T, F] {
	l := new(ladder[T, F])
	for _, t := range row {
		log := slots(t.Exp.BitLen(), o.Inverses())
		r := rung[T, F]{t.Exp.sliding(log+1, o.Inverses()), oddPowers(o, &t.Base.X, 1<<log)}
		l.terms = append(l.terms, r)
		l.length = max(l.length, r.digits[len(r.digits)-1].at+1)
	}
	return l
}

func oddPowers[T, F any](o Ops[T, F], x *F, n int) []*F {
	out := make([]*F, n)
	out[0] = x
	if n == 1 {
		return out
	}
	powers, rooms := make([]T, n), make([]F, n)
	square := &powers[0] // which the base itself does not need
	o.Set(square, x, false)
	o.Square(square, square)
	for k := 1; k < n; k++ {
		if k == 1 {
			o.Copy(&powers[1], square)
			o.Times(&powers[1], x, false)
		} else {
			o.Mul(&powers[k], &powers[k-1], square)
		}
		out[k] = o.Factor(&powers[k], &rooms[k])
	}
	return out
}

func (l *ladder[T, F]) step(o Ops[T, F], at int) {
	for i := range l.terms {
		t := &l.terms[i]
		if n := len(t.digits); n > 0 && t.digits[n-1].at == at {
			d := t.digits[n-1]
			times(o, &l.acc, t.odd[d.slot()], d.negative)
			t.digits = t.digits[:n-1]
		}
	}
}
