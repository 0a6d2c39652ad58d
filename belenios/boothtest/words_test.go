package boothtest

import (
	"encoding/hex"
	"flag"
	"os"
	"strings"
	"testing"

	"commonweal/belenios"
	"commonweal/internal/base/words"
)

var update = flag.Bool("update", false, "write web/booth/wordlist.js again")

// The booth has the words of the receipts from the list that everything else uses, and keyholders those of a key.
func TestWordList_IsGenerated(t *testing.T) {
	for _, l := range []struct{ about, from, path, name string }{
		{"The words of receipts.", "internal/base/words/list.txt", "web/booth/wordlist.js", "wordList"},
		{"The words of a key.", "internal/decide/keys/words.txt", "web/keyholder/vocabulary.js", "vocabulary"},
	} {
		list, err := os.ReadFile("../../" + l.from)
		if err != nil {
			t.Fatal(err)
		}
		path := "../../" + l.path
		want := "// " + l.about + " Made from " + l.from + " by `go test ./belenios/boothtest -update`.\n\n" +
			"export const " + l.name + " = `\n" + wrap(strings.Fields(string(list)), 120) + "`.trim().split(/\\s+/);\n"
		if *update {
			if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("%s is not what -update writes", path)
		}
	}
}

func wrap(list []string, width int) string {
	var out, line strings.Builder
	for _, w := range list {
		if line.Len()+1+len(w) > width {
			out.WriteString(line.String() + "\n")
			line.Reset()
		}
		if line.Len() > 0 {
			line.WriteByte(' ')
		}
		line.WriteString(w)
	}
	return out.String() + line.String() + "\n"
}

// Both programs write the same words for a hash and read the same hash from words.
func TestWords_BothWays(t *testing.T) {
	b := open(t)
	for i := range 64 {
		hash := belenios.HashOf([]byte{byte(i)})
		want := words.Text(hash[:])
		if got := must[string](t, b, map[string]any{"do": "fourWords", "hash": hash.String()}); got != want {
			t.Errorf("words of %s: the booth says %q, Go says %q", hash, got, want)
		}
		if got := must[string](t, b, map[string]any{"do": "readWords", "words": want}); got != hash.String()[:words.Bits/4] {
			t.Errorf("%q: the booth reads %s, not %s", want, got, hash.String()[:words.Bits/4])
		}
		// A tracker's words are those of the hash by which the record refers to the ballot.
		if got := must[string](t, b, map[string]any{"do": "wordsOfTracker", "tracker": belenios.Fingerprint([]byte{byte(i)})}); got != want {
			t.Errorf("words of the tracker of %s: %q, not %q", hash, got, want)
		}
	}
}

// What people type is read alike, and refused alike.
func TestWords_AsTyped(t *testing.T) {
	b := open(t)
	four := words.Four(make([]byte, 5))
	last := words.Four([]byte{255, 255, 255, 255, 255})
	for name, typed := range map[string]string{
		"hyphens":        strings.Join(four[:], "-"),
		"capitals":       strings.ToUpper(strings.Join(last[:], " ")),
		"full stops":     strings.Join(last[:], ". ") + ".",
		"four letters":   last[0][:4] + " " + four[0][:4] + " " + last[0] + " " + four[0],
		"three letters":  last[0][:3] + " " + four[0] + " " + four[0] + " " + four[0],
		"three words":    strings.Join(four[:3], " "),
		"five words":     strings.Join(four[:], " ") + " " + four[0],
		"a wrong ending": four[0] + "x " + strings.Join(four[1:], " "),
		"unknown":        "zzzz zzzz zzzz zzzz",
		"nothing":        "",
	} {
		t.Run(name, func(t *testing.T) {
			want, goErr := words.Parse(typed)
			got, err := ask[string](t, b, map[string]any{"do": "readWords", "words": typed})
			if (err == nil) != (goErr == nil) {
				t.Fatalf("%q: the booth says %v, Go says %v", typed, err, goErr)
			}
			if err == nil && got != hex.EncodeToString(want[:]) {
				t.Errorf("%q: the booth reads %s, Go %x", typed, got, want)
			}
		})
	}
}
