package chart

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"

	"commonweal/spc"
)

// draw puts the chart on a canvas of either width.
func (m Control) draw(c *canvas) *canvas {
	top, height := 20.0, 200.0
	if c.width > 400 {
		height = 260
	}
	bottom := top + height
	points := m.Chart.Points
	var all []float64
	for _, p := range points {
		all = append(all, p.Lower, p.Upper)
		if !p.Gap {
			all = append(all, p.Value)
		}
	}
	target := m.Chart.Options.Target
	if target != nil {
		all = append(all, *target)
	}
	y := spanning(all, bottom, top)
	ticks, decimals := y.ticks(6)
	short := m.shortest(c, append(ticks[:len(ticks):len(ticks)], all...))
	left := 0.0
	for _, v := range ticks {
		left = math.Max(left, textWidth(short(v, decimals), c.size, false))
	}
	left += 14
	last := points[len(points)-1]
	names := []endLabel{{lines: []string{short(last.Mean, m.Decimals)}, class: "b", y: y.at(last.Mean)}}
	if !m.NoLimits {
		names = []endLabel{
			{lines: []string{short(last.Upper, m.Decimals)}, class: "q", y: y.at(last.Upper)},
			names[0],
			{lines: []string{short(last.Lower, m.Decimals)}, class: "q", y: y.at(last.Lower)},
		}
		spreadOut(names, c.size+2)
	}
	right := 0.0
	for _, n := range names {
		right = math.Max(right, textWidth(n.lines[0], c.size, true))
	}
	x := scale{low: 0, high: math.Max(1, float64(len(points)-1)), from: left + 8, to: math.Max(left+68, c.width-right-16)}
	for _, v := range ticks {
		at := y.at(v)
		c.line(left, at, x.to+8, at, grid, 1, "")
		c.text(left-8, at+4.5, end, "q", short(v, decimals))
	}
	m.days(c, x, bottom)
	m.lines(c, x, y)
	if target != nil {
		at := y.at(*target)
		c.line(left, at, x.to+8, at, targetLine, 2, ` stroke-dasharray="1 4" stroke-linecap="round"`)
	}
	m.marks(c, x, y)
	if target != nil {
		at := y.at(*target) - 6
		if at < top+c.size {
			at += c.size + 10
		}
		c.text(left+2, at, start, "halo b", "Target "+short(*target, m.Decimals))
	}
	for _, n := range names {
		c.text(x.to+13, n.y+4.5, start, n.class, n.lines[0])
	}
	c.height = bottom + 34
	return c
}

// spreadOut moves labels that would touch away from the middle one. They come from the top.
func spreadOut(names []endLabel, room float64) {
	names[0].y = math.Min(names[0].y, names[1].y-room)
	names[2].y = math.Max(names[2].y, names[1].y+room)
}

// shortest writes values so that they leave room for the picture: large ones in millions,
// and without a unit that is a phrase. The table has them whole.
func (m Control) shortest(c *canvas, values []float64) func(v float64, decimals int) string {
	unit, low, high := m.Unit, slices.Min(values), slices.Max(values)
	size, name := 1.0, ""
	for _, s := range []struct {
		of   float64
		name string
	}{{1e6, "m"}, {1e9, "bn"}, {1e12, "tn"}} {
		// Where all are large and near each other, the millions would be all the same.
		if math.Max(math.Abs(low), math.Abs(high)) >= s.of && high-low >= s.of/50 {
			size, name = s.of, s.name
		}
	}
	write := func(v float64, decimals int) string {
		if size > 1 && v != 0 {
			s := strings.TrimRight(written(v/size, 3, 0, ""), "0")
			return grouped(strings.TrimSuffix(s, ".") + name + unit)
		}
		return grouped(written(v, decimals, 0, unit))
	}
	for _, v := range values {
		if textWidth(write(v, m.Decimals), c.size, true) > c.width/5 {
			unit = ""
		}
	}
	return write
}

// lines are the mean and limits, a stretch after the other, and the values joined up.
// Limits that differ from point to point go up and down in steps between the points.
func (m Control) lines(c *canvas, x, y scale) {
	points := m.Chart.Points
	// level draws one line from point to point as long as it is the same.
	level := func(of func(spc.Charted) float64, stroke, more string) {
		for from := 0; from < len(points); {
			p, to := points[from], from
			for to+1 < len(points) && points[to+1].Segment == p.Segment && of(points[to+1]) == of(p) {
				to++
			}
			before, after := 0.4, 0.4
			if from > 0 && points[from-1].Segment == p.Segment {
				before = 0.5
			}
			if to+1 < len(points) && points[to+1].Segment == p.Segment {
				after = 0.5
			}
			a, b := math.Max(x.at(float64(from)-before), x.from-8), math.Min(x.at(float64(to)+after), x.to+8)
			c.line(a, y.at(of(p)), b, y.at(of(p)), stroke, 1.6, more)
			from = to + 1
		}
	}
	level(func(p spc.Charted) float64 { return p.Mean }, ink, "")
	if slices.ContainsFunc(points, func(p spc.Charted) bool { return p.Upper > p.Lower }) {
		level(func(p spc.Charted) float64 { return p.Upper }, limitLine, dashes)
		level(func(p spc.Charted) float64 { return p.Lower }, limitLine, dashes)
	}
	var path strings.Builder
	pen := "M"
	for i, p := range points {
		if p.Gap {
			pen = "M"
			continue
		}
		if i > 0 && p.Segment != points[i-1].Segment {
			pen = "M" // nothing crosses to other limits
		}
		fmt.Fprintf(&path, "%s%s %s", pen, num(x.at(float64(i))), num(y.at(p.Value)))
		pen = "L"
	}
	fmt.Fprintf(&c.b, `<path d="%s" fill="none" stroke="%s" stroke-width="1.2" stroke-linejoin="round"/>`, path.String(), quiet)
}

