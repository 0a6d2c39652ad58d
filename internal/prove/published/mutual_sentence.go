package published

import (
	"fmt"
	"math"
	"strings"
)

// wording is how a measure speaks of being better and worse. Each phrase comes
// for one and for many.
type wording struct {
	better, worse   [2]string // before "than any community trust"
	ahead, behind   [2]string // of England as a whole
	topEnd, lowEnd  string
	middle          string // "higher" or "lower", whichever is better
	unit            string // after a figure
	lowerIsTheAimed bool
}

func (m Measure) wording() wording {
	switch m.Kind {
	case KindRate:
		return wording{
			better: [2]string{"has less absence", "have less absence"}, worse: [2]string{"has more absence", "have more absence"},
			ahead:  [2]string{"has less absence than England as a whole", "have less absence than England as a whole"},
			behind: [2]string{"has more absence than England as a whole", "have more absence than England as a whole"},
			topEnd: "the end with the least absence", lowEnd: "the end with the most absence",
			middle: "lower", unit: "%", lowerIsTheAimed: true,
		}
	case KindPercent:
		return wording{
			better: [2]string{"has a larger share", "have a larger share"}, worse: [2]string{"has a smaller share", "have a smaller share"},
			ahead:  [2]string{"has a larger share than England as a whole", "have a larger share than England as a whole"},
			behind: [2]string{"has a smaller share than England as a whole", "have a smaller share than England as a whole"},
			topEnd: "the upper end", lowEnd: "the lower end", middle: "higher", unit: "%",
		}
	}
	return wording{
		better: [2]string{"scores higher", "score higher"}, worse: [2]string{"scores lower", "score lower"},
		ahead:  [2]string{"scores above England as a whole", "score above England as a whole"},
		behind: [2]string{"scores below England as a whole", "score below England as a whole"},
		topEnd: "the upper end", lowEnd: "the lower end", middle: "higher",
	}
}

// passes reports whether a is the better of two figures that are not the same.
func (w wording) passes(a, b float64) bool {
	if w.lowerIsTheAimed {
		return a < b
	}
	return a > b
}

// lying counts the mutuals beyond every organisation of a group, and on either
// side of England.
type lying struct{ better, worse, ahead, behind int }

func (w wording) lying(mutuals, rest []Figure, england *Figure) lying {
	var l lying
	for _, f := range mutuals {
		passesAll, passesNone := len(rest) > 0, len(rest) > 0
		for _, r := range rest {
			passesAll = passesAll && w.passes(f.Value, r.Value)
			passesNone = passesNone && w.passes(r.Value, f.Value)
		}
		if passesAll {
			l.better++
		}
		if passesNone {
			l.worse++
		}
		if england == nil {
			continue
		}
		if w.passes(f.Value, england.Value) {
			l.ahead++
		}
		if w.passes(england.Value, f.Value) {
			l.behind++
		}
	}
	return l
}

// MutualsSentence says where the mutuals lie: against the group that they are
// held against (community trusts) and against England, which may be nil. It is
// made of the figures alone, counts, and claims no cause.
func MutualsSentence(m Measure, mutuals []Figure, against Strip, england *Figure) string {
	n := len(mutuals)
	if n == 0 {
		return "No mutual has a published figure here."
	}
	w := m.wording()
	l := w.lying(mutuals, against.Figures, england)
	better := clause(l.better, w.better, against.Group.One)
	worse := clause(l.worse, w.worse, against.Group.One)

	var out, clauses []string
	switch {
	case n > 1 && l.ahead == n:
		out, clauses = append(out, every(n)+" "+w.ahead[1]+"."), []string{better}
	case n > 1 && l.behind == n:
		out, clauses = append(out, every(n)+" "+w.behind[1]+"."), []string{worse}
	case l.better > 0 && l.behind > 0:
		// The nearer yardstick at the good end, the wider one at the other:
		// to be worse than every community trust is then no news beside it.
		out, clauses = append(out, "Mutuals are at both ends."), []string{better, counted(l.behind, w.behind)}
	default:
		if n > 1 {
			out = append(out, w.place(l))
		}
		clauses = []string{better, worse, counted(l.behind, w.behind)}
	}
	if c := joined(clauses); c != "" {
		out = append(out, capital(c)+".")
	}
	if len(against.Figures) > 0 && n > 1 {
		out = append(out, middles(m, w, mutuals, against))
	}
	return strings.Join(out, " ")
}

func (w wording) place(l lying) string {
	switch {
	case l.better > 0 && l.worse > 0:
		return "Mutuals are at both ends."
	case l.better > 0:
		return "Mutuals reach " + w.topEnd + "."
	case l.worse > 0:
		return "Mutuals reach " + w.lowEnd + "."
	}
	return "Mutuals lie among the others."
}

func every(n int) string {
	if n == 2 {
		return "Both mutuals"
	}
	return "All " + numeral(n) + " mutuals"
}

// middles compares the two medians as they are printed. A better middle of the
// mutuals is given with its distance; a worse one is said as "no higher" (or
// "no lower"), because a handful of organisations cannot show that it truly is.
func middles(m Measure, w wording, mutuals []Figure, against Strip) string {
	ours, _ := Median(valuesOf(mutuals))
	own, theirs := m.Format(ours, 0), m.Format(against.Median, 0)
	of := " that of " + against.Group.Many
	switch {
	case own == theirs:
		return "Their middle is the same as" + of + "."
	case w.passes(ours, against.Median):
		by := m.Format(math.Abs(printed(own)-printed(theirs)), 0)
		return fmt.Sprintf("Their middle is %s than%s, by %s.", w.middle, of, by)
	}
	return "Their middle is no " + w.middle + " than" + of + "."
}
