package law_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"commonweal/law"
)

// one builds a library with a single rule over the given facts.
func one(t testing.TB, expression string, facts ...law.Fact) *law.Rule {
	t.Helper()
	l, err := law.LoadFrom(fstest.MapFS{"one.yaml": &fstest.MapFile{Data: []byte(onePack(expression, facts))}})
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	r, err := l.Rule("one", day(t, "2026-11-21"))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func onePack(expression string, facts []law.Fact) string {
	var b strings.Builder
	b.WriteString("pack: One\nsources:\n  - {id: s, citation: A source, checked: no, from: 2020-01-01}\nfacts:\n")
	names := make([]string, 0, len(facts))
	for _, f := range facts {
		fmt.Fprintf(&b, "  - {name: %s, type: %s, question: What is %s?, signed: true}\n", f.Name, f.Type, f.Name)
		names = append(names, f.Name)
	}
	fmt.Fprintf(&b, "rules:\n  - {id: one, title: One, text: One., jurisdiction: England, law: s, facts: [%s], holds: Held., fails: Failed., expression: '%s'}\n",
		strings.Join(names, ", "), expression)
	return b.String()
}

func boolFact(name string) law.Fact { return law.Fact{Name: name, Type: law.TypeBool} }

func missing(r law.Result) string {
	var names []string
	for _, f := range r.Missing {
		names = append(names, f.Name)
	}
	return strings.Join(names, " ")
}

// Unknown is not false: what is known may settle the answer, and what is missing
// is only what could still change it.
func TestEvaluate_ThreeValued(t *testing.T) {
	a, b, c := boolFact("a"), boolFact("b"), boolFact("c")
	n := law.Fact{Name: "n", Type: law.TypeInt}
	on := day(t, "2026-11-21")
	for _, tc := range []struct {
		name       string
		expression string
		facts      []law.Fact
		known      law.Facts
		want       law.Verdict
		missing    string
	}{
		{"or is settled by one yes", "a || b", []law.Fact{a, b}, law.Facts{"a": law.Bool(true)}, law.Holds, ""},
		{"or with one no still needs the other", "a || b", []law.Fact{a, b}, law.Facts{"a": law.Bool(false)}, law.CannotTell, "b"},
		{"and is settled by one no", "a && b", []law.Fact{a, b}, law.Facts{"b": law.Bool(false)}, law.Fails, ""},
		{"and with nothing known needs both", "a && b", []law.Fact{a, b}, law.Facts{}, law.CannotTell, "a b"},
		{"a fact or its opposite always holds", "a || !a", []law.Fact{a}, law.Facts{}, law.Holds, ""},
		{"a fact that cannot matter is not asked for", "(a && b) || (a && !b)", []law.Fact{a, b}, law.Facts{}, law.CannotTell, "a"},
		{"a choice needs only the branch that can be taken", "a ? b : c", []law.Fact{a, b, c}, law.Facts{"a": law.Bool(true)}, law.CannotTell, "b"},
		{"a choice not yet made needs all", "a ? b : c", []law.Fact{a, b, c}, law.Facts{}, law.CannotTell, "a b c"},
		{"a choice between equals needs nothing more", "a ? b : c", []law.Fact{a, b, c}, law.Facts{"b": law.Bool(true), "c": law.Bool(true)}, law.Holds, ""},
		{"a number settles an or", "a || n > 2", []law.Fact{a, n}, law.Facts{"n": law.Int(3)}, law.Holds, ""},
		{"an unknown number is asked for with the rest", "a && n > 2", []law.Fact{a, n}, law.Facts{}, law.CannotTell, "a n"},
		{"an unknown number behind a no is not", "a && n > 2", []law.Fact{a, n}, law.Facts{"a": law.Bool(false)}, law.Fails, ""},
		{"a fact the rule does not need is ignored", "a", []law.Fact{a}, law.Facts{"a": law.Bool(true), "z": law.Int(1)}, law.Holds, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := one(t, tc.expression, tc.facts...).Evaluate(tc.known, on)
			if err != nil {
				t.Fatal(err)
			}
			if got.Verdict != tc.want || missing(got) != tc.missing {
				t.Errorf("%s with %v: %s, missing %q; want %s, missing %q", tc.expression, tc.known, got.Verdict, missing(got), tc.want, tc.missing)
			}
			if len(got.Reasons) == 0 || (got.Verdict == law.Holds && got.Reasons[0] != "Held.") {
				t.Errorf("reasons are %q", got.Reasons)
			}
		})
	}
}

// With more unknown yes-or-no facts than are tried both ways, the answer may stay
// open but is never wrong.
func TestEvaluate_ManyUnknowns(t *testing.T) {
	var facts []law.Fact
	var terms []string
	for i := range 12 {
		name := fmt.Sprintf("f%d", i)
		facts = append(facts, boolFact(name))
		terms = append(terms, name)
	}
	r := one(t, strings.Join(terms, " && "), facts...)
	on := day(t, "2026-11-21")
	got, err := r.Evaluate(law.Facts{}, on)
	if err != nil || got.Verdict != law.CannotTell || len(got.Missing) != 12 {
		t.Errorf("nothing known: %s, %d missing, %v", got.Verdict, len(got.Missing), err)
	}
	got, err = r.Evaluate(law.Facts{"f11": law.Bool(false)}, on)
	if err != nil || got.Verdict != law.Fails || len(got.Missing) != 0 {
		t.Errorf("one no: %s, %d missing, %v", got.Verdict, len(got.Missing), err)
	}
}

