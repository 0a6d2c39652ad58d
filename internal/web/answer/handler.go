package answer

import (
	"context"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"commonweal/internal/base/world"
	"commonweal/internal/listen/answers"
	"commonweal/internal/web/page"
	"commonweal/internal/web/static"
)

// Prefix is the path under which a [Handler] is to be mounted.
const Prefix = "/answers/"

//go:embed pages/*.html pages/parts/*.html
var pageFiles embed.FS

// Options are how the pages are set up.
type Options struct {
	// Organisation is whose surveys the codes in addresses are of. A survey of another
	// organisation is found by its id.
	Organisation string
	// Look is how an organisation is called and looks; nil: as Commonweal does.
	Look func(ctx context.Context, organisation string) page.Brand
	// Register is the address of the pages that know members, where that is another
	// host: "https://members.example.org". Links to passes and to checks lead there.
	Register string
	HTTPS    bool         // the pages are reached over https
	Demo     bool         // the people are invented, and the pages say so
	Log      *slog.Logger // for faults of ours alone; nil: nowhere
}

// Handler answers whatever is under [Prefix]. It is to be mounted in front of all that
// reads a session or keeps a log of requests. It is safe for concurrent use.
type Handler struct {
	box      *answers.Service
	world    *world.World
	renderer *page.Renderer
	assets   *static.Assets
	o        Options
	handle   http.Handler
}

// renderer has all pages for answers. It is made once: what it is made of is built in.
var renderer = sync.OnceValues(func() (*page.Renderer, error) {
	assets, err := static.Load()
	if err != nil {
		return nil, err
	}
	pages, err := fs.Sub(pageFiles, "pages")
	if err != nil {
		return nil, err
	}
	r, err := page.New(assets, page.DefaultBrand(), pages)
	if err != nil {
		return nil, fmt.Errorf("build the pages for answers: %w", err)
	}
	return r, nil
})

// New makes the pages over a box. It fails when a template does not parse, the brand is
// refused or the stylesheet was not built.
func New(box *answers.Service, w *world.World, o Options) (*Handler, error) {
	assets, err := static.Load()
	if err != nil {
		return nil, err
	}
	if o.Look == nil {
		o.Look = func(context.Context, string) page.Brand { return page.DefaultBrand() }
	}
	o.Register = strings.TrimSuffix(o.Register, "/")
	pages, err := renderer()
	if err != nil {
		return nil, err
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	h := &Handler{box: box, world: w, renderer: pages, assets: assets, o: o}
	h.handle = h.chain()
	return h, nil
}

// ServeHTTP implements http.Handler.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.handle.ServeHTTP(w, r) }

// Alone is the handler as the whole of a server: with the stylesheet and the scripts.
func (h *Handler) Alone() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET "+static.Prefix, h.assets)
	mux.Handle(Prefix, h)
	mux.Handle("/", h.secured(h.page(func(v *visit) error { return v.refuse(http.StatusNotFound, "refused.none") })))
	return mux
}

func (h *Handler) chain() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET "+Prefix+"{wave}", h.page((*visit).start))
	mux.Handle("POST "+Prefix+"{wave}", h.page((*visit).answer))
	mux.Handle("GET "+Prefix+"look/{organisation}/brand.css", h.look(page.ServeBrandStyle))
	mux.Handle("GET "+Prefix+"look/{organisation}/brand.svg", h.look(page.ServeBrandIcon))
	mux.Handle(Prefix+"{wave}", h.page(func(v *visit) error {
		v.w.Header().Set("Allow", "GET, HEAD, POST")
		return v.refuse(http.StatusMethodNotAllowed, "refused.way")
	}))
	mux.Handle("/", h.page(func(v *visit) error { return v.refuse(http.StatusNotFound, "refused.none") }))
	return h.secured(mux)
}

// brand is how an organisation looks, with its files under [Prefix]: asking the pages of
// members for them would say there that somebody is about to answer.
func (h *Handler) brand(ctx context.Context, organisation string) page.Brand {
	b := h.o.Look(ctx, organisation)
	b.Style, b.Icon = Prefix+"look/"+url.PathEscape(organisation)+"/brand.css", Prefix+"look/"+url.PathEscape(organisation)+"/brand.svg"
	return b
}

