package published

import (
	"regexp"
	"strings"
)

const ratingsTitle = "Care directory with ratings"

// RatingsLicence is the line to print beside ratings.
const RatingsLicence = "Contains public sector information licensed under the Open Government Licence v3.0. Source: Care Quality Commission (" + ratingsTitle + ")."

// ratingsLayout is the sheet of providers in the regulator's directory with ratings: a
// row for each provider, service and question, under the headings of the file Latest
// ratings: Key Question up to 2019, then Domain; since 2024 with the ODS code beside the
// regulator's number. A line of title may stand above them. What is read is the whole
// provider, by question. An NHS trust has its ODS code as its number; a community interest
// company has it in the other column, and a provider without any is none of the NHS. The
// sheet of locations has all these headings too, and speaks of places, not of providers.
var ratingsLayout = rowLayout{
	format: FormatRatings,
	source: Source{
		Name: ratingsTitle, Publisher: "Care Quality Commission",
		Licence: RatingsLicence,
	},
	columns: []wanted{
		heads("code", "provider id"), perhaps("ods", "provider ods code"), heads("name", "provider name"), heads("service", "service / population group"),
		heads("question", "domain", "key question"), heads("rating", "latest rating"), heads("period", "publication date"),
		perhaps("region", "provider region"),
	},
	never: []string{"location id"},
	code:  ratedCode,
	passed: func(heading string) bool {
		return strings.HasPrefix(heading, "provider ") ||
			among("report type", "inherited rating (y/n)", "url", "brand id", "brand name", "care home?")(heading)
	},
	period: func(l *line) (Period, string) {
		day, ok := l.day("period")
		return Month(day.Year(), day.Month()), unless(ok, "is not a day, as in 26/04/2023.")
	},
	figures: func(l *line) ([]figureCell, *refusal) {
		if !strings.EqualFold(l.cell("service"), "overall") || regulatorsNumber.MatchString(l.code()) || unrated(l.cell("rating")) {
			return nil, nil
		}
		m, ok := Ratings[strings.ToLower(l.cell("question"))]
		if !ok {
			return nil, &refusal{key: "question", reason: quote(l.cell("question")) + " is none of the five questions, nor overall."}
		}
		return []figureCell{{key: "rating", measure: m, what: "one of the four ratings", read: rating}}, nil
	},
	snapshot: true,
}

// ratedCode is the ODS code of a provider: its number, or what stands in the column of ODS
// codes where that is the code of an organisation of the NHS, which has three characters.
func ratedCode(l *line) string {
	code, ods := l.cell("code"), l.cell("ods")
	if regulatorsNumber.MatchString(code) && ValidODS(ods) && (len(ods) == 3 || l.known.Codes[ods]) {
		return ods
	}
	return code
}

// Ratings are the measures of the regulator's ratings, by the question as published.
var Ratings = map[string]Measure{
	"overall": ratingOf("overall", "Rating overall"), "safe": ratingOf("safe", "Rating: safe"), "effective": ratingOf("effective", "Rating: effective"),
	"caring": ratingOf("caring", "Rating: caring"), "responsive": ratingOf("responsive", "Rating: responsive"), "well-led": ratingOf("well-led", "Rating: well led"),
}

func ratingOf(code, label string) Measure {
	return Measure{ID: "cqc." + code, Label: label, Unit: "of 4", Low: 1, High: 4, Direction: Higher, Kind: KindCount, Code: code}
}

var (
	regulatorsNumber = regexp.MustCompile(`^\d-\d+$`)
	ratingWords      = []string{"inadequate", "requires improvement", "good", "outstanding"}
)

// rating is 1 for the worst of the four and 4 for the best.
func rating(cell string) (float64, bool) {
	for n, word := range ratingWords {
		if strings.EqualFold(cell, word) {
			return float64(n + 1), true
		}
	}
	return 0, false
}

// unrated reports whether the regulator looked and gave no rating.
func unrated(cell string) bool {
	return among("", "not rated", "unrated", "no rating/under appeal/rating suspended", "no published rating", "insufficient evidence to rate", "inspected but not rated", "not applicable", "-")(strings.ToLower(cell))
}
