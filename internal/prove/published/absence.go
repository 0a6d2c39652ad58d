package published

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"time"
)

var absenceHeads = []string{
	"date", "nhse_region_code", "nhse_region_name", "ics_code", "ics_name", "org_code", "org_name", "org_type",
	"fte_days_lost", "fte_days_available", "sickness_absence_rate_percent",
}

// readAbsence reads the monthly absence file: for each organisation and month
// the days lost, the days available and the rate, all three as published.
func readAbsence(ctx context.Context, f File, from Source, t *tally) error {
	tab, err := openTable(f, absenceHeads, t)
	if err != nil {
		return err
	}
	a := absence{table: tab, out: t, from: from, known: map[string]Organisation{}, rows: map[[2]string]int{}}
	return tab.each(ctx, t, a.row)
}

type absence struct {
	*table
	out     *tally
	from    Source
	started bool
	known   map[string]Organisation
	rows    map[[2]string]int // organisation and month to the row that has them
}

// bodies is what the file writes as region and system of bodies that lie in none.
const bodies = "Special Health Authorities and other statutory bodies"

func (a *absence) row() error {
	code := a.cell("org_code")
	if !ValidODS(code) {
		return a.reject(a.out, "ORG_CODE", quote(code)+" is not an ODS code.")
	}
	month, ok := monthEnd(a.cell("date"))
	if !ok {
		return a.reject(a.out, "DATE", quote(a.cell("date"))+" is not the last day of a month, as in 30/04/2024.")
	}
	name := a.cell("org_name")
	if name == "" {
		return a.reject(a.out, "ORG_NAME", code+" has no name.")
	}
	lost, available, rate, field, reason := a.figures()
	if reason != "" {
		return a.reject(a.out, field, code+": "+reason)
	}
	key := [2]string{code, string(month)}
	if first, twice := a.rows[key]; twice {
		return a.reject(a.out, "", fmt.Sprintf("%s in %s stands already in row %d.", code, month, first))
	}
	a.rows[key] = a.table.row
	if err := a.start(month); err != nil {
		return err
	}
	o := Organisation{
		ODS: code, Name: name, Scope: ScopeOrganisation, Type: a.cell("org_type"),
		Region: bodiless(a.cell("nhse_region_name")), ICS: bodiless(a.cell("ics_name")),
	}
	if !a.same(o) {
		a.known[code] = o
		if err := a.out.organisation(o); err != nil {
			return err
		}
	}
	for _, v := range []Value{
		{ODS: code, Measure: AbsenceLost.ID, Period: month, Value: lost},
		{ODS: code, Measure: AbsenceAvailable.ID, Period: month, Value: available},
		{ODS: code, Measure: AbsenceRate.ID, Period: month, Value: rate},
	} {
		if err := a.out.value(v); err != nil {
			return err
		}
	}
	return nil
}

// figures reads the three numbers and holds the rate against the other two: a
// row that contradicts itself has a slip in it somewhere.
func (a *absence) figures() (lost, available, rate float64, field, reason string) {
	for _, n := range []struct {
		head string
		to   *float64
	}{{"fte_days_lost", &lost}, {"fte_days_available", &available}, {"sickness_absence_rate_percent", &rate}} {
		text := a.cell(n.head)
		v, ok := number(text)
		if !ok || v < 0 || v > 1e9 {
			return 0, 0, 0, n.head, quote(text) + " is not a number of days or a rate."
		}
		*n.to = v
	}
	switch {
	case available == 0:
		return 0, 0, 0, "fte_days_available", "no days were available, so there is no rate."
	case lost > available:
		return 0, 0, 0, "fte_days_lost", "more days were lost than were available."
	case math.Abs(100*lost/available-rate) > 0.01:
		return 0, 0, 0, "sickness_absence_rate_percent", fmt.Sprintf("the rate is %g, but days lost and available make %.2f.", rate, 100*lost/available)
	}
	return lost, available, rate, "", ""
}

// start announces the source with the first good row, which tells the year.
func (a *absence) start(month Period) error {
	if a.started {
		return nil
	}
	a.started = true
	year, err := strconv.Atoi(string(month[:4]))
	if err != nil {
		return err
	}
	a.from.Name, a.from.Publisher, a.from.Year = "NHS Sickness Absence Rates", publisher, year
	a.from.Licence = LicenceLine("NHS Sickness Absence Rates")
	if err := a.out.source(a.from); err != nil {
		return err
	}
	for _, m := range []Measure{AbsenceLost, AbsenceAvailable, AbsenceRate} {
		if err := a.out.measure(m); err != nil {
			return err
		}
	}
	return nil
}

func (a *absence) same(o Organisation) bool {
	before, known := a.known[o.ODS]
	return known && before.Name == o.Name && before.Type == o.Type && before.Region == o.Region && before.ICS == o.ICS
}

func bodiless(s string) string {
	if s == bodies {
		return ""
	}
	return s
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
