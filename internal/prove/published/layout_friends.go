package published

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const friendsTitle = "Friends and Family Test"

// friendsLayout is the patients' friends-and-family test by organisation and month: the
// sheet Trusts of the workbook that NHS England publishes for each setting, or a table
// under the headings with which the answers are collected ("1 Very Good SUM"). In the
// workbook the setting and the month stand in the title alone ("Inpatient Friends and
// Family Test (FFT) Data - Aug-25"), the headings in two lines, and above the trusts two
// rows for England and one for a selection. The sheets of sites and wards have all these
// headings too. Where no title is left, columns headed Setting and Period have to say it.
var friendsLayout = rowLayout{
	format: FormatFriends,
	source: Source{Name: friendsTitle, Publisher: publisher, Licence: LicenceLine(friendsTitle)},
	columns: []wanted{
		perhaps("period", "periodname", "period", "month"), heads("code", "org code", "organisation code", "trust code"), heads("name", "org name", "organisation name", "trust name"),
		heads("all", "total responses"), heads("1", friendsHeads(1)...), heads("2", friendsHeads(2)...), heads("3", friendsHeads(3)...),
		heads("4", friendsHeads(4)...), heads("5", friendsHeads(5)...), heads("6", "6 dont know sum", "6 don't know sum", "don't know", "dont know"),
		perhaps("year", "yearnumber"), perhaps("setting", "setting", "service"), perhaps("eligible", "total eligible", "total eligible sum"), perhaps("ics", "parent name", "icb name", "icb_name"),
	},
	never: []string{"site code", "ward name"},
	passed: func(heading string) bool {
		return strings.HasPrefix(heading, "mode ") || among("parent org code", "response rate", "response rate %", "percentage positive", "percentage negative",
			"prop_pos", "prop_neg", "stp code", "icb code", "area team code", "title", "breakdown of responses", "mode of collection")(heading)
	},
	period: func(l *line) (Period, string) {
		if month, _ := l.friendsTitle(); l.cell("period") == "" && month != "" {
			return month, ""
		}
		p, ok := friendsMonth(l.cell("period"), l.cell("year"))
		return p, unless(ok, "is not a month with its year, as in August 2025, or AUGUST beside 2025_26.")
	},
	figures: func(l *line) ([]figureCell, *refusal) {
		if total(l.cell("code"), l.cell("name")) {
			return nil, nil
		}
		s := l.friendsSetting()
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
	parts: true, // a file for each setting
}

var (
	friendsTitled = regexp.MustCompile(`(?i)^(inpatient|outpatient|a&e|ambulance|community|mental health)s? .*friends and family test.*?[-–,: ]\s*((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[- ]\d{2,4})\s*$`)
	// titledSettings leaves out maternity, which is asked at four points and has a sheet for each.
	titledSettings = map[string]string{
		"inpatient": "inpatient", "outpatient": "outpatient", "a&e": "ae", "ambulance": "ambulance", "community": "community", "mental health": "mental-health",
	}
)

// friendsTitle reads the month and the setting in the title of a workbook.
func (l *line) friendsTitle() (month Period, setting string) {
	for _, title := range l.titles {
		if m := friendsTitled.FindStringSubmatch(title); m != nil {
			month, _ = friendsMonth(m[2], "")
			return month, titledSettings[strings.ToLower(m[1])]
		}
	}
	return "", ""
}

func (l *line) friendsSetting() string {
	if s := strings.ToLower(l.cell("setting")); s != "" {
		return s
	}
	_, s := l.friendsTitle()
	return s
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
	s := l.friendsSetting()
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
	for _, layout := range []string{"January 2006", "Jan 2006", "Jan 06", "January 06"} {
		if day, err := time.Parse(layout, strings.ReplaceAll(month, "-", " ")); err == nil {
			return Month(day.Year(), day.Month()), true
		}
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
