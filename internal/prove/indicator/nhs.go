package indicator

import (
	"context"
	"strconv"
	"strings"
	"time"

	"commonweal/internal/prove/published"
	"commonweal/law"
	"commonweal/spc"
)

// nhs reads what is published about every organisation as measures. Nothing is copied:
// a figure is worked out from published counts each time.
type nhs struct{ store *published.Store }

const scorePrefix = "nss-"

// derived is a measure made of published ones.
type derived struct {
	Definition
	of     []string // ids of published measures
	needs  int      // how many of them, from the first, have to be there
	period func(published.Period) (law.Date, bool)
	// count makes numerator and denominator of the published figures, in their order; nil
	// for a plain value, which is the first of them.
	count func(v []float64) (numerator, denominator float64)
}

// joined says what becomes of counts when organisations merge.
const joined = " What organisations counted that have since gone into another is counted with it."

// derivedMeasures are all measures that can be made of published files.
func derivedMeasures() []derived {
	out := []derived{absenceMeasure(), mortalityMeasure(), leaversMeasure(), waitsMeasure()}
	for _, s := range published.FriendsSettings {
		out = append(out, friendsMeasure(s))
	}
	for _, m := range published.PulseScores {
		d := value("nhs-pulse-"+m.Code, m.Label+", National Quarterly Pulse Survey", "The score from 0 to 10 of those who answered the quarterly survey, not weighted. Higher is better.", "National Quarterly Pulse Survey", Quarter, 2)
		out = append(out, derived{Definition: d, of: []string{m.ID}, needs: 1, period: firstMonth})
	}
	for _, question := range []string{"overall", "safe", "effective", "caring", "responsive", "well-led"} {
		m := published.Ratings[question]
		d := value("nhs-rating-"+question, m.Label+", Care Quality Commission", "What inspectors gave, in the month they published it: 1 inadequate, 2 requires improvement, 3 good, 4 outstanding.", "Care Quality Commission", Month, 0)
		d.Licence = published.RatingsLicence
		out = append(out, derived{Definition: d, of: []string{m.ID}, needs: 1, period: monthOf})
	}
	for _, m := range published.Scores() {
		d := value(scorePrefix+strings.ToLower(strings.ReplaceAll(m.Code, "_", "-")), m.Label+", NHS Staff Survey", "The score from 0 to 10 that the survey gives each organisation. Higher is better.", "NHS Staff Survey", Year, 2)
		d.Starts = law.NewDate(2018, time.January, 1)
		out = append(out, derived{Definition: d, of: []string{m.ID}, needs: 1, period: yearOf})
	}
	return out
}

func value(code, name, about, source string, every Every, decimals int) Definition {
	return Definition{
		Code: code, N: 1, Name: name, About: about, Decimals: decimals, Direction: spc.Up, Kind: Value, Source: source, Licence: published.LicenceLine(source),
		Every: every, Covers: 1, Starts: law.NewDate(2009, time.April, 1),
	}
}

func proportion(code, name, about, numerator, denominator, source string) Definition {
	d := value(code, name, about+joined, source, Month, 1)
	d.Kind, d.Unit, d.Numerator, d.Denominator = Proportion, "%", numerator, denominator
	return d
}

func absenceMeasure() derived {
	d := proportion("nhs-absence", "Sickness absence, as published", "Of a hundred days that staff were due to work, how many were lost to sickness.",
		"full-time-equivalent days lost", "full-time-equivalent days available", "NHS Sickness Absence Rates")
	d.Direction = spc.Down
	return derived{
		Definition: d, of: []string{published.AbsenceLost.ID, published.AbsenceAvailable.ID}, needs: 2, period: monthOf,
		count: func(v []float64) (float64, float64) { return v[0], v[1] },
	}
}

func mortalityMeasure() derived {
	d := value("nhs-mortality", "Deaths in hospital and after (SHMI), as published",
		"Deaths over those expected of such patients. Each figure speaks of a year, and a new one comes each quarter."+joined, "Summary Hospital-level Mortality Indicator (SHMI)", Quarter, 2)
	d.Kind, d.Direction, d.Covers, d.Numerator, d.Denominator = Ratio, spc.Down, 4, "deaths in hospital and within 30 days", "deaths expected"
	return derived{
		Definition: d, of: []string{published.SHMIObserved.ID, published.SHMIExpected.ID}, needs: 2, period: lastQuarter,
		count: func(v []float64) (float64, float64) { return v[0], v[1] },
	}
}

