package panel_test

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"commonweal/panel"
)

// table reads a file of the published data as a panel, or skips. Cells that are no
// number, such as NA, are missing.
func table(t testing.TB, name string, comma rune, unit, time string) panel.Rows {
	t.Helper()
	root := os.Getenv("COMMONWEAL_PUBLISHED")
	if root == "" {
		root = filepath.Join("..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(root, name))
	if err != nil {
		t.Skipf("the published data are not here: %v", err)
	}
	defer func() { _ = f.Close() }()
	reader := csv.NewReader(f)
	reader.Comma = comma
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	heads := rows[0]
	out := panel.Rows{Columns: map[string][]float64{}}
	u, at := slices.Index(heads, unit), slices.Index(heads, time)
	if u < 0 || at < 0 {
		t.Fatalf("headings %q", heads)
	}
	for _, row := range rows[1:] {
		year, err := strconv.Atoi(row[at])
		if err != nil {
			t.Fatal(err)
		}
		out.Unit, out.Time = append(out.Unit, row[u]), append(out.Time, year)
		for i, h := range heads {
			v, err := strconv.ParseFloat(row[i], 64)
			if err != nil {
				v = math.NaN()
			}
			out.Columns[h] = append(out.Columns[h], v)
		}
	}
	return out
}

func take(t testing.TB, r panel.Rows, columns ...string) *panel.Panel {
	t.Helper()
	p, err := r.Take(columns...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func near(t testing.TB, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s: %.9f; want %.9f", what, got, want)
	}
}

func fit(t testing.TB, d panel.Design) *panel.Fitted {
	t.Helper()
	f, err := panel.Fit(d)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func says(t testing.TB, f *panel.Fitted, term string, value, se float64) panel.Estimate {
	t.Helper()
	e, ok := f.Of(term)
	if !ok {
		t.Fatalf("no estimate of %s", term)
	}
	near(t, term, e.Value, value, 5e-7*max(1, math.Abs(value)))
	if se > 0 {
		near(t, "error of "+term, e.SE, se, 5e-7*max(1, se))
	}
	return e
}
