package notice

import (
	"context"
	"slices"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/law"
)

// Told is that a message went to somebody: what the record keeps of it. Its
// words are not kept once it is delivered.
type Told struct {
	Kind      string
	Reason    string // that the message itself gave
	Route     Route
	Statutory bool
	Day       law.Date
	Posted    law.Date // no date while a letter waits, or where it went by e-mail
}

// MessagesTo are those that were sent to a person, the last first, at most limit
// of them from the given place on, and how many there are.
func (o *Office) MessagesTo(ctx context.Context, org, person string, from, limit int) (out []Told, all int, err error) {
	err = o.db.Read(ctx, func(tx *db.Tx) error {
		out = nil
		err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM notice WHERE org_id = ? AND person_id = ?`, org, person).Scan(&all)
		if err != nil {
			return err
		}
		return tx.Each(ctx, func(rows *db.Rows) error {
			var t Told
			var day, posted string
			if err := rows.Scan(&t.Kind, &t.Reason, &t.Route, &t.Statutory, &day, &posted); err != nil {
				return err
			}
			if t.Day, err = law.ParseDate(day); err != nil {
				return err
			}
			if posted != "" {
				t.Posted, err = law.ParseDate(posted)
			}
			out = append(out, t)
			return err
		}, `SELECT kind, reason, channel, statutory, day, COALESCE(posted, '') FROM notice WHERE org_id = ? AND person_id = ?
			ORDER BY day DESC, id DESC LIMIT ? OFFSET ?`, org, person, limit, from)
	})
	return out, all, err
}

// ToldAbout are those of the things named about which somebody was sent a message
// of a kind, as part of a transaction.
func (o *Office) ToldAbout(ctx context.Context, tx *db.Tx, org, kind string, abouts []string) (map[string]bool, error) {
	out := map[string]bool{}
	for part := range slices.Chunk(abouts, together) {
		args := []any{org, kind}
		for _, about := range part {
			args = append(args, about)
		}
		err := tx.Each(ctx, func(rows *db.Rows) error {
			var about string
			err := rows.Scan(&about)
			out[about] = true
			return err
		}, `SELECT about FROM notice WHERE org_id = ? AND kind = ? AND about IN (?`+strings.Repeat(", ?", len(part)-1)+`)`, args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
