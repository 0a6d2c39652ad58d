package words

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The list is on paper that people keep, so it must never change.
func TestList_NeverChanges(t *testing.T) {
	const want = "e7cbf0d6bedb9f1d89d0d861d3283123b1f0fd75583611fa089bc0bc64ce5af5"
	sum := sha256.Sum256([]byte(text))
	if got := hex.EncodeToString(sum[:]); got != want {
		t.Fatalf("the list has SHA-256 %s; receipts were printed with %s", got, want)
	}
}

func TestList_Rules(t *testing.T) {
	if len(list) != size || len(byStem) != size {
		t.Fatalf("%d words with %d different beginnings; want %d", len(list), len(byStem), size)
	}
	if !slices.IsSorted(list) {
		t.Error("the list is not in alphabetical order")
	}
	plain := regexp.MustCompile(`^[a-z]{4,8}$`)
	for i, a := range list {
		if !plain.MatchString(a) {
			t.Errorf("word %q is not four to eight plain letters", a)
		}
		for _, b := range list[:i] {
			if near(a, b) {
				t.Errorf("%q and %q are one slip apart", a, b)
			}
		}
	}
}

// near reports whether one changed, added, lost or exchanged letter turns a
// into b.
func near(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch {
	case i == len(a):
		return len(b)-len(a) <= 1
	case len(a) == len(b):
		swapped := i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		return a[i+1:] == b[i+1:] || swapped
	default:
		return a[i:] == b[i+1:]
	}
}

// The rule that the list is tested with must itself find slips.
func TestNear(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"diary", "dairy", true},
		{"table", "cable", true},
		{"beam", "beams", true},
		{"orchid", "orchard", false},
		{"lemon", "lemur", false},
		{"same", "same", true},
	} {
		if got := near(c.a, c.b); got != c.want {
			t.Errorf("near(%s, %s) = %t", c.a, c.b, got)
		}
	}
}

func TestFour(t *testing.T) {
	for _, c := range []struct {
		name string
		hash []byte
		want []int // numbers of the words
	}{
		{"nought", make([]byte, 5), []int{0, 0, 0, 0}},
		{"all ones", bytes.Repeat([]byte{0xff}, 32), []int{1023, 1023, 1023, 1023}},
		{"ten bits a word, highest first", []byte{0x00, 0x40, 0x20, 0x0c, 0x04, 0xff}, []int{1, 2, 3, 4}},
	} {
		got := Four(c.hash)
		for i, n := range c.want {
			if got[i] != list[n] {
				t.Errorf("%s: word %d is %q; want %q", c.name, i, got[i], list[n])
			}
		}
	}
}

func TestParse_RoundTrip(t *testing.T) {
	for i := range 2000 {
		sum := sha256.Sum256([]byte{byte(i), byte(i >> 8)})
		got, err := Parse(Text(sum[:]))
		if err != nil || !bytes.Equal(got[:], sum[:5]) {
			t.Fatalf("%s: %x, %v; want %x", Text(sum[:]), got, err, sum[:5])
		}
	}
}

func TestParse(t *testing.T) {
	hash := []byte{1, 2, 3, 4, 5}
	four := Four(hash)
	short := func(s string) string { return s[:4] }
	for _, c := range []struct {
		name, in string
		ok       bool
	}{
		{"as printed", Text(hash), true},
		{"capitals, as a phone writes them", strings.ToUpper(Text(hash)), true},
		{"hyphens", strings.Join(four[:], "-"), true},
		{"one on each line", strings.Join(four[:], "\r\n"), true},
		{"four letters are enough", short(four[0]) + " " + short(four[1]) + " " + short(four[2]) + " " + short(four[3]), true},
		{"three words", strings.Join(four[:3], " "), false},
		{"five words", Text(hash) + " " + four[0], false},
		{"a right beginning with a wrong end", four[0] + "x " + four[1] + " " + four[2] + " " + four[3], false},
		{"three letters of a word", "aca " + four[1] + " " + four[2] + " " + four[3], false},
		{"a word that is not in the list", "zebras " + four[1] + " " + four[2] + " " + four[3], false},
		{"nothing", "", false},
	} {
		got, err := Parse(c.in)
		if (err == nil) != c.ok {
			t.Errorf("%s: %v", c.name, err)
		}
		if c.ok && !bytes.Equal(got[:], hash) {
			t.Errorf("%s: %x", c.name, got)
		}
	}
}

// Whatever is typed, Parse answers, and what it accepts it also writes.
func FuzzParse(f *testing.F) {
	f.Add("academy accept acorn active")
	f.Add("acad.acce,acor-acti")
	f.Add("é é é é")
	f.Fuzz(func(t *testing.T, s string) {
		bits, err := Parse(s)
		if err != nil {
			return
		}
		again, err := Parse(Text(bits[:]))
		if err != nil || again != bits {
			t.Fatalf("%q gave %x, then %x, %v", s, bits, again, err)
		}
	})
}
