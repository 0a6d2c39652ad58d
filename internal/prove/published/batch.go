package published

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
)

// MaxFigures is the most figures that one file may hold: seven of the
// published workbooks. A batch of as many takes a quarter of a gigabyte.
const MaxFigures = 2_000_000

// batch is a Sink that keeps a whole file, so that the file is read before the
// database is locked and not again if the transaction has to be.
type batch struct {
	organisations map[string]Organisation
	measures      map[string]Measure
	values        []stored
	rejections    []Rejection
	watch         func(figures int)
}

// stored is a value as the database has it. The strings of organisation,
// measure and period are shared between values.
type stored struct {
	measure, ods string
	period       Period
	figure       string // empty: hidden
	base         int
}

func newBatch(watch func(figures int)) *batch {
	return &batch{organisations: map[string]Organisation{}, measures: map[string]Measure{}, watch: watch}
}

// Source implements Sink. The report has it.
func (b *batch) Source(Source) error { return nil }

// Organisation implements Sink. What this word leaves out an earlier one may
// have said.
func (b *batch) Organisation(o Organisation) error {
	if before, ok := b.organisations[o.ODS]; ok {
		o = o.over(before)
	}
	b.organisations[o.ODS] = o
	return nil
}

// Measure implements Sink.
func (b *batch) Measure(m Measure) error { b.measures[m.ID] = m; return nil }

// Value implements Sink.
func (b *batch) Value(v Value) error {
	if len(b.values) == MaxFigures {
		return fmt.Errorf("the file holds more than %d figures", MaxFigures)
	}
	s := stored{measure: v.Measure, ods: v.ODS, period: v.Period, base: v.Base}
	if !v.Suppressed {
		s.figure = strconv.FormatFloat(v.Value, 'f', -1, 64)
	}
	b.values = append(b.values, s)
	if b.watch != nil && len(b.values)%10_000 == 0 {
		b.watch(len(b.values))
	}
	return nil
}

// Reject implements Sink.
func (b *batch) Reject(r Rejection) error { b.rejections = append(b.rejections, r); return nil }

// sort puts the values into the order of the table's key: the database takes
// them in several times faster, and gives them back in the order it has them.
func (b *batch) sort() {
	slices.SortFunc(b.values, func(x, y stored) int {
		return cmp.Or(cmp.Compare(x.measure, y.measure), cmp.Compare(x.period, y.period), cmp.Compare(x.ods, y.ods))
	})
}

// hidden counts the values that the publisher hid.
func (b *batch) hidden() int {
	n := 0
	for _, v := range b.values {
		if v.figure == "" {
			n++
		}
	}
	return n
}

// over fills what o leaves empty with what another word about the same
// organisation said.
func (o Organisation) over(before Organisation) Organisation {
	for _, f := range []struct {
		to   *string
		from string
	}{
		{&o.Name, before.Name},
		{&o.Group, before.Group},
		{&o.Type, before.Type},
		{&o.Region, before.Region},
		{&o.ICS, before.ICS},
		{&o.Weighting, before.Weighting},
		{&o.Breakdown, before.Breakdown},
		{&o.Part, before.Part},
		{&o.Merged, before.Merged},
	} {
		if *f.to == "" {
			*f.to = f.from
		}
	}
	if len(o.AltNames) == 0 {
		o.AltNames = before.AltNames
	}
	if len(o.Predecessors) == 0 {
		o.Predecessors = before.Predecessors
	}
	return o
}
