package published

import (
	"math"
	"strconv"
	"strings"
	"time"
)

const friendsTitle = "Friends and Family Test"

// friendsLayout is the patients' friends-and-family test by organisation and month. The
// publisher has a file for each setting and names it in the title, not in the rows: a
// column headed Setting has to say it.
var friendsLayout = rowLayout{
	format: FormatFriends,
	source: Source{Name: friendsTitle, Publisher: publisher, Licence: LicenceLine(friendsTitle)},
	columns: []wanted{
		heads("period", "periodname", "period", "month"), heads("code", "org code", "organisation code", "trust code"), heads("name", "org name", "organisation name", "trust name"),
		heads("all", "total responses"), heads("1", friendsHeads(1)...), heads("2", friendsHeads(2)...), heads("3", friendsHeads(3)...),
		heads("4", friendsHeads(4)...), heads("5", friendsHeads(5)...), heads("6", "6 dont know sum", "6 don't know sum", "don't know", "dont know"),
		perhaps("year", "yearnumber"), perhaps("setting", "setting", "service"), perhaps("eligible", "total eligible"), perhaps("ics", "parent name"),
	},
	passed: among("parent org code", "response rate", "response rate %", "percentage positive", "percentage negative", "stp code", "icb code", "icb name"),
	period: func(l *line) (Period, string) {
		p, ok := friendsMonth(l.cell("period"), l.cell("year"))
		return p, unless(ok, "is not a month with its year, as in August 2025, or AUGUST beside 2025_26.")
	},
	figures: func(l *line) ([]figureCell, *refusal) {
		if total(l.cell("code"), l.cell("name")) {
			return nil, nil
		}
		s := strings.ToLower(l.cell("setting"))
		if !among(FriendsSettings...)(s) {
			return nil, &refusal{
				key: "setting", reason: "The row does not say in which setting patients were asked.",
				remedy: leftOut + " The title of the published sheet has it: put it into a column headed Setting, as one of " + strings.Join(FriendsSettings, ", ") + ".",
			}
		}
		out := []figureCell{{key: "all", measure: FriendsAll(s), may: true}}
		for n := range 6 {
			out = append(out, figureCell{key: strconv.Itoa(n + 1), measure: FriendsAnswer(s, n+1), may: true})
		}
		if l.has("eligible") {
			out = append(out, figureCell{key: "eligible", measure: countOf("fft."+s+".eligible", "People who could have answered", "people"), may: true})
		}
		return out, nil
	},
	check: checkFriends,
}

// FriendsSettings are the settings in which patients are asked.
var FriendsSettings = []string{"inpatient", "outpatient", "ae", "ambulance", "community", "mental-health", "maternity", "gp", "dental"}

var friendsWords = []string{"very good", "good", "neither good nor poor", "poor", "very poor", "don't know"}

// friendsHeads are the headings of an answer, as collected and as published.
func friendsHeads(n int) []string {
	word := friendsWords[n-1]
	return []string{word, strconv.Itoa(n) + " " + word + " sum"}
}

// FriendsAll counts all answers in a setting.
func FriendsAll(setting string) Measure {
	return countOf("fft."+setting+".all", "Answers to the friends-and-family test", "answers")
}

// FriendsAnswer counts one of the six answers, from 1, very good, to 6, don't know.
func FriendsAnswer(setting string, n int) Measure {
	m := countOf("fft."+setting+"."+strconv.Itoa(n), "Answered "+friendsWords[n-1], "answers")
	m.BaseUnit = "answers"
	return m
}

// checkFriends holds the six answers against their sum, unless some are hidden.
func checkFriends(l *line, v map[string]float64) *refusal {
	s := strings.ToLower(l.cell("setting"))
	all, known := v[FriendsAll(s).ID]
	sum := 0.0
	for n := range 6 {
		one, ok := v[FriendsAnswer(s, n+1).ID]
		known = known && ok
		sum += one
	}
	if known && math.Abs(sum-all) > 0 {
		return &refusal{key: "all", reason: "the six answers add up to " + strconv.FormatFloat(sum, 'f', -1, 64) + ", not to " + strconv.FormatFloat(all, 'f', -1, 64) + "."}
	}
	return nil
}

// friendsMonth reads a month with its year, or a month beside a financial year.
func friendsMonth(month, year string) (Period, bool) {
	month = strings.ToLower(month)
	if day, err := time.Parse("January 2006", strings.ReplaceAll(month, "-", " ")); err == nil {
		return Month(day.Year(), day.Month()), true
	}
	if day, err := time.Parse("Jan 06", strings.ReplaceAll(month, "-", " ")); err == nil {
		return Month(day.Year(), day.Month()), true
	}
	day, err := time.Parse("January", month)
	if err != nil || len(year) != 7 || year[4] != '_' {
		return "", false
	}
	first, err := strconv.Atoi(year[:4])
	if err != nil || strconv.Itoa((first+1)%100 + 100)[1:] != year[5:] {
		return "", false
	}
	if day.Month() < time.April {
		first++
	}
	return Month(first, day.Month()), true
}
