package indicator

import (
	"regexp"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/law"
	"commonweal/spc"
)

// Kind says how a figure comes from what is counted.
type Kind string

// The kinds of measure.
const (
	Value      Kind = "value"      // a number on its own
	Proportion Kind = "proportion" // numerator of denominator, in per cent
	Rate       Kind = "rate"       // numerator in so many of the denominator
	Ratio      Kind = "ratio"      // observed over expected
)

// Counted reports whether the measure has a numerator and a denominator.
func (k Kind) Counted() bool { return k != Value }

// Every says how often there is a figure.
type Every string

// How often.
const (
	Month   Every = "month"
	Quarter Every = "quarter"
	Year    Every = "year"
)

// Months is how many months lie between two figures.
func (e Every) Months() int {
	switch e {
	case Quarter:
		return 3
	case Year:
		return 12
	}
	return 1
}

// Definition is what a measure means, in one revision.
type Definition struct {
	ID    string // of the revision; empty for a measure of a [Source]
	Org   string
	Code  string // "sickness-absence"
	N     int    // revision, from 1
	Name  string
	About string // what it says, in plain words

	Numerator, Denominator string // what is counted, and out of what; empty for a plain value
	Unit                   string // after a figure: "%", "days"; may be empty
	Per                    int    // of a rate: figures are per so many of the denominator
	Decimals               int
	Direction              spc.Direction
	Kind                   Kind
	Source, Licence        string
	Every                  Every
	Covers                 int // how many periods each figure speaks of; 1 but for rolling ones

	Starts  law.Date // the first period it holds for
	Closed  law.Date // the day it ended; none while it runs
	Reason  string   // why it was revised
	Entered string   // world.TimeFormat
	By      string
}

// Own reports whether the organisation itself keeps the figures.
func (d Definition) Own() bool { return d.ID != "" }

// Rolling reports whether neighbouring figures share some of what they count.
func (d Definition) Rolling() bool { return d.Covers > 1 }

// scale is by what a numerator over a denominator is multiplied.
func (d Definition) scale() float64 {
	switch d.Kind {
	case Proportion:
		return 100
	case Rate:
		return float64(d.Per)
	}
	return 1
}

var codePattern = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// reserved begin the codes of measures that are read from other rooms, or are words of
// addresses.
var reserved = []string{"nhs-", "nss-", "survey-", "activity-"}

func (d Definition) check() error {
	switch {
	case !codePattern.MatchString(d.Code) || len(d.Code) > 40:
		return fault.Fieldf("code", "the code %.50q is not small letters, digits and hyphens, at most 40", d.Code)
	case d.Code == "new" || hasReserved(d.Code):
		return fault.Fieldf("code", "the code %q is kept for measures of other kinds; choose another", d.Code)
	case strings.TrimSpace(d.Name) == "" || len(d.Name) > 100:
		return fault.Fieldf("name", "a measure needs a name of at most 100 letters")
	case strings.TrimSpace(d.About) == "" || len(d.About) > 2000:
		return fault.Fieldf("about", "say in plain words what measure %s tells, in at most 2,000 letters", d.Code)
	case strings.TrimSpace(d.Source) == "" || len(d.Source) > 200:
		return fault.Fieldf("source", "say where the figures of measure %s come from, in at most 200 letters", d.Code)
	case len(d.Unit) > 20:
		return fault.Fieldf("unit", "what stands after a figure has at most 20 letters")
	case len(d.Licence) > 500:
		return fault.Fieldf("licence", "the licence has at most 500 letters")
	case d.Decimals < 0 || d.Decimals > 4:
		return fault.Fieldf("decimals", "figures have 0 to 4 decimals, not %d", d.Decimals)
	case d.Covers < 1 || d.Covers > 60:
		return fault.Fieldf("covers", "a figure speaks of 1 to 60 periods, not %d", d.Covers)
	case d.Starts.IsZero():
		return fault.Fieldf("starts", "measure %s needs the first day it holds for", d.Code)
	case !d.Closed.IsZero() && !d.Closed.After(d.Starts):
		return fault.Fieldf("closed", "measure %s starts on %s and cannot end on %s", d.Code, d.Starts, d.Closed)
	}
	return d.checkKind()
}

func (d Definition) checkKind() error {
	switch d.Kind {
	case Value, Proportion, Rate, Ratio:
	default:
		return fault.Fieldf("kind", "a measure is a value, a proportion, a rate or a ratio, not %q", d.Kind)
	}
	switch d.Every {
	case Month, Quarter, Year:
	default:
		return fault.Fieldf("every", "there are figures each month, quarter or year, not each %q", d.Every)
	}
	switch d.Direction {
	case spc.Up, spc.Down, spc.Neutral:
	default:
		return fault.Fieldf("direction", "a measure improves up, down or in neither direction, not %q", d.Direction)
	}
	counted := strings.TrimSpace(d.Numerator) != "" && strings.TrimSpace(d.Denominator) != ""
	switch {
	case d.Kind.Counted() && !counted:
		return fault.Fieldf("numerator", "measure %s is a %s: say what is counted, and out of what", d.Code, d.Kind)
	case len(d.Numerator) > 300 || len(d.Denominator) > 300:
		return fault.Fieldf("numerator", "what is counted of measure %s is said in too many words", d.Code)
	case (d.Kind == Rate) != (d.Per > 0) || d.Per > 1_000_000:
		return fault.Fieldf("per", "measure %s: a rate, and only a rate, is per so many of its denominator", d.Code)
	}
	return nil
}

func hasReserved(code string) bool {
	for _, r := range reserved {
		if strings.HasPrefix(code, r) {
			return true
		}
	}
	return false
}
