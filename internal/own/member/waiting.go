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

// mayWait lists the people whose newest application has no decision after it.
// Whoever has a fact that was struck out is listed too: it may have been the
// decision. Their timelines then tell.
func mayWait(ctx context.Context, tx *db.Tx, org string) ([]string, error) {
	var out []string
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var person string
		if err := rows.Scan(&person); err != nil {
			return err
		}
		out = append(out, person)
		return nil
	}, `SELECT DISTINCT m.person_id FROM member m JOIN (
			SELECT member_id, MAX(CASE WHEN kind = 'apply' THEN entered ELSE '' END) AS applied,
				MAX(CASE WHEN kind IN ('admit', 'refuse') THEN entered ELSE '' END) AS decided,
				MAX(CASE WHEN kind = 'void' THEN 1 ELSE 0 END) AS voided
			FROM member_fact WHERE org_id = ? GROUP BY member_id, class) f ON f.member_id = m.id
		WHERE f.voided = 1 OR f.applied <> '' AND f.applied >= f.decided ORDER BY m.person_id`, org)
	return out, err
}

// Applications lists those that wait on a day, the oldest first. It is the
// secretary's.
func (s *Service) Applications(ctx context.Context, org string, day law.Date) (out []Waiting, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		book, err := readBook(ctx, tx, s.compiler, org)
		if err != nil {
			return err
		}
		people, err := mayWait(ctx, tx, org)
		if err != nil {
			return err
		}
		for _, person := range people {
			d, err := s.load(ctx, tx, org, person)
			if err != nil {
				return err
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
