package house

import (
	"context"

	"commonweal/internal/decide/tally"
)

// papersOf are the settled papers of a contest, in the words of the room that counts.
func (h *House) papersOf(ctx context.Context, org, contest string) (tally.Papers, error) {
	return tally.Papers{}, nil
}

func (h *House) papersReady(ctx context.Context, org, contest string) error { return nil }
