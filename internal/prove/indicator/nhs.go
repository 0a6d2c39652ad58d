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

// nhs reads what the NHS publishes about every organisation as measures: absence by
// month, and the scores of the Staff Survey by year.
type nhs struct{ store *published.Store }

const (
	absenceCode = "nhs-absence"
	scorePrefix = "nss-"
)

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
	if in[published.AbsenceRate.ID] {
		out = append(out, Definition{
			Code: absenceCode, N: 1, Name: "Sickness absence, as published", About: "Of a hundred days that staff were due to work, how many were lost to sickness.",
			Numerator: "full-time-equivalent days lost", Denominator: "full-time-equivalent days available", Unit: "%", Decimals: 1, Direction: spc.Down,
			Kind: Proportion, Source: "NHS Sickness Absence Rates", Licence: published.LicenceLine("NHS Sickness Absence Rates"), Every: Month, Covers: 1,
			Starts: law.NewDate(2009, time.April, 1),
		})
	}
	for _, m := range published.Scores() {
		if !in[m.ID] {
			continue
		}
		out = append(out, Definition{
			Code: scorePrefix + strings.ToLower(strings.ReplaceAll(m.Code, "_", "-")), N: 1, Name: m.Label + ", NHS Staff Survey",
			About: "The score from 0 to 10 that the survey gives each organisation. Higher is better.", Decimals: 2, Direction: spc.Up, Kind: Value,
			Source: "NHS Staff Survey", Licence: published.LicenceLine("NHS Staff Survey"), Every: Year, Covers: 1, Starts: law.NewDate(2018, time.January, 1),
		})
	}
	return out, nil
}

// Figures implements [Source].
func (n nhs) Figures(ctx context.Context, _, code string) ([]Figure, error) {
	if code == absenceCode {
		return n.absence(ctx)
	}
	for _, m := range published.Scores() {
		if scorePrefix+strings.ToLower(strings.ReplaceAll(m.Code, "_", "-")) == code {
			return n.score(ctx, m)
		}
	}
	return nil, nil
}

func (n nhs) absence(ctx context.Context) ([]Figure, error) {
	lost, err := n.store.Series(ctx, published.AbsenceLost.ID)
	if err != nil {
		return nil, err
	}
	available, err := n.store.Series(ctx, published.AbsenceAvailable.ID)
	if err != nil {
		return nil, err
	}
	type key struct {
		ods    string
		period published.Period
	}
	of := map[key]float64{}
	for _, v := range available {
		of[key{v.ODS, v.Period}] = v.Value
	}
	var out []Figure
	for _, v := range lost {
		days := of[key{v.ODS, v.Period}]
		first, ok := monthOf(v.Period)
		if days > 0 && ok {
			out = append(out, Figure{Period: first, Unit: v.ODS, Value: 100 * v.Value / days, Numerator: v.Value, Denominator: days})
		}
	}
	return out, nil
}

func (n nhs) score(ctx context.Context, m published.Measure) ([]Figure, error) {
	list, err := n.store.Series(ctx, m.ID)
	var out []Figure
	for _, v := range list {
		if year, err := strconv.Atoi(string(v.Period)); err == nil && v.ODS != published.England {
			out = append(out, Figure{Period: law.NewDate(year, time.January, 1), Unit: v.ODS, Value: v.Value})
		}
	}
	return out, err
}

func monthOf(p published.Period) (law.Date, bool) {
	t, err := time.Parse("2006-01", string(p))
	return law.NewDate(t.Year(), t.Month(), 1), err == nil
}