// grower writes random expressions over three yes-or-no facts and two numbers.
type grower struct{ r *rand.Rand }

func (g grower) grow(depth int, numbers bool) string {
	leaf := func() string {
		if numbers && g.r.IntN(3) == 0 {
			return fmt.Sprintf("%s %s %d", []string{"n", "m"}[g.r.IntN(2)], []string{">", "<=", "=="}[g.r.IntN(3)], g.r.IntN(3))
		}
		if g.r.IntN(12) == 0 {
			return []string{"true", "false"}[g.r.IntN(2)]
		}
		return []string{"a", "b", "c"}[g.r.IntN(3)]
	}
	if depth == 0 {
		return leaf()
	}
	switch g.r.IntN(6) {
	case 0:
		return leaf()
	case 1:
		return "!(" + g.grow(depth-1, numbers) + ")"
	case 2:
		return fmt.Sprintf("((%s) ? (%s) : (%s))", g.grow(depth-1, numbers), g.grow(depth-1, numbers), g.grow(depth-1, numbers))
	case 3:
		return fmt.Sprintf("((%s) == (%s))", g.grow(depth-1, numbers), g.grow(depth-1, numbers))
	case 4:
		return fmt.Sprintf("(%s || %s)", g.grow(depth-1, numbers), g.grow(depth-1, numbers))
	}
	return fmt.Sprintf("(%s && %s)", g.grow(depth-1, numbers), g.grow(depth-1, numbers))
}

// completions calls do with every way of filling in the facts that are unknown.
func completions(known law.Facts, facts []law.Fact, do func(law.Facts)) {
	if len(facts) == 0 {
		do(known)
		return
	}
	f, rest := facts[0], facts[1:]
	if _, ok := known[f.Name]; ok {
		completions(known, rest, do)
		return
	}
	values := []law.Value{law.Bool(false), law.Bool(true)}
	if f.Type == law.TypeInt {
		values = []law.Value{law.Int(-1), law.Int(0), law.Int(1), law.Int(2), law.Int(3)}
	}
	for _, v := range values {
		known[f.Name] = v
		completions(known, rest, do)
	}
	delete(known, f.Name)
}

// mentioning keeps the facts an expression uses, as a pack must.
func mentioning(expression string, facts []law.Fact) []law.Fact {
	return slices.DeleteFunc(slices.Clone(facts), func(f law.Fact) bool {
		for _, word := range strings.FieldsFunc(expression, func(r rune) bool { return r < 'a' || r > 'z' }) {
			if word == f.Name {
				return false
			}
		}
		return true
	})
}

// Soundness: when the answer is holds or fails, every way of filling in the
// unknown facts gives that answer. For yes-or-no facts alone it is also complete:
// cannot tell means that two ways differ, and a fact is missing exactly when its
// answer makes a difference for some answers to the others.
func TestEvaluate_SoundAndComplete(t *testing.T) {
	g := grower{rand.New(rand.NewPCG(20261121, 33))}
	on := day(t, "2026-11-21")
	all := []law.Fact{boolFact("a"), boolFact("b"), boolFact("c"), {Name: "n", Type: law.TypeInt}, {Name: "m", Type: law.TypeInt}}
	verdicts := map[law.Verdict]int{}
	for i := range 400 {
		numbers := i%2 == 0
		expression := g.grow(3, numbers)
		facts := mentioning(expression, all)
		if len(facts) == 0 {
			continue
		}
		r := one(t, expression, facts...)
		known := law.Facts{}
		for _, f := range facts {
			if g.r.IntN(2) == 0 {
				continue
			}
			if f.Type == law.TypeInt {
				known[f.Name] = law.Int(int64(g.r.IntN(3)))
			} else {
				known[f.Name] = law.Bool(g.r.IntN(2) == 0)
			}
		}
		got, err := r.Evaluate(known, on)
		if err != nil {
			t.Fatalf("%s with %v: %v", expression, known, err)
		}
		verdicts[got.Verdict]++
		seen := map[law.Verdict]bool{}
		decides := map[string]bool{}
		full := map[string]law.Verdict{}
		completions(known, facts, func(complete law.Facts) {
			final, err := r.Evaluate(complete, on)
			if err != nil {
				t.Fatalf("%s with %v: %v", expression, complete, err)
			}
			if final.Verdict == law.CannotTell {
				t.Fatalf("%s with everything known: %s", expression, final.Verdict)
			}
			seen[final.Verdict] = true
			full[signature(complete, facts, "")] = final.Verdict
			for _, f := range facts {
				other := signature(complete, facts, f.Name)
				if before, ok := full[other]; ok && before != final.Verdict {
					decides[f.Name] = true
				}
				full[other] = final.Verdict
			}
		})
		if got.Verdict != law.CannotTell && (len(seen) != 1 || !seen[got.Verdict]) {
			t.Fatalf("%s with %v: %s, but other answers are possible: %v", expression, known, got.Verdict, seen)
		}
		if numbers {
			continue
		}
		if got.Verdict == law.CannotTell && len(seen) == 1 {
			t.Fatalf("%s with %v: cannot tell, but every way gives %v", expression, known, seen)
		}
		for _, f := range facts {
			_, told := known[f.Name]
			want := !told && decides[f.Name]
			if has := slices.ContainsFunc(got.Missing, func(m law.Fact) bool { return m.Name == f.Name }); has != want {
				t.Fatalf("%s with %v: missing %q, but whether %s matters is %v", expression, known, missing(got), f.Name, want)
			}
		}
	}
	for _, v := range []law.Verdict{law.Holds, law.Fails, law.CannotTell} {
		if verdicts[v] < 20 {
			t.Errorf("only %d of the expressions gave %s: the test does not reach it", verdicts[v], v)
		}
	}
}

