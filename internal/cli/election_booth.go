package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/web/static"
)

func electionBoothCommand() command {
	return command{
		name:  "election booth",
		args:  "URL",
		about: "Check that a site serves the polling booth that is in this program",
		help: `Fetches the pages of the booth, their scripts and their styles from a site and compares them,
byte for byte, with those built into this program: first as a program that sends nothing, then
as a browser does. With --cookie it asks as somebody who is signed in: whoever wants to know
that one voter is not given another booth takes the cookie of that voter's own browser, on
that voter's own computer.

The exit code is 1 if something differs. What was fetched is then kept, if --out names a folder.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var cookies paths
			f.Var(&cookies, "cookie", "`file` with the Cookie header of a browser; may be given again")
			out := f.String("out", "", "`folder` for what differs, as evidence")
			return func(c *call) error {
				site, err := url.Parse(c.args[0])
				if err != nil || site.Scheme != "http" && site.Scheme != "https" || site.Host == "" {
					return usagef("the address of the site begins with https://: %q", c.args[0])
				}
				assets, err := static.Load()
				if err != nil {
					return err
				}
				b := boothCheck{call: c, site: site, out: *out, assets: assets}
				return b.run(cookies)
			}
		},
	}
}

// boothCheck is one comparison of a site's booth with ours.
type boothCheck struct {
	*call
	site   *url.URL
	out    string
	assets *static.Assets
	wrong  int
}

// guise is how the check looks to the site.
type guise struct {
	name   string
	header http.Header
}

// run compares every page in every guise.
func (b *boothCheck) run(cookies []string) error {
	pages := b.assets.Booth().Pages
	if len(pages) == 0 {
		return fault.Errorf(fault.Invalid, "this program was built without the booth")
	}
	guises := []guise{
		{"a program", http.Header{}},
		{"a browser", http.Header{
			"User-Agent":      {"Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1"},
			"Accept":          {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"},
			"Accept-Language": {"en-GB,en;q=0.9"}, "Sec-Fetch-Site": {"same-origin"}, "Sec-Fetch-Mode": {"navigate"}, "Sec-Fetch-Dest": {"document"},
		}},
	}
	for _, path := range cookies {
		text, err := b.line(path, "cookie")
		if err != nil {
			return err
		}
		guises = append(guises, guise{"the holder of " + filepath.Base(path), http.Header{
			"Cookie": {strings.TrimPrefix(string(text), "Cookie: ")}, "User-Agent": guises[1].header["User-Agent"],
		}})
	}
	seen := map[string]bool{}
	for _, g := range guises {
		for _, p := range pages {
			paths := []string{p.Path}
			if p.Path == static.BoothPrefix+"booth.html" {
				paths = append(paths, static.BoothPrefix)
			}
			for _, path := range paths {
				if err := b.compare(g, path, p.Body); err != nil {
					return err
				}
			}
			for _, part := range p.Parts {
				if body, ok := b.assets.Part(part); ok && !seen[g.name+part] {
					seen[g.name+part] = true
					if err := b.compare(g, part, body); err != nil {
						return err
					}
				}
			}
		}
	}
	for _, p := range pages {
		pf(b.Out, "%s  SHA-256 %s\n", p.Path, p.Hash)
	}
	if b.wrong > 0 {
		say(b.Err, "%s does not serve the booth that is in this program: it runs another version, or gives out another booth; compare with the hash that the notice of poll names before anybody votes", b.site.Host)
		return errFound
	}
	pf(b.Out, "%s serves this booth, to %s\n", b.site.Host, andAll(guises))
	pf(b.Out, "What this cannot show: that a voter's browser was given the same. Others should run it, from where voters are.\n")
	return nil
}

func andAll(guises []guise) string {
	var names []string
	for _, g := range guises {
		names = append(names, g.name)
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return names[0]
}

// maxPart bounds what is fetched.
const maxPart = 8 << 20

// compare fetches one file and says what is wrong with it.
func (b *boothCheck) compare(g guise, path string, want []byte) error {
	ctx, cancel := context.WithTimeout(b.ctx, time.Minute)
	defer cancel()
	at := b.site.ResolveReference(&url.URL{Path: path}).String()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return err
	}
	request.Header = g.header.Clone()
	// A site that sends the reader elsewhere serves another page.
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(request)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "%s could not be fetched", at)
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxPart))
	if err = errors.Join(err, answer.Body.Close()); err != nil {
		return fault.Wrap(fault.Invalid, err, "%s could not be fetched", at)
	}
	switch {
	case answer.StatusCode != http.StatusOK:
		b.differs(g, path, "the site answered "+answer.Status)
	case !bytes.Equal(body, want):
		b.differs(g, path, fmt.Sprintf("SHA-256 %x, and it is %x here", sha256.Sum256(body), sha256.Sum256(want)))
		return b.keep(body)
	case len(answer.Header["Set-Cookie"]) > 0 && strings.HasPrefix(path, static.BoothPrefix):
		b.differs(g, path, "the site sets a cookie with it, by which it can tell readers apart")
	}
	return nil
}

func (b *boothCheck) differs(g guise, path, what string) {
	b.wrong++
	pf(b.Out, "  WRONG %s, to %s: %s\n", path, g.name, what)
}

// keep keeps what was fetched and differs.
func (b *boothCheck) keep(body []byte) error {
	if b.out == "" {
		return nil
	}
	if err := folder(b.out); err != nil {
		return err
	}
	path := filepath.Join(b.out, fmt.Sprintf("fetched-%x", sha256.Sum256(body)))
	if err := os.WriteFile(path, body, publicMode); err != nil {
		return err
	}
	pf(b.Out, "    kept as %s\n", path)
	return nil
}
