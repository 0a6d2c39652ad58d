package cli

import (
	"fmt"
	"math"
	"slices"

	"commonweal/internal/prove/sheet"
	"commonweal/law"
	"commonweal/spc"
)

// The kinds of chart that spc draws.
const (
	kindXmR = "xmr"
	kindP   = "pprime"
	kindU   = "uprime"
	kindT   = "t"
	kindG   = "g"
	kindRun = "run"
)

// valueHeading is the heading of the values unless another is named.
const valueHeading = "value"

var kindsOfChart = []string{kindXmR, kindP, kindU, kindT, kindG, kindRun}

// kindsOfFlag are the charts that a flag has an effect on; those not named go with all.
var kindsOfFlag = map[string][]string{
	"rules": {kindXmR}, "rebase": {kindXmR}, "target": {kindXmR}, "fix": {kindXmR}, "keep-outliers": {kindXmR}, "season": {kindXmR},
	"of": {kindP, kindU}, "per": {kindP, kindU}, "sustained": {kindRun},
	"improve": {kindXmR, kindP, kindU, kindT, kindG},
}

// rates are the charts of counts out of changing numbers.
func (o spcFlags) rates(s *sheet.Sheet) (drawn, error) {
	days, err := o.days(s)
	if err != nil {
		return drawn{}, err
	}
	counts, _, err := numbers(s, o.value)
	if err != nil {
		return drawn{}, err
	}
	of, _, err := numbers(s, o.of)
	if err != nil {
		return drawn{}, err
	}
	var points []spc.Counted
	var left []string
	for i := range days {
		cell := func(heading, why string, v float64) error {
			return &sheet.CellError{Row: s.Place(i), Heading: heading, Cell: fmt.Sprint(v), Why: why}
		}
		switch {
		case math.IsNaN(counts[i]) || math.IsNaN(of[i]):
			lacking := o.of
			if math.IsNaN(counts[i]) {
				lacking = o.value
			}
			left = append(left, fmt.Sprintf("%s has no %s and is left out.", days[i], lacking))
			continue
		case counts[i] < 0:
			return drawn{}, cell(o.value, "is below nought; a count is not", counts[i])
		case of[i] <= 0:
			return drawn{}, cell(o.of, "is not above nought; leave out the row of a period in which nothing was counted", of[i])
		case o.kind == kindP && counts[i] > of[i]:
			return drawn{}, cell(o.value, fmt.Sprintf("is more than its %s, %v; use --chart uprime for a rate", o.of, of[i]), counts[i])
		}
		points = append(points, spc.Counted{Date: days[i], Count: counts[i], Of: of[i]})
	}
	prime := spc.PPrime
	if o.kind == kindU {
		prime = spc.UPrime
	}
	limits, err := prime(points)
	if err != nil {
		return drawn{}, err
	}
	var values []float64
	for i := range limits {
		l, per := &limits[i], float64(max(1, o.per))
		l.Value, l.Mean, l.Lower, l.Upper = l.Value*per, l.Mean*per, l.Lower*per, l.Upper*per
		values = append(values, l.Value, l.Upper, l.Lower)
	}
	d := drawn{Chart: spc.Limited(limits, spc.Direction(o.improve)), decimals: telling(values) + 1}
	slices.Sort(left) // by their days, whatever the order of the rows
	d.Warnings = append(d.Warnings, left...)
	return d, nil
}

