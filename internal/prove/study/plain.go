package study

import (
	"fmt"
	"math"
)

// Plain is what a run said of one outcome, for a reader who has never heard of a p value.
// outcome is its place in the specification.
func (s Spec) Plain(o *Output, outcome int) string {
	if outcome < 0 || outcome >= len(s.Outcomes) || outcome >= len(o.Results) || outcome >= len(o.Tests) {
		return ""
	}
	result, test := o.Results[outcome], o.Tests[outcome]
	p := plain{outcome: s.Outcomes[outcome], name: s.Exposure, ratio: result.Ratio, shown: test.Shown}
	if s.Treatment != nil {
		p.name, p.treatment = s.Treatment.Name, true
	}
	if test.Within {
		p.margin = s.Power.Margin
	}
	var ok bool
	if p.e, ok = result.Answer(); !ok {
		return fmt.Sprintf("The study could not test %s.", p.outcome.Name)
	}
	return p.sentence()
}

// plain is what a plain sentence is made from.
type plain struct {
	outcome   Outcome
	name      string
	treatment bool
	ratio     bool
	shown     bool
	e         Estimate
	margin    string
}

func (p plain) sentence() string {
	if !p.shown {
		said := fmt.Sprintf("The study did not show that %s goes with %s.", p.outcome.Name, p.name)
		switch {
		case !p.e.Low.Known():
			return said
		case p.margin != "":
			return join(said, p.span(), fmt.Sprintf("All of that is less than %s, which was fixed beforehand as too small to matter.", join(p.margin, p.outcome.Unit)))
		}
		return join(said, p.span(), "Nothing in that range is ruled out.")
	}
	way := "higher"
	if down := p.e.Value < 0; down && !p.ratio || p.ratio && p.e.Value < 1 {
		way = "lower"
	}
	if p.treatment {
		return join(fmt.Sprintf("After %s began, %s was %s there than in the comparison.", p.name, p.outcome.Name, way), p.span(),
			"Why is another question: read what was assumed.")
	}
	return join(fmt.Sprintf("Where %s is higher, %s is %s.", p.name, p.outcome.Name, way), p.span(), "The two go together. The study does not say that one brings about the other.")
}

// span is the likely range in words: "The likely range is from 0.3 points lower to 0.1
// points higher."
func (p plain) span() string {
	if !p.e.Low.Known() || !p.e.High.Known() {
		return ""
	}
	of := ""
	if !p.treatment {
		of = fmt.Sprintf(" for each one more of %s", p.name)
	}
	if p.ratio {
		return fmt.Sprintf("The likely range%s is from %s to %s times what it would be.", of, figure(p.e.Low), figure(p.e.High))
	}
	low, high := p.side(p.e.Low), p.side(p.e.High)
	return fmt.Sprintf("The likely range%s is from %s to %s.", of, low, high)
}

func (p plain) side(v Number) string {
	size := twoDigits(math.Abs(float64(v)))
	switch {
	case size == "0":
		return "no more and no less"
	case v < 0:
		return join(size, p.outcome.Unit, "lower")
	}
	return join(size, p.outcome.Unit, "higher")
}

// twoDigits writes a size with two digits that count: a board needs no more.
func twoDigits(v float64) string {
	if v == 0 {
		return "0"
	}
	scale := math.Pow(10, 1-math.Floor(math.Log10(v)))
	return figure(Number(math.Round(v*scale) / scale))
}
