package estimate_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"
)

// as is how near our figures must be to R's: 1e-8 of the figure, or of one.
const as = 1e-8

func load(t *testing.T, name string, into any) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

func same(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= as*max(1, math.Abs(want))) {
		t.Errorf("%s: %.12g, R has %.12g", what, got, want)
	}
}

// holes are values of which R has NA for some.
type holes []float64

func (h *holes) UnmarshalJSON(b []byte) error {
	var list []*float64
	if err := json.Unmarshal(b, &list); err != nil {
		return err
	}
	for _, v := range list {
		if v == nil {
			*h = append(*h, math.NaN())
			continue
		}
		*h = append(*h, *v)
	}
	return nil
}