// signature writes an assignment with one fact left blank.
func signature(facts law.Facts, order []law.Fact, blank string) string {
	var b strings.Builder
	for _, f := range order {
		if f.Name == blank {
			b.WriteString(" *" + f.Name)
			continue
		}
		b.WriteString(" " + facts[f.Name].String())
	}
	return b.String()
}

// A fact of the wrong kind is an error that names it, its value and what to do.
func TestEvaluate_WrongKindOfFact(t *testing.T) {
	on := day(t, "2026-11-21")
	for _, c := range []struct {
		name  string
		kind  law.FactType
		value law.Value
		says  string
	}{
		{"text for a number", law.TypeInt, law.Text("three"), "write a whole number"},
		{"number for a yes or no", law.TypeBool, law.Int(1), "write true or false"},
		{"a share over a hundred", law.TypePercent, law.Percent(101), "from 0 to 100"},
		{"no date", law.TypeDate, law.Day(law.Date{}), "write a day in quotes"},
		{"the empty value", law.TypeInt, law.Value{}, "write a whole number"},
		{"a number too large", law.TypeInt, law.Int(1 << 62), "too large"},
	} {
		t.Run(c.name, func(t *testing.T) {
			expression := map[law.FactType]string{law.TypeInt: "x > 0", law.TypeBool: "x", law.TypePercent: "x > 0.0", law.TypeDate: "x < on"}[c.kind]
			r := one(t, expression, law.Fact{Name: "x", Type: c.kind})
			_, err := r.Evaluate(law.Facts{"x": c.value}, on)
			var fault *law.FactError
			if !errors.As(err, &fault) || fault.Fact != "x" || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error is %v", err)
			}
		})
	}
}

// A count may not be below nought unless the fact says that it may.
func TestEvaluate_BelowNought(t *testing.T) {
	l := library(t)
	on := day(t, "2026-11-21")
	r, err := l.Rule("cic.dividend.cap", on)
	if err != nil {
		t.Fatal(err)
	}
	facts := law.Facts{"dividends_declared_pence": law.Pence(0), "dividends_exempt_pence": law.Pence(0), "distributable_profits_pence": law.Pence(-500)}
	if got, err := r.Evaluate(facts, on); err != nil || got.Verdict != law.Holds {
		t.Errorf("a loss without a dividend: %s, %v", got.Verdict, err)
	}
	facts["dividends_declared_pence"] = law.Pence(-1)
	if _, err := r.Evaluate(facts, on); err == nil || !strings.Contains(err.Error(), "below nought") {
		t.Errorf("a dividend below nought: %v", err)
	}
}

// A rule is asked about a day, and says so when it has no effect on it.
func TestEvaluate_NotInForce(t *testing.T) {
	l := library(t)
	var fault *law.NotInForceError
	_, err := l.Rule("company.member.details-in-time", day(t, "2025-11-17"))
	if !errors.As(err, &fault) || !strings.Contains(err.Error(), "from 2025-11-18") {
		t.Errorf("before it began: %v", err)
	}
	_, err = l.Rule("contract.reserved.regulation-77", day(t, "2025-02-24"))
	if !errors.As(err, &fault) || !strings.Contains(err.Error(), "until 2025-02-24") {
		t.Errorf("on the day it ended: %v", err)
	}
	r, err := l.Rule("contract.reserved.regulation-77", day(t, "2025-02-23"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Evaluate(law.Facts{}, day(t, "2025-02-24")); !errors.As(err, &fault) {
		t.Errorf("evaluated after its end: %v", err)
	}
}

func BenchmarkEvaluate(b *testing.B) {
	l := library(b)
	on := day(b, "2026-11-21")
	r, err := l.Rule("control.members", on)
	if err != nil {
		b.Fatal(err)
	}
	facts := law.Facts{"members": law.Int(3000), "employee_members": law.Int(2700), "employee_votes": law.Int(2700), "votes_of_all_members": law.Int(3000)}
	for b.Loop() {
		if _, err := r.Evaluate(facts, on); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		library(b)
	}
}
