package box

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
)

// Expire cuts what ties people to ballots, once the time for keeping them is over:
// whose a credential was, and which ballot a line of the pollbook is about, in the
// tables and in their history in the record. The archive stays, in which nobody is
// named, and so does that a vote was received from somebody. It returns how many ties
// it cut. When the time is over is for whoever calls it to know.
func (s *Service) Expire(ctx context.Context, org, contest string) (int, error) {
	all := 0
	for {
		n := 0
		_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "box.ties_erased", Actor: "system"}, func(tx *journal.Tx) error {
			n = 0 // this may run more than once
			for _, tie := range []struct {
				table, having string
				columns       []string
			}{
				{"credential", `entry_id IS NOT NULL`, []string{"entry_id", "replaces", "void_reason"}},
				{"pollbook", `ballot IS NOT NULL`, []string{"ballot"}},
			} {
				ids, err := idsOf(ctx, tx.Tx, `SELECT id FROM `+tie.table+` WHERE org_id = ? AND contest_id = ? AND `+tie.having+` ORDER BY id LIMIT ?`, org, contest, atOnce)
				if err != nil {
					return err
				}
				for _, id := range ids {
					if err := tx.Erase(ctx, tie.table, id, func(row journal.Row) {
						for _, c := range tie.columns {
							row[c] = nil
						}
					}); err != nil {
						return err
					}
				}
				n += len(ids)
			}
			if n == 0 {
				return journal.ErrNothing
			}
			tx.Detail("contest", contest)
			tx.Detail("ties", n)
			return nil
		})
		if err != nil || n == 0 {
			return all, err
		}
		all += n
	}
}

func idsOf(ctx context.Context, tx *db.Tx, query string, args ...any) (out []string, err error) {
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var id string
		err := rows.Scan(&id)
		out = append(out, id)
		return err
	}, query, args...)
	return out, err
}
