package chart

import (
	"fmt"
	"math"
	"sort"
	"strings"
)

// draw puts the lines on a canvas of either width. On the wide one each line's
// name and last figure stand at its end; on the narrow one the figure only,
// and the key has the names.
func (m Months) draw(c *canvas) *canvas {
	wide := c.width > 400
	top, height, leading := 20.0, 200.0, 17.0
	if wide {
		height, leading = 260, 19
	}
	bottom := top + height
	y := spanning(m.known(), bottom, top)
	ticks, decimals := y.ticks(6)

	left, right := 0.0, 0.0
	for _, v := range ticks {
		left = math.Max(left, textWidth(written(v, decimals, 0, m.Unit), c.size, false))
	}
	ends := m.ends(c, y, wide, leading, top, bottom)
	for _, e := range ends {
		for _, line := range e.lines {
			right = math.Max(right, textWidth(line, c.size, true))
		}
	}
	left += 14
	x := scale{low: 0, high: float64(len(m.Months) - 1), from: left + 8, to: c.width - right - 18}

	for _, v := range ticks {
		at := y.at(v)
		c.line(left, at, x.to+8, at, grid, 1, "")
		c.text(left-8, at+4.5, end, "q", written(v, decimals, 0, m.Unit))
	}
	m.monthLabels(c, x, bottom)
	for i := len(m.Lines) - 1; i >= 0; i-- { // ours last, on top
		c.series(m.Lines[i], x, y)
	}
	for _, e := range ends {
		for i, line := range e.lines {
			c.text(x.to+16, e.y+leading*float64(i)+4.5, start, e.class, line)
		}
	}
	c.height = bottom + 34
	return c
}

func (m Months) known() []float64 {
	var all []float64
	for _, l := range m.Lines {
		for _, p := range l.Points {
			if p.Known {
				all = append(all, p.Value)
			}
		}
	}
	return all
}

// monthLabels writes as many months under the axis as fit, always the first.
func (m Months) monthLabels(c *canvas, x scale, bottom float64) {
	widest := 0.0
	for _, s := range m.Months {
		widest = math.Max(widest, textWidth(s, c.size, false))
	}
	step := 1
	for x.at(float64(step))-x.at(0) < widest+8 && step < len(m.Months) {
		step++
	}
	for i := 0; i < len(m.Months); i += step {
		at, half := x.at(float64(i)), textWidth(m.Months[i], c.size, false)/2
		c.line(at, bottom, at, bottom+5, rule, 1, "")
		c.text(math.Min(math.Max(at, half), c.width-half), bottom+22, middle, "q", m.Months[i])
	}
}

// endLabel is what stands at the end of a line; y is the middle of its first line of text.
type endLabel struct {
	lines []string
	class string
	y     float64
}

// ends places the labels beside the last known points and then moves them apart.
func (m Months) ends(c *canvas, y scale, wide bool, leading, top, bottom float64) []endLabel {
	const room = 150.0
	var labels []endLabel
	for _, l := range m.Lines {
		last, _ := l.last()
		e := endLabel{class: []string{"ours-t", "b", "q"}[min(int(l.Kind), 2)], lines: []string{m.write(l.Points[last].Value)}}
		if wide {
			e.lines = wrap(l.Label+" "+e.lines[0], room, c.size, true)
		}
		e.y = y.at(l.Points[last].Value) - leading*float64(len(e.lines)-1)/2
		labels = append(labels, e)
	}
	sort.SliceStable(labels, func(i, j int) bool { return labels[i].y < labels[j].y })
	free := top
	for i := range labels {
		labels[i].y = math.Max(labels[i].y, free)
		free = labels[i].y + leading*float64(len(labels[i].lines)) + 2
	}
	// What was pushed below the picture goes up again, from the bottom.
	limit := bottom
	for i := len(labels) - 1; i >= 0; i-- {
		tall := leading * float64(len(labels[i].lines)-1)
		labels[i].y = math.Min(labels[i].y, limit-tall)
		limit = labels[i].y - leading - 2
	}
	return labels
}

// series draws one line, broken where a month is not known, and its marks.
func (c *canvas) series(l Line, x, y scale) {
	colour, width, more := damson, "2.4", ""
	switch l.Kind {
	case LineGroup:
		colour, width = quiet, "1.8"
	case LineWhole:
		colour, width, more = ink, "1.4", dashes
	}
	var path strings.Builder
	pen := "M"
	for i, p := range l.Points {
		if !p.Known {
			pen = "M"
			continue
		}
		fmt.Fprintf(&path, "%s%s %s", pen, num(x.at(float64(i))), num(y.at(p.Value)))
		pen = "L"
	}
	fmt.Fprintf(&c.b, `<path d="%s" fill="none" stroke="%s" stroke-width="%s" stroke-linejoin="round"%s/>`, path.String(), colour, width, more)
	for i, p := range l.Points {
		if !p.Known {
			continue
		}
		switch l.Kind {
		case LineOurs:
			c.diamond(x.at(float64(i)), y.at(p.Value), small)
		case LineGroup:
			c.ring(x.at(float64(i)), y.at(p.Value), 3.2)
		default:
			if gapAround(l, i) {
				c.ring(x.at(float64(i)), y.at(p.Value), 2)
			}
		}
	}
}

// gapAround: a point without a neighbour has no line to be seen by.
func gapAround(l Line, i int) bool {
	return (i == 0 || !l.Points[i-1].Known) && (i == len(l.Points)-1 || !l.Points[i+1].Known)
}
