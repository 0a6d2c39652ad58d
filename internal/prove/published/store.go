package published

import (
	"context"
	"errors"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
)

// Store keeps published figures. Its methods may be called from several
// goroutines. It does not ask who may do a thing: package policy does.
//
// The figures are the same for everybody on a machine, so there is one set of
// them, and reading never asks for whom. Somebody has to answer for what was
// imported, though: the imports of a machine stand in the record of one
// organisation, its keeper, which is the one that imported first.
//
// What reading returns is shared between readers and must not be changed.
type Store struct {
	journal *journal.Journal
	db      *db.DB
	memo    memo
}

// New makes a store over a journal whose governed tables include [Tables] and
// whose seals include [Seal].
func New(j *journal.Journal) *Store { return &Store{journal: j, db: j.DB()} }

// Keeper is the organisation in whose record the imports stand; "" before the
// first import.
func (s *Store) Keeper(ctx context.Context) (org string, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		org, err = keeper(ctx, tx)
		return err
	})
	return org, err
}

func keeper(ctx context.Context, tx *db.Tx) (org string, err error) {
	err = tx.QueryRow(ctx, `SELECT org_id FROM published_import ORDER BY id LIMIT 1`).Scan(&org)
	if errors.Is(err, db.ErrNoRows) {
		return "", nil
	}
	return org, err
}
