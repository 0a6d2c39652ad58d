package share

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Printed is what a certificate says. All of it but the certificate's own row is
// derived when it is printed.
type Printed struct {
	Certificate
	Organisation string
	RegisteredNo string
	Holder       string
	HolderNumber int // in the register of members
	Class        Class
	EntryNumber  int // of the ledger
}

// Print is what a certificate says, for the member whose it is or the secretary.
func (s *Service) Print(ctx context.Context, org, certificate string) (out Printed, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		l, err := readLedger(ctx, tx, org, nil)
		if err != nil {
			return err
		}
		if out.Certificate, err = l.certificate(certificate); err != nil {
			return err
		}
		o, err := identity.OrganisationByID(ctx, tx, org)
		if err != nil {
			return err
		}
		out.Organisation, out.RegisteredNo = o.Name, o.RegisteredNo
		if out.Holder, out.HolderNumber, err = s.members.Holder(ctx, tx, org, out.Member); err != nil {
			return err
		}
		out.Class, _ = l.Class(out.Certificate.Class)
		if e, ok := l.Entry(out.Entry); ok {
			out.EntryNumber = e.Number
		}
		return nil
	})
	return out, err
}

func (l *Ledger) certificate(id string) (Certificate, error) {
	for _, c := range l.certs {
		if c.ID == id {
			return c, nil
		}
	}
	return Certificate{}, fault.Errorf(fault.NotFound, "there is no certificate %s", id)
}

// Certify issues a certificate today for the shares of a class that a member
// holds without one. With no member named it does so for every holder, and
// nothing when nobody lacks one.
func (s *Service) Certify(ctx context.Context, actor, org, member, class string) ([]Certificate, error) {
	today := s.today()
	var out []Certificate
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "share.certified", Actor: actor}, func(tx *journal.Tx) error {
		out = nil
		w, err := s.writer(ctx, tx)
		if err != nil {
			return err
		}
		holders := []string{member}
		if member == "" {
			holders = w.ledger.lacking(class, today)
		}
		for _, m := range holders {
			c, err := w.ledger.Certify(m, class, today)
			if err != nil {
				return err
			}
			if c, err = w.certify(c); err != nil {
				return err
			}
			out = append(out, c)
		}
		if len(out) == 0 {
			return journal.ErrNothing
		}
		tx.Detail("certificates", len(out))
		return nil
	})
	return out, err
}

// lacking are the holders of a class with shares that no certificate covers.
func (l *Ledger) lacking(class string, day law.Date) []string {
	var out []string
	for _, h := range l.HoldingsOn(day) {
		if h.Class == class && l.Uncertified(h.Member, class, day) > 0 {
			out = append(out, h.Member)
		}
	}
	return out
}

// CancelCertificate cancels a certificate today: it was lost, or an entry has to
// be made from before it was issued. The shares stay.
func (s *Service) CancelCertificate(ctx context.Context, actor, org, id string) error {
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "share.certificate_cancelled", Actor: actor}, func(tx *journal.Tx) error {
		l, err := readLedger(ctx, tx.Tx, org, nil)
		if err != nil {
			return err
		}
		c, err := l.certificate(id)
		if err != nil {
			return err
		}
		if !c.Good() {
			return fault.Errorf(fault.Conflict, "certificate %d was cancelled from %s", c.Number, c.Cancelled)
		}
		c.Cancelled, c.CancelledBy = s.today(), actor
		tx.Detail("certificate", c.Number)
		return tx.Update(ctx, "certificate", c.row())
	})
	return err
}
