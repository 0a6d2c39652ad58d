package chart

import (
	"fmt"
	"strings"
)

// alone makes of a picture a file that needs no page around it: with its title above it
// and, beneath, what each mark means and where the figures are from. It has a style
// element, which a page would not allow, and no script.
func (f Frame) alone(c *canvas, keys []keyEntry, desc string) string {
	o := newCanvas(c.width > 400)
	room := o.width - 24
	o.height = 12
	f.lines(o, "b", f.Title, room)
	f.lines(o, "q", f.Sub, room)
	o.height += 8
	fmt.Fprintf(&o.b, `<g transform="translate(0 %s)">%s</g>`, num(o.height), c.b.String())
	for _, t := range c.texts {
		t.y1, t.y2 = t.y1+o.height, t.y2+o.height
		o.texts = append(o.texts, t)
	}
	o.height += c.height + 10
	at := 12.0
	for i, k := range keys {
		wide := 38 + textWidth(k.text, o.size, false)
		if i > 0 && at+wide > o.width-12 {
			at = 12
			o.height += 24
		}
		o.b.WriteString(strings.Replace(k.mark, "<svg ", fmt.Sprintf(`<svg x="%s" y="%s" `, num(at), num(o.height)), 1))
		o.text(at+38, o.height+15, start, "", k.text)
		at += wide + 20
	}
	o.height += 30
	f.lines(o, "q", strings.TrimSpace(f.Note+" "+f.Source), room)
	o.height += 10

	svg := o.svg(f.ID, f.Title, desc)
	svg = strings.Replace(svg, "<svg ", fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" font-family="'Source Sans 3', Arial, sans-serif" fill="%s" `, num(o.width), num(o.height), ink), 1)
	style := fmt.Sprintf(`</desc><style>.b{font-weight:600}.q{fill:%s}.ours-t{font-weight:600;fill:%s}.halo{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}</style><rect width="%s" height="%s" fill="#fff"/>`, quiet, damson, num(o.width), num(o.height))
	return strings.Replace(svg, "</desc>", style, 1) + "\n"
}

// lines writes a text of as many lines as it takes under what is there.
func (f Frame) lines(o *canvas, class, text string, room float64) {
	if text == "" {
		return
	}
	for _, line := range fill(text, room, o.size, class == "b") {
		o.height += o.size + 4
		o.text(12, o.height, start, class, line)
	}
}
