package study

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Every sentence that a study makes is in this file. Two things are fixed by design and
// held by TestWords_NoSentenceSaysMore: what was not found "was not shown", which is not
// that it is not there; and what goes together is said to go together, and no more.

const (
	saysNotRegistered = "This study was not registered before it was run. Read it as a look at the data, and not as a test."
	saysRegistered    = "Registered on %s and locked to its data on %s, in that order in the record."
	saysSeen          = "The registration is dated. It cannot know what somebody saw of the data elsewhere before."
	saysChosen        = "The units were chosen by the outcome itself. Extreme values move back towards the middle by themselves, and this estimate cannot tell that from anything else."
	saysNotChosen     = "The registration says that the units were not chosen by the outcome."
	saysBetween       = "Within compares a unit with itself at other times; between compares units. Where they differ, an estimate that mixes them says something of neither."
	saysNoComparator  = "There is no series beside it to which nothing happened: the step could come from anything else at that time."
	saysChance        = "Its null is that nobody's outcome was changed by it."
	saysTogether      = "The two go together. The study does not say that one brings about the other."
	saysRests         = "Whether one brought about the other rests on what the sheet of assumptions says."
	saysOneTest       = "One outcome was tested: nothing has to be adjusted."
	saysLeft          = "%d units are not there at every time and are left out."
	saysDropped       = "%d rows lack a value and are left out."
	saysFew           = "With %d treated units, errors clustered by unit find something too often: look at the p value by chance assignment."
	saysLoaded        = "Figures of the data were loaded here on %s, before the study was registered: whoever registered it could have seen them. Read it as a look at figures that were there."
	saysPublic        = "The newest of the data were public on %s, before the study was registered on %s: whoever registered it could have seen them."
	saysWithin        = "The whole of that range is closer to nought than %s, which was fixed beforehand as too small to matter."
	saysNoHistory     = "No stretch of history in which nothing was tried was registered, so the size is 2.8 times the error of the estimate, known only now."
)

func saysStaggered(starts int) string {
	return fmt.Sprintf("The treatment begins at %d different times. Plain fixed effects then compare with units that are treated already, and can give another sign than the truth: "+
		"on made data where the truth is -1 they give -3.7, and sunab -1.1. Use cs or sunab.", starts)
}

// figure writes a value with four digits that count: as the first form of output has all
// figures, and as sizes that somebody registered are written.
func figure(v Number) string {
	if !v.Known() {
		return "not known"
	}
	if v == 0 || math.Abs(float64(v)) < 1e-12 {
		return "0"
	}
	digits := 3 - int(math.Floor(math.Log10(math.Abs(float64(v)))))
	digits = max(0, min(digits, 8))
	text := strconv.FormatFloat(float64(v), 'f', digits, 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	if text == "-0" {
		text = "0"
	}
	return text
}

// saysP writes a p value as the first form of output has it.
func saysP(p float64) string {
	switch {
	case math.IsNaN(p):
		return "not known"
	case p < 0.0001:
		return "below 0.0001"
	case p > 0.9999:
		return "above 0.9999"
	}
	return strconv.FormatFloat(p, 'f', 4, 64)
}

// answered is what a sentence about one outcome is made from.
type answered struct {
	hand
	outcome   Outcome
	name      string // of the treatment or exposure
	treatment bool
	ratio     bool
	shown     bool
	e         Estimate
	adjusted  Number // p among all outcomes
	tests     int
	matters   Number
	margin    string // where the whole interval is inside it
}

// sentence answers the question for one outcome.
func (a answered) sentence() string {
	if !a.e.P.Known() || !a.e.Low.Known() && a.tests == 0 {
		return fmt.Sprintf("The study gives %s for %s, without a test: it did not show that the two go together.", a.estimate(), a.outcome.Name)
	}
	between := fmt.Sprintf("p %s", a.p(a.e.P))
	if a.e.Low.Known() {
		between = fmt.Sprintf("95 %% interval %s to %s, %s", a.size(a.e.Low, a.e.SE), a.with(a.size(a.e.High, a.e.SE)), between)
	}
	if a.tests > 1 {
		between += fmt.Sprintf(", and %s among %d outcomes", a.p(a.adjusted), a.tests)
	}
	if !a.shown {
		return a.notShown(between)
	}
	said := fmt.Sprintf("Where %s is one higher, %s is %s (%s).", a.name, a.outcome.Name, a.moved(), between)
	closing := saysTogether
	if a.treatment {
		said = fmt.Sprintf("After the start of %s, %s was %s, set against the comparison (%s).", a.name, a.outcome.Name, a.moved(), between)
		closing = saysRests
	}
	return join(said, a.direction(), a.inside(), closing)
}

// inside says that every size in the interval is too small to matter, where it is.
func (a answered) inside() string {
	if a.margin == "" {
		return ""
	}
	return fmt.Sprintf(saysWithin, a.with(a.margin))
}

func (a answered) notShown(between string) string {
	said := fmt.Sprintf("The study did not show that %s goes with %s: the estimate is %s (%s).", a.outcome.Name, a.name, a.estimate(), between)
	if !a.e.Low.Known() {
		return said
	}
	if a.margin != "" {
		return join(said, a.inside())
	}
	open := "Sizes inside the interval are not ruled out."
	if low, high := a.within(); a.matters.Known() && a.matters > 0 && !a.ratio && (high >= float64(a.matters) || low <= -float64(a.matters)) {
		open = fmt.Sprintf("The interval holds sizes that would matter (%s or more), so they are not ruled out.", a.with(figure(a.matters)))
	}
	return join(said, open)
}

func (a answered) within() (low, high float64) { return float64(a.e.Low), float64(a.e.High) }

func (a answered) estimate() string {
	if a.ratio {
		return "a ratio of " + a.size(a.e.Value, a.e.SE)
	}
	return join(a.size(a.e.Value, a.e.SE), a.outcome.Unit)
}

// moved is "0.2 points lower", or a ratio.
func (a answered) moved() string {
	if a.ratio {
		return a.size(a.e.Value, a.e.SE) + " times what it would be"
	}
	word := "higher"
	size := a.e.Value
	if size < 0 {
		word, size = "lower", -size
	}
	return join(a.size(size, a.e.SE), a.outcome.Unit, word)
}

func (a answered) direction() string {
	up := a.e.Value > 0
	if a.ratio {
		up = a.e.Value > 1
	}
	switch {
	case a.outcome.Better == Neutral:
		return ""
	case up == (a.outcome.Better == Up):
		return "That is the better direction."
	}
	return "That is the worse direction."
}

func join(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " ")
}

