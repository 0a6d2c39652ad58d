package static

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// BoothPrefix is the path under which [Booth.ServeHTTP] is to be mounted.
const BoothPrefix = "/booth/"

// BoothPage is one of the two pages on which people vote, and test how they vote.
type BoothPage struct {
	Path   string            // "/booth/booth.html"
	Sum    [sha256.Size]byte // of the page. It pins script and stylesheet, which the page names with theirs.
	Hash   string            // Sum in hexadecimal
	Body   []byte
	Policy string   // the Content-Security-Policy that the page declares
	Parts  []string // addresses of what the page loads
}

// Booth are those pages. They are the same bytes for everybody: whoever serves them
// is not told who asks.
type Booth struct {
	Pages []BoothPage
	at    map[string]BoothPage // by every path that leads to one
}

var boothPages = []struct{ file, alias string }{
	{"booth.html", BoothPrefix},
	{"check.html", ""},
}

// Booth are the pages of the booth that were built with the other files.
func (a *Assets) Booth() Booth { return a.booth }

func readBooth(fsys fs.FS) (Booth, error) {
	b := Booth{at: map[string]BoothPage{}}
	for _, p := range boothPages {
		body, err := fs.ReadFile(fsys, p.file)
		if errors.Is(err, fs.ErrNotExist) {
			return Booth{}, nil // a tree that was built without it: nothing is served
		}
		if err != nil {
			return Booth{}, err
		}
		page, err := readBoothPage(BoothPrefix+p.file, body)
		if err != nil {
			return Booth{}, fmt.Errorf("%s: %w", p.file, err)
		}
		b.Pages = append(b.Pages, page)
		b.at[page.Path] = page
		if p.alias != "" {
			b.at[p.alias] = page
		}
	}
	return b, nil
}

var (
	declaredPolicy = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy" content="([^"]+)">`)
	boothPart      = regexp.MustCompile(`(?:href|src)="(` + Prefix + `[^"]+)"( integrity="sha256-[A-Za-z0-9+/=]+")?`)
)

// readBoothPage reads what a page says of itself. One that loads something without
// pinning it is refused: its hash would say nothing.
func readBoothPage(path string, body []byte) (BoothPage, error) {
	sum := sha256.Sum256(body)
	p := BoothPage{Path: path, Sum: sum, Hash: hex.EncodeToString(sum[:]), Body: body}
	policy := declaredPolicy.FindSubmatch(body)
	if policy == nil {
		return p, errors.New("the page declares no Content-Security-Policy")
	}
	p.Policy = html.UnescapeString(string(policy[1]))
	for _, m := range boothPart.FindAllSubmatch(body, -1) {
		if len(m[2]) == 0 {
			return p, fmt.Errorf("the page loads %s without its hash", m[1])
		}
		p.Parts = append(p.Parts, string(m[1]))
	}
	if len(p.Parts) == 0 {
		return p, errors.New("the page loads no script")
	}
	return p, nil
}

// Part is a file that a page loads, by its address.
func (a *Assets) Part(address string) ([]byte, bool) {
	f, ok := a.files[strings.TrimPrefix(address, Prefix)]
	return f.body, ok
}

// ServeHTTP answers requests for the pages. It looks at the path and at which copy
// the reader has, and at nothing else: no cookie, no header that tells one reader
// from another. Names do not change, so a copy is asked about each time.
func (b Booth) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p, ok := b.at[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", p.Policy+"; frame-ancestors 'none'")
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-cache")
	tag := `"` + p.Hash + `"`
	h.Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(p.Body)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(p.Body) // the reader has gone away if this fails
	}
}
