package published

import (
	"context"
	"strconv"
	"strings"

	"commonweal/internal/base/db"
)

// rowsAtOnce is how many rows one statement inserts. Each has at most fourteen
// parameters, and both engines take several times as many.
const rowsAtOnce = 200

// bulk inserts rows of one table, many with each statement.
type bulk struct {
	tx      *db.Tx
	head    string
	marks   string
	width   int
	pending []any
}

func newBulk(tx *db.Tx, table string, columns ...string) *bulk {
	return &bulk{
		tx: tx, width: len(columns), pending: make([]any, 0, rowsAtOnce*len(columns)),
		head:  "INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES ",
		marks: "(" + strings.Repeat("?, ", len(columns)-1) + "?)",
	}
}

func (b *bulk) add(ctx context.Context, row ...any) error {
	if b.pending = append(b.pending, row...); len(b.pending) < rowsAtOnce*b.width {
		return nil
	}
	return b.flush(ctx)
}

func (b *bulk) flush(ctx context.Context) error {
	n := len(b.pending) / b.width
	if n == 0 {
		return nil
	}
	_, err := b.tx.Exec(ctx, b.head+b.marks+strings.Repeat(", "+b.marks, n-1), b.pending...)
	b.pending = b.pending[:0]
	return err
}

// write inserts the whole batch under the id of its import.
func (b *batch) write(ctx context.Context, tx *db.Tx, id string) error {
	for _, part := range []func(context.Context, *db.Tx, string) error{
		b.writeOrganisations, b.writeMeasures, b.writeValues, b.writeRejections,
	} {
		if err := part(ctx, tx, id); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) writeOrganisations(ctx context.Context, tx *db.Tx, id string) error {
	rows := newBulk(tx, "published_org", append([]string{"import_id"}, Seal.Sets[0].Columns...)...)
	for _, ods := range sortedKeys(b.organisations) {
		o := b.organisations[ods]
		if err := rows.add(ctx, id, o.ODS, o.Name, string(o.Scope), o.Group, o.Type, o.Region, o.ICS, o.Weighting, o.Breakdown, o.Part,
			strings.Join(o.AltNames, ";"), strings.Join(o.Predecessors, ";"), o.Merged); err != nil {
			return err
		}
	}
	return rows.flush(ctx)
}

func (b *batch) writeMeasures(ctx context.Context, tx *db.Tx, id string) error {
	rows := newBulk(tx, "published_measure", append([]string{"import_id"}, Seal.Sets[1].Columns...)...)
	plain := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
	for _, key := range sortedKeys(b.measures) {
		m := b.measures[key]
		weighted := 0
		if m.Weighted {
			weighted = 1
		}
		if err := rows.add(ctx, id, m.ID, m.Label, m.Unit, string(m.Kind), string(m.Direction), m.Code, m.Text, m.Option, weighted, m.BaseUnit,
			plain(m.Low), plain(m.High), plain(m.Spread)); err != nil {
			return err
		}
	}
	return rows.flush(ctx)
}

func (b *batch) writeValues(ctx context.Context, tx *db.Tx, id string) error {
	b.sort()
	rows := newBulk(tx, "published_value", append([]string{"import_id"}, Seal.Sets[2].Columns...)...)
	for _, v := range b.values {
		var figure any
		if v.figure != "" {
			figure = v.figure
		}
		if err := rows.add(ctx, id, v.measure, string(v.period), v.ods, figure, v.base); err != nil {
			return err
		}
	}
	return rows.flush(ctx)
}

func (b *batch) writeRejections(ctx context.Context, tx *db.Tx, id string) error {
	rows := newBulk(tx, "published_rejection", append([]string{"import_id"}, Seal.Sets[4].Columns...)...)
	for n, r := range b.rejections {
		if err := rows.add(ctx, id, n+1, r.Sheet, r.Row, r.Field, r.Reason, r.Remedy); err != nil {
			return err
		}
	}
	return rows.flush(ctx)
}
