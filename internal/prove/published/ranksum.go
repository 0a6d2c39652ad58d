package published

import "sort"

// Separation says how far two groups of organisations lie apart on one measure.
type Separation struct {
	// P is how often dealing the same figures out by chance would put the two
	// groups at least as far apart as they are: the exact two-sided rank-sum test
	// (Wilcoxon 1945), ties sharing their mean rank.
	P float64
	// Upper reports whether the first group's figures tend to be the larger.
	Upper bool
}

// Apart compares two groups by the ranks of their figures, as printed: figures
// that a reader cannot tell apart are the same here too. It reports false where
// a group has fewer than three, for which nothing could be shown either way,
// and for more than a hundred in all.
func Apart(m Measure, first, second []Figure) (Separation, bool) {
	n, total := len(first), len(first)+len(second)
	if n < 3 || total-n < 3 || total > 100 {
		return Separation{}, false
	}
	ranks := doubledRanks(m, first, second)
	sum, all := 0, 0
	for i, r := range ranks {
		all += r
		if i < n {
			sum += r
		}
	}
	mean := 2 * n * (total + 1) // twice the mean of sum, which may end in a half
	far := func(s int) int { return max(2*s-mean, mean-2*s) }
	ways := subsetSums(ranks, n, all)
	var extreme, every float64
	for s, w := range ways {
		every += w
		if far(s) >= far(sum) {
			extreme += w
		}
	}
	return Separation{P: extreme / every, Upper: 2*sum > mean}, true
}

// doubledRanks ranks all figures from the smallest; ties get twice their mean
// rank, which is whole. The first group's come first.
func doubledRanks(m Measure, first, second []Figure) []int {
	values := make([]float64, 0, len(first)+len(second))
	for _, group := range [][]Figure{first, second} {
		for _, f := range group {
			values = append(values, printed(m.Format(f.Value, 0)))
		}
	}
	sorted := append([]float64(nil), values...)
	sort.Float64s(sorted)
	ranks := make([]int, len(values))
	for i, v := range values {
		from := sort.SearchFloat64s(sorted, v)
		to := from
		for to < len(sorted) && sorted[to] == v {
			to++
		}
		ranks[i] = from + 1 + to
	}
	return ranks
}

// subsetSums counts, for each sum, the ways to choose n of the ranks that add
// up to it. Counts are exact up to 2^53 and rounded beyond, which moves no
// share by more than a millionth of a millionth.
func subsetSums(ranks []int, n, all int) []float64 {
	ways := make([][]float64, n+1)
	for k := range ways {
		ways[k] = make([]float64, all+1)
	}
	ways[0][0] = 1
	for _, r := range ranks {
		for k := n; k > 0; k-- {
			for s := all; s >= r; s-- {
				ways[k][s] += ways[k-1][s-r]
			}
		}
	}
	return ways[n]
}
