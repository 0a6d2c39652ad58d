// Package static holds what npm builds in web/: the stylesheet, the fonts, their licences.
//
// The built files are not in the repository. A placeholder lets the package compile without them; [Load] then says
// [ErrNotBuilt], so that the server refuses to start rather than serve bare pages.
//
// Each file's name carries a hash of its content. A browser may therefore keep it for ever, and a new build is never
// shown with an old stylesheet.
package static

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// Prefix is the path under which [Assets.ServeHTTP] is to be mounted.
const Prefix = "/static/"

// ErrNotBuilt is returned by [Load] where the program was compiled before npm built the files.
var ErrNotBuilt = errors.New("the stylesheet is not built: run \"npm ci && npm run build\" in web/, then build this program again")

//go:embed all:dist
var dist embed.FS

// Assets are the built files by the names their sources have. It is safe for concurrent use.
type Assets struct {
	served map[string]string // source name to served name
	files  map[string]file   // served name to content
	booth  Booth
}

type file struct {
	body, gzip  []byte
	contentType string
}

// Load reads the files compiled into the program.
func Load() (*Assets, error) {
	built, err := fs.Sub(dist, "dist")
	if err != nil {
		return nil, fmt.Errorf("read embedded files: %w", err)
	}
	return FromFS(built)
}

// FromFS reads built files from any file system that has their manifest.json at its root.
func FromFS(fsys fs.FS) (*Assets, error) {
	list, err := fs.ReadFile(fsys, "manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotBuilt
	}
	if err != nil {
		return nil, fmt.Errorf("read manifest.json: %w", err)
	}
	a := &Assets{files: map[string]file{}}
	if err := json.Unmarshal(list, &a.served); err != nil {
		return nil, fmt.Errorf("read manifest.json: %w", err)
	}
	for name, served := range a.served {
		f, err := readFile(fsys, served)
		if err != nil {
			return nil, fmt.Errorf("manifest.json names %s: %w", name, err)
		}
		a.files[served] = f
	}
	if a.booth, err = readBooth(fsys); err != nil {
		return nil, fmt.Errorf("read the booth: %w", err)
	}
	return a, nil
}

func readFile(fsys fs.FS, name string) (file, error) {
	kind, known := contentTypes[path.Ext(name)]
	if !known {
		return file{}, fmt.Errorf("no content type for %s", name)
	}
	body, err := fs.ReadFile(fsys, name)
	if err != nil {
		return file{}, err
	}
	packed, err := fs.ReadFile(fsys, name+".gz")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return file{}, err
	}
	return file{body: body, gzip: packed, contentType: kind}, nil
}

// The types are written out because those of package mime depend on the machine.
var contentTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".txt":   "text/plain; charset=utf-8",
	".woff2": "font/woff2",
}

// Path returns the address of a file by the name of its source, for instance "commonweal.css". It reports false if no
// such file was built.
func (a *Assets) Path(name string) (string, bool) {
	served, ok := a.served[name]
	return Prefix + served, ok
}

// ServeHTTP answers requests for the files, which never change under one name.
func (a *Assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Only GET and HEAD are answered here.", http.StatusMethodNotAllowed)
		return
	}
	f, ok := a.files[strings.TrimPrefix(r.URL.Path, Prefix)]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.contentType)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	body := f.body
	if f.gzip != nil {
		h.Set("Vary", "Accept-Encoding")
		if acceptsGzip(r.Header.Get("Accept-Encoding")) {
			h.Set("Content-Encoding", "gzip")
			body = f.gzip
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(body) // the reader has gone away if this fails
	}
}

// acceptsGzip reads the header as far as it matters: gzip named, and not refused with a weight of nought.
func acceptsGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		coding, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.TrimSpace(coding) != "gzip" {
			continue
		}
		q, found := strings.CutPrefix(strings.TrimSpace(weight), "q=")
		if !found {
			return true
		}
		value, err := strconv.ParseFloat(q, 64)
		return err == nil && value > 0
	}
	return false
}
