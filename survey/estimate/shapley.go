package estimate

import (
	"math"
	"math/bits"
	"slices"
)

// columnError is a column that cannot be used.
type columnError struct {
	column int
	what   string
}

func (e *columnError) Error() string { return e.what }

const (
	constant  = "has one answer only"
	collinear = "follows from the questions before it"
)

// correlations of columns, by exact sums.
func correlations(rows [][]float64, columns int) ([][]float64, error) {
	n := len(rows)
	means := make([]float64, columns)
	for j := range means {
		means[j] = sumOf(n, func(i int) float64 { return rows[i][j] }) / float64(n)
	}
	return scaled(columns, func(a, b int) float64 {
		return sumOf(n, func(i int) float64 { return float64((rows[i][a] - means[a]) * (rows[i][b] - means[b])) })
	})
}

// quickCorrelations are for resamples, which come in one order anyway.
func quickCorrelations(rows [][]float64, columns int) ([][]float64, error) {
	n := float64(len(rows))
	means, centred := make([]float64, columns), make([]float64, columns)
	for _, row := range rows {
		for j, v := range row {
			means[j] += v / n
		}
	}
	products := make([]float64, columns*columns)
	for _, row := range rows {
		for j, v := range row {
			centred[j] = v - means[j]
		}
		for a, x := range centred {
			line := products[a*columns : a*columns+a+1]
			for b := range line {
				line[b] += float64(x * centred[b])
			}
		}
	}
	return scaled(columns, func(a, b int) float64 { return products[max(a, b)*columns+min(a, b)] })
}

func scaled(columns int, product func(a, b int) float64) ([][]float64, error) {
	c := make([][]float64, columns)
	size := make([]float64, columns)
	for a := range c {
		c[a] = make([]float64, columns)
		size[a] = math.Sqrt(product(a, a))
		if size[a] < 1e-10 {
			return nil, &columnError{a, constant}
		}
		for b := range a {
			c[a][b] = product(a, b) / size[a] / size[b]
			c[b][a] = c[a][b]
		}
		c[a][a] = 1
	}
	return c, nil
}

// shapley shares out the R2 of the last column on the first p.
//
// The sets of questions form a tree, each grown from one without its last
// question by sweeping that question out of those after it. What is left to
// sweep shrinks as the tree widens, so that all 2^p sets together cost a few
// times 2^p products.
func shapley(c [][]float64, p int) (shares []float64, all float64, err error) {
	explained := make([]float64, 1<<p)
	// One triangle for each depth: what is left of the questions after the
	// last one swept, and of the outcome, which is column p.
	room := make([][][]float64, p+1)
	for d := range room {
		room[d] = make([][]float64, p+1)
		for a := range room[d] {
			room[d][a] = make([]float64, p+1)
		}
	}
	for a := range p + 1 {
		copy(room[0][a], c[a][:p+1])
	}
	var grow func(set uint, depth, from int) error
	grow = func(set uint, depth, from int) error {
		left, next := room[depth], room[depth+1]
		for j := from; j < p; j++ {
			pivot := left[j][j]
			if pivot < 1e-9 {
				return &columnError{j, collinear}
			}
			with := set | 1<<j
			for a := j + 1; a <= p; a++ {
				factor := left[j][a] / pivot
				for b := a; b <= p; b++ {
					next[a][b] = left[a][b] - float64(factor*left[j][b])
				}
			}
			explained[with] = 1 - next[p][p]
			if j+1 < p {
				if err := grow(with, depth+1, j+1); err != nil {
					return err
				}
			}
		}
		return nil
	}
	if err := grow(0, 0, 0); err != nil {
		return nil, 0, err
	}
	all = explained[len(explained)-1]
	return shared(explained, p), all, nil
}

// shared gives each question what it adds to the sets without it, weighted by
// the orders in which it comes to just that set. With w of a set's size, that
// is the sum over sets with it of (w before it came + w after) times what the
// set explains, less the sum over all sets of w times what each explains. The
// sums over sets with one question are taken for the last question first, half
// of the list, and the halves then laid on one another.
func shared(explained []float64, p int) []float64 {
	w := orders(p)
	less, both := 0.0, make([]float64, len(explained))
	for set, v := range explained {
		k := bits.OnesCount(uint(set))
		less += float64(w[k] * v)
		if k > 0 {
			both[set] = (w[k-1] + w[k]) * v
		}
	}
	shares := make([]float64, p)
	for i := p - 1; i >= 0; i-- {
		low, high := both[:1<<i], both[1<<i:1<<(i+1)]
		sum := 0.0
		for k, v := range high {
			sum += v
			low[k] += v
		}
		shares[i] = sum - less
	}
	return shares
}

// orders gives, for a set of each size, in which part of all orders of p
// questions just that set comes before a given question outside it; nought for
// the set of all.
func orders(p int) []float64 {
	w := make([]float64, p+1)
	w[0] = 1 / float64(p)
	for k := 1; k < p; k++ {
		w[k] = w[k-1] * float64(k) / float64(p-k)
	}
	return w
}

// rank is 1 for the largest share; equal shares keep the questions' order.
func rank(shares []float64) []int {
	order := make([]int, len(shares))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if shares[a] > shares[b] {
			return -1
		}
		if shares[a] < shares[b] {
			return 1
		}
		return 0
	})
	ranks := make([]int, len(shares))
	for k, i := range order {
		ranks[i] = k + 1
	}
	return ranks
}

// interval is the percentile interval of what resamples gave.
func interval(values []float64, level float64) (low, high float64) {
	sorted := slices.Sorted(slices.Values(values))
	return quantile(sorted, 0.5-level/2), quantile(sorted, 0.5+level/2)
}

// quantile of sorted values, straight between two neighbours.
func quantile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	k := int(math.Floor(at))
	if k+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[k] + (at-float64(k))*(sorted[k+1]-sorted[k])
}
