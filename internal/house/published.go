package house

import (
	"context"

	"commonweal/internal/base/identity"
)

// PublishedKeeper is the organisation in whose record published figures are
// kept: the one that holds them already, else the platform, else the only
// mutual. It is "" where that leaves a choice, or nobody.
func (h *House) PublishedKeeper(ctx context.Context) (string, error) {
	keeper, err := h.Published.Keeper(ctx)
	if err != nil || keeper != "" {
		return keeper, err
	}
	list, err := h.Identity.Organisations(ctx)
	if err != nil {
		return "", err
	}
	var mutuals []string
	for _, o := range list {
		switch o.Kind {
		case identity.Platform:
			return o.ID, nil
		case identity.Mutual:
			mutuals = append(mutuals, o.ID)
		}
	}
	if len(mutuals) == 1 {
		return mutuals[0], nil
	}
	return "", nil
}

// CarryFigures puts the figures that the program carries into the database, so
// that the evidence pages show the real NHS before anything is imported. It
// does so once; where nobody is there to keep them it waits.
func (h *House) CarryFigures(ctx context.Context) error {
	keeper, err := h.PublishedKeeper(ctx)
	if err != nil || keeper == "" {
		return err
	}
	_, err = h.Published.ImportCarried(ctx, "system", keeper)
	return err
}
