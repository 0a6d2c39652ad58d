package answer

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"commonweal/internal/listen/answers"
)

// The pages of answers know nobody. What they may stand on, directly or through others,
// is written here; nothing that knows people, sessions or the record is among it.
func TestApart_Imports(t *testing.T) {
	may := []string{
		"commonweal/law", "commonweal/survey/", "commonweal/internal/base/db", "commonweal/internal/base/fault", "commonweal/internal/base/world",
		"commonweal/internal/listen/answers", "commonweal/internal/web/page", "commonweal/internal/web/static", "commonweal/internal/web/answer",
	}
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Skipf("go list cannot be run here: %v", err)
	}
	for dep := range strings.Lines(string(out)) {
		dep = strings.TrimSpace(dep)
		if strings.HasPrefix(dep, "commonweal/") && !slices.ContainsFunc(may, func(p string) bool { return dep == p || strings.HasPrefix(dep, strings.TrimSuffix(p, "/")+"/") }) {
			t.Errorf("the pages of answers stand on %s", dep)
		}
	}
}

// No line of these sources asks who is there or when: not a cookie, an address, a
// browser's name or a clock.
func TestApart_Sources(t *testing.T) {
	never := map[string]string{
		"Cookie": "reads a cookie", "Cookies": "reads cookies", "CookiesNamed": "reads cookies", "SetCookie": "sets a cookie", "AddCookie": "sets a cookie",
		"RemoteAddr": "reads who asks", "UserAgent": "reads the browser's name", "Referer": "reads where somebody comes from", "BasicAuth": "reads who asks",
		"TLS": "reads the connection", "RequestURI": "keeps an address", "InfoContext": "logs a request", "ErrorContext": "logs with a time",
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if why := never[n.Sel.Name]; why != "" {
					t.Errorf("%s: %s %s", set.Position(n.Pos()), n.Sel.Name, why)
				}
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "time" && n.Sel.Name == "Now" {
					t.Errorf("%s reads a clock", set.Position(n.Pos()))
				}
			case *ast.BasicLit:
				text, err := strconv.Unquote(n.Value)
				if n.Kind == token.STRING && err == nil && slices.Contains([]string{"Cookie", "Set-Cookie", "User-Agent", "X-Forwarded-For", "Forwarded", "Authorization"}, http.CanonicalHeaderKey(text)) {
					t.Errorf("%s names the header %s", set.Position(n.Pos()), text)
				}
			}
			return true
		})
	}
}

// Whoever is signed in elsewhere on the same host is nobody here: the same page comes
// back to the byte, no cookie is set, and no cache keeps it.
func TestApart_SessionIsNotLookedAt(t *testing.T) {
	d := newDoor(t)
	plain := d.get("/answers/autumn-2026")
	r := httptest.NewRequest(http.MethodGet, "/answers/autumn-2026", nil)
	r.AddCookie(&http.Cookie{Name: "commonweal", Value: "a-session"})
	r.Header.Set("Authorization", "Bearer cw_1")
	r.Header.Set("User-Agent", "somebody's own browser")
	r.Header.Set("Accept-Language", "cy")
	signed := d.do(r)
	if plain.Body != signed.Body {
		t.Error("the page knows who is signed in")
	}
	for _, got := range []reply{plain, signed, d.toReview(), d.post(with(d.toReview().form(), "pass", d.pass("autumn"), "go", "send"))} {
		if len(got.Header.Values("Set-Cookie")) > 0 {
			t.Error("a cookie is set")
		}
		for name, want := range map[string]string{"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY"} {
			if got.Header.Get(name) != want {
				t.Errorf("%s is %q, want %q", name, got.Header.Get(name), want)
			}
		}
		if got.Header.Get("Content-Security-Policy") == "" {
			t.Error("there is no content security policy")
		}
	}
}

// A form of another site is refused unread: it could bring answers that whoever holds the
// pass never gave. A link from there opens the page, as from anywhere.
func TestApart_ForeignForms(t *testing.T) {
	d := newDoor(t)
	for site, want := range map[string]int{"cross-site": 403, "same-site": 403, "same-origin": 200, "none": 200, "": 200} {
		r := httptest.NewRequest(http.MethodPost, "/answers/autumn-2026", strings.NewReader("q.stake_mine=1&step=-review&whole=1&go=to:-review"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if site != "" {
			r.Header.Set("Sec-Fetch-Site", site)
		}
		if got := d.do(r); got.Status != want {
			t.Errorf("from %q: status %d, want %d", site, got.Status, want)
		}
		r = httptest.NewRequest(http.MethodGet, "/answers/autumn-2026", nil)
		r.Header.Set("Sec-Fetch-Site", site)
		if got := d.do(r); got.Status != http.StatusOK {
			t.Errorf("a link from %q: status %d", site, got.Status)
		}
	}
}

// Whatever a survey is made of, and whatever is typed, stands in a page as text.
func TestApart_NothingRuns(t *testing.T) {
	d := newDoor(t)
	const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>`
	for _, field := range []string{"comment", "pass", "serial", "unit", "group", "lang", "step", "go"} {
		got := d.post(with(d.toReview().form(), field, evil))
		if strings.Contains(got.Body, "<script>alert") || strings.Contains(got.Body, "<img src=x") {
			t.Errorf("%s comes back as markup", field)
		}
	}
	if got := d.get("/answers/" + url.PathEscape(evil)); strings.Contains(got.Body, "<script>alert") {
		t.Error("the address comes back as markup")
	}
	if got := d.get("/answers/autumn-2026?lang=" + url.QueryEscape(evil)); strings.Contains(got.Body, "<script>alert") {
		t.Error("the language comes back as markup")
	}
}

// Ten megabytes are refused with the reason, of whatever kind they say they are, and no
// more is read than a sheet may have.
func TestApart_TooLarge(t *testing.T) {
	d := newDoor(t)
	for _, kind := range []string{"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", ""} {
		body := &counted{r: strings.NewReader("comment=" + strings.Repeat("x", 10<<20))}
		r := httptest.NewRequest(http.MethodPost, "/answers/autumn-2026", body)
		if kind != "" {
			r.Header.Set("Content-Type", kind)
		}
		got := d.do(r)
		if got.Status != http.StatusRequestEntityTooLarge && got.Status != http.StatusBadRequest {
			t.Errorf("%q: status %d", kind, got.Status)
		}
		if body.n > 2*answers.MaxSheet {
			t.Errorf("%q: %d bytes were read", kind, body.n)
		}
	}
}

type counted struct {
	r io.Reader
	n int
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += n
	return n, err
}

// A fault of ours is logged under a reference, without a time, an address or the answers.
func TestApart_FaultIsLoggedWithoutTime(t *testing.T) {
	d := newDoor(t)
	var log strings.Builder
	h, err := New(d.Box, d.World, Options{Organisation: "severn", Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	broken := h.secured(h.page(func(*visit) error { panic(errors.New("the disk is full")) }))
	rec := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodPost, "/answers/autumn-2026", strings.NewReader("q.stake_mine=4&pass=cw1.secret"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	broken.ServeHTTP(rec, r)
	if rec.Code != http.StatusInternalServerError || !strings.Contains(rec.Body.String(), "our fault") {
		t.Errorf("status %d: %s", rec.Code, rec.Body)
	}
	if said := log.String(); !strings.Contains(said, "the disk is full") || strings.Contains(said, "time=") || strings.Contains(said, "secret") || strings.Contains(said, "192.0.2") {
		t.Errorf("the log says %q", said)
	}
}
