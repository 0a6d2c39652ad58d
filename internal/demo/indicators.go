package demo

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"commonweal/internal/prove/indicator"
	"commonweal/internal/prove/pack"
	"commonweal/law"
	"commonweal/spc"
)

// The demonstration has three years of monthly figures. Three things are hidden in them,
// and the board pack has to tell them apart:
//
//   - sickness absence really falls, ten months before the end;
//   - falls have one high month in the middle, which is chance, and are as they were since:
//     the pack is calm;
//   - staff turnover comes as a rolling twelve months, whose swings mean nothing: the pack
//     draws no chart of it.
//
// The other measures are as settled as such measures are.
const indicatorMonths = 36

// measure is one measure of the demonstration with how its figures come about.
type measure struct {
	indicator.Definition
	target string
	peers  pack.Peers
	of     float64                 // denominator each month; 0 for a plain value
	at     func(month int) float64 // the level, as a figure
	spread float64                 // how far months differ, as a figure
	parts  []string                // parts of our own, where there are any
}

func demoMeasures(starts law.Date) []measure {
	level := func(v float64) func(int) float64 { return func(int) float64 { return v } }
	proportion := func(code, name, about, numerator, denominator, source string, better spc.Direction) indicator.Definition {
		return indicator.Definition{
			Code: code, Name: name, About: about, Numerator: numerator, Denominator: denominator, Unit: "%", Decimals: 1, Direction: better,
			Kind: indicator.Proportion, Source: source, Every: indicator.Month, Covers: 1, Starts: starts,
		}
	}
	falls := indicator.Definition{
		Code: "falls", Name: "Falls on wards", About: "How often people fall on our wards, for every thousand days that beds were used.", Numerator: "falls", Denominator: "days that beds were used",
		Per: 1000, Decimals: 1, Direction: spc.Down, Kind: indicator.Rate, Source: "Incident reports", Every: indicator.Month, Covers: 1, Starts: starts,
	}
	turnover := proportion("turnover", "Staff turnover, rolling year", "Of all staff, how many left in the twelve months up to each month.", "people who left in twelve months", "people employed on average", "Staff list", spc.Down)
	turnover.Covers = 12
	wait := indicator.Definition{
		Code: "therapy-wait", Name: "Wait for speech therapy", About: "How many days people waited, half of them longer and half of them less long.", Unit: "days", Direction: spc.Down,
		Kind: indicator.Value, Source: "Appointment records", Every: indicator.Month, Covers: 1, Starts: starts,
	}
	return []measure{
		{
			Definition: proportion("sickness-absence", "Sickness absence", "Of the days that staff were due to work, how many were lost to sickness.", "days lost to sickness", "days staff were due to work", "Payroll", spc.Down),
			target:     "5", peers: pack.Parts, of: 78_000, spread: 0.16, parts: []string{"Community nursing", "Therapies", "Wards", "Urgent care", "Children and families", "Support services"},
			at: func(month int) float64 {
				if month >= indicatorMonths-10 {
					return 5.3
				}
				return 5.8
			},
		},
		{Definition: falls, target: "6.5", of: 5_900, at: level(5.4), spread: 0.45},
		{Definition: turnover, target: "10", of: 2_950, at: level(11), spread: 1.1},
		{
			Definition: proportion("urgent-two-hours", "Seen within two hours, urgent response", "Of urgent calls, how many were seen within two hours.", "calls seen within two hours", "urgent calls", "Urgent response records", spc.Up),
			target:     "70", of: 640, at: level(84), spread: 1.8,
		},
		{
			Definition: proportion("appraisals", "Staff with an appraisal", "Of staff in post for a year, how many had an appraisal in the month it was due.", "appraisals held in time", "appraisals due", "Staff list", spc.Up),
			target:     "85", of: 240, at: level(84), spread: 2.2,
		},
		{
			Definition: proportion("mandatory-training", "Mandatory training done", "Of the courses that had to be done in the month, how many were.", "courses done", "courses due", "Training records", spc.Up),
			target:     "95", of: 1_150, at: level(88), spread: 1.1,
		},
		{Definition: wait, target: "42", at: level(46), spread: 3.4},
		{
			Definition: proportion("good-experience", "Patients who say good or very good", "Of the answers to the friends-and-family question, how many were good or very good.", "answers good or very good", "answers", "Friends-and-family test", spc.Up),
			of:         820, at: level(94), spread: 0.7,
		},
	}
}

