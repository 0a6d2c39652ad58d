package archive

import (
	"fmt"

	"commonweal/belenios"
)

// limits are what nobody can check from an archive, in words for this election.
func (s *State) limits() []string {
	out := []string{
		fmt.Sprintf("that the %s are those of the eligible voters: compare their fingerprint with the registrar's, and their number with the roll",
			count(s.credentials.Len(), "public credential", "public credentials")),
		"that a voter's device encrypted what the voter chose, and that nobody looked on or paid",
		"that every ballot that was cast is here: voters look for their trackers; whoever keeps heads sees what is taken out later (--checkpoint)",
		"that everybody is shown this same archive: compare heads",
		"when anything happened: the archive has one time in it, written by whoever began it",
		"that trustees did not decrypt single ballots among themselves: " + s.secrecy(),
	}
	out = append(out, s.unbound()...)
	if s.revotes() > 0 {
		out = append(out, "that the ballots stand in the order in which they were cast, which decides which of a voter's ballots counts: kept heads show a change of it")
	}
	if s.election.Ranked() {
		out = append(out, fmt.Sprintf("who made the shuffles, which nobody signs, and that at least one of the %d kept the order secret", len(s.shuffles)))
	}
	return out
}

// secrecy says who together could read ballots.
func (s *State) secrecy() string {
	text := ""
	for i, item := range s.trustees.Items() {
		if i > 0 {
			text += " and "
		}
		if p, ok := item.(belenios.Pedersen); ok {
			text += fmt.Sprintf("%d of the %d who share a key", p.Threshold, len(p.Keys))
		} else {
			text += fmt.Sprintf("trustee %d", s.firstOwner(i))
		}
	}
	return text + " together could"
}

// firstOwner is the number of the first trustee of an item.
func (s *State) firstOwner(item int) int {
	owner := 1
	for _, i := range s.trustees.Items()[:item] {
		owner += members(i)
	}
	return owner
}

// members is how many trustees an item has.
func members(i belenios.Item) int {
	if p, ok := i.(belenios.Pedersen); ok {
		return len(p.Keys)
	}
	return 1
}

// revotes is how many ballots a later one replaced.
func (s *State) revotes() int { return len(s.ballots) - len(s.latest) }