func (m Control) marks(c *canvas, x, y scale) {
	for i, p := range m.Chart.Points {
		if !p.Gap {
			c.b.WriteString(kindMark(p.Kind, up(p.Kind, m.Chart.Options.Improve), x.at(float64(i)), y.at(p.Value)))
		}
	}
}

// days writes as many periods under the axis as fit, always the first.
func (m Control) days(c *canvas, x scale, bottom float64) {
	widest := 0.0
	for _, p := range m.Chart.Points {
		widest = math.Max(widest, textWidth(m.day(p), c.size, false))
	}
	step := 1
	for x.at(float64(step))-x.at(0) < widest+8 && step < len(m.Chart.Points) {
		step++
	}
	for i := 0; i < len(m.Chart.Points); i += step {
		text := m.day(m.Chart.Points[i])
		at, half := x.at(float64(i)), textWidth(text, c.size, false)/2
		c.line(at, bottom, at, bottom+5, rule, 1, "")
		c.text(math.Min(math.Max(at, half), c.width-half), bottom+22, middle, "q", text)
	}
}

// VariationIcon is the round icon: what the last point says. High and low are those of
// the signal, not of better and worse.
func VariationIcon(k spc.Kind, improve spc.Direction) template.HTML {
	edge, letter, shape := usualEdge, "", fmt.Sprintf(`<path d="M9 24c5-9 8-9 13 0s8 9 13 0" fill="none" stroke="%s" stroke-width="2.6"/>`, usualEdge)
	name := "Usual variation: nothing has changed"
	above := up(k, improve)
	if k != spc.Usual {
		letter = "L"
		slope := "M9 15l13 7 13 8"
		if above {
			letter, slope = "H", "M9 30l13-8 13-7"
		}
		fill := betterFill
		switch k {
		case spc.Improvement:
			edge, name = betterEdge, "Improving"
		case spc.Concern:
			edge, fill, name = worseEdge, worseFill, "Concern"
		default:
			edge, fill, name = neutralEdge, neutralFill, "Changed"
		}
		name += map[bool]string{true: ": higher than usual", false: ": lower than usual"}[above]
		shape = fmt.Sprintf(`<path d="%s" fill="none" stroke="%s" stroke-width="2.2"/>%s`, slope, edge, strings.ReplaceAll(kindMark(k, above, 30, 15+map[bool]float64{true: 2, false: 12}[above]), worseFill, fill))
		shape += fmt.Sprintf(`<text x="15" y="%s" font-size="13" font-weight="700" text-anchor="middle" fill="%s">%s</text>`, map[bool]string{true: "20", false: "35"}[above], edge, letter)
	}
	return icon(fmt.Sprintf(`<circle cx="22" cy="22" r="20" fill="#fff" stroke="%s" stroke-width="2.6"/>%s`, edge, shape), name)
}

// AssuranceIcon is the square icon: what the limits say of the target; with a reason it
// is not judged.
func AssuranceIcon(a spc.Assurance, withheld string) template.HTML {
	square := func(edge, more string) string {
		return fmt.Sprintf(`<rect x="2" y="2" width="40" height="40" rx="8" fill="#fff" stroke="%s" stroke-width="2.6"%s`, edge, more)
	}
	switch {
	case withheld != "":
		return icon(square(quiet, dashes)+`/><path d="M12 22h20" stroke="`+quiet+`" stroke-width="3"/>`, "Target not judged: "+withheld)
	case a == spc.Passes:
		return icon(square(betterEdge, "")+`/><path d="M12 23l7 8 13-17" fill="none" stroke="`+betterEdge+`" stroke-width="3"/>`, "Target is met every time")
	case a == spc.Fails:
		return icon(square(worseEdge, "")+`/><path d="M13 13l18 18M31 13l-18 18" stroke="`+worseEdge+`" stroke-width="3"/>`, "Target is missed every time")
	case a == spc.HitAndMiss:
		return icon(square(quiet, "")+`/><text x="22" y="31" font-size="26" font-weight="700" text-anchor="middle" fill="`+quiet+`">?</text>`, "Target is met or missed by chance")
	}
	return icon(square(quiet, dashes)+"/>", "No target")
}

// icon closes an icon of 44 units with its name as text.
func icon(inner, name string) template.HTML {
	//nolint:gosec // the name is escaped and the rest is ours
	return template.HTML(fmt.Sprintf(`<svg class="cw-icon" width="44" height="44" viewBox="0 0 44 44" role="img" aria-label="%s" focusable="false">%s</svg>`, esc(name), inner))
}
