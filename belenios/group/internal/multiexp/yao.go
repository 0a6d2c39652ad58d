package multiexp

// yao multiplies into each row the powers of the bases, squaring every base once: as
// the squares x^(2^i) go by, each exponent drops them into a slot for every odd digit
// it has there; in the end the slot of d is raised to d. (A. C. Yao, "On the evaluation
// of powers", 1976, with sliding windows from the right.)
func yao[T, F any](o Ops[T, F], out []product[T], bases []shared[T, F]) {
	for len(bases) > 0 {
		n := min(2, len(bases)) // two chains of squarings do not wait for each other
		chains := make([]*chain[T, F], n)
		length := 0 // the highest digit of the shorter exponent may be the higher one
		for i := range chains {
			chains[i] = newChain(o, &bases[i])
			length = max(length, chains[i].length)
		}
		for at := range length {
			for _, c := range chains {
				c.drop(o, at)
			}
			for _, c := range chains {
				if at+1 < c.length {
					o.Square(&c.square, &c.square)
				}
			}
		}
		for _, c := range chains {
			for _, d := range c.drops {
				join(o, &out[d.row], gather(o, d.slots))
			}
		}
		o.Flush()
		bases = bases[n:]
	}
}

// chain is a base on its way through its squares.
type chain[T, F any] struct {
	square T
	room   F   // for the square as a factor
	length int // how many squares are wanted, the base itself among them
	drops  []*drops[T]
}

// drops is an exponent of the base: slot k collects the squares at its digits 2k+1.
type drops[T any] struct {
	row    int
	digits []digit // not yet met
	slots  []product[T]
}

func newChain[T, F any](o Ops[T, F], b *shared[T, F]) *chain[T, F] {
	c := new(chain[T, F])
	o.Set(&c.square, &b.base.X, false)
	for _, u := range b.uses {
		log := slots(u.exp.BitLen(), o.Inverses())
		d := &drops[T]{u.row, u.exp.sliding(log+1, o.Inverses()), make([]product[T], 1<<log)}
		c.drops = append(c.drops, d)
		c.length = max(c.length, d.digits[len(d.digits)-1].at+1)
	}
	return c
}

func (c *chain[T, F]) drop(o Ops[T, F], at int) {
	var f *F
	for _, d := range c.drops {
		if len(d.digits) == 0 || d.digits[0].at != at {
			continue
		}
		if f == nil {
			f = o.Factor(&c.square, &c.room)
		}
		times(o, &d.slots[d.digits[0].slot()], f, d.digits[0].negative)
		d.digits = d.digits[1:]
	}
}

// gather is the product of slot k to the power 2k+1: slot k once, and the slots from 1
// up to the power k, squared.
func gather[T, F any](o Ops[T, F], slots []product[T]) *product[T] {
	all := new(product[T])
	var twice product[T]
	for k := len(slots) - 1; k > 0; k-- {
		join(o, all, &slots[k])
		join(o, &twice, all)
	}
	if twice.any {
		o.Square(&twice.v, &twice.v)
	}
	join(o, all, &slots[0])
	join(o, all, &twice)
	return all
}
