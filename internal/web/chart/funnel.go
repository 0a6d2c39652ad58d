package chart

import (
	"fmt"
	"html/template"
	"math"
	"slices"

	"commonweal/funnel"
)

// Funnel shows units by their size and value between limits that narrow with size.
type Funnel struct {
	Frame
	Unit     string  // after every value: "%" or nothing
	Times    float64 // values are multiplied by it: 100 for proportions shown as per cent; 0 is 1
	Decimals int
	Size     string // what size is: "Expected deaths"
	Value    string // what values are: "SHMI"
	Result   *funnel.Result
	Ours     string // name of the unit that stands out; empty for none
}

// HTML draws the chart.
func (f Funnel) HTML() (template.HTML, error) {
	if err := f.check(); err != nil {
		return "", err
	}
	desc := f.describe()
	narrow, wide := f.draw(newCanvas(false)), f.draw(newCanvas(true))
	return f.figure(f.keys(), narrow.svg(f.ID+"-narrow", f.Title, desc), wide.svg(f.ID+"-wide", f.Title, desc), f.table()), nil
}

// Table is what the picture shows, to stand apart from it under a heading.
func (f Funnel) Table(heading string) (template.HTML, error) {
	if err := f.check(); err != nil {
		return "", err
	}
	return f.apart(f.table(), heading), nil
}

// SVG draws the wide picture as a file of its own.
func (f Funnel) SVG() (string, error) {
	if err := f.check(); err != nil {
		return "", err
	}
	return f.alone(f.draw(newCanvas(true)), f.keys(), f.describe()), nil
}

func (f Funnel) check() error {
	if err := f.Frame.check(); err != nil {
		return err
	}
	if f.Result == nil || len(f.Result.Units) == 0 {
		return fmt.Errorf("chart %s has no units", f.ID)
	}
	return nil
}

func (f Funnel) times() float64 {
	if f.Times == 0 {
		return 1
	}
	return f.Times
}

func (f Funnel) write(v float64) string { return written(v*f.times(), f.Decimals, 0, f.Unit) }

// counts are how many lie outside the 95 % and the 99.8 % limits.
func (f Funnel) counts() (higher, lower, far int) {
	for _, u := range f.Result.Units {
		switch u.Band {
		case funnel.Higher:
			higher++
		case funnel.Lower:
			lower++
		}
		if beyond(u) {
			far++
		}
	}
	return higher, lower, far
}

func beyond(u funnel.Placed) bool { return u.Value > u.Upper998 || u.Value < u.Lower998 }

func (f Funnel) describe() string {
	higher, lower, far := f.counts()
	text := fmt.Sprintf("%d units around %s. Above the limits within which 95 of 100 such units usually lie: %d; below: %d; outside those for 998 of 1,000: %d.",
		len(f.Result.Units), f.write(f.Result.Target), higher, lower, far)
	for _, u := range f.Result.Units {
		if u.Name == f.Ours {
			text += fmt.Sprintf(" %s: %s, %s, limits %s to %s.", u.Name, f.write(u.Value), u.Band, f.write(u.Lower95), f.write(u.Upper95))
		}
	}
	return text
}

func (f Funnel) keys() []keyEntry {
	mark := func(inner string) string {
		return `<svg width="30" height="20" aria-hidden="true" focusable="false">` + inner + "</svg>"
	}
	var keys []keyEntry
	units := "Units"
	if f.Ours != "" {
		units = "Other units"
		keys = append(keys, keyEntry{mark(fmt.Sprintf(`<path d="%s" fill="%s" stroke="#fff" stroke-width="1.2"/>`, diamondPath(15, 10, 7), damson)), f.Ours})
	}
	return append(keys,
		keyEntry{mark(fmt.Sprintf(`<circle cx="15" cy="10" r="3.6" fill="#fff" stroke="%s" stroke-width="1.8"/>`, quiet)), units},
		keyEntry{mark(fmt.Sprintf(`<path d="M1 10h28" stroke="%s" stroke-width="1.6" stroke-dasharray="5 4"/>`, limitLine)), "95 % limits"},
		keyEntry{mark(fmt.Sprintf(`<path d="M1 10h28" stroke="%s" stroke-width="1.6"/>`, limitLine)), "99.8 % limits"},
	)
}

func (f Funnel) table() table {
	value, size := f.Value, f.Size
	t := table{caption: f.Title, heads: []string{"Unit", size, value, "95 % limits", "99.8 % limits", "Where it lies"}}
	for _, u := range f.Result.Units {
		t.rows = append(t.rows, tableRow{cells: []string{
			u.Name, thousands(int(math.Round(u.Of))), f.write(u.Value),
			f.write(u.Lower95) + " to " + f.write(u.Upper95), f.write(u.Lower998) + " to " + f.write(u.Upper998), u.Band.String(),
		}, strong: u.Name == f.Ours})
	}
	return t
}

