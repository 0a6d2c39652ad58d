package pack

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"commonweal/internal/base/world"
	"commonweal/internal/prove/indicator"
	"commonweal/law"
)

// Change is something that was changed in how a measure is defined, counted or shown.
// Every page lists all of them: figures can be flattered by changing what they mean, whom
// they are set beside, or what they were.
type Change struct {
	Day  law.Date
	What string
	Why  string // in the words of whoever changed it
}

// Correction is a file of figures that said something else than what was said before.
type Correction struct {
	Day     law.Date
	Figures int
	// Was and Now are the newest of them, as it was and as it stands; none where it stands
	// as it was.
	Was, Now indicator.Figure
	Why      string
}

// changes are all that was changed of a measure, the newest first.
func changes(m Measure, f Facts) []Change {
	var out []Change
	for i := len(f.Revisions) - 1; i > 0; i-- {
		was, now := f.Revisions[i-1], f.Revisions[i]
		out = append(out, Change{dayOf(now.Entered), revisionWords(was, now), now.Reason})
	}
	for _, c := range f.Corrections {
		out = append(out, Change{c.Day, correctionWords(f.Definition, c), c.Why})
	}
	terms := append(slices.Clone(f.Terms), m)
	for i := len(terms) - 1; i > 0; i-- {
		was, now := terms[i-1], terms[i]
		if !follows(was, now) {
			back := Change{now.Day, "It came back into the pack.", ""}
			if what := shownWords(f.Definition, was, now); what != "" {
				back.What += " " + what
			}
			out = append(out, back, Change{was.Ended, "It left the pack.", was.EndReason})
			continue
		}
		if what := shownWords(f.Definition, was, now); what != "" {
			out = append(out, Change{now.Day, what, was.EndReason})
		}
	}
	slices.SortStableFunc(out, func(a, b Change) int { return b.Day.Compare(a.Day) })
	return out
}

func dayOf(moment string) law.Date {
	at, err := time.Parse(world.TimeFormat, moment)
	if err != nil {
		return law.Date{}
	}
	return law.Today(at)
}

// revisionWords say in what a definition was revised. The way that is better stands in
// full; of the rest it is said what was changed, and the definition's page has the words.
func revisionWords(was, now indicator.Definition) string {
	var things []string
	turned := ""
	for _, c := range indicator.Changes(was, now) {
		switch c.What {
		case "Better is":
			turned = fmt.Sprintf(" Better was %s, and is now %s.", c.Was, c.Now)
		default:
			things = append(things, "“"+strings.ToLower(c.What)+"”")
		}
	}
	s := "The measure was defined anew."
	if len(things) > 0 {
		s += " Changed: " + list(things) + "."
	}
	return s + turned
}

func correctionWords(d indicator.Definition, c Correction) string {
	if c.Now.Period.IsZero() { // it was revised back since
		return begin(numeral(c.Figures)) + " " + plural(c.Figures, "figure was", "figures were") + " revised."
	}
	said := fmt.Sprintf("%s said %s and now says %s.", begin(d.PeriodWords(c.Now.Period)), with(d, c.Was.Value, d.Decimals+1), with(d, c.Now.Value, d.Decimals+1))
	if c.Figures == 1 {
		return "One figure was revised. " + said
	}
	return begin(numeral(c.Figures)) + " figures were revised. The newest of them: " + said
}

// shownWords say in what the pack showed a measure otherwise.
func shownWords(d indicator.Definition, was, now Measure) string {
	var out []string
	if was.Target != now.Target {
		switch {
		case was.Target == "":
			out = append(out, "It had no target, and has one of "+target(d, now.Target)+".")
		case now.Target == "":
			out = append(out, "Its target was "+target(d, was.Target)+", and it has none now.")
		default:
			out = append(out, "Its target was "+target(d, was.Target)+", and is now "+target(d, now.Target)+".")
		}
	}
	if was.Peers != now.Peers {
		out = append(out, "It was set beside "+was.Peers.Words()+", and is now set beside "+now.Peers.Words()+".")
	}
	switch {
	case was.Rebase == now.Rebase:
	case was.Rebase.IsZero():
		out = append(out, "The limits begin anew in "+d.FromWords(now.Rebase)+".")
	case now.Rebase.IsZero():
		out = append(out, "The limits began anew in "+d.FromWords(was.Rebase)+", and do so no more.")
	default:
		out = append(out, "The limits began anew in "+d.FromWords(was.Rebase)+", and now do so in "+d.FromWords(now.Rebase)+".")
	}
	if was.Rebase == now.Rebase && was.Why != now.Why {
		out = append(out, "The reason for limits that begin anew was put in other words.")
	}
	return strings.Join(out, " ")
}

// Words say whom a measure is set beside.
func (p Peers) Words() string {
	switch p {
	case Nobody:
		return "nobody"
	case Parts:
		return "parts of our own"
	case Organisations:
		return "all others with figures"
	}
	group, _ := p.Group()
	return "the group “" + group + "”"
}
