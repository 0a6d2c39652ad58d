package chart

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// draw puts the chart on a canvas of either width. The start is between the last time
// before it and the first one on.
func (s Since) draw(c *canvas) *canvas {
	top, height, leading := 32.0, 200.0, 17.0
	if c.width > 400 {
		height, leading = 260, 19
	}
	bottom := top + height
	values := []float64{0}
	for _, p := range s.Points {
		values = append(values, p.figures()...)
	}
	y := spanning(values, bottom, top)
	ticks, decimals := y.ticks(6)
	left := 0.0
	for _, v := range ticks {
		left = math.Max(left, textWidth(grouped(written(v, decimals, 0, "")), c.size, false))
	}
	left += 14
	first, last := min(-1, s.Points[0].Times), max(0, s.Points[len(s.Points)-1].Times)
	x := scale{low: float64(first) - 0.6, high: float64(last) + 0.6, from: left, to: c.width - 6}
	for _, v := range ticks {
		at := y.at(v)
		if v == 0 {
			c.line(left, at, x.to, at, ink, 1.6, "")
		} else {
			c.line(left, at, x.to, at, grid, 1, "")
		}
		c.text(left-8, at+4.5, end, "q", grouped(written(v, decimals, 0, "")))
	}
	began := x.at(-0.5)
	c.line(began, top-10, began, bottom, ink, 1.6, dashes)
	half := textWidth("The start", c.size, true) / 2
	c.text(math.Min(math.Max(began, half), c.width-half), 15, middle, "b", "The start")

	step := x.at(1) - x.at(0)
	for _, p := range s.Points {
		if p.Ranged {
			c.whisker(x.at(float64(p.Times)), y.at(p.Low), y.at(p.High), math.Min(5, step*0.36))
		}
	}
	for _, p := range s.Points {
		c.b.WriteString(sinceMark(p, x.at(float64(p.Times)), y.at(p.Value), math.Min(5.4, math.Max(2.4, step*0.45))))
	}
	s.times(c, x, bottom, leading)
	return c
}

// whisker is an upright interval; its ends have caps where there is room for them.
func (c *canvas) whisker(x, low, high, half float64) {
	c.line(x, low, x, high, quiet, 2, "")
	if half < 2 {
		return
	}
	c.line(x-half, low, x+half, low, quiet, 2, "")
	c.line(x-half, high, x+half, high, quiet, 2, "")
}

// times writes under the axis as many times as fit, the start always, and beneath them how
// many stand behind each.
func (s Since) times(c *canvas, x scale, bottom, leading float64) {
	widest := 0.0
	for _, p := range s.Points {
		widest = math.Max(widest, textWidth(signed(p.Times), c.size, false))
		if s.Counted && !p.Fixed {
			widest = math.Max(widest, textWidth(thousands(p.Sites), c.size, false))
		}
	}
	every := 1
	for _, more := range s.steps() {
		every = more
		if x.at(float64(every))-x.at(0) >= widest+10 {
			break
		}
	}
	title := wrap(fmt.Sprintf("%s%ss since the start, which is 0", strings.ToUpper(s.every()[:1]), s.every()[1:]), c.width, c.size, false)
	below := bottom + 24 + leading*float64(len(title)) + 4
	for _, p := range s.Points {
		at := x.at(float64(p.Times))
		if p.Times%every != 0 {
			continue
		}
		half := widest / 2
		clamped := math.Min(math.Max(at, half), c.width-half)
		c.line(at, bottom, at, bottom+5, rule, 1, "")
		c.text(clamped, bottom+22, middle, "q", signed(p.Times))
		if s.Counted && !p.Fixed {
			c.text(clamped, below+leading+22, middle, "q", thousands(p.Sites))
		}
	}
	c.column(title, bottom+24+leading, leading, "q")
	c.height = below + 10
	if s.Counted {
		c.column([]string{s.Sites + " behind each point"}, below+22, leading, "q")
		c.height = below + leading + 34
	}
}

// steps are how many times may lie between two that are written.
func (s Since) steps() []int {
	switch s.Every {
	case "month":
		return []int{1, 2, 3, 6, 12, 24, 36, 60, 120}
	case "quarter":
		return []int{1, 2, 4, 8, 12, 20, 40}
	}
	return []int{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000}
}

// signed writes a time with its sign: −3, 0, +2.
func signed(times int) string {
	switch {
	case times < 0:
		return "\u2212" + strconv.Itoa(-times)
	case times > 0:
		return "+" + strconv.Itoa(times)
	}
	return "0"
}

// sinceMark is the mark of a point: a circle before the start, a diamond from it on, hollow
// where it rests on too little, a square where it is nought by design.
func sinceMark(p SincePoint, x, y, r float64) string {
	fill, edge, width := brand, "#fff", "1"
	if p.Times >= 0 {
		fill = damson
	}
	if p.Thin {
		fill, edge, width = "#fff", fill, "1.8"
	}
	switch {
	case p.Fixed:
		r *= 0.8
		return fmt.Sprintf(`<path d="M%s %sh%sv%sh-%sz" fill="#fff" stroke="%s" stroke-width="1.8"/>`, num(x-r), num(y-r), num(2*r), num(2*r), num(2*r), ink)
	case p.Times >= 0:
		return fmt.Sprintf(`<path d="%s" fill="%s" stroke="%s" stroke-width="%s"/>`, diamondPath(x, y, 1.15*r), fill, edge, width)
	}
	return fmt.Sprintf(`<circle cx="%s" cy="%s" r="%s" fill="%s" stroke="%s" stroke-width="%s"/>`, num(x), num(y), num(r), fill, edge, width)
}
