package page

import (
	"errors"
	"io/fs"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
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

// What is wrong with the templates is found at start, not by a visitor.
func TestNew_Refuses(t *testing.T) {
	for why, tc := range map[string]struct {
		brand Brand
		pages []fs.FS
		want  string
	}{
		"a page that does not parse":     {DefaultBrand(), []fs.FS{fstest.MapFS{"p.html": source("{{if}}")}}, "p.html"},
		"a part that does not parse":     {DefaultBrand(), []fs.FS{fstest.MapFS{"parts/p.html": source("{{end}}")}}, "parts/p.html"},
		"a function that does not exist": {DefaultBrand(), []fs.FS{fstest.MapFS{"p.html": source("{{shout 1}}")}}, "shout"},
		"two pages of one name":          {DefaultBrand(), []fs.FS{fstest.MapFS{"p.html": source("a")}, fstest.MapFS{"p.html": source("b")}}, "two files"},
		"a brand that cannot be read":    {Brand{Name: "A", Colour: "#eeeeee"}, nil, "contrast"},
	} {
		t.Run(why, func(t *testing.T) {
			_, err := New(builtAssets(t), tc.brand, tc.pages...)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want it to name %q", err, tc.want)
			}
		})
	}
}

func TestNew_NeedsTheStylesheet(t *testing.T) {
	assets, err := static.FromFS(fstest.MapFS{"manifest.json": {Data: []byte("{}")}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := New(assets, DefaultBrand()); !errors.Is(err, static.ErrNotBuilt) {
		t.Errorf("got %v, want ErrNotBuilt", err)
	}
}

func TestRender_Refuses(t *testing.T) {
	r := renderer(t, fstest.MapFS{"p.html": source("a")})
	if _, err := r.HTML("q", Frame{}); !errors.Is(err, ErrNoPage) {
		t.Errorf("a page that does not exist: %v", err)
	}
	if _, err := r.HTML("p", Frame{Modules: []string{"absent.js"}}); err == nil {
		t.Error("a module that is not built is left out silently")
	}
	if _, err := r.HTML("p", Frame{Org: Brand{Name: "A", Colour: "#eeeeee"}}); err == nil {
		t.Error("a brand that nobody can read is shown")
	}
}

func TestRender_Headers(t *testing.T) {
	r := renderer(t, fstest.MapFS{"p.html": source("a")})
	w := httptest.NewRecorder()
	if err := r.Render(w, 404, "p", Frame{Heading: "Nothing here"}); err != nil {
		t.Fatal(err)
	}
	if w.Code != 404 || w.Header().Get("Content-Type") != "text/html; charset=utf-8" || w.Header().Get("Content-Length") != strconv.Itoa(w.Body.Len()) {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}

// Many requests at once render from the same templates.
func TestRender_Concurrent(t *testing.T) {
	r := renderer(t, fstest.MapFS{"p.html": source("{{show .Data}}")})
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			if _, err := r.HTML("p", Frame{Data: Details{Summary: "s", Show: Defs{{Term: "a"}}}}); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

// The tab says first what the page is, and before that whether something is wrong.
func TestTab(t *testing.T) {
	for _, tc := range []struct {
		frame Frame
		want  string
	}{
		{Frame{}, "A"},
		{Frame{Heading: "Register"}, "Register - A"},
		{Frame{Heading: "Good afternoon", Title: "Home"}, "Home - A"},
		{Frame{Heading: "Call", Errors: []Error{{}}}, "Error: Call - A"},
	} {
		if got := tab(tc.frame, "A"); got != tc.want {
			t.Errorf("got %q, want %q", got, tc.want)
		}
	}
}
