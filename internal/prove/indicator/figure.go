package indicator

import (
	"cmp"
	"slices"
	"strings"

	"commonweal/law"
)

// Whole is the unit of figures about the organisation itself.
const Whole = ""

// unitMark begins the unit of a part of one's own organisation, to keep it apart from
// the codes of other organisations.
const unitMark = "unit:"

// PartOf is the unit of a part of one's own organisation.
func PartOf(name string) string { return unitMark + name }

// Figure is one value of a measure.
type Figure struct {
	Period law.Date // the first day of its period
	Unit   string   // Whole, the ODS code of an organisation, or PartOf a name
	Value  float64
	// Numerator and Denominator are what it was made of; Denominator is 0 where that is
	// not known.
	Numerator, Denominator float64
	Import                 string // where it comes from; empty for a measure of a Source
	// Note is what has to be said beside the figure: that it took the place of another of
	// the same period. Empty for most.
	Note string
}

// Part is the name of a part of one's own organisation.
func (f Figure) Part() (name string, ok bool) { return strings.CutPrefix(f.Unit, unitMark) }

// Organisation is the ODS code of the organisation that the figure is about.
func (f Figure) Organisation() (ods string, ok bool) {
	return f.Unit, f.Unit != Whole && !strings.HasPrefix(f.Unit, unitMark)
}

func order(list []Figure) {
	slices.SortFunc(list, func(a, b Figure) int {
		return cmp.Or(cmp.Compare(a.Unit, b.Unit), a.Period.Compare(b.Period))
	})
}

// Of are the figures of one unit, by period.
func Of(list []Figure, unit string) []Figure {
	var out []Figure
	for _, f := range list {
		if f.Unit == unit {
			out = append(out, f)
		}
	}
	order(out)
	return out
}

// Revision is an earlier word on a figure, beside the one that stands.
type Revision struct {
	Was, Now Figure
	By       string // the import that said otherwise first
}

// Revised are the earlier words of a history that differ from what stands, the newest
// period first. The history is by unit and period, the newest word last.
func Revised(history []Figure) []Revision {
	var out []Revision
	for i := 0; i < len(history); {
		last := i
		for last+1 < len(history) && history[last+1].Unit == history[i].Unit && history[last+1].Period == history[i].Period {
			last++
		}
		for ; i <= last; i++ {
			if history[i].Value == history[last].Value {
				continue
			}
			next := i + 1
			for history[next].Value == history[i].Value {
				next++
			}
			out = append(out, Revision{Was: history[i], Now: history[last], By: history[next].Import})
		}
	}
	slices.SortStableFunc(out, func(a, b Revision) int { return b.Was.Period.Compare(a.Was.Period) })
	return out
}