func (h *Handler) look(serve func(http.ResponseWriter, page.Brand) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := serve(w, h.brand(r.Context(), r.PathValue("organisation"))); err != nil {
			http.NotFound(w, r)
		}
	})
}

// secured puts the headers on every answer. A page of answers is kept by no cache, and
// its address goes nowhere.
func (h *Handler) secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("Content-Security-Policy", page.ContentSecurityPolicy)
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("X-Frame-Options", "DENY")
		head.Set("Referrer-Policy", "no-referrer")
		head.Set("Cross-Origin-Opener-Policy", "same-origin")
		head.Set("Cross-Origin-Resource-Policy", "same-origin")
		head.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
		head.Set("Cache-Control", "no-store")
		if h.o.HTTPS {
			head.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
		}
		next.ServeHTTP(w, r)
	})
}

// visit is one request being answered. It has the form and nothing of who sent it.
type visit struct {
	*Handler
	w       http.ResponseWriter
	ctx     context.Context
	wave    string     // code or id, from the path
	org     string     // whose survey it is
	form    url.Values // posted; nil for a page that is opened
	checked string     // the page of members that says how the survey is checked
	torn    bool       // the form did not arrive whole
	full    bool       // it was more than is taken
	words
}

// page wraps one way in: reads the form, answers, and turns what goes wrong into a page.
// A panic ends here, because the server would log it with the address of who asked.
func (h *Handler) page(serve func(*visit) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && foreign(r) {
			http.Error(w, "This was sent from another site, so nothing was done.", http.StatusForbidden)
			return
		}
		v := &visit{Handler: h, w: w, ctx: r.Context(), wave: r.PathValue("wave"), org: h.o.Organisation, checked: "/record", words: words{Language: "en", now: h.world.Now()}}
		asked := r.URL.Query().Get(languageField)
		if r.Method == http.MethodPost {
			v.read(r)
			asked = v.form.Get(languageField)
		}
		if slices.Contains(languages, asked) {
			v.Language = asked
		}
		err := v.guarded(serve)
		if err != nil && r.Context().Err() == nil {
			v.fail(err)
		}
	})
}

// foreign reports whether a form was sent by a page of another site. It could have filled
// in what the sender never answered: the last page would show it as theirs, and the pass
// is on their device. The Origin header cannot tell: these pages send none that says so.
func foreign(r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	return site != "" && site != "same-origin" && site != "none"
}

func (v *visit) guarded(serve func(*visit) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("a page of answers broke: %v", p)
		}
	}()
	return serve(v)
}

// read takes the form, and no more of it than a sheet may have.
func (v *visit) read(r *http.Request) {
	r.Body = http.MaxBytesReader(v.w, r.Body, answers.MaxSheet)
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	v.full = r.ContentLength > answers.MaxSheet // said by its head: nothing of it is read
	v.torn = err != nil || kind != "application/x-www-form-urlencoded"
	if !v.full && !v.torn {
		err := r.ParseForm()
		var large *http.MaxBytesError
		v.full = errors.As(err, &large)
		v.torn = err != nil && !v.full
	}
	v.form = r.PostForm
	if v.form == nil {
		v.form = url.Values{}
	}
}

// fail says that the fault is ours. It is logged without a time, under a reference that
// holds none.
func (v *visit) fail(err error) {
	var b [6]byte
	v.world.Bytes(b[:])
	reference := hex.EncodeToString(b[:])
	record := slog.NewRecord(time.Time{}, slog.LevelError, "a page of answers failed", 0)
	record.AddAttrs(slog.String("reference", reference), slog.String("error", err.Error()))
	_ = v.o.Log.Handler().Handle(v.ctx, record) // there is nobody to tell that the log is gone
	f := v.frame()
	f.Heading = v.Say("fault.heading")
	f.Data = refusal{words: v.words, Paragraphs: []string{v.Say("fault.text", reference)}}
	if err := v.renderer.Render(v.w, http.StatusInternalServerError, "refused", f); err != nil {
		http.Error(v.w, f.Heading+" "+reference, http.StatusInternalServerError)
	}
}
