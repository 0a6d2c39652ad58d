package share

import (
	"cmp"
	"fmt"
	"slices"

	"commonweal/law"
)

// Leaver is a member whose membership has ended.
type Leaver struct {
	Member string
	On     law.Date // the day it ended
	Reason string   // as the register gives it
}

// Cancellation is what has to be cancelled because a membership ended.
type Cancellation struct {
	Member    string
	Class     string
	ClassName string
	Quantity  int64
	PaidPence int64 // to give back: the nominal value
	Effective law.Date
	Reason    string
}

// Entry is the entry that carries the cancellation out.
func (c Cancellation) Entry() Entry {
	return Entry{
		Kind: Cancel, Class: c.Class, From: c.Member, Quantity: c.Quantity,
		PaidPence: c.PaidPence, Effective: c.Effective, Reason: c.Reason,
	}
}

// OnLeaving lists what is to be cancelled on a day: the shares that leavers hold
// of classes that cancel on leaving. A cancellation counts from the day
// membership ended, or from today where the shares came or were certified later.
func (l *Ledger) OnLeaving(today law.Date, leavers []Leaver) []Cancellation {
	var out []Cancellation
	for _, leaver := range leavers {
		if leaver.On.After(today) {
			continue
		}
		for id, c := range l.classes {
			a := account{leaver.Member, id}
			held, _ := lowest(l.accounts[a], today)
			if !c.CancelsOnLeaving || held <= 0 {
				continue
			}
			from := leaver.On
			if low, _ := lowest(l.accounts[a], from); low < held || from.Before(c.Starts) || l.certifiedAfter(a, from) {
				from = today
			}
			out = append(out, Cancellation{
				Member: leaver.Member, Class: id, ClassName: c.Name, Quantity: held, PaidPence: held * c.NominalPence, Effective: from,
				Reason: fmt.Sprintf("Shares of class %s are cancelled on leaving. %s", c.Name, leaver.Reason),
			})
		}
	}
	slices.SortFunc(out, func(a, b Cancellation) int {
		return cmp.Or(a.Effective.Compare(b.Effective), cmp.Compare(a.Member, b.Member), cmp.Compare(a.Class, b.Class))
	})
	return out
}

func (l *Ledger) certifiedAfter(a account, day law.Date) bool {
	for _, i := range l.certsOf[a] {
		if c := l.certs[i]; c.Good() && c.Issued.After(day) {
			return true
		}
	}
	return false
}
