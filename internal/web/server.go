// Package web is the pages and the programming interface. It decides nothing:
// who may do a thing is policy's to say, what follows from a fact is the
// room's. A handler reads a form, calls one method of one room, and shows a
// page or redirects.
//
// routes.go is the complete table of what can be asked. There is one handler a
// file, named for what it does; its template has the same name.
package web

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"sync"

	"commonweal/internal/house"
	"commonweal/internal/web/answer"
	"commonweal/internal/web/page"
	"commonweal/internal/web/static"
)

//go:embed pages/*.html
var pageFiles embed.FS

// Options is how the server is set up. The zero value serves plain http to
// this machine.
type Options struct {
	PublicOrg string // code of the organisation that visitors see
	HTTPS     bool   // the site is reached over https
	// BehindProxy takes the network address of who asks from the last entry of
	// X-Forwarded-For. Without it every request would count as the proxy's; where
	// there is no proxy anybody could write what they like there.
	BehindProxy bool
	// Answers is the address of the pages on which surveys are answered, where a program
	// of its own serves them on another host; "" where this server does.
	Answers string
	Log     *slog.Logger // nil: nowhere
}

// Server answers requests. It is made once and used from many goroutines.
type Server struct {
	house     *house.House
	renderer  *page.Renderer
	assets    *static.Assets
	sizes     sizes
	log       *slog.Logger
	publicOrg string
	https     bool
	proxied   bool
	apiMux    *http.ServeMux // what is under /api/, to tell which methods there are
	patterns  map[string]bool
	handle    http.Handler
	parked    parkedFiles     // staff lists whose columns nobody has explained yet
	answers   *answer.Handler // where surveys are answered; nil where there is no answer side here
	answersAt string          // its address, where it is another host
}

// renderer has all pages of the program. It is made once: what it is made of is built in.
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
		return nil, fmt.Errorf("build the pages: %w", err)
	}
	return r, nil
})

// New makes a server. It fails when a template does not parse or the
// stylesheet was not built.
func New(h *house.House, o Options) (*Server, error) {
	assets, err := static.Load()
	if err != nil {
		return nil, err
	}
	pages, err := renderer()
	if err != nil {
		return nil, err
	}
	if o.PublicOrg == "" {
		return nil, errors.New("the server needs an organisation to show")
	}
	s := &Server{house: h, renderer: pages, assets: assets, log: o.Log, publicOrg: o.PublicOrg, https: o.HTTPS, proxied: o.BehindProxy}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.answersAt = strings.TrimSuffix(o.Answers, "/")
	if h.Answers != nil && s.answersAt == "" {
		if s.answers, err = answer.New(h.Answers, h.World, answer.Options{
			Organisation: o.PublicOrg, Look: s.lookOf, HTTPS: o.HTTPS, Demo: h.Demo, Log: s.log,
		}); err != nil {
			return nil, err
		}
	}
	s.handle = s.chain()
	return s, nil
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handle.ServeHTTP(w, r) }

// chain puts what holds for every request round the routes, outermost first:
// headers, the log, the origin.
func (s *Server) chain() http.Handler {
	mux := s.mux()
	foreign := s.handler(route{serve: func(v *visit) error {
		if v.api() {
			return errForeign()
		}
		v.w.WriteHeader(http.StatusForbidden)
		_, err := v.w.Write([]byte("This was sent from another site, so nothing was done.\n"))
		return err
	}, action: anybody})
	whole := http.NewServeMux()
	whole.Handle("/", logged(sameOrigin(mux, foreign), s.log, s.house.World.Now))
	// In front of the log and of all that reads a session: when somebody answers is
	// nobody's to know, and the pages of answers load these files.
	whole.Handle("GET "+static.Prefix, s.assets)
	if s.answers != nil {
		whole.Handle(answer.Prefix, s.answers)
	}
	return secured(whole, s.https)
}

// lookOf is how an organisation looks, for pages that know nothing else of it.
func (s *Server) lookOf(ctx context.Context, organisation string) page.Brand {
	o, err := s.house.Identity.Organisation(ctx, organisation)
	if err != nil {
		return page.DefaultBrand()
	}
	return brandOf(o)
}
