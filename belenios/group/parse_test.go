package group

import (
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
)

// One text for each element: whatever else spells it is refused.
func TestParse_OnlyCanonicalText(t *testing.T) {
	forEach(t, func(t *testing.T, g Group, r *rand.ChaCha8) {
		for _, e := range []Element{g.Identity(), g.Generator(), g.ExpG(randomScalar(t, g, r))} {
			back, err := g.Parse(e.String())
			if err != nil || back.String() != e.String() || !g.Equal(back, e) {
				t.Errorf("%s comes back as %v, %v", e, back, err)
			}
		}
		text := g.Generator().String()
		bad := map[string]string{
			"empty": "", "space before": " " + text, "space after": text + " ", "line end": text + "\n",
			"sign": "+" + text, "minus": "-" + text, "leading zero": "0" + text, "hexadecimal": "0x2",
			"underscore": text[:1] + "_" + text[1:], "digit of another script": "٣", "letter": text[:len(text)-1] + "z",
			"point": text + ".0", "exponent": "1e3", "zero byte": text + "\x00",
		}
		if f, ok := g.(*finite); ok {
			bad["zero"] = "0"
			bad["p"] = f.p.String()
			bad["p+1"] = new(big.Int).Add(f.p, big.NewInt(1)).String()
			bad["p+g"] = new(big.Int).Add(f.p, decimal(text)).String()
			bad["one digit more than p"] = f.p.String() + "0"
			bad["very long"] = strings.Repeat("9", 100000)
		} else {
			zeros := strings.Repeat("0", 62)
			bad["upper case"] = strings.ToUpper(g.ExpG(g.ScalarInt(2)).String())
			bad["short"] = text[1:]
			bad["long"] = text + "00"
			bad["not on the curve"] = "00" + zeros[:60] + "02"
			bad["y = p, which is 0"] = "7f" + strings.Repeat("ff", 30) + "ed"
			bad["y = p+1, which is 1"] = "7f" + strings.Repeat("ff", 30) + "ee"
			bad["y = 2^255-1"] = "7f" + strings.Repeat("ff", 31)
			bad["-0 with y = 1"] = "80" + zeros[:60] + "01"
			bad["-0 with y = -1"] = "ff" + strings.Repeat("ff", 30) + "ec"
		}
		for name, text := range bad {
			if e, err := g.Parse(text); err == nil {
				t.Errorf("%s: %.80q is read as %s", name, text, e)
			} else if len(err.Error()) > 200 {
				t.Errorf("%s: the error repeats %d characters", name, len(err.Error()))
			}
		}
	})
}

func TestParseScalar_OnlyCanonicalDecimals(t *testing.T) {
	forEach(t, func(t *testing.T, g Group, r *rand.ChaCha8) {
		q := g.Order()
		last := new(big.Int).Sub(q, big.NewInt(1))
		for _, text := range []string{"0", "1", last.String()} {
			if s, err := g.ParseScalar(text); err != nil || s.String() != text {
				t.Errorf("%s comes back as %v, %v", text, s, err)
			}
		}
		for _, text := range []string{
			"", " 1", "1 ", "+1", "-1", "01", "00", "0x1", "1e1", "1_0", q.String(),
			new(big.Int).Add(q, big.NewInt(1)).String(), last.String() + "0",
		} {
			if s, err := g.ParseScalar(text); err == nil {
				t.Errorf("%q is read as %s", text, s)
			}
		}
	})
}

// What Parse takes is what String writes, in every group, and no input makes it fail
// in another way than by an error.
func FuzzParse(f *testing.F) {
	for i, name := range Names() {
		g, _ := ByName(name)
		f.Add(uint8(i), g.Generator().String())
		f.Add(uint8(i), g.Identity().String())
		f.Add(uint8(i), g.Order().String())
	}
	for _, text := range smallOrder {
		f.Add(uint8(2), text)
	}
	f.Add(uint8(0), "0")
	f.Add(uint8(2), "7f"+strings.Repeat("ff", 30)+"ed")
	f.Fuzz(func(t *testing.T, which uint8, text string) {
		g, _ := ByName(Names()[int(which)%3])
		if e, err := g.Parse(text); err == nil {
			if e.String() != text {
				t.Errorf("%s: %q is read as %s", g.Name(), text, e)
			}
			if !g.Equal(g.Mul(e, g.Inv(e)), g.Identity()) {
				t.Errorf("%s: %s has no inverse", g.Name(), e)
			}
		}
		if s, err := g.ParseScalar(text); err == nil && (s.String() != text || s.Big().Cmp(g.Order()) >= 0) {
			t.Errorf("%s: scalar %q is read as %s", g.Name(), text, s)
		}
	})
}
