package prose

import (
	"strings"
	"testing"
)

func TestClean(t *testing.T) {
	for _, c := range []struct {
		name, in, want string
		ok             bool
	}{
		{"as a form sends it", "  One.\r\n\r\nTwo.\t \n", "One.\n\nTwo.", true},
		{"letters of any language", "Pleidlais dros Siân, 不", "Pleidlais dros Siân, 不", true},
		{"a sum is no tag", "3 < 4 & 5 > 2", "3 < 4 & 5 > 2", true},
		{"what turns a name round goes", "Ann\u202eeb", "Anneb", true},
		{"so does what rings a bell", "a\x07b\u200f", "ab", true},
		{"a tag", "<b>Vote</b>", "", false},
		{"a code of a page", "x &lt;b", "", false},
		{"as long as it may be", strings.Repeat("é", 40), strings.Repeat("é", 40), true},
		{"longer", strings.Repeat("é", 41), "", false},
	} {
		got, err := Clean("why", c.in, 40)
		if (err == nil) != c.ok || c.ok && got != c.want {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
	}
}

func TestPlain(t *testing.T) {
	for text, ok := range map[string]bool{"Ward 4": true, "a\nb": true, "a\rb": false, "Ann\u202eeb": false, "<i>": false} {
		if err := Plain("name", text); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
}
