package web

import (
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"commonweal/internal/base/notice"
	"commonweal/internal/web/page"
)

// maxForm bounds what a form may carry; uploads have a limit of their own.
const maxForm = 1 << 20

// secured puts the security headers on every response, whatever it is.
//
// The policy lets a page load only what this server sends, run no inline script
// and wear no inline style, and lets nobody frame it. Pages of people who are
// signed in are never kept by a cache.
func secured(next http.Handler, https bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", page.ContentSecurityPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)")
		h.Set("Cache-Control", "no-store")
		if https {
			h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
		}
		next.ServeHTTP(w, r)
	})
}

// sameOrigin refuses requests that change something and come from another
// site. It rests on the browser's Sec-Fetch-Site and Origin headers
// (http.CrossOriginProtection), so no page carries a token.
func sameOrigin(next http.Handler, refuse http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	// Mail programs post to the link that stops a kind of message (RFC 8058); the
	// token in its path is what shows that the reader may.
	protection.AddInsecureBypassPattern("POST " + notice.StopPath + "{token}")
	protection.SetDenyHandler(refuse)
	return protection.Handler(next)
}

// logged writes one line a request: what kind, how long, how it ended. It
// holds the pattern that matched, never the path with its ids, no address and
// no agent.
func logged(next http.Handler, log *slog.Logger, now func() time.Time) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := now()
		counted := &countingWriter{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(counted, r)
		log.InfoContext(r.Context(), "request",
			slog.String("route", r.Pattern), slog.String("status", strconv.Itoa(counted.status)),
			slog.Int64("bytes", counted.bytes), slog.Int64("milliseconds", now().Sub(start).Milliseconds()))
	})
}

// countingWriter remembers the status and the size of a response.
type countingWriter struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (c *countingWriter) WriteHeader(status int) {
	c.status = status
	c.ResponseWriter.WriteHeader(status)
}

func (c *countingWriter) Write(p []byte) (int, error) {
	n, err := c.ResponseWriter.Write(p)
	c.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (c *countingWriter) Unwrap() http.ResponseWriter { return c.ResponseWriter }