const saysNoSize = "How large a difference must be for a study of this size to show it is not known: the data give no error to reckon with."

// saysPower says what could be shown before the study began.
func saysPower(h hand, s Smaller, matters Number, before bool) string {
	if !s.Smallest.Known() && h.form != firstForm {
		return saysNoSize
	}
	size := h.with(h.size(s.Smallest, Number(math.NaN())))
	said := fmt.Sprintf("A study of this size shows a difference of %s or more in 80 of 100 cases; a smaller one it misses more often than one time in five.", size)
	if before {
		said = fmt.Sprintf("%d units of a pool of %d can show a difference of %s or more. A smaller one is missed more often than one time in five.", s.Sites, s.Pool, size)
	}
	switch {
	case !s.Smallest.Known() || !matters.Known():
		return said
	case s.Smallest > matters:
		return said + fmt.Sprintf(" What would matter is %s: the study is too small to test it.", h.with(figure(matters)))
	}
	return said + fmt.Sprintf(" What would matter is %s: the study is large enough to test it.", h.with(figure(matters)))
}

// saysBefore says how the treated units stood before the start.
func saysBefore(away float64) string {
	where := "above"
	if away < 0 {
		where = "below"
	}
	said := fmt.Sprintf("Before the start the treated units stood %.2f standard deviations %s the rest.", math.Abs(away), where)
	if math.Abs(away) >= 0.8 {
		said += " So far apart, they would come closer to the middle by themselves."
	}
	return said
}

// saysTrend is the test of the time before the start, with what it could have found.
func saysTrend(h hand, p float64, smallest Number) string {
	said := fmt.Sprintf("Change per time before the start, treated against the rest: p %s.", h.p(Number(p)))
	if p >= 0.05 {
		said += " It did not show that they moved apart."
	} else {
		said += " They moved apart before anything began: the comparison is weak."
	}
	return said + fmt.Sprintf(" The test finds a difference of %s per time or more in 80 of 100 cases.", h.with(h.size(smallest, Number(math.NaN()))))
}

func saysTests(h hand, tests []Tested, c Correction) string {
	if len(tests) < 2 {
		return saysOneTest
	}
	name := map[Correction]string{Holm: "Holm", BH: "Benjamini and Hochberg"}[c]
	lines := make([]string, len(tests))
	for i, t := range tests {
		lines[i] = fmt.Sprintf("%s: p %s, Holm %s, BH %s", t.Outcome, h.p(t.P), h.p(t.Holm), h.p(t.BH))
	}
	return fmt.Sprintf("%d outcomes were tested; the registered correction is that of %s. %s.", len(tests), name, strings.Join(lines, "; "))
}

// saysSpread tells of all specifications of the primary outcome beside each other.
func saysSpread(h hand, run, refused int, lowest, highest, se Number, below int) string {
	if run == 0 {
		return "No specification could be run."
	}
	said := fmt.Sprintf("%d specifications were run on the primary outcome, and all are shown: their estimates lie from %s to %s, and %d of them have p below 0.05 (not adjusted).",
		run, h.size(lowest, se), h.with(h.size(highest, se)), below)
	if refused > 0 {
		said += fmt.Sprintf(" %d more could not be run; why is beside each.", refused)
	}
	return said
}

// Figure writes a figure with four digits that count.
func Figure(v Number) string { return figure(v) }
