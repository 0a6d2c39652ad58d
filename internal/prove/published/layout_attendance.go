package published

import (
	"strings"
	"time"
)

const attendanceTitle = "A&E Attendances and Emergency Admissions"

// attendanceLayout is the monthly file of accident and emergency departments: a row for
// each organisation, with the kinds of department side by side. Its headings are those of
// the files Monthly-AE of NHS England: with "Number of" before each up to July 2020, since
// then with booked appointments in columns of their own. The publisher's own totals count
// those in: in March 2026 Cambridge (RGT) had 11,693 attendances of type 1 and 345 booked,
// and 12,038 are published for it. So do these figures. Independent providers stand in it
// by site, and the last row is a total, under several spellings.
var attendanceLayout = rowLayout{
	format: FormatAttendance,
	source: attendanceSource,
	columns: []wanted{
		heads("period", "period"), heads("code", "org code"), heads("name", "org name"), perhaps("region", "parent org"),
		heads("attendances 1", "a&e attendances type 1", "number of a&e attendances type 1"),
		heads("attendances 2", "a&e attendances type 2", "number of a&e attendances type 2"),
		heads("attendances other", "a&e attendances other a&e department", "number of a&e attendances other a&e department"),
		heads("over 1", "attendances over 4hrs type 1", "number of attendances over 4hrs type 1"),
		heads("over 2", "attendances over 4hrs type 2", "number of attendances over 4hrs type 2"),
		heads("over other", "attendances over 4hrs other department", "number of attendances over 4hrs other a&e department"),
		perhaps("booked 1", "a&e attendances booked appointments type 1"), perhaps("booked 2", "a&e attendances booked appointments type 2"),
		perhaps("booked other", "a&e attendances booked appointments other department"),
		perhaps("booked over 1", "attendances over 4hrs booked appointments type 1"), perhaps("booked over 2", "attendances over 4hrs booked appointments type 2"),
		perhaps("booked over other", "attendances over 4hrs booked appointments other department"),
		perhaps("admissions 1", "emergency admissions via a&e - type 1"),
		perhaps("admissions 2", "emergency admissions via a&e - type 2"),
		perhaps("admissions other", "emergency admissions via a&e - other a&e department"),
	},
	passed: func(heading string) bool {
		return strings.HasPrefix(heading, "patients who have waited") || heading == "other emergency admissions"
	},
	period: func(l *line) (Period, string) {
		p, ok := collectionMonth(l.cell("period"))
		return p, unless(ok, "is not a month of the collection, as in MSitAE-APRIL-2024.")
	},
	figures: func(l *line) ([]figureCell, *refusal) {
		if total(l.cell("code"), l.cell("period"), l.cell("name"), l.cell("region")) {
			return nil, nil
		}
		var out []figureCell
		for _, d := range Departments {
			out = append(out, departmentFigures(d, " "+d, l.has("admissions "+d))...)
		}
		return out, nil
	},
	check: checkAttendance,
}

// attendanceLongLayout is the same collection with a row for each kind of department, as
// analysts keep it.
var attendanceLongLayout = rowLayout{
	format: FormatAttendance,
	source: attendanceSource,
	columns: []wanted{
		heads("period", "period"), heads("code", "org_code"), heads("kind", "type"), heads("attendances", "attendances"), heads("over", "breaches"),
		perhaps("admissions", "admissions"), perhaps("name", "org_name"),
	},
	period: func(l *line) (Period, string) {
		day, err := time.Parse(time.DateOnly, l.cell("period"))
		return Month(day.Year(), day.Month()), unless(err == nil && day.Day() == 1, "is not the first day of a month, as in 2017-03-01.")
	},
	figures: func(l *line) ([]figureCell, *refusal) {
		d := strings.ToLower(l.cell("kind"))
		if !among(Departments...)(d) {
			return nil, &refusal{key: "kind", reason: quote(l.cell("kind")) + " is none of the kinds of department: 1, 2, other."}
		}
		return departmentFigures(d, "", l.has("admissions")), nil
	},
	check: checkAttendance,
}

var attendanceSource = Source{Name: attendanceTitle, Publisher: publisher, Licence: LicenceLine(attendanceTitle)}

// Departments are the kinds of department: major, single speciality, and all others.
var Departments = []string{"1", "2", "other"}

// Attendances counts those who came to a kind of department, with an appointment or without.
func Attendances(department string) Measure {
	return countOf("ae.attendances."+department, "Attendances, "+departmentWords(department), "attendances")
}

// OverFourHours counts those of them who waited longer than four hours.
func OverFourHours(department string) Measure {
	return countOf("ae.over4."+department, "Over four hours, "+departmentWords(department), "attendances")
}

func departmentWords(d string) string {
	if d == "other" {
		return "other departments"
	}
	return "departments of type " + d
}

func departmentFigures(d, after string, admissions bool) []figureCell {
	out := []figureCell{
		{key: "attendances" + after, plus: "booked" + after, measure: Attendances(d)},
		{key: "over" + after, plus: "booked over" + after, measure: OverFourHours(d)},
	}
	if admissions {
		out = append(out, figureCell{key: "admissions" + after, measure: countOf("ae.admissions."+d, "Emergency admissions, "+departmentWords(d), "admissions"), may: true})
	}
	return out
}

func checkAttendance(l *line, v map[string]float64) *refusal {
	for _, d := range Departments {
		if v[OverFourHours(d).ID] <= v[Attendances(d).ID] {
			continue
		}
		key := "over"
		if !l.has(key) {
			key += " " + d
		}
		return &refusal{key: key, reason: "more people waited over four hours than came."}
	}
	return nil
}

// collectionMonth reads MSitAE-APRIL-2024, April-2024 or April 2024.
func collectionMonth(s string) (Period, bool) {
	s = strings.ReplaceAll(strings.TrimPrefix(strings.ToLower(s), "msitae-"), "-", " ")
	day, err := time.Parse("January 2006", s)
	return Month(day.Year(), day.Month()), err == nil
}
