package archive

import (
	"fmt"

	"commonweal/belenios"
)

// boundIn says whether the election asks for partial decryptions that are bound to the
// tally: see [belenios.PartialDecryption.Bound]. The protocol's other programs verify
// them, but do not make them.
func boundIn(e *belenios.Election) (bool, error) {
	const bound = "bound"
	text, err := ownText(e, "decryptions")
	if err == nil && text != "" && text != bound {
		err = fmt.Errorf("election: decryptions %q is not known; it is %s, or left out", text, bound)
	}
	return text == bound, err
}

// binds refuses a partial decryption that lacks a proof which the election asks for.
func (c *contents) binds(d *belenios.PartialDecryption) error {
	if c.bound && !d.Bound() {
		return fmt.Errorf("it has no binding proof, and this election asks for one: make it with commonweal election decrypt")
	}
	return nil
}

// unbound is what cannot be said of partial decryptions without that proof.
func (s *State) unbound() []string {
	var out []string
	for _, p := range s.partial {
		if !p.Decryption.Bound() {
			out = append(out, fmt.Sprintf("that trustee %d did not make up the result together with whoever cast the last ballot or shuffled last: "+
				"the decryption has no binding proof, and the protocol's own proof does not show it", p.Owner))
		}
	}
	return out
}
