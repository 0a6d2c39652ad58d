package study

import (
	"fmt"
	"io"
	"math"

	"commonweal/internal/base/fault"
	"commonweal/internal/prove/sheet"
	"commonweal/panel"
)

// Asked is what is asked of an outcome's own history before a study begins.
type Asked struct {
	Unit, Time, Column string // headings
	From               int    // the time at which the later stretch begins
	Sites              []int
	Matters            float64 // the smallest size that would matter; 0 where it is not given
}

// Sized is what so many sites can show of an outcome, from its own history.
type Sized struct {
	Pool    int     // units that are there at every time
	Spread  float64 // standard deviation of their change when nothing was tried
	Sizes   []Size
	Matters float64
	Needed  int // sites that it takes to show what would matter; 0 where no number does, or nothing was asked
}

// Size is the smallest change that so many sites can show in 80 of 100 studies.
type Size struct {
	Sites    int
	Smallest float64
}

// SizesOf works out from a CSV file what so many sites can show.
func SizesOf(r io.Reader, a Asked) (Sized, error) {
	in, err := sheet.Read(io.LimitReader(r, MaxData+1))
	if err != nil {
		return Sized{}, fault.Errorf(fault.Invalid, "the file: %v", err)
	}
	return Sizes(in, a)
}

// Sizes works out what so many sites can show of a column.
func Sizes(in *sheet.Sheet, a Asked) (out Sized, err error) {
	wrong := func(err error) (Sized, error) { return Sized{}, fault.Errorf(fault.Invalid, "the file: %v", err) }
	units, err := in.Text(a.Unit)
	if err != nil {
		return wrong(err)
	}
	times, err := timesOf(in, a.Time)
	if err != nil {
		return wrong(err)
	}
	values, err := in.Numbers(a.Column)
	if err != nil {
		return wrong(err)
	}
	rows := panel.Rows{Unit: units, Time: times, Columns: map[string][]float64{a.Column: values}}
	p, err := rows.Take(a.Column)
	if err != nil {
		return wrong(err)
	}
	if p.Times[0] >= a.From || p.Times[len(p.Times)-1] < a.From {
		return Sized{}, fault.Fieldf("from", "the history has times from %d to %d, and %d does not cut them in two", p.Times[0], p.Times[len(p.Times)-1], a.From)
	}
	_, changes := panel.Changes(p, a.Column, a.From)
	out = Sized{Pool: len(changes), Matters: a.Matters}
	for _, k := range a.Sites {
		if k >= out.Pool {
			return Sized{}, fault.Fieldf("sites", "%d sites have a figure at every time, and %d of them would leave none to compare with: give a smaller number", out.Pool, k)
		}
		power, err := panel.Detectable(changes, k)
		if err != nil {
			return Sized{}, fault.Fieldf("sites", "%v", err)
		}
		out.Spread = power.Spread
		out.Sizes = append(out.Sizes, Size{k, power.Smallest})
	}
	for k := 1; a.Matters > 0 && k <= out.Pool/2; k++ {
		if power, err := panel.Detectable(changes, k); err == nil && power.Smallest <= a.Matters {
			out.Needed = k
			break
		}
	}
	return out, nil
}

// Says is, in plain words, what the first number of sites that was asked about can show.
// name is the outcome's, and unit stands after a figure.
func (s Sized) Says(name, unit string) string {
	if len(s.Sizes) == 0 {
		return ""
	}
	first := s.Sizes[0]
	sites := fmt.Sprintf("%d sites", first.Sites)
	if first.Sites == 1 {
		sites = "One site"
	}
	said := fmt.Sprintf("%s of %d can show a change of %s or more in %s.", sites, s.Pool, join(twoDigits(first.Smallest), unit), name)
	if s.Matters <= 0 {
		return said + " A smaller one is missed more often than one time in five."
	}
	matters := join(figure(Number(s.Matters)), unit)
	if first.Smallest <= s.Matters {
		return join(fmt.Sprintf("%s can test %s.", sites, name), said, fmt.Sprintf("What would matter is %s.", matters))
	}
	more := fmt.Sprintf("No number of these %d would be enough.", s.Pool)
	if s.Needed > 0 {
		more = fmt.Sprintf("It would take %d.", s.Needed)
	}
	return join(fmt.Sprintf("%s cannot test %s.", sites, name), said, fmt.Sprintf("What would matter is %s.", matters), more)
}

// detectsOf is the size that k sites of a pool can show, of a change that spreads so far.
func detectsOf(spread float64, k, pool int) float64 {
	return detects * spread * math.Sqrt(1/float64(k)+1/float64(pool-k))
}

// Carried is what is known of an outcome from its published history, to be read before a
// file is at hand.
type Carried struct {
	Name, Unit string
	From       string // where the spread comes from
	Spread     float64
	Pool       int
	Matters    float64 // what is claimed for engagement; 0 where nothing is
}

// Histories are the two that this program carries: mortality of trusts, four years against
// four, and sickness absence, six months against six. TestHistories works them out again
// where the published files are.
func Histories() []Carried {
	return []Carried{
		{Name: "mortality", Unit: "of SHMI", From: "124 trusts, 2012 to 2015 against 2016 to 2019", Spread: 0.05556, Pool: 124, Matters: 0.025},
		{Name: "sickness absence", Unit: "percentage points", From: "201 trusts, April to September 2024 against October 2024 to March 2025", Spread: 0.248, Pool: 201},
	}
}

// Smallest is the smallest change that k sites can show.
func (c Carried) Smallest(k int) float64 { return detectsOf(c.Spread, k, c.Pool) }

// InTwoDigits writes a size that was worked out from a spread, with its unit: two digits
// are as many as such a size deserves.
func InTwoDigits(size float64, unit string) string { return join(twoDigits(size), unit) }
