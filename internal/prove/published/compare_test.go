package published

import (
	"math"
	"strings"
	"testing"
)

// figuresOf gathers the carried figures of one measure.
func figuresOf(t testing.TB, measure string) []Figure {
	t.Helper()
	sink := carried(t)
	var out []Figure
	for _, v := range sink.values {
		if v.Measure == measure {
			out = append(out, Figure{sink.organisations[v.ODS], v.Value, v.Base, v.Suppressed})
		}
	}
	return out
}

func engagement() Measure { m, _ := ScoreOf("E"); return m }

// The medians and sizes of the groups are those worked out for the published
// survey by other means.
func TestStrips_Engagement2024(t *testing.T) {
	want := []struct {
		label   string
		n       int
		median  string
		answers int
	}{
		{"Mutuals, community", 6, "7.03", 5209},
		{"Mutuals, mental health", 1, "7.91", 517},
		{"Community trusts", 14, "7.23", 28074},
		{"Acute specialist", 13, "7.34", 17606},
		{"Mental health and learning disability", 50, "7.07", 135729},
		{"Acute, and acute with community", 122, "6.84", 530695},
		{"Ambulance", 11, "6.01", 32902},
	}
	strips := Strips(figuresOf(t, "nss.E"))
	if len(strips) != 10 {
		t.Fatalf("%d groups, want 10", len(strips))
	}
	m := engagement()
	for i, w := range want {
		s := strips[i]
		if s.Group.Label != w.label || len(s.Figures) != w.n || m.Format(s.Median, 0) != w.median || s.Answers != w.answers {
			t.Errorf("strip %d is %s, %d, %s, %d; want %v", i, s.Group.Label, len(s.Figures), m.Format(s.Median, 0), s.Answers, w)
		}
	}
	mutuals := Mutuals(strips)
	if len(mutuals) != 7 || mutuals[0].Organisation.ODS != "NQL" || mutuals[6].Organisation.ODS != "NLX" {
		t.Errorf("mutuals %v", mutuals)
	}
}

// Known ranges: 95 %, a spread of 1.8, the published bases.
func TestLikelyRange(t *testing.T) {
	for _, c := range []struct {
		value     float64
		base      int
		low, high string
	}{
		{7.9077907816041542, 517, "7.75", "8.06"},
		{7.7667867111698392, 353, "7.58", "7.95"},
		{6.5743635857638578, 1933, "6.49", "6.65"},
		{9.9, 10, "8.78", "10.00"}, // never beyond the scale
	} {
		r, ok := LikelyRange(engagement(), c.value, c.base)
		if got := engagement().Format(r.Low, 100) + " " + engagement().Format(r.High, 100); !ok || got != c.low+" "+c.high {
			t.Errorf("range of %g from %d answers is %s, want %s %s", c.value, c.base, got, c.low, c.high)
		}
	}
	if _, ok := LikelyRange(AbsenceYear, 5, 12); ok {
		t.Error("a rate that counts every day has been given a range")
	}
	if _, ok := LikelyRange(engagement(), 5, 0); ok {
		t.Error("a score without a base has been given a range")
	}
	if RangeNote(engagement()) != "Likely range: 95%, worked out from the number of answers and a spread of 1.8 between people; the published files give no range." {
		t.Error(RangeNote(engagement()))
	}
}

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		in   []float64
		want float64
	}{{[]float64{3}, 3}, {[]float64{9, 1, 2}, 2}, {[]float64{4, 1, 2, 9}, 3}} {
		if got, ok := Median(c.in); !ok || got != c.want {
			t.Errorf("median of %v is %g, want %g", c.in, got, c.want)
		}
	}
	if _, ok := Median(nil); ok {
		t.Error("there is no median of nothing")
	}
}

func figure(ods, group string, value float64, base int) Figure {
	return Figure{Organisation: Organisation{ODS: ods, Name: ods, Scope: ScopeOrganisation, Group: group}, Value: value, Base: base}
}

