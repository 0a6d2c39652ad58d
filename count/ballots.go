package count

import (
	"fmt"
	"slices"
	"strings"
)

// The bounds of an election. That of papers keeps every sum of the arithmetic
// inside 63 bits, see fixed.go; that of candidates keeps a transcript, which has
// their votes at every stage, of a size that can be printed.
const (
	MaxCandidates = 1000
	MaxPapers     = 1_000_000_000
)

// Candidate is one name on the paper. Candidates have numbers from 1, their
// place in the list.
type Candidate struct {
	Name string
	// Withdrawn candidates are passed over on every paper.
	Withdrawn bool
}

// Rank is one place of a ranking: the candidates given it. One is usual, two or
// more are equal, none is a place that the voter left out.
type Rank []int

// Ballots are the papers of one election. The zero value has no candidates; make
// one with [NewBallots] or [ReadBLT].
//
// Papers with the same ranking may stand together, with their number. Their
// order has no meaning: no result depends on it.
type Ballots struct {
	Title string
	// Remarks are further texts that the file held after the title.
	Remarks    []string
	Seats      int
	Candidates []Candidate
	// Order is the order of lot that the file gives, or nil: where a rule wants
	// a lot, it falls on the candidate who comes first in it.
	Order []int

	// The rankings lie one behind the other in prefs, each closed by end. A
	// candidate with the equal bit shares the place with the next one.
	prefs  []uint16
	start  []uint32 // where each ranking begins in prefs
	papers []uint32 // how many papers bear it
	blank  int64    // papers without any preference
	total  int64    // all papers, blank ones among them
}

const (
	end   = uint16(0)
	gap   = uint16(0x7fff) // a place left out
	equal = uint16(0x8000)
)

// NewBallots returns an election without papers.
func NewBallots(seats int, names ...string) (*Ballots, error) {
	if len(names) == 0 || len(names) > MaxCandidates {
		return nil, fmt.Errorf("%d candidates: an election has between 1 and %d", len(names), MaxCandidates)
	}
	if seats < 1 {
		return nil, fmt.Errorf("%d seats: an election has at least one", seats)
	}
	b := &Ballots{Seats: seats, Candidates: make([]Candidate, len(names))}
	for i, name := range names {
		b.Candidates[i].Name = name
	}
	return b, nil
}

// Add adds papers that all bear one ranking. A ranking without any candidate is
// a blank paper.
func (b *Ballots) Add(papers int, ranking ...Rank) error {
	if papers < 1 || int64(papers) > MaxPapers-b.total {
		return fmt.Errorf("%d papers added to %d: a count takes between 1 and %d", papers, b.total, MaxPapers)
	}
	at := len(b.prefs)
	seen := map[int]bool{}
	for _, rank := range ranking {
		for _, c := range rank {
			if c < 1 || c > len(b.Candidates) {
				b.prefs = b.prefs[:at]
				return fmt.Errorf("candidate %d: there are candidates 1 to %d", c, len(b.Candidates))
			}
			if seen[c] {
				b.prefs = b.prefs[:at]
				return fmt.Errorf("candidate %d stands twice in a ranking", c)
			}
			seen[c] = true
		}
		b.prefs = appendRank(b.prefs, rank)
	}
	b.close(at, uint32(papers))
	return nil
}

// AddOrder adds papers that rank candidates one after the other.
func (b *Ballots) AddOrder(papers int, candidates ...int) error {
	ranking := make([]Rank, len(candidates))
	for i, c := range candidates {
		ranking[i] = Rank{c}
	}
	return b.Add(papers, ranking...)
}

// appendRank writes one place; equals are sorted, so that 2=3 and 3=2 are one.
func appendRank(prefs []uint16, rank Rank) []uint16 {
	if len(rank) == 0 {
		return append(prefs, gap)
	}
	sorted := slices.Sorted(slices.Values(rank))
	for i, c := range sorted {
		v := uint16(c)
		if i < len(sorted)-1 {
			v |= equal
		}
		prefs = append(prefs, v)
	}
	return prefs
}

// close ends the ranking that begins at the given place of prefs.
func (b *Ballots) close(at int, papers uint32) {
	for len(b.prefs) > at && b.prefs[len(b.prefs)-1] == gap {
		b.prefs = b.prefs[:len(b.prefs)-1]
	}
	b.total += int64(papers)
	if len(b.prefs) == at {
		b.blank += int64(papers)
		return
	}
	b.prefs = append(b.prefs, end)
	b.start = append(b.start, uint32(at))
	b.papers = append(b.papers, papers)
}

// Papers is the number of all papers, blank ones among them.
func (b *Ballots) Papers() int64 { return b.total }

// Rankings is the number of stored rankings, each borne by one or more papers.
func (b *Ballots) Rankings() int { return len(b.start) }

// Ranking returns one stored ranking and how many papers bear it.
func (b *Ballots) Ranking(i int) (papers int, ranking []Rank) {
	var rank Rank
	for _, v := range b.raw(i) {
		if v == gap {
			ranking = append(ranking, Rank{})
			continue
		}
		rank = append(rank, int(v&^equal))
		if v&equal == 0 {
			ranking, rank = append(ranking, rank), nil
		}
	}
	return int(b.papers[i]), ranking
}

// raw is a ranking as it is stored, without its end.
func (b *Ballots) raw(i int) []uint16 {
	from := b.start[i]
	to := from
	for b.prefs[to] != end {
		to++
	}
	return b.prefs[from:to]
}

// Name is a candidate's name, or the number where there is none.
func (b *Ballots) Name(number int) string {
	if name := b.Candidates[number-1].Name; strings.TrimSpace(name) != "" {
		return name
	}
	return fmt.Sprintf("Candidate %d", number)
}

// Merged returns the same papers with equal rankings joined and in one order
// that depends on the rankings only: two elections with the same papers, in
// whatever order, have the same merged form.
func (b *Ballots) Merged() *Ballots {
	order := make([]int, len(b.start))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(x, y int) int { return slices.Compare(b.raw(x), b.raw(y)) })
	out := *b
	out.prefs, out.start, out.papers = nil, nil, nil
	for i, k := range order {
		raw := b.raw(k)
		if i > 0 && slices.Equal(raw, b.raw(order[i-1])) {
			out.papers[len(out.papers)-1] += b.papers[k]
			continue
		}
		out.start = append(out.start, uint32(len(out.prefs)))
		out.prefs = append(append(out.prefs, raw...), end)
		out.papers = append(out.papers, b.papers[k])
	}
	return &out
}
