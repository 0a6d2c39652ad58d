package pack

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"commonweal/funnel"
	"commonweal/internal/prove/indicator"
	"commonweal/law"
	"commonweal/spc"
)

// Beside is a measure set beside its peers over one stretch of time, each allowed for its
// size.
type Beside struct {
	Result   *funnel.Result // nil where they cannot be compared
	Without  string         // why not
	Noun     string         // what the peers are: "parts", "organisations"
	Period   string         // "April 2024 to March 2025"
	Size     string         // what the size of a unit is
	Of       string         // what the figure is on the funnel's scale
	Ours     string         // name of our own unit; empty where the peers are our parts
	Times    float64        // by what the funnel's values are multiplied
	Unit     string
	Decimals int
	Rank     *funnel.Rank // of our own
	Sentence string
	Outside  []string // names beyond the 95 % limits
}

// rankSeed makes the ranks of a page the same each time it is shown.
const rankSeed = 20261122

// window is how many periods are added up: a year.
func window(d indicator.Definition) int { return 12 / d.Every.Months() }

func beside(m Measure, f Facts, own []indicator.Figure) *Beside {
	if m.Peers == Nobody {
		return nil
	}
	b := &Beside{Noun: "organisations"}
	if m.Peers == Parts {
		b.Noun = "parts of our own"
	}
	d := f.Definition
	switch {
	case len(own) == 0:
		b.Without = "There are no figures of our own to set beside theirs."
	case d.Rolling():
		b.Without = "Each figure speaks of a window of time. Those of each period by itself are needed."
	case !d.Kind.Counted():
		b.Without = "The figures come without what they are made of, so the size of each unit is not known. Nothing fair can be said of a place among others."
	}
	if b.Without == "" {
		b.compare(m, f, own)
	}
	if b.Without != "" {
		b.Sentence = b.Without
	}
	return b
}

func (b *Beside) compare(m Measure, f Facts, own []indicator.Figure) {
	d := f.Definition
	last := own[len(own)-1].Period
	first := last.AddMonths(-(window(d) - 1) * d.Every.Months())
	if own[0].Period.After(first) {
		first = own[0].Period
	}
	b.Period = d.FromWords(first)
	if to := d.ToWords(last); to != b.Period {
		b.Period += " to " + to
	}
	units, left := sums(m, f, first, last)
	if len(units) < 3 {
		b.Without = fmt.Sprintf("It takes three to compare. Of %s, %s had all figures from %s.", map[bool]string{true: "our parts", false: "the others"}[m.Peers == Parts], numeral(len(units)), b.Period)
		return
	}
	b.Size, b.Unit, b.Decimals, b.Times, b.Of = begin(d.Denominator), d.Unit, d.Decimals, 1, d.Name
	method := funnel.CQC
	switch d.Kind {
	case indicator.Proportion:
		method, b.Times = funnel.Proportion, 100
	case indicator.Rate:
		b.Unit, b.Decimals, b.Size, b.Of = "", 2, "Number expected", "Number seen over number expected"
		expected(units)
	case indicator.Ratio:
		b.Decimals = max(b.Decimals, 2)
	}
	result, err := funnel.Plot(method, units, funnel.Options{})
	if err != nil {
		b.Without = "They cannot be compared: " + err.Error() + "."
		return
	}
	b.Result = result
	for _, u := range result.Units {
		if u.Band != funnel.AsExpected {
			b.Outside = append(b.Outside, u.Name)
		}
	}
	if m.Peers != Parts {
		b.Ours = f.Name
	}
	b.say(d, left)
}

// expected turns counts in so many into counts over what would be expected if all were
// alike.
func expected(units []funnel.Unit) {
	var seen, of float64
	for _, u := range units {
		seen, of = seen+u.Observed, of+u.Of
	}
	if seen == 0 {
		return
	}
	for i := range units {
		units[i].Of *= seen / of
	}
}

