package chart

import "math"

const brand = "#14465c" // 10.2 on white

const dots = ` stroke-dasharray="2 4"`

// wide: labels in a column on the left, figures in one on the right.
func (s Intervals) wide() *canvas {
	const labelEnd, from, to, leading = 214.0, 240.0, 656.0, 19.0
	c := newCanvas(true)
	sc := spanning(s.values(), from, to)
	top := s.headroom()
	var body []func()
	y := top + 10
	for _, r := range s.Rows {
		lines := wrap(r.Label, labelEnd, c.size, r.Ours)
		height := math.Max(38, leading*float64(len(lines))+12)
		mid := y + height/2
		body = append(body, func() {
			c.labels(lines, labelEnd, mid, leading, end, r.labelClass())
			if r.Hidden {
				c.text(from, mid+5, start, "q halo", s.Words)
				return
			}
			c.interval(sc, r, mid)
			c.text(c.width, mid+5, end, r.valueClass(), s.write(r.Value, r.Decimals))
		})
		y += height
	}
	c.grid(sc, s.Unit, top, y+8, 7)
	c.uprights(s, sc, y+8)
	for _, draw := range body {
		draw()
	}
	return c
}

// narrow: the label stands over its mark, the figure at the end of that line.
func (s Intervals) narrow() *canvas {
	const from, to, leading = 12.0, 308.0, 17.0
	c := newCanvas(false)
	sc := spanning(s.values(), from, to)
	top := s.headroom()
	var body []func()
	y := top + 24
	for _, r := range s.Rows {
		value := ""
		if !r.Hidden {
			value = s.write(r.Value, r.Decimals)
		}
		lines := wrap(r.Label, c.width-textWidth(value, c.size, true)-12, c.size, r.Ours)
		first, last := y, y+leading*float64(len(lines)-1)
		body = append(body, func() {
			c.column(lines, first, leading, r.labelClass()+" halo")
			if r.Hidden {
				c.column(wrap(s.Words, c.width, c.size, false), last+19, leading, "q halo")
				return
			}
			c.interval(sc, r, last+18)
			c.text(c.width, first, end, r.valueClass()+" halo", value)
		})
		y = last + 54
	}
	c.grid(sc, s.Unit, top, y-22, 5)
	c.uprights(s, sc, y-22)
	for _, draw := range body {
		draw()
	}
	return c
}

func (r Interval) labelClass() string {
	if r.Ours {
		return "b"
	}
	return ""
}

func (r Interval) valueClass() string {
	if r.Ours {
		return "ours-t"
	}
	return "b"
}

// headroom is the height that the names of the upright lines take above the plot: a
// line of text each, so that none touch.
func (s Intervals) headroom() float64 { return 12 + 20*float64(len(s.Lines)) }

// grid draws the values of the axis and sets the height of the picture.
func (c *canvas) grid(sc scale, unit string, top, bottom float64, most int) {
	at, decimals := sc.ticks(most)
	for _, v := range at {
		x := sc.at(v)
		c.line(x, top, x, bottom, grid, 1, "")
		label := written(v, decimals, 0, unit)
		half := textWidth(label, c.size, false) / 2
		c.text(math.Min(math.Max(x, half), c.width-half), bottom+underAxis, middle, "q", label)
	}
	c.height = bottom + underAxis + 12
}

// uprights draws the lines that all are held against, each with its name above.
func (c *canvas) uprights(s Intervals, sc scale, bottom float64) {
	for i, l := range s.Lines {
		label, class, y := s.lineLabel(l), "q", 16+20*float64(i)
		if l.Ours {
			class = "ours-t"
		}
		x, half := sc.at(l.Value), textWidth(label, c.size, l.Ours)/2
		if l.Ours {
			c.line(x, y+5, x, bottom, damson, 2, "")
		} else {
			c.line(x, y+5, x, bottom, quiet, 1.6, dots)
		}
		c.text(math.Min(math.Max(x, half), c.width-half), y, middle, class+" halo", label)
	}
}

// interval draws one group with its interval.
func (c *canvas) interval(sc scale, r Interval, y float64) {
	low, high := sc.at(r.Low), sc.at(r.High)
	c.line(low, y, high, y, quiet, 2.4, "")
	c.line(low, y-6, low, y+6, quiet, 2.4, "")
	c.line(high, y-6, high, y+6, quiet, 2.4, "")
	if r.Ours {
		c.diamond(sc.at(r.Value), y, big)
		return
	}
	c.disc(sc.at(r.Value), y, 6)
}

func (c *canvas) disc(x, y, r float64) {
	c.b.WriteString(`<circle cx="` + num(x) + `" cy="` + num(y) + `" r="` + num(r) + `" fill="` + brand + `" stroke="#fff" stroke-width="1.2"/>`)
}
