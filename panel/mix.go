package panel

import (
	"math"
	"slices"
)

// sparse finds weights, drops those below a quarter of the largest, and finds the rest
// again from there.
func sparse(rows [][]float64, zeta float64, level bool, noise float64, from []float64) []float64 {
	rough := frankWolfe(rows, zeta, level, from, 1e-5*noise, 100)
	top, whole := slices.Max(rough), 0.0
	for i, w := range rough {
		if w <= top/4 {
			rough[i] = 0
		}
		whole += rough[i]
	}
	for i := range rough {
		rough[i] /= whole
	}
	return frankWolfe(rows, zeta, level, rough, 1e-5*noise, 10_000)
}

// frankWolfe finds weights of the columns but the last, none below nought and one in
// all, that bring their mix closest to the last over the rows, with a ridge of zeta; with
// level, up to a constant.
//
// The products of columns are worked out once: a round then takes the time of a column
// and of a row, and not of all cells.
func frankWolfe(rows [][]float64, zeta float64, level bool, start []float64, least float64, rounds int) []float64 {
	n, k := len(rows), len(start)
	columns := lessTheLast(rows, level)
	products := make([][]float64, k)
	for j := range products {
		products[j] = make([]float64, k)
		for l := range j + 1 {
			for i, v := range columns[j] {
				products[j][l] += v * columns[l][i]
			}
			products[l][j] = products[j][l]
		}
	}
	x := slices.Clone(start)
	ridge := float64(n) * zeta * zeta
	miss, with := make([]float64, n), make([]float64, k) // the mix less the last, and its products with the columns
	afresh := func() {
		clear(miss)
		for j, w := range x {
			if w != 0 {
				for i, v := range columns[j] {
					miss[i] += w * v
				}
			}
		}
		for j, c := range columns {
			with[j] = 0
			for i, v := range c {
				with[j] += v * miss[i]
			}
		}
	}
	afresh()
	last := math.Inf(1)
	for round := range rounds {
		best, slope, own := 0, math.Inf(1), 0.0
		for j, w := range x {
			at := ridge*w + with[j]
			own += at * w
			if at < slope {
				best, slope = j, at
			}
		}
		along, bend := slope-own, 0.0
		for i, m := range miss {
			d := columns[best][i] - m
			bend += d * d
		}
		for j, w := range x {
			d := -w
			if j == best {
				d++
			}
			bend += ridge * d * d
		}
		if bend == 0 {
			break
		}
		step := min(1, max(0, -along/bend))
		value := 0.0
		for j := range x {
			x[j] -= step * x[j]
			with[j] += step * (products[best][j] - with[j])
		}
		x[best] += step
		if round%1000 == 999 {
			afresh() // what is added up step by step drifts
		} else {
			for i := range miss {
				miss[i] += step * (columns[best][i] - miss[i])
			}
		}
		for _, w := range x {
			value += zeta * zeta * w * w
		}
		for _, m := range miss {
			value += m * m / float64(n)
		}
		if round >= 1 && last-value <= least*least {
			break
		}
		last = value
	}
	return x
}

// lessTheLast are the columns but the last, each less the last: weights that add up to
// one mix these as they mix the columns themselves, and how high all lie costs no digits.
// With level each is about its own mean.
func lessTheLast(rows [][]float64, level bool) [][]float64 {
	n, k := len(rows), len(rows[0])-1
	columns := make([][]float64, k)
	for j := range columns {
		columns[j] = make([]float64, n)
		m := 0.0
		for i := range rows {
			columns[j][i] = rows[i][j] - rows[i][k]
			m += columns[j][i] / float64(n)
		}
		if level {
			for i := range columns[j] {
				columns[j][i] -= m
			}
		}
	}
	return columns
}
