package count

import (
	"bufio"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
)

// naiveElection is what one would write in an afternoon: a struct and a slice for
// each line of the file. It is the peer of the benchmarks; it knows clean files and
// elections without ties only.
type naiveElection struct {
	candidates, seats int
	papers            []*naivePaper
}

type naivePaper struct {
	count  int64
	order  []int
	at     int
	value  int64
	parcel int
}

func readNaive(path string) (*naiveElection, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return parseNaive(f)
}

func parseNaive(r io.Reader) (*naiveElection, error) {
	e := &naiveElection{}
	in := bufio.NewScanner(r)
	for in.Scan() {
		var list []int
		for _, word := range strings.Fields(in.Text()) {
			n, err := strconv.Atoi(word)
			if err != nil {
				return e, nil //nolint:nilerr // the names: the papers are over
			}
			list = append(list, n)
		}
		switch {
		case e.candidates == 0:
			e.candidates, e.seats = list[0], list[1]
		case len(list) == 1:
			return e, nil
		case len(list) > 2:
			e.papers = append(e.papers, &naivePaper{count: int64(list[0]), order: list[1 : len(list)-1]})
		}
	}
	return e, in.Err()
}

// naiveCount is the common part of the two counts.
type naiveCount struct {
	*naiveElection
	one, quota int64
	votes      []int64
	gone       []bool // elected or excluded
	held       [][]*naivePaper
	elected    []int
	spent      []bool
	parcel     int
}

func (e *naiveElection) first(one int64) *naiveCount {
	n := &naiveCount{naiveElection: e, one: one, votes: make([]int64, e.candidates+1), gone: make([]bool, e.candidates+1), held: make([][]*naivePaper, e.candidates+1), spent: make([]bool, e.candidates+1)}
	total := int64(0)
	for _, p := range e.papers {
		p.at, p.value, p.parcel = 0, one, 0
		c := p.order[0]
		n.held[c] = append(n.held[c], p)
		n.votes[c] += p.count * one
		total += p.count
	}
	n.quota = (total/int64(e.seats+1) + 1) * one
	return n
}

func (n *naiveCount) reach() {
	for len(n.elected) < n.seats {
		best := 0
		for c := 1; c <= n.candidates; c++ {
			if !n.gone[c] && n.votes[c] >= n.quota && (best == 0 || n.votes[c] > n.votes[best]) {
				best = c
			}
		}
		if best == 0 {
			return
		}
		n.gone[best] = true
		n.elected = append(n.elected, best)
	}
}

