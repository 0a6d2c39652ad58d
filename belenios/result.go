package belenios

import (
	"bytes"
	"fmt"

	"commonweal/belenios/group"
)

// Result is what the election says: for a homomorphic question the count of each
// choice, for a non-homomorphic one every answer; §4.19 p. 22. It keeps the bytes that
// it was read from.
type Result struct {
	counts  [][]int64 // nil where the question is non-homomorphic
	vectors [][][]int // nil where it is homomorphic
	raw     []byte
}

// NewResult combines partial decryptions, which must have been verified, and decodes.
// Of each Pedersen item the first decryptions are used, as many as its threshold.
func NewResult(e *Election, trustees *Trustees, t *EncryptedTally, all []OwnedDecryption, totalWeight int64) (*Result, error) {
	if totalWeight < 0 || totalWeight > MaxTotalWeight {
		return nil, fmt.Errorf("result: total weight %d is not from 0 to %d", totalWeight, int64(MaxTotalWeight))
	}
	parts, err := trustees.parts(all)
	if err != nil {
		return nil, fmt.Errorf("result: %w", err)
	}
	for _, p := range parts {
		if !p.decryption.shaped(t) {
			return nil, fmt.Errorf("result: the partial decryption of trustee %d is of another tally", p.owner)
		}
	}
	g := e.Group()
	logs := newLogarithms(g, totalWeight)
	r := &Result{}
	for i, q := range e.Questions() {
		list := t.lists[i]
		counts, vectors := make([]int64, len(list)), make([][]int, len(list))
		err := parallel(len(list), func(j int) error {
			open := g.Mul(list[j].Beta, g.Inv(factor(g, parts, i, j)))
			if q.Kind == NonHomomorphic {
				vectors[j], _ = g.Decode(open, len(q.Answers))
				return nil
			}
			var err error
			if counts[j], err = logs.of(open); err != nil {
				return fmt.Errorf("result: question %d: choice %d: %w", i+1, j+1, err)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if q.Kind == NonHomomorphic {
			counts = nil
		} else {
			vectors = nil
		}
		r.counts, r.vectors = append(r.counts, counts), append(r.vectors, vectors)
	}
	r.raw = r.append(nil)
	return r, nil
}

// part is a partial decryption with the power that it is raised to.
type part struct {
	owner       int
	decryption  *PartialDecryption
	coefficient *group.Scalar // of Lagrange; nil for 1
}

func (d *PartialDecryption) shaped(t *EncryptedTally) bool {
	if len(d.factors) != len(t.lists) {
		return false
	}
	for i, list := range t.lists {
		if len(d.factors[i]) != len(list) {
			return false
		}
	}
	return true
}

// parts picks who takes part.
func (t *Trustees) parts(all []OwnedDecryption) ([]part, error) {
	seen := map[int]bool{}
	for _, o := range all {
		if seen[o.Owner] {
			return nil, fmt.Errorf("a second partial decryption of trustee %d", o.Owner)
		}
		seen[o.Owner] = true
	}
	var parts []part
	first := 1 // owner of the item's first key
	for i, item := range t.items {
		n := len(item.keys())
		var present []OwnedDecryption
		for _, o := range all {
			if first <= o.Owner && o.Owner < first+n && len(present) < item.needed() {
				present = append(present, o)
			}
		}
		if len(present) < item.needed() {
			return nil, fmt.Errorf("trustees: item %d: %d partial decryptions, %d are needed", i+1, len(present), item.needed())
		}
		var members []int
		for _, o := range present {
			members = append(members, o.Owner-first+1)
		}
		for k, o := range present {
			p := part{owner: o.Owner, decryption: o.Decryption}
			if len(members) > 1 {
				c, err := lagrange(t.group, members, k)
				if err != nil {
					return nil, err
				}
				p.coefficient = &c
			}
			parts = append(parts, p)
		}
		first += n
	}
	return parts, nil
}

// lagrange is λ of the k-th of the members; §4.19 p. 23.
func lagrange(g group.Group, members []int, k int) (group.Scalar, error) {
	over, under := g.ScalarInt(1), g.ScalarInt(1)
	for i, m := range members {
		if i != k {
			over = over.Mul(g.ScalarInt(int64(m)))
			under = under.Mul(g.ScalarInt(int64(m - members[k])))
		}
	}
	inverse, ok := under.Inverse()
	if !ok {
		return group.Scalar{}, fmt.Errorf("no coefficient for member %d", members[k])
	}
	return over.Mul(inverse), nil
}

// factor is F of one ciphertext: the product of what each trustees item gives.
func factor(g group.Group, parts []part, i, j int) group.Element {
	product := g.Identity()
	var powers []group.Term
	for _, p := range parts {
		f := p.decryption.factors[i][j]
		if p.coefficient == nil {
			product = g.Mul(product, f)
		} else {
			powers = append(powers, term(f, *p.coefficient))
		}
	}
	if len(powers) == 0 {
		return product
	}
	return g.Mul(product, g.Product(powers...))
}

// ParseResult reads a result of the shape that the questions ask.
func ParseResult(e *Election, b []byte) (*Result, error) {
	out := &Result{raw: bytes.Clone(b)}
	r := newReader("result", b, maxLarge)
	r.lit(`{"result":[`)
	for i, q := range e.Questions() {
		if i > 0 {
			r.lit(",")
		}
		var counts []int64
		var vectors [][]int
		if q.Kind == NonHomomorphic {
			vectors = list(r, "answers", maxCredentials, func() []int {
				return exactly(r, "answer", len(q.Answers), func() int { return int(r.small("number", maxEncoded)) })
			})
		} else {
			counts = exactly(r, "counts", q.Ciphertexts(), func() int64 { return r.count("count") })
		}
		out.counts, out.vectors = append(out.counts, counts), append(out.vectors, vectors)
	}
	r.lit(`]}`)
	if err := r.end(); err != nil {
		return nil, err
	}
	return out, nil
}

// maxEncoded is the greatest number in a non-homomorphic answer: 8 bits; §5.2 p. 25.
const maxEncoded = 255

func (r *Result) append(b []byte) []byte {
	b = append(b, `{"result":[`...)
	for i := range r.counts {
		if i > 0 {
			b = append(b, ',')
		}
		if r.counts[i] != nil {
			b = appendList(b, r.counts[i], appendCount)
			continue
		}
		b = appendList(b, r.vectors[i], func(b []byte, v []int) []byte {
			return appendList(b, v, func(b []byte, n int) []byte { return appendCount(b, int64(n)) })
		})
	}
	return append(b, `]}`...)
}

// Bytes is the text. It must not be changed.
func (r *Result) Bytes() []byte { return r.raw }

// Hash is the hash by which the Result event refers to it.
func (r *Result) Hash() Hash { return HashOf(r.raw) }

// Counts are the counts of the i-th question from 0, in the order of its choices, blank
// votes first where they are admitted; nil where the question is non-homomorphic.
func (r *Result) Counts(i int) []int64 { return r.counts[i] }

// Vectors are the answers to the i-th question in no order that means anything; nil
// where the question is homomorphic.
func (r *Result) Vectors(i int) [][]int { return r.vectors[i] }
