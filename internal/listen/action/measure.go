package action

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Figure is a score or percentage of one unit in one release.
type Figure struct {
	Wave     string // code
	WaveName string
	Shown    bool // false where it is not shown, for whatever reason, or was not asked
	Percent  bool // a percentage, and not a score of 0 to 10
	Places   int  // decimals it was released with
	Value    float64
	Low      float64 // of the 95% interval
	High     float64
}

// Text is the figure as a page shows it: "6.4", "57%".
func (f Figure) Text() string {
	if !f.Shown {
		return "Not shown"
	}
	return f.number(f.Value)
}

// Range is its interval in words: "likely between 6.1 and 6.7".
func (f Figure) Range() string {
	if !f.Shown {
		return ""
	}
	return fmt.Sprintf("likely between %s and %s", f.number(f.Low), f.number(f.High))
}

func (f Figure) number(v float64) string {
	s := strconv.FormatFloat(math.Abs(v), 'f', f.Places, 64)
	if v < 0 && strings.Trim(s, "0.") != "" {
		s = "\u2212" + s
	}
	if f.Percent {
		s += "%"
	}
	return s
}

// Change is what a later wave says of an action.
type Change struct {
	Before, After Figure
	Shown         bool // both are
	By            float64
	Low, High     float64 // of the 95% interval of the change
	Differs       bool    // the interval leaves nought out
	Sentence      string  // what a page may say: never that the action was the cause
}

const z95 = 1.959963984540054

// Compare sets two figures of the same measure and unit beside each other. The two are
// taken as drawn apart: the same people may have answered both, which would make the
// interval of the change narrower, so it claims too little rather than too much.
func Compare(before, after Figure) Change {
	c := Change{Before: before, After: after}
	switch {
	case after.Wave == "":
		c.Sentence = "No later survey has been released, so nothing can be said yet of what changed."
		return c
	case !before.Shown || !after.Shown:
		c.Sentence = "Not shown, to protect the people in it."
		return c
	}
	se := math.Hypot((before.High-before.Low)/(2*z95), (after.High-after.Low)/(2*z95))
	c.Shown, c.By = true, after.Value-before.Value
	c.Low, c.High = c.By-z95*se, c.By+z95*se
	c.Differs = c.Low > 0 || c.High < 0
	c.Sentence = c.sentence()
	return c
}

func (c Change) sentence() string {
	step := c.After
	step.Places = min(c.Before.Places, c.After.Places)
	unit := func(v float64) string {
		s := strings.TrimSuffix(step.number(v), "%")
		if step.Percent {
			s += " points"
		}
		return s
	}
	moved := fmt.Sprintf("It was %s in %s (%s) and %s in %s (%s).",
		c.Before.Text(), c.Before.WaveName, c.Before.Range(), c.After.Text(), c.After.WaveName, c.After.Range())
	if !c.Differs {
		return moved + " That does not show a change."
	}
	way, low, high := "rose", c.Low, c.High
	if c.By < 0 {
		way, low, high = "fell", -c.High, -c.Low
	}
	return fmt.Sprintf("%s It %s by %s, likely by between %s and %s. Whether this action was the reason, a survey cannot tell.",
		moved, way, unit(math.Abs(c.By)), unit(low), unit(high))
}
