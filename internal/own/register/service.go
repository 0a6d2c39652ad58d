package register

import (
	"context"
	"fmt"

	"commonweal/internal/base/db"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/notice"
	"commonweal/internal/base/policy"
	"commonweal/law"
)

// Messenger tells people things as part of a change. The notice room implements it.
type Messenger interface {
	Send(ctx context.Context, tx *journal.Tx, m notice.Message) (notice.Route, error)
}

// Offices tells who holds an office. The identity room implements it.
type Offices interface {
	Holders(ctx context.Context, org string, role policy.Role, on law.Date) ([]identity.Person, error)
	Appointments(ctx context.Context, org string) ([]identity.Appointment, error)
}

// Kinds are the messages that the room sends.
var Kinds = []notice.Kind{
	{Name: kindReceived, Title: "Requests to inspect the register", Statutory: true},
	{Name: kindDue, Title: "Requests to inspect the register that are due or overdue", Statutory: true},
	{Name: kindAnswered, Title: "Answers to requests to inspect the register", Statutory: true},
}

const (
	kindReceived = "inspection.received"
	kindDue      = "inspection.due"
	kindAnswered = "inspection.answered"
)

// Options are what a service needs; all of it.
type Options struct {
	Journal   *journal.Journal
	Reader    Reader
	Messenger Messenger
	Offices   Offices
}

// Service reads registers and keeps the requests to inspect them. Who may call what
// is decided by package policy before. Its methods may be called from several
// goroutines.
type Service struct {
	journal   *journal.Journal
	reader    Reader
	messenger Messenger
	offices   Offices
	calendar  *law.Calendar
}

// NewService makes a service.
func NewService(o Options) (*Service, error) {
	cal, err := o.Reader.Library.Calendar(law.England)
	if err != nil {
		return nil, fmt.Errorf("the calendar of working days: %w", err)
	}
	return &Service{journal: o.Journal, reader: o.Reader, messenger: o.Messenger, offices: o.Offices, calendar: cal}, nil
}

func (s *Service) today() law.Date { return law.Today(s.journal.World().Now()) }

func (s *Service) read(ctx context.Context, fn func(tx *db.Tx) error) error {
	return s.journal.DB().Read(ctx, fn)
}

// On is the full register at the end of a day. It is for those who keep it.
func (s *Service) On(ctx context.Context, org string, day law.Date) (r Register, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		r, err = s.reader.Read(ctx, tx, org, day)
		return err
	})
	return r, err
}

// View is what an audience may see of the register on a day; see [Register.ViewOf].
// It is for looking on a page and leaves no entry in the record; what is handed
// out goes through [Service.HandOut] or [Service.TakeCopy].
func (s *Service) View(ctx context.Context, org string, day law.Date, a law.Audience, person string) (Register, error) {
	r, err := s.On(ctx, org, day)
	if err != nil {
		return Register{}, err
	}
	return r.ViewOf(a, person)
}

// Terms are on what terms an audience may see the register of an organisation
// today. Anybody may ask.
func (s *Service) Terms(ctx context.Context, org string, a law.Audience) (Terms, error) {
	form, err := s.Form(ctx, org)
	if err != nil {
		return Terms{}, err
	}
	return TermsFor(form, a), nil
}

// Form is the legal form of an organisation as it stands today.
func (s *Service) Form(ctx context.Context, org string) (form *law.Form, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		_, form, err = s.reader.form(ctx, tx, org, s.today())
		return err
	})
	return form, err
}
