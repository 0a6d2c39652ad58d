package member

import (
	"context"
	"slices"

	"commonweal/internal/base/db"
	"commonweal/law"
)

// Waiting is an application that nobody has decided.
type Waiting struct {
	Person, MemberID string
	Class            string      // applied to
	Status           Status      // of the person, who may be a member of another class
	Fits             law.Verdict // what the rule of the class says of the person today
	Because          string      // what it turned on
}

// Applications lists those that wait on a day, the oldest first. It is the
// secretary's.
func (s *Service) Applications(ctx context.Context, org string, day law.Date) (out []Waiting, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		book, err := readBook(ctx, tx, s.compiler, org)
		if err != nil {
			return err
		}
		everybody, err := s.keptLives(ctx, tx, org)
		if err != nil {
			return err
		}
		out = nil
		for _, l := range everybody {
			if w, waits := l.waiting(book, day); waits {
				out = append(out, w)
			}
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b Waiting) int { return a.Status.Since.Compare(b.Status.Since) })
	return out, err
}

// waiting is the application of one person, if there is one.
func (l life) waiting(book *Book, day law.Date) (Waiting, bool) {
	class := l.Timeline.asked(day)
	if class == "" {
		return Waiting{}, false
	}
	w := Waiting{Person: l.record.Person, MemberID: l.ID, Class: class, Status: l.Timeline.On(day)}
	f := fitOn(l.inputs(book), class, day)
	w.Fits = f.Verdict
	if v := book.version(class, day); v != nil && v.rule != nil {
		w.Because = v.rule.because(f.of)
	}
	return w, true
}
