package static_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"

	"commonweal/internal/web/static"
)

func built() fstest.MapFS {
	return fstest.MapFS{
		"manifest.json":           {Data: []byte(`{"commonweal.css":"commonweal.0a1b.css","face.woff2":"face.99.woff2"}`)},
		"commonweal.0a1b.css":     {Data: []byte("body{}")},
		"commonweal.0a1b.css.gz":  {Data: []byte("packed")},
		"face.99.woff2":           {Data: []byte("face")},
		"left-over.from-last.css": {Data: []byte("old")},
	}
}

func TestAssets_Serve(t *testing.T) {
	assets, err := static.FromFS(built())
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		method, path, accept string
		status               int
		body, kind, encoding string
	}{
		"the stylesheet as it is":           {"GET", "/static/commonweal.0a1b.css", "", 200, "body{}", "text/css; charset=utf-8", ""},
		"packed for those who can read it":  {"GET", "/static/commonweal.0a1b.css", "br, gzip;q=0.8", 200, "packed", "text/css; charset=utf-8", "gzip"},
		"not packed where gzip is refused":  {"GET", "/static/commonweal.0a1b.css", "gzip;q=0, br", 200, "body{}", "text/css; charset=utf-8", ""},
		"a font is never packed again":      {"GET", "/static/face.99.woff2", "gzip", 200, "face", "font/woff2", ""},
		"a head has no body":                {"HEAD", "/static/face.99.woff2", "", 200, "", "font/woff2", ""},
		"the source name is not an address": {"GET", "/static/commonweal.css", "", 404, "404 page not found\n", "text/plain; charset=utf-8", ""},
		"what the manifest does not name":   {"GET", "/static/left-over.from-last.css", "", 404, "404 page not found\n", "text/plain; charset=utf-8", ""},
		"the manifest itself":               {"GET", "/static/manifest.json", "", 404, "404 page not found\n", "text/plain; charset=utf-8", ""},
		"nothing can be posted":             {"POST", "/static/face.99.woff2", "", 405, "Only GET and HEAD are answered here.\n", "text/plain; charset=utf-8", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest(tc.method, tc.path, nil)
			r.Header.Set("Accept-Encoding", tc.accept)
			w := httptest.NewRecorder()
			assets.ServeHTTP(w, r)
			if w.Code != tc.status || w.Body.String() != tc.body {
				t.Errorf("got %d %q, want %d %q", w.Code, w.Body, tc.status, tc.body)
			}
			if got := w.Header().Get("Content-Type"); got != tc.kind {
				t.Errorf("content type %q, want %q", got, tc.kind)
			}
			if got := w.Header().Get("Content-Encoding"); got != tc.encoding {
				t.Errorf("encoding %q, want %q", got, tc.encoding)
			}
			if kept := w.Header().Get("Cache-Control") != ""; kept != (tc.status == http.StatusOK) {
				t.Errorf("kept for ever: %v, status %d", kept, tc.status)
			}
		})
	}
}

// A program compiled on a fresh clone has no files yet, and must say so rather than serve bare pages.
func TestFromFS_NotBuilt(t *testing.T) {
	_, err := static.FromFS(fstest.MapFS{".gitkeep": {}})
	if !errors.Is(err, static.ErrNotBuilt) {
		t.Errorf("got %v, want ErrNotBuilt", err)
	}
}

// A manifest that names a file which is not there is a broken build, found at start and not at the first request.
func TestFromFS_Broken(t *testing.T) {
	for name, change := range map[string]func(fstest.MapFS){
		"a file is missing":        func(f fstest.MapFS) { delete(f, "face.99.woff2") },
		"the manifest is not JSON": func(f fstest.MapFS) { f["manifest.json"] = &fstest.MapFile{Data: []byte("{")} },
		"a kind we cannot name":    func(f fstest.MapFS) { f["manifest.json"] = &fstest.MapFile{Data: []byte(`{"a":"a.exe"}`)} },
	} {
		t.Run(name, func(t *testing.T) {
			files := built()
			change(files)
			if _, err := static.FromFS(files); err == nil || errors.Is(err, static.ErrNotBuilt) {
				t.Errorf("got %v, want an error that is not ErrNotBuilt", err)
			}
		})
	}
}

func TestAssets_Path(t *testing.T) {
	assets, err := static.FromFS(built())
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := assets.Path("commonweal.css"); !ok || got != "/static/commonweal.0a1b.css" {
		t.Errorf("got %q %v", got, ok)
	}
	if _, ok := assets.Path("nothing.css"); ok {
		t.Error("a file that was not built has a path")
	}
}
