package member

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/law"
)

// StatusIn is [Service.Status] as part of somebody else's transaction, with the id of
// the member, which is empty where nothing was ever recorded.
func (s *Service) StatusIn(ctx context.Context, tx *db.Tx, org, person string, day law.Date) (st Status, member string, err error) {
	book, err := readBook(ctx, tx, s.compiler, org)
	if err != nil {
		return Status{}, "", err
	}
	d, err := s.load(ctx, tx, org, person)
	if err != nil {
		return Status{}, "", err
	}
	return StatusOn(day, d.inputs(book)), d.ID, nil
}

// BookIn is [Service.Book] as part of somebody else's transaction.
func (s *Service) BookIn(ctx context.Context, tx *db.Tx, org string) (*Book, error) {
	return readBook(ctx, tx, s.compiler, org)
}
