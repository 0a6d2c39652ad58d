package page

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// mark is a square drawing that has been reduced to plain shapes. It stands inline in every page, so nothing may pass
// that runs, fetches, or styles anything beyond itself.
type mark struct {
	viewBox string
	shapes  string
}

// svg writes the mark with the given attributes on its root.
func (m mark) svg(attributes string) string {
	return `<svg ` + attributes + ` viewBox="` + m.viewBox + `">` + m.shapes + `</svg>`
}

const maxMark = 16 << 10

var (
	markShapes = set("g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon")
	// what drawing programs leave behind: without effect on the picture, so dropped with all it holds
	markLeavings = set("title", "desc", "metadata", "namedview", "defs")
	markPaint    = set("fill", "fill-opacity", "fill-rule", "clip-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap",
		"stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "opacity")
	markGeometry = set("d", "points", "transform", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "width", "height")
)

func set(names ...string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, name := range names {
		m[name] = true
	}
	return m
}

// parseMark reads an SVG and keeps its shapes, their geometry and their paint. An element that could do more than paint
// (script, style, image, use, a link, foreign content) is refused by name, so that whoever chose the mark learns why.
func parseMark(source string) (mark, error) {
	if len(source) > maxMark {
		return mark{}, fmt.Errorf("the drawing has %d bytes, and %d is the most", len(source), maxMark)
	}
	decoder := xml.NewDecoder(strings.NewReader(source))
	var m mark
	var out strings.Builder
	var open []string
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return mark{}, fmt.Errorf("the drawing is not an SVG: %w", err)
		}
		switch token := token.(type) {
		case xml.Directive:
			return mark{}, errors.New("the drawing has a document type; save it without one")
		case xml.StartElement:
			name := token.Name.Local
			switch {
			case m.viewBox == "":
				if m.viewBox, err = squareBox(token); err != nil {
					return mark{}, err
				}
				open = append(open, "")
			case len(open) == 0:
				return mark{}, errors.New("the drawing has more than one root")
			case markLeavings[name]:
				if err := decoder.Skip(); err != nil {
					return mark{}, fmt.Errorf("the drawing is not an SVG: %w", err)
				}
			case markShapes[name]:
				attributes, err := markAttributes(token.Attr)
				if err != nil {
					return mark{}, fmt.Errorf("the drawing's %s: %w", name, err)
				}
				out.WriteString("<" + name + attributes + ">")
				open = append(open, name)
			default:
				return mark{}, fmt.Errorf("the drawing has an element %q; only plain shapes are allowed", name)
			}
		case xml.EndElement:
			last := len(open) - 1
			if open[last] != "" {
				out.WriteString("</" + open[last] + ">")
			}
			open = open[:last]
		}
	}
	if m.viewBox == "" {
		return mark{}, errors.New("the drawing is empty")
	}
	m.shapes = out.String()
	return m, nil
}

// squareBox returns the root's view box if the drawing is as wide as it is high.
func squareBox(root xml.StartElement) (string, error) {
	if root.Name.Local != "svg" {
		return "", fmt.Errorf("the drawing begins with %q and not with svg", root.Name.Local)
	}
	attributes := map[string]string{}
	for _, a := range root.Attr {
		attributes[a.Name.Local] = a.Value
	}
	box := attributes["viewBox"]
	if box == "" {
		box = "0 0 " + strings.TrimSuffix(attributes["width"], "px") + " " + strings.TrimSuffix(attributes["height"], "px")
	}
	parts := strings.FieldsFunc(box, func(r rune) bool { return r == ' ' || r == ',' || r == '\t' || r == '\n' })
	var n [4]float64
	for i := range n {
		if len(parts) != len(n) {
			return "", fmt.Errorf("the drawing has no view box of four numbers, but %q", box)
		}
		v, err := strconv.ParseFloat(parts[i], 64)
		if err != nil || v < -1e6 || v > 1e6 { // NaN passes neither test, and width below refuses it
			return "", fmt.Errorf("the drawing has no view box of four numbers, but %q", box)
		}
		n[i] = v
	}
	if width, height := n[2], n[3]; !(width > 0) || width != height {
		return "", fmt.Errorf("the drawing is not square: its view box is %q", box)
	}
	return fmt.Sprintf("%g %g %g %g", n[0], n[1], n[2], n[3]), nil
}

// markAttributes keeps geometry and paint. Drawing programs write paint as a style attribute, which the content security
// policy would ignore, so its declarations become attributes. A value that refers to something else (a gradient, a
// pattern) is refused, because the mark would be shown without it.
func markAttributes(attributes []xml.Attr) (string, error) {
	kept := map[string]string{}
	var order []string
	keep := func(name, value string) {
		if _, have := kept[name]; !have {
			order = append(order, name)
		}
		kept[name] = strings.TrimSpace(value)
	}
	for _, a := range attributes {
		if a.Name.Space != "" {
			continue
		}
		if name := a.Name.Local; markPaint[name] || markGeometry[name] {
			keep(name, a.Value)
		}
	}
	for _, a := range attributes {
		if a.Name.Space != "" || a.Name.Local != "style" {
			continue
		}
		for declaration := range strings.SplitSeq(a.Value, ";") {
			name, value, _ := strings.Cut(declaration, ":")
			if name = strings.TrimSpace(name); markPaint[name] {
				keep(name, value)
			}
		}
	}
	var out strings.Builder
	for _, name := range order {
		value := kept[name]
		if !plainValue(value) {
			return "", fmt.Errorf("%s is %q; only plain colours and numbers are allowed", name, value)
		}
		fmt.Fprintf(&out, ` %s="%s"`, name, value)
	}
	return out.String(), nil
}

// plainValue lets through numbers, colours, path data and transforms, and nothing that could end an attribute or refer to
// anything.
func plainValue(s string) bool {
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
		case strings.ContainsRune(" \t\n#.,%()+-", r):
		default:
			return false
		}
	}
	return !strings.Contains(strings.ToLower(s), "url")
}
