package study

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"commonweal/internal/prove/readtest"
)

// forbidden are words that say more than a study can: that something is not there, that
// one thing brought about another, that something is certain.
var forbidden = regexp.MustCompile(`(?i)\b(no effect|no difference|no change|no association|not effective|ineffective|effects?|affect(s|ed)?|caus(e|es|ed|al)|because|due to|led to|leads to|` +
	`result(s|ed)? (in|of)|impact(s|ed)?|thanks to|pro(ves?|ved|ven)|proof that|significant(ly)?|improv(e|es|ed|ement)|worsen(s|ed)?|reduc(e|es|ed)|increas(e|es|ed)|` +
	`confirm(s|ed)?|drives?|driven|works)\b`)

// sentences are all that can be made of numbers and words that change which sentence it is.
func sentences() []string {
	var out []string
	for _, h := range []hand{{form: firstForm, unit: "points", places: 2}, {form: secondForm, unit: "points", places: 2}, {form: secondForm}} {
		out = append(out, sentencesBy(h)...)
	}
	out = append(out, plainSentences()...)
	return append(out, saysStaggered(2))
}

func sentencesBy(h hand) []string {
	nan := Number(math.NaN())
	var out []string
	for _, better := range []Better{Up, Down, Neutral} {
		for _, treatment := range []bool{true, false} {
			for _, ratio := range []bool{true, false} {
				for _, shown := range []bool{true, false} {
					for _, tests := range []int{1, 3} {
						for _, e := range []Estimate{
							{"x", 0.5, 0.1, 0.01, 0.3, 0.7},
							{"x", -0.5, 0.1, 0.01, -0.7, -0.3},
							{"x", 1.5, 0.1, 0.3, -0.3, 0.7},
							{"x", 0.5, nan, 0.01, nan, nan},
							{"x", 0.5, nan, nan, nan, nan},
						} {
							for _, matters := range []Number{nan, 0.01, 9} {
								a := answered{
									hand: h, outcome: Outcome{Name: "absence", Better: better, Unit: "points"}, name: "the programme",
									treatment: treatment, ratio: ratio, shown: shown, e: e, adjusted: 0.04, tests: tests, matters: matters,
								}
								out = append(out, a.sentence())
							}
						}
					}
				}
			}
		}
	}
	for _, smallest := range []Number{0.1, 5, nan} {
		for _, before := range []bool{true, false} {
			out = append(out, saysPower(h, Smaller{Smallest: smallest, Sites: 10, Pool: 124}, 1, before), saysPower(h, Smaller{Smallest: smallest}, nan, before))
		}
	}
	for _, away := range []float64{-2, -0.1, 0.1, 2} {
		out = append(out, saysBefore(away))
	}
	for _, p := range []float64{0.00001, 0.01, 0.5, 0.99999, math.NaN()} {
		out = append(out, saysTrend(h, p, 0.3), h.p(Number(p)), saysJoint(h, p, 0.3), saysJoint(h, p, nan), saysEarly(h, -0.2, p), saysEarly(h, 0.2, p), saysCohorts(h, 3.2, 4, p, 0.1, 0.2), saysCohorts(h, 3.2, 4, p, nan, nan))
	}
	for _, c := range []Correction{Holm, BH} {
		for _, tests := range [][]Tested{nil, {{}}, {{Outcome: "a"}, {Outcome: "b"}}} {
			out = append(out, saysTests(h, tests, c))
		}
	}
	for _, run := range []int{0, 4} {
		for _, refused := range []int{0, 2} {
			out = append(out, saysSpread(h, run, refused, -1, 1, 0.1, 2))
		}
	}
	out = append(out, saysComposition(30, 0, 0, 0, 0, nil), saysComposition(30, 2, 1, 1, 1, []string{"a", "b"}), saysMissing("absence", 0, 9, 0, 0, 2), saysMissing("absence", 3, 9, -1, 2, 2))
	return out
}

// plainSentences are all that pages and packs say of a study in plain words.
func plainSentences() []string {
	nan := Number(math.NaN())
	var out []string
	for _, treatment := range []bool{true, false} {
		for _, ratio := range []bool{true, false} {
			for _, shown := range []bool{true, false} {
				for _, margin := range []string{"", "0.8"} {
					for _, e := range []Estimate{{"x", 0.5, 0.1, 0.01, 0.3, 0.7}, {"x", -0.5, 0.1, 0.2, -0.7, 0.3}, {"x", 0.5, 0.2, 0.01, 0, 0.7}, {"x", 0.5, nan, 0.01, nan, nan}} {
						p := plain{outcome: Outcome{Name: "sickness absence", Better: Down, Unit: "points"}, name: "own rotas", treatment: treatment, ratio: ratio, shown: shown, e: e, margin: margin}
						out = append(out, p.sentence())
					}
				}
			}
		}
	}
	return out
}

