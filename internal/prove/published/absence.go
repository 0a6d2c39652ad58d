package published

import (
	"fmt"
	"math"
	"time"
)

// absenceLayout is the monthly absence file: for each organisation and month the days
// lost, the days available and the rate, all three as published.
var absenceLayout = rowLayout{
	format: FormatAbsence,
	source: Source{Name: "NHS Sickness Absence Rates", Publisher: publisher, Licence: LicenceLine("NHS Sickness Absence Rates")},
	columns: []wanted{
		heads("period", "date"), heads("region code", "nhse_region_code"), heads("region", "nhse_region_name"), heads("ics code", "ics_code"), heads("ics", "ics_name"),
		heads("code", "org_code"), heads("name", "org_name"), heads("type", "org_type"),
		heads("lost", "fte_days_lost"), heads("available", "fte_days_available"), heads("rate", "sickness_absence_rate_percent"),
	},
	period: func(l *line) (Period, string) {
		p, ok := monthEnd(l.cell("period"))
		return p, unless(ok, "is not the last day of a month, as in 30/04/2024.")
	},
	figures: always(
		figureCell{key: "lost", measure: AbsenceLost, what: daysOrRate},
		figureCell{key: "available", measure: AbsenceAvailable, what: daysOrRate},
		figureCell{key: "rate", measure: AbsenceRate, what: daysOrRate},
	),
	check: checkAbsence,
}

const (
	// bodies is what the file writes as region and system of bodies that lie in none.
	bodies     = "Special Health Authorities and other statutory bodies"
	daysOrRate = "a number of days or a rate"
)

// checkAbsence holds the rate against the days: a row that contradicts itself has a slip
// in it somewhere.
func checkAbsence(_ *line, v map[string]float64) *refusal {
	lost, available, rate := v[AbsenceLost.ID], v[AbsenceAvailable.ID], v[AbsenceRate.ID]
	switch {
	case available == 0:
		return &refusal{key: "available", reason: "no days were available, so there is no rate."}
	case lost > available:
		return &refusal{key: "lost", reason: "more days were lost than were available."}
	case math.Abs(100*lost/available-rate) > 0.01:
		return &refusal{key: "rate", reason: fmt.Sprintf("the rate is %g, but days lost and available make %.2f.", rate, 100*lost/available)}
	}
	return nil
}

func bodiless(s string) string {
	if s == bodies {
		return ""
	}
	return s
}

// unless is what is wrong where something does not hold.
func unless(ok bool, wrong string) string {
	if ok {
		return ""
	}
	return wrong
}

// monthEnd reads the last day of a month, written 30/04/2024. Any other day is
// refused: it would be a file with days and months the other way round, or one
// of weeks.
func monthEnd(s string) (Period, bool) {
	day, err := time.Parse("02/01/2006", s)
	if err != nil || day.AddDate(0, 0, 1).Day() != 1 {
		return "", false
	}
	return Month(day.Year(), day.Month()), true
}
