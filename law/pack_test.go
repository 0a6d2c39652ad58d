package law_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"commonweal/law"
)

// good is a pack that loads; each case below spoils one thing in it.
const good = `pack: Test
sources:
  - {id: s, citation: An Act, checked: no, from: 2020-01-01}
facts:
  - {name: members, type: int, question: How many?}
  - {name: opened, type: date, question: When?}
  - {name: kind, type: text, choices: [a, b], question: Which?}
rules:
  - id: test.rule
    title: A rule
    text: At least {least}.
    jurisdiction: England
    law: s
    params: {least: 3}
    facts: [members]
    expression: members >= least
    holds: Enough.
    fails: Only {members}.
`

func pack(text string) fs.FS { return fstest.MapFS{"p.yaml": {Data: []byte(text)}} }

func TestLoadFrom_GoodPack(t *testing.T) {
	l, err := law.LoadFrom(pack(good))
	if err != nil {
		t.Fatal(err)
	}
	r, err := l.Rule("test.rule", day(t, today))
	if err != nil || r.Text != "At least 3." {
		t.Errorf("text is %q, %v", r.Text, err)
	}
}

// A pack with anything wrong in it does not load, and the message names the file,
// the item and the field.
func TestLoadFrom_Refuses(t *testing.T) {
	for _, c := range []struct{ name, old, new, says string }{
		{"a field nobody knows", "title: A rule", "titel: A rule", `p.yaml:10: rule test.rule: field "titel" is not known`},
		{"a field twice", "title: A rule", "title: A rule\n    title: Again", `field "title" is there twice`},
		{"a section nobody knows", "facts:\n  - {name: members", "notes: x\nfacts:\n  - {name: members", `field "notes" is not known`},
		{"no expression", "    expression: members >= least\n", "", `rule test.rule: field "expression" is missing`},
		{"no citation", "citation: An Act, ", "", `source s: field "citation" is missing`},
		{"no word on checking", "checked: no, ", "", `field "checked" is missing`},
		{"checked by nobody in particular", "checked: no", "checked: 2026-11-21", "no source is named"},
		{"checked is neither", "checked: no", "checked: maybe", `"maybe" is neither a day nor "no"`},
		{"no first day", ", from: 2020-01-01", "", `field "from" is missing`},
		{"a day that is none", "from: 2020-01-01", "from: 2020-02-30", "is not a day"},
		{"an end before the beginning", "from: 2020-01-01", "from: 2020-01-01, to: 2019-01-01", "is not after from"},
		{"a source nobody knows", "law: s", "law: t", `rule test.rule: law: source "t" is not known`},
		{"dates outside the source", "law: s", "law: {source: s, from: 2019-01-01}", "dates lie outside"},
		{"a fact nobody declared", "facts: [members]", "facts: [members, turnout]", `fact "turnout" is not declared`},
		{"a fact twice", "facts: [members]", "facts: [members, members]", "is there twice"},
		{"a fact that is idle", "facts: [members]", "facts: [members, opened]", "fact opened is not in the expression"},
		{"a param that is idle", "{least: 3}", "{least: 3, most: 9}", "param most is not in the expression"},
		{"an expression of the wrong type", "members >= least", "members + least", "gives int, not a yes or no"},
		{"a number compared with a date", "members >= least", "members >= on", "no matching overload"},
		{"an expression that does not parse", "members >= least", "members >=", "Syntax error"},
		{"a name the expression made up", "members >= least", "members >= least && turnout > 1", "undeclared reference"},
		{"a loop", "members >= least", "'[1].all(x, x > 0) && members >= least'", "undeclared reference to 'all'"},
		{"a place no fact fills", "Only {members}.", "Only {turnout}.", "{turnout} names no param or fact"},
		{"a fact in the text of the rule", "At least {least}.", "At least {members}.", "{members} names no param"},
		{"a brace without its pair", "Only {members}.", "Only {members.", "a brace has no pair"},
		{"a form nobody knows", "jurisdiction: England", "jurisdiction: England\n    forms: [guild]", `legal form "guild" is not known`},
		{"a type nobody knows", "type: int", "type: integer", `type "integer" is not one of`},
		{"choices for a number", "type: int, question", "type: int, choices: [a], question", "only a text has choices"},
		{"a name with capitals", "name: members", "name: Members", "is not a name of small letters"},
		{"a fact called on", "name: opened", "name: on", "the name is taken"},
		{"an alias", "pack: Test", "pack: &x Test", "an alias is used"},
		{"a list where a word should be", "title: A rule", "title: [A, rule]", "is not a single value"},
		{"nothing where a word should be", "title: A rule", "title:", "is empty"},
		{"a word where a list should be", "facts: [members]", "facts: members", "is not a list"},
		{"a percentage that is no number", "{least: 3}", "{least: 3, x_percent: lots}", "is not a percentage"},
		{"two documents", "rules:", "---\nrules:", "p.yaml"},
		{"no document", good, "", "p.yaml"},
		{"a list at the top", good, "- a\n", "is not a mapping"},
		{"not YAML", good, "\t{", "p.yaml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(good, c.old, c.new, 1)
			if text == good {
				t.Fatal("the case changes nothing")
			}
			_, err := law.LoadFrom(pack(text))
			if err == nil {
				t.Fatal("the pack was accepted")
			}
			var fault *law.PackError
			if !errors.As(err, &fault) || fault.File != "p.yaml" {
				t.Errorf("%v does not name the file", err)
			}
			if !strings.Contains(err.Error(), c.says) {
				t.Errorf("error is %q, want it to say %q", err, c.says)
			}
		})
	}
}

