package published

import (
	"math"
	"strconv"
	"strings"
)

// MeasureKind says what sort of number a measure is.
type MeasureKind string

const (
	KindScore   MeasureKind = "score"   // an average of answers on a scale
	KindPercent MeasureKind = "percent" // the share of answers that chose one option
	KindRate    MeasureKind = "rate"    // days lost in a hundred days available
	KindDays    MeasureKind = "days"    // full-time-equivalent days, lost or available
	KindCount   MeasureKind = "count"   // a whole number of people or events, or a rating
	KindRatio   MeasureKind = "ratio"   // what was observed over what was expected
)

// Direction says which way is better, where there is a better.
type Direction string

const (
	Higher  Direction = "higher"
	Lower   Direction = "lower"
	Neither Direction = "neither"
)

// Measure is one thing that is published about organisations.
type Measure struct {
	ID        string // stable: "nss.E", "nss2024.Q2a.often", "absence.rate"
	Label     string // our own short words
	Unit      string // "score", "%", "days"
	Low, High float64
	Direction Direction
	Kind      MeasureKind

	// Code is the publisher's code of the question or score: "Q2a", "PP1_1".
	Code string
	// Text is the publisher's wording. It is known only from an imported
	// workbook; this repository does not carry it.
	Text string
	// Option is the answer whose share this is, as published.
	Option string
	// Weighted is false for the questions about facts and persons, which the
	// survey never weights.
	Weighted bool
	// BaseUnit says what Value.Base counts: "answers", "months", or nothing.
	BaseUnit string
	// Spread is how far people's own scores lie apart (a standard deviation),
	// from which a likely range follows. The publisher states none; see
	// [LikelyRange]. Nought means that no range can be given.
	Spread float64
}

// Composite reports whether the score is an element of the People Promise or a
// theme, as against one of their sub-scores.
func (m Measure) Composite() bool {
	return m.Kind == KindScore && !strings.Contains(m.Code, "_")
}

// Format writes a value of this measure as pages show it: two decimals from a
// hundred answers, one below that; percentages of answers whole; days whole.
func (m Measure) Format(v float64, base int) string {
	decimals := 2
	switch {
	case m.Kind == KindPercent, m.Kind == KindDays, m.Kind == KindCount:
		decimals = 0
	case m.Kind == KindScore && base > 0 && base < 100:
		decimals = 1
	}
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	// A value that rounds to nought has no sign; others take a true minus.
	if strings.HasPrefix(s, "-") {
		if strings.Trim(s, "-0.") == "" {
			return s[1:]
		}
		return "\u2212" + s[1:]
	}
	return s
}

// Scores lists the People Promise elements, the themes and their sub-scores,
// the thirty scores of the Staff Survey since 2021, in the publisher's order.
func Scores() []Measure {
	list := make([]Measure, 0, len(scoreTable))
	for _, s := range scoreTable {
		list = append(list, Measure{
			ID: "nss." + s.code, Label: s.label, Unit: "score", Low: 0, High: 10,
			Direction: Higher, Kind: KindScore, Code: s.code, Weighted: true,
			BaseUnit: "answers", Spread: s.spread,
		})
	}
	return list
}

// ScoreOf finds a score by the publisher's code: "E", "PP1", "PP1_1".
func ScoreOf(code string) (Measure, bool) {
	for _, m := range Scores() {
		if m.Code == code {
			return m, true
		}
	}
	return Measure{}, false
}

// The three measures of the absence file and the one that we work out from them.
var (
	AbsenceLost = Measure{
		ID: "absence.lost", Label: "Days lost to sickness", Unit: "days",
		High: math.MaxFloat64, Direction: Neither, Kind: KindDays,
	}
	AbsenceAvailable = Measure{
		ID: "absence.available", Label: "Days available", Unit: "days",
		High: math.MaxFloat64, Direction: Neither, Kind: KindDays,
	}
	AbsenceRate = Measure{
		ID: "absence.rate", Label: "Sickness absence", Unit: "%",
		High: 100, Direction: Lower, Kind: KindRate,
	}
	// AbsenceYear is ours: days lost in the months known, divided by days
	// available in them. It is not an average of the monthly rates.
	AbsenceYear = Measure{
		ID: "absence.year", Label: "Sickness absence over the year", Unit: "%",
		High: 100, Direction: Lower, Kind: KindRate, BaseUnit: "months",
	}
)

// countOf is a whole number of people or events.
func countOf(id, label, unit string) Measure {
	return Measure{ID: id, Label: label, Unit: unit, High: math.MaxFloat64, Direction: Neither, Kind: KindCount}
}
