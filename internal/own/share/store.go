package share

import (
	"context"
	"errors"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// dates reads days that are stored as text.
type dates struct{ err error }

func (d *dates) of(text string) law.Date {
	if text == "" {
		return law.Date{}
	}
	day, err := law.ParseDate(text)
	d.err = errors.Join(d.err, err)
	return day
}

func (c Class) row() journal.Row {
	return journal.Row{
		"id": c.ID, "code": c.Code, "name": c.Name, "nominal_pence": c.NominalPence, "dividend": c.Dividend, "withdrawable": c.Withdrawable,
		"transferable": c.Transferable, "cancels_on_leaving": c.CancelsOnLeaving, "max_holding_pence": c.MaxHoldingPence,
		"starts": c.Starts.String(), "ends": c.Ends.String(),
	}
}

func (e Entry) row() journal.Row {
	return journal.Row{
		"id": e.ID, "number": e.Number, "kind": e.Kind, "class_id": e.Class, "from_member": e.From, "to_member": e.To, "quantity": e.Quantity,
		"to_class_id": e.ToClass, "to_quantity": e.ToQuantity, "paid_pence": e.PaidPence, "effective": e.Effective.String(),
		"entered": e.Entered, "reverses": e.Reverses, "reason": e.Reason,
	}
}

func (c Certificate) row() journal.Row {
	return journal.Row{
		"id": c.ID, "number": c.Number, "member_id": c.Member, "class_id": c.Class, "quantity": c.Quantity, "issued": c.Issued.String(),
		"entry_id": c.Entry, "record_entry": c.Recorded, "cancelled": c.Cancelled.String(), "cancelled_by": c.CancelledBy,
	}
}

func readClasses(ctx context.Context, tx *db.Tx, org string) (out []Class, err error) {
	var d dates
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var c Class
		var starts, ends string
		err := rows.Scan(&c.ID, &c.Code, &c.Name, &c.NominalPence, &c.Dividend, &c.Withdrawable, &c.Transferable, &c.CancelsOnLeaving,
			&c.MaxHoldingPence, &starts, &ends)
		c.Starts, c.Ends = d.of(starts), d.of(ends)
		out = append(out, c)
		return errors.Join(err, d.err)
	}, `SELECT id, code, name, nominal_pence, dividend, withdrawable, transferable, cancels_on_leaving, max_holding_pence, starts, ends
		FROM share_class WHERE org_id = ? ORDER BY code`, org)
	return out, err
}

func readEntries(ctx context.Context, tx *db.Tx, org string) (out []Entry, err error) {
	var d dates
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var e Entry
		var effective string
		err := rows.Scan(&e.ID, &e.Number, &e.Kind, &e.Class, &e.From, &e.To, &e.Quantity, &e.ToClass, &e.ToQuantity, &e.PaidPence,
			&effective, &e.Entered, &e.Reverses, &e.Reason)
		e.Effective = d.of(effective)
		out = append(out, e)
		return errors.Join(err, d.err)
	}, `SELECT id, number, kind, class_id, from_member, to_member, quantity, to_class_id, to_quantity, paid_pence, effective, entered, reverses, reason
		FROM share_entry WHERE org_id = ? ORDER BY number`, org)
	return out, err
}

func readCertificates(ctx context.Context, tx *db.Tx, org string) (out []Certificate, err error) {
	var d dates
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var c Certificate
		var issued, cancelled string
		err := rows.Scan(&c.ID, &c.Number, &c.Member, &c.Class, &c.Quantity, &issued, &c.Entry, &c.Recorded, &cancelled, &c.CancelledBy)
		c.Issued, c.Cancelled = d.of(issued), d.of(cancelled)
		out = append(out, c)
		return errors.Join(err, d.err)
	}, `SELECT id, number, member_id, class_id, quantity, issued, entry_id, record_entry, cancelled, cancelled_by
		FROM certificate WHERE org_id = ? ORDER BY number`, org)
	return out, err
}

// readLedger reads everything of one organisation. The limit of its legal form is
// nil for reading only.
func readLedger(ctx context.Context, tx *db.Tx, org string, limit *Cap) (*Ledger, error) {
	classes, err := readClasses(ctx, tx, org)
	if err != nil {
		return nil, err
	}
	entries, err := readEntries(ctx, tx, org)
	if err != nil {
		return nil, err
	}
	certificates, err := readCertificates(ctx, tx, org)
	if err != nil {
		return nil, err
	}
	return NewLedger(classes, entries, certificates, limit)
}
