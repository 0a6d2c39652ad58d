package share

import (
	"cmp"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

// Ledger is the entries of one mutual and what follows from them. It is not safe
// for use from several goroutines while entries are added.
type Ledger struct {
	classes  map[string]Class
	limit    *Cap
	entries  []Entry
	byID     map[string]int
	reversed map[string]string  // entry -> the entry that undid it
	accounts map[account][]move // in order of day
	certs    []Certificate
	certsOf  map[account][]int // in the order they were issued
}

// NewLedger reads a ledger. It does not judge entries made before: use
// [Ledger.Add] for a new one.
func NewLedger(classes []Class, entries []Entry, certificates []Certificate, limit *Cap) (*Ledger, error) {
	l := &Ledger{
		classes: map[string]Class{}, limit: limit, byID: map[string]int{}, reversed: map[string]string{},
		accounts: map[account][]move{}, certsOf: map[account][]int{},
	}
	for _, c := range classes {
		l.classes[c.ID] = c
	}
	for _, c := range certificates {
		l.Keep(c)
	}
	sorted := slices.Clone(entries)
	// A reversal comes after what it undoes, in whatever order they are given.
	slices.SortStableFunc(sorted, func(a, b Entry) int {
		rank := func(e Entry) int {
			if e.Kind == Reverse {
				return 1
			}
			return 0
		}
		return cmp.Compare(rank(a), rank(b))
	})
	for _, e := range sorted {
		if e.Kind == Reverse {
			if _, ok := l.byID[e.Reverses]; !ok {
				return nil, fault.Errorf(fault.Internal, "entry %d reverses an entry that is not there", e.Number)
			}
		}
		l.put(e)
	}
	slices.SortStableFunc(l.entries, func(a, b Entry) int { return cmp.Compare(a.Number, b.Number) })
	for i, e := range l.entries {
		l.byID[e.ID] = i
	}
	return l, nil
}

// put adds an entry without judging it.
func (l *Ledger) put(e Entry) {
	for _, m := range e.moves(l.original(e)) {
		l.accounts[m.account] = insertMove(l.accounts[m.account], m)
	}
	l.byID[e.ID] = len(l.entries)
	l.entries = append(l.entries, e)
	if e.Kind == Reverse {
		l.reversed[e.Reverses] = e.ID
	}
}

func (l *Ledger) original(e Entry) *Entry {
	if i, ok := l.byID[e.Reverses]; ok && e.Kind == Reverse {
		return &l.entries[i]
	}
	return nil
}

func insertMove(list []move, m move) []move {
	at, _ := slices.BinarySearchFunc(list, m, func(a, b move) int {
		if c := a.day.Compare(b.day); c != 0 {
			return c
		}
		return -1 // after those of the same day
	})
	return slices.Insert(list, at, m)
}

// Entries are all entries in the order they were made.
func (l *Ledger) Entries() []Entry { return l.entries }

// Entry finds an entry by its id.
func (l *Ledger) Entry(id string) (Entry, bool) {
	i, ok := l.byID[id]
	if !ok {
		return Entry{}, false
	}
	return l.entries[i], true
}

// ReversedBy returns the id of the entry that undid this one, or "".
func (l *Ledger) ReversedBy(id string) string { return l.reversed[id] }

// Class finds a class by its id.
func (l *Ledger) Class(id string) (Class, bool) {
	c, ok := l.classes[id]
	return c, ok
}

// Holding is what one member holds of one class at the end of a day.
type Holding struct {
	Member   string
	Class    string
	Quantity int64
	Pence    int64 // nominal value, fully paid
}

// HoldingsOn is who held what at the end of a day, by effective day, in order of
// member and class.
func (l *Ledger) HoldingsOn(day law.Date) []Holding {
	var out []Holding
	for a, moves := range l.accounts {
		if n := balance(moves, day); n != 0 {
			out = append(out, Holding{a.member, a.class, n, n * l.classes[a.class].NominalPence})
		}
	}
	slices.SortFunc(out, func(a, b Holding) int {
		return cmp.Or(cmp.Compare(a.Member, b.Member), cmp.Compare(a.Class, b.Class))
	})
	return out
}

// Balance is what one member holds of one class at the end of a day.
func (l *Ledger) Balance(member, class string, day law.Date) int64 {
	return balance(l.accounts[account{member, class}], day)
}

func balance(moves []move, day law.Date) int64 {
	var n int64
	for _, m := range moves {
		if m.day.After(day) {
			break
		}
		n += m.by
	}
	return n
}

// Total is what there is of one class at the end of a day.
type Total struct {
	Class           string
	Issued, Gone    int64 // by issue and conversion into; by redemption, cancellation and conversion out of
	Holders         int
	Quantity, Pence int64
}

// TotalsOn sums up each class at the end of a day, in order of class. Entries
// that were reversed by then count for nothing.
func (l *Ledger) TotalsOn(day law.Date) []Total {
	totals := map[string]*Total{}
	of := func(class string) *Total {
		if totals[class] == nil {
			totals[class] = &Total{Class: class}
		}
		return totals[class]
	}
	for _, e := range l.entries {
		if e.Effective.After(day) {
			continue
		}
		sign := int64(1)
		if e.Kind == Reverse {
			e, sign = *l.original(e), -1
		}
		switch e.Kind {
		case Issue:
			of(e.Class).Issued += sign * e.Quantity
		case Convert:
			of(e.Class).Gone += sign * e.Quantity
			of(e.ToClass).Issued += sign * e.ToQuantity
		case Redeem, Cancel:
			of(e.Class).Gone += sign * e.Quantity
		}
	}
	for _, h := range l.HoldingsOn(day) {
		t := of(h.Class)
		t.Holders++
		t.Quantity += h.Quantity
		t.Pence += h.Pence
	}
	out := make([]Total, 0, len(totals))
	for _, t := range totals {
		out = append(out, *t)
	}
	slices.SortFunc(out, func(a, b Total) int { return cmp.Compare(a.Class, b.Class) })
	return out
}
