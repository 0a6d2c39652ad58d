package member

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/identity"
	"commonweal/law"
)

// Row is one entry of the register of members: one unbroken time of membership
// of one person. What a register holds is the Co-operative and Community Benefit
// Societies Act 2014, s.30(2), or the Companies Act 2006, s.113, less what
// belongs to shares.
type Row struct {
	Number           int // nought for a member by rule who has not been enrolled yet
	MemberID, Person string
	Name             string
	Family           string // of the name, to sort by
	PostalAddress    string
	Email            string
	Entered          law.Date
	Ceased           law.Date // no date for a member
	// Class and constituency as on the day asked for, or the last.
	Class, ClassName               string
	Constituency, ConstituencyName string
	Votes                          int
	// Unclear is set where we cannot tell on that day whether membership goes on.
	Unclear bool
}

// Register is the register of members as it stood at the end of a day, former
// members with it, in order of number and day. It is the secretary's, and what
// others may see of it is cut from it by the law of the legal form.
func (s *Service) Register(ctx context.Context, org string, on law.Date) (out []Row, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out, err = s.RegisterIn(ctx, tx, org, on)
		return err
	})
	return out, err
}

// RegisterIn is [Service.Register] as part of somebody else's transaction.
func (s *Service) RegisterIn(ctx context.Context, tx *db.Tx, org string, on law.Date) ([]Row, error) {
	people := map[string]identity.Person{}
	err := identity.EachPerson(ctx, tx, org, func(p identity.Person) error {
		people[p.ID] = p
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out []Row
	err = s.livesIn(ctx, tx, org, func(of record, l Life) error {
		for _, r := range l.rows(on) {
			p := people[of.Person]
			r.Number, r.Name, r.Family, r.PostalAddress, r.Email = of.Number, p.Name(), p.Family, p.PostalAddress, p.Email
			out = append(out, r)
		}
		return nil
	})
	return out, err
}

// rows are the entries of one person.
func (l Life) rows(on law.Date) []Row {
	var out []Row
	for _, p := range l.Timeline.Periods() {
		if p.Entered.After(on) {
			break
		}
		r := Row{MemberID: l.MemberID, Person: l.Person, Entered: p.Entered}
		last := on
		if !p.Ceased.IsZero() && !p.Ceased.After(on) {
			r.Ceased, last = p.Ceased, p.Ceased.AddDays(-1)
		}
		if i := l.Timeline.at(last); i >= 0 {
			r.describe(l.Timeline.spans[i])
		}
		out = append(out, r)
	}
	return out
}

func (r *Row) describe(s span) {
	r.Class = s.code
	if s.class != nil {
		r.ClassName, r.Votes = s.class.Name, s.class.Votes
	}
	if s.place.in() != nil {
		r.Constituency, r.ConstituencyName = s.place.rule.Code, s.place.rule.Name
	}
	r.Unclear = s.state == CannotTell
	if !r.Ceased.IsZero() || r.Unclear {
		r.Votes = 0
	}
}

// Roll is the members at the end of a day: the register without those who have
// left and those of whom we cannot tell.
func (s *Service) Roll(ctx context.Context, org string, on law.Date) ([]Row, error) {
	all, err := s.Register(ctx, org, on)
	roll := all[:0]
	for _, r := range all {
		if r.Ceased.IsZero() && !r.Unclear {
			roll = append(roll, r)
		}
	}
	return roll, err
}

// Periods calls yield for every unbroken time of membership of one member, or of
// all when member is "". It reads in the transaction it is given. Ceased is the
// day membership ended or, as far as is known, will end, and reason says why.
func (s *Service) Periods(ctx context.Context, tx *db.Tx, org, member string, yield func(member string, entered, ceased law.Date, reason string) error) error {
	each := func(l Life) error {
		for _, p := range l.Timeline.Periods() {
			if err := yield(l.MemberID, p.Entered, p.Ceased, p.Reason); err != nil {
				return err
			}
		}
		return nil
	}
	if member == "" {
		return s.livesIn(ctx, tx, org, func(of record, l Life) error {
			if of.ID == "" {
				return nil
			}
			return each(l)
		})
	}
	r, err := readRecordByID(ctx, tx, org, member)
	if err != nil {
		return err
	}
	book, err := readBook(ctx, tx, s.compiler, org)
	if err != nil {
		return err
	}
	d, err := s.load(ctx, tx, org, r.Person)
	if err != nil {
		return err
	}
	return each(Life{Person: d.Person, MemberID: d.ID, Timeline: NewTimeline(d.inputs(book))})
}

// Foresee lists the memberships that a rule ends after one day and not after
// another: those that ended since the last run, and those of which people are to
// be warned. Nothing is stored of it; see [Ending.Key].
func (s *Service) Foresee(ctx context.Context, org string, after, until law.Date) (out []Ending, err error) {
	err = s.lives(ctx, org, func(_ record, l Life) error {
		out = append(out, l.endings(after, until)...)
		return nil
	})
	return out, err
}

// Control is the share of members and votes that employees hold, from one day to
// another, both included.
func (s *Service) Control(ctx context.Context, org string, from, to law.Date) (Control, error) {
	var lives []Life
	err := s.lives(ctx, org, func(_ record, l Life) error {
		lives = append(lives, l)
		return nil
	})
	if err != nil {
		return Control{}, err
	}
	return NewControl(s.library, lives, from, to, s.today())
}

// Holder is the name of a member and the number in the register. It reads in the
// transaction it is given.
func (s *Service) Holder(ctx context.Context, tx *db.Tx, org, member string) (name string, number int, err error) {
	r, err := readRecordByID(ctx, tx, org, member)
	if err != nil {
		return "", 0, err
	}
	people, err := identity.PeopleByID(ctx, tx, org, []string{r.Person})
	p := people[r.Person]
	return p.Name(), r.Number, err
}
