package law

import (
	"fmt"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// onVariable is the day of the question, which every expression may use.
const onVariable = "on"

// costLimit stops an expression from a careless pack; the packs here use a few
// dozen units each.
const costLimit = 100_000

// language is the expression language without macros: no loops, and date
// arithmetic as the law counts.
func language(cal *Calendar) (*cel.Env, error) {
	options := []cel.EnvOption{
		cel.ClearMacros(),
		cel.CrossTypeNumericComparisons(true),
		cel.Variable(onVariable, cel.TimestampType),
		shift("days_after", func(d Date, n int) Date { return d.AddDays(n) }),
		shift("months_after", func(d Date, n int) Date { return d.AddMonths(n) }),
		shift("years_after", func(d Date, n int) Date { return d.AddYears(n) }),
		between("days_between", func(from, to Date) int { return from.DaysUntil(to) }),
		between("clear_days", ClearDays),
	}
	options = append(options, shareFunctions()...)
	if cal != nil {
		options = append(options,
			shift("working_days_after", cal.AddWorking),
			between("working_days", cal.WorkingDays))
	}
	return cel.NewEnv(options...)
}

// shift declares a function from a day and a number to a day.
func shift(name string, apply func(Date, int) Date) cel.EnvOption {
	return cel.Function(name, cel.Overload(name+"_timestamp_int",
		[]*cel.Type{cel.TimestampType, cel.IntType}, cel.TimestampType,
		cel.BinaryBinding(func(day, n ref.Val) ref.Val {
			d, ok := celDate(day)
			count, isInt := n.(types.Int)
			if !ok || !isInt {
				return types.NewErr("%s: not a day and a number", name)
			}
			if count > maxShift || count < -maxShift {
				return types.NewErr("%s: %d is too far", name, count)
			}
			return types.Timestamp{Time: apply(d, int(count)).time()}
		})))
}

// maxShift bounds date arithmetic in expressions to a few centuries of days.
const maxShift = 200_000

// between declares a function from two days to a number.
func between(name string, apply func(from, to Date) int) cel.EnvOption {
	return cel.Function(name, cel.Overload(name+"_timestamp_timestamp",
		[]*cel.Type{cel.TimestampType, cel.TimestampType}, cel.IntType,
		cel.BinaryBinding(func(from, to ref.Val) ref.Val {
			a, okA := celDate(from)
			b, okB := celDate(to)
			if !okA || !okB {
				return types.NewErr("%s: not two days", name)
			}
			if away := a.DaysUntil(b); away > maxShift || away < -maxShift {
				return types.NewErr("%s: %s and %s are too far apart", name, a, b)
			}
			return types.Int(apply(a, b))
		})))
}

func celDate(v ref.Val) (Date, bool) {
	t, ok := v.(types.Timestamp)
	if !ok {
		return Date{}, false
	}
	year, month, day := t.Date()
	return NewDate(year, month, day), true
}

// celType is the type an expression sees for a kind of fact.
func (t FactType) celType() *cel.Type {
	switch t {
	case TypeBool:
		return cel.BoolType
	case TypeInt, TypeMoney:
		return cel.IntType
	case TypeDecimal, TypePercent:
		return cel.DoubleType
	case TypeDate:
		return cel.TimestampType
	}
	return cel.StringType
}

// cel is the value an expression sees.
func (v Value) cel() any {
	switch v.kind {
	case TypeBool:
		return v.b
	case TypeInt, TypeMoney:
		return v.n
	case TypeDecimal, TypePercent:
		return v.f
	case TypeDate:
		return v.d.time()
	}
	return v.s
}

// compile checks the types of the expression and makes it ready.
func (r *Rule) compile(base *cel.Env) error {
	var options []cel.EnvOption
	for _, f := range r.Facts {
		options = append(options, cel.Variable(f.Name, f.Type.celType()))
	}
	for _, p := range r.Params {
		options = append(options, cel.Variable(p.Name, p.Value.Type().celType()))
	}
	env, err := base.Extend(options...)
	if err != nil {
		return fmt.Errorf("expression: %w", err)
	}
	ast, issues := env.Compile(r.Expression)
	if issues.Err() != nil {
		return fmt.Errorf("expression: %w", issues.Err())
	}
	if ast.OutputType() != cel.BoolType {
		return fmt.Errorf("expression gives %s, not a yes or no", ast.OutputType())
	}
	// With everything known nothing has to be tracked, which is much quicker.
	whole, err := env.Program(ast, cel.CostLimit(costLimit))
	if err != nil {
		return fmt.Errorf("expression: %w", err)
	}
	partial, err := env.Program(ast,
		cel.EvalOptions(cel.OptTrackState, cel.OptPartialEval), cel.CostLimit(costLimit))
	if err != nil {
		return fmt.Errorf("expression: %w", err)
	}
	r.env, r.ast, r.whole, r.partial = env, ast, whole, partial
	return r.used()
}

// used refuses a fact or param that the expression never mentions: it would be
// asked for, or shown, and change nothing.
func (r *Rule) used() error {
	mentioned := identifiers(r.ast)
	for _, f := range r.Facts {
		if !mentioned[f.Name] {
			return fmt.Errorf("fact %s is not in the expression", f.Name)
		}
	}
	for _, p := range r.Params {
		if !mentioned[p.Name] {
			return fmt.Errorf("param %s is not in the expression", p.Name)
		}
	}
	return nil
}
