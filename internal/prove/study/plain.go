package study

import (
	"fmt"
	"math"
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"
)

// Plain is what a run said of one outcome, for a reader who has never heard of a p value.
// outcome is its place in the specification.
func (s Spec) Plain(o *Output, outcome int) string {
	return s.said(o, outcome, plain.sentence)
}

// First is the first sentence of what a run said of its primary outcome in plain words.
func (s Spec) First(o *Output) string {
	return s.said(o, 0, plain.first)
}

func (s Spec) said(o *Output, outcome int, says func(plain) string) string {
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
	return says(p)
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

// first says what was shown, and nothing of how much.
func (p plain) first() string {
	if !p.shown {
		return fmt.Sprintf("The study did not show that %s goes with %s.", p.outcome.Name, p.name)
	}
	way := "higher"
	if down := p.e.Value < 0; down && !p.ratio || p.ratio && p.e.Value < 1 {
		way = "lower"
	}
	if p.treatment {
		return fmt.Sprintf("After %s began, %s was %s there than in the comparison.", p.name, p.outcome.Name, way)
	}
	return fmt.Sprintf("Where %s is higher, %s is %s.", p.name, p.outcome.Name, way)
}

func (p plain) sentence() string {
	said := p.first()
	if !p.shown {
		switch {
		case !p.e.Low.Known():
			return said
		case p.margin != "":
			return join(said, p.span(), fmt.Sprintf("All of that is less than %s, which was fixed beforehand as too small to matter.", join(p.margin, p.outcome.Unit)))
		}
		return join(said, p.span(), p.open())
	}
	if p.treatment {
		return join(said, p.span(), "Why is another question: read what was assumed.")
	}
	return join(said, p.span(), "The two go together. The study does not say that one brings about the other.")
}

// open says what a range leaves open, in the words of whoever asked.
func (p plain) open() string {
	low, high := float64(p.e.Low), float64(p.e.High)
	if p.treatment && !p.ratio && low < 0 && high > 0 {
		return "So it may be lower there, higher, or the same: nothing in that range is ruled out."
	}
	return "Nothing in that range is ruled out."
}

// How says in a sentence or two how a study asks, for a reader who has never seen one.
func (s Spec) How() string {
	window := fmt.Sprintf("from %s to %s", timeWords(s.Window.From), timeWords(s.Window.To))
	switch t := s.Treatment; {
	case t == nil:
		return fmt.Sprintf("Sites differ in %s. This study looks whether %s differs with it, %s.", s.Exposure, s.Outcomes[0].Name, window)
	case len(t.Units) == 1:
		return fmt.Sprintf("%s began at one site in %s. Its figures are set beside those of the other sites, %s.", capital(t.Name), timeWords(t.From), window)
	case len(t.Units) > 1:
		return fmt.Sprintf("%s began at %d sites in %s. Their figures are set beside those of the other sites, %s.", capital(t.Name), len(t.Units), timeWords(t.From), window)
	}
	return fmt.Sprintf("%s began at some sites, at times that the figures say. Those that had begun are set beside those that had not, %s.", capital(s.Treatment.Name), window)
}

func capital(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[n:]
}

// timeWords writes a time as people say it: months are counted as 202404.
func timeWords(t int) string {
	if t < 100_000 || t > 999_999 || t%100 < 1 || t%100 > 12 {
		return strconv.Itoa(t)
	}
	return time.Month(t%100).String() + " " + strconv.Itoa(t/100)
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
	// Both ends have the places of the larger, which has two digits that count.
	size := "0"
	if wide := max(math.Abs(float64(p.e.Low)), math.Abs(float64(p.e.High))); wide > 0 {
		scale := math.Pow(10, 1-math.Floor(math.Log10(wide)))
		size = figure(Number(math.Round(math.Abs(float64(v))*scale) / scale))
	}
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