// rare are the charts of what lies between rare events: a column of times or counts, or,
// for times, the days between the events themselves.
func (o spcFlags) rare(s *sheet.Sheet) (drawn, error) {
	days, err := s.Days(o.date)
	if err != nil {
		return drawn{}, err
	}
	_, missing := s.Column(o.value)
	if o.kind == kindT && missing != nil && o.value == valueHeading {
		return o.between(days)
	}
	if days, err = o.days(s); err != nil {
		return drawn{}, err
	}
	values, decimals, err := numbers(s, o.value)
	if err != nil {
		return drawn{}, err
	}
	type wait struct {
		day   law.Date
		value float64
	}
	waits := []wait{}
	for i, v := range values {
		why := ""
		switch {
		case math.IsNaN(v):
			why = "is no figure; leave out the row of an event that has none"
		case v < 0:
			why = "is below nought; what lies between two events is not"
		case o.kind == kindG && v != math.Trunc(v):
			why = "is not a whole number; a g chart counts what lies between two events"
		}
		if why != "" {
			texts, err := s.Text(o.value)
			if err != nil {
				return drawn{}, err
			}
			return drawn{}, &sheet.CellError{Row: s.Place(i), Heading: o.value, Cell: texts[i], Why: why}
		}
		waits = append(waits, wait{days[i], v})
	}
	slices.SortFunc(waits, func(a, b wait) int { return a.day.Compare(b.day) })
	days, values = nil, nil
	var whole []int
	for _, w := range waits {
		days, values, whole = append(days, w.day), append(values, w.value), append(whole, int(w.value))
	}
	var r spc.Rare
	if o.kind == kindG {
		r, err = spc.G(whole)
	} else {
		r, err = spc.T(values)
	}
	return o.waited(r, days, decimals), err
}

// between charts the days from each event to the next.
func (o spcFlags) between(days []law.Date) (drawn, error) {
	slices.SortFunc(days, law.Date.Compare)
	if len(days) < 3 {
		return drawn{}, fmt.Errorf("days between events take three events or more, and there are rows for %d", len(days))
	}
	var times []float64
	for i := 1; i < len(days); i++ {
		times = append(times, float64(days[i-1].DaysUntil(days[i])))
	}
	r, err := spc.T(times)
	return o.waited(r, days[1:], 0), err
}

func (o spcFlags) waited(r spc.Rare, days []law.Date, decimals int) drawn {
	centre := "Centre"
	if o.kind == kindG {
		centre = "Median"
	}
	return drawn{Chart: spc.Limited(r.On(days), spc.Direction(o.improve)), decimals: decimals, centre: centre}
}

// run is the chart about the median with Anhøj's tests, or with a median that moves after
// sustained runs.
func (o spcFlags) run(points []spc.Point, decimals int) (drawn, error) {
	slices.SortFunc(points, func(a, b spc.Point) int { return a.Date.Compare(b.Date) })
	values := make([]float64, len(points))
	for i, p := range points {
		values[i] = p.Value
	}
	d := drawn{decimals: decimals, centre: "Median", run: &runDocument{}}
	stretches := []spc.Stretch{{To: len(points) - 1, Median: spc.Median(values), RunFrom: -1, RunTo: -1}}
	var err error
	if o.sustained > 0 {
		if stretches, err = spc.Rebase(values, o.sustained, o.sustained, spc.Either); err != nil {
			return drawn{}, err
		}
	}
	if d.Chart, err = spc.Medians(points, stretches); err != nil {
		return drawn{}, err
	}
	for i, s := range stretches {
		if math.IsNaN(s.Median) {
			return drawn{}, fmt.Errorf("the first %d rows have no value under %s, and the median rests on them", o.sustained, o.value)
		}
		m := medianFrom{From: points[s.From].Date, To: points[s.To].Date, Median: s.Median}
		d.run.Medians = append(d.run.Medians, m)
		if i > 0 {
			d.verdict += fmt.Sprintf("From %s the median is %s, after %d values in a row on one side. ", m.From, number(s.Median, decimals), o.sustained)
		}
	}
	if o.sustained > 0 {
		if len(stretches) == 1 {
			d.verdict = fmt.Sprintf("No %d values in a row lie on one side of the median.", o.sustained)
		}
		return d, nil
	}
	r, err := spc.Run(values)
	if err != nil {
		d.Warnings = append(d.Warnings, fmt.Sprintf("No verdict: %v.", err))
		return d, nil
	}
	d.run.Tests = &runTests{r.Useful, r.LongestRun, r.LongestAllowed, r.Crossings, r.CrossingsNeeded, r.Signal}
	d.verdict = fmt.Sprintf("%d values do not lie on the median. The longest run on one side has %d, where chance allows %d; the line crosses the median %s, where chance crosses it %s or more. ",
		r.Useful, r.LongestRun, r.LongestAllowed, timesOver(r.Crossings), timesOver(r.CrossingsNeeded))
	if r.Signal {
		d.verdict += "The measure has moved."
	} else {
		d.verdict += "Nothing shows that the measure has moved."
	}
	return d, nil
}

func timesOver(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}
