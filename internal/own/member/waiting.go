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
		list, err := s.everybody(ctx, tx, org)
		if err != nil {
			return err
		}
		for _, d := range list {
			if len(d.facts) == 0 {
				continue
			}
			st := StatusOn(day, d.inputs(book))
			w := Waiting{Person: d.Person, MemberID: d.ID, Class: st.asked(), Status: st}
			if w.Class == "" {
				continue
			}
			f := fitOn(d.inputs(book), w.Class, day)
			w.Fits = f.Verdict
			if v := book.version(w.Class, day); v != nil && v.rule != nil {
				w.Because = v.rule.because(f.of)
			}
			out = append(out, w)
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b Waiting) int { return a.Status.Since.Compare(b.Status.Since) })
	return out, err
}
