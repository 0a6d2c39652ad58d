package published

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// The layout of a sheet of the Staff Survey workbooks:
//
//	row 1  title with the year, then each question over its first column
//	row 2  the sheet's questions; row 3 a note; row 4 blank
//	row 5  headings: who the row is about, then for each question its options
//	       ("% Agree") or its score ("E - score"), then its base
//	row 6  the first row of figures
//
// The heading row is found by its headings, not by its number.

const maxPreamble = 25 // rows to search for the headings

// Headings of the columns that say who a row is about.
var (
	organisationLead = []string{"ODS code", "Organisation name", "Benchmarking group", "Region", "ICS", "Weighting"}
	nationalLead     = []string{"Base", "Breakdown", "Breakdown subgroup", "Weighting"}
)

func headingFormat(cells []string) Format {
	switch {
	case hasAll(cells, organisationLead[:3]):
		return FormatSurveyOrganisations
	case hasAll(cells, nationalLead[:3]):
		return FormatSurveyNational
	}
	return ""
}

func hasAll(cells, heads []string) bool {
	for _, h := range heads {
		if !slices.ContainsFunc(cells, func(c string) bool { return clean(c) == h }) {
			return false
		}
	}
	return true
}

// layout is what the headings of a sheet say.
type layout struct {
	lead   map[string]int // heading to column
	blocks []block
	width  int
}

// block is the columns of one question or score.
type block struct {
	code    string
	columns []column
	base    int // column of the number of answers
	baseAt  string
}

type column struct {
	at      int
	heading string
	measure Measure
}

var (
	surveyTitle = regexp.MustCompile(`NHS Staff Survey (20[0-9]{2})\b`)
	scoreCode   = regexp.MustCompile(`^(PP[1-7]|E|M)(_[1-9])?$`)
)

// codeOf splits "Q2a - I look …" into code and wording. The two themes are
// printed under their names.
func codeOf(question string) (code, text string, ok bool) {
	code, text, ok = strings.Cut(clean(question), " - ")
	if !ok {
		return "", "", false
	}
	switch code {
	case "Staff Engagement":
		code = "E"
	case "Morale":
		code = "M"
	}
	return code, text, questionCode.MatchString(code) || scoreCode.MatchString(code)
}

// heading reads the row of questions and the row of headings of a sheet. What
// it cannot place becomes a rejection of that column or question alone.
func heading(sheet string, row, year int, questions, heads, leadHeads []string) (layout, []Rejection) {
	l := layout{lead: map[string]int{}, width: len(heads)}
	var faults []Rejection
	fault := func(field, reason string) {
		faults = append(faults, Rejection{
			Sheet: sheet, Row: row, Field: field, Reason: reason,
			Remedy: "Its figures are left out. Compare the sheet with the one published.",
		})
	}

	starts := questionColumns(questions, len(heads))
	first := len(heads)
	if len(starts) > 0 {
		first = starts[0]
	}
	for i, h := range heads[:first] {
		h = clean(h)
		_, twice := l.lead[h]
		switch {
		case h == "":
		case !slices.Contains(leadHeads, h):
			fault(h, "This heading is not one that the survey's sheets have.")
		case twice:
			fault(h, "This heading stands twice.")
		default:
			l.lead[h] = i
		}
	}

	seen := map[string]bool{}
	for n, from := range starts {
		to := len(heads)
		if n+1 < len(starts) {
			to = starts[n+1]
		}
		code, text, ok := codeOf(questions[from])
		switch {
		case !ok:
			fault(clean(questions[from]), "This is not a question or score of the survey.")
		case seen[code]:
			fault(code, "This question stands twice.")
		default:
			seen[code] = true
			b, reasons := readBlock(year, code, text, heads[from:to], from)
			for _, r := range reasons {
				fault(r[0], r[1])
			}
			if len(b.columns) > 0 {
				l.blocks = append(l.blocks, b)
			}
		}
	}
	return l, faults
}

// questionColumns are the columns over which a question stands. The first cell
// of the row is the sheet's title.
func questionColumns(questions []string, width int) []int {
	var at []int
	for i, q := range questions {
		if i > 0 && i < width && clean(q) != "" {
			at = append(at, i)
		}
	}
	return at
}

// readBlock reads the headings of one question. Without exactly one base
// column no figure of the question can be trusted, so it is left out whole.
func readBlock(year int, code, text string, heads []string, from int) (block, [][2]string) {
	b := block{code: code, base: -1}
	var reasons [][2]string
	ids := map[string]bool{}
	for i, h := range heads {
		h = clean(h)
		answer, isOption := strings.CutPrefix(h, "%")
		answer = strings.TrimSpace(answer)
		switch {
		case strings.HasPrefix(h, "Base (number of responses)"):
			if b.base >= 0 {
				return block{}, [][2]string{{code, "This question has two columns for its base."}}
			}
			b.base, b.baseAt = from+i, code+", base"
		case isOption && slug(answer) != "" && questionCode.MatchString(code):
			m := option(year, code, text, answer)
			if ids[m.ID] {
				reasons = append(reasons, [2]string{code + ", " + h, "This option stands twice."})
				continue
			}
			ids[m.ID] = true
			b.columns = append(b.columns, column{from + i, code + ", " + h, m})
		case strings.HasSuffix(h, "- score") && scoreCode.MatchString(code):
			m, known := ScoreOf(code)
			if !known || len(b.columns) > 0 {
				reasons = append(reasons, [2]string{code + ", " + h, "This is not one of the survey's thirty scores."})
				continue
			}
			m.Text = text
			b.columns = append(b.columns, column{from + i, code + ", " + h, m})
		default:
			reasons = append(reasons, [2]string{code + ", " + h, "This heading is neither an option, a score nor a base."})
		}
	}
	if b.base < 0 {
		return block{}, append(reasons, [2]string{code, "This question has no column for its base."})
	}
	return b, reasons
}

// surveyYear reads the year from the sheet's title.
func surveyYear(cells []string) (int, bool) {
	for _, c := range cells {
		if m := surveyTitle.FindStringSubmatch(c); m != nil {
			y, err := strconv.Atoi(m[1])
			return y, err == nil
		}
	}
	return 0, false
}

// clean takes the spaces off both ends and makes runs of them one.
func clean(s string) string { return strings.Join(strings.Fields(s), " ") }
