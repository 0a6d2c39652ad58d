package share

import (
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

// Add judges a new entry and, when it may stand, adds it. The entries already in
// the ledger are never changed. It returns the certificates that the entry
// cancels and the one, if any, that takes their place.
//
// It refuses an entry that does not fit its class, that would leave a holding
// below nought or above what class and law allow on any day from its effective
// day on, that reverses a reversal or an entry undone before, and one that counts
// from before a certificate that is still good for the same holding.
func (l *Ledger) Add(e Entry) (Effect, error) {
	if err := l.judge(e); err != nil {
		return Effect{}, err
	}
	l.put(e)
	return l.settleCertificates(e), nil
}

func (l *Ledger) judge(e Entry) error {
	if err := e.shaped(); err != nil {
		return err
	}
	if _, twice := l.byID[e.ID]; twice {
		return fault.Errorf(fault.Conflict, "entry %s is in the ledger already", e.ID)
	}
	var original *Entry
	if e.Kind == Reverse {
		var err error
		if original, err = l.reversible(e); err != nil {
			return err
		}
	} else if err := l.fitsClass(e); err != nil {
		return err
	}
	moves := e.moves(original)
	for _, m := range moves {
		if err := l.predates(m); err != nil {
			return err
		}
		if err := l.staysAboveNought(m); err != nil {
			return err
		}
	}
	for _, m := range moves {
		if m.by > 0 {
			if err := l.staysBelowLimits(m.account, moves); err != nil {
				return err
			}
		}
	}
	return nil
}

// reversible finds the entry to undo.
func (l *Ledger) reversible(e Entry) (*Entry, error) {
	i, ok := l.byID[e.Reverses]
	if !ok {
		return nil, fault.Errorf(fault.NotFound, "there is no entry %s to reverse", e.Reverses)
	}
	original := &l.entries[i]
	switch {
	case original.Kind == Reverse:
		return nil, fault.Errorf(fault.Conflict, "entry %d is itself a reversal: make the entry again instead", original.Number)
	case l.reversed[original.ID] != "":
		return nil, fault.Errorf(fault.Conflict, "entry %d was reversed before", original.Number)
	case e.Effective.Before(original.Effective):
		return nil, fault.Fieldf("effective", "entry %d counts from %s and cannot be reversed from %s", original.Number, original.Effective, e.Effective)
	}
	return original, nil
}

// fitsClass refuses what the terms of the class do not allow.
func (l *Ledger) fitsClass(e Entry) error {
	c, err := l.openClass(e.Class, e)
	if err != nil {
		return err
	}
	nominal := e.Quantity * c.NominalPence
	switch {
	case e.Kind == Issue && e.PaidPence < nominal:
		return fault.Fieldf("paid", "%d of %s cost at least %s: shares are issued fully paid", e.Quantity, c.Name, Pounds(nominal))
	case e.Kind == Transfer && !c.Transferable:
		return fault.Errorf(fault.Conflict, "shares of class %s cannot be transferred", c.Name)
	case e.Kind == Redeem && !c.Withdrawable:
		return fault.Errorf(fault.Conflict, "shares of class %s cannot be withdrawn", c.Name)
	case e.Kind == Cancel && !c.CancelsOnLeaving:
		return fault.Errorf(fault.Conflict, "shares of class %s are not cancelled on leaving", c.Name)
	case (e.Kind == Redeem || e.Kind == Cancel) && e.PaidPence > nominal:
		return fault.Fieldf("paid", "%s is more than the %s that %d of %s are worth", Pounds(e.PaidPence), Pounds(nominal), e.Quantity, c.Name)
	}
	if e.Kind != Convert {
		return nil
	}
	into, err := l.openClass(e.ToClass, e)
	if err != nil {
		return err
	}
	if worth := e.ToQuantity * into.NominalPence; worth != nominal {
		return fault.Fieldf("to_quantity", "%d of %s are worth %s and %d of %s are worth %s: a conversion keeps the value", e.Quantity, c.Name, Pounds(nominal), e.ToQuantity, into.Name, Pounds(worth))
	}
	return nil
}

// openClass finds a class in which the entry may be made on its effective day.
func (l *Ledger) openClass(id string, e Entry) (Class, error) {
	c, ok := l.classes[id]
	if !ok {
		return Class{}, fault.Errorf(fault.NotFound, "there is no share class %s", id)
	}
	if e.Effective.Before(c.Starts) {
		return c, fault.Fieldf("effective", "share class %s begins on %s, after %s", c.Name, c.Starts, e.Effective)
	}
	grows := e.Kind == Issue || e.Kind == Convert && id == e.ToClass
	if grows && !c.Ends.IsZero() && !e.Effective.Before(c.Ends) {
		return c, fault.Fieldf("effective", "no shares of class %s are issued from %s on", c.Name, c.Ends)
	}
	return c, nil
}

// staysAboveNought refuses a move that takes more than there is on some day.
func (l *Ledger) staysAboveNought(m move) error {
	if m.by >= 0 {
		return nil
	}
	if low, day := lowest(l.accounts[m.account], m.day); low+m.by < 0 {
		return fault.Errorf(fault.Conflict, "the member holds %d of %s on %s, fewer than %d", low, l.classes[m.account.class].Name, day, -m.by)
	}
	return nil
}

// lowest is the smallest balance on any day from one on, and that day.
func lowest(moves []move, from law.Date) (int64, law.Date) {
	n := balance(moves, from)
	low, day := n, from
	for i, m := range moves {
		if !m.day.After(from) {
			continue
		}
		n += m.by
		if (i+1 == len(moves) || moves[i+1].day != m.day) && n < low {
			low, day = n, m.day
		}
	}
	return low, day
}

// staysBelowLimits refuses moves after which a member would hold more than the
// class or the law allows, on any day from the moves on.
func (l *Ledger) staysBelowLimits(a account, moves []move) error {
	from := moves[0].day
	days := []law.Date{from}
	for id := range l.classes {
		for _, m := range l.accounts[account{a.member, id}] {
			if m.day.After(from) {
				days = append(days, m.day)
			}
		}
	}
	slices.SortFunc(days, law.Date.Compare)
	for _, day := range slices.Compact(days) {
		var bound int64
		for id, c := range l.classes {
			held := l.Balance(a.member, id, day)
			for _, m := range moves {
				if m.account == (account{a.member, id}) {
					held += m.by
				}
			}
			pence := held * c.NominalPence
			if id == a.class && c.MaxHoldingPence > 0 && pence > c.MaxHoldingPence {
				return fault.Errorf(fault.Conflict, "the member would hold %s of %s on %s, and the most is %s", Pounds(pence), c.Name, day, Pounds(c.MaxHoldingPence))
			}
			if l.limit != nil && l.limit.binds(c) {
				bound += pence
			}
		}
		if l.limit != nil && bound > l.limit.Pence && l.limit.binds(l.classes[a.class]) {
			return fault.Errorf(fault.Conflict, "the member would hold %s on %s, and the law lets one member hold %s (%s)", Pounds(bound), day, Pounds(l.limit.Pence), l.limit.Citation)
		}
	}
	return nil
}
