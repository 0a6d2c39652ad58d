package readtest

import "testing"

// What a child can read is told from what an adult must work at, and points within numbers
// end nothing.
func TestAge(t *testing.T) {
	for _, c := range []struct {
		text     string
		from, to float64
	}{
		{"The cat sat on the mat. It was a big cat.", 2, 6},
		{"The figures go up and down as they always do. There is nothing to explain.", 6, 10},
		{"Notwithstanding considerable heterogeneity, the longitudinal association demonstrated statistical significance after multivariable adjustment.", 20, 60},
	} {
		if age := Age(c.text); age < c.from || age > c.to {
			t.Errorf("%.1f, want %.0f to %.0f: %s", age, c.from, c.to, c.text)
		}
	}
	for text, want := range map[string]int{"It is 0.0.": 1, "From 4.2% to 5.8%; nothing stands out.": 2, "Falls: there are none.": 2, "At 9:30 it was 10.": 1, "none": 0} {
		if got := ends(text); got != want {
			t.Errorf("%q ends %d times, want %d", text, got, want)
		}
	}
}
