package journal

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// Erase takes the personal content of one governed row out of the table and
// out of the record. blank alters the row to what may be kept; that becomes the
// row in force. The values and salts of all earlier versions are deleted; their
// commitments stay, and the entry lists which they were, so that a check can
// tell an erasure from a loss.
func (t *Tx) Erase(ctx context.Context, table, id string, blank func(row Row)) error {
	if err := t.flush(ctx); err != nil {
		return err
	}
	var earlier []any
	err := t.Each(ctx, func(rows *db.Rows) error {
		var seq, n int64
		if err := rows.Scan(&seq, &n); err != nil {
			return err
		}
		earlier = append(earlier, []any{seq, n})
		return nil
	}, `SELECT seq, n FROM journal_row WHERE org_id = ? AND tbl = ? AND row_key = ? AND value IS NOT NULL ORDER BY seq, n`,
		t.fact.Org, table, id)
	if err != nil {
		return err
	}
	if len(earlier) == 0 {
		return fault.Errorf(fault.NotFound, "%s: there is no row %s to erase", table, id)
	}
	if err := t.Amend(ctx, table, id, blank); err != nil {
		return err
	}
	for _, at := range earlier {
		pair := at.([]any)
		if pair[0].(int64) == t.seq {
			return fault.Errorf(fault.Conflict, "%s %s was written by the same change that erases it", table, id)
		}
		_, err := t.Exec(ctx, `UPDATE journal_row SET value = NULL, salt = NULL WHERE org_id = ? AND seq = ? AND n = ?`,
			t.fact.Org, pair[0], pair[1])
		if err != nil {
			return err
		}
	}
	list, _ := t.detail["erased"].([]any)
	t.detail["erased"] = append(list, earlier...)
	return nil
}
