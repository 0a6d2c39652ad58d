package member

import (
	"fmt"
	"strings"
	"sync"

	"cel.dev/cel-go/cel"
	celast "cel.dev/cel-go/common/ast"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

// Rule is a compiled expression over [Particulars]. It may be used from several
// goroutines.
type Rule struct {
	Expression string
	mentions   []particular
	rule       *law.Rule
	service    serviceUse

	mu sync.Mutex
	// known holds answers already worked out: a list of 100,000 people has some
	// hundred different combinations of what a rule mentions.
	known map[Particulars]Answer
}

// Answer is what a rule says of somebody.
type Answer struct {
	Verdict law.Verdict
	Missing []string // names of particulars that could still change the answer
}

// memory bounds how many answers a rule remembers.
const memory = 20_000

// maxExpression bounds what a rule may say.
const maxExpression = 4000

// CompileRule checks an expression and makes it ready. The fault it returns says
// what is wrong with the expression.
func CompileRule(expression string) (*Rule, error) {
	text := strings.Join(strings.Fields(expression), " ")
	if text == "" || len(text) > maxExpression {
		return nil, fault.Fieldf("rule", "the rule is empty or longer than %d characters", maxExpression)
	}
	names, service, err := identifiersOf(text)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the rule %q cannot be read", text)
	}
	r := &Rule{Expression: text, service: service, known: map[Particulars]Answer{}}
	for _, p := range particulars {
		if names[p.name] {
			r.mentions = append(r.mentions, p)
			delete(names, p.name)
		}
	}
	for name := range names {
		err := unknownName(name)
		return nil, fault.Wrap(fault.Invalid, err, "the rule %q cannot be used", text)
	}
	if r.rule, err = lawRule(text, r.mentions); err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the rule %q cannot be used", text)
	}
	return r, nil
}

// identifiersOf returns the names an expression mentions, and how it uses
// months of service.
func identifiersOf(text string) (map[string]bool, serviceUse, error) {
	env, err := cel.NewEnv(cel.ClearMacros())
	if err != nil {
		return nil, serviceUse{}, err
	}
	ast, issues := env.Parse(text)
	if issues.Err() != nil {
		return nil, serviceUse{}, issues.Err()
	}
	names := map[string]bool{}
	var use serviceUse
	celast.PreOrderVisit(ast.NativeRep().Expr(), celast.NewExprVisitor(func(e celast.Expr) {
		if e.Kind() == celast.IdentKind {
			names[e.AsIdent()] = true
		}
		use.see(e)
	}))
	return names, use, nil
}

// Mentions reports whether the rule turns on a particular.
func (r *Rule) Mentions(name string) bool {
	for _, p := range r.mentions {
		if p.name == name {
			return true
		}
	}
	return false
}

// Evaluate says whether the rule fits.
func (r *Rule) Evaluate(p Particulars) (Answer, error) {
	key := unknownParticulars
	for _, m := range r.mentions {
		m.copy(&key, &p)
	}
	r.mu.Lock()
	answer, ok := r.known[key]
	r.mu.Unlock()
	if ok {
		return answer, nil
	}
	facts := law.Facts{}
	for _, m := range r.mentions {
		if v, ok := m.value(&key); ok {
			facts[m.name] = v
		}
	}
	result, err := r.rule.Evaluate(facts, r.rule.From)
	if err != nil {
		return Answer{}, fmt.Errorf("rule %q: %w", r.Expression, err)
	}
	answer.Verdict = result.Verdict
	for _, f := range result.Missing {
		answer.Missing = append(answer.Missing, f.Name)
	}
	r.mu.Lock()
	if len(r.known) >= memory {
		clear(r.known)
	}
	r.known[key] = answer
	r.mu.Unlock()
	return answer, nil
}

// because lists the known particulars the rule turned on, for a reason.
func (r *Rule) because(p Particulars) string {
	var parts []string
	for _, m := range r.mentions {
		if v, ok := m.value(&p); ok {
			parts = append(parts, m.words(v))
		}
	}
	return strings.Join(parts, ", ")
}

// Compiler remembers compiled rules, because the same few are asked for on
// every page. It may be used from several goroutines.
type Compiler struct {
	mu    sync.Mutex
	rules map[string]*Rule
}

// NewCompiler makes an empty compiler.
func NewCompiler() *Compiler { return &Compiler{rules: map[string]*Rule{}} }

// Rule compiles an expression, or returns it as it was compiled before.
func (c *Compiler) Rule(expression string) (*Rule, error) {
	c.mu.Lock()
	r, ok := c.rules[expression]
	c.mu.Unlock()
	if ok {
		return r, nil
	}
	r, err := CompileRule(expression)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.rules) >= memory {
		clear(c.rules)
	}
	c.rules[expression] = r
	return r, nil
}
