package funnel

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Method names how units are compared.
type Method string

// The methods.
const (
	SHMI       Method = "shmi"
	Poisson    Method = "poisson"
	Proportion Method = "proportion"
	Binomial   Method = "binomial"
	CQC        Method = "cqc"
	Ratio      Method = "ratio"
)

// Methods are all methods.
func Methods() []Method { return []Method{SHMI, Poisson, Proportion, Binomial, CQC, Ratio} }

// Unit is what is known of one organisation, ward or team.
type Unit struct {
	Name string
	// Observed is the count: deaths, cases. Of is what it is set against: expected
	// deaths, the denominator of a proportion, the other count of a ratio.
	Observed, Of float64
}

// Band says where a unit lies, in the numbers of the published SHMI files.
type Band int

// The bands, by the 95 % limits.
const (
	Higher     Band = 1
	AsExpected Band = 2
	Lower      Band = 3
)

func (b Band) String() string {
	return [...]string{"", "higher than expected", "as expected", "lower than expected"}[b]
}

// Limits are the limits at one size of unit: 95 % and 99.8 %.
type Limits struct{ Lower95, Upper95, Lower998, Upper998 float64 }

// Placed is a unit with its limits.
type Placed struct {
	Unit
	Value float64 // on the scale of the chart
	Limits
	// Exact are limits for chance alone, without ordinary differences between units.
	Exact Limits
	Band  Band
	// Z is how many standard errors of chance alone it lies from the target.
	Z float64
}

// Result is a funnel.
type Result struct {
	Method Method
	Target float64
	Units  []Placed // by name
	// Phi is the mean square of the scores that were kept: about one where units differ
	// by chance alone. Tau2 is the variance between units beyond chance, on the scale
	// that the method works on. Kept is how many units both rest on.
	Phi, Tau2 float64
	Kept      int
	// Note says what was done otherwise than the method's name promises; "" is nothing.
	Note string

	scale scale
}

// Options may name a target. Without one it is 1 for ratios to an expected number and
// the figure of all units together otherwise.
type Options struct{ Target *float64 }

// UnitError says which unit is refused, and why.
type UnitError struct{ Unit, Why string }

func (e *UnitError) Error() string { return "unit " + e.Unit + ": " + e.Why }

// Plot compares units by a method. It returns an error that names the unit and what is
// wrong with it; one unit under a name, two units at least.
func Plot(method Method, units []Unit, o Options) (*Result, error) {
	if !slices.Contains(Methods(), method) {
		return nil, fmt.Errorf("there is no method %q: choose one of %v", method, Methods())
	}
	if len(units) < 2 {
		return nil, fmt.Errorf("a funnel takes two units or more, and there are %d", len(units))
	}
	units = slices.Clone(units)
	slices.SortFunc(units, func(a, b Unit) int { return cmp.Compare(a.Name, b.Name) })
	for i, u := range units {
		if i > 0 && u.Name == units[i-1].Name {
			return nil, &UnitError{u.Name, "there are two under this name: keep one row each"}
		}
		if err := u.check(method); err != nil {
			return nil, &UnitError{u.Name, err.Error()}
		}
	}
	r := &Result{Method: method, Target: target(method, units, o)}
	if err := r.aimed(o.Target == nil); err != nil {
		return nil, err
	}
	r.scale = scaleOf(method, r.Target)
	r.spread(units)
	for _, u := range units {
		p := r.place(u)
		if !p.finite() {
			return nil, &UnitError{u.Name, fmt.Sprintf("%v set against %v has no limits that a number can hold", u.Observed, u.Of)}
		}
		r.Units = append(r.Units, p)
	}
	r.noteSmall()
	return r, nil
}

// aimed refuses a target that no limits lie around; found is one that nobody named.
func (r *Result) aimed(found bool) error {
	what := "the target is"
	if found {
		what = "no target is named, and that of all units together is"
	}
	switch share := r.Method == Proportion || r.Method == Binomial; {
	case share && !(r.Target > 0 && r.Target < 1):
		return fmt.Errorf("%s %v: a proportion between nought and one, neither of them, is needed", what, r.Target)
	case !(r.Target > 0) || math.IsInf(r.Target, 0):
		return fmt.Errorf("%s %v: a number above nought is needed", what, r.Target)
	}
	return nil
}

func (p Placed) finite() bool {
	for _, x := range []float64{p.Value, p.Z, p.Lower95, p.Upper95, p.Lower998, p.Upper998, p.Exact.Lower95, p.Exact.Upper95, p.Exact.Lower998, p.Exact.Upper998} {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
	}
	return true
}

// fewest is how many cases, and how many who are none, a unit should expect for limits
// between two counts to hold what they say.
const fewest = 5

// noteSmall says where single cases decide. Binomial limits lie between two counts: a unit
// of one, with one case, is outside of every limit below one. The limits of [SHMI] are
// never nought: a unit with no case at all lies below them, whatever is expected in it.
func (r *Result) noteSmall() {
	expected, note := func(u Placed) float64 { return u.Of * min(r.Target, 1-r.Target) }, "%d of the units are so small that fewer than %d cases, or of the others, are expected in them: there a single one decides, and more than one in twenty lies outside by chance"
	switch r.Method {
	case Proportion, Binomial:
	case SHMI:
		expected, note = func(u Placed) float64 { return u.Of * r.Target }, "%d of the units are so small that fewer than %d cases are expected in them: this method is made for large numbers, and calls a unit without a case lower than expected whatever its size; poisson takes small ones"
	default:
		return
	}
	small := 0
	for _, u := range r.Units {
		if expected(u) < fewest {
			small++
		}
	}
	if small == 0 {
		return
	}
	note = fmt.Sprintf(note, small, fewest)
	if r.Note != "" {
		note = r.Note + "; " + note
	}
	r.Note = note
}

// least is the smallest expected number that anything is set against, and most the
// largest count: beyond it the distributions that limits rest on lose their digits.
const (
	least = 1e-6
	most  = 1e12
)

func (u Unit) check(m Method) error {
	for _, x := range []float64{u.Observed, u.Of} {
		if math.IsNaN(x) || math.IsInf(x, 0) || x < 0 {
			return fmt.Errorf("%v is not a count", x)
		}
		if x > most {
			return fmt.Errorf("%v is too large a count for limits that hold", x)
		}
	}
	switch whole := u.Observed == math.Trunc(u.Observed); {
	case !whole:
		return fmt.Errorf("%v is not a whole count", u.Observed)
	case u.Of > 0 && u.Of < least:
		return fmt.Errorf("%v is too small for %v to be set against it", u.Of, u.Observed)
	case u.Of == 0:
		return fmt.Errorf("what %v is set against is nought", u.Observed)
	case (m == Proportion || m == Binomial || m == Ratio) && u.Of != math.Trunc(u.Of):
		return fmt.Errorf("%v is not a whole count", u.Of)
	case (m == Proportion || m == Binomial) && u.Observed > u.Of:
		return fmt.Errorf("%v of %v is more than all", u.Observed, u.Of)
	}
	return nil
}

func target(m Method, units []Unit, o Options) float64 {
	if o.Target != nil {
		return *o.Target
	}
	if m == SHMI || m == CQC || m == Poisson {
		return 1
	}
	var top, bottom float64
	for _, u := range units {
		top, bottom = top+u.Observed, bottom+u.Of
	}
	return top / bottom
}
