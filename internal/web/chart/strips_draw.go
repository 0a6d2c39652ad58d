package chart

import "math"

const (
	big       = 8.1 // diamond of a row
	small     = 5.6 // diamond among the dots of a strip
	plotTop   = 30.0
	underAxis = 18.0
	outline   = 0.45 // half the line round a dot
)

// wide: labels in a column on the left, figures in one on the right.
func (s Strips) wide() *canvas {
	const labelEnd, from, to = 174.0, 200.0, 660.0
	c := newCanvas(true)
	sc := spanning(s.values(), from, to)
	leading := 19.0
	var body []func()
	y := plotTop + 10
	for _, r := range s.Rows {
		lines := wrap(r.Label, labelEnd, c.size, true)
		height := math.Max(36, leading*float64(len(lines))+10)
		mid := y + height/2
		body = append(body, func() {
			c.labels(lines, labelEnd, mid, leading, end, "b")
			c.row(sc, r, mid, big)
			c.text(c.width, mid+5, end, r.mark(), s.write(r.Value, r.Answers))
		})
		y += height
	}
	if len(s.Rows) > 0 && len(s.Groups) > 0 {
		at := y + 14
		body = append(body, func() { c.line(0, at, c.width, at, rule, 1, "") })
		y += 26
	}
	for _, g := range s.Groups {
		lines := wrap(g.Label, labelEnd, c.size, false)
		xs, radii, ys, reach := g.layout(sc, 3)
		height := math.Max(math.Max(46, 2*reach+14), leading*float64(len(lines))+10)
		mid := y + height/2
		body = append(body, func() {
			c.labels(lines, labelEnd, mid, leading, end, "")
			c.strip(g, xs, radii, ys, mid, false)
			c.median(sc.at(g.Median), mid, reach)
			c.strip(g, xs, radii, ys, mid, true)
			c.text(c.width, mid+5, end, "b", s.write(g.Median, 0))
		})
		y += height
	}
	c.axis(s, sc, y+10, 7)
	for _, draw := range body {
		draw()
	}
	return c
}

// narrow: the label stands over its mark, the figure at the end of that line.
func (s Strips) narrow() *canvas {
	const from, to = 12.0, 308.0
	c := newCanvas(false)
	sc := spanning(s.values(), from, to)
	leading := 17.0
	var body []func()
	y := 58.0
	for _, r := range s.Rows {
		value := s.write(r.Value, r.Answers)
		lines := wrap(r.Label, c.width-textWidth(value, c.size, true)-12, c.size, true)
		first, last := y, y+leading*float64(len(lines)-1)
		body = append(body, func() {
			c.column(lines, first, leading, "b halo")
			c.row(sc, r, last+16, big)
			c.text(c.width, first, end, r.mark()+" halo", value)
		})
		y = last + 48
	}
	if len(s.Rows) > 0 && len(s.Groups) > 0 {
		at := y
		body = append(body, func() { c.line(0, at, c.width, at, rule, 1, "") })
		y += 32
	}
	for _, g := range s.Groups {
		value := s.write(g.Median, 0)
		lines := wrap(g.Label, c.width-textWidth(value, c.size, true)-12, c.size, false)
		xs, radii, ys, reach := g.layout(sc, 2.5)
		first, last := y, y+leading*float64(len(lines)-1)
		half := math.Max(17, reach+2)
		mid := last + half + 5
		body = append(body, func() {
			c.column(lines, first, leading, "halo")
			c.strip(g, xs, radii, ys, mid, false)
			c.median(sc.at(g.Median), mid, reach)
			c.strip(g, xs, radii, ys, mid, true)
			c.text(c.width, first, end, "b halo", value)
		})
		y = mid + half + 22
	}
	c.axis(s, sc, y-12, 5)
	for _, draw := range body {
		draw()
	}
	return c
}

// axis draws the grid, the values under it and the line of reference, and sets
// the height of the picture.
func (c *canvas) axis(s Strips, sc scale, bottom float64, most int) {
	at, decimals := sc.ticks(most)
	for _, v := range at {
		x := sc.at(v)
		c.line(x, plotTop, x, bottom, grid, 1, "")
		c.text(x, bottom+underAxis, middle, "q", written(v, decimals, 0, s.Unit))
	}
	if r := s.Reference; r != nil {
		label := r.Label + " " + s.write(r.Value, r.Answers)
		x, half := sc.at(r.Value), textWidth(label, c.size, true)/2
		c.line(x, plotTop-4, x, bottom, ink, 1.4, dashes)
		c.text(math.Min(math.Max(x, half), c.width-half), 16, middle, "b", label)
	}
	c.height = bottom + underAxis + 12
}

// labels writes lines about a middle.
func (c *canvas) labels(lines []string, x, mid, leading float64, a anchor, class string) {
	y := mid + 5 - leading*float64(len(lines)-1)/2
	for i, line := range lines {
		c.text(x, y+leading*float64(i), a, class, line)
	}
}

// column writes lines from the left edge downwards.
func (c *canvas) column(lines []string, y, leading float64, class string) {
	for i, line := range lines {
		c.text(0, y+leading*float64(i), start, class, line)
	}
}

// row draws one organisation with its range.
func (c *canvas) row(sc scale, r Row, y, size float64) {
	colour := quiet
	if r.Ours {
		colour = damson
	}
	if r.HasRange {
		low, high := sc.at(r.Low), sc.at(r.High)
		c.line(low, y, high, y, colour, 2.4, "")
		c.line(low, y-5, low, y+5, colour, 2.4, "")
		c.line(high, y-5, high, y+5, colour, 2.4, "")
	}
	if r.Ours {
		c.diamond(sc.at(r.Value), y, size)
		return
	}
	c.ring(sc.at(r.Value), y, size-2)
}

// layout places the dots of a group along the scale and off its middle line.
func (g Group) layout(sc scale, r float64) (xs, radii, ys []float64, reach float64) {
	for _, d := range g.Dots {
		xs = append(xs, math.Round(sc.at(d.Value)*10)/10)
		if d.Ours {
			radii = append(radii, small+2*outline)
		} else {
			radii = append(radii, r+outline)
		}
	}
	ys, reach = swarm(xs, radii)
	return xs, radii, ys, reach
}

// strip draws the dots of the others or, over the mark of the median, ours.
func (c *canvas) strip(g Group, xs, radii, ys []float64, mid float64, ours bool) {
	for i, d := range g.Dots {
		switch {
		case d.Ours != ours:
		case ours:
			c.diamond(xs[i], mid+ys[i], small)
		default:
			c.dot(xs[i], mid+ys[i], radii[i]-outline)
		}
	}
}

// median marks the middle of a strip, with a white rim to stand out from dots.
func (c *canvas) median(x, mid, reach float64) {
	half := math.Max(17, reach+1)
	c.line(x, mid-half, x, mid+half, "#fff", 4.6, ` stroke-opacity=".85"`)
	c.line(x, mid-half, x, mid+half, ink, 2.6, "")
}
