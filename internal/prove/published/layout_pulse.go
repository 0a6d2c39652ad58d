package published

import (
	"regexp"
	"strconv"
	"time"
)

const pulseTitle = "National Quarterly Pulse Survey"

// pulseLayout is the National Quarterly Pulse Survey by organisation: engagement and its
// three parts, unweighted, in either spelling of the headings.
var pulseLayout = rowLayout{
	format: FormatPulse,
	source: Source{Name: pulseTitle, Publisher: publisher, Licence: LicenceLine(pulseTitle)},
	columns: []wanted{
		heads("period", "quarter", "time"), heads("region", "region", "region name"), heads("ics", "icb", "stp name"),
		heads("code", "org_code", "org code"), heads("name", "org", "org name"), heads("setting", "care_setting", "care setting"),
		heads("responses", "responses", "total responses"), heads("headcount", "headcount", "hscic workforce headcount"),
		heads("engagement", "engagement", "engagement score"), heads("advocacy", "advocacy"), heads("involvement", "involvement"), heads("motivation", "motivation"),
	},
	passed: among("region_code", "region code", "icb_code", "stp code"),
	period: func(l *line) (Period, string) {
		p, ok := financialQuarter(l.cell("period"))
		return p, unless(ok, "is not a quarter of a financial year, as in 202122Q4.")
	},
	figures: always(
		figureCell{key: "responses", measure: PulseResponses},
		figureCell{key: "headcount", measure: PulseHeadcount, may: true},
		figureCell{key: "engagement", measure: PulseScores[0]},
		figureCell{key: "advocacy", measure: PulseScores[1], may: true},
		figureCell{key: "involvement", measure: PulseScores[2], may: true},
		figureCell{key: "motivation", measure: PulseScores[3], may: true},
	),
	check: func(_ *line, v map[string]float64) *refusal {
		switch {
		case v[PulseResponses.ID] == 0:
			return &refusal{key: "engagement", reason: "nobody answered, so that there is no score."}
		case v[PulseScores[0].ID] == 0:
			return &refusal{key: "engagement", reason: "a score of 0 would need every answer to be the worst; a figure was lost here."}
		}
		return nil
	},
	base: PulseResponses.ID,
}

// The measures of the pulse survey: engagement and its three parts, and who answered.
var (
	PulseScores = []Measure{
		pulseScore("engagement", "Staff engagement"), pulseScore("advocacy", "Advocacy"), pulseScore("involvement", "Involvement"), pulseScore("motivation", "Motivation"),
	}
	PulseResponses = countOf("nqps.responses", "Answers to the pulse survey", "answers")
	PulseHeadcount = countOf("nqps.headcount", "People employed", "people")
)

func pulseScore(code, label string) Measure {
	return Measure{ID: "nqps." + code, Label: label, Unit: "score", High: 10, Direction: Higher, Kind: KindScore, Code: code, BaseUnit: "answers"}
}

var quarterPattern = regexp.MustCompile(`^(\d{4})(\d{2})Q([1-4])$`)

// financialQuarter reads 202122Q4, January to March 2022: the year runs from April.
func financialQuarter(s string) (Period, bool) {
	m := quarterPattern.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	year, _ := strconv.Atoi(m[1]) // four digits
	next, _ := strconv.Atoi(m[2])
	n, _ := strconv.Atoi(m[3])
	if next != (year+1)%100 {
		return "", false
	}
	first := time.Date(year, time.Month(1+3*n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 2, 0)
	return Span(Month(first.Year(), first.Month()), Month(last.Year(), last.Month())), true
}
