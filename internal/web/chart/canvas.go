package chart

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Colours and their contrast on white; all marks also differ by shape.
const (
	ink    = "#212b32" // 14.4
	quiet  = "#4c6272" // 6.4
	dot    = "#6b8796" // 3.8
	damson = "#8c2a56" // 8.1, ours
	rule   = "#768692" // 3.8
	grid   = "#ece8df" // not relied on
)

// canvas is an SVG in the making. It keeps the boxes of its texts, so that the
// tests can see that none touch.
type canvas struct {
	width, height float64
	size          float64 // of text, as the stylesheet sets it
	class         string
	b             strings.Builder
	texts         []box
}

type box struct {
	x1, y1, x2, y2 float64
	text           string
}

func newCanvas(wide bool) *canvas {
	if wide {
		return &canvas{width: 720, size: 14, class: "cw-svg--wide"}
	}
	return &canvas{width: 320, size: 13.2, class: "cw-svg--narrow"}
}

func (c *canvas) line(x1, y1, x2, y2 float64, stroke string, width float64, more string) {
	fmt.Fprintf(&c.b, `<line x1="%s" y1="%s" x2="%s" y2="%s" stroke="%s"`, num(x1), num(y1), num(x2), num(y2), stroke)
	if width != 1 {
		fmt.Fprintf(&c.b, ` stroke-width="%s"`, num(width))
	}
	c.b.WriteString(more + "/>")
}

const dashes = ` stroke-dasharray="5 4"`

func (c *canvas) dot(x, y, r float64) {
	fmt.Fprintf(&c.b, `<circle cx="%s" cy="%s" r="%s" fill="%s" fill-opacity=".55" stroke="%s" stroke-width=".9"/>`, num(x), num(y), num(r), dot, quiet)
}

func (c *canvas) ring(x, y, r float64) {
	fmt.Fprintf(&c.b, `<circle cx="%s" cy="%s" r="%s" fill="#fff" stroke="%s" stroke-width="1.8"/>`, num(x), num(y), num(r), quiet)
}

func (c *canvas) diamond(x, y, r float64) {
	fmt.Fprintf(&c.b, `<path d="%s" fill="%s" stroke="#fff" stroke-width="1.2"/>`, diamondPath(x, y, r), damson)
}

func diamondPath(x, y, r float64) string {
	return fmt.Sprintf("M%s %sL%s %sL%s %sL%s %sz", num(x), num(y-r), num(x+r), num(y), num(x), num(y+r), num(x-r), num(y))
}

type anchor string

const (
	start  anchor = "start"
	middle anchor = "middle"
	end    anchor = "end"
)

// text writes one line with its baseline at y. Classes: q quiet, b bold,
// ours-t in our colour, halo with a white rim where a line may run behind.
func (c *canvas) text(x, y float64, a anchor, class, s string) {
	w := textWidth(s, c.size, bold(class))
	left := x
	switch a {
	case middle:
		left = x - w/2
	case end:
		left = x - w
	}
	c.texts = append(c.texts, box{left, y - 0.75*c.size, left + w, y + 0.25*c.size, s})
	fmt.Fprintf(&c.b, `<text x="%s" y="%s" text-anchor="%s"`, num(x), num(y), a)
	if class != "" {
		fmt.Fprintf(&c.b, ` class="%s"`, class)
	}
	fmt.Fprintf(&c.b, ">%s</text>", esc(s))
}

func bold(class string) bool {
	for c := range strings.FieldsSeq(class) {
		if c == "b" || c == "ours-t" {
			return true
		}
	}
	return false
}

// svg closes the picture. The font size on the root is for a reader without
// the stylesheet; the stylesheet's own rule is stronger.
func (c *canvas) svg(id, title, desc string) string {
	return fmt.Sprintf(`<svg class="cw-svg %s" viewBox="0 0 %s %s" font-size="%s" role="img" aria-labelledby="%s-t %s-d" focusable="false"><title id="%s-t">%s</title><desc id="%s-d">%s</desc>%s</svg>`,
		c.class, num(c.width), num(c.height), num(c.size), id, id, id, esc(title), id, esc(desc), c.b.String())
}

// num writes a coordinate to a tenth of a unit.
func num(v float64) string {
	v = math.Round(v*10) / 10
	if v == 0 {
		v = 0 // no minus nought
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}
