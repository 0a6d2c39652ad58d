package instrument

// Series is the scale on which scores are given. Scores of different series
// are never joined or compared.
type Series string

const (
	// ZeroToTen is the scale of the NHS Staff Survey's scores since 2018.
	ZeroToTen Series = "0-10"
	// OneToFive is the scale of the key findings, engagement among them, up to 2017.
	OneToFive Series = "1-5"
	// Percent is the scale of percentages.
	Percent Series = "0-100"
	// Net is the scale of one percentage less another.
	Net Series = "-100-100"
)

// SeriesOf is the scale on which the NHS Staff Survey of a year is scored: the
// means from 1 to 5 of the key findings up to 2017, scores from 0 to 10 from
// 2018 on (NHS England, NHS Staff Survey results, 2017 and 2018).
func SeriesOf(year int) Series {
	if year < 2018 {
		return OneToFive
	}
	return ZeroToTen
}

// Range is the worst and the best score; ok is false for no known series.
func (s Series) Range() (low, high float64, ok bool) {
	switch s {
	case ZeroToTen:
		return 0, 10, true
	case OneToFive:
		return 1, 5, true
	case Percent:
		return 0, 100, true
	case Net:
		return -100, 100, true
	}
	return 0, 0, false
}

// ScaleKind says how options are worth points, which [Read] checks.
type ScaleKind string

const (
	// Rating has five options in order, evenly spaced over the series; further
	// options (not applicable, don't know) have no points.
	Rating ScaleKind = "rating"
	// YesNo has one option at each end of the series and perhaps an unsure one
	// half way between.
	YesNo ScaleKind = "yes-no"
	// Extent has three options: best, half way, worst.
	Extent ScaleKind = "extent"
	// Count has one option, none at all, at the best and every other at the worst.
	Count ScaleKind = "count"
	// Reported has one option, not reported, at the worst, at least one way
	// of reporting at the best, and others without points.
	Reported ScaleKind = "reported"
	// Choice has no points.
	Choice ScaleKind = "choice"
)

// Scale is the options that questions share.
type Scale struct {
	ID      string    `json:"id"`
	Kind    ScaleKind `json:"kind"`
	Options []Option  `json:"options"`
}

// Option is one answer that can be given. Nought is never a code: it stands
// for no answer in a row of answers.
type Option struct {
	Code  int  `json:"code"`
	Label Text `json:"label"`
	// Points is what the answer is worth before turning round. Without points
	// the answer counts as none given.
	Points *float64 `json:"points,omitempty"`
}

// Option finds an option by its code.
func (s Scale) Option(code int) (Option, bool) {
	return find(s.Options, func(o Option) bool { return o.Code == code })
}

// points lists the worth of the options that have any, in their order.
func (s Scale) points() []float64 {
	var list []float64
	for _, o := range s.Options {
		if o.Points != nil {
			list = append(list, *o.Points)
		}
	}
	return list
}

// fits says why the points are not those of the scale's kind, or nothing.
func (s Scale) fits(low, high float64) string {
	half := (low + high) / 2
	worth := map[float64]int{}
	list := s.points()
	for _, p := range list {
		worth[p]++
	}
	switch s.Kind {
	case Rating:
		if len(list) != 5 {
			return "a rating has five options with points"
		}
		for i, p := range list {
			if p != low+(high-low)*float64(i)/4 {
				return "the points of a rating rise in four even steps"
			}
		}
	case YesNo:
		if worth[low] != 1 || worth[high] != 1 || worth[half] > 1 || len(list) != 2+worth[half] {
			return "yes and no stand at the two ends, and unsure half way"
		}
	case Extent:
		if worth[low] != 1 || worth[half] != 1 || worth[high] != 1 || len(list) != 3 {
			return "an extent has one option best, one half way and one worst"
		}
	case Count:
		if worth[high] != 1 || worth[low] < 1 || len(list) != worth[low]+1 || len(list) != len(s.Options) {
			return "one option of a count is best and every other worst"
		}
	case Reported:
		if worth[low] != 1 || worth[high] < 1 || len(list) != worth[high]+1 {
			return "not reported is worst and every way of reporting best"
		}
	case Choice:
		if len(list) != 0 {
			return "a choice has no points"
		}
	default:
		return "the kind is not known"
	}
	return ""
}
