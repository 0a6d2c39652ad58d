package box

import (
	"context"
	"fmt"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/base/db"
)

// Done is a step that was made after the voting.
type Done struct {
	Height int
	Type   archive.EventType
	Owner  int    // who made a shuffle or a decryption, by number; else 0
	Hour   string // in which it was recorded: 2026-11-22T13
}

// Done are the steps after the voting, in their order: by them everybody can follow
// how far the count is. Anybody may see them.
func (s *Service) Done(ctx context.Context, org, contest string) (out []Done, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out = nil
		return tx.Each(ctx, func(rows *db.Rows) error {
			var d Done
			var body, payload string
			if err := rows.Scan(&d.Hour, &body, &payload); err != nil {
				return err
			}
			e, err := archive.ParseEvent([]byte(body))
			if err != nil {
				return err
			}
			d.Height, d.Type = e.Height, e.Type
			if e.Type == archive.Shuffle || e.Type == archive.PartialDecryption {
				owned, err := belenios.ParseOwned([]byte(payload))
				if err != nil {
					return fmt.Errorf("event %d of contest %s: %w", e.Height, contest, err)
				}
				d.Owner = owned.Owner
			}
			out = append(out, d)
			return nil
		}, `SELECT h.at_hour, f.body, g.body FROM box_head h
			JOIN box_file f ON f.org_id = h.org_id AND f.contest_id = h.contest_id AND f.n = h.records - 1
			JOIN box_file g ON g.org_id = h.org_id AND g.contest_id = h.contest_id AND g.n = h.records - 2
			WHERE h.org_id = ? AND h.contest_id = ? AND h.stage <> ? ORDER BY h.height`, org, contest, archive.Voting.String())
	})
	return out, err
}
