package belenios

import (
	"fmt"

	"commonweal/belenios/group"
)

// member checks that an element is in the subgroup of order q. An element outside it
// makes proofs mean something else, so every element of every object is asked.
func member(g group.Group, e group.Element, where string, args ...any) error {
	if !g.Member(e) {
		return fmt.Errorf("%s: not a member of the group %s", fmt.Sprintf(where, args...), g.Name())
	}
	return nil
}

// key checks that an element can be a public key: a member other than the identity.
func key(g group.Group, e group.Element, where string, args ...any) error {
	if g.Equal(e, g.Identity()) {
		return fmt.Errorf("%s: the identity is nobody's key", fmt.Sprintf(where, args...))
	}
	return member(g, e, where, args...)
}
