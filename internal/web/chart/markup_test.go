package chart

import (
	"encoding/xml"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// node is an element of the figure, read back from the markup.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Kids    []node     `xml:",any"`
}

func (n node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (n node) number(t *testing.T, name string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(n.attr(name), 64)
	if err != nil {
		t.Fatalf("%s of %s: %v", name, n.XMLName.Local, err)
	}
	return v
}

// all finds every element of a name, in order.
func (n node) all(name string) []node {
	var out []node
	for _, k := range n.Kids {
		if k.XMLName.Local == name {
			out = append(out, k)
		}
		out = append(out, k.all(name)...)
	}
	return out
}

func walk(n node, visit func(node)) {
	visit(n)
	for _, k := range n.Kids {
		walk(k, visit)
	}
}

// said is all text inside an element.
func (n node) said() string {
	s := n.Text
	for _, k := range n.Kids {
		s += k.said()
	}
	return s
}

// parse reads the figure as XML, which is stricter than a browser.
func parse(t *testing.T, markup string) node {
	t.Helper()
	var n node
	if err := xml.Unmarshal([]byte(markup), &n); err != nil {
		t.Fatalf("the markup is not well formed: %v", err)
	}
	return n
}

// pictures are the two drawings of the figure, narrow first; the key has
// drawings of its own.
func pictures(t *testing.T, figure node) (narrow, wide node) {
	t.Helper()
	var found []node
	for _, s := range figure.all("svg") {
		if strings.Contains(s.attr("class"), "cw-svg") {
			found = append(found, s)
		}
	}
	if len(found) != 2 {
		t.Fatalf("%d pictures, want two", len(found))
	}
	return found[0], found[1]
}

// cells reads the table: heading of the row to the cells after it.
func cells(figure node) (order []string, rows map[string][]string) {
	rows = map[string][]string{}
	for _, tr := range figure.all("tr")[1:] {
		head := tr.all("th")[0].said()
		order = append(order, head)
		for _, td := range tr.all("td") {
			rows[head] = append(rows[head], td.said())
		}
	}
	return order, rows
}

// lawful checks what every chart must keep to: names for those who cannot see
// it, identifiers of its own, nothing that a strict policy would block.
func lawful(t *testing.T, markup string) {
	t.Helper()
	figure := parse(t, markup)
	walk(figure, func(n node) {
		switch n.XMLName.Local {
		case "script", "style", "foreignObject", "image", "a", "use":
			t.Errorf("the markup has an element %s", n.XMLName.Local)
		}
		for _, a := range n.Attrs {
			if a.Name.Local == "style" || a.Name.Local == "href" || strings.HasPrefix(a.Name.Local, "on") {
				t.Errorf("element %s has an attribute %s", n.XMLName.Local, a.Name.Local)
			}
		}
	})
	seen := map[string]bool{}
	narrow, wide := pictures(t, figure)
	for _, p := range []node{narrow, wide} {
		title, desc := p.Kids[0], p.Kids[1]
		if p.attr("role") != "img" || p.attr("aria-labelledby") != title.attr("id")+" "+desc.attr("id") {
			t.Errorf("picture %s is not named by its title and description", p.attr("class"))
		}
		if title.XMLName.Local != "title" || desc.XMLName.Local != "desc" || title.Text == "" || desc.Text == "" {
			t.Errorf("picture %s has title %q and description %q", p.attr("class"), title.Text, desc.Text)
		}
		for _, id := range []string{title.attr("id"), desc.attr("id")} {
			if id == "" || seen[id] {
				t.Errorf("identifier %q stands twice or is empty", id)
			}
			seen[id] = true
		}
	}
	if narrow.attr("viewBox")[:8] != "0 0 320 " || wide.attr("viewBox")[:8] != "0 0 720 " {
		t.Errorf("pictures are %s and %s", narrow.attr("viewBox"), wide.attr("viewBox"))
	}
	for _, size := range []string{narrow.attr("font-size"), wide.attr("font-size")} {
		if v, err := strconv.ParseFloat(size, 64); err != nil || v < 12 {
			t.Errorf("text of size %s", size)
		}
	}
}

// apart checks that no two labels touch and that each lies inside the picture.
func apart(t *testing.T, c *canvas) {
	t.Helper()
	for i, a := range c.texts {
		if a.x1 < -0.5 || a.x2 > c.width+0.5 || a.y1 < 0 || a.y2 > c.height {
			t.Errorf("%s: %q lies outside the picture of %g by %g: %+v", c.class, a.text, c.width, c.height, a)
		}
		for _, b := range c.texts[i+1:] {
			if a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2 {
				t.Errorf("%s: %q and %q touch", c.class, a.text, b.text)
			}
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s has changed; if that is meant, run the test with -update and look at it in a browser", path)
	}
}
