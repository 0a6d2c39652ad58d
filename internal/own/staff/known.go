package staff

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"commonweal/internal/base/db"
	"commonweal/internal/own/stafflist"
	"commonweal/law"
)

// record is where somebody on an employer's list is stored.
type record struct {
	id, person string
	n          int // of the version
	effective  law.Date
}

// known is an employer's list as stored: what a new list is compared with.
type known struct {
	people  []stafflist.Person // as the last version of each says, or the one in force on an earlier day
	records []record           // in the same order
	index   map[string]int     // employee number -> place in both
	left    map[string]string  // name -> employee number of somebody who has left
	erased  map[string]bool    // people whose details were erased
	digest  []byte             // of everything above
}

// load reads an employer's list: what the last versions say or, with a day, what
// held then. Erased rows have no number and are not found again.
func load(ctx context.Context, tx *db.Tx, org, employer string, on law.Date) (*known, error) {
	limit, args := ``, []any{org, employer}
	if !on.IsZero() {
		limit, args = ` AND w.effective <= ?`, append(args, on.String())
	}
	var n int
	err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM staff WHERE org_id = ? AND employer_id = ?`, org, employer).Scan(&n)
	if err != nil {
		return nil, fmt.Errorf("count the staff list of %s: %w", employer, err)
	}
	k := &known{people: make([]stafflist.Person, 0, n), records: make([]record, 0, n), index: make(map[string]int, n), erased: map[string]bool{}}
	digest := sha256.New()
	r := newReader()
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var rec record
		var v Version
		var number string
		if err := r.version(rows, &v, &rec.id, &rec.person, &number); err != nil {
			return err
		}
		rec.n, rec.effective, v.EmployeeNumber = v.N, v.Effective, number
		k.index[number] = len(k.records)
		k.records = append(k.records, rec)
		k.people = append(k.people, v.Person)
		_, err := fmt.Fprintf(digest, "%q %q %d\n", rec.id, rec.person, rec.n)
		return err
	}, `SELECT s.id, s.person_id, s.employee_no, `+versionColumns+` FROM staff s JOIN staff_version v ON v.staff_id = s.id
		WHERE s.org_id = ? AND s.employer_id = ? AND s.employee_no IS NOT NULL
		AND v.n = (SELECT MAX(w.n) FROM staff_version w WHERE w.staff_id = s.id`+limit+`) ORDER BY s.employee_no`, args...)
	if err != nil {
		return nil, fmt.Errorf("read the staff list of %s: %w", employer, err)
	}
	k.digest = digest.Sum(nil)
	return k, nil
}

// at returns what is stored of somebody who is known.
func (k *known) at(number string) (record, Version) {
	i := k.index[number]
	rec := k.records[i]
	return rec, Version{N: rec.n, Effective: rec.effective, Person: k.people[i]}
}

// personOf implements [knownBefore].
func (k *known) personOf(number string) (person string, erased, ok bool) {
	i, ok := k.index[number]
	if !ok {
		return "", false, false
	}
	person = k.records[i].person
	return person, k.erased[person], true
}

// leftBy implements [knownBefore].
func (k *known) leftBy(name string, day law.Date) (string, bool) {
	if k.left == nil {
		k.left = map[string]string{}
		for _, p := range k.people {
			if !p.Main.End.IsZero() && p.Main.End.Before(day) {
				k.left[fullName(p.Who)] = p.EmployeeNumber
			}
		}
	}
	number, ok := k.left[name]
	return number, ok
}

// state is the digest of all that a plan follows from besides the list: a plan
// that was worked out from the same state is what would be worked out again.
func (d *draft) state() string {
	h := sha256.New()
	h.Write(d.known.digest)
	for i, a := range d.arrivals {
		_, _ = fmt.Fprintf(h, "%q %q %d %q\n", d.plan.Joiners[i].EmployeeNumber, a.person, a.twin, a.email) // a hash does not fail
	}
	for _, p := range d.people {
		_, _ = io.WriteString(h, p.ID+"\x00"+p.Given+"\x00"+p.Family+"\x00"+p.Email+"\n")
	}
	return hex.EncodeToString(h.Sum(nil))
}
