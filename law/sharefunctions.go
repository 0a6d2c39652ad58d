package law

import (
	"math/big"
	"strconv"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// shareFunctions let an expression compare a part of a whole with a percentage
// exactly: share_over(members_employed, members, 50.0). The comparison is made in
// whole numbers, so that 35.0000001% is over 35%. Some of nothing is no share:
// with a whole of nought or less, only at_most can hold, and only for no part.
func shareFunctions() []cel.EnvOption {
	return []cel.EnvOption{
		share("share_at_least", func(part, whole int64, compare int) bool { return whole > 0 && compare >= 0 }),
		share("share_over", func(part, whole int64, compare int) bool { return whole > 0 && compare > 0 }),
		share("share_at_most", func(part, whole int64, compare int) bool {
			return part <= 0 || (whole > 0 && compare <= 0)
		}),
	}
}

func share(name string, holds func(part, whole int64, compare int) bool) cel.EnvOption {
	return cel.Function(name, cel.Overload(name+"_int_int_double",
		[]*cel.Type{cel.IntType, cel.IntType, cel.DoubleType}, cel.BoolType,
		cel.FunctionBinding(func(args ...ref.Val) ref.Val {
			part, okPart := args[0].(types.Int)
			whole, okWhole := args[1].(types.Int)
			percent, okPercent := args[2].(types.Double)
			if !okPart || !okWhole || !okPercent {
				return types.NewErr("%s: not a part, a whole and a percentage", name)
			}
			limit, ok := new(big.Rat).SetString(strconv.FormatFloat(float64(percent), 'f', -1, 64))
			if !ok {
				return types.NewErr("%s: %v is not a percentage", name, percent)
			}
			limit.Mul(limit, new(big.Rat).SetInt64(int64(whole)))
			hundredfold := new(big.Rat).Mul(big.NewRat(int64(part), 1), big.NewRat(100, 1))
			return types.Bool(holds(int64(part), int64(whole), hundredfold.Cmp(limit)))
		})))
}
