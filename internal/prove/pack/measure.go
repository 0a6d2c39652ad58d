package pack

import (
	"math"
	"regexp"
	"slices"
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
	Day       law.Date // since when it is in the pack, shown in this way
	Ended     law.Date // since when it is out of it, or is shown in another way
	EndReason string   // of either
	// Reason is why it is shown in another way than before. It is asked for by
	// [Service.Put] where something is changed, and kept as the EndReason of what was.
	Reason string
}

// In reports whether the measure is in the pack today.
func (m Measure) In() bool { return m.Ended.IsZero() }

// Aim is the target as a number; nil is none.
func (m Measure) Aim() *float64 {
	v, err := strconv.ParseFloat(m.Target, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

// targetForm is how a target is written: people read it as it stands, so that 1e5 and NaN,
// which a program would take for numbers, are none.
var targetForm = regexp.MustCompile(`^-?[0-9]{1,12}(\.[0-9]{1,6})?$`)

func (m Measure) check() error {
	switch {
	case m.Indicator == "":
		return fault.Fieldf("indicator", "no measure is named")
	case m.Target != "" && !targetForm.MatchString(m.Target):
		return fault.Fieldf("target", "the target %.20q is not a number: write digits alone, such as 4.5", m.Target)
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

// Begins reports an error about the field "rebase" where the figures of a measure have no
// period that begins on the day on which its limits are to begin anew: there would be no
// chart at all.
func (m Measure) Begins(f Facts) error {
	if m.Rebase.IsZero() {
		return nil
	}
	list := points(f.Definition, own(f))
	if len(list) == 0 {
		return fault.Fieldf("rebase", "there are no figures yet in which limits could begin anew")
	}
	before, after := list[0].Date, list[len(list)-1].Date
	for _, p := range list {
		switch {
		case p.Date == m.Rebase:
			return nil
		case p.Date.Before(m.Rebase):
			before = p.Date
		case p.Date.Before(after):
			after = p.Date
		}
	}
	if !before.Before(m.Rebase) || !after.After(m.Rebase) {
		return fault.Fieldf("rebase", "there are no figures of %s; they are from %s to %s", m.Rebase, list[0].Date, list[len(list)-1].Date)
	}
	return fault.Fieldf("rebase", "limits begin anew on the first day of a %s: %s, or %s", f.Definition.Every, before, after)
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

// Terms are in which ways the pack showed a measure before, the newest last.
func (p Pack) Terms(indicator string) []Measure {
	var out []Measure
	for _, m := range p.Measures {
		if m.Indicator == indicator && !m.In() {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, byTime)
	return out
}

// Left are the measures that left the pack, in the order of their leaving, also those that
// came back later. What is only shown in another way has not left.
func (p Pack) Left() []Measure {
	var out []Measure
	for _, m := range p.Measures {
		if m.In() || slices.ContainsFunc(p.Measures, func(next Measure) bool { return follows(m, next) }) {
			continue
		}
		out = append(out, m)
	}
	slices.SortFunc(out, byTime)
	return out
}

// byTime puts ways of showing measures in the order in which they began: ids rise with
// time.
func byTime(a, b Measure) int { return strings.Compare(a.ID, b.ID) }

// follows reports whether a way of showing a measure took the place of another without a
// day between: one that came back on the day it left was not gone.
func follows(was, now Measure) bool {
	return was.Indicator == now.Indicator && !was.Ended.IsZero() && was.Ended == now.Day && byTime(was, now) < 0
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
