package page

import "testing"

func TestPlural(t *testing.T) {
	for n, want := range map[int]string{0: "rows", 1: "row", 2: "rows", -1: "rows"} {
		if got, err := Plural(n, "row", "rows"); err != nil || got != want {
			t.Errorf("Plural(%d) is %q, %v; want %q", n, got, err, want)
		}
	}
}

func TestWords(t *testing.T) {
	for n, want := range map[int64]string{0: "no", 1: "one", 9: "nine", 10: "10", 3109: "3,109", -2: "−2"} {
		if got, err := Words(n); err != nil || got != want {
			t.Errorf("Words(%d) is %q, %v; want %q", n, got, err, want)
		}
	}
	if _, err := Words("seven"); err == nil {
		t.Error("text passes as a number")
	}
}

func TestBegin(t *testing.T) {
	for in, want := range map[string]string{"three things": "Three things", "": "", "élan": "Élan", "12 things": "12 things"} {
		if got := Begin(in); got != want {
			t.Errorf("Begin(%q) is %q; want %q", in, got, want)
		}
	}
}

func TestList(t *testing.T) {
	for _, tc := range []struct {
		why   string
		items []string
		want  string
	}{
		{"nothing to join", nil, ""},
		{"one stands alone", []string{"Osei"}, "Osei"},
		{"two have no comma", []string{"Osei", "Parry"}, "Osei and Parry"},
		{"three have one", []string{"Osei", "Lindqvist", "Parry"}, "Osei, Lindqvist and Parry"},
		{"a name that holds and", []string{"nursing and midwifery", "therapies", "support"}, "nursing and midwifery, therapies, and support"},
	} {
		if got := List(tc.items); got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.why, got, tc.want)
		}
	}
}

func TestNumber(t *testing.T) {
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 48213: "48,213", 1500000: "1,500,000", -12: "−12", -1234: "−1,234"} {
		if got, err := Number(n); err != nil || got != want {
			t.Errorf("Number(%d) is %q, %v; want %q", n, got, err, want)
		}
	}
}

// Published figures are compared to the second decimal, so a wrong sign or a lost nought is a wrong figure.
func TestDecimal(t *testing.T) {
	for _, tc := range []struct {
		x      float64
		places int
		want   string
	}{{7.1249, 2, "7.12"}, {7, 2, "7.00"}, {-0.4, 2, "−0.40"}, {-0.001, 2, "0.00"}, {12345.6, 1, "12,345.6"}, {-0.5, 0, "0"}, {2.5, 0, "2"}} {
		if got, err := Decimal(tc.x, tc.places); err != nil || got != tc.want {
			t.Errorf("Decimal(%v, %d) is %q, %v; want %q", tc.x, tc.places, got, err, tc.want)
		}
	}
	for _, x := range []float64{nan(), 1 / zero(), -1 / zero()} {
		if got, err := Decimal(x, 2); err == nil {
			t.Errorf("Decimal(%v) is %q and no error", x, got)
		}
	}
}

func zero() float64 { return 0 }
func nan() float64  { return zero() / zero() }

// A share is never rounded to nothing or to all: "0%" of 21 leavers would be untrue.
func TestPercent(t *testing.T) {
	for _, tc := range []struct {
		part, all int
		want      string
	}{
		{463, 742, "62%"},
		{21, 3104, "0.7%"},
		{1, 5000, "under 0.1%"},
		{0, 10, "0%"},
		{10, 10, "100%"},
		{3103, 3104, "over 99.9%"},
		{995, 1000, "99.5%"},
		{0, 0, "not known"},
	} {
		if got, err := Percent(tc.part, tc.all); err != nil || got != tc.want {
			t.Errorf("Percent(%d, %d) is %q, %v; want %q", tc.part, tc.all, got, err, tc.want)
		}
	}
	for _, bad := range [][2]int{{11, 10}, {-1, 10}, {1, 0}} {
		if got, err := Percent(bad[0], bad[1]); err == nil {
			t.Errorf("Percent(%d, %d) is %q and no error", bad[0], bad[1], got)
		}
	}
}

func TestMoney(t *testing.T) {
	for pence, want := range map[int64]string{0: "£0", 1: "£0.01", 99: "£0.99", 100: "£1", 150: "£1.50", 105: "£1.05", 120000: "£1,200", -50: "−£0.50", -120000: "−£1,200", -9223372036854775808: "−£92,233,720,368,547,758.08"} {
		if got, err := Money(pence); err != nil || got != want {
			t.Errorf("Money(%d) is %q, %v; want %q", pence, got, err, want)
		}
	}
}
