package staff

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/own/stafflist"
)

// Employment is one person on the list of one employer, through time.
type Employment struct {
	Staff          string // id
	Employer       string
	EmployeeNumber string
	Erased         bool
	Timeline       []Stretch
	Posts          []Post
}

// History returns the employments of a person, past, present and planned, with the
// versions that were in force and the posts that follow from them.
func (s *Service) History(ctx context.Context, org, person string) (out []Employment, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out = nil
		var versions []Version
		r := newReader()
		flush := func() {
			if len(out) > 0 {
				last := &out[len(out)-1]
				last.Timeline, last.Posts = Timeline(versions), posts(last.Employer, versions)
			}
			versions = nil
		}
		err := tx.Each(ctx, func(rows *db.Rows) error {
			var e Employment
			var v Version
			var erased string
			if err := r.version(rows, &v, &e.Staff, &e.Employer, &e.EmployeeNumber, &erased); err != nil {
				return err
			}
			if len(out) == 0 || out[len(out)-1].Staff != e.Staff {
				flush()
				e.Erased = erased != ""
				out = append(out, e)
			}
			v.EmployeeNumber = e.EmployeeNumber
			versions = append(versions, v)
			return nil
		}, `SELECT s.id, s.employer_id, COALESCE(s.employee_no, ''), COALESCE(s.erased, ''), `+versionColumns+`
			FROM staff s JOIN staff_version v ON v.staff_id = s.id WHERE s.org_id = ? AND s.person_id = ? ORDER BY s.id, v.n`, org, person)
		flush()
		return err
	})
	return out, err
}

// Written is what an import wrote of one person: what the list said of them
// before, if they were on it, and what it says now.
type Written struct {
	Staff, PersonID string
	Was             *stafflist.Person // nil for a joiner who is new
	Now             stafflist.Person
}

// WrittenBy calls yield for every person an import changed, by surname and first
// name: what its receipt can show when the dry run is long gone.
func (s *Service) WrittenBy(ctx context.Context, org, importID string, yield func(Written) error) error {
	return s.db.Read(ctx, func(tx *db.Tx) error {
		var list []Written
		var before []int // number of the version before the import's first
		at := map[string]int{}
		err := entries(ctx, tx, func(e Entry) error {
			i, ok := at[e.Staff]
			if !ok {
				i = len(list)
				at[e.Staff] = i
				list, before = append(list, Written{Staff: e.Staff, PersonID: e.PersonID}), append(before, e.N-1)
			}
			list[i].Now, before[i] = e.Person, min(before[i], e.N-1)
			return nil
		}, `FROM staff s JOIN staff_version v ON v.staff_id = s.id WHERE s.org_id = ? AND v.import_id = ?`+byName+`, v.n`, org, importID)
		if err != nil {
			return err
		}
		for i := range list {
			if before[i] > 0 {
				err := entries(ctx, tx, func(e Entry) error {
					list[i].Was = &e.Person
					return nil
				}, `FROM staff s JOIN staff_version v ON v.staff_id = s.id WHERE s.org_id = ? AND s.id = ? AND v.n = ?`, org, list[i].Staff, before[i])
				if err != nil {
					return err
				}
			}
			if err := yield(list[i]); err != nil {
				return err
			}
		}
		return nil
	})
}
