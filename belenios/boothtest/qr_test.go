package boothtest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

// QR codes are the ones that another encoder draws, which the file names: of each version the text that just fits.
func TestQR_AsAnotherEncoder(t *testing.T) {
	b := open(t)
	text, err := os.ReadFile("testdata/qr.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors struct {
		Whole struct {
			Text string
			Mask int
			Rows []string
		}
		Alphabet string
		Full     []struct {
			Length, Version, Mask int
			SHA256                string
		}
	}
	if err := json.Unmarshal(text, &vectors); err != nil {
		t.Fatal(err)
	}
	draw := func(text string, mask int) []string {
		return must[[]string](t, b, map[string]any{"do": "qr", "text": text, "mask": mask})
	}
	if got := draw(vectors.Whole.Text, vectors.Whole.Mask); !slices.Equal(got, vectors.Whole.Rows) {
		t.Errorf("%q:\n%s\nwant\n%s", vectors.Whole.Text, strings.Join(got, "\n"), strings.Join(vectors.Whole.Rows, "\n"))
	}
	if len(vectors.Full) != 40 {
		t.Fatalf("%d versions", len(vectors.Full))
	}
	for _, v := range vectors.Full {
		full := make([]byte, v.Length)
		for i := range full {
			full[i] = vectors.Alphabet[(7*i+v.Length)%len(vectors.Alphabet)]
		}
		rows := draw(string(full), v.Mask)
		sum := sha256.Sum256([]byte(strings.Join(rows, "\n")))
		if len(rows) != 17+4*v.Version || hex.EncodeToString(sum[:]) != v.SHA256 {
			t.Errorf("version %d, %d bytes: another square of %d", v.Version, v.Length, len(rows))
		}
	}
	longest := vectors.Full[39].Length
	if _, err := ask[[]string](t, b, map[string]any{"do": "qr", "text": strings.Repeat("x", longest+1)}); err == nil {
		t.Errorf("%d bytes are drawn", longest+1)
	}
	// Left to itself the encoder draws one of the eight.
	own := must[[]string](t, b, map[string]any{"do": "qr", "text": vectors.Whole.Text})
	one := false
	for mask := range 8 {
		one = one || slices.Equal(own, draw(vectors.Whole.Text, mask))
	}
	if !one {
		t.Error("without a mask given, the square is none of the eight")
	}
}
