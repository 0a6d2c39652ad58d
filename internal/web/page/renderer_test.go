package page

import (
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"commonweal/internal/web/static"
)

// thursday is when the design's pages are set.
var thursday = time.Date(2026, time.November, 19, 15, 0, 0, 0, time.UTC)

func builtAssets(t *testing.T) *static.Assets {
	t.Helper()
	assets, err := static.FromFS(fstest.MapFS{
		"manifest.json":    {Data: []byte(`{"commonweal.css":"commonweal.1.css","passkey.js":"passkey.2.js"}`)},
		"commonweal.1.css": {},
		"passkey.2.js":     {},
	})
	if err != nil {
		t.Fatal(err)
	}
	return assets
}

func renderer(t *testing.T, pages fstest.MapFS) *Renderer {
	t.Helper()
	r, err := New(builtAssets(t), DefaultBrand(), pages)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func source(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

// Half a page with a status of 200 is worse than an error page: nothing is sent until all of it is there.
func TestRender_NothingIsSentOnError(t *testing.T) {
	r := renderer(t, fstest.MapFS{"broken.html": source(`<p>begun</p>{{.Data.NoSuchThing}}`)})
	w := httptest.NewRecorder()
	if err := r.Render(w, 200, "broken", Frame{Data: struct{}{}}); err == nil {
		t.Fatal("a template that fails has rendered")
	}
	if w.Body.Len() > 0 || len(w.Header()) > 0 || w.Flushed {
		t.Errorf("sent %q with %v", w.Body, w.Header())
	}
}

func TestRender_Escapes(t *testing.T) {
	r := renderer(t, fstest.MapFS{"p.html": source(`<p>{{.Data}}</p>{{show .Notice}}`)})
	html, err := r.HTML("p", Frame{Data: "<script>1</script>", Heading: "<b>h</b>", Notice: Notice{Text: "<i>n</i>"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, raw := range []string{"<script>1", "<b>h", "<i>n"} {
		if strings.Contains(string(html), raw) {
			t.Errorf("the page holds %q as it was given", raw)
		}
	}
}
