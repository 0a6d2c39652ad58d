package count

import (
	"fmt"
)

// first reports whether a remark explains what the stage does, and not what came
// of it.
func (m Remark) first() bool {
	switch m.Topic {
	case Deferred:
		return true
	case TieHistory, TieLot:
		return m.For != ToElect
	}
	return false
}

// remark puts a remark in words.
func (r *Result) remark(m Remark) string {
	switch m.Topic {
	case Deferred:
		return fmt.Sprintf("Surpluses of %s in all are not transferred now: they could not lift the lowest.", grouped(m.Amount))
	case TieHistory:
		return fmt.Sprintf("%s are level. Stage %d parted them, so %s.", r.names(m.Candidates), m.Stage, r.falls(m))
	case TieLot:
		return fmt.Sprintf("%s are level and no stage parts them. The lot falls on %s, so %s.", r.names(m.Candidates), r.name(m.Chosen), r.falls(m))
	case TieNone:
		return fmt.Sprintf("%s are level at every point and there are too few places for all of them: none is elected at this stage.", r.names(m.Candidates))
	case NewQuota:
		return fmt.Sprintf("Nobody is elected yet and papers have run out of preferences, so the quota falls from %s to %s.", grouped(m.Against), grouped(m.Amount))
	case Threshold:
		enough := Amount{muldivUp(m.Against.Units, 1, int64(m.Places+1)), m.Against.Decimals}
		return fmt.Sprintf("%s has %s votes. With %s votes still active and %s to fill, %s are enough (%s divided by %d).",
			r.names(m.Candidates), grouped(m.Amount), grouped(m.Against), many(int64(m.Places), "place"), grouped(enough), grouped(m.Against), m.Places+1)
	case Majority:
		return fmt.Sprintf("%s has %s votes, no fewer than all others and the surpluses together (%s).", r.names(m.Candidates), grouped(m.Amount), grouped(m.Against))
	case Settled:
		return fmt.Sprintf("The shares stand still, with %s votes of surplus between them.", grouped(m.Amount))
	case Unreached:
		return fmt.Sprintf("The places can now be filled, so no more papers are transferred; those not reached stay with %s.", r.names(m.Candidates))
	}
	return string(m.Topic)
}

// falls is what follows for the one who was chosen.
func (r *Result) falls(m Remark) string {
	switch m.For {
	case ToExclude:
		return r.name(m.Chosen) + " is excluded"
	case ToTransfer:
		return possessive(r.name(m.Chosen)) + " surplus goes first"
	}
	return r.name(m.Chosen) + " is elected"
}
