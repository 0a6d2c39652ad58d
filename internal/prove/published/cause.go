package published

import "fmt"

// Grade is one of the three steps from a count to a cause. Every page that
// compares shows all three, so that what is not known is as large as what is.
type Grade struct {
	Name    string // "Counted", "Compared", "Tested"
	Verdict string // "Yes.", "Partly.", "Not shown.", "Not yet."
	Reason  string
}

// shownBelow is the share of chance below which two groups are said to differ.
const shownBelow = 0.05

// MutualGrades says how much the figures of one measure can tell about whether
// being a mutual makes the difference, held against one group.
func MutualGrades(m Measure, mutuals []Figure, against Strip) []Grade {
	counted := Grade{"Counted", "Yes.", "These are the published scores of every organisation that took part."}
	if m.Kind == KindRate {
		counted.Reason = "These are the days lost and available that every organisation reported, added up over the year."
	}
	shared := "What sets it apart besides ownership is not held constant."
	if len(mutuals) > 1 {
		shared = "What the " + numeral(len(mutuals)) + " share besides ownership is not held constant."
	}
	return []Grade{counted, compared(m, mutuals, against), {
		"Tested", "Not yet.", "No study here. Nobody chose at random who became a mutual. " + shared,
	}}
}

func compared(m Measure, mutuals []Figure, against Strip) Grade {
	few := capital(numeral(len(mutuals))) + " is few."
	many := against.Group.Many
	apart, ok := Apart(m, mutuals, against.Figures)
	switch {
	case !ok:
		return Grade{"Compared", "Not shown.", "There are too few organisations to compare."}
	case apart.P >= shownBelow:
		return Grade{"Compared", "Not shown.", few + " On this measure mutuals as a group do not stand apart from " + many +
			". Nor do these figures rule a difference out."}
	}
	side := "lower"
	if apart.Upper {
		side = "higher"
	}
	return Grade{"Compared", "Partly.", fmt.Sprintf("On this measure mutuals as a group lie %s than %s. Chance alone would put them so far apart %s. %s "+
		"And whoever looks at many measures will find one that differs.", side, many, oneIn(apart.P), few)}
}

// oneIn writes a small share as people say it.
func oneIn(p float64) string {
	switch {
	case p < 0.001:
		return "less than once in a thousand times"
	case p < 0.01:
		return "less than once in a hundred times"
	}
	return fmt.Sprintf("about once in %d times", int(1/p+0.5))
}
