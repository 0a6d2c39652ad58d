package poll

import (
	"context"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/policy"
	"commonweal/internal/decide/timetable"
	"commonweal/law"
)

// Elector is a member who may vote: what the register says of them at the end of a
// day.
type Elector struct {
	Person, Member      string // ids; Member is empty for one who has no number yet
	Class, Constituency string // codes
	Votes               int    // of the class
}

// Membership is what somebody is to the organisation at the end of a day, and why.
type Membership struct {
	Elector
	IsMember bool   // false: not a member, or we cannot tell
	Reason   string // sentences for people: the rule it turned on, and the facts
}

// Register gives the members. The register of members implements it, through an
// adapter.
type Register interface {
	// Electors are the members at the end of a day.
	Electors(ctx context.Context, tx *db.Tx, org string, day law.Date) ([]Elector, error)
	// Membership is that of one person at the end of a day.
	Membership(ctx context.Context, tx *db.Tx, org, person string, day law.Date) (Membership, error)
	// Place is the name of a class and, where one is given, of a constituency of it.
	Place(ctx context.Context, tx *db.Tx, org, class, constituency string, day law.Date) (string, error)
}

// Service stores polls. Package policy decides who may ask for a thing at all; each
// method says whose it is, and checks what depends on the poll. Its methods may be
// called from several goroutines.
type Service struct {
	journal  *journal.Journal
	register Register
	library  *law.Library
	booth    string // see UseBooth
	trees    keptTrees
}

// UseBooth says by its SHA-256, in hexadecimal, on which page people vote here. Each
// notice of poll names it.
func (s *Service) UseBooth(hash string) { s.booth = hash }

// NewService makes a service.
func NewService(j *journal.Journal, r Register, lib *law.Library) *Service {
	return &Service{journal: j, register: r, library: lib}
}

func (s *Service) now() time.Time { return s.journal.World().Now() }

func (s *Service) today() law.Date { return law.Today(s.now()) }

func (s *Service) read(ctx context.Context, fn func(tx *db.Tx) error) error {
	return s.journal.DB().Read(ctx, fn)
}

// plan is what the timetable of a poll is made from, by the law of a day.
func (s *Service) plan(p Poll, on law.Date) (timetable.Plan, error) {
	plan, err := timetable.NewPlan(s.library, kinds[p.Kind].times, on)
	if err != nil {
		return plan, err
	}
	plan = plan.WithPetitionDays(p.Rules.PetitionDays)
	if p.Kind != Resolution {
		return plan, nil
	}
	form, err := s.library.Form(p.LegalForm, on)
	if err != nil {
		return plan, fault.Wrap(fault.Invalid, err, "poll %s: its legal form is not known", p.Code)
	}
	if n, ok := form.Notice("general-meeting"); ok {
		by, _ := form.ServiceBy(law.ByEmail)
		plan = plan.WithNotice(n, by)
	}
	return plan, nil
}

// Poll reads one poll. Anybody may see it, but for the names of those who asked to
// stand and do not, and what was said about the roll.
func (s *Service) Poll(ctx context.Context, org, id string) (p Poll, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		p, err = s.one(ctx, tx, org, id)
		return err
	})
	return p, err
}

// PollByCode finds a poll by its code.
func (s *Service) PollByCode(ctx context.Context, org, code string) (p Poll, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		var id string
		err := tx.Each(ctx, func(rows *db.Rows) error { return rows.Scan(&id) }, `SELECT id FROM poll WHERE org_id = ? AND code = ?`, org, code)
		if err != nil {
			return err
		}
		p, err = s.one(ctx, tx, org, id)
		return err
	})
	return p, err
}

// Polls reads all polls of an organisation, in order of the close.
func (s *Service) Polls(ctx context.Context, org string) (list []Poll, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		list, err = s.polls(ctx, tx, org, "")
		return err
	})
	return list, err
}

// change makes one change to a poll: it reads it inside the transaction, lets fn
// work, and names the poll in the entry.
func (s *Service) change(ctx context.Context, actor, org, kind, id string, fn func(tx *journal.Tx, p Poll) error) error {
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: kind, Actor: actor}, func(tx *journal.Tx) error {
		p, err := s.one(ctx, tx.Tx, org, id)
		if err != nil {
			return err
		}
		tx.Detail("poll", p.ID)
		return fn(tx, p)
	})
	return err
}

// changeContest is [Service.change] for a contest.
func (s *Service) changeContest(ctx context.Context, actor, org, kind, contest string, fn func(tx *journal.Tx, p Poll, c Contest) error) error {
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: kind, Actor: actor}, func(tx *journal.Tx) error {
		p, c, err := s.ofContest(ctx, tx.Tx, org, contest)
		if err != nil {
			return err
		}
		tx.Detail("poll", p.ID)
		tx.Detail("contest", c.ID)
		return fn(tx, p, c)
	})
	return err
}

// conducts refuses somebody who is not the returning officer of the poll.
func (p Poll) conducts(person string) error {
	if !p.is(person, ReturningOfficer) {
		return fault.Errorf(fault.Forbidden, "person %s is not the returning officer of poll %s", person, p.Code)
	}
	return nil
}

// at refuses what does not fit the stage of the poll.
func (s *Service) at(p Poll, what string, stages ...Stage) error {
	now := p.Stage(s.now())
	for _, one := range stages {
		if now == one {
			return nil
		}
	}
	return fault.Errorf(fault.Conflict, "poll %s is %s: %s", p.Code, now.Words(), what)
}

func (p Poll) update(ctx context.Context, tx *journal.Tx) error {
	row, err := p.row()
	if err != nil {
		return err
	}
	return tx.Update(ctx, "poll", row)
}

func (c Contest) update(ctx context.Context, tx *journal.Tx) error {
	row, err := c.row()
	if err != nil {
		return err
	}
	return tx.Update(ctx, "contest", row)
}

// holds reports whether a person holds a role by appointment today.
func (s *Service) holds(ctx context.Context, tx *db.Tx, org, person string, role policy.Role) (bool, error) {
	roles, err := identity.RolesIn(ctx, tx, org, person, s.today())
	for _, r := range roles {
		if r == role {
			return true, err
		}
	}
	return false, err
}
