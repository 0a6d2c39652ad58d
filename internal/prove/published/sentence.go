package published

import (
	"fmt"
	"strings"
)

// Sentence says how the organisation compares.
func (c Comparison) Sentence() string {
	name := c.Own.Organisation.ShortName()
	if c.Own.Suppressed {
		return "The figure of " + name + " is not shown, to protect the people in it."
	}
	w := c.Measure.wording()
	show := func(v float64, base int) string { return c.Measure.Format(v, base) + w.unit }

	var b strings.Builder
	own := show(c.Own.Value, c.Own.Base)
	switch c.Measure.Kind {
	case KindRate:
		fmt.Fprintf(&b, "%s lost %s of its working days to sickness", name, own)
	case KindPercent:
		fmt.Fprintf(&b, "At %s %s answered \u201c%s\u201d", name, own, c.Measure.Option)
	default:
		fmt.Fprintf(&b, "%s scores %s", name, own)
	}
	if c.HasRange {
		fmt.Fprintf(&b, ", likely between %s and %s", show(c.Range.Low, c.Own.Base), show(c.Range.High, c.Own.Base))
	}
	b.WriteString(".")
	if c.Measure.BaseUnit == "months" && c.Own.Base > 0 && c.Own.Base < 12 {
		b.WriteString(" Only " + numeral(c.Own.Base) + plural(c.Own.Base, " month", " months") + " of the year are published for it.")
	}
	var sides []string
	if c.ToMedian != Unknown {
		sides = append(sides, fmt.Sprintf("%s the middle of %d %s (%s)", lies(c.ToMedian), c.Size, c.Group.Many, show(c.Median, 0)))
	}
	if c.ToEngland != Unknown {
		sides = append(sides, fmt.Sprintf("%s England as a whole (%s)", lies(c.ToEngland), show(c.England.Value, 0)))
	}
	if len(sides) > 0 {
		b.WriteString(" That is " + strings.Join(sides, " and ") + ".")
	}
	return b.String()
}

// RankSentence says the place with its range, or nothing where there is none.
func (c Comparison) RankSentence() string {
	if !c.HasRank {
		return ""
	}
	r := c.Rank
	if r.Best == r.Worst {
		return fmt.Sprintf("Its place is %s of %d.", ordinal(r.Best), r.Of)
	}
	if r.Best == 1 && r.Worst == r.Of {
		return fmt.Sprintf("Its place among the %d cannot be told: any of them is likely.", r.Of)
	}
	return fmt.Sprintf("Its place is likely between %s and %s of %d.", ordinal(r.Best), ordinal(r.Worst), r.Of)
}

// String writes the range of places: "3rd to 9th of 14".
func (r Rank) String() string {
	if r.Best == r.Worst {
		return fmt.Sprintf("%s of %d", ordinal(r.Best), r.Of)
	}
	return fmt.Sprintf("%s to %s of %d", ordinal(r.Best), ordinal(r.Worst), r.Of)
}

func lies(s Standing) string {
	switch s {
	case Above:
		return "above"
	case Below:
		return "below"
	}
	return "about the same as"
}
