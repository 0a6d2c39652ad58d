package identity

import (
	"context"

	"commonweal/internal/base/db"
)

// OrganisationByID reads one organisation inside somebody else's transaction,
// or returns NotFound.
func OrganisationByID(ctx context.Context, tx *db.Tx, id string) (Organisation, error) {
	return oneOrganisation(ctx, tx, id)
}
