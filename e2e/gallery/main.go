// Command gallery serves every component of package page with sample content, for the browser tests alone. It is no part
// of the product: its pages lead nowhere, and its people and figures are invented.
package main

import (
	"embed"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"net"
	"net/http"
	"time"

	"commonweal/internal/web/page"
	"commonweal/internal/web/static"
)

//go:embed pages
var files embed.FS

func main() {
	listen := flag.String("listen", "127.0.0.1:0", "address to listen on")
	flag.Parse()
	if err := run(*listen); err != nil {
		log.Fatal(err)
	}
}

func run(listen string) error {
	handler, err := newHandler()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	fmt.Printf("listening on http://%s\n", listener.Addr())
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	return server.Serve(listener)
}

func newHandler() (http.Handler, error) {
	assets, err := static.Load()
	if err != nil {
		return nil, err
	}
	pages, err := fs.Sub(files, "pages")
	if err != nil {
		return nil, err
	}
	renderer, err := page.New(assets, brand(), pages)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("GET "+static.Prefix, assets)
	mux.HandleFunc("GET /brand.css", func(w http.ResponseWriter, _ *http.Request) { answer(w, page.ServeBrandStyle(w, brand())) })
	mux.HandleFunc("GET /brand.svg", func(w http.ResponseWriter, _ *http.Request) { answer(w, page.ServeBrandIcon(w, brand())) })
	// a browser asks here where a page names no icon, as an answer in plain text cannot
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { answer(w, page.ServeBrandIcon(w, brand())) })
	mux.HandleFunc("GET /{name}", func(w http.ResponseWriter, r *http.Request) {
		name := r.PathValue("name")
		frame, ok := samples()[name]
		if !ok {
			http.NotFound(w, r)
			return
		}
		answer(w, renderer.Render(w, http.StatusOK, name, frame))
	})
	// What a form sends comes back as text, so that a test can see that it was sent without a script.
	mux.HandleFunc("POST /sent", func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseMultipartForm(1 << 20); err != nil && !errors.Is(err, http.ErrNotMultipart) {
			answer(w, err)
			return
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = fmt.Fprintln(w, r.PostForm.Encode())
	})
	return secured(mux), nil
}

func answer(w http.ResponseWriter, err error) {
	if err != nil {
		log.Print(err)
		http.Error(w, "The gallery could not show that: "+err.Error(), http.StatusInternalServerError)
	}
}

// secured sends the policy of the product with every answer, so that a component which breaks it is found here.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", page.ContentSecurityPolicy)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r)
	})
}
