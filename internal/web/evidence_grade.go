package web

import "commonweal/internal/prove/published"

// grade is one of the three steps from a count to a cause, with the mark that
// says which of the three it is.
type grade struct {
	published.Grade
	Discs []disc
}

type disc struct {
	X    int
	Fill string
}

func grades(list []published.Grade) []grade {
	out := make([]grade, len(list))
	for n, g := range list {
		out[n].Grade = g
		for i, x := range []int{8, 27, 46} {
			d := disc{x, "#fff"}
			if i <= n {
				d.Fill = "#14465c"
			}
			out[n].Discs = append(out[n].Discs, d)
		}
	}
	return out
}
