package web

import (
	"fmt"
	"strings"

	"cel.dev/cel-go/cel"
	celast "cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"

	"commonweal/internal/own/stafflist"
	"commonweal/internal/web/page"
)

// ruleInWords says a rule of a class in plain words, one phrase for each way of
// fitting it: "the contract is permanent". It returns nothing for a rule that is
// not made of comparisons; such a rule is shown as it is written.
func ruleInWords(expression string) []string {
	env, err := cel.NewEnv(cel.ClearMacros())
	if err != nil {
		return nil
	}
	ast, issues := env.Parse(expression)
	if issues.Err() != nil {
		return nil
	}
	var out []string
	for _, way := range together(operands(ast.NativeRep().Expr(), operators.LogicalOr)) {
		words, ok := way.words()
		if !ok {
			return nil
		}
		out = append(out, words)
	}
	return out
}

// operands are the parts of a chain of one operator.
func operands(e celast.Expr, operator string) []celast.Expr {
	if e.Kind() != celast.CallKind || e.AsCall().FunctionName() != operator {
		return []celast.Expr{e}
	}
	var out []celast.Expr
	for _, arg := range e.AsCall().Args() {
		out = append(out, operands(arg, operator)...)
	}
	return out
}

// way is one way of fitting a rule: an expression, or a particular that is any
// of several texts.
type way struct {
	expr  celast.Expr
	name  string
	texts []string
}

// together puts "category is a, or category is b" into "category is a or b".
func together(parts []celast.Expr) []way {
	var out []way
	for _, e := range parts {
		name, text, ok := equals(e)
		if n := len(out); ok && n > 0 && out[n-1].name == name {
			out[n-1].texts = append(out[n-1].texts, text)
			continue
		}
		w := way{expr: e}
		if ok {
			w.name, w.texts = name, []string{text}
		}
		out = append(out, w)
	}
	return out
}

// equals takes `name == "text"` apart.
func equals(e celast.Expr) (name, text string, ok bool) {
	if e.Kind() != celast.CallKind || e.AsCall().FunctionName() != operators.Equals {
		return "", "", false
	}
	args := e.AsCall().Args()
	if args[0].Kind() != celast.IdentKind || args[1].Kind() != celast.LiteralKind {
		return "", "", false
	}
	text, ok = args[1].AsLiteral().Value().(string)
	return args[0].AsIdent(), text, ok && textWords[args[0].AsIdent()] != ""
}

func (w way) words() (string, bool) {
	if w.name != "" {
		return textPhrase(w.name, w.texts), true
	}
	return exprWords(w.expr)
}

// textWords say what a particular that is a text is of somebody.
var textWords = map[string]string{
	"staff_group": "the staff group is", "role": "the job role is", "site": "the post is at", "org_code": "the organisation code is",
	"employer": "the employer is", "category": "the contract is", "area": "they live in",
}

// numberWords say a particular that is a number, around the number with its bound.
var numberWords = map[string][2]string{
	"contract_months": {"the contract is for ", " months"}, "service_months": {"they have worked here for ", " months"},
	"fte": {"the post is ", " of whole time"},
}

func textPhrase(name string, texts []string) string {
	said := make([]string, len(texts))
	for i, text := range texts {
		said[i] = text
		if name == "category" {
			said[i] = strings.ToLower(stafflist.Category(text).Label())
		}
	}
	return textWords[name] + " " + either(said)
}

// either joins words as people say a choice.
func either(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return strings.Join(items[:last], ", ") + " or " + items[last]
}

func exprWords(e celast.Expr) (string, bool) {
	switch e.Kind() {
	case celast.IdentKind:
		return "they are employed here", e.AsIdent() == "employed"
	case celast.CallKind:
		return callWords(e.AsCall())
	}
	return "", false
}

func callWords(call celast.CallExpr) (string, bool) {
	args := call.Args()
	switch call.FunctionName() {
	case operators.LogicalAnd:
		return joined(args, operators.LogicalAnd, " and ")
	case operators.LogicalOr:
		words, ok := joined(args, operators.LogicalOr, " or ")
		return "either " + words, ok
	case operators.LogicalNot:
		words, ok := exprWords(args[0])
		return "it is not so that " + words, ok
	case operators.In:
		return listedWords(args)
	case "startsWith":
		if call.IsMemberFunction() && call.Target().Kind() == celast.IdentKind && args[0].Kind() == celast.LiteralKind {
			text, ok := args[0].AsLiteral().Value().(string)
			words := textWords[call.Target().AsIdent()]
			return words + " something that begins with " + text, ok && words != ""
		}
	}
	return comparisonWords(call.FunctionName(), args)
}

func joined(args []celast.Expr, operator, word string) (string, bool) {
	var parts []string
	for _, arg := range args {
		for _, part := range operands(arg, operator) {
			words, ok := exprWords(part)
			if !ok {
				return "", false
			}
			parts = append(parts, words)
		}
	}
	return strings.Join(parts, word), true
}

func listedWords(args []celast.Expr) (string, bool) {
	if args[0].Kind() != celast.IdentKind || args[1].Kind() != celast.ListKind || textWords[args[0].AsIdent()] == "" {
		return "", false
	}
	var texts []string
	for _, e := range args[1].AsList().Elements() {
		if e.Kind() != celast.LiteralKind {
			return "", false
		}
		text, ok := e.AsLiteral().Value().(string)
		if !ok {
			return "", false
		}
		texts = append(texts, text)
	}
	return textPhrase(args[0].AsIdent(), texts), len(texts) > 0
}

// comparisonWords says `service_months >= 12` and the like.
func comparisonWords(operator string, args []celast.Expr) (string, bool) {
	if len(args) != 2 || args[0].Kind() != celast.IdentKind || args[1].Kind() != celast.LiteralKind {
		return "", false
	}
	name, value := args[0].AsIdent(), fmt.Sprint(args[1].AsLiteral().Value())
	if words := textWords[name]; words != "" {
		switch operator {
		case operators.Equals:
			return textPhrase(name, []string{value}), true
		case operators.NotEquals:
			return strings.Replace(textPhrase(name, []string{value}), words, negated(words), 1), true
		}
		return "", false
	}
	around, ok := numberWords[name]
	if !ok {
		return "", false
	}
	bound, ok := map[string]string{
		operators.GreaterEquals: "at least ", operators.Greater: "more than ", operators.LessEquals: "at most ",
		operators.Less: "less than ", operators.Equals: "exactly ",
	}[operator]
	return around[0] + bound + value + around[1], ok
}

func negated(words string) string {
	if words == "they live in" {
		return "they do not live in"
	}
	return strings.Replace(words, " is", " is not", 1)
}

// ruleSentence is a rule as one sentence, or the rule as written where it has no
// words.
func ruleSentence(expression string) string {
	ways := ruleInWords(expression)
	switch len(ways) {
	case 0:
		return "The rule is written as: " + expression
	case 1:
		return page.Begin(ways[0]) + "."
	}
	return "One of these is so: " + strings.Join(ways, "; or ") + "."
}
