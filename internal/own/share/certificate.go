package share

import (
	"cmp"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

// Certificate says that on the day it was issued a member held so many shares of
// a class. It is good until it is cancelled, which happens by itself when what
// the member holds no longer covers it.
type Certificate struct {
	ID       string
	Number   int // in the organisation, without gaps
	Member   string
	Class    string
	Quantity int64
	Issued   law.Date
	Entry    string // the latest entry of the ledger that made the holding
	Recorded int64  // the entry of the record under which it was issued
	// Cancelled is the day from which it is no longer good, and CancelledBy the
	// entry that took the shares away, or the person who cancelled it by hand;
	// both are empty while it is good.
	Cancelled   law.Date
	CancelledBy string
}

// Good reports whether the certificate has not been cancelled.
func (c Certificate) Good() bool { return c.Cancelled.IsZero() }

// Effect is what an entry does to certificates.
type Effect struct {
	Cancelled []Certificate
	// Balance takes the place of cancelled certificates for the shares that are
	// left. It has neither id nor number yet.
	Balance *Certificate
}

// Certificates are those of one member, or of all when member is "", in order.
func (l *Ledger) Certificates(member string) []Certificate {
	var out []Certificate
	for _, c := range l.certs {
		if member == "" || c.Member == member {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b Certificate) int { return cmp.Compare(a.Number, b.Number) })
	return out
}

// Uncertified is how many shares of a class a member holds on a day without a
// certificate.
func (l *Ledger) Uncertified(member, class string, day law.Date) int64 {
	low, _ := lowest(l.accounts[account{member, class}], day)
	return max(low-l.covered(account{member, class}), 0)
}

func (l *Ledger) covered(a account) int64 {
	var n int64
	for _, i := range l.certsOf[a] {
		if l.certs[i].Good() {
			n += l.certs[i].Quantity
		}
	}
	return n
}

// Certify makes a certificate for all shares of a class that a member holds on a
// day without one.
func (l *Ledger) Certify(member, class string, day law.Date) (Certificate, error) {
	n := l.Uncertified(member, class, day)
	if n == 0 {
		return Certificate{}, fault.Errorf(fault.Conflict, "the member holds no share of this class on %s that is without a certificate", day)
	}
	c := Certificate{Member: member, Class: class, Quantity: n, Issued: day}
	for _, m := range l.accounts[account{member, class}] {
		if !m.day.After(day) {
			c.Entry = m.entry
		}
	}
	return c, nil
}

// Keep adds a certificate that now has its id and number.
func (l *Ledger) Keep(c Certificate) {
	a := account{c.Member, c.Class}
	l.certsOf[a] = append(l.certsOf[a], len(l.certs))
	l.certs = append(l.certs, c)
}

// predates refuses a move that takes shares away from before a day on which a
// certificate that is still good said they were there.
func (l *Ledger) predates(m move) error {
	if m.by >= 0 {
		return nil
	}
	for _, i := range l.certsOf[m.account] {
		if c := l.certs[i]; c.Good() && m.day.Before(c.Issued) {
			return fault.Errorf(fault.Conflict, "certificate %d says what was held on %s: cancel it before an entry from %s", c.Number, c.Issued, m.day)
		}
	}
	return nil
}

// settleCertificates cancels, newest first, the certificates that an account no
// longer covers.
func (l *Ledger) settleCertificates(e Entry) Effect {
	var out Effect
	for _, m := range e.moves(l.original(e)) {
		if m.by >= 0 {
			continue
		}
		left, _ := lowest(l.accounts[m.account], e.Effective)
		for _, i := range slices.Backward(l.certsOf[m.account]) {
			c := &l.certs[i]
			if !c.Good() || l.covered(m.account) <= left {
				continue
			}
			c.Cancelled, c.CancelledBy = e.Effective, e.ID
			out.Cancelled = append(out.Cancelled, *c)
		}
		if rest := left - l.covered(m.account); rest > 0 && len(out.Cancelled) > 0 {
			out.Balance = &Certificate{Member: m.account.member, Class: m.account.class, Quantity: rest, Issued: e.Effective, Entry: e.ID}
		}
	}
	return out
}
