package law

import (
	"slices"

	"cel.dev/cel-go/cel"
)

// Rule is one test that the law, or a model rule-book, puts to an organisation.
//
// Rules come from packs and are ready to evaluate; they are not changed after
// loading and may be used from several goroutines.
type Rule struct {
	// ID names the rule across all its versions: "society.members.minimum".
	ID string
	// Title is a few words; Text says the rule in our own, with its numbers.
	Title, Text string
	// Jurisdiction is where the rule is law: "England and Wales".
	Jurisdiction string
	// Forms are the legal forms it applies to; empty means every form.
	Forms []FormID
	Provenance
	// Facts are what the rule has to know, in the order a page would ask.
	Facts []Fact
	// Params are the numbers of the rule, by name.
	Params []Param
	// Expression is the test, in CEL, over the facts, the params and on, the day
	// of the question.
	Expression string
	// Holds and Fails are what to tell people, with {name} for a fact or param.
	Holds, Fails string
	// Pack is the file the rule came from.
	Pack string

	env     *cel.Env
	ast     *cel.Ast
	whole   cel.Program
	partial cel.Program
}

// Param is a number of a rule that has a name, so that it can be shown, changed
// by a later version and told apart from the test itself.
type Param struct {
	Name  string
	Value Value
}

// AppliesTo reports whether the rule concerns a legal form.
func (r *Rule) AppliesTo(form FormID) bool {
	return len(r.Forms) == 0 || slices.Contains(r.Forms, form)
}

// Param returns a named number of the rule.
func (r *Rule) Param(name string) (Value, bool) {
	for _, p := range r.Params {
		if p.Name == name {
			return p.Value, true
		}
	}
	return Value{}, false
}

// Fact returns the fact of that name, if the rule needs it.
func (r *Rule) Fact(name string) (Fact, bool) {
	for _, f := range r.Facts {
		if f.Name == name {
			return f, true
		}
	}
	return Fact{}, false
}
