package answers

import (
	"strings"
	"testing"
)

// A ballot comes out of its padding as it went in.
func TestBallot_PackAndUnpack(t *testing.T) {
	hash := strings.Repeat("ab", 32)
	for name, b := range map[string]ballot{
		"nothing said":  {Hash: hash},
		"by a token":    {Hash: hash, Codes: Codes{1, 0, 255}, Unit: "north", Group: "nurse", Comment: "ŵ\n"},
		"by a serial":   {Serial: true, Hash: hash, Codes: Codes{0}},
		"noughts in it": {Hash: hash, Codes: make(Codes, 100), Comment: "a\tb"},
	} {
		text, err := b.pack(512)
		if err != nil || len(text) != 512 {
			t.Fatalf("%s: %d bytes, %v", name, len(text), err)
		}
		if got, err := unpack(text); err != nil || !got.equal(b) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	if _, err := (ballot{Hash: hash, Comment: strings.Repeat("a", 600)}).pack(512); err == nil {
		t.Error("more than there is room for was packed")
	}
}

// Whatever is unpacked packs to the same again.
func FuzzUnpack(f *testing.F) {
	text, err := ballot{Hash: strings.Repeat("ab", 32), Codes: Codes{1, 2}, Comment: "x"}.pack(256)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte{0, 1})
	f.Fuzz(func(t *testing.T, text []byte) {
		b, err := unpack(text)
		if err != nil {
			return
		}
		again, err := b.pack(len(text) + fields*fieldHead + 1)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := unpack(again); err != nil || !got.equal(b) {
			t.Errorf("%+v came back as %+v, %v", b, got, err)
		}
	})
}