// Two versions of a rule may follow each other, and may not be in effect on the
// same day, in one pack or in two.
func TestLoadFrom_Versions(t *testing.T) {
	version := func(from, to string) string {
		text := strings.Replace(good, "law: s", "law: {source: s, from: "+from+to+"}", 1)
		return text
	}
	second := func(text string) string {
		text = strings.Replace(text, "  - {id: s,", "  - {id: s2,", 1)
		return strings.Replace(text, "source: s,", "source: s2,", 1)
	}
	two := func(a, b string) fs.FS {
		return fstest.MapFS{"a.yaml": {Data: []byte(a)}, "b.yaml": {Data: []byte(b)}}
	}
	l, err := law.LoadFrom(two(version("2020-01-01", ", to: 2024-01-01"), second(version("2024-01-01", ""))))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ on, from string }{{"2023-12-31", "2020-01-01"}, {"2024-01-01", "2024-01-01"}} {
		r, err := l.Rule("test.rule", day(t, c.on))
		if err != nil || r.From != day(t, c.from) {
			t.Errorf("on %s the version is that of %s, %v", c.on, r.From, err)
		}
	}
	if got := len(l.Versions(law.Filter{})); got != 2 {
		t.Errorf("there are %d versions", got)
	}
	_, err = law.LoadFrom(two(version("2020-01-01", ", to: 2024-01-02"), second(version("2024-01-01", ""))))
	if err == nil || !strings.Contains(err.Error(), "in effect on the same days") {
		t.Errorf("a day with two versions: %v", err)
	}
	_, err = law.LoadFrom(two(good, good))
	if err == nil || !strings.Contains(err.Error(), "in another pack too") {
		t.Errorf("a source in two packs: %v", err)
	}
}

// One fact name means one thing in every pack.
func TestLoadFrom_FactMeansOneThing(t *testing.T) {
	other := strings.NewReplacer("id: s,", "id: s2,", "law: s\n", "law: s2\n", "test.rule", "test.other", "type: int", "type: decimal", "{least: 3}", "{least: 3.5}").Replace(good)
	_, err := law.LoadFrom(fstest.MapFS{"a.yaml": {Data: []byte(good)}, "b.yaml": {Data: []byte(other)}})
	if err == nil || !strings.Contains(err.Error(), "fact members: means something else in another pack") {
		t.Errorf("a fact with two meanings: %v", err)
	}
}

// An organisation's own pack joins those built in, and may not replace them.
func TestLoad_WithMore(t *testing.T) {
	l, err := law.Load(pack(good))
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"test.rule", "society.members.minimum"} {
		if _, err := l.Rule(id, day(t, today)); err != nil {
			t.Error(err)
		}
	}
	_, err = law.Load(pack(strings.ReplaceAll(good, "test.rule", "society.members.minimum")))
	if err == nil || !strings.Contains(err.Error(), "in effect on the same days") {
		t.Errorf("a built-in rule was replaced: %v", err)
	}
	if _, err := law.LoadFrom(fstest.MapFS{}); err == nil {
		t.Error("a folder without packs was accepted")
	}
}

func TestLibrary_RulesAndFilter(t *testing.T) {
	l := library(t)
	on := day(t, today)
	for _, r := range l.Rules(on, law.Filter{Form: law.CICShares}) {
		if !r.AppliesTo(law.CICShares) {
			t.Errorf("rule %s does not concern the form", r.ID)
		}
	}
	for _, r := range l.Rules(on, law.Filter{Prefix: "society."}) {
		if !strings.HasPrefix(r.ID, "society.") || r.AppliesTo(law.CICShares) {
			t.Errorf("rule %s is in the wrong list", r.ID)
		}
	}
	if len(l.Rules(day(t, "1990-01-01"), law.Filter{})) != 0 {
		t.Error("rules apply in 1990")
	}
	var unknown *law.NotFoundError
	_, err := l.Rule("society.member.minimum", on)
	if !errors.As(err, &unknown) || !strings.Contains(err.Error(), "did you mean society.members.minimum") {
		t.Errorf("a misspelt rule: %v", err)
	}
	r, err := l.Rule("cic.dividend.cap", on)
	if err != nil {
		t.Fatal(err)
	}
	v, ok := r.Param("cap_percent")
	if cap, isFraction := v.Fraction(); !ok || !isFraction || cap != 35 || v.Words() != "35%" {
		t.Errorf("the cap reads %q", v.Words())
	}
	if _, isNumber := v.Number(); isNumber {
		t.Error("a percentage passes for a whole number")
	}
}

// Whatever bytes a pack holds, loading ends with a library or with an error that
// names the file, and what loads can be asked.
func FuzzLoadFrom(f *testing.F) {
	f.Add([]byte(good))
	names, err := filepath.Glob("packs/*.yaml")
	if err != nil || len(names) == 0 {
		f.Fatalf("no packs to start from: %v", err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	on := law.NewDate(2026, 11, 21)
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := law.LoadFrom(fstest.MapFS{"p.yaml": {Data: data}})
		if err != nil {
			if !strings.Contains(err.Error(), "p.yaml") {
				t.Fatalf("%v does not name the file", err)
			}
			return
		}
		for _, r := range l.Rules(on, law.Filter{}) {
			if got, err := r.Evaluate(law.Facts{}, on); err == nil && law.Explain(got) == "" {
				t.Fatalf("rule %s explains nothing", r.ID)
			}
		}
		for _, form := range l.Forms(on) {
			_ = form.HidesOthersShares
		}
	})
}
