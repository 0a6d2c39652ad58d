package page

import (
	"math"
	"net/http/httptest"
	"strings"
	"testing"
)

// The ratios are those that the design states for our own colours, and WCAG's two ends.
func TestContrast(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		want float64
	}{
		{"#000000", "#ffffff", 21},
		{"#ffffff", "#ffffff", 1},
		{"#14465c", "#ffffff", 10.2},
		{"#ffffff", "#14465c", 10.2},
		{"#212b32", "#faf8f4", 13.6},
		{"#005eb8", "#faf8f4", 6.0},
		{"#767676", "#ffffff", 4.54},
	} {
		got, err := Contrast(tc.a, tc.b)
		if err != nil || math.Abs(got-tc.want) > 0.05 {
			t.Errorf("Contrast(%s, %s) is %.3f, %v; want %.2f", tc.a, tc.b, got, err, tc.want)
		}
	}
	for _, bad := range []string{"", "red", "#fff", "#gggggg", "#ffffff;}"} {
		if _, err := Contrast(bad, "#ffffff"); err == nil {
			t.Errorf("%q passes as a colour", bad)
		}
	}
}

// WCAG 2.2, 1.4.3: text has a contrast of 4.5 to 1 or better. The header stands on every page.
func TestCheckBrand(t *testing.T) {
	for _, tc := range []struct {
		why    string
		brand  Brand
		refuse string
	}{
		{"our own", DefaultBrand(), ""},
		{"a name is enough", Brand{Name: "A"}, ""},
		{"a colour is enough: the others follow from it", Brand{Name: "A", Colour: "#7a1f4b"}, ""},
		{"the palest grey that carries white text", Brand{Name: "A", Colour: "#767676"}, ""},
		{"one step paler", Brand{Name: "A", Colour: "#777777"}, "white text on the brand colour"},
		{"a bright colour", Brand{Name: "A", Colour: "#41b6e6"}, "white text on the brand colour"},
		{"a deep colour that is not", Brand{Name: "A", Colour: "#14465c", Deep: "#cccccc"}, "white text on the deep brand colour"},
		{"a wash that is not light", Brand{Name: "A", Colour: "#14465c", Wash: "#305060"}, "dark text on the brand wash"},
		{"no name", Brand{Colour: "#14465c"}, "no name"},
		{"no colour but words", Brand{Name: "A", Colour: "navy"}, "not of the form"},
		{"something behind the colour", Brand{Name: "A", Colour: "#14465c", Deep: "#000000}body{display:none"}, "not of the form"},
		{"a mark that runs", Brand{Name: "A", Mark: `<svg viewBox="0 0 1 1"><script>1</script></svg>`}, "script"},
	} {
		t.Run(tc.why, func(t *testing.T) {
			err := CheckBrand(tc.brand)
			if tc.refuse == "" && err != nil {
				t.Errorf("refused: %v", err)
			}
			if tc.refuse != "" && (err == nil || !strings.Contains(err.Error(), tc.refuse)) {
				t.Errorf("got %v, want it refused for %q", err, tc.refuse)
			}
		})
	}
}

func TestServeBrandStyle(t *testing.T) {
	w := httptest.NewRecorder()
	if err := ServeBrandStyle(w, Brand{Name: "A", Colour: "#767676"}); err != nil {
		t.Fatal(err)
	}
	// A paler brand cannot carry the quiet blue, so the quiet words become white.
	if want := ":root{--cw-brand:#767676;--cw-brand-deep:#595959;--cw-brand-wash:#f1f1f1;--cw-on-brand-quiet:#ffffff}\n"; w.Body.String() != want {
		t.Errorf("got  %swant %s", w.Body, want)
	}
	w = httptest.NewRecorder()
	if err := ServeBrandStyle(w, Brand{Name: "A", Colour: "#ffffff"}); err == nil || w.Body.Len() > 0 {
		t.Errorf("got %v and %q", err, w.Body)
	}
}

// A brand that changes gets a new address, so that no browser shows the old one for a day.
func TestBrand_AddressesFollowTheSetting(t *testing.T) {
	prepare := func(b Brand) readyBrand {
		ready, err := b.prepared()
		if err != nil {
			t.Fatal(err)
		}
		return ready
	}
	a, b := prepare(Brand{Name: "A", Colour: "#14465c"}), prepare(Brand{Name: "A", Colour: "#7a1f4b"})
	if a.StylePath() == b.StylePath() || a.IconPath() == b.IconPath() {
		t.Error("two brands share an address")
	}
	c := prepare(Brand{Name: "A", Style: "/brand.css?org=RXX"})
	if !strings.HasPrefix(c.StylePath(), "/brand.css?org=RXX&v=") {
		t.Errorf("got %s", c.StylePath())
	}
}
