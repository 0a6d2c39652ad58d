package member

import (
	"cmp"
	"context"
	"slices"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Service stores the facts of membership and answers questions about them. Who
// may call what is decided by package policy before; each method says whose it
// is. Its methods may be called from several goroutines.
type Service struct {
	journal  *journal.Journal
	staffing Staffing
	library  *law.Library
	compiler *Compiler
	kept     keptLives
	hooks    Hooks
}

// NewService makes a service. The library is asked about control by employees.
func NewService(j *journal.Journal, staffing Staffing, library *law.Library) *Service {
	return &Service{journal: j, staffing: staffing, library: library, compiler: NewCompiler()}
}

func (s *Service) today() law.Date { return law.Today(s.journal.World().Now()) }

func (s *Service) read(ctx context.Context, fn func(tx *db.Tx) error) error {
	return s.journal.DB().Read(ctx, fn)
}

// Book is the rule-book of an organisation. Anybody may read it.
func (s *Service) Book(ctx context.Context, org string) (book *Book, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		book, err = readBook(ctx, tx, s.compiler, org)
		return err
	})
	return book, err
}

// File is everything about one person's membership.
type File struct {
	Person   string
	MemberID string // empty where nothing was ever recorded
	Number   int    // nought before the first admission
	Facts    []Fact // all of them, in the order they were recorded
	Timeline Timeline
	Posts    []Post
}

// File reads one person's membership. Members may read their own; the secretary
// any.
func (s *Service) File(ctx context.Context, org, person string) (f File, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		book, err := readBook(ctx, tx, s.compiler, org)
		if err != nil {
			return err
		}
		c, err := s.load(ctx, tx, org, person)
		if err != nil {
			return err
		}
		f = File{
			Person: person, MemberID: c.ID, Number: c.Number, Facts: c.facts, Posts: c.posts,
			Timeline: NewTimeline(c.inputs(book)),
		}
		return nil
	})
	return f, err
}

// FileByMember is [Service.File] by the id of the member.
func (s *Service) FileByMember(ctx context.Context, org, member string) (File, error) {
	var r record
	err := s.read(ctx, func(tx *db.Tx) (err error) {
		r, err = readRecordByID(ctx, tx, org, member)
		return err
	})
	if err != nil {
		return File{}, err
	}
	return s.File(ctx, org, r.Person)
}

// Status is what a person is at the end of a day. Members may ask about
// themselves; the secretary about anybody.
func (s *Service) Status(ctx context.Context, org, person string, day law.Date) (Status, error) {
	f, err := s.File(ctx, org, person)
	return f.Timeline.On(day), err
}

// dossier is what is stored about one person.
type dossier struct {
	record
	facts []Fact
	posts []Post
}

func (d *dossier) inputs(b *Book) Inputs { return Inputs{Book: b, Facts: d.facts, Posts: d.posts} }

func (s *Service) load(ctx context.Context, tx *db.Tx, org, person string) (*dossier, error) {
	var d dossier
	var err error
	if d.record, err = readRecord(ctx, tx, org, person); err != nil {
		return nil, err
	}
	d.Person = person
	if d.facts, err = readFacts(ctx, tx, org, d.ID); err != nil {
		return nil, err
	}
	if person == "" {
		return nil, fault.Errorf(fault.Invalid, "no person is named")
	}
	err = s.staffing.Posts(ctx, tx, org, person, func(_ string, p Post) error {
		d.posts = append(d.posts, p)
		return nil
	})
	return &d, err
}

// everybody reads all dossiers in one pass: those of the register, and of people
// on the staff lists who have none.
func (s *Service) everybody(ctx context.Context, tx *db.Tx, org string) ([]*dossier, error) {
	var list []*dossier
	byID, byPerson := map[string]*dossier{}, map[string]*dossier{}
	err := eachRecord(ctx, tx, org, func(r record) {
		d := &dossier{record: r}
		list = append(list, d)
		byID[r.ID], byPerson[r.Person] = d, d
	})
	if err != nil {
		return nil, err
	}
	err = eachFact(ctx, tx, org, "", func(member string, f Fact) {
		if d := byID[member]; d != nil {
			d.facts = append(d.facts, f)
		}
	})
	if err != nil {
		return nil, err
	}
	err = s.staffing.Posts(ctx, tx, org, "", func(person string, p Post) error {
		d := byPerson[person]
		if d == nil {
			d = &dossier{record: record{Person: person}}
			byPerson[person] = d
			list = append(list, d)
		}
		d.posts = append(d.posts, p)
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(list, func(a, b *dossier) int { return byNumber(a.record, b.record) })
	return list, nil
}

// byNumber orders by number; those without one come last.
func byNumber(a, b record) int {
	if (a.Number == 0) != (b.Number == 0) {
		return cmp.Compare(b.Number, a.Number)
	}
	return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.Person, b.Person))
}