// indicators defines the measures, loads their figures as files, and makes the board pack.
func (b *builder) indicators(ctx context.Context) error {
	first := firstOfMonth(b.Today).AddMonths(-indicatorMonths)
	r := rand.New(rand.NewPCG(seed, 1))
	for _, m := range demoMeasures(first) {
		if _, err := b.h.Indicators.Define(ctx, b.ids["huw"], Org, m.Definition); err != nil {
			return err
		}
		series := m.series(r)
		columns := indicator.Columns{Period: "month", Value: "value"}
		if m.of > 0 {
			columns = indicator.Columns{Period: "month", Numerator: "numerator", Denominator: "denominator"}
		}
		why := ""
		if m.Code == corrected {
			err := b.loadFigures(ctx, m.Code, m.file(first, m.beforeCorrection(series)), columns, "")
			if err != nil {
				return err
			}
			why = "Two teams sent in their appraisals late."
		}
		if err := b.loadFigures(ctx, m.Code, m.file(first, series), columns, why); err != nil {
			return err
		}
		if len(m.parts) > 0 {
			columns.Part = "part"
			if err := b.loadFigures(ctx, m.Code, m.partsFile(r, first, series), columns, ""); err != nil {
				return err
			}
		}
		if _, err := b.h.Packs.Put(ctx, b.ids["huw"], Org, pack.Measure{Indicator: m.Code, Target: m.target, Peers: m.peers}); err != nil {
			return err
		}
	}
	return nil
}

// corrected is the measure of which late returns changed a month: what was said of it first
// is kept beside what stands.
const corrected = "appraisals"

// beforeCorrection is the series as it was first loaded.
func (m measure) beforeCorrection(series []float64) []float64 {
	first := slices.Clone(series)
	first[indicatorMonths-4] -= 2 * m.spread
	return first
}

func (b *builder) loadFigures(ctx context.Context, code, file string, columns indicator.Columns, why string) error {
	name := code + ".csv"
	if columns.Part != "" {
		name = code + "-by-part.csv"
	}
	out, err := b.h.Indicators.Import(ctx, b.ids["huw"], Org, indicator.Upload{Indicator: code, FileName: name, Content: []byte(file), Columns: columns, Reason: why})
	if err == nil && out.Rejected > 0 {
		return fmt.Errorf("figures of %s: %s", code, out.Rejections[0])
	}
	return err
}

// series are the figures, month by month. Those of a rolling year are the means of twelve
// months that differ by chance alone; falls have one month that chance made high.
func (m measure) series(r *rand.Rand) []float64 {
	month := func(i int) float64 { return m.at(i) + m.spread*bounded(r) }
	out := make([]float64, indicatorMonths)
	if m.Rolling() {
		window := make([]float64, indicatorMonths+m.Covers)
		for i := range window {
			window[i] = month(0)
		}
		for i := range out {
			sum := 0.0
			for _, v := range window[i : i+m.Covers] {
				sum += v
			}
			out[i] = sum / float64(m.Covers)
		}
		return out
	}
	for {
		for i := range out {
			out[i] = month(i)
		}
		if m.Code == "falls" {
			out[falseAlarm] = 7.6
		}
		if m.Code == "sickness-absence" || m.settled(out) {
			return out
		}
	}
}

// falseAlarm is the month in which chance made the falls high.
const falseAlarm = indicatorMonths / 2

// settled reports whether the series shows nothing but what is hidden in it: there are
// three things to find and no fourth.
func (m measure) settled(series []float64) bool {
	var points []spc.Point
	for i, v := range series {
		points = append(points, spc.Point{Date: m.Starts.AddMonths(i), Value: v})
	}
	c, err := spc.XmR(points, spc.Options{Improve: m.Direction})
	if err != nil {
		return false
	}
	for i, p := range c.Points {
		if p.Rule != spc.NoRule && !(m.Code == "falls" && i == falseAlarm) {
			return false
		}
	}
	return len(c.Warnings) == 0
}

// bounded is a normal deviate without tails: a settled process with no signal by chance.
func bounded(r *rand.Rand) float64 {
	for {
		if v := r.NormFloat64(); math.Abs(v) < 1.6 {
			return v
		}
	}
}

func (m measure) scale() float64 {
	if m.Kind == indicator.Rate {
		return float64(m.Per)
	}
	return 100
}

func (m measure) file(first law.Date, series []float64) string {
	var b strings.Builder
	b.WriteString(map[bool]string{true: "month,numerator,denominator\n", false: "month,value\n"}[m.of > 0])
	for i, v := range series {
		day := first.AddMonths(i).String()[:7]
		if m.of == 0 {
			fmt.Fprintf(&b, "%s,%.0f\n", day, v)
			continue
		}
		fmt.Fprintf(&b, "%s,%.0f,%.0f\n", day, v*m.of/m.scale(), m.of)
	}
	return b.String()
}

// partsFile shares the figures out among the parts, each a little above or below.
func (m measure) partsFile(r *rand.Rand, first law.Date, series []float64) string {
	var b strings.Builder
	b.WriteString("month,part,numerator,denominator\n")
	for n, part := range m.parts {
		of := m.of * float64(n+2) / 27
		own := 0.35 * bounded(r)
		for i, v := range series {
			fmt.Fprintf(&b, "%s,%s,%.0f,%.0f\n", first.AddMonths(i).String()[:7], part, max(0, v+own+0.5*bounded(r))*of/m.scale(), of)
		}
	}
	return b.String()
}
