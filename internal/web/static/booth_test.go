package static_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"commonweal/internal/web/static"
)

func withBooth(t *testing.T) *static.Assets {
	t.Helper()
	a, err := static.Load()
	if errors.Is(err, static.ErrNotBuilt) {
		t.Skip("the stylesheet is not built: run npm ci and npm run build in web")
	}
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Booth().Pages) == 0 {
		t.Skip("the booth is not built: run npm run build in web")
	}
	return a
}

// What is served is what was built, whoever asks and whatever they send along:
// otherwise one voter could be given a booth that betrays the vote.
func TestBooth_SameBytesForEverybody(t *testing.T) {
	booth := withBooth(t).Booth()
	for _, p := range booth.Pages {
		onDisk, err := os.ReadFile("dist/" + strings.TrimPrefix(p.Path, static.BoothPrefix))
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(onDisk)
		if p.Hash != hex.EncodeToString(sum[:]) {
			t.Errorf("%s: hash %s, and the built file has %x", p.Path, p.Hash, sum)
		}
		paths := []string{p.Path}
		if strings.HasSuffix(p.Path, "booth.html") {
			paths = append(paths, static.BoothPrefix)
		}
		for _, path := range paths {
			var first http.Header
			for _, who := range []func(*http.Request){
				func(*http.Request) {},
				func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "commonweal", Value: "somebody"}) },
				func(r *http.Request) { r.Header.Set("Authorization", "Bearer cw_1") },
				func(r *http.Request) { r.Header.Set("User-Agent", "another"); r.RemoteAddr = "203.0.113.7:1" },
				func(r *http.Request) { r.Header.Set("Accept-Language", "cy"); r.Header.Set("Accept-Encoding", "gzip") },
				func(r *http.Request) { r.URL.RawQuery = "as=you" },
			} {
				r := httptest.NewRequest(http.MethodGet, path, nil)
				who(r)
				w := httptest.NewRecorder()
				booth.ServeHTTP(w, r)
				if w.Code != http.StatusOK || w.Body.String() != string(onDisk) {
					t.Fatalf("%s: status %d, %d bytes that are not those built", path, w.Code, w.Body.Len())
				}
				if first == nil {
					first = w.Header()
				}
				if got, want := headerText(w.Header()), headerText(first); got != want {
					t.Errorf("%s: headers differ:\n%s\n%s", path, got, want)
				}
			}
			if first.Get("Set-Cookie") != "" || first.Get("Vary") != "" {
				t.Errorf("%s: %v", path, first)
			}
		}
	}
}

func headerText(h http.Header) string {
	var out strings.Builder
	_ = h.Write(&out)
	return out.String()
}

// The header allows what the page declares and not a thing more; what the page loads
// is pinned by hash to what is served.
func TestBooth_LoadsOnlyWhatItPins(t *testing.T) {
	assets := withBooth(t)
	for _, p := range assets.Booth().Pages {
		w := httptest.NewRecorder()
		assets.Booth().ServeHTTP(w, httptest.NewRequest(http.MethodGet, p.Path, nil))
		want := "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
		if got := w.Header().Get("Content-Security-Policy"); got != want {
			t.Errorf("%s: policy %q", p.Path, got)
		}
		if got := w.Header().Get("Cache-Control"); got != "no-cache" {
			t.Errorf("%s: %q: a fixed name must be asked about each time", p.Path, got)
		}
		pinned := regexp.MustCompile(`(?:href|src)="([^"]+)" integrity="sha256-([^"]+)"`).FindAllStringSubmatch(string(p.Body), -1)
		if len(pinned) != len(p.Parts) || len(pinned) != 2 {
			t.Fatalf("%s pins %d of %d", p.Path, len(pinned), len(p.Parts))
		}
		for _, m := range pinned {
			body, ok := assets.Part(m[1])
			sum := sha256.Sum256(body)
			if !ok || base64.StdEncoding.EncodeToString(sum[:]) != m[2] {
				t.Errorf("%s: %s is not what the page pins", p.Path, m[1])
			}
		}
		// A reader who has the page is told so, and gets the page if it is another.
		for tag, status := range map[string]int{`"` + p.Hash + `"`: 304, `"00"`: 200} {
			r := httptest.NewRequest(http.MethodGet, p.Path, nil)
			r.Header.Set("If-None-Match", tag)
			w := httptest.NewRecorder()
			assets.Booth().ServeHTTP(w, r)
			if w.Code != status {
				t.Errorf("%s with %s: %d", p.Path, tag, w.Code)
			}
		}
	}
	w := httptest.NewRecorder()
	assets.Booth().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/booth/other.html", nil))
	if w.Code != http.StatusNotFound {
		t.Errorf("status %d for a page that is not there", w.Code)
	}
}

// A page whose hash would not pin all that it runs is found when the server starts.
func TestBooth_RefusesWhatIsNotPinned(t *testing.T) {
	const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'">`
	const script = `<script type="module" src="/static/a.js" integrity="sha256-AAAA"></script>`
	for name, tc := range map[string]struct{ page, says string }{
		"no policy":           {script, "no Content-Security-Policy"},
		"a script not pinned": {policy + script + `<script src="/static/b.js"></script>`, "loads /static/b.js without its hash"},
		"no script":           {policy, "loads no script"},
	} {
		t.Run(name, func(t *testing.T) {
			files := fstest.MapFS{
				"manifest.json": {Data: []byte(`{}`)}, "booth.html": {Data: []byte(tc.page)}, "check.html": {Data: []byte(policy + script)},
			}
			if _, err := static.FromFS(files); err == nil || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("got %v", err)
			}
		})
	}
}