// sums adds up what was counted of each peer over a stretch of time. One that went into
// another counts as part of it. A unit that lacks a period is left out: half a year would
// sit among whole ones as something that it is not.
func sums(m Measure, f Facts, first, last law.Date) (units []funnel.Unit, left int) {
	type sum struct {
		observed, of float64
		periods      map[law.Date]bool
	}
	all := map[string]*sum{}
	for _, v := range f.Figures {
		if v.Period.Before(first) || v.Period.After(last) || v.Denominator <= 0 {
			continue
		}
		name, ok := peer(m, f, v)
		if !ok {
			continue
		}
		if all[name] == nil {
			all[name] = &sum{periods: map[law.Date]bool{}}
		}
		all[name].observed += v.Numerator
		all[name].of += v.Denominator
		all[name].periods[v.Period] = true
	}
	want := 0
	for at := first; !at.After(last); at = at.AddMonths(f.Definition.Every.Months()) {
		want++
	}
	for name, s := range all {
		if len(s.periods) < want {
			left++
			continue
		}
		u := funnel.Unit{Name: name, Observed: math.Round(s.observed), Of: s.of}
		if f.Definition.Kind == indicator.Proportion {
			u.Of = math.Round(u.Of)
		}
		units = append(units, u)
	}
	slices.SortFunc(units, func(a, b funnel.Unit) int { return strings.Compare(a.Name, b.Name) })
	return units, left
}

// peer names the unit of a figure on the chart, or reports that it is no peer.
func peer(m Measure, f Facts, v indicator.Figure) (string, bool) {
	part, isPart := v.Part()
	ods, isOther := v.Organisation()
	switch {
	case m.Peers == Parts:
		return part, isPart
	case isPart:
		return "", false
	case !isOther:
		return f.Name, true
	}
	if into, merged := f.Mergers[ods]; merged {
		ods = into
	}
	if ods == f.ODS {
		return f.Name, true
	}
	o := f.Organisations[ods]
	if group, ok := m.Peers.Group(); ok && o.Group != group {
		return "", false
	}
	if o.Name == "" {
		return ods, true
	}
	return o.Name + " (" + ods + ")", true
}

// say puts the comparison into words.
func (b *Beside) say(d indicator.Definition, left int) {
	n := len(b.Result.Units)
	switch {
	case b.Ours == "":
		b.Sentence = fmt.Sprintf("We set %s %s side by side, from %s: %s", numeral(n), b.Noun, b.Period, outsideWords(b.Outside))
	default:
		ranks := b.Result.Ranks(rankSeed)
		i := slices.IndexFunc(ranks, func(r funnel.Rank) bool { return r.Name == b.Ours })
		if i < 0 {
			b.Sentence = fmt.Sprintf("We lack some of our own figures from %s. Our place among the %s is not known.", b.Period, numeral(n))
			return
		}
		b.Rank = &ranks[i]
		b.Sentence = fmt.Sprintf("Among %s %s, from %s, our place is %s", numeral(n), b.Noun, b.Period, placeWords(*b.Rank, n, d.Direction))
		at := slices.IndexFunc(b.Result.Units, func(u funnel.Placed) bool { return u.Name == b.Ours })
		switch b.Result.Units[at].Band {
		case funnel.Higher:
			b.Sentence += "; our figure is above the 95% limit for our size."
		case funnel.Lower:
			b.Sentence += "; our figure is below the 95% limit for our size."
		default:
			b.Sentence += "; our figure is within the limits for our size."
		}
	}
	if left > 0 {
		b.Sentence += fmt.Sprintf(" %s without all of those figures %s left out.", begin(numeral(left)), plural(left, "is", "are"))
	}
}

func outsideWords(outside []string) string {
	switch {
	case len(outside) == 0:
		return "none lies outside the limits for its size."
	case len(outside) <= 3:
		return fmt.Sprintf("%s lie%s outside the 95%% limits: worth a look, and no more than that.", list(outside), plural(len(outside), "s", ""))
	}
	return fmt.Sprintf("%s lie outside the 95%% limits: worth a look, and no more than that.", numeral(len(outside)))
}

// placeWords is the range of places, counted from the better end where there is one.
func placeWords(r funnel.Rank, n int, better spc.Direction) string {
	from, to, way := r.Best, r.Worst, "highest"
	if better == spc.Down {
		from, to, way = n+1-r.Worst, n+1-r.Best, "lowest"
	}
	if from == to {
		return fmt.Sprintf("%s %s", ordinal(from), way)
	}
	return fmt.Sprintf("anywhere from %s to %s %s", ordinal(from), ordinal(to), way)
}
