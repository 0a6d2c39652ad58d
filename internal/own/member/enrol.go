package member

import (
	"cmp"
	"context"
	"slices"

	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Enrol gives those who have become members of an automatic class by a day their
// numbers, in the order of the days on which they did, and records that the rule
// admitted them. It returns how many there were. It is run every night, and does
// nothing when there is nobody new.
func (s *Service) Enrol(ctx context.Context, org string, until law.Date) (int, error) {
	book, err := s.Book(ctx, org)
	if err != nil || !book.admitsByItself() {
		return 0, err // nobody to look for
	}
	n := 0
	_, err = s.journal.Record(ctx, journal.Fact{Org: org, Kind: "member.enrolled", Actor: ByRule}, func(tx *journal.Tx) error {
		b, err := s.newBatch(ctx, tx, nil)
		if err != nil {
			return err
		}
		type entrant struct {
			*dossier
			status Status
		}
		var entrants []entrant
		for _, d := range b.files {
			if d.Number > 0 || !b.people[d.Person] {
				continue
			}
			st := StatusOn(until, d.inputs(b.book))
			if v := b.book.version(st.Class, until); st.State == Member && v != nil && v.Admission == Automatic {
				entrants = append(entrants, entrant{d, st})
			}
		}
		if n = len(entrants); n == 0 {
			return journal.ErrNothing
		}
		slices.SortFunc(entrants, func(a, b entrant) int {
			return cmp.Or(a.status.Since.Compare(b.status.Since), cmp.Compare(a.Person, b.Person))
		})
		for _, e := range entrants {
			b.last++
			e.Number = b.last
			if e.ID == "" {
				e.ID = tx.ID()
			}
			if err := b.keep(e.dossier, true); err != nil {
				return err
			}
			if err := b.add(e.dossier, Fact{Kind: Admitted, Class: e.status.Class, Effective: e.status.Since, By: ByRule}); err != nil {
				return err
			}
			b.note(e.dossier)
		}
		tx.Detail("enrolled", n)
		return b.tell(s.hooks)
	})
	return n, err
}
