package pack

import (
	"fmt"
	"strings"

	"commonweal/internal/prove/published"
)

// grades are the three steps from a count towards what lies behind it.
func grades(p Page, f Facts) []published.Grade {
	return []published.Grade{counted(p), compared(p), tested(f.Studies)}
}

func counted(p Page) published.Grade {
	d := p.Definition
	if len(p.Figures) == 0 {
		return published.Grade{Name: "Counted", Verdict: "Not yet.", Reason: "There are no figures yet."}
	}
	what := "These are the figures as they were given to us"
	if d.Kind.Counted() {
		what = fmt.Sprintf("What is counted: %s, out of %s", d.Numerator, d.Denominator)
	}
	g := published.Grade{Name: "Counted", Verdict: "Yes.", Reason: what + ". Source: " + d.Source + "."}
	if gaps := p.span() - len(p.Figures); gaps > 0 {
		g.Verdict = "Partly."
		g.Reason += fmt.Sprintf(" %s %s without a figure.", begin(numeral(gaps)), plural(gaps, string(d.Every)+" is", d.Every.Noun(2)+" are"))
	}
	return g
}

func compared(p Page) published.Grade {
	g := published.Grade{Name: "Compared"}
	b := p.Beside
	switch {
	case b == nil:
		g.Verdict, g.Reason = "Not yet.", "Nobody is set beside it in this pack."
	case b.Result == nil:
		g.Verdict, g.Reason = "Not yet.", b.Without
	case b.Ours == "":
		g.Verdict, g.Reason = "Partly.", "Our own parts are set beside each other, allowing for size. Who they serve and what they do is not held the same."
	case b.Rank == nil:
		g.Verdict, g.Reason = "Not yet.", b.Sentence
	default:
		g.Verdict, g.Reason = "Not shown.", "Our figure is within the limits for our size. That does not rule a difference out."
		for _, name := range b.Outside {
			if name == b.Ours {
				g.Verdict, g.Reason = "Partly.", "Our figure stands apart from the others. What else sets us apart is not held the same. Some units lie outside the limits by chance."
			}
		}
	}
	return g
}

// tested says what registered studies of the measure came to, each in its own words. One
// that did not show anything is as much of an answer as one that did.
func tested(studies []Study) published.Grade {
	g := published.Grade{Name: "Tested", Verdict: "Not yet.", Reason: "No registered study bears on this measure. What is behind a change is not known."}
	var said, waits []string
	for _, s := range studies {
		if s.Shows == "" {
			waits = append(waits, s.Title+". "+s.Waits)
			continue
		}
		said = append(said, s.Title+". "+s.Shows)
		if s.Shown {
			g.Verdict = "Partly."
		} else if g.Verdict != "Partly." {
			g.Verdict = "Not shown."
		}
	}
	if len(said)+len(waits) > 0 {
		g.Reason = strings.Join(append(said, waits...), " ")
	}
	return g
}

// Conclusion is the last word on what the board may report; "" where nothing changed.
func (p Page) Conclusion() string {
	if !p.Signal() {
		return ""
	}
	return p.Definition.Name + " has changed. We do not yet know why, so do not report that any one thing did it."
}
