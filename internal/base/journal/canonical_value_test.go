package journal

import (
	"math"
	"testing"
)

// A value has one text, whatever the order of its fields; a number that is not whole has none.
func TestCanonicalOf(t *testing.T) {
	for _, c := range []struct {
		name string
		v    any
		want string
	}{
		{"fields in the order of their names", struct {
			B int64  `json:"b"`
			A []any  `json:"a"`
			C string `json:"c,omitempty"`
		}{B: 7, A: []any{1, "x", nil, true}}, `{"a":[1,"x",null,true],"b":7}`},
		{"a number in a list in a map", map[string]any{"z": []any{map[string]any{"n": 12}}}, `{"z":[{"n":12}]}`},
		{"a fraction", map[string]any{"n": 0.5}, ""},
		{"what JSON has not", math.NaN(), ""},
	} {
		got, err := CanonicalOf(c.v)
		if string(got) != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s: %s, %v, want %s", c.name, got, err, c.want)
		}
	}
}
