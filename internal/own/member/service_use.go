package member

import (
	"slices"

	celast "cel.dev/cel-go/common/ast"
)

// serviceUse is how a rule uses months of service. Where it only compares them
// with fixed numbers, an answer can change at those numbers alone; otherwise at
// every month.
type serviceUse struct {
	marks    []int // months at whose end an answer may change
	mentions int
	compared int // of the mentions, those beside a fixed number
}

// comparisons are the operators beside which a fixed number bounds what can
// change.
var comparisons = []string{"_>=_", "_>_", "_<=_", "_<_", "_==_", "_!=_"}

const maxMark = 12 * 100

// see takes note of one node of an expression.
func (u *serviceUse) see(e celast.Expr) {
	if e.Kind() == celast.IdentKind && e.AsIdent() == "service_months" {
		u.mentions++
	}
	if e.Kind() != celast.CallKind || !slices.Contains(comparisons, e.AsCall().FunctionName()) {
		return
	}
	args := e.AsCall().Args()
	for i, arg := range args {
		if arg.Kind() != celast.IdentKind || arg.AsIdent() != "service_months" || len(args) != 2 {
			continue
		}
		other := args[1-i]
		if other.Kind() != celast.LiteralKind {
			continue
		}
		n, ok := other.AsLiteral().Value().(int64)
		if !ok || n < 0 || n > maxMark {
			continue
		}
		u.compared++
		u.marks = append(u.marks, int(n), int(n)+1) // >= turns at n, > at n+1
	}
}

// everyMonth reports whether every month of service may change an answer.
func (u *serviceUse) everyMonth() bool { return u.mentions > u.compared }
