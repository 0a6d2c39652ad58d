package study

import (
	"fmt"
	"strings"
)

// Lines of the sheet of assumptions that the data fill in, of the second form of output.

// subjectBefore is the line of the sheet that tests all times before the start.
const subjectBefore = "Before the start, all times"

const (
	saysAllBefore = "All times before the start together, each set against the last of them: p %s, by drawing the treated units again."
	saysStood     = " It did not show that treated units and the rest moved apart."
	saysApart     = " They did not move alike before anything began: the comparison is weak."
	saysFinds     = " The test finds them in 80 of 100 cases where they lie %s apart."
	saysCarried   = "From before the start to after it the units in comparison moved by %s. How much of that was carried over to them the figures cannot say."
	saysRolling   = "Neighbouring values of a unit are as alike as those of a moving window (r %.2f). If each of them covers several times, what was before the start is carried into the time after it: ask how they are made."
	saysSingle    = "Neighbouring values of a unit go together with r %.2f, the level of units and times taken out. Those of a moving window would be near 1."
	saysWeights   = "%s: each row counts by %s."
	saysEqual     = "Each row counts alike in every specification."
	saysMoves     = "%s differs between units with a standard deviation of %s, and within a unit from time to time with one of %s. The less it moves, the less can be told."
	saysSmall     = "%d units are in this subgroup: so few can show only what is very large."
	saysNoStart   = "Nothing began: there is no time before the start to look at."
)

// saysJoint is the test of all times before the start together, with what it could find.
func saysJoint(h hand, p float64, smallest Number) string {
	said := fmt.Sprintf(saysAllBefore, h.p(Number(p)))
	if p >= 0.05 {
		said += saysStood
	} else {
		said += saysApart
	}
	if !smallest.Known() {
		return said
	}
	return said + fmt.Sprintf(saysFinds, h.with(h.size(smallest, Number(nan))))
}

// saysEarly says whether the treated units had moved already at the last time before.
func saysEarly(h hand, apart, p float64) string {
	way := "higher"
	size := Number(apart)
	if apart < 0 {
		way, size = "lower", -size
	}
	said := fmt.Sprintf("At the last time before the start, and set against their own earlier times, treated units stood %s than the rest (p %s).",
		join(h.with(h.size(size, Number(nan))), way), h.p(Number(p)))
	if p < 0.05 {
		return said + " They had moved before it began."
	}
	return said + " It did not show that they moved early."
}

// saysCohorts is the test before the start where units begin at different times.
func saysCohorts(h hand, w float64, df int, p float64, finest, coarsest Number) string {
	said := fmt.Sprintf("All times before the start together: W %.4g on %d degrees of freedom, p %s.", w, df, h.p(Number(p)))
	if p >= 0.05 {
		said += saysStood
	} else {
		said += saysApart
	}
	if !finest.Known() {
		return said
	}
	none := Number(nan)
	return said + fmt.Sprintf(" Of one time it finds a difference of %s to %s in 80 of 100 cases, by how many begin then.", h.size(finest, none), h.with(h.size(coarsest, none)))
}

// saysComposition says which units come and go, on which side.
func saysComposition(units, partly, treated, late, ended int, names []string) string {
	if partly == 0 {
		return fmt.Sprintf("All %d units have rows at every time.", units)
	}
	said := fmt.Sprintf("%d of %d units have no row at some times, %d of them treated: %d begin late and %d end early, and may have merged or closed. They are %s",
		partly, units, treated, late, ended, strings.Join(names[:min(10, len(names))], ", "))
	if len(names) > 10 {
		said += fmt.Sprintf(" and %d more", len(names)-10)
	}
	return said + "."
}

// saysMissing says what is missing of an outcome, on which side, and what may be late.
func saysMissing(outcome string, missing, rows, treated, late, last int) string {
	said := fmt.Sprintf("%s: %d of %d rows have no value", outcome, missing, rows)
	if treated >= 0 && missing > 0 {
		said += fmt.Sprintf(", %d of them of treated units", treated)
	}
	said += "."
	if late > 0 {
		said += fmt.Sprintf(" At the last time, %d, %d units have none: their returns may be late.", last, late)
	}
	return said
}
