package published

import "testing"

// The sentence over the mutuals follows from the figures: other figures, other
// sentence.
func TestMutualsSentence(t *testing.T) {
	community := CommunityTrusts().Published
	mutual := func(values ...float64) (out []Figure) {
		for i, v := range values {
			out = append(out, figure(string(rune('A'+i))+"AA", "Social Enterprises - Community", v, 400))
		}
		return out
	}
	trusts := func(values ...float64) Strip {
		var f []Figure
		for i, v := range values {
			f = append(f, figure(string(rune('A'+i))+"BB", community, v, 400))
		}
		return Strips(f)[0]
	}
	england := &Figure{Organisation: Organisation{ODS: England, Scope: ScopeEngland}, Value: 6.85, Base: 745006}
	for _, c := range []struct {
		name    string
		measure Measure
		mutuals []Figure
		against Strip
		england *Figure
		want    string
	}{
		{
			"both ends", engagement(), mutual(7.9, 7.8, 7.1, 6.6), trusts(6.9, 7.5, 7.8-0.1), england,
			"Mutuals are at both ends. Two score higher than any community trust; one scores below England as a whole. Their middle is no higher than that of community trusts.",
		},
		{
			"all above England", engagement(), mutual(7.9, 7.1), trusts(6.9, 7.0, 7.8), england,
			"Both mutuals score above England as a whole. One scores higher than any community trust. Their middle is higher than that of community trusts, by 0.50.",
		},
		{
			"all below England", engagement(), mutual(6.5, 6.4, 6.3), trusts(6.4, 6.9), england,
			"All three mutuals score below England as a whole. One scores lower than any community trust. Their middle is no higher than that of community trusts.",
		},
		{
			"in the middle", engagement(), mutual(7.0, 7.1), trusts(6.9, 7.2), nil,
			"Mutuals lie among the others. Their middle is the same as that of community trusts.",
		},
		{
			"upper end, England unknown", engagement(), mutual(8.0, 7.1), trusts(6.9, 7.2), nil,
			"Mutuals reach the upper end. One scores higher than any community trust. Their middle is higher than that of community trusts, by 0.50.",
		},
		{
			"lower end", engagement(), mutual(7.1, 6.8), trusts(6.9, 7.2), nil,
			"Mutuals reach the lower end. One scores lower than any community trust. Their middle is no higher than that of community trusts.",
		},
		{
			"lower end, and below England", engagement(), mutual(7.1, 6.8), trusts(6.9, 7.2), england,
			"Mutuals reach the lower end. One scores lower than any community trust; one scores below England as a whole. Their middle is no higher than that of community trusts.",
		},
		{"one mutual", engagement(), mutual(6.6), trusts(6.9, 7.2), england, "One scores lower than any community trust; one scores below England as a whole."},
		{"none", engagement(), nil, trusts(6.9, 7.2), england, "No mutual has a published figure here."},
		{
			"absence, where less is better", AbsenceYear, mutual(3.3, 4.3, 7.1), trusts(4.5, 5.5), &Figure{Value: 5.15},
			"Mutuals are at both ends. Two have less absence than any community trust; one has more absence than England as a whole. Their middle is lower than that of community trusts, by 0.70.",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := MutualsSentence(c.measure, c.mutuals, c.against, c.england); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// On the carried figures of the 2024 survey.
func TestMutualsSentence_Carried(t *testing.T) {
	for _, c := range []struct {
		measure Measure
		want    string
	}{
		{engagement(), "Mutuals are at both ends. Two score higher than any community trust; one scores below England as a whole. Their middle is no higher than that of community trusts."},
		{AbsenceYear, "Mutuals are at both ends. One has less absence than any community trust; four have more absence than England as a whole. Their middle is no lower than that of community trusts."},
	} {
		figures := figuresOf(t, c.measure.ID)
		if c.measure.BaseUnit == "months" {
			figures = FullYears(figures)
		}
		strips := Strips(figures)
		against, _ := StripOf(strips, CommunityTrusts().Published)
		var england *Figure
		for i := range figures {
			if figures[i].Organisation.Scope == ScopeEngland {
				england = &figures[i]
			}
		}
		if got := MutualsSentence(c.measure, Mutuals(strips), against, england); got != c.want {
			t.Errorf("%s: got  %s\nwant %s", c.measure.ID, got, c.want)
		}
	}
}

func TestComparisonSentence(t *testing.T) {
	group := "Community Trusts"
	england := Figure{Organisation: Organisation{ODS: England, Scope: ScopeEngland}, Value: 6.85, Base: 745006}
	for _, c := range []struct {
		name    string
		measure Measure
		figures []Figure
		want    string
		rank    string
	}{
		{
			"about the same", engagement(),
			[]Figure{figure("AAA", group, 6.9, 100), figure("BBB", group, 7.1, 100), england},
			"AAA scores 6.90, likely between 6.55 and 7.25. That is about the same as the middle of 2 community trusts (7.00) and about the same as England as a whole (6.85).",
			"Its place among the 2 cannot be told: any of them is likely.",
		},
		{
			"few answers, one decimal", engagement(),
			[]Figure{figure("AAA", group, 7.918, 65), england},
			"AAA scores 7.9, likely between 7.5 and 8.4. That is above England as a whole (6.85).", "",
		},
		{
			"absence", AbsenceYear,
			[]Figure{figure("AAA", group, 6.11, 12), figure("BBB", group, 5.0, 12), england},
			"AAA lost 6.11% of its working days to sickness. That is above the middle of 2 community trusts (5.55%) and below England as a whole (6.85%).", "",
		},
		{
			"absence for part of the year", AbsenceYear,
			[]Figure{figure("AAA", group, 4.5, 7)},
			"AAA lost 4.50% of its working days to sickness. Only seven months of the year are published for it.", "",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Compare(c.measure, c.figures, "AAA")
			if err != nil {
				t.Fatal(err)
			}
			if got.Sentence() != c.want {
				t.Errorf("got  %s\nwant %s", got.Sentence(), c.want)
			}
			if got.RankSentence() != c.rank {
				t.Errorf("rank %q, want %q", got.RankSentence(), c.rank)
			}
		})
	}
}

func TestOrdinal(t *testing.T) {
	for n, want := range map[int]string{1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 13: "13th", 21: "21st", 112: "112th", 122: "122nd"} {
		if got := ordinal(n); got != want {
			t.Errorf("%d is written %s, want %s", n, got, want)
		}
	}
}

// Figures as pages show them.
func TestMeasure_Format(t *testing.T) {
	for _, c := range []struct {
		m     Measure
		value float64
		base  int
		want  string
	}{
		{engagement(), 6.5743, 1933, "6.57"},
		{engagement(), 7.918, 65, "7.9"},
		{engagement(), 7.07, 0, "7.07"},
		{AbsenceYear, 6.1149, 12, "6.11"},
		{option(2024, "Q18", "", "Yes"), 25.5, 400, "26"},
		{AbsenceLost, 4688.3, 0, "4688"},
		{engagement(), -0.25, 0, "\u22120.25"},
		{engagement(), -0.001, 0, "0.00"},
	} {
		if got := c.m.Format(c.value, c.base); got != c.want {
			t.Errorf("%g of %s is written %s, want %s", c.value, c.m.ID, got, c.want)
		}
	}
}