// draw puts the chart on a canvas of either width.
func (f Funnel) draw(c *canvas) *canvas {
	top, height := 20.0, 230.0
	if c.width > 400 {
		height = 300
	}
	bottom := top + height
	largest, least := 0.0, math.Inf(1)
	var all []float64
	for _, u := range f.Result.Units {
		largest, least = math.Max(largest, u.Of), math.Min(least, u.Of)
		all = append(all, u.Value*f.times())
	}
	// The smallest units' limits may be far out: they run off the top and bottom.
	for _, of := range []float64{math.Max(least, largest/20), largest} {
		l := f.Result.At(of)
		all = append(all, l.Lower998*f.times(), l.Upper998*f.times())
	}
	y := spanning(all, bottom, top)
	ticks, decimals := y.ticks(6)
	left := 0.0
	for _, v := range ticks {
		left = math.Max(left, textWidth(written(v, decimals, 0, f.Unit), c.size, false))
	}
	left += 14
	x := scale{low: 0, high: largest * 1.04, from: left, to: c.width - 14}
	for _, v := range ticks {
		at := y.at(v)
		c.line(left, at, x.to, at, grid, 1, "")
		c.text(left-8, at+4.5, end, "q", written(v, decimals, 0, f.Unit))
	}
	f.sizes(c, x, bottom)
	f.limits(c, x, y, math.Max(least*0.6, largest/400))
	target := y.at(f.Result.Target * f.times())
	c.line(left, target, x.to, target, ink, 1.6, "")
	f.units(c, x, y, top, bottom)
	c.height = bottom + 56
	return c
}

// sizes writes the axis of sizes and what it is.
func (f Funnel) sizes(c *canvas, x scale, bottom float64) {
	most := 6
	if c.width < 400 {
		most = 4
	}
	at, _ := x.ticks(most)
	for _, v := range at {
		text := thousands(int(math.Round(v)))
		half := textWidth(text, c.size, false) / 2
		c.line(x.at(v), bottom, x.at(v), bottom+5, rule, 1, "")
		c.text(math.Min(math.Max(x.at(v), half), c.width-half), bottom+22, middle, "q", text)
	}
	c.text((x.from+x.to)/2, bottom+44, middle, "q", f.Size)
}

// limits draws the four curves from a size on.
func (f Funnel) limits(c *canvas, x, y scale, from float64) {
	const steps = 80
	paths := make([]string, 4)
	pens := []string{"M", "M", "M", "M"}
	for i := 0; i <= steps; i++ {
		// Close together where the curves bend.
		share := float64(i) / steps
		of := from + (x.high-from)*share*share
		l := f.Result.At(of)
		for k, v := range []float64{l.Lower95, l.Upper95, l.Lower998, l.Upper998} {
			if v *= f.times(); v < y.low || v > y.high {
				pens[k] = "M"
				continue
			}
			paths[k] += fmt.Sprintf("%s%s %s", pens[k], num(x.at(of)), num(y.at(v)))
			pens[k] = "L"
		}
	}
	for k, p := range paths {
		more := ""
		if k < 2 {
			more = dashes
		}
		if p != "" {
			fmt.Fprintf(&c.b, `<path d="%s" fill="none" stroke="%s" stroke-width="1.6"%s/>`, p, limitLine, more)
		}
	}
}

// units draws the marks, ours last, and names those beyond the outer limits where a name
// finds room; all are in the table.
func (f Funnel) units(c *canvas, x, y scale, top, bottom float64) {
	var named []funnel.Placed
	for _, u := range f.Result.Units {
		if u.Name == f.Ours {
			continue
		}
		c.ring(x.at(u.Of), y.at(u.Value*f.times()), 3.2)
		if beyond(u) {
			named = append(named, u)
		}
	}
	slices.SortStableFunc(named, func(a, b funnel.Placed) int { return -compare(math.Abs(a.Z), math.Abs(b.Z)) })
	for _, u := range f.Result.Units {
		if u.Name == f.Ours {
			c.diamond(x.at(u.Of), y.at(u.Value*f.times()), small)
			named = slices.Insert(named, 0, u)
		}
	}
	for i, u := range named {
		class := "halo"
		if i == 0 && u.Name == f.Ours {
			class = "halo ours-t"
		}
		c.name(u.Name, class, x.at(u.Of), y.at(u.Value*f.times()), top, bottom)
	}
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// name writes a name beside a mark, on the side where it touches no other text, or not at
// all.
func (c *canvas) name(s, class string, x, y, top, bottom float64) {
	width := textWidth(s, c.size, bold(class))
	for _, place := range []struct{ x, y float64 }{{x + 9, y + 4.5}, {x - 9 - width, y + 4.5}, {x - width/2, y - 9}, {x - width/2, y + 9 + c.size}} {
		b := box{place.x, place.y - 0.75*c.size, place.x + width, place.y + 0.25*c.size, s}
		if b.x1 < 0 || b.x2 > c.width || b.y1 < top-10 || b.y2 > bottom {
			continue
		}
		if !slices.ContainsFunc(c.texts, func(o box) bool { return b.x1 < o.x2 && o.x1 < b.x2 && b.y1 < o.y2 && o.y1 < b.y2 }) {
			c.text(place.x, place.y, start, class, s)
			return
		}
	}
}
