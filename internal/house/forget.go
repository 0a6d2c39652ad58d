package house

import (
	"context"

	"commonweal/internal/base/journal"
	"commonweal/internal/own/register"
)

// forget takes somebody whose details are erased out of the rooms that know them
// by more than an id, in the change that erases them: the requests to inspect the
// register that they made, what waits to be sent to them, and how they wanted it.
func (h *House) forget(ctx context.Context, tx *journal.Tx, person string) error {
	if err := register.Forget(ctx, tx, person); err != nil {
		return err
	}
	if err := h.Polls.Forget(ctx, tx, person); err != nil {
		return err
	}
	return h.Notices.Forget(ctx, tx.Tx, tx.Org(), person)
}
