package door

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"commonweal/survey/instrument"
)

// The sheets of an XLSForm, and ours.
const (
	sheetSurvey   = "survey"
	sheetChoices  = "choices"
	sheetSettings = "settings"
	sheetScores   = "cw_scores"
)

// Columns of ours with a language behind them.
const (
	shortPrefix = "cw_label_"
	titlePrefix = "cw_title_"
)

// languageNames are how XLSForm calls languages in its headings.
var languageNames = map[string]string{"en": "English", "cy": "Cymraeg"}

// inLanguage is the heading of a column of texts: "label::English (en)".
func inLanguage(column, language string) string {
	name, ok := languageNames[language]
	if !ok {
		name = language
	}
	return fmt.Sprintf("%s::%s (%s)", column, name, language)
}

var languageHeading = regexp.MustCompile(`^label::(.*?)\s*(?:\(([a-z]{2})\))?$`)

// languageOf is the language of a column of labels. A heading "label" alone is
// in English.
func languageOf(heading string) (string, bool) {
	if heading == "label" {
		return "en", true
	}
	m := languageHeading.FindStringSubmatch(heading)
	if m == nil {
		return "", false
	}
	if m[2] != "" {
		return m[2], true
	}
	for code, name := range languageNames {
		if strings.EqualFold(m[1], name) || m[1] == code {
			return code, true
		}
	}
	if m[1] == "Welsh" {
		return "cy", true
	}
	return "", false
}

// Lists of small things in one cell: "2021=21a 2022=23a", "2=0 3=5".

func writeNumbers(numbers map[int]string) string {
	var words []string
	for _, y := range slices.Sorted(maps.Keys(numbers)) {
		words = append(words, fmt.Sprintf("%d=%s", y, numbers[y]))
	}
	return strings.Join(words, " ")
}

func readNumbers(cell string) (map[int]string, error) {
	var list map[int]string
	for word := range strings.FieldsSeq(cell) {
		year, number, ok := strings.Cut(word, "=")
		y, err := strconv.Atoi(year)
		if !ok || err != nil {
			return nil, fmt.Errorf("%q is not a year, = and a number", word)
		}
		if _, again := list[y]; again {
			return nil, fmt.Errorf("%d stands twice", y)
		}
		if list == nil {
			list = map[int]string{}
		}
		list[y] = number
	}
	return list, nil
}

// writeBreaks has one line a year: "2025: why".
func writeBreaks(breaks map[int]string) string {
	var lines []string
	for _, y := range slices.Sorted(maps.Keys(breaks)) {
		lines = append(lines, fmt.Sprintf("%d: %s", y, breaks[y]))
	}
	return strings.Join(lines, "\n")
}

func readBreaks(cell string) (map[int]string, error) {
	var list map[int]string
	for line := range strings.SplitSeq(cell, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		year, why, ok := strings.Cut(line, ": ")
		y, err := strconv.Atoi(year)
		if !ok || err != nil {
			return nil, fmt.Errorf("%q is not a year, a colon and a reason", line)
		}
		if list == nil {
			list = map[int]string{}
		}
		list[y] = why
	}
	return list, nil
}

func writePoints(codes []int, points []float64) string {
	words := make([]string, len(codes))
	for i := range codes {
		words[i] = fmt.Sprintf("%d=%s", codes[i], decimal(points[i]))
	}
	return strings.Join(words, " ")
}

func readPoints(cell string) (codes []int, points []float64, err error) {
	for word := range strings.FieldsSeq(cell) {
		code, value, ok := strings.Cut(word, "=")
		c, err := strconv.Atoi(code)
		if !ok || err != nil {
			return nil, nil, fmt.Errorf("%q is not a code, = and points", word)
		}
		p, err := readDecimal(value)
		if err != nil {
			return nil, nil, err
		}
		codes, points = append(codes, c), append(points, p)
	}
	return codes, points, nil
}

// decimal writes a number so that reading it gives the same number back.
func decimal(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

var plainDecimal = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

func readDecimal(cell string) (float64, error) {
	v, err := strconv.ParseFloat(cell, 64)
	if err != nil || !plainDecimal.MatchString(cell) || (v == 0 && cell[0] == '-') {
		return 0, fmt.Errorf("%q is not a number such as 7.5", cell)
	}
	return v, nil
}

// The one form of condition that instruments have: an option, or one of
// several, of one question before.

var conditionTerm = regexp.MustCompile(`^\$\{([A-Za-z][A-Za-z0-9_]*)\}\s*=\s*['"]?([0-9]+)['"]?$`)

func writeCondition(a instrument.Condition) string {
	terms := make([]string, len(a.Is))
	for i, code := range a.Is {
		terms[i] = fmt.Sprintf("${%s} = '%d'", a.Question, code)
	}
	return strings.Join(terms, " or ")
}

func readCondition(cell string) (*instrument.Condition, error) {
	var a instrument.Condition
	for _, term := range strings.Split(cell, " or ") {
		m := conditionTerm.FindStringSubmatch(strings.TrimSpace(term))
		if m == nil || (a.Question != "" && a.Question != m[1]) {
			return nil, fmt.Errorf("%q is not a comparison of one question with its options", cell)
		}
		code, err := strconv.Atoi(m[2])
		if err != nil {
			return nil, fmt.Errorf("%q is not the code of an option", m[2])
		}
		a.Question, a.Is = m[1], append(a.Is, code)
	}
	return &a, nil
}
