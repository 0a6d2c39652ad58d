package belenios

import (
	"fmt"

	"commonweal/belenios/group"
)

const (
	// maxTrustees bounds the trustees of an election, members of Pedersen items included.
	maxTrustees      = 1000
	maxTrusteesBytes = 64 << 20
)

// Item is [Single] or [Pedersen]: one way in which a part of every decryption comes
// about; §4.7 p. 12.
type Item interface {
	subKey(g group.Group) group.Element
	keys() []*TrusteeKey
	needed() int
	append(b []byte) []byte
	Verify(g group.Group) error
}

// Single is a trustee without whom nothing can be decrypted.
type Single struct {
	Key *TrusteeKey
}

func (s Single) subKey(group.Group) group.Element { return s.Key.Key }
func (s Single) keys() []*TrusteeKey              { return []*TrusteeKey{s.Key} }
func (s Single) needed() int                      { return 1 }
func (s Single) append(b []byte) []byte {
	return append(s.Key.append(append(b, `["Single",`...)), ']')
}

// Verify checks the key.
func (s Single) Verify(g group.Group) error { return s.Key.Verify(g) }

// Trustees is the list of items that together hold the key of an election. It keeps
// the bytes that it was read from.
type Trustees struct {
	group group.Group
	items []Item
	raw   []byte
}

// NewTrustees writes the list.
func NewTrustees(g group.Group, items ...Item) (*Trustees, error) {
	return ParseTrustees(g, appendList(nil, items, func(b []byte, i Item) []byte { return i.append(b) }))
}

// ParseTrustees reads the list. [Trustees.Verify] says whether it is sound.
func ParseTrustees(g group.Group, b []byte) (*Trustees, error) {
	t := &Trustees{group: g, raw: append([]byte{}, b...)}
	r := newReader("trustees", b, maxTrusteesBytes)
	t.items = list(r, "trustees", maxTrustees, func() Item {
		var item Item
		if r.at(`["Single",`) {
			r.lit(`["Single",`)
			item = Single{r.trusteeKey(g)}
		} else {
			r.lit(`["Pedersen",`)
			item = r.pedersen(g)
		}
		r.lit(`]`)
		return item
	})
	if err := r.end(); err != nil {
		return nil, err
	}
	if n := t.Count(); n == 0 || n > maxTrustees {
		return nil, fmt.Errorf("trustees: %d trustees: from 1 to %d are possible", n, maxTrustees)
	}
	return t, nil
}

// Bytes is the text as it was read. It must not be changed.
func (t *Trustees) Bytes() []byte { return t.raw }

// Hash is the hash by which setup data refer to the trustees.
func (t *Trustees) Hash() Hash { return HashOf(t.raw) }

// Items are the items in order. They must not be changed.
func (t *Trustees) Items() []Item { return t.items }

// Count is the number of trustees, members of Pedersen items counted one by one.
func (t *Trustees) Count() int {
	n := 0
	for _, item := range t.items {
		n += len(item.keys())
	}
	return n
}

// Key is the public key of a trustee. Owners are numbered from 1 through all items.
func (t *Trustees) Key(owner int) (group.Element, bool) {
	n := owner - 1
	for _, item := range t.items {
		keys := item.keys()
		if 0 <= n && n < len(keys) {
			return keys[n].Key, true
		}
		n -= len(keys)
	}
	return nil, false
}

// PublicKey is the key of the election: the product of the items' keys; §3.1.1 p. 4.
func (t *Trustees) PublicKey() group.Element {
	product := t.group.Identity()
	for _, item := range t.items {
		product = t.group.Mul(product, item.subKey(t.group))
	}
	return product
}

// Verify checks every item (membership, proofs of knowledge, signatures, equations) and
// that no two items share a key. Within a Pedersen item the members' keys are what the
// polynomials give; with a threshold of 1 they are all the same.
func (t *Trustees) Verify() error {
	owner := 0
	seen := map[string]int{}
	for i, item := range t.items {
		if err := item.Verify(t.group); err != nil {
			return fmt.Errorf("trustees: item %d: %w", i+1, err)
		}
		for _, k := range item.keys() {
			owner++
			if first, twice := seen[k.Key.String()]; twice && first != i {
				return fmt.Errorf("trustees: trustee %d has a key of item %d", owner, first+1)
			}
			seen[k.Key.String()] = i
		}
	}
	return key(t.group, t.PublicKey(), "trustees: public key of the election")
}

// CheckElection checks that the election is in the trustees' group and under their key.
func (t *Trustees) CheckElection(e *Election) error {
	if e.Group().Name() != t.group.Name() {
		return fmt.Errorf("trustees: in the group %s, the election is in %s", t.group.Name(), e.Group().Name())
	}
	if !t.group.Equal(t.PublicKey(), e.PublicKey()) {
		return fmt.Errorf("trustees: their key is not the public key of the election")
	}
	return nil
}

// CheckMembership checks every element of the list. [Trustees.Verify] does so too.
func (t *Trustees) CheckMembership() error {
	for i, item := range t.items {
		for j, e := range elements(item) {
			if err := member(t.group, e, "trustees: item %d: element %d", i+1, j+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// elements are all elements of an item in the order of its text.
func elements(item Item) []group.Element {
	var all []group.Element
	if p, ok := item.(Pedersen); ok {
		for _, c := range p.Certs {
			all = append(all, c.Verification, c.Encryption)
		}
		for _, c := range p.Coefexps {
			all = append(all, c.Coefficients...)
		}
	}
	for _, k := range item.keys() {
		all = append(all, k.Key)
	}
	return all
}
