package published

import "sort"

// MonthAbsence is one organisation's days in one month.
type MonthAbsence struct {
	Period          Period
	Lost, Available float64
}

// YearAbsence is a rate over several months.
type YearAbsence struct {
	Rate   float64 // days lost in a hundred days available
	Months int     // how many months it is made of; below twelve where an organisation began or ended
	Period Period
}

// OverYear adds up days lost and days available and divides the sums, so that
// a month counts for as much as there was of it. It reports false where there
// is nothing to divide.
func OverYear(months []MonthAbsence) (YearAbsence, bool) {
	if len(months) == 0 {
		return YearAbsence{}, false
	}
	sorted := append([]MonthAbsence(nil), months...)
	sort.Slice(sorted, func(i, j int) bool { return sorted[i].Period < sorted[j].Period })
	var lost, available float64
	for _, m := range sorted {
		lost += m.Lost
		available += m.Available
	}
	if available <= 0 {
		return YearAbsence{}, false
	}
	return YearAbsence{
		Rate:   100 * lost / available,
		Months: len(sorted),
		Period: Span(sorted[0].Period, sorted[len(sorted)-1].Period),
	}, true
}

// FullYears leaves out the yearly rates made of fewer than twelve months.
// Absence rises in winter, so a rate from April to October would sit among
// rates of whole years as something it is not.
func FullYears(figures []Figure) []Figure {
	var full []Figure
	for _, f := range figures {
		if f.Base == 12 {
			full = append(full, f)
		}
	}
	return full
}
