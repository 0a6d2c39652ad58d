package pack

import (
	"fmt"
	"strings"

	"commonweal/internal/prove/indicator"
	"commonweal/law"
	"commonweal/spc"
)

// read puts the chart into words: the sentence, and what the two icons say.
func (p *Page) read() {
	p.Sentence = p.head() + p.body() + "."
	p.Variation, p.Assurance = p.variation(), p.assurance()
}

// head names the measure and its time: "Sickness absence, 24 months to March 2025: ".
func (p Page) head() string {
	last, ok := p.Last()
	if !ok {
		return p.Definition.Name + ": "
	}
	n := p.span()
	return fmt.Sprintf("%s, %d %s to %s: ", p.Definition.Name, n, p.Definition.Every.Noun(n), p.Definition.ToWords(last.Period))
}

// span is how many periods lie between the first figure and the last, both included.
func (p Page) span() int {
	n := 1
	last, _ := p.Last()
	for at := p.Figures[0].Period; at.Before(last.Period); at = at.AddMonths(p.Definition.Every.Months()) {
		n++
	}
	return n
}

func (p Page) body() string {
	d := p.Definition
	last, ok := p.Last()
	switch {
	case !ok:
		return "there are no figures yet"
	case d.Rolling():
		return fmt.Sprintf("the last figure is %s, and no control chart is drawn, for each figure speaks of %d %s and repeats most of the one before",
			value(d, last.Value), d.Covers, d.Every.Noun(d.Covers))
	case p.Chart == nil:
		return fmt.Sprintf("the last figure is %s, and there is no chart yet", value(d, last.Value))
	}
	s := p.segment()
	var parts []string
	switch {
	case s.Constant:
		parts = append(parts, "every figure is "+value(d, s.Mean))
	case s.Still:
		parts = append(parts, fmt.Sprintf("the average is %s, and nearly every figure is the same as the one before it, so no range can say what is usual", value(d, s.Mean)))
	case s.Short:
		parts = append(parts, fmt.Sprintf("the average is %s, but it rests on %s, and it takes %d to say what is usual", value(d, s.Mean), figures(s.Points), spc.Enough))
	default:
		parts = append(parts, fmt.Sprintf("the average is %s and the usual range %s", value(d, s.Mean), p.usual()), p.signal())
	}
	if len(p.Chart.Segments) > 1 {
		parts[0] = "since " + d.FromWords(s.From) + " " + parts[0]
	}
	if about := p.aim(); about != "" {
		parts = append(parts, about)
	}
	return strings.Join(parts, "; ")
}

func (p Page) segment() spc.Segment { return p.Chart.Segments[len(p.Chart.Segments)-1] }

// usual is the range between the limits. Of what is counted nothing lies below nought.
func (p Page) usual() string {
	s := p.segment()
	lower := s.Lower
	if p.Definition.Kind.Counted() {
		lower = max(lower, 0)
	}
	return value(p.Definition, lower) + " to " + value(p.Definition, s.Upper)
}

// longRun is how many points on one side of the average say more than that the last ones
// are close to a limit.
const longRun = 7

// signal says what the last points show.
func (p Page) signal() string {
	points := p.Chart.Points
	last := points[len(points)-1]
	noun := p.Definition.Every
	run := p.run()
	var what string
	switch last.Rule {
	case spc.AboveUpper:
		what = fmt.Sprintf("the last %s, %s, is above that range", noun, value(p.Definition, last.Value))
	case spc.BelowLower:
		what = fmt.Sprintf("the last %s, %s, is below that range", noun, value(p.Definition, last.Value))
	case spc.TrendUp:
		what = fmt.Sprintf("the last %d %s each rose", run, noun.Noun(run))
	case spc.TrendDown:
		what = fmt.Sprintf("the last %d %s each fell", run, noun.Noun(run))
	case spc.TwoInThreeUp, spc.FourInFiveUp:
		if run >= longRun {
			what = fmt.Sprintf("the last %d %s are above the average", run, noun.Noun(run))
			break
		}
		what = fmt.Sprintf("of the last few %s most are close to the top of that range", noun.Noun(2))
	case spc.TwoInThreeDn, spc.FourInFiveDn:
		if run >= longRun {
			what = fmt.Sprintf("the last %d %s are below the average", run, noun.Noun(run))
			break
		}
		what = fmt.Sprintf("of the last few %s most are close to the foot of that range", noun.Noun(2))
	case spc.RunOfSevenUp, spc.RunOfEightUp:
		what = fmt.Sprintf("the last %d %s are above the average", run, noun.Noun(run))
	case spc.RunOfSevenDn, spc.RunOfEightDn:
		what = fmt.Sprintf("the last %d %s are below the average", run, noun.Noun(run))
	default:
		return p.quiet()
	}
	return what + " (" + kindWord(last.Kind) + ")"
}