func (n *naiveCount) left() []int {
	var list []int
	for c := 1; c <= n.candidates; c++ {
		if !n.gone[c] {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(x, y int) int { return int(n.votes[x] - n.votes[y]) })
	return list
}

func (n *naiveCount) surpluses() (sum int64, largest int) {
	for _, c := range n.elected {
		if s := n.votes[c] - n.quota; s > 0 && !n.spent[c] {
			sum += s
			if largest == 0 || s > n.votes[largest]-n.quota {
				largest = c
			}
		}
	}
	return sum, largest
}

// give moves papers on, each at the value that the function gives.
func (n *naiveCount) give(papers []*naivePaper, value func(*naivePaper) int64) {
	n.parcel++
	for _, p := range papers {
		for p.at++; p.at < len(p.order) && n.gone[p.order[p.at]]; p.at++ {
		}
		if p.at == len(p.order) {
			continue
		}
		p.value, p.parcel = value(p), n.parcel
		c := p.order[p.at]
		n.held[c] = append(n.held[c], p)
		n.votes[c] += p.value * p.count
	}
}

func (e *naiveElection) nhs() []int {
	n := e.first(100)
	n.reach()
	for len(n.elected) < n.seats {
		list := n.left()
		if len(list) <= n.seats-len(n.elected) {
			return append(n.elected, list...)
		}
		sum, largest := n.surpluses()
		group, total := 0, sum
		for k := 1; k <= len(list)-(n.seats-len(n.elected)); k++ {
			total += n.votes[list[k-1]]
			if k < len(list) && total < n.votes[list[k]] {
				group = k
			}
		}
		if largest > 0 && group == 0 {
			n.nhsSurplus(largest)
			n.reach()
			continue
		}
		var papers []*naivePaper
		for _, c := range list[:max(1, group)] {
			n.gone[c] = true
			papers = append(papers, n.held[c]...)
		}
		slices.SortStableFunc(papers, func(x, y *naivePaper) int {
			if a, b := min(x.parcel, 1), min(y.parcel, 1); a != b {
				return a - b
			}
			return int(y.value - x.value)
		})
		for len(papers) > 0 && len(n.elected) < n.seats {
			k := 0
			for k < len(papers) && papers[k].value == papers[0].value && min(papers[k].parcel, 1) == min(papers[0].parcel, 1) {
				k++
			}
			n.give(papers[:k], func(p *naivePaper) int64 { return p.value })
			papers = papers[k:]
			n.reach()
		}
	}
	return n.elected
}

func (n *naiveCount) nhsSurplus(c int) {
	last := n.held[c][len(n.held[c])-1].parcel
	var papers []*naivePaper
	transferable := int64(0)
	for _, p := range n.held[c] {
		if p.parcel != last {
			continue
		}
		papers = append(papers, p)
		for at := p.at + 1; at < len(p.order); at++ {
			if !n.gone[p.order[at]] {
				transferable += p.count
				break
			}
		}
	}
	value := papers[0].value
	if transferable > 0 {
		value = min(value, (n.votes[c]-n.quota)/transferable)
	}
	n.give(papers, func(*naivePaper) int64 { return value })
	n.spent[c] = true
}

func (e *naiveElection) scottish() []int {
	n := e.first(100_000)
	for {
		n.reach()
		list := n.left()
		if len(list) <= n.seats-len(n.elected) || len(n.elected) == n.seats {
			return append(n.elected, list[:n.seats-len(n.elected)]...)
		}
		if _, c := n.surpluses(); c > 0 {
			surplus, votes := n.votes[c]-n.quota, n.votes[c]
			n.give(n.held[c], func(p *naivePaper) int64 { return surplus * p.value / votes })
			n.spent[c] = true
			continue
		}
		n.gone[list[0]] = true
		n.give(n.held[list[0]], func(p *naivePaper) int64 { return p.value })
	}
}

// meek goes over every paper in every iteration; ties fall by number.
func (e *naiveElection) meek() []int {
	votes, keep := make([]int64, e.candidates+1), make([]int64, e.candidates+1)
	elected, out := []int{}, make([]bool, e.candidates+1)
	for c := range keep {
		keep[c] = whole
	}
	for round := 0; ; round++ {
		hopefuls := 0
		for c := 1; c <= e.candidates; c++ {
			if !out[c] {
				hopefuls++
			}
		}
		if hopefuls <= e.seats-len(elected) || len(elected) == e.seats {
			return elected
		}
		surplus, last, quota := int64(0), int64(-1), int64(0)
		more := false
		for {
			clear(votes)
			for _, p := range e.papers {
				w := int64(whole)
				for _, c := range p.order {
					k := (w*keep[c] + whole - 1) / whole
					votes[c] += k * p.count
					if w -= k; w == 0 {
						break
					}
				}
			}
			sum := int64(0)
			for _, v := range votes {
				sum += v
			}
			quota = sum/int64(e.seats+1) + 1
			for c := 1; c <= e.candidates; c++ {
				if !out[c] && votes[c] >= quota {
					out[c], more = true, true
					elected = append(elected, c)
				}
			}
			surplus = 0
			for _, c := range elected {
				surplus += votes[c] - quota
			}
			if more || surplus < omega || last >= 0 && surplus >= last {
				break
			}
			last = surplus
			for _, c := range elected {
				keep[c] = muldivUp(muldivUp(keep[c], quota, whole), whole, votes[c])
			}
		}
		if more {
			continue
		}
		low := 0
		for c := 1; c <= e.candidates; c++ {
			if !out[c] && (low == 0 || votes[c] < votes[low]) {
				low = c
			}
		}
		out[low], keep[low] = true, 0
	}
}
