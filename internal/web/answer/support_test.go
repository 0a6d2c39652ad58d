package answer

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"commonweal/internal/base/world"
	"commonweal/internal/listen/answers"
	"commonweal/internal/web/page"
	"commonweal/internal/web/static"
	"commonweal/law"
	"commonweal/survey/instrument"
	"commonweal/survey/token"
)

// door is the pages over a box of its own, with one survey that is open.
type door struct {
	t     *testing.T
	ctx   context.Context
	Clock *world.Clock
	World *world.World
	Box   *answers.Service
	Terms answers.Terms
	pages http.Handler
	Log   *strings.Builder
}

// aKey is one key of a wave for all tests: making it takes a while.
var aKey = sync.OnceValues(func() (*token.Key, error) { return token.New(rand.Reader, 2048) })

func newDoor(t *testing.T) *door {
	t.Helper()
	if _, err := static.Load(); errors.Is(err, static.ErrNotBuilt) {
		t.Skip("the stylesheet is not built: run npm ci and npm run build in web")
	}
	dir := t.TempDir()
	d := &door{t: t, ctx: context.Background(), Clock: world.At(time.Date(2026, 11, 19, 9, 30, 0, 0, time.UTC)), Log: &strings.Builder{}}
	w := world.Fixed(d.Clock, 1)
	box, err := answers.OpenAll(d.ctx, filepath.Join(dir, "test.answers.db"), filepath.Join(dir, "test.answers.key"), w)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	d.Box, d.World = box, w
	d.Terms = d.terms("autumn", "autumn-2026")
	if err := box.Publish(d.ctx, d.Terms); err != nil {
		t.Fatal(err)
	}
	h, err := New(box, w, Options{Organisation: "severn", Look: func(context.Context, string) page.Brand {
		return page.Brand{Name: "Severn & Wye Community Health"}
	}})
	if err != nil {
		t.Fatal(err)
	}
	d.pages = h.Alone()
	return d
}

// terms are those of a survey in two languages, with two teams in a directorate and one
// on its own.
func (d *door) terms(id, code string) answers.Terms {
	d.t.Helper()
	in, err := instrument.Load("mutual-culture")
	if err != nil {
		d.t.Fatal(err)
	}
	text, err := in.Canonical()
	if err != nil {
		d.t.Fatal(err)
	}
	hash, err := in.Hash()
	if err != nil {
		d.t.Fatal(err)
	}
	key, err := aKey()
	if err != nil {
		d.t.Fatal(err)
	}
	return answers.Terms{
		Wave: id, Code: code, Organisation: "severn", Title: "Autumn pulse", Minimum: 10,
		Instrument: string(text), InstrumentHash: hash, PublicKey: key.Public().Marshal(), KeyHash: key.Public().Hash(),
		Opens: day(d.t, "2026-11-16"), Closes: day(d.t, "2026-11-27"), Languages: []string{"en", "cy"}, Comments: true,
		Units: []answers.Unit{
			{Code: "community", Name: "Community services"},
			{Code: "ross", Name: "Ross nurses", PartOf: "community"},
			{Code: "ledbury", Name: "Ledbury nurses", PartOf: "community"},
			{Code: "estates", Name: "Estates"},
		},
		Groups: []answers.Group{{Code: "nursing", Name: "Nursing and midwifery"}, {Code: "admin", Name: "Administration"}},
	}
}

func day(t *testing.T, iso string) law.Date {
	t.Helper()
	at, err := law.ParseDate(iso)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// pass draws a pass of a wave as a device and the register do it between them.
func (d *door) pass(wave string) string {
	d.t.Helper()
	key, err := aKey()
	if err != nil {
		d.t.Fatal(err)
	}
	blinded, state, err := key.Public().Blind(rand.Reader, wave)
	if err != nil {
		d.t.Fatal(err)
	}
	signature, err := key.Sign(blinded)
	if err != nil {
		d.t.Fatal(err)
	}
	pass, err := state.Finish(signature)
	if err != nil {
		d.t.Fatal(err)
	}
	return pass.String()
}

type reply struct {
	t      *testing.T
	Status int
	Body   string
	Header http.Header
}

func (d *door) do(r *http.Request) reply {
	d.t.Helper()
	rec := httptest.NewRecorder()
	d.pages.ServeHTTP(rec, r)
	body, err := io.ReadAll(rec.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return reply{d.t, rec.Code, string(body), rec.Header()}
}

func (d *door) get(path string) reply {
	d.t.Helper()
	return d.do(httptest.NewRequest(http.MethodGet, path, nil))
}

func (d *door) post(form url.Values) reply {
	d.t.Helper()
	return d.postTo("/answers/autumn-2026", form)
}

func (d *door) postTo(path string, form url.Values) reply {
	d.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return d.do(r)
}

var (
	inputs   = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)">`)
	radios   = regexp.MustCompile(`<input type="radio" id="[^"]+" name="([^"]+)" value="([^"]*)"( checked)?>`)
	selected = regexp.MustCompile(`(?s)<select[^>]* name="([^"]+)"[^>]*>.*?</select>`)
	chosen   = regexp.MustCompile(`<option value="([^"]*)" selected>`)
	areas    = regexp.MustCompile(`(?s)<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>`)
	heading  = regexp.MustCompile(`<h1>([^<]*)</h1>`)
)

// form is what a browser without scripts would send of the page that came back.
func (r reply) form() url.Values {
	r.t.Helper()
	out := url.Values{}
	for _, m := range inputs.FindAllStringSubmatch(r.Body, -1) {
		out.Set(m[1], unescaped(m[2]))
	}
	for _, m := range radios.FindAllStringSubmatch(r.Body, -1) {
		if m[3] != "" {
			out.Set(m[1], m[2])
		}
	}
	for _, m := range selected.FindAllStringSubmatch(r.Body, -1) {
		out.Set(m[1], "")
		if c := chosen.FindStringSubmatch(m[0]); c != nil {
			out.Set(m[1], c[1])
		}
	}
	for _, m := range areas.FindAllStringSubmatch(r.Body, -1) {
		out.Set(m[1], unescaped(m[2]))
	}
	return out
}

func unescaped(s string) string {
	return strings.NewReplacer("&#39;", "'", "&#34;", `"`, "&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}

func (r reply) heading() string {
	if m := heading.FindStringSubmatch(r.Body); m != nil {
		return unescaped(m[1])
	}
	return ""
}

func (r reply) is(status int, h1 string) reply {
	r.t.Helper()
	if r.Status != status || r.heading() != h1 {
		r.t.Fatalf("status %d, heading %q; want %d, %q\n%s", r.Status, r.heading(), status, h1, r.Body)
	}
	return r
}

func (r reply) has(texts ...string) reply {
	r.t.Helper()
	for _, text := range texts {
		if !strings.Contains(unescaped(r.Body), text) {
			r.t.Errorf("the page does not say %q\n%s", text, r.Body)
		}
	}
	return r
}

func (r reply) hasNot(texts ...string) reply {
	r.t.Helper()
	for _, text := range texts {
		if strings.Contains(unescaped(r.Body), text) {
			r.t.Errorf("the page says %q", text)
		}
	}
	return r
}
