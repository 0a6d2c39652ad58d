package published

import (
	"regexp"
	"strings"
	"time"
)

const leaversTitle = "NHS Workforce Statistics, turnover"

// leaversLayout is the turnover file of the workforce statistics: a row for each
// organisation, group of staff and kind of count. PERIOD, TYPE, STAFF_GROUP, HC and FTE are
// the headings of the series that is published by region (Turnover 1, since September
// 2009); organisations stand as in the series of staff in post. MAIN_STAFF_GROUP stands
// beside STAFF_GROUP, which is "All staff groups" once in each main group, and some files
// part the same staff by age, grade or reason. All staff together are read, in heads: the
// row in which every such column says "All".
var leaversLayout = rowLayout{
	format: FormatLeavers,
	source: Source{Name: leaversTitle, Publisher: publisher, Licence: LicenceLine("NHS Workforce Statistics")},
	columns: []wanted{
		heads("period", "period"), heads("code", "org_code"), heads("name", "org_name"), heads("staff", "staff_group"), heads("kind", "type"), heads("heads", "hc"),
		perhaps("region", "nhse_region_name"), perhaps("ics", "ics_name"), perhaps("fte", "fte"),
		perhaps("main", "main_staff_group"), perhaps("age", "age_band"), perhaps("gender", "gender"), perhaps("ethnicity", "ethnicity", "ethnic_group"),
		perhaps("nationality", "nationality", "nationality_group"), perhaps("grade", "grade", "afc_band"), perhaps("reason", "reason_for_leaving"),
	},
	passed: among("nhse_region_code", "ics_code", "cluster_group", "benchmark_group"),
	period: func(l *line) (Period, string) {
		p, ok := monthsBetween(l.cell("period"))
		return p, unless(ok, "is not from the end of one month to that of another, as in 202406 to 202407.")
	},
	figures: func(l *line) ([]figureCell, *refusal) {
		if !strings.HasPrefix(strings.ToLower(l.cell("staff")), "all staff") || total(l.cell("code"), l.cell("name")) || l.partOfStaff() {
			return nil, nil
		}
		kind, ok := leaverKinds[strings.ToLower(l.cell("kind"))]
		if !ok {
			return nil, &refusal{key: "kind", reason: quote(l.cell("kind")) + " is none of the four counts: leavers, joiners, and the staff at the start and at the end."}
		}
		out := []figureCell{{key: "heads", measure: kind[0]}}
		if l.has("fte") {
			out = append(out, figureCell{key: "fte", measure: kind[1], may: true})
		}
		return out, nil
	},
}

// partOfStaff reports whether a column says that the row is of some of the staff.
func (l *line) partOfStaff() bool {
	for _, key := range []string{"main", "age", "gender", "ethnicity", "nationality", "grade", "reason"} {
		if l.has(key) && !strings.HasPrefix(strings.ToLower(l.cell(key)), "all") {
			return true
		}
	}
	return false
}

// The measures of the turnover file, in heads; each has another in full-time equivalents.
var (
	Leavers    = countOf("leavers.heads", "People who left", "people")
	Joiners    = countOf("joiners.heads", "People who joined", "people")
	StaffStart = countOf("staff.start.heads", "Staff at the start", "people")
	StaffEnd   = countOf("staff.end.heads", "Staff at the end", "people")

	leaverKinds = map[string][2]Measure{
		"leavers":                        {Leavers, equivalents(Leavers)},
		"joiners":                        {Joiners, equivalents(Joiners)},
		"denominator at start of period": {StaffStart, equivalents(StaffStart)},
		"denominator at end of period":   {StaffEnd, equivalents(StaffEnd)},
	}
)

// equivalents is a count of people as full-time equivalents.
func equivalents(m Measure) Measure {
	m.ID = strings.TrimSuffix(m.ID, "heads") + "fte"
	m.Label, m.Unit, m.Kind = m.Label+", full-time equivalents", "full-time equivalents", KindDays
	return m
}

var betweenPattern = regexp.MustCompile(`^(\d{6}) to (\d{6})$`)

// monthsBetween reads 202306 to 202406: from the end of one month to the end of another,
// so the months after the first.
func monthsBetween(s string) (Period, bool) {
	m := betweenPattern.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	from, err := time.Parse("200601", m[1])
	if err != nil {
		return "", false
	}
	to, err := time.Parse("200601", m[2])
	if err != nil || !from.Before(to) || to.After(from.AddDate(1, 0, 0)) {
		return "", false
	}
	from = from.AddDate(0, 1, 0)
	if from.Equal(to) {
		return Month(to.Year(), to.Month()), true
	}
	return Span(Month(from.Year(), from.Month()), Month(to.Year(), to.Month())), true
}
