package page

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"commonweal/internal/web/static"
)

//go:embed templates
var templates embed.FS

// Renderer turns frames into pages. It is built once, at start, and is safe for concurrent use.
type Renderer struct {
	assets *static.Assets
	brand  readyBrand
	pages  map[string]*compiled
}

type compiled struct {
	*template.Template
	hasAside, hasHero bool
}

// New parses the layout, the components and the pages. Every file NAME.html at the root of a file system is a page called
// NAME; its files parts/*.html hold definitions that all its pages share.
//
// It fails if a template does not parse, a name is used twice, the stylesheet is not built, or the default brand is
// refused by [CheckBrand]: all of it at start, so that no visitor finds out first.
func New(assets *static.Assets, brand Brand, pages ...fs.FS) (*Renderer, error) {
	ready, err := brand.prepared()
	if err != nil {
		return nil, err
	}
	if _, ok := assets.Path("commonweal.css"); !ok {
		return nil, static.ErrNotBuilt
	}
	r := &Renderer{assets: assets, brand: ready, pages: map[string]*compiled{}}
	layout, err := newLayout()
	if err != nil {
		return nil, err
	}
	for _, fsys := range pages {
		if err := r.add(layout, fsys); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// newLayout parses what all pages share. Components are parsed a second time into a set of their own, because show runs
// them while a page of the first set is already running.
func newLayout() (*template.Template, error) {
	components := template.New("components")
	funcs := wordingFuncs()
	funcs["show"] = func(c Component) (template.HTML, error) { return show(components, c) }
	if _, err := components.Funcs(funcs).ParseFS(templates, "templates/components/*.html"); err != nil {
		return nil, fmt.Errorf("parse components: %w", err)
	}
	layout, err := template.New("layout").Funcs(funcs).ParseFS(templates, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("parse layout: %w", err)
	}
	return layout, nil
}

func (r *Renderer) add(layout *template.Template, fsys fs.FS) error {
	shared, err := layout.Clone()
	if err != nil {
		return fmt.Errorf("copy layout: %w", err)
	}
	parts, err := fs.Glob(fsys, "parts/*.html")
	if err != nil {
		return fmt.Errorf("list parts: %w", err)
	}
	for _, file := range parts {
		if err := parse(shared, file, fsys, file); err != nil {
			return err
		}
	}
	files, err := fs.Glob(fsys, "*.html")
	if err != nil {
		return fmt.Errorf("list pages: %w", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(file, ".html")
		if _, taken := r.pages[name]; taken {
			return fmt.Errorf("page %s: two files have this name", name)
		}
		t, err := shared.Clone()
		if err != nil {
			return fmt.Errorf("page %s: copy layout: %w", name, err)
		}
		if err := parse(t, "main", fsys, file); err != nil {
			return err
		}
		r.pages[name] = &compiled{Template: t, hasAside: filled(t, "aside"), hasHero: filled(t, "hero")}
	}
	return nil
}

func parse(t *template.Template, name string, fsys fs.FS, file string) error {
	text, err := fs.ReadFile(fsys, file)
	if err != nil {
		return fmt.Errorf("page %s: %w", file, err)
	}
	if _, err := t.New(name).Parse(string(text)); err != nil {
		return fmt.Errorf("page %s: %w", file, err)
	}
	return nil
}

// filled reports whether a page put something into a block that the layout leaves empty.
func filled(t *template.Template, block string) bool {
	found := t.Lookup(block)
	return found != nil && found.Tree != nil && strings.TrimSpace(found.Tree.Root.String()) != ""
}

// ErrNoPage is returned for a name that no template file has.
var ErrNoPage = errors.New("no such page")

// Render writes a whole page, or nothing. If it returns an error, neither status nor body has been sent, and the caller
// can still answer with a page that says the fault is ours.
func (r *Renderer) Render(w http.ResponseWriter, status int, name string, f Frame) error {
	body, err := r.HTML(name, f)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // the reader has gone away if this fails
	return nil
}

// HTML returns the page as bytes, for tests and for files.
func (r *Renderer) HTML(name string, f Frame) ([]byte, error) {
	p, ok := r.pages[name]
	if !ok {
		return nil, fmt.Errorf("page %q: %w", name, ErrNoPage)
	}
	v, err := r.view(p, f)
	if err != nil {
		return nil, fmt.Errorf("page %q: %w", name, err)
	}
	var out bytes.Buffer
	if err := p.ExecuteTemplate(&out, "layout.html", v); err != nil {
		return nil, fmt.Errorf("page %q: %w", name, err)
	}
	return out.Bytes(), nil
}

// Names lists the pages, for tests that walk them all.
func (r *Renderer) Names() []string {
	return slices.Sorted(maps.Keys(r.pages))
}

// view is what the layout sees: the frame, and what follows from it.
type view struct {
	Frame
	Tab               string
	Stylesheet        string
	ModulePaths       []string
	Brand             readyBrand
	HasAside, HasHero bool
}

func (r *Renderer) view(p *compiled, f Frame) (view, error) {
	v := view{Frame: f, Brand: r.brand, HasAside: p.hasAside, HasHero: p.hasHero}
	if f.Org.Name != "" {
		brand, err := f.Org.prepared()
		if err != nil {
			return view{}, err
		}
		v.Brand = brand
	}
	v.Stylesheet, _ = r.assets.Path("commonweal.css")
	for _, name := range f.Modules {
		served, ok := r.assets.Path(name)
		if !ok {
			return view{}, fmt.Errorf("module %s is not built", name)
		}
		v.ModulePaths = append(v.ModulePaths, served)
	}
	v.Tab = tab(f, v.Brand.Name)
	return v, nil
}

// tab is the text in the browser's tab: what stands first is what a screen reader says first.
func tab(f Frame, organisation string) string {
	title := f.Title
	if title == "" {
		title = f.Heading
	}
	if len(f.Errors) > 0 {
		title = Framed(f.Lang, "Error: ") + title
	}
	if title == "" {
		return organisation
	}
	return title + " - " + organisation
}

// Component is a part of a page that this package knows how to show: {{show .Members}}.
type Component interface {
	// template names the definition in templates/components.
	template() string
}

func show(components *template.Template, c Component) (template.HTML, error) {
	if c == nil {
		return "", nil
	}
	var out bytes.Buffer
	if err := components.ExecuteTemplate(&out, c.template(), c); err != nil {
		return "", err
	}
	return template.HTML(out.String()), nil //nolint:gosec // made by html/template a line above
}
