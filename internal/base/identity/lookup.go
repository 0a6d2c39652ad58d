package identity

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/policy"
	"commonweal/law"
)

// OrganisationByID reads one organisation inside somebody else's transaction,
// or returns NotFound.
func OrganisationByID(ctx context.Context, tx *db.Tx, id string) (Organisation, error) {
	return oneOrganisation(ctx, tx, id)
}

// RolesIn are the roles that a person holds by appointment on a day, inside
// somebody else's transaction.
func RolesIn(ctx context.Context, tx *db.Tx, org, person string, on law.Date) ([]policy.Role, error) {
	return rolesOn(ctx, tx, org, person, on)
}

// AppointIn is [Service.Appoint] as part of a change of another room: whoever is
// elected is appointed by the declaration. It refuses the same, and a refusal
// leaves the change as it was.
func AppointIn(ctx context.Context, tx *journal.Tx, a Appointment) (Appointment, error) {
	org, err := oneOrganisation(ctx, tx.Tx, tx.Org())
	if err != nil {
		return Appointment{}, err
	}
	return appoint(ctx, tx, org.Kind, a)
}
