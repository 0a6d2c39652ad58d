package member

import (
	"context"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Entrant is one of many people admitted at once.
type Entrant struct {
	Person    string
	Class     string
	Applied   law.Date // no date where there was no application
	Effective law.Date
	Reason    string
	Consent   string // version of the wording; counts from the admission
	Area      string
}

// Source says where a batch of admissions comes from.
type Source struct {
	// Register names an earlier register that the admissions are taken over from.
	// They were decided then, so the rules of today do not judge them. Empty means
	// that they are decided now.
	Register string
}

// AdmitAll admits many people in one change: the founders of a mutual, or the
// members of an earlier register. Numbers are given in the order of the days of
// admission, and of the list within a day. All are admitted or none; the fault
// says which of the list is wrong. It is the secretary's.
func (s *Service) AdmitAll(ctx context.Context, actor, org string, from Source, list []Entrant) error {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return list[a].Effective.Compare(list[b].Effective) })
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "member.admitted_all", Actor: actor}, func(tx *journal.Tx) error {
		if len(list) == 0 {
			return journal.ErrNothing
		}
		var people []string
		if len(list) <= few {
			for _, e := range list {
				people = append(people, e.Person)
			}
		}
		b, err := s.newBatch(ctx, tx, people)
		if err != nil {
			return err
		}
		for _, i := range order {
			if err := b.admit(list[i], from); err != nil {
				return index(i, err)
			}
		}
		tx.Detail("admitted", len(list))
		if from.Register != "" {
			tx.Detail("carried_over", true)
		}
		return b.tell(s.hooks)
	})
	return err
}

// few is how many people are read one by one rather than everybody in one pass.
const few = 150

// batch is what is known of people while many are changed.
type batch struct {
	ctx    context.Context
	tx     *journal.Tx
	book   *Book
	people map[string]bool // those who are known and not erased
	files  map[string]*dossier
	last   int // the last number given

	admitted []Decided
}

// newBatch reads those who are named, or everybody where nobody is.
func (s *Service) newBatch(ctx context.Context, tx *journal.Tx, people []string) (*batch, error) {
	b := &batch{ctx: ctx, tx: tx, people: map[string]bool{}, files: map[string]*dossier{}}
	var err error
	if b.book, err = readBook(ctx, tx.Tx, s.compiler, tx.Org()); err != nil {
		return nil, err
	}
	if b.last, err = lastNumber(ctx, tx.Tx, tx.Org()); err != nil {
		return nil, err
	}
	if len(people) > 0 {
		return b, b.readNamed(s, people)
	}
	return b, b.readAll(s)
}

func (b *batch) readNamed(s *Service, people []string) error {
	found, err := identity.PeopleByID(b.ctx, b.tx.Tx, b.tx.Org(), people)
	if err != nil {
		return err
	}
	for id, p := range found {
		b.people[id] = p.Erased == ""
		if b.files[id], err = s.load(b.ctx, b.tx.Tx, b.tx.Org(), id); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) readAll(s *Service) error {
	list, err := s.everybody(b.ctx, b.tx.Tx, b.tx.Org())
	if err != nil {
		return err
	}
	for _, d := range list {
		b.files[d.Person] = d
	}
	return identity.EachPerson(b.ctx, b.tx.Tx, b.tx.Org(), func(p identity.Person) error {
		b.people[p.ID] = p.Erased == ""
		return nil
	})
}

func (b *batch) admit(a Entrant, from Source) error {
	d := b.files[a.Person]
	if d == nil {
		d = &dossier{record: record{Person: a.Person}}
		b.files[a.Person] = d
	}
	v, err := b.admissible(d, a)
	if err != nil {
		return err
	}
	area := ""
	if a.Area != "" {
		if area, err = ParseArea(a.Area); err != nil {
			return err
		}
	}
	if from.Register == "" {
		in := d.inputs(b.book)
		if area != "" {
			in.Facts = append(slices.Clip(in.Facts), Fact{Kind: AreaGiven, Data: area, Effective: a.Effective})
		}
		if f := fitOn(in, a.Class, a.Effective); f.Verdict == law.Fails {
			return ineligible(v, f)
		}
	} else if a.Reason == "" {
		a.Reason = "taken over from " + from.Register
	}
	if d.ID == "" {
		d.ID = b.tx.ID()
	}
	fresh := d.Number == 0
	if fresh {
		b.last++
		d.Number = b.last
	}
	if err := b.keep(d, fresh); err != nil {
		return err
	}
	if area != "" {
		if err := b.add(d, Fact{Kind: AreaGiven, Data: area, Effective: a.Effective}); err != nil {
			return err
		}
	}
	if a.Consent != "" {
		if err := b.add(d, Fact{Kind: Consented, Data: a.Consent, Effective: a.Effective}); err != nil {
			return err
		}
	}
	if !a.Applied.IsZero() {
		if err := b.add(d, Fact{Kind: Applied, Class: a.Class, Effective: a.Applied}); err != nil {
			return err
		}
	}
	if err := b.add(d, Fact{Kind: Admitted, Class: a.Class, Effective: a.Effective, Reason: a.Reason}); err != nil {
		return err
	}
	b.note(d)
	return nil
}

// admissible refuses an admission that cannot be.
func (b *batch) admissible(d *dossier, a Entrant) (*classVersion, error) {
	if a.Effective.IsZero() || a.Applied.After(a.Effective) {
		return nil, fault.Fieldf("effective", "an admission on %q after an application on %q is not possible", a.Effective, a.Applied)
	}
	if !b.people[a.Person] {
		return nil, fault.Errorf(fault.NotFound, "there is no person %s", a.Person)
	}
	v, err := openClass(b.book, a.Class, a.Effective)
	if err != nil {
		return nil, err
	}
	switch before := StatusOn(a.Effective, d.inputs(b.book)); {
	case v.Admission == Automatic:
		return nil, fault.Errorf(fault.Conflict, "nobody is admitted to the class %s: those whom its rule fits are members", v.Name)
	case before.State == Member && before.Class == a.Class:
		return nil, fault.Errorf(fault.Conflict, "already a member of the class %s", v.Name)
	case v.Kind.NeedsConsent() && a.Consent == "" && !(&change{dossier: d}).consents():
		return nil, fault.Fieldf("consent", "membership of the class %s rests on consent: it is not given", v.Name)
	}
	return v, (&change{dossier: d}).alive()
}

// keep writes the member's row: a new one, or the number that it now has.
func (b *batch) keep(d *dossier, fresh bool) error {
	switch {
	case len(d.facts) == 0:
		return b.tx.Insert(b.ctx, "member", d.record.row())
	case fresh:
		return b.tx.Update(b.ctx, "member", d.record.row())
	}
	return nil
}

func (b *batch) add(d *dossier, f Fact) error {
	f.ID, f.Entered = b.tx.ID(), b.tx.At()
	if f.By == "" {
		f.By = b.tx.Actor()
	}
	d.facts = append(d.facts, f)
	return b.tx.Insert(b.ctx, "member_fact", f.row(d.ID))
}