// quiet says that the last point is nothing unusual, and what was before it.
func (p Page) quiet() string {
	points := p.Chart.Points
	segment := points[len(points)-1].Segment
	var when []law.Date
	for _, c := range points {
		if c.Segment == segment && c.Rule != spc.NoRule {
			when = append(when, c.Date)
		}
	}
	switch {
	case len(when) == 0:
		return "nothing stands out"
	case len(when) == 1:
		return fmt.Sprintf("one %s stood out, %s, and nothing has since", p.Definition.Every, p.Definition.PeriodWords(when[0]))
	}
	return fmt.Sprintf("%s %s stood out, the last %s, and nothing has since", numeral(len(when)), p.Definition.Every.Noun(2), p.Definition.PeriodWords(when[len(when)-1]))
}

// run is how many points up to the last show the same signal, counting all that are on
// the same side or move the same way.
func (p Page) run() int {
	points := p.Chart.Points
	last := points[len(points)-1]
	n := 0
	for i := len(points) - 1; i >= 0 && points[i].Segment == last.Segment && !points[i].Gap; i-- {
		c := points[i]
		switch last.Rule {
		case spc.RunOfSevenUp, spc.RunOfEightUp, spc.TwoInThreeUp, spc.FourInFiveUp:
			if c.Value <= c.Mean {
				return n
			}
		case spc.RunOfSevenDn, spc.RunOfEightDn, spc.TwoInThreeDn, spc.FourInFiveDn:
			if c.Value >= c.Mean {
				return n
			}
		case spc.TrendUp:
			if i+1 < len(points) && c.Value >= points[i+1].Value {
				return n - 1
			}
		case spc.TrendDown:
			if i+1 < len(points) && c.Value <= points[i+1].Value {
				return n - 1
			}
		}
		n++
	}
	if last.Rule == spc.TrendUp || last.Rule == spc.TrendDown {
		return n - 1
	}
	return n
}

// aim says what the limits say of the target.
func (p Page) aim() string {
	if p.Measure.Aim() == nil {
		return ""
	}
	t := target(p.Definition, p.Measure.Target)
	switch {
	case p.Definition.Direction == spc.Neutral:
		return "the target of " + t + " is not judged, as the measure has no better way to go"
	case p.Chart.Withheld != "":
		return "it is too early to judge the target of " + t
	case p.Chart.Assurance == spc.Passes:
		return "as things stand the target of " + t + " is met every time"
	case p.Chart.Assurance == spc.Fails:
		return "as things stand the target of " + t + " is missed every time"
	}
	return "the target of " + t + " is met at some times and missed at others, by chance"
}

// variation is what the round icon says.
func (p Page) variation() Reading {
	switch {
	case p.Chart == nil:
		return Reading{"No chart", p.Refused}
	case p.Chart.VariationWithheld:
		return Reading{"Not judged yet", begin(p.Chart.Withheld) + "."}
	}
	switch p.Chart.Variation {
	case spc.Improvement:
		return Reading{"A change for the better", "Chance alone would seldom look like this. It does not say what made it so."}
	case spc.Concern:
		return Reading{"A change for the worse", "Chance alone would seldom look like this. It does not say what made it so."}
	case spc.NeutralHigh, spc.NeutralLow:
		return Reading{"A change", "Chance alone would seldom look like this. The measure has no better way to go."}
	}
	return Reading{"Usual variation", "The figures go up and down as they always do. There is nothing to explain."}
}

// assurance is what the square icon says.
func (p Page) assurance() Reading {
	t := target(p.Definition, p.Measure.Target)
	switch {
	case p.Measure.Aim() == nil:
		return Reading{"No target", "The board has set none for this measure."}
	case p.Chart == nil:
		return Reading{"Target not judged", "Without a chart it cannot be said whether " + t + " would be met."}
	case p.Chart.Withheld != "":
		return Reading{"Target: too early to say", begin(p.Chart.Withheld) + "."}
	}
	switch p.Chart.Assurance {
	case spc.Passes:
		return Reading{"Target met every time", "The whole usual range is on the right side of " + t + "."}
	case spc.Fails:
		return Reading{"Target missed every time", "The whole usual range is on the wrong side of " + t + ". It will stay so unless the work is done in another way."}
	case spc.HitAndMiss:
		return Reading{"Target met by chance", t + " lies inside the usual range: some figures meet it and some do not."}
	}
	return Reading{"Target not judged", "The measure has no better way to go."}
}

func kindWord(k spc.Kind) string {
	switch k {
	case spc.Improvement:
		return "better"
	case spc.Concern:
		return "a concern"
	}
	return "a change"
}

func figures(n int) string {
	if n == 1 {
		return "one figure"
	}
	return numeral(n) + " figures"
}

// rollingWhy is why a rolling measure has no chart.
func rollingWhy(d indicator.Definition) string {
	return fmt.Sprintf("Each figure speaks of %d %s, so neighbours share most of what they count. A chart of such figures shows signals where there are none: "+
		"of a hundred charts with nothing going on, ninety-eight would. Ask for the figures of each %s by itself.", d.Covers, d.Every.Noun(d.Covers), d.Every)
}