// What a board reads of a study is plain: no p, no jargon, and a child of thirteen can
// read it.
func TestPlain_ABoardUnderstandsIt(t *testing.T) {
	jargon := regexp.MustCompile(`(?i)\b(p|interval|null|estimate|confidence|coefficient|deviations?|regression|ratio)\b|NaN|not known`)
	for _, s := range plainSentences() {
		if word := jargon.FindString(s); word != "" {
			t.Errorf("%q stands in %q", word, s)
		}
		if age := readtest.Age(s); age > 13 {
			t.Errorf("reads at %.1f years: %s", age, s)
		}
	}
	for want, p := range map[string]plain{
		"The study did not show that sickness absence goes with own rotas. The likely range is from 0.3 points lower to 0.12 points higher. So it may be lower there, higher, or the same: nothing in that range is ruled out.": {
			treatment: true, e: Estimate{Value: -0.1, Low: -0.3, High: 0.1234, P: 0.4},
		},
		"After own rotas began, sickness absence was lower there than in the comparison. The likely range is from 0.9 points lower to 0.2 points lower. Why is another question: read what was assumed.": {
			treatment: true, shown: true, e: Estimate{Value: -0.5, Low: -0.9, High: -0.2, P: 0.01},
		},
		"The study did not show that sickness absence goes with own rotas. The likely range for each one more of own rotas is from 0.3 points lower to 0.1 points higher. All of that is less than 0.4 points, which was fixed beforehand as too small to matter.": {
			margin: "0.4", e: Estimate{Value: -0.1, Low: -0.3, High: 0.1, P: 0.4},
		},
	} {
		p.outcome, p.name = Outcome{Name: "sickness absence", Unit: "points", Better: Down}, "own rotas"
		if got := p.sentence(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		if first, _, _ := strings.Cut(want, ". "); p.first() != first+"." {
			t.Errorf("%q does not begin with %q", want, p.first())
		}
	}
}

// No sentence that a study can make says more than it can know: that nothing is there, or
// that one thing brought about another. The fixed texts of the package are read from its
// source, so that a new one is held against the list as well.
func TestWords_NoSentenceSaysMore(t *testing.T) {
	list := sentences()
	set := token.NewFileSet()
	for _, name := range []string{"words.go", "words_sheet.go", "words_since.go", "since.go", "sheet_data.go", "digits.go", "before.go", "plain.go", "library.go", "run.go", "sheet.go", "estimate.go", "text.go"} {
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if text, err := strconv.Unquote(lit.Value); err == nil && strings.Contains(text, " ") {
					list = append(list, text)
				}
			}
			return true
		})
	}
	if len(list) < 300 {
		t.Errorf("only %d sentences", len(list))
	}
	for _, s := range list {
		// The name of a method stays.
		if word := forbidden.FindString(strings.ReplaceAll(s, "ixed effects", "ixed terms")); word != "" {
			t.Errorf("%q says %q", s, word)
		}
		if strings.Contains(s, "%!") || strings.Contains(s, "NaN") || strings.Contains(s, "  ") && !strings.Contains(s, "%") {
			t.Errorf("%q is not a sentence", s)
		}
	}
}

// The list of words catches what it is there for.
func TestWords_ForbiddenCatches(t *testing.T) {
	for _, s := range []string{
		"The study showed no effect.", "Engagement reduced mortality.", "Absence fell because of it.", "This proves the claim.", "The difference is significant.",
	} {
		if !forbidden.MatchString(s) {
			t.Errorf("%q is let through", s)
		}
	}
}

// Four digits that count, no trailing noughts, and nothing that is not a figure.
func TestFigure(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 0.051351: "0.05135", -1.5: "-1.5", 1234567: "1234567", 0.25: "0.25", math.Inf(1): "not known", -1e-13: "0", 12.3456: "12.35"} {
		if got := figure(Number(v)); got != want {
			t.Errorf("%v: %q, want %q", v, got, want)
		}
	}
	if fmt.Sprint(saysP(0.0348)) != "0.0348" {
		t.Error("p")
	}
}
