package share

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Record makes entries in the ledger, all of them or none, in one change. It gives
// them their ids and numbers and returns them. Shares go only to people who are
// members on the effective day. Certificates that no longer hold are cancelled in
// the same change, and replaced for what is left.
func (s *Service) Record(ctx context.Context, actor, org string, entries ...Entry) ([]Entry, error) {
	var out []Entry
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "share.recorded", Actor: actor}, func(tx *journal.Tx) error {
		if len(entries) == 0 {
			return journal.ErrNothing
		}
		w, err := s.writer(ctx, tx)
		if err != nil {
			return err
		}
		members, err := s.periodsFor(ctx, tx.Tx, org, entries)
		if err != nil {
			return err
		}
		out = make([]Entry, 0, len(entries))
		for i, e := range entries {
			if e.To != "" && !members.includes(e.To, e.Effective) {
				err := fault.Errorf(fault.Conflict, "shares go to members: this person is none on %s", e.Effective)
				return which(i, len(entries), err)
			}
			if e, err = w.add(e); err != nil {
				return which(i, len(entries), err)
			}
			out = append(out, e)
		}
		w.describe(out)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// which names one of several entries.
func which(i, n int, err error) error {
	if n == 1 || fault.KindOf(err) == fault.Internal {
		return err
	}
	return fault.Errorf(fault.KindOf(err), "number %d of the entries: %s", i+1, err)
}

// writer writes entries and certificates of one change.
type writer struct {
	ctx      context.Context
	tx       *journal.Tx
	ledger   *Ledger
	entry    int // the last number given
	cert     int
	payments map[string]law.Date
}

func (s *Service) writer(ctx context.Context, tx *journal.Tx) (*writer, error) {
	l, err := s.ledger(ctx, tx.Tx, tx.Org())
	if err != nil {
		return nil, err
	}
	w := &writer{ctx: ctx, tx: tx, ledger: l}
	for _, e := range l.entries {
		w.entry = max(w.entry, e.Number)
	}
	for _, c := range l.certs {
		w.cert = max(w.cert, c.Number)
	}
	w.payments, err = readPayments(ctx, tx.Tx, tx.Org())
	return w, err
}

func (w *writer) add(e Entry) (Entry, error) {
	if paid, ok := w.payments[e.Reverses]; ok && e.Kind == Reverse {
		return e, fault.Errorf(fault.Conflict, "what the entry gives back was paid on %s: take the payment back first", paid)
	}
	if e.Kind == Reverse {
		if original, ok := w.ledger.Entry(e.Reverses); ok {
			e.Class = original.Class // so that a list of one class shows it
		}
	}
	e.ID, e.Entered = w.tx.ID(), w.tx.At()
	e.Number = 0 // so that a refusal does not speak of a number that is not given
	effect, err := w.ledger.Add(e)
	if err != nil {
		return e, err
	}
	w.entry++
	e.Number = w.entry
	w.ledger.entries[len(w.ledger.entries)-1].Number = e.Number
	if err := w.tx.Insert(w.ctx, "share_entry", e.row()); err != nil {
		return e, err
	}
	for _, c := range effect.Cancelled {
		if err := w.tx.Update(w.ctx, "certificate", c.row()); err != nil {
			return e, err
		}
	}
	if effect.Balance != nil {
		_, err = w.certify(*effect.Balance)
	}
	return e, err
}

// certify writes a new certificate.
func (w *writer) certify(c Certificate) (Certificate, error) {
	w.cert++
	c.ID, c.Number, c.Recorded = w.tx.ID(), w.cert, w.tx.Seq()
	w.ledger.Keep(c)
	return c, w.tx.Insert(w.ctx, "certificate", c.row())
}

// describe tells the record what was done, in numbers.
func (w *writer) describe(entries []Entry) {
	kinds := map[string]any{}
	for _, e := range entries {
		n, _ := kinds[string(e.Kind)].(int)
		kinds[string(e.Kind)] = n + 1
	}
	w.tx.Detail("entries", kinds)
	w.tx.Detail("first", entries[0].Number)
}

// periods are the times of membership, by member.
type periods map[string][]period

type period struct {
	entered, ceased law.Date
	reason          string
}

func (p periods) includes(member string, day law.Date) bool {
	for _, m := range p[member] {
		if !day.Before(m.entered) && (m.ceased.IsZero() || day.Before(m.ceased)) {
			return true
		}
	}
	return false
}

// periodsFor reads the times of membership of those who are to get shares: one by
// one where they are few, and otherwise all in one pass.
func (s *Service) periodsFor(ctx context.Context, tx *db.Tx, org string, entries []Entry) (periods, error) {
	const few = 20
	wanted := map[string]bool{}
	for _, e := range entries {
		if e.To != "" {
			wanted[e.To] = true
		}
	}
	out := periods{}
	keep := func(member string, entered, ceased law.Date, reason string) error {
		out[member] = append(out[member], period{entered, ceased, reason})
		return nil
	}
	if len(wanted) > few {
		return out, s.members.Periods(ctx, tx, org, "", keep)
	}
	for member := range wanted {
		if err := s.members.Periods(ctx, tx, org, member, keep); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// ToCancel lists the shares that are to be cancelled on a day because the
// membership of their holders has ended.
func (s *Service) ToCancel(ctx context.Context, org string, day law.Date) (out []Cancellation, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		l, err := s.keptLedger(ctx, tx, org)
		if err != nil {
			return err
		}
		leavers, err := s.leavers(ctx, tx, org, day)
		out = l.OnLeaving(day, leavers)
		return err
	})
	return out, err
}

// leavers are those whose last membership has ended by a day.
func (s *Service) leavers(ctx context.Context, tx *db.Tx, org string, day law.Date) ([]Leaver, error) {
	last := map[string]Leaver{}
	var order []string
	err := s.members.Periods(ctx, tx, org, "", func(member string, entered, ceased law.Date, reason string) error {
		if entered.After(day) {
			return nil
		}
		if _, ok := last[member]; !ok {
			order = append(order, member)
		}
		last[member] = Leaver{Member: member, On: ceased, Reason: reason}
		return nil
	})
	var out []Leaver
	for _, member := range order {
		if l := last[member]; !l.On.IsZero() && !l.On.After(day) {
			out = append(out, l)
		}
	}
	return out, err
}

// CancelOnLeaving carries out today what [Service.ToCancel] lists, in one change,
// each entry with its reason, and ends the stakes that leavers hold. It does
// nothing when there is nothing to cancel or end.
func (s *Service) CancelOnLeaving(ctx context.Context, actor, org string) ([]Entry, error) {
	today := s.today()
	var out []Entry
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "share.cancelled_on_leaving", Actor: actor}, func(tx *journal.Tx) error {
		out = nil
		w, err := s.writer(ctx, tx)
		if err != nil {
			return err
		}
		leavers, err := s.leavers(ctx, tx.Tx, org, today)
		if err != nil {
			return err
		}
		ended, err := endStakes(ctx, tx, leavers)
		if err != nil {
			return err
		}
		list := w.ledger.OnLeaving(today, leavers)
		if len(list) == 0 && ended == 0 {
			return journal.ErrNothing
		}
		for _, c := range list {
			e, err := w.add(c.Entry())
			if err != nil {
				return err
			}
			out = append(out, e)
		}
		tx.Detail("stakes_ended", ended)
		if len(out) > 0 {
			w.describe(out)
		}
		return nil
	})
	return out, err
}
