package share

import (
	"context"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Due is money that an entry gives back to a member and that is not paid yet.
type Due struct {
	Entry  Entry
	Member string
	Pence  int64
}

// ToPay lists what is to be paid, in the order of the entries. An entry that was
// reversed gives nothing back.
func (s *Service) ToPay(ctx context.Context, org string) (out []Due, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		l, err := s.keptLedger(ctx, tx, org)
		if err != nil {
			return err
		}
		paid, err := readPayments(ctx, tx, org)
		if err != nil {
			return err
		}
		out = nil
		for _, e := range l.Entries() {
			if _, done := paid[e.ID]; !done && l.owes(e) {
				out = append(out, Due{e, e.From, e.PaidPence})
			}
		}
		return nil
	})
	return out, err
}

// owes reports whether an entry gives money back.
func (l *Ledger) owes(e Entry) bool {
	return (e.Kind == Redeem || e.Kind == Cancel) && e.PaidPence > 0 && l.ReversedBy(e.ID) == ""
}

// Pay records that what an entry gives back was paid on a day. See [Service.PayAll].
func (s *Service) Pay(ctx context.Context, actor, org, entry string, on law.Date, reference string) error {
	return s.PayAll(ctx, actor, org, []string{entry}, on, reference)
}

// PayAll records that what several entries give back was paid on a day, as one
// change: a payroll run pays all leavers together. The reference is the
// organisation's own, such as a payroll run; it names nobody. All are recorded or
// none.
func (s *Service) PayAll(ctx context.Context, actor, org string, entries []string, on law.Date, reference string) error {
	if on.IsZero() || on.After(s.today()) {
		return fault.Fieldf("paid_on", "a payment was made today or before, not on %q", on)
	}
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "share.paid", Actor: actor}, func(tx *journal.Tx) error {
		if len(entries) == 0 {
			return journal.ErrNothing
		}
		l, err := readLedger(ctx, tx.Tx, org, nil)
		if err != nil {
			return err
		}
		paid, err := readPayments(ctx, tx.Tx, org)
		if err != nil {
			return err
		}
		var numbers []any
		for i, id := range entries {
			e, err := l.unpaid(id, paid)
			if err != nil {
				return which(i, len(entries), err)
			}
			paid[id] = on
			numbers = append(numbers, e.Number)
			err = tx.Insert(ctx, "share_payment", journal.Row{
				"id": tx.ID(), "entry_id": id, "paid_on": on.String(), "pence": e.PaidPence, "reference": strings.TrimSpace(reference),
			})
			if err != nil {
				return err
			}
		}
		tx.Detail("entries", numbers)
		return nil
	})
	return err
}

// unpaid finds an entry that gives back what was not paid yet.
func (l *Ledger) unpaid(id string, paid map[string]law.Date) (Entry, error) {
	e, ok := l.Entry(id)
	if !ok {
		return e, fault.Errorf(fault.NotFound, "there is no entry %s", id)
	}
	if !l.owes(e) {
		return e, fault.Errorf(fault.Conflict, "entry %d gives nothing back", e.Number)
	}
	if day, done := paid[id]; done {
		return e, fault.Errorf(fault.Conflict, "entry %d was paid on %s", e.Number, day)
	}
	return e, nil
}

// TakeBackPayment records that a payment was not made after all, or came back.
// The money is on the list to pay again.
func (s *Service) TakeBackPayment(ctx context.Context, actor, org, entry string) error {
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "share.payment_taken_back", Actor: actor}, func(tx *journal.Tx) error {
		var id string
		err := tx.Each(ctx, func(rows *db.Rows) error { return rows.Scan(&id) },
			`SELECT id FROM share_payment WHERE org_id = ? AND entry_id = ?`, org, entry)
		if err != nil {
			return err
		}
		if id == "" {
			return fault.Errorf(fault.NotFound, "no payment is recorded for entry %s", entry)
		}
		return tx.Delete(ctx, "share_payment", id)
	})
	return err
}

// readPayments is when each entry was paid.
func readPayments(ctx context.Context, tx *db.Tx, org string) (map[string]law.Date, error) {
	out := map[string]law.Date{}
	var d dates
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var entry, on string
		if err := rows.Scan(&entry, &on); err != nil {
			return err
		}
		out[entry] = d.of(on)
		return d.err
	}, `SELECT entry_id, paid_on FROM share_payment WHERE org_id = ?`, org)
	return out, err
}
