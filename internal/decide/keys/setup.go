package keys

import (
	"time"

	"commonweal/belenios/group"
	"commonweal/internal/base/fault"
	"commonweal/law"
)

// Setup is one key ceremony.
type Setup struct {
	ID, Poll  string
	Group     string
	Threshold int
	// Rehearsal says that the key is thrown away: the poll is told nothing.
	Rehearsal bool
	Begun     time.Time
	// Done is when the last message made the key, whose trustees have the hash Hash.
	Done time.Time
	Hash string
	// GivenUp is when it was given up, before the key was made or after, and why.
	GivenUp time.Time
	Reason  string
	// Holders are in order of number.
	Holders []Holder

	trustees int // how many it was begun for
}

// Holder is a keyholder in a setup.
type Holder struct {
	Number int // from 1; the owner of what they add to the archive of a contest
	Person string
	Sent   map[Step]time.Time
	// Destroyed is the day on which it was said that their part is destroyed, and SaidBy
	// the person who said it: themselves, or the returning officer of one who is gone.
	Destroyed                  law.Date
	SaidBy, Witness, Statement string
}

// State is what has become of a setup.
type State string

// The states.
const (
	UnderWay State = "under way"
	Made     State = "made"
	GivenUp  State = "given up" // before the key was made
	Lost     State = "lost"     // given up after it was made
)

// State is what has become of the setup.
func (s Setup) State() State {
	switch {
	case s.GivenUp.IsZero() && s.Done.IsZero():
		return UnderWay
	case s.GivenUp.IsZero():
		return Made
	case s.Done.IsZero():
		return GivenUp
	}
	return Lost
}

// Step is the message that is due: the first that somebody still has to send, Check
// once the key is made, and none when the setup is given up.
func (s Setup) Step() Step {
	if !s.GivenUp.IsZero() {
		return NoStep
	}
	for _, step := range steps {
		if s.sent(step) < len(s.Holders) {
			return step
		}
	}
	return Check
}

// sent is how many have sent a message.
func (s Setup) sent(step Step) (n int) {
	for _, h := range s.Holders {
		if !h.Sent[step].IsZero() {
			n++
		}
	}
	return n
}

// Waiting are those who have not sent the message that is due. Nobody has to wait for a
// check.
func (s Setup) Waiting() []Holder {
	var out []Holder
	for _, h := range s.Holders {
		if step := s.Step(); step != NoStep && h.Sent[step].IsZero() {
			out = append(out, h)
		}
	}
	return out
}

// Due is the message that a person has to send now, if they are a keyholder in the setup:
// none while others have to. Check is asked for once.
func (s Setup) Due(person string) Step {
	h, err := s.Holder(person)
	if step := s.Step(); err == nil && step != NoStep && h.Sent[step].IsZero() && h.Destroyed.IsZero() {
		return step
	}
	return NoStep
}

// Opens reports whether enough keyholders have checked their parts to open votes
// together.
func (s Setup) Opens() bool { return s.sent(Check) >= s.Threshold }

// Destroyed are those who have destroyed their part, and Keeping those who have not.
func (s Setup) Destroyed() []Holder {
	return s.only(func(h Holder) bool { return !h.Destroyed.IsZero() })
}

// Keeping are those who have not destroyed their part.
func (s Setup) Keeping() []Holder { return s.only(func(h Holder) bool { return h.Destroyed.IsZero() }) }

func (s Setup) only(which func(Holder) bool) []Holder {
	var out []Holder
	for _, h := range s.Holders {
		if which(h) {
			out = append(out, h)
		}
	}
	return out
}

// Holder is a person in the setup, or Forbidden.
func (s Setup) Holder(person string) (Holder, error) {
	for _, h := range s.Holders {
		if h.Person == person {
			return h, nil
		}
	}
	return Holder{}, fault.Errorf(fault.Forbidden, "person %s is not a keyholder in setup %s", person, s.ID)
}

// Words are those of the fingerprint of the finished key; see [Words].
func (s Setup) Words() []string { return wordsOf(s.Hash) }

func (s Setup) group() (group.Group, error) {
	g, ok := group.ByName(s.Group)
	if !ok {
		return nil, fault.Errorf(fault.Invalid, "setup %s: there is no group %q", s.ID, s.Group)
	}
	return g, nil
}
