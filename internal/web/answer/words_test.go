package answer

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"commonweal/law"
)

var verbs = regexp.MustCompile(`%[sd]`)

// A page that is half in one language is worse than one in the other: each key has both,
// with the same things put into it.
func TestWords_EveryKeyInEveryLanguage(t *testing.T) {
	for key, text := range english {
		other, ok := welsh[key]
		if !ok {
			t.Errorf("%s has no Welsh", key)
			continue
		}
		if other == text {
			t.Errorf("%s is the same in both languages: %q", key, text)
		}
		if a, b := verbs.FindAllString(text, -1), verbs.FindAllString(other, -1); !slices.Equal(a, b) {
			t.Errorf("%s: the English takes %v and the Welsh %v", key, a, b)
		}
	}
	for key := range welsh {
		if english[key] == "" {
			t.Errorf("%s has no English", key)
		}
	}
}

// What the pages ask for has to be there, and what is there has to be asked for.
func TestWords_EveryKeyIsSaid(t *testing.T) {
	var source strings.Builder
	for _, pattern := range []string{"*.go", "pages/*.html", "pages/parts/*.html"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasPrefix(file, "words_") || strings.HasSuffix(file, "_test.go") {
				continue
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			source.Write(text)
		}
	}
	all := source.String()
	for key := range english {
		family := strings.TrimSuffix(strings.TrimSuffix(key, ".heading"), ".text")
		if !strings.Contains(all, `"`+key+`"`) && !strings.Contains(all, `"`+family+`"`) {
			t.Errorf("nothing says %s", key)
		}
	}
	for _, said := range regexp.MustCompile(`Say "([a-z0-9.]+)"|Say\("([a-z0-9.]+)"`).FindAllStringSubmatch(all, -1) {
		if key := said[1] + said[2]; english[key] == "" {
			t.Errorf("there are no words for %s", key)
		}
	}
}

func TestWords_Days(t *testing.T) {
	now := time.Date(2026, 11, 19, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		language, day, want string
	}{
		{"en", "2026-11-27", "Friday 27 November"},
		{"en", "2027-01-02", "Saturday 2 January 2027"},
		{"cy", "2026-11-27", "dydd Gwener 27 Tachwedd"},
		{"cy", "2027-01-02", "dydd Sadwrn 2 Ionawr 2027"},
	} {
		d, err := law.ParseDate(c.day)
		if err != nil {
			t.Fatal(err)
		}
		if got := (words{Language: c.language, now: now}).Say("start.closes", d); !strings.Contains(got, c.want) {
			t.Errorf("%s in %s: %q, want it to hold %q", c.day, c.language, got, c.want)
		}
	}
}
