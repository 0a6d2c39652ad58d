package web_test

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/world"
	"commonweal/internal/demo"
	"commonweal/internal/house"
	"commonweal/internal/web"
	"commonweal/law"
)

// Pages under fifty readers at once, on a demonstration of 3,000 staff with six
// months of history. The peer is a page that reads nothing but its frame.
func BenchmarkPagesUnderFiftyReaders(b *testing.B) {
	dir := b.TempDir()
	o := house.Options{Database: filepath.Join(dir, "demo.db"), KeyFile: filepath.Join(dir, "demo.key")}
	today := law.NewDate(2026, 11, 21)
	if err := demo.Build(b.Context(), demo.Options{House: o, Today: today, Months: 6}); err != nil {
		b.Fatal(err)
	}
	o.Demo = true
	clock := world.At(today.Start().Add(12 * time.Hour))
	h, err := house.Open(b.Context(), world.Fixed(clock, 2), o)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = h.Close() }()
	server, err := web.New(h, web.Options{PublicOrg: demo.Org})
	if err != nil {
		b.Skip(err)
	}
	person := func(email string) *http.Cookie {
		p, err := h.Identity.PersonByEmail(b.Context(), demo.Org, email)
		if err != nil {
			b.Fatal(err)
		}
		in, err := h.Identity.DemoSignIn(b.Context(), demo.Org, p.ID, identity.Client{Address: "192.0.2.1"})
		if err != nil {
			b.Fatal(err)
		}
		return &http.Cookie{Name: "commonweal", Value: in.Secret}
	}
	member, secretary := person("amara.okafor@example.org"), person("huw.prosser@example.org")
	for _, page := range []struct {
		name, path string
		cookie     *http.Cookie
	}{
		{"peer=accessibility", "/accessibility", nil},
		{"front", "/", nil},
		{"record", "/record", nil},
		{"mutuals", "/evidence/mutuals", nil},
		{"home of a member", "/home", member},
		{"membership", "/membership", member},
		{"home of the secretary", "/home", secretary},
		{"register", "/register", secretary},
		{"staff", "/staff", secretary},
	} {
		b.Run(page.name, func(b *testing.B) { fifty(b, server, page.path, page.cookie) })
	}
}

// fifty asks for a page from fifty goroutines at once and reports the median
// and the 99th percentile of what one of them waits.
func fifty(b *testing.B, server http.Handler, path string, cookie *http.Cookie) {
	const readers = 50
	var mu sync.Mutex
	var waits []time.Duration
	for b.Loop() {
		var wg sync.WaitGroup
		for range readers {
			wg.Go(func() {
				r := httptest.NewRequest(http.MethodGet, path, nil)
				if cookie != nil {
					r.AddCookie(cookie)
				}
				w := httptest.NewRecorder()
				start := time.Now()
				server.ServeHTTP(w, r)
				wait := time.Since(start)
				mu.Lock()
				defer mu.Unlock()
				waits = append(waits, wait)
				if w.Code != http.StatusOK {
					b.Errorf("%s: status %d", path, w.Code)
				}
			})
		}
		wg.Wait()
	}
	slices.Sort(waits)
	b.ReportMetric(float64(waits[len(waits)/2].Microseconds())/1000, "ms-median")
	b.ReportMetric(float64(waits[len(waits)*99/100].Microseconds())/1000, "ms-p99")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/readers, "ns/page")
}