// A rank is as wide as the others are close. With many answers it is a place,
// with few it is every place.
func TestRankIn(t *testing.T) {
	group := func(base int) []Figure {
		return []Figure{figure("AAA", "G", 7.0, base), figure("BBB", "G", 7.1, base), figure("CCC", "G", 8.0, base)}
	}
	for _, c := range []struct {
		base int
		ods  string
		want Rank
	}{
		{1_000_000, "BBB", Rank{2, 2, 3}}, {1000, "BBB", Rank{2, 3, 3}}, {1000, "CCC", Rank{1, 1, 3}}, {10, "CCC", Rank{1, 3, 3}},
	} {
		if got, ok := RankIn(engagement(), group(c.base), c.ods); !ok || got != c.want {
			t.Errorf("rank of %s with %d answers each is %+v, want %+v", c.ods, c.base, got, c.want)
		}
	}
	if _, ok := RankIn(AbsenceYear, group(12), "BBB"); ok {
		t.Error("a measure without a range has been given a rank")
	}
	if _, ok := RankIn(engagement(), group(100), "ZZZ"); ok {
		t.Error("an organisation that is not there has been given a rank")
	}
}

func TestCompare(t *testing.T) {
	c, err := Compare(engagement(), figuresOf(t, "nss.E"), "NLX")
	if err != nil {
		t.Fatal(err)
	}
	if c.ToEngland != Below || c.ToMedian != Below || c.Size != 6 || !c.HasRank || c.Rank != (Rank{6, 6, 6}) {
		t.Errorf("comparison %+v", c)
	}
	if got, want := c.Sentence(), "Sirona scores 6.57, likely between 6.49 and 6.65. That is below the middle of 6 community mutuals (7.03) and below England as a whole (6.85)."; got != want {
		t.Errorf("sentence %q, want %q", got, want)
	}
	if got, want := c.RankSentence(), "Its place is 6th of 6."; got != want {
		t.Errorf("sentence %q, want %q", got, want)
	}
	if _, err := Compare(engagement(), nil, "NLX"); err == nil || !strings.Contains(err.Error(), "organisation NLX has no figure for nss.E") {
		t.Errorf("error %v", err)
	}
	if _, err := Compare(AbsenceLost, figuresOf(t, "nss.E"), "NLX"); err == nil {
		t.Error("days lost have been compared between organisations of different size")
	}
}

// A hidden figure takes part in nothing: no median, no count, no place.
func TestCompare_Suppressed(t *testing.T) {
	hidden := figure("AAA", "CSUs", 9, 0)
	hidden.Suppressed, hidden.Value = true, 0
	figures := []Figure{hidden, figure("BBB", "CSUs", 7, 400), figure("CCC", "CSUs", 6, 400)}
	c, err := Compare(engagement(), figures, "AAA")
	if err != nil {
		t.Fatal(err)
	}
	if c.HasRange || c.HasRank || c.Median != 6.5 || c.Size != 2 {
		t.Errorf("comparison %+v", c)
	}
	if got := c.Sentence(); got != "The figure of AAA is not shown, to protect the people in it." {
		t.Error(got)
	}
	if s := Strips(figures)[0]; s.Hidden != 1 || len(s.Figures) != 2 {
		t.Errorf("strip %+v", s)
	}
}

// A score made of one question spreads between people exactly as the published
// shares of its answers say, so for that one the stated spread can be checked.
// Q4d alone makes PP6_2.
func TestSpread_OfTheOneQuestionScore(t *testing.T) {
	sink, _ := realFigures(t, nationalFile)
	var mean, square, total float64
	for i, answer := range []string{"very-dissatisfied", "dissatisfied", "neither-satisfied-nor-dissatisfied", "satisfied", "very-satisfied"} {
		share := sink.values[key{England, "nss2024.Q4d." + answer, "2024"}].Value / 100
		score := 2.5 * float64(i)
		mean, square, total = mean+share*score, square+share*score*score, total+share
	}
	if math.Abs(total-1) > 1e-6 {
		t.Fatalf("shares add up to %g", total)
	}
	m, _ := ScoreOf("PP6_2")
	if got := math.Sqrt(square - mean*mean); math.Abs(got-m.Spread) > 0.1 {
		t.Errorf("spread of PP6_2 between people is %.2f and we state %.2f", got, m.Spread)
	}
	// And the score of the workbook is the mean of its question.
	if v := sink.values[key{England, "nss.PP6_2", "2024"}]; math.Abs(v.Value-mean) > 0.01 {
		t.Errorf("PP6_2 is %.3f and its question gives %.3f", v.Value, mean)
	}
}
