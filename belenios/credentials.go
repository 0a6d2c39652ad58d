package belenios

import (
	"fmt"
	"strconv"
	"strings"

	"commonweal/belenios/group"
)

// PublicCredential is one entry of the list of those who may vote.
type PublicCredential struct {
	Key    group.Element
	Weight int64 // how many votes a ballot counts for
}

// Credentials is the published list L of public credentials; §4.8 p. 13. It says who
// may vote without saying who they are.
type Credentials struct {
	group  group.Group
	list   []PublicCredential
	at     map[string]int // by text of the key
	total  int64
	raw    []byte
	weight bool // some entry weighs more than 1
}

const (
	maxCredentials = 1 << 24
	// MaxTotalWeight bounds the sum of weights, so that a count can be found as a
	// discrete logarithm.
	MaxTotalWeight = 1 << 40
	maxLarge       = 1 << 30 // bytes of an object that grows with the number of voters
)

// NewCredentials writes the list in the order given; the registrar shuffles it first. A
// weight of 1 is left out.
func NewCredentials(g group.Group, list []PublicCredential) (*Credentials, error) {
	b := appendList(nil, list, func(b []byte, c PublicCredential) []byte {
		text := c.Key.String()
		if c.Weight != 1 {
			text += "," + strconv.FormatInt(c.Weight, 10)
		}
		return appendString(b, text)
	})
	return ParseCredentials(g, b)
}

// ParseCredentials reads the list and refuses a key that stands twice.
func ParseCredentials(g group.Group, b []byte) (*Credentials, error) {
	const what = "credentials"
	c := &Credentials{group: g, at: map[string]int{}, raw: append([]byte{}, b...)}
	r := newReader(what, b, maxLarge)
	c.list = list(r, what, maxCredentials, func() PublicCredential { return r.credential(c) })
	if err := r.end(); err != nil {
		return nil, err
	}
	return c, nil
}

func (r *reader) credential(c *Credentials) PublicCredential {
	text := r.plain("credential", maxNumber+20, func(b byte) bool { return isHexOrDigit(b) || b == ',' })
	if r.err != nil {
		return PublicCredential{}
	}
	name, weight, weighted := strings.Cut(text, ",")
	e, err := c.group.Parse(name)
	r.failed(err)
	if _, twice := c.at[name]; twice {
		r.fail("credential %s stands twice", excerpt(name))
	}
	c.at[name] = len(c.at)
	w := int64(1)
	if weighted {
		w, err = parseCount(weight)
		if err != nil || w < 1 || w > MaxTotalWeight {
			r.fail("weight %s is not a number from 1 to %d", excerpt(weight), int64(MaxTotalWeight))
		}
	}
	c.total += w
	c.weight = c.weight || w != 1
	if c.total > MaxTotalWeight {
		r.fail("weights sum to more than %d", int64(MaxTotalWeight))
		c.total = 0
	}
	return PublicCredential{e, w}
}

// Bytes is the text as it was read. It must not be changed.
func (c *Credentials) Bytes() []byte { return c.raw }

// Hash is the hash by which setup data refer to the list.
func (c *Credentials) Hash() Hash { return HashOf(c.raw) }

// Len is the number of voters.
func (c *Credentials) Len() int { return len(c.list) }

// At is the i-th entry, from 0.
func (c *Credentials) At(i int) PublicCredential { return c.list[i] }

// Find looks up a key.
func (c *Credentials) Find(key group.Element) (PublicCredential, bool) {
	i, ok := c.at[key.String()]
	if !ok {
		return PublicCredential{}, false
	}
	return c.list[i], true
}

// TotalWeight is the sum of all weights, the greatest count that any answer can reach.
func (c *Credentials) TotalWeight() int64 { return c.total }

// Check checks the list against the election: non-homomorphic questions admit no
// weight other than 1; §4.16 p. 21.
func (c *Credentials) Check(e *Election) error {
	if e.Group().Name() != c.group.Name() {
		return fmt.Errorf("credentials: read in the group %s, the election is in %s", c.group.Name(), e.Group().Name())
	}
	if c.weight && e.Ranked() {
		return fmt.Errorf("credentials: a weight other than 1 in an election with a non-homomorphic question")
	}
	return nil
}

// CheckMembership checks that every key is a member of the group and not the identity.
func (c *Credentials) CheckMembership() error {
	return parallel(len(c.list), func(i int) error {
		return key(c.group, c.list[i].Key, "credential %d", i+1)
	})
}
