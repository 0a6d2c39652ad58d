package pack

import (
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

// Peers say whom a measure is set beside.
type Peers string

// The kinds of peers. Besides them "group:" and the name of a benchmarking group of the
// NHS Staff Survey, as published.
const (
	Nobody        Peers = ""
	Parts         Peers = "parts"         // parts of one's own organisation
	Organisations Peers = "organisations" // all others of which there are figures
)

const groupMark = "group:"

// Group is the benchmarking group, where the peers are one.
func (p Peers) Group() (name string, ok bool) { return strings.CutPrefix(string(p), groupMark) }

// GroupOf makes peers of a benchmarking group.
func GroupOf(name string) Peers { return Peers(groupMark + name) }

// Measure is one measure of a pack.
type Measure struct {
	ID        string
	Position  int // from 1
	Indicator string
	Target    string   // as it was written; "" is none
	Rebase    law.Date // the limits begin anew here; none is nowhere
	Why       string   // of the rebase
	Peers     Peers
	Day       law.Date // since when it is in the pack
	Ended     law.Date // since when it is out of it
	EndReason string
}

// In reports whether the measure is in the pack today.
func (m Measure) In() bool { return m.Ended.IsZero() }

// Aim is the target as a number; nil is none.
func (m Measure) Aim() *float64 {
	v, err := strconv.ParseFloat(m.Target, 64)
	if err != nil {
		return nil
	}
	return &v
}

func (m Measure) check() error {
	switch {
	case m.Indicator == "":
		return fault.Fieldf("indicator", "no measure is named")
	case m.Target != "" && m.Aim() == nil:
		return fault.Fieldf("target", "the target %q is not a number", m.Target)
	case !m.Rebase.IsZero() && strings.TrimSpace(m.Why) == "":
		return fault.Fieldf("why", "say why the limits begin anew on %s: what changed in how the work is done", m.Rebase)
	case m.Rebase.IsZero() && m.Why != "":
		return fault.Fieldf("rebase", "a reason is given and no day on which the limits begin anew")
	case len(m.Why) > 500:
		return fault.Fieldf("why", "the reason is longer than 500 letters")
	}
	switch group, ok := m.Peers.Group(); {
	case ok && (group == "" || len(group) > 100):
		return fault.Fieldf("peers", "the group %q is not one of the survey's", group)
	case !ok && m.Peers != Nobody && m.Peers != Parts && m.Peers != Organisations:
		return fault.Fieldf("peers", "the peers %q are not known", m.Peers)
	}
	return nil
}

// Pack is the measures that a board looks at.
type Pack struct {
	ID, Org, Code, Title string
	Day                  law.Date
	Measures             []Measure // in order; those that left last
}

// Shown are the measures in the pack today.
func (p Pack) Shown() []Measure {
	var out []Measure
	for _, m := range p.Measures {
		if m.In() {
			out = append(out, m)
		}
	}
	return out
}

// Of finds a measure that is in the pack.
func (p Pack) Of(indicator string) (Measure, bool) {
	for _, m := range p.Shown() {
		if m.Indicator == indicator {
			return m, true
		}
	}
	return Measure{}, false
}
