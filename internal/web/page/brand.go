package page

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/http"
	"strings"
)

// Brand is how an organisation looks: a setting, because a mutual that is no NHS body may not wear the NHS's own.
// Everything but the name may be left empty.
type Brand struct {
	Name   string // of the organisation
	Mark   string // source of a square SVG; seven seats round a table where empty
	Colour string // #rrggbb; the header, dark enough for white text
	Deep   string // #rrggbb; dark panels; a darker Colour where empty
	Wash   string // #rrggbb; light panels; a very light Colour where empty
	Style  string // address of the stylesheet that [ServeBrand] answers; /brand.css where empty
	Icon   string // address of the icon that [ServeBrand] answers; /brand.svg where empty
}

// DefaultBrand is how Commonweal looks where nobody has set anything.
func DefaultBrand() Brand {
	return Brand{Name: "Commonweal", Colour: "#14465c", Deep: "#0e3547", Wash: "#e6eef1"}
}

//go:embed mark.svg
var sevenSeats string

// The text colours that a brand has to carry, as in web/style/_tokens.scss.
const (
	white        = "#ffffff"
	ink          = "#212b32"
	onBrandQuiet = "#cfe0e7"
)

// CheckBrand says why a brand cannot be used, or returns nil. The server calls it at start and when somebody changes the
// setting, because a header that people cannot read would be on every page.
//
// The limits are those of WCAG 2.2: 4.5 to 1 for text (1.4.3), 3 to 1 for shapes that carry meaning (1.4.11).
func CheckBrand(b Brand) error {
	_, err := b.prepared()
	return err
}

func (b Brand) check() error {
	for _, pair := range []struct {
		above, below, what string
		least              float64
	}{
		{white, b.Colour, "white text on the brand colour", 4.5},
		{white, b.Deep, "white text on the deep brand colour", 4.5},
		{ink, b.Wash, "dark text on the brand wash", 4.5},
		{b.Colour, b.Wash, "the brand colour on its own wash", 3},
	} {
		ratio, err := Contrast(pair.above, pair.below)
		if err != nil {
			return err
		}
		if ratio < pair.least {
			return fmt.Errorf("brand %q: %s has a contrast of %.2f to 1, and %.1f is the least", b.Name, pair.what, ratio, pair.least)
		}
	}
	return nil
}

// prepared returns the brand with every setting filled in, or why it is refused.
func (b Brand) prepared() (readyBrand, error) {
	fallback := DefaultBrand()
	if strings.TrimSpace(b.Name) == "" {
		return readyBrand{}, fmt.Errorf("brand: the organisation has no name")
	}
	if b.Colour == "" {
		b.Colour, b.Deep, b.Wash = fallback.Colour, fallback.Deep, fallback.Wash
	}
	base, err := parseColour(b.Colour)
	if err != nil {
		return readyBrand{}, fmt.Errorf("brand %q: %w", b.Name, err)
	}
	if b.Deep == "" {
		b.Deep = base.mix(colour{}, 0.25).String()
	}
	if b.Wash == "" {
		b.Wash = base.mix(colour{255, 255, 255}, 0.9).String()
	}
	if err := b.check(); err != nil {
		return readyBrand{}, err
	}
	source := b.Mark
	if source == "" {
		source = sevenSeats
	}
	mark, err := parseMark(source)
	if err != nil {
		return readyBrand{}, fmt.Errorf("brand %q: mark: %w", b.Name, err)
	}
	return readyBrand{Name: b.Name, Colour: b.Colour, Deep: b.Deep, Wash: b.Wash, mark: mark, style: b.Style, icon: b.Icon}, nil
}

// readyBrand is a brand that has been checked.
type readyBrand struct {
	Name, Colour, Deep, Wash string
	mark                     mark
	style, icon              string
}

// Mark is the organisation's mark as it stands in the header: decoration beside the name.
func (b readyBrand) Mark() template.HTML {
	return template.HTML(b.mark.svg(`class="cw-brand__mark" aria-hidden="true" focusable="false"`)) //nolint:gosec // parseMark let through shapes alone
}

// StylePath and IconPath carry a hash, so that a changed brand shows at once although browsers keep both.
func (b readyBrand) StylePath() string { return versioned(b.style, "/brand.css", b.stylesheet()) }

// IconPath is the address of the browser tab's icon.
func (b readyBrand) IconPath() string { return versioned(b.icon, "/brand.svg", b.tabIcon()) }

func versioned(set, fallback, content string) string {
	address := set
	if address == "" {
		address = fallback
	}
	sum := sha256.Sum256([]byte(content))
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	return address + separator + "v=" + hex.EncodeToString(sum[:6])
}

// stylesheet sets the brand's custom properties. It is a file of its own because the content security policy allows no
// inline styles.
func (b readyBrand) stylesheet() string {
	quiet := onBrandQuiet
	if ratio, err := Contrast(quiet, b.Colour); err != nil || ratio < 4.5 {
		quiet = white
	}
	return fmt.Sprintf(":root{--cw-brand:%s;--cw-brand-deep:%s;--cw-brand-wash:%s;--cw-on-brand-quiet:%s}\n", b.Colour, b.Deep, b.Wash, quiet)
}

// tabIcon is the mark on a ground of the brand colour.
func (b readyBrand) tabIcon() string {
	inner := b.mark.svg(`x="12%" y="12%" width="76%" height="76%"`)
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="12" fill="%s"/>%s</svg>`+"\n", b.Colour, inner)
}

// ServeBrandStyle answers the request for a brand's stylesheet. It fails, without having answered, if the brand is one
// that [CheckBrand] refuses.
func ServeBrandStyle(w http.ResponseWriter, b Brand) error {
	return serveBrand(w, b, "text/css; charset=utf-8", readyBrand.stylesheet)
}

// ServeBrandIcon answers the request for a brand's icon, on the terms of [ServeBrandStyle].
func ServeBrandIcon(w http.ResponseWriter, b Brand) error {
	return serveBrand(w, b, "image/svg+xml", readyBrand.tabIcon)
}

func serveBrand(w http.ResponseWriter, b Brand, kind string, content func(readyBrand) string) error {
	ready, err := b.prepared()
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "public, max-age=86400")
	_, _ = w.Write([]byte(content(ready))) // the reader has gone away if this fails
	return nil
}
