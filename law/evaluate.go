package law

import (
	"fmt"
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// Verdict is the answer of a rule.
type Verdict string

// The three answers.
const (
	Holds      Verdict = "holds"
	Fails      Verdict = "fails"
	CannotTell Verdict = "cannot tell yet"
)

// Result is the answer of a rule with its reasons.
type Result struct {
	Verdict Verdict
	// Missing are the facts that could still change the answer, in the order of
	// the rule; it is empty unless the verdict is CannotTell.
	Missing []Fact
	// Reasons are sentences for people: the outcome first, then what it rests on.
	Reasons []string
	// Rule is the rule that was asked, On the day of the question.
	Rule *Rule
	On   Date
}

// NotInForceError says that a rule was asked about a day on which it has no
// effect.
type NotInForceError struct {
	Rule string
	On   Date
	From Date
	To   Date
}

func (e *NotInForceError) Error() string {
	if e.On.Before(e.From) {
		return fmt.Sprintf("rule %s has effect from %s, not yet on %s", e.Rule, e.From, e.On)
	}
	return fmt.Sprintf("rule %s had effect until %s, no longer on %s", e.Rule, e.To, e.On)
}

// Evaluate applies the rule to what is known, as the law stood on a day.
//
// It is sound: Holds and Fails are given only when every way of filling in the
// unknown facts gives the same. Facts the rule does not need are ignored. A fact
// of the wrong kind gives a [FactError]; a day on which the rule has no effect
// gives a [NotInForceError].
func (r *Rule) Evaluate(facts Facts, on Date) (Result, error) {
	if !r.InForce(on) {
		return Result{}, &NotInForceError{Rule: r.ID, On: on, From: r.From, To: r.To}
	}
	known := make(map[string]any, len(r.Facts)+len(r.Params)+1)
	known[onVariable] = on.time()
	for _, p := range r.Params {
		known[p.Name] = p.Value.cel()
	}
	var unknown []Fact
	for _, f := range r.Facts {
		value, ok := facts[f.Name]
		if !ok {
			unknown = append(unknown, f)
			continue
		}
		if fault := value.fits(f); fault != nil {
			return Result{}, fault
		}
		known[f.Name] = value.cel()
	}
	answer, err := r.weigh(known, unknown)
	if err != nil {
		return Result{}, fmt.Errorf("rule %s: %w", r.ID, err)
	}
	result := Result{Verdict: answer.verdict, Rule: r, On: on}
	for _, f := range r.Facts {
		if answer.matters[f.Name] {
			result.Missing = append(result.Missing, f)
		}
	}
	result.Reasons = r.reasons(result, facts)
	return result, nil
}

// answer is a verdict with the facts that could still change it.
type answer struct {
	verdict Verdict
	matters map[string]bool
	// residue is what remains of the expression, to tell two unknowns apart.
	residue string
}

// caseLimit bounds how many unknown yes-or-no facts are tried both ways.
const caseLimit = 8

// weigh finds the verdict and which unknown facts matter.
//
// CEL's partial evaluation is sound but stops at the first unknown: it cannot
// see that "a || !a" holds, or that b is idle in "b && a || !b && a". So every
// way of answering the unknown yes-or-no facts is tried. If all agree, that is
// the verdict; otherwise a fact matters when its answer makes a difference.
func (r *Rule) weigh(known map[string]any, unknown []Fact) (answer, error) {
	var open, rest []Fact
	for _, f := range unknown {
		if f.Type == TypeBool && len(open) < caseLimit {
			open = append(open, f)
		} else {
			rest = append(rest, f)
		}
	}
	cases := make([]answer, 1<<len(open))
	for i := range cases {
		for bit, f := range open {
			known[f.Name] = i&(1<<bit) != 0
		}
		var err error
		cases[i], err = r.once(known, rest)
		if err != nil {
			return answer{}, err
		}
	}
	out := cases[0]
	out.matters = make(map[string]bool)
	for i, c := range cases {
		for name := range c.matters {
			out.matters[name] = true
		}
		if c.verdict != out.verdict {
			out.verdict = CannotTell
		}
		for bit, f := range open {
			other := cases[i^(1<<bit)]
			if c.verdict != other.verdict || c.residue != other.residue {
				out.matters[f.Name] = true
			}
		}
	}
	return out, nil
}

// once evaluates with some facts left unknown.
func (r *Rule) once(known map[string]any, unknown []Fact) (answer, error) {
	if len(unknown) == 0 {
		value, _, err := r.whole.Eval(known)
		if err != nil {
			return answer{}, fmt.Errorf("the expression cannot be worked out: %w", err)
		}
		return decided(value)
	}
	patterns := make([]*cel.AttributePatternType, 0, len(unknown))
	for _, f := range unknown {
		patterns = append(patterns, cel.AttributePattern(f.Name))
	}
	vars, err := cel.PartialVars(known, patterns...)
	if err != nil {
		return answer{}, err
	}
	value, details, err := r.partial.Eval(vars)
	if err != nil {
		return answer{}, fmt.Errorf("the expression cannot be worked out: %w", err)
	}
	if types.IsUnknown(value) {
		return r.residual(details, unknown)
	}
	return decided(value)
}

// decided turns a yes or no of the expression into a verdict.
func decided(value ref.Val) (answer, error) {
	holds, ok := value.(types.Bool)
	if !ok {
		return answer{}, fmt.Errorf("the expression gives %s, not a yes or no", value.Type())
	}
	if bool(holds) {
		return answer{verdict: Holds}, nil
	}
	return answer{verdict: Fails}, nil
}

// residual names the unknown facts left in what remains of the expression once
// everything known has been worked out of it.
func (r *Rule) residual(details *cel.EvalDetails, unknown []Fact) (answer, error) {
	left, err := r.env.ResidualAst(r.ast, details)
	if err != nil {
		return answer{}, fmt.Errorf("what remains of the expression: %w", err)
	}
	text, err := cel.AstToString(left)
	if err != nil {
		return answer{}, fmt.Errorf("what remains of the expression: %w", err)
	}
	names := identifiers(left)
	out := answer{verdict: CannotTell, residue: text, matters: make(map[string]bool)}
	for _, f := range unknown {
		if names[f.Name] {
			out.matters[f.Name] = true
		}
	}
	return out, nil
}

// reasons says the outcome, then the facts it rests on.
func (r *Rule) reasons(result Result, facts Facts) []string {
	var first string
	switch result.Verdict {
	case Holds:
		first = r.fill(r.Holds, facts)
	case Fails:
		first = r.fill(r.Fails, facts)
	default:
		first = "It depends on " + listing(len(result.Missing), "fact") + " that we do not know."
	}
	reasons := []string{first}
	for _, f := range r.Facts {
		if value, ok := facts[f.Name]; ok {
			reasons = append(reasons, fmt.Sprintf("%s You told us: %s.", f.Question, value.Words()))
		}
	}
	return slices.Clip(reasons)
}

func listing(n int, noun string) string {
	if n == 1 {
		return "one " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
