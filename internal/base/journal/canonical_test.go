package journal_test

import (
	"encoding/json"
	"testing"

	"commonweal/internal/base/journal"
)

func TestCanonical(t *testing.T) {
	cases := []struct {
		name string
		in   any
		want string
	}{
		// The string of RFC 8785 section 3.2.2: escapes as short as they can be.
		{"strings as RFC 8785 writes them", "\u20ac$\u000f\nA'B\"\\\\\"/", `"€$\u000f\nA'B\"\\\\\"/"`},
		// The names of RFC 8785 section 3.2.3, in the order it gives.
		{"names by UTF-16 code units", map[string]any{
			"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7,
		}, "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}"},
		{"no HTML escaping", "<&>\u2028", "\"<&>\u2028\""},
		{"bytes are base64", []byte{0, 255}, `"AP8="`},
		{"nested", []any{nil, true, int64(-5), map[string]any{"b": []string{"x"}, "a": 1}}, `[null,true,-5,{"a":1,"b":["x"]}]`},
	}
	for _, c := range cases {
		got, err := journal.Canonical(nil, c.in)
		if err != nil || string(got) != c.want {
			t.Errorf("%s: got %s, %v; want %s", c.name, got, err, c.want)
		}
	}
	for _, bad := range []any{1.5, 1 << 54, "\xff", struct{}{}, map[string]any{"a": 0.1}} {
		if got, err := journal.Canonical(nil, bad); err == nil {
			t.Errorf("%v was written as %s", bad, got)
		}
	}
}

// Any text comes back from encoding/json as it was.
func FuzzCanonical(f *testing.F) {
	f.Add("a\u2028\"\\\x00", int64(7))
	f.Fuzz(func(t *testing.T, s string, n int64) {
		out, err := journal.Canonical(nil, map[string]any{s: n, "s": s})
		if err != nil {
			return
		}
		var back map[string]any
		if err := json.Unmarshal(out, &back); err != nil {
			t.Fatalf("%q: %v", out, err)
		}
		if _, ok := back[s]; !ok {
			t.Fatalf("%q lost the name %q", out, s)
		}
	})
}
