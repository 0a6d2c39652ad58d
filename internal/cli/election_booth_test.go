package cli

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"commonweal/internal/web/static"
)

// A site that gives everybody the booth of this program passes; one that gives one
// voter another page or another script, sends them elsewhere, or marks readers with a
// cookie does not.
func TestElectionBooth(t *testing.T) {
	assets, err := static.Load()
	if errors.Is(err, static.ErrNotBuilt) || err == nil && len(assets.Booth().Pages) == 0 {
		t.Skip("the booth is not built: run npm ci and npm run build in web")
	}
	if err != nil {
		t.Fatal(err)
	}
	honest := func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, static.BoothPrefix) {
			assets.Booth().ServeHTTP(w, r)
			return
		}
		assets.ServeHTTP(w, r)
	}
	cookie := filepath.Join(t.TempDir(), "bethan.txt")
	if err := os.WriteFile(cookie, []byte("Cookie: commonweal=bethan\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	toBethan := func(r *http.Request) bool { return strings.Contains(r.Header.Get("Cookie"), "bethan") }
	for name, tc := range map[string]struct {
		serve http.HandlerFunc
		args  []string
		code  int
		says  string
	}{
		"the same for all": {honest, []string{"--cookie", cookie}, 0, "serves this booth, to a program, a browser and the holder of bethan.txt"},
		"another page for one voter": {func(w http.ResponseWriter, r *http.Request) {
			if toBethan(r) && strings.HasPrefix(r.URL.Path, static.BoothPrefix) {
				_, _ = w.Write([]byte("<p>another booth</p>"))
				return
			}
			honest(w, r)
		}, []string{"--cookie", cookie}, 1, "WRONG /booth/booth.html, to the holder of bethan.txt: SHA-256 "},
		"another script for browsers": {func(w http.ResponseWriter, r *http.Request) {
			if strings.Contains(r.UserAgent(), "iPhone") && strings.HasSuffix(r.URL.Path, ".js") {
				_, _ = w.Write([]byte("send(choices)"))
				return
			}
			honest(w, r)
		}, nil, 1, ", to a browser: SHA-256 "},
		"sent elsewhere": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/other/", http.StatusFound)
		}, nil, 1, "the site answered 302"},
		"a cookie": {func(w http.ResponseWriter, r *http.Request) {
			http.SetCookie(w, &http.Cookie{Name: "who", Value: "1"})
			honest(w, r)
		}, nil, 1, "the site sets a cookie with it"},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(tc.serve)
			defer server.Close()
			kept := filepath.Join(t.TempDir(), "kept")
			code, out, said := run(append([]string{"election", "booth", server.URL, "--out", kept}, tc.args...)...)
			if code != tc.code || !strings.Contains(out, tc.says) {
				t.Errorf("exit code %d: %s%s", code, out, said)
			}
			evidence, err := filepath.Glob(filepath.Join(kept, "fetched-*"))
			if wants := strings.Contains(tc.says, "SHA-256"); err != nil || (len(evidence) > 0) != wants {
				t.Errorf("evidence: %s, %v", evidence, err)
			}
		})
	}
	if code, _, said := run("election", "booth", "members.example.org"); code != 2 || !strings.Contains(said, "begins with https://") {
		t.Errorf("exit code %d: %s", code, said)
	}
}