func leaversMeasure() derived {
	d := proportion("nhs-leavers", "Staff who left, as published", "Of a hundred staff, how many left in the month.",
		"people who left", "staff, the mean of the start and the end of the month", "NHS Workforce Statistics")
	d.Direction = spc.Down
	return derived{
		Definition: d, of: []string{published.Leavers.ID, published.StaffStart.ID, published.StaffEnd.ID}, needs: 3, period: monthOf,
		count: func(v []float64) (float64, float64) { return v[0], (v[1] + v[2]) / 2 },
	}
}

func waitsMeasure() derived {
	d := proportion("nhs-within-four-hours", "Seen within four hours, as published", "Of a hundred people who came to accident and emergency, of whatever kind, how many left or were admitted within four hours.",
		"attendances of at most four hours", "attendances", "A&E Attendances and Emergency Admissions")
	var of []string
	for _, department := range published.Departments {
		of = append(of, published.Attendances(department).ID, published.OverFourHours(department).ID)
	}
	return derived{Definition: d, of: of, period: monthOf, count: func(v []float64) (within, all float64) {
		for i := 0; i < len(v); i += 2 {
			within, all = within+v[i]-v[i+1], all+v[i]
		}
		return within, all
	}}
}

func friendsMeasure(setting string) derived {
	d := proportion("nhs-friends-"+setting, "Friends and family, "+strings.ReplaceAll(setting, "-", " ")+", as published", "Of a hundred patients who answered, how many called the service good or very good.",
		"answers good or very good", "all answers", "Friends and Family Test")
	return derived{
		Definition: d, of: []string{published.FriendsAnswer(setting, 1).ID, published.FriendsAnswer(setting, 2).ID, published.FriendsAll(setting).ID}, needs: 3, period: monthOf,
		count: func(v []float64) (float64, float64) { return v[0] + v[1], v[2] },
	}
}

// Measures implements [Source].
func (n nhs) Measures(ctx context.Context, _ string) ([]Definition, error) {
	if n.store == nil {
		return nil, nil
	}
	in, err := n.store.InForce(ctx)
	if err != nil {
		return nil, err
	}
	var out []Definition
	for _, d := range derivedMeasures() {
		found := false
		for _, id := range d.of {
			found = found || in[id]
		}
		if found {
			out = append(out, d.Definition)
		}
	}
	return out, nil
}

// Figures implements [Source].
func (n nhs) Figures(ctx context.Context, _, code string) ([]Figure, error) {
	for _, d := range derivedMeasures() {
		if d.Code == code {
			return n.figures(ctx, d)
		}
	}
	return nil, nil
}

// figures reads the published figures and makes the measure of them, organisation by
// organisation and period by period.
func (n nhs) figures(ctx context.Context, d derived) ([]Figure, error) {
	list, _, err := n.store.Successions(ctx)
	if err != nil {
		return nil, err
	}
	made := assembly{derived: d, history: published.NewHistory(list), at: map[place]*parts{}}
	for i, id := range d.of {
		series, err := n.store.Series(ctx, id)
		if err != nil {
			return nil, err
		}
		for _, v := range series {
			made.add(i, v)
		}
	}
	return made.list(), nil
}

func firstMonth(p published.Period) (law.Date, bool) { return monthOf(p.First()) }

// lastQuarter is the quarter with which a longer period ends.
func lastQuarter(p published.Period) (law.Date, bool) {
	day, ok := monthOf(p.Last())
	return day.AddMonths(-2), ok
}

func monthOf(p published.Period) (law.Date, bool) {
	t, err := time.Parse("2006-01", string(p))
	return law.NewDate(t.Year(), t.Month(), 1), err == nil
}

func yearOf(p published.Period) (law.Date, bool) {
	year, err := strconv.Atoi(string(p))
	return law.NewDate(year, time.January, 1), err == nil
}
