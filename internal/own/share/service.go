package share

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Membership is what the ledger has to know of the register of members. The room
// that keeps the register implements it; both methods read in the transaction
// they are given.
type Membership interface {
	// Periods calls yield for every unbroken time of membership of one member, or
	// of all when member is "". ceased is no date where no end is known.
	Periods(ctx context.Context, tx *db.Tx, org, member string, yield func(member string, entered, ceased law.Date, reason string) error) error
	// Holder is the name of a member and the number in the register.
	Holder(ctx context.Context, tx *db.Tx, org, member string) (name string, number int, err error)
}

// Service stores shares and stakes. Who may call what is decided by package
// policy before; unless a method says otherwise it is the secretary's. Its methods
// may be called from several goroutines.
type Service struct {
	journal *journal.Journal
	members Membership
	library *law.Library
	kept    keptLedgers
}

// NewService makes a service. The library tells what legal forms allow.
func NewService(j *journal.Journal, members Membership, library *law.Library) *Service {
	return &Service{journal: j, members: members, library: library}
}

func (s *Service) today() law.Date { return law.Today(s.journal.World().Now()) }

func (s *Service) read(ctx context.Context, fn func(tx *db.Tx) error) error {
	return s.journal.DB().Read(ctx, fn)
}

// form is the legal form of an organisation on a day, or nil where none is set.
func (s *Service) form(ctx context.Context, tx *db.Tx, org string, on law.Date) (*law.Form, error) {
	o, err := identity.OrganisationByID(ctx, tx, org)
	if err != nil || o.LegalForm == "" {
		return nil, err
	}
	return s.library.Form(law.FormID(o.LegalForm), on)
}

// ledger reads the ledger with the limit that the law sets today.
func (s *Service) ledger(ctx context.Context, tx *db.Tx, org string) (*Ledger, error) {
	form, err := s.form(ctx, tx, org, s.today())
	if err != nil {
		return nil, err
	}
	var limit *Cap
	if form != nil {
		limit = CapOf(form)
	}
	return readLedger(ctx, tx, org, limit)
}

// Ledger reads the ledger. Members may see what of it is theirs. The one
// returned may be shared with other callers: read it, and add to none but your
// own.
func (s *Service) Ledger(ctx context.Context, org string) (l *Ledger, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		l, err = s.keptLedger(ctx, tx, org)
		return err
	})
	return l, err
}

// keptLedger is the ledger for looking at it only.
func (s *Service) keptLedger(ctx context.Context, tx *db.Tx, org string) (*Ledger, error) {
	if tx.Changed() {
		return readLedger(ctx, tx, org, nil)
	}
	size, err := journal.SizeIn(ctx, tx, org)
	if err != nil {
		return nil, err
	}
	if l := s.kept.at(org, size); l != nil {
		return l, nil
	}
	l, err := readLedger(ctx, tx, org, nil)
	if err != nil {
		return nil, err
	}
	s.kept.keep(org, size, l)
	return l, nil
}

// Holdings is who held what at the end of a day, by member.
func (s *Service) Holdings(ctx context.Context, org string, day law.Date) (map[string][]Holding, error) {
	l, err := s.Ledger(ctx, org)
	if err != nil {
		return nil, err
	}
	out := map[string][]Holding{}
	for _, h := range l.HoldingsOn(day) {
		out[h.Member] = append(out[h.Member], h)
	}
	return out, nil
}

// Classes lists the classes of shares, by code.
func (s *Service) Classes(ctx context.Context, org string) (out []Class, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out, err = readClasses(ctx, tx, org)
		return err
	})
	return out, err
}

// MakeClass makes a class of shares and returns its id. It refuses one that the
// organisation's legal form does not allow.
func (s *Service) MakeClass(ctx context.Context, actor, org string, c Class) (string, error) {
	if err := c.Check(); err != nil {
		return "", err
	}
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "share.class_made", Actor: actor}, func(tx *journal.Tx) error {
		form, err := s.form(ctx, tx.Tx, org, s.today())
		if err != nil {
			return err
		}
		if form == nil {
			return fault.Errorf(fault.Conflict, "organisation %s has no legal form yet: it decides what shares there may be", org)
		}
		if err := c.Lawful(form); err != nil {
			return err
		}
		classes, err := readClasses(ctx, tx.Tx, org)
		if err != nil {
			return err
		}
		for _, other := range classes {
			if other.Code == c.Code {
				return fault.Fieldf("code", "there is a share class %s already: its terms do not change, so make another and convert", c.Code)
			}
		}
		c.ID = tx.ID()
		tx.Detail("class", c.ID)
		return tx.Insert(ctx, "share_class", c.row())
	})
	return c.ID, err
}

// CloseClass issues no more shares of a class from a day on, which is not past.
// Those that there are stay.
func (s *Service) CloseClass(ctx context.Context, actor, org, id string, ends law.Date) error {
	if ends.Before(s.today()) {
		return fault.Fieldf("ends", "a class is closed from today or later, not from %s", ends)
	}
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "share.class_closed", Actor: actor}, func(tx *journal.Tx) error {
		l, err := readLedger(ctx, tx.Tx, org, nil)
		if err != nil {
			return err
		}
		c, ok := l.Class(id)
		if !ok {
			return fault.Errorf(fault.NotFound, "there is no share class %s", id)
		}
		if !c.Ends.IsZero() {
			return fault.Errorf(fault.Conflict, "share class %s was closed from %s", c.Name, c.Ends)
		}
		for _, e := range l.Entries() {
			if (e.Kind == Issue && e.Class == id || e.Kind == Convert && e.ToClass == id) && !e.Effective.Before(ends) {
				return fault.Fieldf("ends", "entry %d brings shares of class %s on %s, after that day", e.Number, c.Name, e.Effective)
			}
		}
		c.Ends = ends
		if err := c.Check(); err != nil {
			return err
		}
		tx.Detail("class", id)
		return tx.Update(ctx, "share_class", c.row())
	})
	return err
}
