package published

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const shmiTitle = "Summary Hospital-level Mortality Indicator (SHMI)"

// shmiLayout is the mortality indicator: observed and expected deaths of a year, with the
// limits and the banding that the publisher gives.
var shmiLayout = rowLayout{
	format: FormatSHMI,
	source: Source{Name: shmiTitle, Publisher: publisher, Licence: LicenceLine("SHMI")},
	columns: []wanted{
		heads("period", "date"), heads("code", "provider"), perhaps("name", "provider name"), heads("spells", "denominator"),
		heads("observed", "observed"), heads("expected", "expected"), heads("value", "value"),
		heads("low", "od_ll"), heads("high", "od_ul"), heads("band", "od_banding"),
	},
	passed: among("po_ll", "po_ul", "po_banding", "indicator code"),
	period: func(l *line) (Period, string) {
		p, ok := shmiYear(l.cell("period"))
		return p, unless(ok, "is not the first day of a quarter, as in 2013-07-01.")
	},
	figures: always(
		figureCell{key: "spells", measure: SHMISpells},
		figureCell{key: "observed", measure: SHMIObserved},
		figureCell{key: "expected", measure: SHMIExpected},
		figureCell{key: "value", measure: SHMI},
		figureCell{key: "low", measure: shmiLow},
		figureCell{key: "high", measure: shmiHigh},
		figureCell{key: "band", measure: shmiBand},
	),
	check: shmiAgrees(0),
	base:  SHMISpells.ID,
}

// shmiTrustLayout is the mortality indicator as it is published since 2018, in a workbook
// or saved as CSV: "SHMI data at trust level", with the twelve months in the title above
// the headings and the counts rounded to the nearest five.
var shmiTrustLayout = rowLayout{
	format: FormatSHMI,
	source: shmiLayout.source,
	columns: []wanted{
		heads("code", "provider code"), heads("name", "provider name"), heads("value", "shmi value"), heads("band", "shmi banding"),
		heads("spells", "number of spells"), heads("observed", "observed deaths"), heads("expected", "expected deaths"),
		perhaps("period", "reporting period", "period"),
	},
	never: []string{"site code", "diagnosis group number", "diagnosis group"},
	passed: func(heading string) bool {
		return strings.Contains(heading, "limit") || strings.Contains(heading, "banding") || strings.HasPrefix(heading, "percentage")
	},
	period: func(l *line) (Period, string) {
		for _, text := range append([]string{l.cell("period")}, l.titles...) {
			if p, ok := twelveMonths(text); ok {
				return p, ""
			}
		}
		return "", "is not twelve months, as in July 2020 - June 2021."
	},
	figures: func(l *line) ([]figureCell, *refusal) {
		if total(l.cell("code"), l.cell("name")) {
			return nil, nil
		}
		return []figureCell{
			{key: "spells", measure: SHMISpells},
			{key: "observed", measure: SHMIObserved},
			{key: "expected", measure: SHMIExpected},
			{key: "value", measure: SHMI},
			{key: "band", measure: shmiBand, what: "one of the three bands", read: bandOf},
		}, nil
	},
	check: shmiAgrees(2.5), // counts are rounded to the nearest five
	base:  SHMISpells.ID,
}

// shmiAgrees holds a ratio against its counts, each of which may be so far from what the
// ratio was made of.
func shmiAgrees(rounded float64) func(*line, map[string]float64) *refusal {
	return func(_ *line, v map[string]float64) *refusal {
		observed, expected, value := v[SHMIObserved.ID], v[SHMIExpected.ID], v[SHMI.ID]
		switch {
		case expected == 0:
			return &refusal{key: "expected", reason: "no deaths were expected, so that there is no ratio."}
		case observed > v[SHMISpells.ID]:
			return &refusal{key: "observed", reason: "more people died than were treated."}
		case math.Abs(observed/expected-value) > (rounded+rounded*value)/expected+0.0001:
			return &refusal{key: "value", reason: fmt.Sprintf("the ratio is %g, but observed and expected make %.4f.", value, observed/expected)}
		}
		return nil
	}
}

var twelvePattern = regexp.MustCompile(`([A-Z][a-z]+ 20\d\d)\s*(?:-|–|to)\s*([A-Z][a-z]+ 20\d\d)`)

// twelveMonths finds July 2020 - June 2021 in a title.
func twelveMonths(title string) (Period, bool) {
	m := twelvePattern.FindStringSubmatch(title)
	if m == nil {
		return "", false
	}
	first, err := time.Parse("January 2006", m[1])
	if err != nil {
		return "", false
	}
	last, err := time.Parse("January 2006", m[2])
	if err != nil || !first.AddDate(0, 11, 0).Equal(last) {
		return "", false
	}
	return Span(Month(first.Year(), first.Month()), Month(last.Year(), last.Month())), true
}

// bandOf reads the banding, as a number or in words.
func bandOf(cell string) (float64, bool) {
	for n, word := range []string{"higher than expected", "as expected", "lower than expected"} {
		if cell == strconv.Itoa(n+1) || strings.EqualFold(cell, word) {
			return float64(n + 1), true
		}
	}
	return 0, false
}

// The measures of the mortality file.
var (
	SHMI         = Measure{ID: "shmi", Label: "Deaths, observed over expected", High: 100, Direction: Lower, Kind: KindRatio, BaseUnit: "spells"}
	SHMIObserved = countOf("shmi.observed", "Deaths observed", "deaths")
	SHMIExpected = Measure{ID: "shmi.expected", Label: "Deaths expected", Unit: "deaths", High: math.MaxFloat64, Direction: Neither, Kind: KindDays}
	SHMISpells   = countOf("shmi.spells", "Stays in hospital", "spells")
	shmiLow      = Measure{ID: "shmi.low", Label: "Lower limit, as published", High: 100, Direction: Neither, Kind: KindRatio}
	shmiHigh     = Measure{ID: "shmi.high", Label: "Upper limit, as published", High: 100, Direction: Neither, Kind: KindRatio}
	shmiBand     = Measure{ID: "shmi.band", Label: "Banding, as published", Low: 1, High: 3, Direction: Neither, Kind: KindCount}
)

// shmiYear reads the day of a release and gives the year that it is about: that which
// ended seven months before. The release of July 2013 is about the year 2012.
func shmiYear(s string) (Period, bool) {
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		day, err = time.Parse("02/01/2006", s)
	}
	if err != nil || day.Day() != 1 || (day.Month()-1)%3 != 0 {
		return "", false
	}
	first, last := day.AddDate(0, -18, 0), day.AddDate(0, -7, 0)
	return Span(Month(first.Year(), first.Month()), Month(last.Year(), last.Month())), true
}
