package score

// Value is what one person has on one item or score, if anything. The zero
// Value is none.
type Value struct {
	Points float64
	Known  bool
}

// Of is a value that is known.
func Of(points float64) Value { return Value{Points: points, Known: true} }

// Combine is the mean of the values that are known if there are at least
// least of them, and at least one; otherwise it is none.
func Combine(least int, parts ...Value) Value {
	sum, n := 0.0, 0
	for _, p := range parts {
		if p.Known {
			sum += p.Points
			n++
		}
	}
	if n == 0 || n < least {
		return Value{}
	}
	return Of(sum / float64(n))
}
