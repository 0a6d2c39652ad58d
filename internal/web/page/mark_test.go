package page

import (
	"strings"
	"testing"
)

func TestParseMark(t *testing.T) {
	for _, tc := range []struct{ why, source, want, refuse string }{
		{"shapes stay", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4" fill="#fff"/></svg>`, `<circle cx="5" cy="5" r="4" fill="#fff"></circle>`, ""},
		{"a drawing that gives its size in pixels", `<svg width="48px" height="48px"><path d="M0,0h4z"/></svg>`, `<path d="M0,0h4z"></path>`, ""},
		{"paint in a style becomes attributes", `<svg viewBox="0 0 1 1"><path style="fill:#fff; stroke: none;font-family:x" d="M0 0"/></svg>`, `<path d="M0 0" fill="#fff" stroke="none"></path>`, ""},
		{"a style counts for more than an attribute", `<svg viewBox="0 0 1 1"><path fill="red" style="fill:#fff"/></svg>`, `<path fill="#fff"></path>`, ""},
		{"what drawing programs leave behind goes", `<?xml version="1.0"?><!-- made by x --><svg xmlns:i="urn:i" viewBox="0 0 1 1" i:version="1"><title>t</title><metadata><a><b/></a></metadata><i:namedview/><g id="layer1" i:label="l"><rect width="1" height="1"/></g></svg>`, `<g><rect width="1" height="1"></rect></g>`, ""},
		{"event handlers go", `<svg viewBox="0 0 1 1" onload="x()"><rect onclick="x()" width="1"/></svg>`, `<rect width="1"></rect>`, ""},
		{"a script", `<svg viewBox="0 0 1 1"><script>1</script></svg>`, "", `"script"`},
		{"a stylesheet", `<svg viewBox="0 0 1 1"><style>*{}</style></svg>`, "", `"style"`},
		{"a picture from elsewhere", `<svg viewBox="0 0 1 1"><image href="//x"/></svg>`, "", `"image"`},
		{"a reference", `<svg viewBox="0 0 1 1"><use href="#a"/></svg>`, "", `"use"`},
		{"a link", `<svg viewBox="0 0 1 1"><a href="javascript:1"/></svg>`, "", `"a"`},
		{"a page inside", `<svg viewBox="0 0 1 1"><foreignObject/></svg>`, "", `"foreignObject"`},
		{"movement", `<svg viewBox="0 0 1 1"><animate/></svg>`, "", `"animate"`},
		{"an svg inside", `<svg viewBox="0 0 1 1"><svg viewBox="0 0 1 1"/></svg>`, "", `"svg"`},
		{"a gradient, which would be missing", `<svg viewBox="0 0 1 1"><rect fill="url(#g)"/></svg>`, "", "only plain colours"},
		{"a value that ends its attribute", `<svg viewBox="0 0 1 1"><rect fill="a&quot; onload=&quot;x"/></svg>`, "", "only plain colours"},
		{"words beside the shapes go", `<svg viewBox="0 0 1 1">&lt;script&gt;<rect width="1"/></svg>`, `<rect width="1"></rect>`, ""},
		{"a document type", `<!DOCTYPE svg [<!ENTITY a "b">]><svg viewBox="0 0 1 1"/>`, "", "document type"},
		{"not square", `<svg viewBox="0 0 10 20"/>`, "", "not square"},
		{"no size", `<svg/>`, "", "view box"},
		{"a size that is no number", `<svg viewBox="0 0 NaN NaN"/>`, "", "not square"},
		{"not a drawing", `<html/>`, "", "html"},
		{"nothing", ``, "", "empty"},
		{"half a drawing", `<svg viewBox="0 0 1 1"><g>`, "", "not an SVG"},
		{"too much", `<svg viewBox="0 0 1 1">` + strings.Repeat(" ", maxMark) + `</svg>`, "", "bytes"},
		{"two drawings", `<svg viewBox="0 0 1 1"/><rect width="1"/>`, "", "more than one"},
	} {
		t.Run(tc.why, func(t *testing.T) {
			m, err := parseMark(tc.source)
			if tc.refuse != "" {
				if err == nil || !strings.Contains(err.Error(), tc.refuse) {
					t.Errorf("got %+v, %v; want it refused for %s", m, err, tc.refuse)
				}
				return
			}
			if err != nil || m.shapes != tc.want {
				t.Errorf("got  %q, %v\nwant %q", m.shapes, err, tc.want)
			}
		})
	}
}

// Whatever passes is itself a mark, reduced no further, and holds nothing that a browser would run or fetch.
func FuzzParseMark(f *testing.F) {
	f.Add(sevenSeats)
	f.Add(`<svg viewBox="0 0 1 1"><g style="fill:url(x)"><path d="M0 0" onload="x"/></g></svg>`)
	f.Add(`<svg width="4" height="4"><a xlink:href="javascript:x"><rect fill="&#34;"/></a></svg>`)
	f.Fuzz(func(t *testing.T, source string) {
		m, err := parseMark(source)
		if err != nil {
			return
		}
		out := m.svg(`class="x"`)
		again, err := parseMark(out)
		if err != nil || again.shapes != m.shapes || again.viewBox != m.viewBox {
			t.Fatalf("%q becomes %+v, %v", out, again, err)
		}
		lower := strings.ToLower(out)
		for _, bad := range []string{"script", "href", "url", "style", "<!", "&", " on"} {
			if strings.Contains(lower, bad) {
				t.Errorf("%q holds %q", out, bad)
			}
		}
	})
}
