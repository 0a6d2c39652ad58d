package share

import (
	"context"

	"commonweal/internal/base/db"
)

// ReadLedger reads the ledger of an organisation for looking at it, as part of
// somebody else's transaction. It judges no new entries: it knows no limit of the
// legal form.
func ReadLedger(ctx context.Context, tx *db.Tx, org string) (*Ledger, error) {
	return readLedger(ctx, tx, org, nil)
}
